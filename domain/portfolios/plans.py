"""Reads how portfolios are allocated, and plans the trades that bring one to its targets."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.actor import Actor
from domain.kernel.dates import trade_day
from domain.kernel.errors import BadUserInput
from domain.kernel.money import EXACT, MONEY_PLACES, ZERO, fits, product, total
from domain.market import queries as market
from domain.market.rates import rates
from domain.portfolios.access import Permission, accessible
from domain.portfolios.allocation import Allocation, Slice, allocate
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledgers import grow, ledger_known
from domain.portfolios.lot_choice import SaleMethod
from domain.portfolios.models import Account, Portfolio, PositionTag
from domain.portfolios.planned_trades import AccountKinds, PlannedTrade, WashWarning, planned_trades, wash_warnings
from domain.portfolios.prices import priced_at
from domain.portfolios.queries import Asked, is_live, valuations
from domain.portfolios.rebalancing import Group, Member, trade
from domain.portfolios.targets import targets_of
from domain.portfolios.types import PositionKind, TargetKind, Term
from domain.portfolios.valuation import Priced

_LARGEST = Decimal(10) ** 15
_LARGE = 2_000
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a plan is to do: `cash` is money that comes beside, negative for what is taken out, in the base currency."""

    portfolio_id: UUID
    as_of: datetime | None
    cash: Decimal = ZERO
    smallest: Decimal = ZERO
    whole_units: bool = False
    method: SaleMethod = SaleMethod.LEAST_TAX


@dataclass(frozen=True, slots=True)
class Outcome:
    """A slice of the allocation, and its weight once the plan is done; None where it is not known."""

    before: Slice
    after: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Trades, and what comes of them.  Money is in the base currency; gains are those of taxable accounts.

    `cash_by_currency` is what each purse holds afterwards, negative where money has to be exchanged.  `unreached` are
    the targets of which nothing is held that more could be bought of.
    """

    wish: Wish
    version: int
    trades: tuple[PlannedTrade, ...]
    outcomes: tuple[Outcome, ...]
    unreached: tuple[Slice, ...]
    cash: Decimal | None
    cash_by_currency: tuple[tuple[str, Decimal], ...]
    short_term_gain: Decimal | None
    long_term_gain: Decimal | None
    washes: tuple[WashWarning, ...]
    absences: tuple[Absence, ...]


async def allocations(actor: Actor, asked: Sequence[Asked], now: datetime) -> list[Allocation | None]:
    """Return how portfolios are allocated, in the order asked for, None where the actor sees no amounts.

    `now` is the market's.  Three statements beside those of `valuations`, four where there is a modeling session.
    """
    found = await valuations(actor, asked, now)
    homes = await _homes(actor, {each.portfolio_id for each in asked})
    keys = {row.id for row in homes.values()}
    targets = await targets_of(actor, list(keys))
    tags: dict[UUID, dict[tuple[UUID, UUID], list[str]]] = {key: {} for key in keys}
    for row in await PositionTag.filter(portfolio_id__in=keys).select_related("tag"):
        assert isinstance(row.portfolio_id, UUID)
        tags[row.portfolio_id].setdefault((row.account_id, row.instrument_id), []).append(row.tag.name)
    return [
        None
        if valuation is None or valuation.is_veiled
        else allocate(
            valuation,
            targets[homes[valuation.portfolio_id].id],
            tags[homes[valuation.portfolio_id].id],
            homes[valuation.portfolio_id].drift_threshold,
            rebalances_itself=homes[valuation.portfolio_id].rebalances_itself,
        )
        for valuation in found
    ]


async def _homes(actor: Actor, portfolio_ids: Collection[UUID]) -> dict[UUID, Portfolio]:
    """Return in which portfolio the targets of each are kept: those of a modeling session are its base's."""
    rows = await accessible(actor, Permission.VIEW).filter(id__in=portfolio_ids)
    begun = {row.fork_of_id for row in rows if row.fork_of_id is not None}
    bases = {row.id: row for row in await accessible(actor, Permission.VIEW).filter(id__in=begun)} if begun else {}
    return {row.id: row if row.fork_of_id is None else bases.get(row.fork_of_id, row) for row in rows}


