"""Calculations that were made, as the API shows them."""

from datetime import datetime

import strawberry

from domain.calculations.queries import RunRow
from domain.kernel.runs import Run
from schema.shared.node import Node, global_id

_ENGINE = "Name and version of the code that answered: what another one finds may differ."


@strawberry.type(
    description=(
        "A calculation that was made: the same question of the same data answers from it. It is stored shortly after "
        "the answer is given."
    )
)
class CalculationRun(Node):
    """A run."""

    kind: str = strawberry.field(description="What was asked: RISK_MEASURES, VALUE_AT_RISK and so on.")
    engine: str = strawberry.field(description=_ENGINE)
    arguments: str = strawberry.field(description="What was asked, as JSON.")
    data_digest: str = strawberry.field(
        description="64 hexadecimal digits of all numbers that it was made of: equal for equal data."
    )
    observations: int = strawberry.field(description="Returns that it was made of.")
    duration_seconds: float = strawberry.field(description="How long it took to compute.")
    computed_at: datetime = strawberry.field(description="When it was computed, in real time.")
    result: strawberry.Private[str]


def run_of(run: Run | RunRow) -> CalculationRun:
    """Return a run as the API shows it."""
    return CalculationRun(
        id=global_id("CalculationRun", run.id),
        kind=run.kind,
        engine=run.engine,
        arguments=run.arguments,
        data_digest=run.data_digest,
        observations=run.observations,
        duration_seconds=run.seconds,
        computed_at=run.computed_at,
        result=run.result,
    )
