"""Performance of a portfolio, as the API shows it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from domain.kernel.money import to_money
from domain.market.queries import BENCHMARK, market_now
from domain.portfolios import performance as domain
from domain.portfolios import performances as queries
from domain.portfolios.performances import AskedPerformance, Measured, PeriodMeasured
from schema.context import Info
from schema.portfolios.performance_loaders import PerformanceLoaders
from schema.portfolios.types import Portfolio
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

PerformancePeriodKind = strawberry.enum(
    domain.Period,
    name="PerformancePeriodKind",
    description=(
        "Ranges that end with the last session. YTD: from the first of January, or from the first transaction if that "
        "is later. ONE_YEAR, THREE_YEARS, FIVE_YEARS: so many years. INCEPTION: from the first transaction."
    ),
)

From = Annotated[date, strawberry.argument(name="from", description="First day, included.")]
To = Annotated[date, strawberry.argument(name="to", description="Last day, included; none is later than the market's.")]
KnownAt = Annotated[
    datetime | None, strawberry.argument(description="By what was recorded in the ledger up to then, in real time.")
]
Compared = Annotated[
    str | None, strawberry.argument(description="Symbol of what it is compared with; SP500 when it is null.")
]


@strawberry.type(description="A portfolio at the close of one session.")
class PerformancePoint:
    """A point of the series."""

    session: date = strawberry.field(name="date", description="The session.")
    value: Decimal | None = strawberry.field(description="Worth at its close; null when not all of it can be priced.")
    cumulative_return: float | None = strawberry.field(
        description="Time-weighted return since the beginning, as a fraction; null before there is any value."
    )


@strawberry.type(
    description=(
        "What a portfolio has returned from one day to another, both included, in its base currency. It begins with "
        "the worth at the close before the range, or with the first session on which there is any value. What comes "
        "in counts from the start of its day and what goes out until its end, on a day without a session in the next "
        "one, and transferred units at that session's close. Returns are fractions, and floats computed from daily "
        "closes."
    )
)
class Performance:
    """A performance."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the days and the benchmark as asked.")
    time_weighted_return: float | None = strawberry.field(
        description=(
            "True time-weighted return of the range: the product over its sessions of worth at the close over worth at "
            "the close before with what came in, less 1. Money that comes and goes has no part in it."
        )
    )
    money_weighted_return: float | None = strawberry.field(
        description=(
            "The rate a year (XIRR, actual/365) at which the worth at the beginning and all that was paid in would "
            "have grown to all that was taken out and the worth at the end. A yearly rate even for less than a year; "
            "null where no rate fits, or several do."
        )
    )
    annualized_return: float | None = strawberry.field(
        description=(
            "The yearly rate that compounds to the time-weighted return over the calendar days of the range, both ends "
            "counted: (1 + return) ^ (365 / days) - 1. Null under 365 days."
        )
    )
    simple_return: float | None = strawberry.field(
        description="Gain over the worth at the beginning and the net contributions, as if all had come at once."
    )
    modified_dietz: float | None = strawberry.field(
        description=(
            "Gain over the average capital: the worth at the beginning, and each flow weighed by the part of the range "
            "that was left when it came. Not annualized."
        )
    )
    net_contributions: Decimal | None = strawberry.field(
        description="What came from outside less what went there: money, and transferred units at their close."
    )
    start_value: Decimal | None = strawberry.field(description="Worth at the last close before the range.")
    end_value: Decimal | None = strawberry.field(description="Worth at the last close of the range.")
    benchmark_return: float | None = strawberry.field(
        description=(
            "What the benchmark's adjusted closes, in the portfolio's base currency, have returned over the same "
            "sessions."
        )
    )
    active_return: float | None = strawberry.field(description="Time-weighted return less the benchmark's return.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 10.", metadata=sized(10)
    )
    measured: strawberry.Private[Measured]
    given: strawberry.Private[Sequence[object]]

    @strawberry.field(
        description="Its sessions, oldest first: at most 5,000, and none before the first transaction.",
        metadata=sized(100),
    )
    def series(self) -> list[PerformancePoint]:
        """Show each session."""
        row = self.measured.performance
        days = map(date.fromordinal, row.sessions.tolist())
        values, returns = row.values.tolist(), row.cumulative.tolist()
        return [
            PerformancePoint(session=day, value=money_of(value), cumulative_return=fraction_of(made))
            for day, value, made in zip(days, values, returns, strict=True)
        ]