async def rebalance_plan(actor: Actor, wish: Wish, now: datetime) -> Plan | None:
    """Return the plan that a portfolio's targets ask for, None where the actor sees none.  `now` is the market's.

    Raises `BadUserInput` for amounts that no portfolio has.
    """
    _check(wish)
    (allocation,) = await allocations(actor, [Asked(wish.portfolio_id, wish.as_of)], now)
    if allocation is None:
        return None
    portfolio = await accessible(actor, Permission.VIEW).get(id=wish.portfolio_id)
    worth = allocation.valuation.total_value
    whole = None if worth is None else EXACT.add(worth, wish.cash)
    if not allocation.slices or whole is None or whole <= 0:
        return _nothing(wish, allocation, _why(allocation, whole))
    instant = now if wish.as_of is None else min(wish.as_of, now)
    unheld = await _unheld(allocation, wish.as_of, now)
    unpriced = sorted(symbol for symbol, (priced, rate) in unheld.items() if priced.price is None or rate is None)
    if unpriced:
        message = f"no price in {portfolio.base_currency} is known of {', '.join(unpriced)}, of which nothing is held"
        return _nothing(wish, allocation, Absence("trades", AbsenceReason.NO_PRICE, message, "load its bars"))
    accounts = {row.id: row for row in await Account.filter(portfolio_id=portfolio.fork_of_id or portfolio.id)}
    default = next(key for key, row in accounts.items() if row.is_default)
    groups = [_group(each, whole, default, unheld) for each in allocation.slices if not _is_cash(each)]
    balance = allocation.valuation.cash_balance
    assert balance is not None, "a total that is known has cash that is known"
    cash = trade(groups, EXACT.add(balance, wish.cash), smallest=wish.smallest, whole_units=wish.whole_units)
    # The state that was valued: it may have grown since.
    known = await ledger_known(portfolio, allocation.valuation.version)
    standing = await _ledger_at(known, trade_day(instant))
    kinds = {key: row.kind for key, row in accounts.items()}
    made = partial(_plan, wish, allocation, groups, cash, standing, kinds, trade_day(instant))
    # Many lots take long to choose from.
    return await asyncio.to_thread(made) if len(standing.movements) > _LARGE else made()


def _check(wish: Wish) -> None:
    for name, amount in (("cash", wish.cash), ("minTrade", wish.smallest)):
        if not fits(amount, MONEY_PLACES) or abs(amount) > _LARGEST:
            raise BadUserInput(f"expected {name} of at most {MONEY_PLACES} decimal places and 1e15, got {amount}")
    if wish.smallest < 0:
        raise BadUserInput(f"expected minTrade of at least 0, got {wish.smallest}")


def _why(allocation: Allocation, whole: Decimal | None) -> Absence:
    if allocation.absences:
        found = allocation.absences[0]
        return Absence("trades", found.reason, found.message, found.mend)
    assert whole is not None
    return Absence("trades", AbsenceReason.UNDEFINED, f"the portfolio would be worth {whole:f} with this cash")


def _nothing(wish: Wish, allocation: Allocation, absence: Absence) -> Plan:
    gains = ("estimated_short_term_gain", "estimated_long_term_gain", "cash_after")
    others = tuple(Absence(name, absence.reason, absence.message, absence.mend) for name in gains)
    return Plan(
        wish=wish,
        version=allocation.valuation.version,
        trades=(),
        outcomes=tuple(Outcome(each, None) for each in allocation.slices),
        unreached=(),
        cash=None,
        cash_by_currency=allocation.valuation.cash,
        short_term_gain=None,
        long_term_gain=None,
        washes=(),
        absences=(absence, *others),
    )


def _is_cash(each: Slice) -> bool:
    return each.target.kind is TargetKind.CASH


