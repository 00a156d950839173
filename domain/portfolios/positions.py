"""Positions of a valuation: which of them, grouped by what they have in common, and since when they are held."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.dates import trade_day
from domain.kernel.money import ZERO, quotient, to_money, total
from domain.market.types import InstrumentKind
from domain.portfolios.access import Permission, accessible
from domain.portfolios.ledger import Ledger
from domain.portfolios.queries import Asked, ledgers_known
from domain.portfolios.records import Key
from domain.portfolios.strategies import Grouped
from domain.portfolios.tags import Place, TagRow
from domain.portfolios.types import Position, PositionKind, Valuation

# Ledgers of more movements than these are folded in a thread.
_LARGE = 2_000


class Grouping(StrEnum):
    """What positions of one group have in common."""

    KIND = "KIND"
    SECTOR = "SECTOR"
    TAG = "TAG"
    STRATEGY = "STRATEGY"
    ACCOUNT = "ACCOUNT"
    CURRENCY = "CURRENCY"
    INSTRUMENT_KIND = "INSTRUMENT_KIND"


@dataclass(frozen=True, slots=True)
class Labels:
    """What an owner says of the positions of a portfolio: their tags, and the strategies that they belong to."""

    tags: Mapping[Place, Sequence[TagRow]] = field(default_factory=dict)
    strategies: Sequence[Grouped] = ()

    def strategy_of(self, position: Position) -> Grouped | None:
        """Return the strategy that a position belongs to."""
        place = place_of(position)
        return next((each for each in self.strategies if place in each.places), None)

    def tags_of(self, position: Position) -> Sequence[TagRow]:
        """Return the tags of a position, by name."""
        return self.tags.get(place_of(position), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which positions: what is None lets all pass, and a position must pass all that is not.

    A set lets a position pass that has any member of it.  Weights are fractions of the portfolio's value, both bounds
    included; a position whose weight is not known passes none.
    """

    kinds: frozenset[PositionKind] | None = None
    instrument_kinds: frozenset[InstrumentKind] | None = None
    symbols: frozenset[str] | None = None
    sectors: frozenset[str] | None = None
    account_ids: frozenset[UUID] | None = None
    tag_ids: frozenset[UUID] | None = None
    strategy_id: UUID | None = None
    least_weight: float | None = None
    greatest_weight: float | None = None

    def passes(self, position: Position, labels: Labels) -> bool:
        """Whether a position is one of those asked for."""
        strategy = labels.strategy_of(position) if self.strategy_id else None
        return (
            _among(self.kinds, position.kind)
            and _among(self.instrument_kinds, position.instrument.kind)
            and _among(self.symbols, position.instrument.symbol)
            and _among(self.sectors, position.instrument.sector)
            and _among(self.account_ids, position.account_id)
            and (self.tag_ids is None or any(tag.id in self.tag_ids for tag in labels.tags_of(position)))
            and (self.strategy_id is None or (strategy is not None and strategy.row.id == self.strategy_id))
            and _within(position.weight, self.least_weight, self.greatest_weight)
        )


def _among(wanted: frozenset[object] | None, value: object) -> bool:
    return wanted is None or value in wanted


def _within(weight: float | None, least: float | None, greatest: float | None) -> bool:
    if least is None and greatest is None:
        return True
    return weight is not None and (least is None or weight >= least) and (greatest is None or weight <= greatest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Positions that have something in common, and their sums, in the base currency; None where that of one is.

    `key` is what they have in common: a name or the id of a row, None for those that have none.
    """

    key: str | None
    label: str | None
    count: int
    market_value: Decimal | None
    cost_basis: Decimal | None
    unrealized_gain: Decimal | None
    day_change: Decimal | None
    weight: float | None
    unpriced: tuple[str, ...]


def place_of(position: Position) -> Place:
    """Return the account and the instrument of a position."""
    return position.account_id, position.instrument.id


def grouped(valuation: Valuation, by: Grouping, labels: Labels, accounts: Mapping[UUID, str]) -> list[Group]:
    """Return the groups of a portfolio's positions by label, those without one last.

    A position with several tags is in the group of each.  `accounts` has the names of accounts.
    """
    found: dict[tuple[str | None, str | None], list[Position]] = {}
    for position in valuation.positions:
        for name in _names(position, by, labels, accounts):
            found.setdefault(name, []).append(position)
    ordered = sorted(found.items(), key=lambda item: (item[0][1] is None, item[0][1] or "", item[0][0] or ""))
    return [_group(*name, members, valuation) for name, members in ordered]


def _names(
    position: Position, by: Grouping, labels: Labels, accounts: Mapping[UUID, str]
) -> Sequence[tuple[str | None, str | None]]:
    """Return key and label of each group that a position is in."""
    if by is Grouping.TAG:
        return [(str(tag.id), tag.name) for tag in labels.tags_of(position)] or [(None, None)]
    if by is Grouping.STRATEGY:
        strategy = labels.strategy_of(position)
        return [(None, None) if strategy is None else (str(strategy.row.id), strategy.row.name)]
    if by is Grouping.ACCOUNT:
        return [(str(position.account_id), accounts.get(position.account_id))]
    plain = {
        Grouping.KIND: position.kind.value,
        Grouping.SECTOR: position.instrument.sector,
        Grouping.CURRENCY: position.instrument.currency,
        Grouping.INSTRUMENT_KIND: position.instrument.kind.value,
    }[by]
    return [(plain, plain)]


def _group(key: str | None, label: str | None, members: Sequence[Position], valuation: Valuation) -> Group:
    value = sum_of(each.market_value for each in members)
    whole = valuation.total_value
    return Group(
        key=key,
        label=label,
        count=len(members),
        market_value=value,
        cost_basis=sum_of(each.cost_basis for each in members),
        unrealized_gain=sum_of(each.unrealized_gain for each in members),
        day_change=sum_of(each.day_change for each in members),
        weight=None if value is None or whole is None or whole <= 0 else float(quotient(value, whole)),
        unpriced=tuple(sorted({each.instrument.symbol for each in members if each.market_value is None})),
    )


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the exact sum; None where a part is not known."""
    known = list(amounts)
    present = [amount for amount in known if amount is not None]
    return to_money(total(present)) if len(present) == len(known) else None


async def opened_days(actor: Actor, asked: Sequence[Asked], now: datetime) -> list[Mapping[Key, date]]:
    """Return on which day the oldest open lot of each side of a portfolio was opened, in the order asked.

    Two statements, and one less once the ledgers are known.  A past instant folds the ledger anew up to it.
    """
    rows = {
        row.id: row
        for row in await accessible(actor, Permission.VIEW).filter(id__in={each.portfolio_id for each in asked})
    }
    known = await ledgers_known(rows, {(each.portfolio_id, each.known_at) for each in asked})
    found: list[Mapping[Key, date]] = []
    for each in asked:
        ledger = known.get((each.portfolio_id, each.known_at))
        day = trade_day(now if each.as_of is None else min(each.as_of, now))
        found.append({} if ledger is None else await _opened(ledger, day))
    return found


async def _opened(ledger: Ledger, day: date) -> Mapping[Key, date]:
    if len(ledger.movements) > _LARGE and ledger.movements[-1].trade_date > day:
        ledger = await asyncio.to_thread(ledger.until, day)
    else:
        ledger = ledger.until(day)
    return {
        key: min(lot.opened_on for lot in held.lots)
        for key, held in ledger.fold.inventories.items()
        if held.quantity > ZERO
    }
