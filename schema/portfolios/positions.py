"""Positions, as the API shows them."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

import strawberry

from domain.kernel.errors import BadUserInput
from domain.kernel.paging import cut_computed
from domain.portfolios import positions as domain_positions
from domain.portfolios import types as domain
from domain.portfolios.positions import Filter, place_of
from domain.portfolios.queries import Asked
from domain.portfolios.records import Key
from domain.portfolios.valuation import position_key
from schema.context import Context, Info
from schema.market.contracts import OptionContract, contract_of
from schema.market.types import Instrument, InstrumentKind, instrument_of
from schema.portfolios.loaders import PortfolioLoaders
from schema.portfolios.position_ids import PositionId, parsed_position_id, position_id, side_name
from schema.portfolios.position_loaders import PositionLoaders
from schema.portfolios.types import Account, Portfolio, PositionKind, PriceSource, account_of, asked_with, valued
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id, stored_key
from schema.shared.permissions import Access, allowed

PositionGrouping = strawberry.enum(
    domain_positions.Grouping,
    name="PositionGrouping",
    description=(
        "What positions of one group have in common. TAG: a position with several tags is in the group of each, so "
        "that the groups sum to more than the portfolio."
    ),
)

_MOST_WANTED = 100

Item = TypeVar("Item")


@strawberry.type(
    description="A holding at a price. Money is in the portfolio's base currency, prices in the instrument's."
)
class Position:
    """One side of one instrument in one account."""

    id: strawberry.ID = strawberry.field(
        description="Names the account, the instrument, the side, and `asOf` and `knownAt` as they were asked."
    )
    kind: PositionKind = strawberry.field(description="Which side of the market it is on.")  # type: ignore[valid-type]
    quantity: Decimal | None = strawberry.field(
        description="Units held, contracts of an option; negative for a short position."
    )
    average_cost: Decimal | None = strawberry.field(
        description="What a unit cost, in the instrument's currency; of an option one of the units in a contract."
    )
    cost_basis: Decimal | None = strawberry.field(
        description=(
            "What the units cost, with fees, each lot at the rate of the day it was opened; what was named at a sale "
            "was sold, or the oldest. Negative for a short position: what it brought."
        )
    )
    price: Decimal | None = strawberry.field(
        description="Latest price known at `asOf`; of an option, for one unit of its underlying."
    )
    price_at: datetime | None = strawberry.field(description="The market's time of the price.")
    price_source: PriceSource | None = strawberry.field(  # type: ignore[valid-type]
        description="Where the price comes from."
    )
    fx_rate: Decimal | None = strawberry.field(
        description="What one unit of the instrument's currency costs in the portfolio's base currency."
    )
    market_value: Decimal | None = strawberry.field(
        description="Units times price, at the rate of exchange; of an option times the units in a contract."
    )
    unrealized_gain: Decimal | None = strawberry.field(description="Market value less cost basis.")
    day_change: Decimal | None = strawberry.field(
        description="Market value less that of the same units at the close before, whenever they came."
    )
    weight: float | None = strawberry.field(description="Market value as a fraction of the portfolio's total value.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 10.",
        metadata=sized(1),  # some only where there is no price
    )
    instrument: Instrument = strawberry.field(description="What is held.")
    contract: OptionContract | None = strawberry.field(description="The terms of an option; null for all else.")
    row: strawberry.Private[domain.Position]
    asked: strawberry.Private[Asked]

    @strawberry.field(description="The account that it is held in.")
    async def account(self, info: Info) -> Account | None:
        """Find it through the loader."""
        row = await info.context.loaders(PositionLoaders).accounts.load(self.row.account_id)
        return None if row is None else account_of(row)

    @strawberry.field(description="The day on which the oldest of the units held was bought, or sold short.")
    async def opened_on(self, info: Info) -> date | None:
        """Look into the open lots."""
        row = self.row
        opened = await info.context.loaders(PositionLoaders).opened.load(self.asked)
        return opened.get(Key(row.account_id, row.instrument.id, row.is_short))


@strawberry.type(description="Positions that have something in common, and their sums in the base currency.")
class PositionGroup:
    """A group of positions."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the grouping, the key and `asOf`.")
    key: str | None = strawberry.field(
        description="What they have in common: a name, or the id of the tag, strategy or account; null for having none."
    )
    label: str | None = strawberry.field(description="The same in words.")
    count: int = strawberry.field(description="How many positions.")
    market_value: Decimal | None = strawberry.field(description="Sum of their market values, short ones negative.")
    cost_basis: Decimal | None = strawberry.field(description="Sum of their costs.")
    unrealized_gain: Decimal | None = strawberry.field(description="Sum of their gains.")
    day_change: Decimal | None = strawberry.field(description="Sum of their day changes.")
    weight: float | None = strawberry.field(description="Market value as a fraction of the portfolio's total value.")
    unpriced: list[str] = strawberry.field(
        description="Symbols without a price, for which the sums are null; at most 1,000."
    )