async def _unheld(
    allocation: Allocation, as_of: datetime | None, now: datetime
) -> dict[str, tuple[Priced, Decimal | None]]:
    """Return the instruments that should be held and are not, at a price and a rate."""
    symbols = [
        each.target.name
        for each in allocation.slices
        if each.target.kind is TargetKind.INSTRUMENT
        and each.target.weight
        and not any(position.kind is PositionKind.LONG for position in each.positions)
    ]
    instruments = await market.instruments_by_symbol(symbols)
    past = None if as_of is None or is_live(as_of, now) else as_of
    prices = await priced_at([row.id for row in instruments.values()], past)
    base = allocation.valuation.currency
    known = await rates([(row.currency, base) for row in instruments.values()], past)
    found: dict[str, tuple[Priced, Decimal | None]] = {}
    for symbol, row in instruments.items():
        rate = known.get((row.currency, base))
        found[symbol] = (prices[row.id], _ONE if row.currency == base else None if rate is None else rate.rate)
    return found


def _group(each: Slice, whole: Decimal, default: UUID, unheld: dict[str, tuple[Priced, Decimal | None]]) -> Group:
    members = []
    for position in each.positions:
        if position.kind is PositionKind.LONG:
            assert position.price is not None
            assert position.fx_rate is not None
            worth = product(position.price, position.fx_rate)
            members.append(Member(position.account_id, position.instrument, position.units, position.price, worth))
    name = each.target.name
    if not members and each.target.kind is TargetKind.INSTRUMENT and name in unheld:
        priced, rate = unheld[name]
        assert priced.price is not None
        assert rate is not None
        members.append(Member(default, priced.instrument, ZERO, priced.price, product(priced.price, rate)))
    assert each.value is not None
    return Group((each.target.kind, name), product(each.target.weight, whole), each.value, members)


async def _ledger_at(standing: Ledger, day: date) -> Ledger:
    if not standing.movements or standing.movements[-1].trade_date <= day:
        return standing
    movements = [each for each in standing.movements if each.trade_date <= day]
    return await grow(Ledger(), standing.version, movements, set())


def _plan(
    wish: Wish,
    allocation: Allocation,
    groups: Sequence[Group],
    cash: Decimal,
    standing: Ledger,
    kinds: AccountKinds,
    day: date,
) -> Plan:
    traded = [member for group in groups for member in group.members if member.traded]
    trades = planned_trades(traded, standing, kinds, wish.method, day)
    short, long = _gains(trades, Term.SHORT), _gains(trades, Term.LONG)
    message = "no rate to the base currency was known on the day of a purchase that is sold"
    return Plan(
        wish=wish,
        version=allocation.valuation.version,
        trades=trades,
        outcomes=tuple(_outcomes(allocation, groups, cash)),
        unreached=tuple(
            each
            for each, group in zip(allocation.slices, groups, strict=False)
            if group.lacking > 0 and not group.members
        ),
        cash=cash,
        cash_by_currency=_purses(wish, allocation, trades),
        short_term_gain=short,
        long_term_gain=long,
        washes=wash_warnings(trades, standing, day),
        absences=tuple(
            Absence(name, AbsenceReason.NOT_COVERED, message)
            for name, gain in (("estimated_short_term_gain", short), ("estimated_long_term_gain", long))
            if gain is None
        ),
    )


def _gains(trades: Iterable[PlannedTrade], term: Term) -> Decimal | None:
    gains = [lot.gain for each in trades for lot in each.lots if lot.is_taxable and lot.term is term]
    return None if None in gains else total(gain for gain in gains if gain is not None)


def _outcomes(allocation: Allocation, groups: Sequence[Group], cash: Decimal) -> Iterable[Outcome]:
    values = [
        EXACT.add(group.value, total(product(each.traded, each.worth) for each in group.members)) for group in groups
    ]
    values.append(cash)
    whole = total(values)
    for each, value in zip(allocation.slices, values, strict=True):
        yield Outcome(each, EXACT.divide(value, whole) if whole > 0 else None)


def _purses(wish: Wish, allocation: Allocation, trades: Sequence[PlannedTrade]) -> tuple[tuple[str, Decimal], ...]:
    purses = dict(allocation.valuation.cash)
    base = allocation.valuation.currency
    purses[base] = EXACT.add(purses.get(base, ZERO), wish.cash)
    for each in trades:
        code = each.instrument.currency
        purses[code] = EXACT.add(purses.get(code, ZERO), each.cash_change)
    return tuple(sorted((code, amount) for code, amount in purses.items() if amount))
