"""What was done to prices that sources tell: repairs, and prices set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import orjson
import strawberry

from domain.market import overrides, repairing, types
from domain.market.overrides import OverrideRow
from domain.market.repairing import RepairRow
from domain.market.types import Bars, QuoteSource
from schema.context import Info
from schema.shared.connection import selects
from schema.shared.cost import sized
from schema.shared.naming import camel
from schema.shared.node import Node, global_id

RepairKind = strawberry.enum(
    types.RepairKind,
    description=(
        "What was wrong with a bar as it was observed. HUNDREDFOLD: a hundred times too high or too low. UNIT_SWITCH: "
        "prices of one bar in two units. SPLIT_NOT_APPLIED, SPLIT_APPLIED_WRONGLY: off by the ratio of a split. "
        "DIVIDEND_NOT_ADJUSTED: an adjusted close without a dividend. MISSING_PRICE: none."
    ),
)


@strawberry.type(description="One price before and after it was mended.")
class RepairedPrice:
    """A price."""

    column: str = strawberry.field(description="open, high, low or close; or adjustedClose.")
    observed: float | None = strawberry.field(description="As the source told it.")
    repaired: float | None = strawberry.field(description="As it is stored.")


@strawberry.type(description="A bar that was observed wrong and is stored right.")
class BarRepair:
    """A repair."""

    id: strawberry.ID = strawberry.field(description="Names the repair.")
    session: date = strawberry.field(name="date", description="The session.")
    kind: RepairKind = strawberry.field(description="What was wrong.")  # type: ignore[valid-type]
    reason: str = strawberry.field(description="What shows that it was wrong.")
    source: str = strawberry.field(description="Who told it, as in `providers`.")
    recorded_at: datetime = strawberry.field(description="When it was mended, in real time.")
    prices: list[RepairedPrice] = strawberry.field(description="Before and after: at most 4.", metadata=sized(4))


@strawberry.type(description="A price that an administrator set in place of what any source says.")
class PriceOverride(Node):
    """An override."""

    session: date | None = strawberry.field(description="The session whose close it is; null for the latest price.")
    price: Decimal = strawberry.field(description="The price, in the instrument's currency.")
    replaced: Decimal | None = strawberry.field(
        description="The price that it stands in for; null where none was known."
    )
    reason: str = strawberry.field(description="Why, in the administrator's words.")
    author_id: strawberry.ID = strawberry.field(description="Id of the administrator.")
    recorded_at: datetime = strawberry.field(description="When it was set, in real time.")
    withdrawn_at: datetime | None = strawberry.field(description="When it was withdrawn; null while it stands.")


def repair_of(row: RepairRow) -> BarRepair:
    """Return a repair as the API shows it."""
    observed, repaired = orjson.loads(row.observed), orjson.loads(row.repaired)
    return BarRepair(
        id=global_id("BarRepair", row.id),
        session=row.session,
        kind=row.kind,
        reason=row.reason,
        source=row.source,
        recorded_at=row.recorded_at,
        prices=[
            RepairedPrice(column=camel(name), observed=observed.get(name), repaired=repaired.get(name))
            for name in ("open", "high", "low", "close", "adjusted_close")
            if name in observed
        ],
    )


def override_of(row: OverrideRow) -> PriceOverride:
    """Return a price set by hand as the API shows it."""
    return PriceOverride(
        id=global_id("PriceOverride", row.id),
        session=row.session,
        price=row.price,
        replaced=row.replaced,
        reason=row.reason,
        author_id=global_id("User", row.author_id),
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done to bars, by session: nothing where it was not asked for."""

    repairs: Mapping[date, list[RepairRow]] = field(default_factory=dict)
    overrides: Mapping[date, OverrideRow] = field(default_factory=dict)

    def repair(self, session: date, source: QuoteSource) -> BarRepair | None:
        """Return what was mended of a bar that is as a repair has left it."""
        for row in self.repairs.get(session, ()):
            # What has been told, or set, since then is not what was mended.
            if source is QuoteSource.REPAIRED or row.kind is types.RepairKind.DIVIDEND_NOT_ADJUSTED:
                return repair_of(row)
        return None

    def override(self, session: date, source: QuoteSource) -> PriceOverride | None:
        """Return what an administrator set of a bar that is as it was set."""
        row = self.overrides.get(session) if source is QuoteSource.OVERRIDE else None
        return None if row is None else override_of(row)


async def read_mended(info: Info, instrument_id: UUID, found: Bars, known_at: datetime | None) -> Mended:
    """Read what was done to sessions, one statement for each of `repair` and `override` that is selected."""
    if not found.sessions:
        return Mended()
    span = found.sessions[0], found.sessions[-1]
    return Mended(
        await repairing.repairs_in(instrument_id, *span, known_at) if selects(info, "repair") else {},
        await overrides.closes_set(instrument_id, *span, known_at) if selects(info, "override") else {},
    )
