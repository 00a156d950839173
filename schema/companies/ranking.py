"""Companies by what they do best, as the API shows it."""

from typing import Annotated

import strawberry

from domain.companies import paging
from domain.companies.ranking import best_by
from domain.companies.screens import Screens
from schema.companies.catalogue import CompanyMetric
from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.connection import After, Before, Edge, First, Last, PageInfo, connection, requested
from schema.shared.permissions import Access, allowed

_SECONDS = 0.02


@strawberry.type(description="A company, its place in a list, and its value of the metric.")
class RankedCompany(Edge[Company]):
    """One company."""

    value: float = strawberry.field(description="Its value of the metric, in the unit of the catalogue.")


@strawberry.type(description="A page of the companies that do best.")
class RankedCompanyConnection:
    """One page."""

    edges: list[RankedCompany] = strawberry.field(description="The companies, the best first: at most 100.")
    page_info: PageInfo = strawberry.field(description="Where this page lies.")
    total_count: int = strawberry.field(description="How many companies are ranked.")


@strawberry.type
class RankingQuery:
    """The query of those that do best."""

    @strawberry.field(
        description=(
            "The active companies that do best by a metric, the best first, equals by their tickers: the highest value "
            "or the lowest, as `higherIsBetter` of the catalogue says. Who has no value is left out, and, where the "
            "lower is better, who has one below zero, as EV/EBITDA of a loss. A metric of which neither way is better "
            "is refused: `companies` orders by any."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def top_performers(
        self,
        info: Info,
        metric: CompanyMetric,
        sector: Annotated[
            str | None, strawberry.argument(description="Only those of this sector, in any case.")
        ] = None,
        industry: Annotated[
            str | None, strawberry.argument(description="Only those of this industry, in any case.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> RankedCompanyConnection:
        """Rank the board."""
        code = metric.value
        asked, order = best_by(code, sector, industry)
        request = requested(first, after, last, before, key=paging.key_parsers(order))
        info.context.spend_computing(_SECONDS)
        screens = info.context.resources.shared(Screens)
        columns = screens.columns_of(await info.context.loaders(CompanyLoaders).board())
        found = await screens.screened(columns, asked, order)
        numbers = columns.board.numbers(code)
        page = paging.page(found, request)
        shown = connection(
            page, node=lambda row: company_of(info.context, columns.board, row), key=paging.Places(found).spelled
        )
        return RankedCompanyConnection(
            edges=[
                RankedCompany(cursor=edge.cursor, node=edge.node, value=float(numbers[row]))
                for edge, row in zip(shown.edges, page.rows, strict=True)
            ],
            page_info=shown.page_info,
            total_count=len(found.rows),
        )
