"""Surfaces of implied volatility, as the API shows them."""

from datetime import date, datetime

import numpy as np
import strawberry

from domain.market.queries import market_now
from domain.options import chains
from domain.options import surfaces as domain
from domain.options.pictures import surface_picture
from domain.options.pricing import known
from schema.context import Info
from schema.market.types import Instrument, instrument_of
from schema.options.chains import ChainSource, Symbol
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed

# That one expiry takes, roughly.
_SECONDS = 0.03


@strawberry.type(
    description=(
        "Gatheral's curve of one expiry: total variance is level + slope * (rotation * (k - center) + sqrt((k - "
        "center)^2 + width^2)), where k is ln(strike / forward)."
    )
)
class ImpliedVolatilitySlice:
    """One expiry."""

    expiry: date = strawberry.field(description="Up to the close of this day.")
    years: float = strawberry.field(description="To the expiry, calendar days / 365.")
    forward: float | None = strawberry.field(description="Price of the underlying for the expiry.")
    contracts: int = strawberry.field(description="Options out of the money that the curve goes through.")
    level: float | None = strawberry.field(description="Height of the curve, in total variance.")
    slope: float | None = strawberry.field(description="Mean of the slopes of both wings.")
    rotation: float | None = strawberry.field(description="From -1 to 1: below 0 low strikes are the dearer.")
    center: float | None = strawberry.field(description="Where the curve is shifted to.")
    width: float | None = strawberry.field(description="How round its bottom is.")
    volatility_error: float | None = strawberry.field(
        description="Root mean square of what the curve's volatilities differ by, as a fraction: 0.01 is one point."
    )
    worst_volatility_error: float | None = strawberry.field(description="The largest of those differences.")
    has_butterfly_arbitrage: bool | None = strawberry.field(
        description="Whether a butterfly of options between the lowest strike and the highest would be free."
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which are null, and why: at most 8.", metadata=sized(1)
    )


@strawberry.type(
    description=(
        "What options on an underlying imply, by strike and expiry. Curves are fitted to the volatilities of the "
        "options out of the money of each expiry, all with one weight; between "
        "two expiries total variance is linear in time."
    )
)
class ImpliedSurface:
    """A surface."""

    id: strawberry.ID = strawberry.field(description="Names the underlying.")
    underlying: Instrument = strawberry.field(description="What the options are on.")
    source: ChainSource = strawberry.field(description="Where the prices come from.")  # type: ignore[valid-type]
    spot: float | None = strawberry.field(description="Price of the underlying with the newest quotes.")
    at: datetime = strawberry.field(description="Of the newest quote.")
    slices: list[ImpliedVolatilitySlice] = strawberry.field(
        description=f"One for each of the nearest expiries, at most {domain.MOST_EXPIRIES}.", metadata=sized(13)
    )
    moneyness: list[float] = strawberry.field(description="Columns of the grid, ln(strike / forward): at most 13.")
    years: list[float] = strawberry.field(
        description="Rows of the grid, from the first expiry with a curve to the last: at most 12."
    )
    total_variance: list[list[float | None]] = strawberry.field(
        description="Of the grid, volatility^2 * years: at most 12 rows of 13; null where no curve tells it."
    )
    has_butterfly_arbitrage: bool | None = strawberry.field(
        description="Whether any expiry has it; null without a curve."
    )
    has_calendar_arbitrage: bool | None = strawberry.field(
        description=(
            "Whether a later expiry's total variance is below that of the one before, at a log-moneyness at which both "
            "have options, by more than the curves' `volatilityError`; null with fewer than two curves."
        )
    )
    found: strawberry.Private[domain.Surface]

    @strawberry.field(
        description=(
            "The curves and what they go through, as SVG without script or link, below 200,000 characters; null where "
            "no expiry has a curve."
        )
    )
    async def surface_picture(self, info: Info) -> str | None:
        """Draw it."""
        return await info.context.resources.compute.run(surface_picture, self.underlying.symbol, self.found)


@strawberry.type
class SurfacesQuery:
    """What options imply over strikes and expiries."""

    @strawberry.field(
        description="The implied volatilities of the options on an instrument; null where no chain is known.",
        metadata=allowed(Access.ANYBODY),
    )
    async def implied_surface(self, info: Info, symbol: Symbol) -> ImpliedSurface | None:
        """Fit the curves."""
        underlying = await chains.underlying_of(symbol, await market_now(info.context.resources.clock))
        known_chains = [] if underlying is None else await chains.chains_on(underlying, domain.MOST_EXPIRIES)
        if underlying is None or not known_chains:
            return None
        info.context.spend_computing(_SECONDS * len(known_chains))
        found = await info.context.resources.compute.run(domain.surface_of, known_chains)
        newest = max(known_chains, key=lambda chain: chain.at)
        butterflies = [each.has_butterfly_arbitrage for each in found.slices]
        told = [each for each in butterflies if each is not None]
        return ImpliedSurface(
            id=global_id("ImpliedSurface", underlying.row.id),
            underlying=instrument_of(info.context, underlying.row),
            source=newest.source,
            spot=known(newest.spot),
            at=newest.at,
            slices=[_slice(each) for each in found.slices],
            moneyness=list(domain.MONEYNESS),
            years=list(found.years),
            total_variance=[[known(each) for each in row] for row in found.variance],
            has_butterfly_arbitrage=any(told) if told else None,
            has_calendar_arbitrage=found.has_calendar_arbitrage,
            found=found,
        )


def _slice(each: domain.Slice) -> ImpliedVolatilitySlice:
    parameters = dict(zip(domain.PARAMETERS, map(known, each.svi.parameters()), strict=True))
    return ImpliedVolatilitySlice(
        expiry=each.expiry,
        years=each.years,
        forward=known(each.forward.price),
        contracts=int(np.size(each.moneyness)),
        volatility_error=known(each.error),
        worst_volatility_error=known(each.worst),
        has_butterfly_arbitrage=each.has_butterfly_arbitrage,
        unavailable=unavailable_of(each.absences),
        **parameters,
    )
