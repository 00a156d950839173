"""Exposures of a portfolio, as the API shows them."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.portfolios import exposures as domain
from domain.portfolios.types import Valuation
from schema.context import Info
from schema.portfolios.types import Portfolio, asked_with, valued
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

_AMOUNT = "In the portfolio's base currency; null where a part of it has no price."
_FRACTION = "As a fraction of equity, the portfolio's total value; null unless that is positive."


@strawberry.type(description="An amount that is exposed, exact to the ledger and the prices.")
class Exposure:
    """An exact exposure."""

    amount: Decimal | None = strawberry.field(description=_AMOUNT)
    fraction: float | None = strawberry.field(description=_FRACTION)


@strawberry.type(description="An amount that is exposed, as a model estimates it.")
class EstimatedExposure:
    """An estimated exposure."""

    amount: float | None = strawberry.field(description=_AMOUNT)
    fraction: float | None = strawberry.field(description=_FRACTION)


@strawberry.type(description="What a portfolio is exposed to in one sector; an option is in its underlying's.")
class SectorExposure:
    """The exposure of a sector."""

    sector: str | None = strawberry.field(description="GICS sector; null for funds and whatever else has none.")
    long: Exposure = strawberry.field(description="Market value of long positions.")
    short: Exposure = strawberry.field(description="Market value of short positions: negative.")
    gross: Exposure = strawberry.field(description="Long less short.")
    net: Exposure = strawberry.field(description="Long and short.")


@strawberry.type(
    description=(
        "How much of the market a portfolio is exposed to. Options count with their market value, but in `notional` "
        "and `deltaAdjusted`; expired ones are exposed to nothing any more."
    )
)
class PortfolioExposures:
    """The exposures of a portfolio."""

    id: strawberry.ID = strawberry.field(
        description="Names the portfolio, and `asOf` and `knownAt` as they were asked."
    )
    long: Exposure = strawberry.field(description="Market value of all long positions.")
    short: Exposure = strawberry.field(description="Market value of all short positions: negative.")
    gross: Exposure = strawberry.field(description="Long less short: both without their signs.")
    net: Exposure = strawberry.field(description="Long and short with their signs.")
    notional: Exposure = strawberry.field(
        description=(
            "Without signs: market values of what is no option, and of options |contracts| × deliverable × the "
            "underlying's price."
        )
    )
    delta_adjusted: EstimatedExposure = strawberry.field(
        description=(
            "With signs: market values of what is no option, and of options delta × contracts × deliverable × the "
            "underlying's price, delta by Black-Scholes-Merton as `PriceSource` says of MODEL."
        )
    )
    sectors: list[SectorExposure] = strawberry.field(
        description="The same by sector, in the order of the alphabet, what has none last; at most 100.",
        metadata=sized(12),
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which amounts are null, and why; at most 10.", metadata=sized(1)
    )


@extends(Portfolio)
@strawberry.type
class PortfolioWithExposures:
    """What exposures add to a portfolio."""

    @strawberry.field(description="How much of the market it is exposed to at `asOf`.")
    async def exposures(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        as_of: datetime | None = None,
        known_at: datetime | None = None,
    ) -> PortfolioExposures | None:
        """Show the exposures."""
        found = await valued(root, info, as_of, known_at)
        return None if found is None or found.is_veiled else exposures_of(found)


def exposures_of(valuation: Valuation) -> PortfolioExposures:
    """Return the exposures of a valuation as the API shows them."""
    found = domain.exposures_of(valuation)
    long, short, gross, net = _sides(found, found.sided)
    return PortfolioExposures(
        id=global_id("PortfolioExposures", valuation.portfolio_id, *asked_with(valuation.as_of, valuation.known_at)),
        long=long,
        short=short,
        gross=gross,
        net=net,
        notional=Exposure(amount=found.notional, fraction=found.fraction(found.notional)),
        delta_adjusted=EstimatedExposure(amount=found.delta_adjusted, fraction=found.fraction(found.delta_adjusted)),
        sectors=[_sector_of(found, each) for each in found.sectors],
        unavailable=unavailable_of(found.absences),
    )


def _sector_of(found: domain.Exposures, each: domain.SectorExposure) -> SectorExposure:
    long, short, gross, net = _sides(found, each.sided)
    return SectorExposure(sector=each.sector, long=long, short=short, gross=gross, net=net)


def _sides(found: domain.Exposures, sided: domain.SidedExposure) -> tuple[Exposure, Exposure, Exposure, Exposure]:
    amounts = (sided.long, sided.short, sided.gross, sided.net)
    long, short, gross, net = (Exposure(amount=each, fraction=found.fraction(each)) for each in amounts)
    return long, short, gross, net
