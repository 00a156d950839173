"""What a modeling session comes to, as the API shows it."""

from decimal import Decimal
from uuid import UUID

import strawberry

from domain.portfolios.modeling import types as domain
from schema.context import Info
from schema.market.types import Instrument, find_instruments
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.node import global_id

# What one list of an answer holds at most.
_MOST_POSITIONS = 1_000


@strawberry.type(description="Amounts of a valuation, or the differences of two, in the portfolio's base currency.")
class ModelingFigures:
    """Twelve amounts."""

    total_value: Decimal | None = strawberry.field(description="Investments and cash.")
    invested_value: Decimal | None = strawberry.field(description="Market value of all positions.")
    cash_balance: Decimal | None = strawberry.field(description="Cash; negative for money owed to the broker.")
    cost_basis: Decimal | None = strawberry.field(description="What the positions cost, with fees.")
    unrealized_gain: Decimal | None = strawberry.field(description="Invested value less cost basis.")
    long_exposure: Decimal | None = strawberry.field(description="Market value of long positions, options too.")
    short_exposure: Decimal | None = strawberry.field(description="Market value of short positions: negative.")
    gross_exposure: Decimal | None = strawberry.field(description="Both, without their signs.")
    net_exposure: Decimal | None = strawberry.field(description="Both, with their signs.")
    realized_gain: Decimal | None = strawberry.field(
        description=(
            "What was realized in the calendar year of `asOf` until then, by the lots that were named or the oldest, "
            "before wash sales."
        )
    )
    realized_short_term: Decimal | None = strawberry.field(description="The part of it that was held up to a year.")
    realized_long_term: Decimal | None = strawberry.field(description="The part of it that was held for longer.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 12.", metadata=sized(5)
    )


@strawberry.type(
    description="One side of an instrument in one account, before and after. Weights are fractions of the total value."
)
class PositionImpact:
    """Quantities and weights."""

    account_id: strawberry.ID = strawberry.field(description="The account.")
    symbol: str = strawberry.field(description="The instrument's symbol.")
    quantity_before: Decimal = strawberry.field(description="Units held before, negative for a short position.")
    quantity_after: Decimal = strawberry.field(description="Units held after.")
    weight_before: float | None = strawberry.field(description="Weight before; 0 where nothing was held.")
    weight_after: float | None = strawberry.field(description="Weight after; 0 where nothing is held.")
    weight_difference: float | None = strawberry.field(description="Weight after less weight before.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 3.", metadata=sized(1)
    )
    key: strawberry.Private[UUID]

    @strawberry.field(description="What is held.")
    async def instrument(self, info: Info) -> Instrument | None:
        """Find the instrument through the market's loader."""
        found: Instrument | None = (await find_instruments(info.context, [self.key]))[0]
        return found


@strawberry.type(description="Net exposure to a sector before and after, in the portfolio's base currency.")
class SectorImpact:
    """A sector."""

    sector: str | None = strawberry.field(description="GICS sector; null for what has none.")
    net_before: Decimal | None = strawberry.field(description="Before; null where a price is not known.")
    net_after: Decimal | None = strawberry.field(description="After; null where a price is not known.")


@strawberry.type(
    description=(
        "What the trades of a modeling session change, at the same prices: before is the portfolio that it began with, "
        "at the version of then."
    )
)
class ModelingImpacts:
    """Before, after, difference."""

    id: strawberry.ID = strawberry.field(
        description="Names the session and `asOf` as it was asked, or the snapshot that it is of."
    )
    base_version: int = strawberry.field(description="Version of the portfolio that the session began with.")
    version: int = strawberry.field(description="Version of the session's portfolio.")
    currency: str = strawberry.field(description="ISO 4217 code of the money.")
    before: ModelingFigures = strawberry.field(description="Without the session's trades.")
    after: ModelingFigures = strawberry.field(description="With them.")
    difference: ModelingFigures = strawberry.field(description="After less before.")
    positions: list[PositionImpact] = strawberry.field(
        description="Each position of before or after, by symbol; at most 1,000.", metadata=sized(20)
    )
    sectors: list[SectorImpact] = strawberry.field(
        description="Each sector of before or after, by name, what has none last; at most 100.", metadata=sized(12)
    )


def impacts_of(row: domain.Impacts, snapshot_id: UUID | None = None) -> ModelingImpacts:
    """Return impacts as the API shows them: those of a session, or stored ones."""
    as_of = "" if row.as_of is None else row.as_of.isoformat()
    key = (row.session_id, as_of) if snapshot_id is None else (snapshot_id,)
    return ModelingImpacts(
        id=global_id("ModelingImpacts", *key),
        base_version=row.base_version,
        version=row.version,
        currency=row.currency,
        before=_figures_of(row.before),
        after=_figures_of(row.after),
        difference=_figures_of(row.difference),
        positions=[_position_of(each) for each in row.positions[:_MOST_POSITIONS]],
        sectors=[
            SectorImpact(sector=each.sector, net_before=each.before, net_after=each.after) for each in row.sectors[:100]
        ],
    )


def _figures_of(row: domain.Figures) -> ModelingFigures:
    return ModelingFigures(
        total_value=row.total_value,
        invested_value=row.invested_value,
        cash_balance=row.cash_balance,
        cost_basis=row.cost_basis,
        unrealized_gain=row.unrealized_gain,
        long_exposure=row.long_exposure,
        short_exposure=row.short_exposure,
        gross_exposure=row.gross_exposure,
        net_exposure=row.net_exposure,
        realized_gain=row.realized_gain,
        realized_short_term=row.realized_short_term,
        realized_long_term=row.realized_long_term,
        unavailable=unavailable_of(row.absences),
    )


def _position_of(row: domain.PositionImpact) -> PositionImpact:
    return PositionImpact(
        account_id=global_id("Account", row.account_id),
        symbol=row.symbol,
        quantity_before=row.quantity_before,
        quantity_after=row.quantity_after,
        weight_before=row.weight_before,
        weight_after=row.weight_after,
        weight_difference=row.weight_difference,
        unavailable=unavailable_of(row.absences),
        key=row.instrument_id,
    )
