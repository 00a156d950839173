"""Which contracts exchanges list on an underlying, and the steps of their prices: for chains that a model makes.

Source: Cboe, Equity Options Product Specifications: standard contracts expire on the third Friday of their month, or
the day of trading before when it is a holiday; strikes are 2.50 apart up to 25, 5 up to 200, and 10 above; prices go in
steps of 0.05 below 3 and of 0.10 from 3 on.
"""

from datetime import date, timedelta
from typing import Final

import numpy as np

from domain.market import calendar
from domain.market.types import Vector

# The next months, and after them the next of March, June, September and December.
_NEAR: Final = 3
_QUARTERLY: Final = 3
# Where a step would make more strikes than this, it is doubled: of an index at 4,000, say.
MOST_STRIKES: Final = 60


async def standard_expiries(today: date, is_over: bool) -> tuple[date, ...]:
    """Return the expiries that are listed on a day: three months' and three quarters', the nearest first."""
    fridays = [_third_friday(today.year, today.month + ahead) for ahead in range(16)]
    days = await calendar.trading_days(today.replace(day=1), fridays[-1])
    open_days = np.array([day.toordinal() for day in days])
    last = np.searchsorted(open_days, [day.toordinal() for day in fridays], side="right") - 1
    listed = [days[place] for place in last]
    left = [day for day in listed if day > today or (day == today and not is_over)]
    later = [day for day in left[_NEAR:] if day.month % 3 == 0]
    return (*left[:_NEAR], *later[:_QUARTERLY])


def _third_friday(year: int, month: int) -> date:
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first + timedelta(days=(4 - first.weekday()) % 7 + 14)


def strike_step(price: float) -> float:
    """Return how far apart strikes are near a price."""
    return 2.5 if price < 25 else 5.0 if price < 200 else 10.0


def listed_strikes(spot: float, reach: float) -> Vector:
    """Return the strikes from spot * exp(-reach) to spot * exp(reach), rising: (n,), at most `MOST_STRIKES`."""
    low, high = spot * np.exp(-reach), spot * np.exp(reach)
    factor = 1.0
    while True:
        below, between = np.arange(0.0, 25.0, 2.5 * factor), np.arange(25.0, 200.0, 5.0 * factor)
        above = np.arange(200.0, max(high, 200.0) + 10.0, 10.0 * factor) if high >= 200 else np.zeros(0)
        every = np.concatenate([below, between, above])
        found: Vector = every[(every >= low) & (every <= high) & (every > 0)]
        if len(found) <= MOST_STRIKES:
            return found
        factor *= 2


def bid_and_ask(prices: Vector) -> tuple[Vector, Vector]:
    """Return the listed prices around those of a model: the one at or below, NaN where that is 0, and the next."""
    step = np.where(prices < 3, 0.05, 0.10)
    # What is a step already is not rounded below it.
    steps = np.floor(prices / step + 1e-9)
    bid, ask = np.round(steps * step, 2), np.round((steps + 1) * step, 2)
    return np.where(bid > 0, bid, np.nan), ask
