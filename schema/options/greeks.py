"""Greeks of a portfolio, as the API shows them."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.options import greeks as domain
from schema.context import Info
from schema.market.loaders import present
from schema.portfolios.types import Portfolio, asked_with, valued
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

_DELTA = "Units of the underlying that would move as it does: delta times contracts times multiplier."
_GAMMA = "Change of delta when the underlying's price changes by 1."
_THETA = "Change of worth when one calendar day passes, in the portfolio's base currency."
_VEGA = "Change of worth for 0.01 of volatility, in the base currency."
_RHO = "Change of worth for 0.01 of the interest rate, in the base currency."


@strawberry.type(description="Greeks of one position over all accounts; null for what is no option.")
class PositionGreeks:
    """Greeks of a position."""

    symbol: str = strawberry.field(description="The position.")
    delta: float | None = strawberry.field(description=_DELTA)
    gamma: float | None = strawberry.field(description=_GAMMA)
    theta: float | None = strawberry.field(description=_THETA)
    vega: float | None = strawberry.field(description=_VEGA)
    rho: float | None = strawberry.field(description=_RHO)


@strawberry.type(
    description=(
        "Greeks of the options of a portfolio: Black-Scholes-Merton at the volatility that each option's price "
        "implies, with interest and dividends of 0. Totals are sums over all options; shares are in "
        "`deltaAdjustedExposure`."
    )
)
class PortfolioGreeks:
    """Greeks of a portfolio."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, `asOf` and `afterExpiry` as asked.")
    delta: float | None = strawberry.field(description=_DELTA)
    gamma: float | None = strawberry.field(description=_GAMMA)
    theta: float | None = strawberry.field(description=_THETA)
    vega: float | None = strawberry.field(description=_VEGA)
    rho: float | None = strawberry.field(description=_RHO)
    delta_adjusted_exposure: float | None = strawberry.field(
        description="Worth of all that is no option, and delta times the underlying of what is, in the base currency."
    )
    positions: list[PositionGreeks] = strawberry.field(
        description="One for each position; at most 1,000.", metadata=sized(60)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 1,000.", metadata=sized(5)
    )


@extends(Portfolio)
@strawberry.type
class PortfolioWithGreeks:
    """What Greeks add to a portfolio."""

    @strawberry.field(
        description=(
            "Greeks of its options at `asOf`. `afterExpiry`: as they will be once what expires by that day has done "
            "so: what is exercised at present prices counts as shares."
        )
    )
    async def greeks(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        as_of: datetime | None = None,
        after_expiry: Annotated[date | None, strawberry.argument(description="Last expiry that is over.")] = None,
    ) -> PortfolioGreeks | None:
        """Show the Greeks."""
        valuation = await valued(root, info, as_of, None)
        if valuation is None or valuation.is_veiled:
            return None
        now = await present(info.context)
        closes = await domain.underlying_closes([valuation], now)
        found = domain.portfolio_greeks(valuation, closes, after_expiry)
        given = asked_with(as_of, None)
        return PortfolioGreeks(
            id=global_id("PortfolioGreeks", root.key, *given, *([] if after_expiry is None else [after_expiry])),
            delta_adjusted_exposure=found.delta_adjusted_exposure,
            positions=[
                PositionGreeks(symbol=each.symbol, **_named(each.greeks or domain.NOTHING)) for each in found.positions
            ],
            unavailable=unavailable_of(found.absences),
            **_named(found.total),
        )


def _named(greeks: domain.Greeks) -> dict[str, float | None]:
    return {name: getattr(greeks, name) for name in domain.NAMES}
