"""A portfolio at a glance, and how fresh a valuation is."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.portfolios.overview import Realized, counts_by_kind, is_stale
from domain.portfolios.queries import Asked
from schema.context import Info
from schema.portfolios.exposures import PortfolioExposures, exposures_of
from schema.portfolios.position_loaders import PositionLoaders
from schema.portfolios.types import Portfolio, PortfolioValuation, PositionKind, asked_with, valuation_of, valued
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id


@strawberry.type(description="How many positions of one kind there are.")
class PositionCount:
    """A count."""

    kind: PositionKind = strawberry.field(description="Side and kind.")  # type: ignore[valid-type]
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="A portfolio at a glance: totals, gains, exposures and counts of one instant.")
class PortfolioOverview:
    """An overview."""

    id: strawberry.ID = strawberry.field(
        description="Names the portfolio, and `asOf` and `knownAt` as they were asked."
    )
    valuation: PortfolioValuation = strawberry.field(
        description="Totals, the gain that is not realized, and the change of the day."
    )
    realized_gain: Decimal | None = strawberry.field(
        description=(
            "What was sold in `realizedYear` up to `asOf` brought beyond its cost, each part at the rate of its day, "
            "before losses of wash sales are moved."
        )
    )
    realized_year: int = strawberry.field(description="The calendar year of `realizedGain`: that of `asOf`.")
    exposures: PortfolioExposures = strawberry.field(description="How much of the market it is exposed to.")
    position_count: int = strawberry.field(description="How many positions there are.")
    position_counts: list[PositionCount] = strawberry.field(
        description="The same by kind; at most 6 kinds.", metadata=sized(6)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers of this object are null, and why; at most 1.", metadata=sized(1)
    )


@extends(Portfolio)
@strawberry.type
class PortfolioAtAGlance:
    """What overviews add to a portfolio."""

    @strawberry.field(description="Totals, gains, exposures and counts at `asOf`.")
    async def overview(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        as_of: datetime | None = None,
        known_at: datetime | None = None,
    ) -> PortfolioOverview | None:
        """Show the overview."""
        found = await valued(root, info, as_of, known_at)
        asked = Asked(root.key, as_of, known_at)
        realized = await info.context.loaders(PositionLoaders).realized.load(asked)
        if found is None or found.is_veiled or realized is None:
            return None
        return PortfolioOverview(
            id=global_id("PortfolioOverview", root.key, *asked_with(as_of, known_at)),
            valuation=valuation_of(found),
            realized_gain=realized.gain,
            realized_year=realized.year,
            exposures=exposures_of(found),
            position_count=len(found.positions),
            position_counts=[PositionCount(kind=kind, count=count) for kind, count in counts_by_kind(found)],
            unavailable=unavailable_of(_absences(realized)),
        )


@extends(PortfolioValuation)
@strawberry.type
class ValuationWithFreshness:
    """What is said of a valuation's age."""

    @strawberry.field(description="When it was computed, in real time: nothing of it is kept between requests.")
    def computed_at(self, info: Info) -> datetime:
        """Say the time."""
        return info.context.resources.clock.now()

    @strawberry.field(
        description=(
            "Whether a price in it is older than the close of the last session that had ended by `asOf`; an expired "
            "option has its price for good."
        )
    )
    async def stale(self, info: Info, root: strawberry.Parent[PortfolioValuation]) -> bool:
        """Compare the prices' times with the market's sessions."""
        session = await info.context.loaders(PositionLoaders).sessions.load(root.row.as_of)
        return is_stale(root.row, session)


def _absences(realized: Realized) -> list[Absence]:
    if realized.gain is not None:
        return []
    message = "no rate to the base currency was known on the day of a purchase or sale"
    mend = "load bars of the rate, then reverse the entry and record it anew"
    return [Absence("realizedGain", AbsenceReason.NOT_COVERED, message, mend)]