@strawberry.input(description="Which positions: they pass all that is given. Lists, at most 100 long, take any member.")
class PositionFilter:
    """What is asked of positions."""

    kinds: list[PositionKind] | None = strawberry.field(  # type: ignore[valid-type]
        description="Side and kind.", default=None
    )
    instrument_kinds: list[InstrumentKind] | None = strawberry.field(  # type: ignore[valid-type]
        description="Kinds of instrument.", default=None
    )
    symbols: list[str] | None = strawberry.field(description="Symbols of instruments.", default=None)
    sectors: list[str] | None = strawberry.field(description="Sectors, as instruments have them.", default=None)
    tag_ids: list[strawberry.ID] | None = strawberry.field(description="Tags: any of them.", default=None)
    strategy_id: strawberry.ID | None = strawberry.field(description="A strategy.", default=None)
    account_ids: list[strawberry.ID] | None = strawberry.field(description="Accounts.", default=None)
    min_weight: float | None = strawberry.field(
        description="The least weight, as a fraction, included; who has no weight does not pass.", default=None
    )
    max_weight: float | None = strawberry.field(description="The greatest weight, included.", default=None)


Grouped = Annotated[
    PositionGrouping,  # type: ignore[valid-type]
    strawberry.argument(name="by", description="What the positions of a group have in common."),
]


@extends(Portfolio)
@strawberry.type
class PortfolioWithPositions:
    """What positions add to a portfolio."""

    @strawberry.field(description="What it holds at `asOf`, by symbol, account and side, long before short.")
    async def positions(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        *,
        as_of: datetime | None = None,
        known_at: datetime | None = None,
        filter: PositionFilter | None = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Position]:
        """Show a page of the positions."""
        request = requested(first, after, last, before, key=(str, str, side_name))
        found = await valued(root, info, as_of, known_at)
        asked = Asked(root.key, as_of, known_at)
        rows: Sequence[domain.Position] = found.positions if found else ()
        if filter is not None:
            rows = await _filtered(info, root, rows, _filter_of(filter))
        page = cut_computed(rows, request, position_key)
        return connection(page, node=lambda row: position_of(info.context, row, asked), key=position_key)

    @strawberry.field(
        description="What it holds at `asOf` in groups, by label, those with none last: at most 1,000 groups.",
        metadata=sized(20),
    )
    async def position_groups(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        by: Grouped,
        as_of: datetime | None = None,
        known_at: datetime | None = None,
    ) -> list[PositionGroup]:
        """Show the groups."""
        found = await valued(root, info, as_of, known_at)
        if found is None:
            return []
        grouping = domain_positions.Grouping(by)
        loaders = info.context.loaders(PositionLoaders)
        labels = await loaders.labels(
            root.key,
            tags=grouping is domain_positions.Grouping.TAG,
            strategies=grouping is domain_positions.Grouping.STRATEGY,
        )
        names: dict[UUID, str] = {}
        if grouping is domain_positions.Grouping.ACCOUNT:
            ids = list({each.account_id for each in found.positions})
            names = {row.id: row.name for row in await loaders.accounts.load_many(ids) if row is not None}
        groups = domain_positions.grouped(found, grouping, labels, names)
        return [_group_of(Asked(root.key, as_of, known_at), grouping, group) for group in groups]


