"""Reads what performance is computed from, batch first, and has it computed off the event loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.actor import Actor
from domain.kernel.dates import last_known_close
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Compute
from domain.market import history as closes
from domain.market.instruments import Instruments
from domain.portfolios import histories
from domain.portfolios.histories import Past, PreparedPast, Range, Spend
from domain.portfolios.performance import Benchmark, Performance, Period, measure

# Points of one series.
MAXIMUM_SESSIONS = 5_000


@dataclass(frozen=True, slots=True)
class AskedPerformance:
    """A portfolio, the days from which and to which, both included, and the symbol that it is compared with.

    Without a first day: all periods that end with the last session up to the last day.  `known_at`: by what was
    recorded up to then.
    """

    portfolio_id: UUID
    first: date | None
    last: date
    benchmark: str
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """All that a performance is computed from, read.  The benchmark's line ends with `last`."""

    asked: AskedPerformance
    past: PreparedPast
    benchmark: Benchmark
    last: date


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A performance, and what it was computed from."""

    past: Past
    performance: Performance
    benchmark: Benchmark


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PeriodMeasured:
    """The performance of a period; None, and why, where the portfolio had no value when the period began."""

    period: Period
    first: date
    last: date
    measured: Measured | None
    absences: tuple[Absence, ...]


async def performances(
    actor: Actor, asked: Sequence[AskedPerformance], now: datetime, compute: Compute, spend: Spend
) -> list[Measured | None]:
    """Measure portfolios in the order asked, None where the actor sees none.  `now` is the market's.

    Statements and refusals are those of `prepare` and `measured`.
    """
    prepared = await prepare(actor, asked, now, compute, spend)
    return [None if each is None else await measured(each, compute) for each in prepared]


async def prepare(
    actor: Actor,
    asked: Sequence[AskedPerformance],
    now: datetime,
    compute: Compute,
    spend: Spend,
    instruments: Instruments | None = None,
) -> list[Prepared | None]:
    """Read what performances are computed from, in the order asked, None where the actor sees none.

    Statements are those of `histories.prepare`, one for all benchmarks and one for their closes.  Raises `BadUserInput`
    for a range that ends before it begins and an unknown benchmark; and what `spend` raises.
    """
    shared = Instruments() if instruments is None else instruments
    for each in asked:
        if each.first is not None and each.first > each.last:
            raise BadUserInput(f"expected from no later than to, got {each.first} and {each.last}")
    known = last_known_close(now)
    until = min(max((each.last for each in asked), default=known), known)
    benchmarks = await _benchmarks({each.benchmark for each in asked}, until, now, shared)
    ranges = _ranges(asked, benchmarks)
    pasts = await histories.prepare(actor, ranges, now, compute, spend, shared)
    found: list[Prepared | None] = []
    for each, past in zip(asked, pasts, strict=True):
        last, benchmark = min(each.last, known), benchmarks[each.benchmark]
        line = benchmark.line.until(last.toordinal())
        found.append(None if past is None else Prepared(each, past, Benchmark(benchmark.instrument, line), last))
    return found


async def measured(prepared: Prepared, compute: Compute) -> Measured:
    """Measure a portfolio.  No statement.  Raises `BadUserInput` for more than 5,000 sessions."""
    past = await histories.past_of(prepared.past, compute)
    history = past.history
    sessions = len(history.sessions) - 1
    if sessions > MAXIMUM_SESSIONS:
        raise BadUserInput(
            f"expected at most {MAXIMUM_SESSIONS} sessions, got {sessions} from {history.first} "
            f"to {history.last}: ask for a shorter range"
        )
    first = prepared.asked.first or history.first
    performance = await compute.run(measure, history, prepared.benchmark, first, prepared.last)
    return Measured(past, performance, prepared.benchmark)


async def periods(
    actor: Actor, portfolio_ids: Sequence[UUID], benchmark: str, now: datetime, compute: Compute, spend: Spend
) -> list[list[PeriodMeasured]]:
    """Measure each portfolio over all periods that end with its last session; none where the actor sees none.

    One history serves all periods.  Raises `BadUserInput` for an unknown benchmark, and what `spend` raises.
    """
    last = last_known_close(now)
    benchmarks = await _benchmarks({benchmark}, last, now, Instruments())
    asked = [AskedPerformance(portfolio_id, None, last, benchmark) for portfolio_id in portfolio_ids]
    pasts = await histories.histories(actor, _ranges(asked, benchmarks), now, compute, spend)
    return [[] if past is None else await compute.run(_periods_of, past, benchmarks[benchmark]) for past in pasts]


async def _benchmarks(symbols: set[str], until: date, now: datetime, instruments: Instruments) -> dict[str, Benchmark]:
    rows = await instruments.known(sorted(symbols))
    lines = await closes.closes(rows, until, now, adjusted=True)
    return {row.symbol: Benchmark(row, line) for row, line in zip(rows, lines, strict=True)}


def _ranges(asked: Sequence[AskedPerformance], benchmarks: dict[str, Benchmark]) -> list[Range]:
    codes = frozenset(each.instrument.currency for each in benchmarks.values())
    return [Range(each.portfolio_id, each.first, each.last, codes, each.known_at) for each in asked]


def _periods_of(past: Past, benchmark: Benchmark) -> list[PeriodMeasured]:
    history = past.history
    inception, last = history.first, history.last
    if len(history.sessions) > 1:
        last = date.fromordinal(int(history.sessions[-1]))
    firsts = {
        Period.YTD: date(last.year, 1, 1),
        Period.ONE_YEAR: _years_before(last, 1),
        Period.THREE_YEARS: _years_before(last, 3),
        Period.FIVE_YEARS: _years_before(last, 5),
        Period.INCEPTION: inception,
    }
    return [_period_of(past, benchmark, period, first, last) for period, first in firsts.items()]


def _period_of(past: Past, benchmark: Benchmark, period: Period, first: date, last: date) -> PeriodMeasured:
    # The year so far may begin with the portfolio: nobody takes it for a whole one.
    if first < past.history.first and period is not Period.YTD:
        message = f"the portfolio begins on {past.history.first}, and the period on {first}"
        absence = Absence("performance", AbsenceReason.INSUFFICIENT_HISTORY, message)
        return PeriodMeasured(period=period, first=first, last=last, measured=None, absences=(absence,))
    found = Measured(past, measure(past.history, benchmark, first, last), benchmark)
    return PeriodMeasured(period=period, first=first, last=last, measured=found, absences=())


def _years_before(last: date, years: int) -> date:
    """Return the first day of so many years that end with a day."""
    try:
        before = last.replace(year=last.year - years)
    except ValueError:  # the 29th of February
        before = date(last.year - years, 2, 28)
    return before + timedelta(days=1)
