"""Lists of companies: filtered, ordered, page by page."""

from typing import Annotated

import strawberry

from domain.companies import filters as domain
from domain.companies import paging
from domain.companies.filters import Measured
from domain.companies.screening import LeftOut, Screened
from domain.companies.screens import Screens
from schema.companies.catalogue import CompanyMetric, metric_of
from schema.companies.filters import (
    CompanyFilter,
    CompanyOrder,
    MetricMeasure,
    filter_of,
    order_of,
)
from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Context, Info
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.cost import sized
from schema.shared.permissions import Access, allowed

# Of about a second that one operation may compute: a day that changes are measured from, and a list.
_SECONDS_A_DAY, _SECONDS_A_LIST = 0.2, 0.02


@strawberry.type(description="What some of the companies that were left out have no value of.")
class MissingData:
    """One condition that could not be judged."""

    field: str = strawberry.field(description="Which field: the code of a metric, or the name of a field of `Company`.")
    metric: CompanyMetric | None = strawberry.field(description="The metric; null for what is none.")
    measure: MetricMeasure | None = strawberry.field(  # type: ignore[valid-type]
        description="What of the metric; null for what is none."
    )
    companies: int = strawberry.field(description="How many of those that were left out have no value of it.")


@strawberry.type(description="The active companies of which too little is known to say whether they pass.")
class CompaniesLeftOut:
    """Who neither passes nor fails."""

    companies: int = strawberry.field(description="How many.")
    missing: list[MissingData] = strawberry.field(
        description="What is missing, what most are lacking first: at most 50.", metadata=sized(5)
    )


@strawberry.type(description="A page of the companies that a filter finds.")
class CompanyScreenConnection(Connection[Company]):
    """One page."""

    screened: strawberry.Private[Screened]

    @strawberry.field(description="Who is in neither the list nor its opposite, for want of data.")
    def left_out(self) -> CompaniesLeftOut | None:
        """Count them."""
        return _left_out(self.screened.left_out())


@strawberry.type
class ScreeningQuery:
    """The query of lists of companies."""

    @strawberry.field(
        description="The active companies that a filter finds, in order; all of them by ticker without either.",
        metadata=allowed(Access.ANYBODY),
    )
    async def companies(
        self,
        info: Info,
        filter: Annotated[CompanyFilter | None, strawberry.argument(description="Which companies.")] = None,
        order_by: Annotated[CompanyOrder | None, strawberry.argument(description="In which order.")] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> CompanyScreenConnection:
        """Screen the board."""
        asked = (filter_of(filter), order_of(order_by))
        return await companies_found(info.context, *asked, first, after, last, before)


def spend(context: Context, asked: domain.Filter, order: domain.Order) -> None:
    """Count what a screen may have to compute.  Raises `CostLimit`."""
    days = {each.since for each in domain.measured_in(asked, order)} - {None}
    context.spend_computing(_SECONDS_A_LIST + _SECONDS_A_DAY * len(days))


async def companies_found(
    context: Context,
    asked: domain.Filter,
    order: domain.Order,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> CompanyScreenConnection:
    """Return a page of the companies that a filter finds.  Raises `BadUserInput` and `CostLimit`."""
    request = requested(first, after, last, before, key=paging.key_parsers(order))
    spend(context, asked, order)
    screens = context.resources.shared(Screens)
    columns = screens.columns_of(await context.loaders(CompanyLoaders).board())
    found = await screens.screened(columns, asked, order)
    places = paging.Places(found)
    shown = connection(
        paging.page(found, request), node=lambda row: company_of(context, columns.board, row), key=places.spelled
    )
    return CompanyScreenConnection(
        edges=shown.edges, page_info=shown.page_info, total_count=shown.total_count, screened=found
    )


def _left_out(found: LeftOut) -> CompaniesLeftOut:
    return CompaniesLeftOut(
        companies=found.companies, missing=[_missing(each.what, each.companies) for each in found.missing]
    )


def _missing(what: str | Measured, companies: int) -> MissingData:
    if isinstance(what, Measured):
        return MissingData(field=what.code, metric=metric_of(what.code), measure=what.measure, companies=companies)
    return MissingData(field=what, metric=None, measure=None, companies=companies)
