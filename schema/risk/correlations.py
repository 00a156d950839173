"""How what a portfolio holds moves together, as the API shows it."""

import strawberry

from domain.market.queries import BENCHMARK
from domain.risk import questions
from schema.calculations.types import CalculationRun, run_of
from schema.context import Info
from schema.portfolios.performance import From, To
from schema.portfolios.types import Portfolio
from schema.risk.loaders import Window, answered, held_over, instant_of, whose
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id


@strawberry.type(
    description=(
        "Correlations of the daily returns, in the portfolio's base currency, of what it holds at the end of a range: "
        "of an option its underlying."
    )
)
class Correlations:
    """Correlations."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio and the days as asked.")
    symbols: list[str] = strawberry.field(
        description="Positions in the order of rows and columns, the largest, at most 100.", metadata=sized(60)
    )
    matrix: list[list[float | None]] = strawberry.field(
        description="Correlation of each with each, from -1 to 1; null for what did not move; at most 100.",
        metadata=sized(60),
    )
    observations: int = strawberry.field(description="Returns of each position.")
    repaired: bool = strawberry.field(
        description=(
            "Whether rounding had left an eigenvalue below 0, so that the nearest correlation matrix (Higham, 2002) "
            "stands in its place."
        )
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Positions that are left out, and why; at most 1,000.", metadata=sized(5)
    )
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


@extends(Portfolio)
@strawberry.type
class PortfolioWithCorrelations:
    """What correlations add to a portfolio."""

    @strawberry.field(description="How what it holds at the end of a range has moved together in it.")
    async def correlations(
        self, info: Info, root: strawberry.Parent[Portfolio], start: From, end: To
    ) -> Correlations | None:
        """Show the correlations."""
        window = Window(start, end, await instant_of(info, end), (BENCHMARK,))
        data = await held_over(info, root, window)
        if data is None:
            return None
        answer = await answered(info, questions.correlations(whose(info, root), data, start, end))
        found = answer.result
        return Correlations(
            id=global_id("Correlations", root.key, start, end),
            symbols=list(found.symbols),
            matrix=[list(row) for row in found.matrix],
            observations=found.observations,
            repaired=found.repaired,
            unavailable=unavailable_of(found.absences),
            run=run_of(answer.run),
        )