@strawberry.type
class PositionsQuery:
    """The queries of positions."""

    @strawberry.field(
        description="A position of a portfolio of the user's, as it is at the instant that its id names.",
        metadata=allowed(Access.USER),
    )
    async def position(self, info: Info, id: strawberry.ID) -> Position | None:
        """Find one position."""
        asked = parsed_position_id(id)
        return None if asked is None else await find_position(info.context, asked)


async def find_position(context: Context, asked: PositionId) -> Position | None:
    """Return a position, None where it is not held or not seen."""
    found = await context.loaders(PortfolioLoaders).valuations.load(asked.asked)
    for row in found.positions if found else ():
        if place_of(row) == asked.place and (row.is_short) == asked.is_short:
            return position_of(context, row, asked.asked)
    return None


def position_of(context: Context, row: domain.Position, asked: Asked) -> Position:
    """Return a position as the API shows it."""
    return Position(
        id=position_id(PositionId(asked, place_of(row), row.is_short)),
        kind=row.kind,
        quantity=row.quantity,
        average_cost=row.average_cost,
        cost_basis=row.cost_basis,
        price=row.price,
        price_at=row.price_at,
        price_source=row.price_source,
        fx_rate=row.fx_rate,
        market_value=row.market_value,
        unrealized_gain=row.unrealized_gain,
        day_change=row.day_change,
        weight=row.weight,
        unavailable=unavailable_of(row.absences),
        instrument=instrument_of(context, row.instrument),
        contract=None if row.contract is None else contract_of(row.contract),
        row=row,
        asked=asked,
    )


_KEY_KINDS = {
    domain_positions.Grouping.TAG: "Tag",
    domain_positions.Grouping.STRATEGY: "Strategy",
    domain_positions.Grouping.ACCOUNT: "Account",
}


def _group_of(asked: Asked, by: domain_positions.Grouping, group: domain_positions.Group) -> PositionGroup:
    key = group.key if group.key is None or by not in _KEY_KINDS else global_id(_KEY_KINDS[by], group.key)
    return PositionGroup(
        id=global_id(
            "PositionGroup", asked.portfolio_id, by.value, group.key or "", *asked_with(asked.as_of, asked.known_at)
        ),
        key=key,
        label=group.label,
        count=group.count,
        market_value=group.market_value,
        cost_basis=group.cost_basis,
        unrealized_gain=group.unrealized_gain,
        day_change=group.day_change,
        weight=group.weight,
        unpriced=list(group.unpriced),
    )


async def _filtered(
    info: Info, portfolio: Portfolio, rows: Sequence[domain.Position], wanted: Filter
) -> Sequence[domain.Position]:
    labels = await info.context.loaders(PositionLoaders).labels(
        portfolio.key, tags=wanted.tag_ids is not None, strategies=wanted.strategy_id is not None
    )
    return [row for row in rows if wanted.passes(row, labels)]


def _filter_of(given: PositionFilter) -> Filter:
    # What is no id of the kind is the id of nothing: no position has it.
    nothing = UUID(int=0)
    strategy = None if given.strategy_id is None else stored_key("Strategy", given.strategy_id) or nothing
    return Filter(
        kinds=_wanted("kinds", given.kinds),
        instrument_kinds=_wanted("instrumentKinds", given.instrument_kinds),
        symbols=_wanted("symbols", given.symbols),
        sectors=_wanted("sectors", given.sectors),
        account_ids=_wanted("accountIds", given.account_ids, lambda value: stored_key("Account", value) or nothing),
        tag_ids=_wanted("tagIds", given.tag_ids, lambda value: stored_key("Tag", value) or nothing),
        strategy_id=strategy,
        least_weight=given.min_weight,
        greatest_weight=given.max_weight,
    )


def _wanted(
    name: str, given: Collection[Any] | None, convert: Callable[[Any], Item] = lambda value: value
) -> frozenset[Item] | None:
    if given is None:
        return None
    if len(given) > _MOST_WANTED:
        raise BadUserInput(f"expected at most {_MOST_WANTED} {name}, got {len(given)}")
    return frozenset(map(convert, given))
