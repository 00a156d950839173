"""Bars of any length: sessions as they are stored, weeks and months made of them, parts of sessions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import numpy as np

from domain.kernel.dates import NEW_YORK
from domain.kernel.errors import BadUserInput
from domain.market import bars, corporate_actions, intraday
from domain.market.bars import Spend
from domain.market.types import BarInterval, Bars, InstrumentRow, Vector
from domain.quant.adjustment import split_factors

_MINUTES: Final = {BarInterval.MINUTE: 1, BarInterval.FIVE_MINUTES: 5, BarInterval.HOUR: 60}
_DAY_MINUTES: Final = 1_440


async def interval_bars(
    row: InstrumentRow,
    start: date,
    end: date,
    interval: BarInterval,
    now: datetime,
    spend: Spend,
    known_at: datetime | None = None,
) -> Bars:
    """Return the bars of an instrument from `start` to `end`, both included, as far as they have ended at `now`.

    Raises `BadUserInput` for more than 5,000 of them, or of the sessions in them, and for parts of sessions as they
    were known earlier; and what `spend` raises.
    """
    if interval in _MINUTES:
        if known_at is not None:
            raise BadUserInput(f"expected an interval of a session or longer with knownAt, got {interval}")
        return await _parts(row, start, end, _MINUTES[interval], now, spend)
    found = await bars.bars(row, start, end, now, spend, known_at)
    if interval is BarInterval.DAY or not found.sessions:
        return found
    splits, _ = await corporate_actions.adjusting_actions(row.id)
    return longer(found, splits, interval)


def longer(daily: Bars, splits: Sequence[tuple[int, float]], interval: BarInterval) -> Bars:
    """Return sessions, at least one, put together to weeks or months, each under its last session.  Pure.

    `splits` have the ordinals of their ex dates and new units for one old: prices and volumes before one are in units
    of the last session.  A figure that one session lacks is NaN for all of them.
    """
    days = np.array([session.toordinal() for session in daily.sessions])
    # Day 1 was a Monday.
    periods = (days - 1) // 7 if interval is BarInterval.WEEK else _months(daily.sessions)
    first = np.flatnonzero(np.diff(periods, prepend=periods[0] - 1))
    last = np.append(first[1:], len(days)) - 1
    factors = split_factors(days, splits)
    factors = factors / np.repeat(factors[last], last - first + 1)
    volume: Vector = daily.volume / factors
    total: Vector = np.add.reduceat(volume, first)
    with np.errstate(invalid="ignore"):
        # Where nothing was traded there is no average.
        vwap = np.add.reduceat(daily.vwap * factors * volume, first) / np.where(total > 0, total, np.nan)
    return Bars(
        sessions=tuple(daily.sessions[place] for place in last.tolist()),
        open=(daily.open * factors)[first],
        high=np.maximum.reduceat(daily.high * factors, first),
        low=np.minimum.reduceat(daily.low * factors, first),
        close=daily.close[last],
        adjusted_close=daily.adjusted_close[last],
        volume=np.rint(total),
        sources=tuple(daily.sources[place] for place in last.tolist()),
        vwap=vwap,
        trades=np.add.reduceat(daily.trades, first),
    )


def _months(sessions: Sequence[date]) -> Vector:
    return np.array([12.0 * session.year + session.month for session in sessions])


async def _parts(row: InstrumentRow, start: date, end: date, minutes: int, now: datetime, spend: Spend) -> Bars:
    spend(min(intraday.MAXIMUM_BARS, max(0, (end - start).days + 1) * _DAY_MINUTES // minutes))
    after = _midnight(end + timedelta(days=1))
    # The one that is under way has no close yet.
    ended = now - timedelta(minutes=minutes) + timedelta(microseconds=1)
    return await intraday.intraday_bars(row, minutes, _midnight(start), min(after, ended))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, NEW_YORK).astimezone(UTC)
