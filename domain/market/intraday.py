"""Intraday bars on their table: stored once, those of an hour made of shorter ones, read in a range, kept for a while.

They begin where the clock says so: those of an hour at each full hour.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np

from domain.kernel.dates import trade_day
from domain.kernel.errors import BadUserInput
from domain.kernel.work import Work
from domain.market.providers.asked import BarLength
from domain.market.providers.observed import ObservedBar
from domain.market.types import Bars, InstrumentRow, QuoteSource
from domain.storage import statements
from domain.storage.readings import as_datetime
from domain.storage.statements import Statement, statement

MINUTES: Final = {BarLength.MINUTE: 1, BarLength.FIVE_MINUTES: 5, BarLength.HOUR: 60}
_LENGTHS: Final = tuple(MINUTES.values())
# Rows, and instruments, of one deletion: others wait no longer than it takes.
_PART: Final = 5_000
_INSTRUMENTS: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

MAXIMUM_BARS: Final = 5_000

# Open, high, low, close, volume, vwap and trades, None where they were not told.
_Figures = tuple[float | None, float | None, float | None, float, int | None, float | None, int | None]

_PUT = statement("""
    INSERT INTO intraday_bars (instrument, minutes, at, open, high, low, close, volume, vwap, trades, source)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (instrument, minutes, at) DO UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low,
    close = excluded.close, volume = excluded.volume, vwap = excluded.vwap, trades = excluded.trades, source =
    excluded.source
""")
_READ = statement("""
    SELECT at, open, high, low, close, volume, vwap, trades, source FROM intraday_bars WHERE instrument = $1 AND minutes
    = $2 AND at >= $3 AND at < $4 ORDER BY at LIMIT $5
""")
# From the instruments to their bars: the key begins with the instrument.
_WITH_OLD = statement("""
    SELECT i.number FROM instruments i WHERE EXISTS (SELECT 1 FROM intraday_bars b WHERE b.instrument = i.number AND
    b.minutes = $1 AND b.at < $2) LIMIT $3
""")
_OLD = statement("""
    SELECT instrument, at FROM intraday_bars WHERE instrument = ANY($1::int[]) AND minutes = $2 AND at < $3 LIMIT $4
""")
_DELETE = Statement(
    postgres="DELETE FROM intraday_bars WHERE instrument = $1 AND minutes = $2 AND at = $3",
    sqlite="DELETE FROM intraday_bars WHERE instrument = ? AND minutes = ? AND at = ?",
)


async def put_intraday(work: Work, row: InstrumentRow, length: BarLength, bars: Sequence[ObservedBar]) -> None:
    """Store intraday bars of an instrument, the newer of one in place of the older, and the longer ones that they are
    in.
    """
    del work  # Whoever writes is in one.
    told = {bar.at: _figures(bar) for bar in bars if bar.at is not None}
    if not told:
        return
    minutes = MINUTES[length]
    await _put(row, minutes, told)
    for longer in (each for each in _LENGTHS if each > minutes):
        start, end = _begin(min(told), longer), _begin(max(told), longer) + timedelta(minutes=longer)
        # What was told may begin within a longer one, of which a part is there already.
        most = int((end - start) / timedelta(minutes=minutes))
        parts: dict[datetime, list[_Figures]] = {}
        for at, *figures, _ in await statements.fetch(_READ, row.number, minutes, start, end, most):
            parts.setdefault(_begin(as_datetime(at), longer), []).append(tuple(figures))
        await _put(row, longer, {begin: together(part) for begin, part in parts.items()})


async def _put(row: InstrumentRow, minutes: int, bars: dict[datetime, _Figures]) -> None:
    source = QuoteSource.PROVIDER.value
    await statements.execute_many(_PUT, [(row.number, minutes, at, *each, source) for at, each in bars.items()])


def together(parts: Sequence[_Figures]) -> _Figures:
    """Return one bar of several, oldest first; what one of them lacks, it lacks too.  Pure."""
    opens, highs, lows, closes, volumes, averages, trades = zip(*parts, strict=True)
    volume = _all(volumes, sum)
    # Where nothing was traded there is no average.
    vwap = _all(averages, lambda told: float(np.average(told, weights=volumes))) if volume else None
    return opens[0], _all(highs, max), _all(lows, min), closes[-1], volume, vwap, _all(trades, sum)


def _all(values: Sequence[Any], of: Any) -> Any:
    return None if None in values else of(values)


def _begin(at: datetime, minutes: int) -> datetime:
    length = timedelta(minutes=minutes)
    return _EPOCH + (at - _EPOCH) // length * length


def _figures(bar: ObservedBar) -> _Figures:
    prices = (None if price is None else float(price) for price in (bar.open, bar.high, bar.low, bar.vwap))
    first, highest, lowest, average = prices
    return first, highest, lowest, float(bar.close), bar.volume, average, bar.trades


async def intraday_bars(row: InstrumentRow, minutes: int, start: datetime, end: datetime) -> Bars:
    """Return the bars of an instrument that begin from `start` on and before `end`, oldest first.

    Raises `BadUserInput` for more than 5,000 of them.
    """
    rows = await statements.fetch(_READ, row.number, minutes, start, end, MAXIMUM_BARS + 1)
    if len(rows) > MAXIMUM_BARS:
        raise BadUserInput(f"expected at most {MAXIMUM_BARS} bars, got more: ask for a shorter range or longer bars")
    columns = [*zip(*rows, strict=True)] or [()] * 9
    open_, high, low, close, volume, vwap, trades = (np.array(each, dtype=np.float64) for each in columns[1:8])
    begins = tuple(map(as_datetime, columns[0]))
    sessions, sources = tuple(map(trade_day, begins)), tuple(map(QuoteSource, columns[8]))
    unadjusted = np.full(len(rows), np.nan)
    return Bars(sessions, open_, high, low, close, unadjusted, volume, sources, vwap, trades, begins)


async def prune(work: Work, days: tuple[int, int, int]) -> int:
    """Delete some bars that are older than so many days, and return how many: 0 when none is left.

    `days` are those of bars of one minute, five minutes and an hour: what is older is in the longer ones.
    """
    for minutes, kept in zip(_LENGTHS, days, strict=True):
        before = work.now - timedelta(days=kept)
        numbers = [number for (number,) in await statements.fetch(_WITH_OLD, minutes, before, _INSTRUMENTS)]
        if numbers:
            found = await statements.fetch(_OLD, numbers, minutes, before, _PART)
            await statements.execute_many(_DELETE, [(number, minutes, at) for number, at in found])
            return len(found)
    return 0
