"""Companies beside one another, as the API shows them."""

from typing import Annotated

import strawberry

from domain.companies import comparison as domain
from domain.companies.screens import Screens
from schema.companies.catalogue import CompanyMetric, metric_of
from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.cost import sized
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed

_SECONDS = 0.02


@strawberry.type(description="A metric of one company, beside those of others.")
class ComparedValue:
    """One number."""

    ticker: str = strawberry.field(description="Ticker of the company.")
    value: float | None = strawberry.field(description="The value, in the unit of the catalogue; null where none is.")
    rank: int | None = strawberry.field(
        description=(
            "Its rank among those that are compared, 1 for the best, equals alike; null without a value, where "
            "neither way is better, and below zero where the lower is."
        )
    )
    percentile: float | None = strawberry.field(
        description=(
            "What percent of the other active companies of its industry it is above, 0 to 100, equals counting half; "
            "null where fewer than five of the industry have a value."
        )
    )
    industry_median: float | None = strawberry.field(
        description="Median of the active companies of its industry; null where fewer than five have a value."
    )


@strawberry.type(description="A metric of all companies that are compared.")
class ComparedMetric:
    """One row."""

    metric: CompanyMetric = strawberry.field(description="The metric.")
    higher_is_better: bool | None = strawberry.field(description="Which way is better; null where neither is.")
    values: list[ComparedValue] = strawberry.field(
        description="One for each company, in the order asked: at most 20.", metadata=sized(10)
    )
    best: list[str] = strawberry.field(description="Tickers of those of rank 1, in the order asked: at most 20.")


@strawberry.type(description="Companies beside one another.")
class CompanyComparison:
    """A comparison."""

    id: strawberry.ID = strawberry.field(description="Names the tickers, as they were given.")
    companies: list[Company] = strawberry.field(
        description="The companies, in the order asked: at most 20.", metadata=sized(10)
    )
    metrics: list[ComparedMetric] = strawberry.field(
        description="All metrics, in the order of the catalogue: at most 50.", metadata=sized(33)
    )


@strawberry.type
class ComparisonQuery:
    """The query that compares."""

    @strawberry.field(
        description="Companies beside one another. A ticker that is not known is an error that names it.",
        metadata=allowed(Access.ANYBODY),
    )
    async def compare_companies(
        self,
        info: Info,
        tickers: Annotated[
            list[str], strawberry.argument(description="Tickers, exactly as they are spelled, each once: 1 to 20.")
        ],
    ) -> CompanyComparison | None:
        """Compare on the board."""
        board = await info.context.loaders(CompanyLoaders).board()
        columns = info.context.resources.shared(Screens).columns_of(board)
        rows = domain.compared_rows(columns, tickers)
        info.context.spend_computing(_SECONDS)
        return CompanyComparison(
            id=global_id("CompanyComparison", ",".join(tickers)),
            companies=[company_of(info.context, board, row) for row in rows],
            metrics=[_shown(each, dict(zip(rows, tickers, strict=True))) for each in domain.compare(columns, rows)],
        )


def _shown(found: domain.ComparedMetric, tickers: dict[int, str]) -> ComparedMetric:
    return ComparedMetric(
        metric=metric_of(found.metric.code),
        higher_is_better=found.metric.higher_is_better,
        values=[
            ComparedValue(
                ticker=tickers[each.row],
                value=each.value,
                rank=each.rank,
                percentile=each.percentile,
                industry_median=each.industry_median,
            )
            for each in found.values
        ],
        best=[tickers[row] for row in found.best],
    )
