"""Trading days and settlement dates of the New York exchanges."""

import asyncio
import bisect
import functools
from datetime import UTC, date, datetime, timedelta

from domain.kernel.dates import EARLIEST_DATE, session_open, trade_day

# The cycle of US equities, in trading days after the trade, from each date on.
# Sources: SEC releases 33022 (1993), 34-80295 (2017) and 34-96930 (2023).
_CYCLES = ((date(1900, 1, 1), 5), (date(1995, 6, 7), 3), (date(2017, 9, 5), 2), (date(2024, 5, 28), 1))

# The package's calendars must be told how far to reach; a window moves with what is asked.
_WINDOW_YEARS = 5
# New York is never closed for longer: it was not after 11 September 2001.
_LONGEST_PAUSE = timedelta(days=14)


async def trading_days(start: date, end: date) -> list[date]:
    """Return the dates from `start` to `end`, both included, on which New York trades."""
    days: list[date] = []
    for year in range(_window_of(start), end.year + 1, _WINDOW_YEARS):
        days.extend(await asyncio.to_thread(_window, year))
    return days[bisect.bisect_left(days, start) : bisect.bisect_right(days, end)]


async def open_time_before(instant: datetime, duration: timedelta) -> datetime:
    """Return the instant since which so much time of the exchange's hours, half days counted as such, has passed.

    Only the last two sessions are looked at: for what is shorter than one.
    """
    today = trade_day(instant)
    opened = [day for day in await trading_days(today - _LONGEST_PAUSE, today) if session_open(day) < instant]
    for day in reversed(opened[-2:]):
        close = min(instant, (await asyncio.to_thread(_window, _window_of(day)))[day])
        length = close - session_open(day)
        if length >= duration:
            return close - duration
        duration -= length
    return session_open(opened[-2])


async def is_open(instant: datetime) -> bool:
    """Whether the exchange is open at an instant."""
    return await open_time_before(instant, timedelta(0)) == instant


async def settlement_date(trade_date: date) -> date:
    """Return when a trade in US equities of this date settles by the cycle of its time."""
    cycle = next(days for since, days in reversed(_CYCLES) if trade_date >= since)
    following = await trading_days(trade_date + timedelta(days=1), trade_date + timedelta(days=4 * cycle + 14))
    return following[cycle - 1]


async def load_settlement_days(trade_date: date, today: date) -> None:
    """Have at hand what `settlement_date` needs for a trade that is not after today.

    To be called before a unit of work: the first look at a calendar takes a second, and a transaction holds up others.
    """
    if EARLIEST_DATE <= trade_date <= today:
        await settlement_date(trade_date)


def _window_of(day: date) -> int:
    return day.year // _WINDOW_YEARS * _WINDOW_YEARS


@functools.lru_cache(maxsize=32)
def _window(year: int) -> dict[date, datetime]:
    """Return the trading days of some years in their order, and when each closes."""
    # Imported late, and in a thread: it takes a second and brings pandas.
    import exchange_calendars

    calendar = exchange_calendars.get_calendar("XNYS", start=f"{year}-01-01", end=f"{year + _WINDOW_YEARS - 1}-12-31")
    return {stamp.date(): close.to_pydatetime().astimezone(UTC) for stamp, close in calendar.closes.items()}
