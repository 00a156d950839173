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
from domain.market.bars import known_instruments
from domain.portfolios.histories import Past, Range, Spend, histories
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
class Measured:
    """A performance, and what it was computed from."""

    past: Past
    performance: Performance


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

    Statements are those of `histories`, one for all benchmarks and one for their closes.  Raises `BadUserInput` for a
    range that ends before it begins, an unknown benchmark, and more than 5,000 sessions; and what `spend` raises.
    """
    for each in asked:
        if each.first is not None and each.first > each.last:
            raise BadUserInput(f"expected from no later than to, got {each.first} and {each.last}")
    benchmarks = await _benchmarks({each.benchmark for each in asked}, now)
    pasts = await _pasts(actor, asked, benchmarks, now, compute, spend)
    found: list[Measured | None] = []
    for each, past in zip(asked, pasts, strict=True):
        if past is None:
            found.append(None)
            continue
        sessions = len(past.history.sessions) - 1
        if sessions > MAXIMUM_SESSIONS:
            raise BadUserInput(
                f"expected at most {MAXIMUM_SESSIONS} sessions, got {sessions} from {past.history.first} "
                f"to {past.history.last}: ask for a shorter range"
            )
        last = min(each.last, last_known_close(now))
        performance = await compute.run(
            measure, past.history, benchmarks[each.benchmark], each.first or past.history.first, last
        )
        found.append(Measured(past, performance))
    return found


async def periods(
    actor: Actor, portfolio_ids: Sequence[UUID], benchmark: str, now: datetime, compute: Compute, spend: Spend
) -> list[list[PeriodMeasured]]:
    """Measure each portfolio over all periods that end with its last session; none where the actor sees none.

    One history serves all periods.  Raises `BadUserInput` for an unknown benchmark, and what `spend` raises.
    """
    last = last_known_close(now)
    benchmarks = await _benchmarks({benchmark}, now)
    asked = [AskedPerformance(portfolio_id, None, last, benchmark) for portfolio_id in portfolio_ids]
    pasts = await _pasts(actor, asked, benchmarks, now, compute, spend)
    return [[] if past is None else await compute.run(_periods_of, past, benchmarks[benchmark]) for past in pasts]


async def _benchmarks(symbols: set[str], now: datetime) -> dict[str, Benchmark]:
    rows = await known_instruments(sorted(symbols))
    lines = await closes.closes(rows, last_known_close(now), now, adjusted=True)
    return {row.symbol: Benchmark(row, line) for row, line in zip(rows, lines, strict=True)}


async def _pasts(
    actor: Actor,
    asked: Sequence[AskedPerformance],
    benchmarks: dict[str, Benchmark],
    now: datetime,
    compute: Compute,
    spend: Spend,
) -> list[Past | None]:
    codes = frozenset(each.instrument.currency for each in benchmarks.values())
    ranges = [Range(each.portfolio_id, each.first, each.last, codes, each.known_at) for each in asked]
    return await histories(actor, ranges, now, compute, spend)


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
    performance = measure(past.history, benchmark, first, last)
    return PeriodMeasured(period=period, first=first, last=last, measured=Measured(past, performance), absences=())


def _years_before(last: date, years: int) -> date:
    """Return the first day of so many years that end with a day."""
    try:
        before = last.replace(year=last.year - years)
    except ValueError:  # the 29th of February
        before = date(last.year - years, 2, 28)
    return before + timedelta(days=1)
