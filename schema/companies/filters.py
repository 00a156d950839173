"""What is asked of companies, as the API takes it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import strawberry

from domain.companies import filters as domain
from domain.kernel.errors import BadUserInput
from schema.companies.catalogue import CompanyMetric
from schema.companies.types import CompanyRating

MetricMeasure = strawberry.enum(
    domain.Measure,
    name="MetricMeasure",
    description=(
        "What of a metric is meant. VALUE: itself. PERCENTILE: what percent of the others it is above, 0 to 100, where "
        "equals count half. Z_SCORE: how many deviations it is from the median, a deviation being 1.4826 times the "
        "median absolute deviation. CHANGE: by how much it is more than as of an earlier day. CHANGE_PERCENT: that in "
        "percent of what it was, without its sign. Among fewer than five peers with a value nobody has a percentile or "
        "score, and where that deviation is zero nobody has a score."
    ),
)
MetricPeers = strawberry.enum(
    domain.Peers,
    name="MetricPeers",
    description="Among which active companies one stands: all, those of its sector, those of its industry.",
)
CompanyOrderField = strawberry.enum(
    domain.OrderField,
    name="CompanyOrderField",
    description="What companies are ordered by beside metrics; ratings from STRONG_BUY to SELL.",
)


@strawberry.enum(description="Which way a list runs.")
class OrderDirection(StrEnum):
    """Ascending or descending."""

    ASC = "ASC"
    DESC = "DESC"


_MEASURE = "What of the metric is meant."
_WITHIN = "For PERCENTILE and Z_SCORE alone: among whom; null for all."
_SINCE = "For CHANGE and CHANGE_PERCENT, and for them alone: the day that is compared with. At most 3 days in one list."


@strawberry.input(
    description=(
        "A range of a metric. Without bounds the metric only has to be there: who has no value of it is in no answer."
    )
)
class MetricFilter:
    """A range."""

    metric: CompanyMetric = strawberry.field(description="The metric, in the unit of the catalogue.")
    at_least: float | None = strawberry.field(description="At least so much, itself included.", default=None)
    at_most: float | None = strawberry.field(description="At most so much, itself included.", default=None)
    measure: MetricMeasure = strawberry.field(  # type: ignore[valid-type]
        description=_MEASURE, default=MetricMeasure.VALUE
    )
    within: MetricPeers | None = strawberry.field(description=_WITHIN, default=None)  # type: ignore[valid-type]
    since: date | None = strawberry.field(description=_SINCE, default=None)


@strawberry.input(
    description=(
        "Which companies are meant: all that is given must hold. At most 6 deep and 50 conditions. What a company has "
        "no value of neither holds nor fails: a condition on it, and its opposite by `not`, leave the company out, "
        "unless other parts of an `or` or `and` decide."
    )
)
class CompanyFilter:
    """A filter."""

    industry: str | None = strawberry.field(description="Its industry is this, in any case.", default=None)
    sector: str | None = strawberry.field(description="Its sector is this, in any case.", default=None)
    country: str | None = strawberry.field(description="Its country is this, in any case.", default=None)
    exchange: str | None = strawberry.field(
        description="Its exchange is this: a MIC, or as feeds say (NASDAQ, NYSE).", default=None
    )
    ratings: list[CompanyRating] | None = strawberry.field(description="Its rating is one of these.", default=None)
    tickers: list[str] | None = strawberry.field(
        description="Its ticker is one of these, in any case: 1 to 500.", default=None
    )
    quality_at_least: float | None = strawberry.field(
        description="Its `dataQuality` is at least so much, 0 to 100.", default=None
    )
    metrics: list[MetricFilter] | None = strawberry.field(description="Its metrics are in these ranges.", default=None)
    all_of: list["CompanyFilter"] | None = strawberry.field(name="and", description="All of these hold.", default=None)
    any_of: list["CompanyFilter"] | None = strawberry.field(
        name="or", description="At least one of these holds; an empty list is refused.", default=None
    )
    negated: Annotated["CompanyFilter", strawberry.lazy("schema.companies.filters")] | None = strawberry.field(
        name="not", description="This does not hold, and is known not to.", default=None
    )


@strawberry.input(
    description=(
        "What a list is ordered by: a metric or a field, and by tickers where neither is given. Who has no value comes "
        "last either way; equals come by their tickers."
    )
)
class CompanyOrder:
    """An order."""

    metric: CompanyMetric | None = strawberry.field(description="By this metric.", default=None)
    field: CompanyOrderField | None = strawberry.field(  # type: ignore[valid-type]
        description="By this field; not together with a metric.", default=None
    )
    direction: OrderDirection = strawberry.field(description="Which way.", default=OrderDirection.ASC)
    measure: MetricMeasure = strawberry.field(  # type: ignore[valid-type]
        description=_MEASURE, default=MetricMeasure.VALUE
    )
    within: MetricPeers | None = strawberry.field(description=_WITHIN, default=None)  # type: ignore[valid-type]
    since: date | None = strawberry.field(description=_SINCE, default=None)


def filter_of(given: CompanyFilter | None, depth: int = 1) -> domain.Filter:
    """Return a filter as the domain has it.  Raises `BadUserInput` for one that is too deep to be read."""
    if given is None:
        return domain.EVERYTHING
    if depth > domain.DEEPEST:
        raise BadUserInput(f"expected filters at most {domain.DEEPEST} deep, got more")
    return domain.Filter(
        industry=given.industry,
        sector=given.sector,
        country=given.country,
        exchange=given.exchange,
        ratings=None if given.ratings is None else tuple(each.value for each in given.ratings),
        tickers=None if given.tickers is None else tuple(given.tickers),
        quality_at_least=given.quality_at_least,
        metrics=tuple(_range(each) for each in given.metrics or ()),
        all_of=tuple(filter_of(each, depth + 1) for each in given.all_of or ()),
        any_of=None if given.any_of is None else tuple(filter_of(each, depth + 1) for each in given.any_of),
        negated=None if given.negated is None else filter_of(given.negated, depth + 1),
    )


def order_of(given: CompanyOrder | None) -> domain.Order:
    """Return an order as the domain has it.  Raises `BadUserInput` for one by a metric and a field."""
    if given is None:
        return domain.BY_TICKER
    descending = given.direction is OrderDirection.DESC
    by = _measured(given) if given.metric is not None else None
    if by is None:
        if (given.measure, given.within, given.since) != (domain.Measure.VALUE, None, None):
            raise BadUserInput("expected measure, within and since of a metric alone, got them without one")
        field: Any = given.field
        return domain.Order(domain.OrderField.TICKER if field is None else field, descending)
    if given.field is not None:
        raise BadUserInput("expected an order by a metric or a field, got both")
    return domain.Order(by, descending)


def _measured(given: Any) -> domain.Measured:
    return domain.Measured(code=given.metric.value, measure=given.measure, within=given.within, since=given.since)


def _range(given: MetricFilter) -> domain.Range:
    return domain.Range(of=_measured(given), at_least=given.at_least, at_most=given.at_most)
