"""Past sessions, as arrays."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

import numpy as np

from domain.kernel import dates
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Compute
from domain.market import queries
from domain.market.instruments import Instruments
from domain.market.types import AlignedHistory, Bars, InstrumentRow, QuoteSource, Vector
from domain.storage import statements
from domain.storage.readings import as_date
from domain.storage.statements import statement

# Reading more numbers than these at once would hold up everybody else.
MAXIMUM_SESSIONS = 5_000
MAXIMUM_CELLS = 200_000

# Told how many sessions are about to be read, at most; refuses by raising what it likes.
Spend = Callable[[int], None]

_BARS = statement("""
    SELECT session, open, high, low, close, adjusted_close, volume, source, vwap, trades
    FROM daily_bars WHERE instrument = $1 AND session >= $2 AND session <= $3 ORDER BY session LIMIT $4
""")
# What bars were at a time that somebody asks for: of each that has changed since, what the first change replaced.  What
# stands behind an administrator's bar, to be replaced at the end of time, was not shown.
_REVISED = statement("""
    SELECT r.session, r.open, r.high, r.low, r.close, r.adjusted_close, r.volume, r.source, r.vwap, r.trades
    FROM bar_revisions r WHERE r.instrument = $1 AND r.session >= $2 AND r.session <= $3 AND r.replaced_at > $4
    AND r.replaced_at < '9999-12-31'
    ORDER BY r.session, r.replaced_at DESC
""")
_ADJUSTED_CLOSES = statement("""
    SELECT instrument, session, adjusted_close
    FROM daily_bars WHERE instrument = ANY($1::int[]) AND session >= $2 AND session <= $3 ORDER BY session LIMIT $4
""")
_SESSIONS = statement("""
    SELECT b.session FROM daily_bars b JOIN instruments i ON i.number = b.instrument
    WHERE i.symbol = $1 AND b.session >= $2 AND b.session <= $3 ORDER BY b.session
""")
_LATEST_SESSION = statement("""
    SELECT MAX(b.session) FROM daily_bars b JOIN instruments i ON i.number = b.instrument WHERE i.symbol = $1 AND
    b.session <= $2
""")

_VOLUMES = statement("""
    SELECT instrument, AVG(volume) FROM daily_bars
    WHERE instrument = ANY($1::int[]) AND session > $2 AND session <= $3 AND volume IS NOT NULL GROUP BY instrument
""")


def _spend_nothing(_: int) -> None:
    pass


async def bars(
    instrument: InstrumentRow,
    start: date,
    end: date,
    now: datetime,
    spend: Spend = _spend_nothing,
    known_at: datetime | None = None,
) -> Bars:
    """Return the sessions of an instrument from `start` to `end`, both included.

    None is later than the last one that has closed at `now`, the market's time.  With `known_at`, a bar that has
    changed since is as it was then; one that was added since is there all the same, and adjusted closes are those of
    its time.  Raises `BadUserInput` for more than 5,000 of them, and what `spend` raises.
    """
    spend(_most_sessions(instrument, start, _known(end, now)))
    rows = await statements.fetch(_BARS, instrument.number, start, _known(end, now), MAXIMUM_SESSIONS + 1)
    if len(rows) > MAXIMUM_SESSIONS:
        raise BadUserInput(
            f"expected at most {MAXIMUM_SESSIONS} sessions of {instrument.symbol}, got more from {start} to {end}"
        )
    if known_at is not None:
        revised = await statements.fetch(_REVISED, instrument.number, start, _known(end, now), known_at)
        # The first change after that time stands last of each session.
        earlier = {row[0]: row for row in revised}
        rows = [earlier.get(row[0], row) for row in rows]
    columns = [*zip(*rows, strict=True)] or [()] * 10
    open_, high, low, close, adjusted, volume = (np.array(column, dtype=np.float64) for column in columns[1:7])
    sessions, sources = tuple(map(as_date, columns[0])), tuple(map(QuoteSource, columns[7]))
    vwap, trades = (np.array(column, dtype=np.float64) for column in columns[8:10])
    return Bars(sessions, open_, high, low, close, adjusted, volume, sources, vwap, trades)


async def aligned_history(
    compute: Compute, symbols: Sequence[str], start: date, end: date, now: datetime, spend: Spend = _spend_nothing
) -> AlignedHistory:
    """Return the adjusted closes of several instruments, on the dates in a range on which all of them traded.

    Columns are in the order asked; nothing is later than `now`, the market's time.  Raises `BadUserInput` for an
    unknown symbol, a symbol that is asked for twice, more than 100 symbols or more than 200,000 numbers, and what
    `spend` raises.
    """
    if len(symbols) > 100:
        raise BadUserInput(f"expected at most 100 symbols, got {len(symbols)}")
    if len(set(symbols)) != len(symbols):
        raise BadUserInput(f"expected each symbol once, got {', '.join(symbols)}")
    instruments = await known_instruments(symbols)
    spend(sum(_most_sessions(instrument, start, _known(end, now)) for instrument in instruments))
    numbers = [instrument.number for instrument in instruments]
    rows = await statements.fetch(_ADJUSTED_CLOSES, numbers, start, _known(end, now), MAXIMUM_CELLS + 1)
    if len(rows) > MAXIMUM_CELLS:
        raise BadUserInput(
            f"expected at most {MAXIMUM_CELLS} prices, got more from {start} to {end}: ask for fewer symbols or days"
        )
    # Decades of many instruments take a tenth of a second.
    return await compute.run(_align, tuple(symbols), numbers, rows)


def _align(symbols: tuple[str, ...], numbers: Sequence[int], rows: Sequence[Any]) -> AlignedHistory:
    found: dict[int, tuple[list[date], list[float]]] = {number: ([], []) for number in numbers}
    for number, session, close in rows:
        found[number][0].append(session)
        found[number][1].append(close)
    series = [found[number] for number in numbers]
    if not series:
        return AlignedHistory((), symbols, np.empty((0, 0)))
    # Dates, or the text of dates: either way they sort as dates do.
    days = [np.array(sessions, dtype="datetime64[D]") for sessions, _ in series]
    common = reduce(np.intersect1d, days)
    if len(common) > MAXIMUM_SESSIONS:
        raise BadUserInput(f"expected at most {MAXIMUM_SESSIONS} sessions, got {len(common)}: ask for a shorter range")
    columns: list[Vector] = [
        np.array(closes, dtype=np.float64)[np.searchsorted(own, common)]
        for own, (_, closes) in zip(days, series, strict=True)
    ]
    return AlignedHistory(tuple(common.tolist()), symbols, np.column_stack(columns))


async def sessions(start: date, end: date) -> list[date]:
    """Return the dates from `start` to `end`, both included, of the benchmark's sessions whose close is known."""
    return [as_date(row[0]) for row in await statements.fetch(_SESSIONS, queries.BENCHMARK, start, end)]


