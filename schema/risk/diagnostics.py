"""How spread out a portfolio is, and how soon it could be sold, as the API shows it."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.kernel.dates import trade_day
from domain.kernel.errors import BadUserInput
from domain.quant.concentration import PARTICIPATION
from domain.risk import questions
from domain.risk.diagnostics import Diagnostics
from domain.risk.factor_exposures import DEFAULT_WINDOW
from domain.risk.volumes import volumes_of
from schema.calculations.types import CalculationRun, run_of
from schema.context import Info
from schema.portfolios.types import Portfolio, asked_with, valued
from schema.risk.factors import over_sessions
from schema.risk.loaders import answered, present, whose
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

_NUMBERS = (
    *("observations", "largest_weight", "largest_symbol", "top_five_weight", "herfindahl", "effective_names"),
    *("diversification_ratio", "effective_bets", "liquidity_days"),
)


@strawberry.type(description="How soon one position could be left.")
class PositionLiquidity:
    """Liquidity of a position."""

    symbol: str = strawberry.field(description="The position.")
    days: float | None = strawberry.field(
        description="Sessions that it takes to sell it, or to buy it back; null where its volume is not known."
    )


@strawberry.type(
    description=(
        "How spread out a portfolio is, and how soon it could be sold. Positions count by their size, long or short, "
        "as a part of all sizes together; cash in the base currency is none."
    )
)
class PortfolioDiagnostics:
    """Diagnostics."""

    id: strawberry.ID = strawberry.field(
        description="Names the portfolio, `windowDays`, `participation` and `asOf` as asked."
    )
    observations: int = strawberry.field(description="Sessions that diversification is told from.")
    largest_weight: float | None = strawberry.field(description="Size of the largest position.")
    largest_symbol: str | None = strawberry.field(description="The largest position.")
    top_five_weight: float | None = strawberry.field(description="Sizes of the five largest together.")
    herfindahl: float | None = strawberry.field(description="Sum of squared sizes: 1 for a single position.")
    effective_names: float | None = strawberry.field(description="How many equal positions would be as concentrated.")
    diversification_ratio: float | None = strawberry.field(
        description="Volatility that the positions would have, were they all one risk, over what they have together."
    )
    effective_bets: float | None = strawberry.field(
        description="How many bets that have nothing in common it makes (minimum torsion)."
    )
    liquidity_days: float | None = strawberry.field(
        description="Sessions until all is sold; null where the volume of a position is not known."
    )
    positions: list[PositionLiquidity] = strawberry.field(
        description="How soon each could be left; at most 1,000.", metadata=sized(60)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, positions that are left out, and why; at most 2,000.", metadata=sized(5)
    )
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


@extends(Portfolio)
@strawberry.type
class PortfolioWithDiagnostics:
    """What diagnostics add to a portfolio."""

    @strawberry.field(
        description="How spread out it is over the last `windowDays` sessions (252 when null), and how soon it is sold."
    )
    async def diagnostics(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        window_days: Annotated[
            int | None, strawberry.argument(description="Sessions, from 40 to 5,000.")
        ] = DEFAULT_WINDOW,
        as_of: datetime | None = None,
        participation: Annotated[
            float, strawberry.argument(description="Part of a session's volume that one trades: above 0, at most 1.")
        ] = PARTICIPATION,
    ) -> PortfolioDiagnostics | None:
        """Diagnose the portfolio."""
        if not 0 < participation <= 1:
            raise BadUserInput(f"expected a participation above 0 and at most 1, got {participation}")
        days = DEFAULT_WINDOW if window_days is None else window_days
        data = await over_sessions(info, root, [], days, as_of)
        valuation = await valued(root, info, as_of, None)
        if data is None or valuation is None:
            return None
        now = await present(info)
        volumes = await volumes_of(valuation, trade_day(now if as_of is None else min(as_of, now)))
        answer = await answered(info, questions.diagnosis(whose(info, root), data, days, participation, volumes))
        key = global_id("PortfolioDiagnostics", root.key, days, participation, *asked_with(as_of, None))
        return _diagnostics(key, answer.result, run_of(answer.run))


def _diagnostics(key: strawberry.ID, found: Diagnostics, run: CalculationRun) -> PortfolioDiagnostics:
    return PortfolioDiagnostics(
        id=key,
        positions=[PositionLiquidity(symbol=each.symbol, days=each.days) for each in found.liquidations],
        unavailable=unavailable_of(found.absences),
        run=run,
        **{name: getattr(found, name) for name in _NUMBERS},
    )