@strawberry.type(description="What a portfolio has returned over a period that ends with the last session.")
class PerformancePeriod:
    """A period."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the period and the benchmark as asked.")
    kind: PerformancePeriodKind = strawberry.field(description="Which period.")  # type: ignore[valid-type]
    start: date = strawberry.field(name="from", description="Its first day.")
    end: date = strawberry.field(name="to", description="Its last day.")
    performance: Performance | None = strawberry.field(
        description="Null where the period begins before the first transaction."
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Why there is no performance; at most 1.", metadata=sized(1)
    )


@extends(Portfolio)
@strawberry.type
class PortfolioWithPerformance:
    """What performance adds to a portfolio."""

    @strawberry.field(
        description=(
            "What it has returned from one day to another, compared with a benchmark. At most 5,000 sessions; null "
            "only where the portfolio is gone."
        )
    )
    async def performance(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        start: From,
        end: To,
        benchmark: Compared = BENCHMARK,
        known_at: KnownAt = None,
    ) -> Performance | None:
        """Measure a range."""
        measured = await measured_of(info, root, start, end, benchmark, known_at)
        given = (start, end, _named(benchmark), *told(known_at))
        return None if measured is None else _performance_of(measured, given)

    @strawberry.field(
        description="What it has returned over all periods that end with the last session; at most 5.",
        metadata=sized(5),
    )
    async def performance_periods(
        self, info: Info, root: strawberry.Parent[Portfolio], benchmark: Compared = BENCHMARK
    ) -> list[PerformancePeriod]:
        """Measure all periods at once."""
        resources = info.context.resources
        now = await market_now(resources.clock)
        symbol = _named(benchmark)
        spend = info.context.spend_sessions
        (found,) = await queries.periods(info.context.actor, [root.key], symbol, now, resources.compute, spend)
        return [_period_of(each, root, symbol) for each in found]


async def measured_of(
    info: Info, portfolio: Portfolio, start: date, end: date, benchmark: str | None, known_at: datetime | None = None
) -> Measured | None:
    """Return a performance, computed once in an operation."""
    asked = AskedPerformance(portfolio.key, start, end, _named(benchmark), known_at)
    return await info.context.loaders(PerformanceLoaders).performances.load(asked)


def _named(benchmark: str | None) -> str:
    return BENCHMARK if benchmark is None else benchmark


def told(known_at: datetime | None) -> list[str]:
    """Return what an id says of `knownAt`: nothing where it was not asked for."""
    return [] if known_at is None else [known_at.isoformat()]


def money_of(amount: float) -> Decimal | None:
    """Return an amount to 8 places, None for NaN."""
    return to_money(Decimal(repr(amount))) if amount == amount else None  # noqa: PLR0124 - NaN is not itself


def fraction_of(number: float) -> float | None:
    """Return a number, None for NaN."""
    return number if number == number else None  # noqa: PLR0124 - NaN is not itself


def _performance_of(measured: Measured, asked: Sequence[object]) -> Performance:
    row = measured.performance
    given = (row.portfolio_id, *asked)
    return Performance(
        id=global_id("Performance", *given),
        time_weighted_return=fraction_of(row.time_weighted_return),
        money_weighted_return=fraction_of(row.money_weighted_return),
        annualized_return=fraction_of(row.annualized_return),
        simple_return=fraction_of(row.simple_return),
        modified_dietz=fraction_of(row.modified_dietz),
        net_contributions=money_of(row.net_contributions),
        start_value=money_of(row.start_value),
        end_value=money_of(row.end_value),
        benchmark_return=fraction_of(row.benchmark_return),
        active_return=fraction_of(row.active_return),
        unavailable=unavailable_of(row.absences),
        measured=measured,
        given=given,
    )


def _period_of(row: PeriodMeasured, portfolio: Portfolio, benchmark: str) -> PerformancePeriod:
    measured = row.measured
    return PerformancePeriod(
        id=global_id("PerformancePeriod", portfolio.key, row.period.value, benchmark),
        kind=row.period,
        start=row.first,
        end=row.last,
        performance=None if measured is None else _performance_of(measured, (row.first, row.last, benchmark)),
        unavailable=unavailable_of(row.absences),
    )