async def latest_session(until: date) -> date:
    """Return the benchmark's latest known session up to this date; the date itself where there is none."""
    rows = await statements.fetch(_LATEST_SESSION, queries.BENCHMARK, until)
    return as_date(rows[0][0]) if rows and rows[0][0] is not None else until


async def closes_before(numbers: Sequence[int], before: date, days: int) -> list[Vector]:
    """Return the adjusted closes of the last so many days before a date, for each instrument's number, oldest first."""
    start, end = before - timedelta(days=days), before - timedelta(days=1)
    series: dict[int, list[float]] = {number: [] for number in numbers}
    for number, _, close in await statements.fetch(_ADJUSTED_CLOSES, list(numbers), start, end, MAXIMUM_CELLS):
        series[number].append(close)
    return [np.array(series[number], dtype=np.float64) for number in numbers]


async def dated_closes_before(numbers: Sequence[int], before: date, days: int) -> dict[int, tuple[list[date], Vector]]:
    """Return the sessions of the last so many days before a date, and their adjusted closes, for each instrument's
    number, oldest first.
    """
    start, end = before - timedelta(days=days), before - timedelta(days=1)
    found: dict[int, tuple[list[date], list[float]]] = {number: ([], []) for number in numbers}
    for number, session, close in await statements.fetch(_ADJUSTED_CLOSES, list(numbers), start, end, MAXIMUM_CELLS):
        found[number][0].append(as_date(session))
        found[number][1].append(close)
    return {number: (sessions, np.array(closes, dtype=np.float64)) for number, (sessions, closes) in found.items()}


async def mean_volumes(numbers: Sequence[int], last: date, days: int) -> dict[int, float]:
    """Return the mean volume of a session by instrument, over so many days of the calendar up to one, which counts.

    One statement; what has no volume is missing.
    """
    rows = await statements.fetch(_VOLUMES, list(numbers), last - timedelta(days=days), last) if numbers else []
    return {number: float(volume) for number, volume in rows}


async def known_instruments(symbols: Sequence[str]) -> list[InstrumentRow]:
    """Return the instrument of each symbol, in the order asked.  Raises `BadUserInput`, which names the unknown."""
    return await Instruments().known(symbols)


def _known(end: date, now: datetime) -> date:
    return min(end, dates.last_known_close(now))


def _most_sessions(instrument: InstrumentRow, start: date, end: date) -> int:
    """Return how many sessions there can be at most: the weekdays."""
    return max(0, int(np.busday_count(max(start, instrument.first_session), end + timedelta(days=1))))
