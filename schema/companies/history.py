"""What was seen of a company's numbers over time, as the API shows it."""

from datetime import date

import strawberry

from domain.companies.metric_history import Asked
from domain.kernel.errors import BadUserInput
from schema.companies.catalogue import CompanyMetric
from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, KnownAt
from schema.context import Info
from schema.market.bars import FirstDay, LastDay
from schema.market.quotes import DataQuality
from schema.shared.cost import sized
from schema.shared.extension import extends

MOST_OBSERVATIONS = 5_000


@strawberry.type(description="A value of one metric that a source had of a company on a day.")
class MetricObservation:
    """One point."""

    as_of: date = strawberry.field(description="The day.")
    value: float = strawberry.field(description="The value, in the unit of the catalogue.")
    source: str = strawberry.field(description="Who says so.")
    grade: DataQuality = strawberry.field(description="How far it can be relied on.")  # type: ignore[valid-type]


@extends(Company)
@strawberry.type
class CompanyWithHistory:
    """What was seen of a company."""

    @strawberry.field(
        description=(
            "What was seen of a metric in a range of days, oldest first, of each day what was known of it last: at "
            "most 5,000. What was carried over from an earlier day was not seen, and is left out."
        ),
        metadata=sized(100),
    )
    async def metric_history(
        self,
        info: Info,
        root: strawberry.Parent[Company],
        metric: CompanyMetric,
        start: FirstDay,
        end: LastDay,
        known_at: KnownAt = None,
    ) -> list[MetricObservation]:
        """Read what was seen."""
        if start > end:
            raise BadUserInput(f"expected from until to, got {start} and {end}")
        asked = Asked(root.row.id, metric.value, start, end, known_at or info.context.resources.clock.now())
        found = await info.context.loaders(CompanyLoaders).histories.load(asked)
        if len(found) > MOST_OBSERVATIONS:
            raise BadUserInput(f"expected at most {MOST_OBSERVATIONS} observations, got {len(found)}: ask fewer days")
        info.context.spend_sessions(len(found))
        return [
            MetricObservation(as_of=each.as_of, value=each.value, source=each.source, grade=each.grade)
            for each in found
        ]
