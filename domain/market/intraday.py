"""Intraday bars on their table: stored once, read in a range, kept for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from domain.kernel.errors import BadUserInput
from domain.kernel.work import Work
from domain.market.providers.asked import BarLength
from domain.market.providers.observed import ObservedBar
from domain.market.types import InstrumentRow, QuoteSource
from domain.storage import statements
from domain.storage.readings import as_datetime, price_of
from domain.storage.statements import Statement, statement

MINUTES: Final = {BarLength.MINUTE: 1, BarLength.FIVE_MINUTES: 5, BarLength.HOUR: 60}
# How long bars are kept, by their minutes: what is older is in the longer ones.
KEPT: Final = {1: timedelta(days=30), 5: timedelta(days=180), 60: timedelta(days=1_095)}
# Rows of one deletion: others wait no longer than it takes.
_PART: Final = 5_000

MAXIMUM_BARS: Final = 5_000


@dataclass(frozen=True, slots=True)
class IntradayBar:
    """A part of a session; `at` is when it begins, None is what was not told."""

    at: datetime
    open: Decimal | None
    high: Decimal | None
    low: Decimal | None
    close: Decimal
    volume: int | None
    vwap: Decimal | None
    trades: int | None
    source: QuoteSource


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
_OLD = statement("SELECT instrument, at FROM intraday_bars WHERE minutes = $1 AND at < $2 LIMIT $3")
_DELETE = Statement(
    postgres="DELETE FROM intraday_bars WHERE instrument = $1 AND minutes = $2 AND at = $3",
    sqlite="DELETE FROM intraday_bars WHERE instrument = ? AND minutes = ? AND at = ?",
)


async def put_intraday(work: Work, row: InstrumentRow, length: BarLength, bars: Sequence[ObservedBar]) -> None:
    """Store intraday bars of an instrument, the newer of one in place of the older."""
    del work  # Whoever writes is in one.
    minutes = MINUTES[length]
    await statements.execute_many(
        _PUT,
        [
            (
                row.number,
                minutes,
                bar.at,
                *(None if price is None else float(price) for price in (bar.open, bar.high, bar.low, bar.close)),
                bar.volume,
                None if bar.vwap is None else float(bar.vwap),
                bar.trades,
                QuoteSource.PROVIDER.value,
            )
            for bar in bars
            if bar.at is not None
        ],
    )


async def intraday_bars(row: InstrumentRow, length: BarLength, start: datetime, end: datetime) -> list[IntradayBar]:
    """Return the bars of an instrument that begin from `start` on and before `end`, oldest first.

    Raises `BadUserInput` for more than 5,000 of them.
    """
    rows = await statements.fetch(_READ, row.number, MINUTES[length], start, end, MAXIMUM_BARS + 1)
    if len(rows) > MAXIMUM_BARS:
        raise BadUserInput(f"expected at most {MAXIMUM_BARS} bars, got more: ask for a shorter range or longer bars")
    return [_bar(each) for each in rows]


def _bar(row: Sequence[Any]) -> IntradayBar:
    at, open_, high, low, close, volume, vwap, trades, source = row
    prices = (None if price is None else price_of(price) for price in (open_, high, low, vwap))
    first, highest, lowest, average = prices
    return IntradayBar(
        as_datetime(at), first, highest, lowest, price_of(close), volume, average, trades, QuoteSource(source)
    )


async def prune(work: Work) -> int:
    """Delete some bars that are older than they are kept, and return how many: 0 when none is left."""
    for minutes, kept in KEPT.items():
        found = await _old(minutes, work.now - kept)
        if found:
            await statements.execute_many(_DELETE, [(number, minutes, at) for number, at in found])
            return len(found)
    return 0


async def _old(minutes: int, before: datetime) -> list[tuple[int, object]]:
    return [(number, at) for number, at in await statements.fetch(_OLD, minutes, before, _PART)]
