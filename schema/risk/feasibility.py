"""Which positions each calculation can use, as the API shows it."""

import strawberry

from domain.kernel.dates import trade_day
from domain.market.queries import BENCHMARK
from domain.risk import feasibility as domain
from domain.risk.factor_exposures import DEFAULT_WINDOW
from domain.risk.volumes import volumes_of
from schema.context import Info
from schema.portfolios.performance import From, To
from schema.portfolios.types import Portfolio, valued
from schema.risk.asked import Asked
from schema.risk.factors import over_sessions
from schema.risk.loaders import RiskLoaders, instant_of, present
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

RiskCalculation = strawberry.enum(domain.Purpose, name="RiskCalculation", description="What is to be calculated.")


@strawberry.type(description="What one calculation can use of a portfolio.")
class CalculationFeasibility:
    """Feasibility of one calculation."""

    calculation: RiskCalculation = strawberry.field(description="The calculation.")  # type: ignore[valid-type]
    possible: bool = strawberry.field(description="Whether anything comes of it.")
    eligible: int = strawberry.field(description="Positions that it can use.")
    total: int = strawberry.field(description="Positions that it is about: of GREEKS, options.")
    weight_covered: float | None = strawberry.field(
        description="What those are worth that it can use, long or short by size, as a part of all with a price."
    )
    reasons: list[Unavailable] = strawberry.field(
        description="Why it is not possible, or leaves out positions or factors; at most 1,050.", metadata=sized(5)
    )


@strawberry.type(description="What can be calculated of a portfolio, before it is.")
class PortfolioFeasibility:
    """Feasibility."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio and the days as asked.")
    calculations: list[CalculationFeasibility] = strawberry.field(
        description="One for each calculation: at most 8.", metadata=sized(8)
    )


@extends(Portfolio)
@strawberry.type
class PortfolioWithFeasibility:
    """What feasibility adds to a portfolio."""

    @strawberry.field(
        description=(
            "Which of its positions, at the end of a range, each calculation can use, and why not the others. Factors, "
            "stress and diagnostics look at the 252 sessions up to the end."
        )
    )
    async def feasibility(
        self, info: Info, root: strawberry.Parent[Portfolio], start: From, end: To
    ) -> PortfolioFeasibility | None:
        """Show what can be calculated."""
        asked = Asked(root, start, end, BENCHMARK, None)
        as_of = await instant_of(info, end)
        rows = [row for row in await info.context.loaders(RiskLoaders).factors.load(None) if row.is_active]
        realized, near = await asked.realized(info), await asked.held(info)
        wide = await over_sessions(info, root, rows, DEFAULT_WINDOW, as_of)
        valuation = await valued(root, info, as_of, None)
        if realized is None or near is None or wide is None or valuation is None:
            return None
        volumes = await volumes_of(valuation, min(end, trade_day(await present(info))))
        found = domain.feasibility(valuation, realized, near, wide, rows, volumes)
        return PortfolioFeasibility(
            id=global_id("PortfolioFeasibility", root.key, start, end),
            calculations=[
                CalculationFeasibility(
                    calculation=each.purpose,
                    possible=each.possible,
                    eligible=each.eligible,
                    total=each.total,
                    weight_covered=each.weight,
                    reasons=unavailable_of(each.absences),
                )
                for each in found
            ],
        )
