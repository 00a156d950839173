"""How much the price of an instrument varies."""

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, finite, series

PERIODS_PER_YEAR = 252
FEWEST_RETURNS = 20


def annualized_volatility(closes: ArrayLike, periods_per_year: float = PERIODS_PER_YEAR) -> float:
    """Standard deviation of simple returns from close to close, times the root of the periods in a year.

    The deviation is that of the sample (ddof 1), about its mean.

    Parameters
    ----------
    closes : (n,), above zero, adjusted for splits and dividends, oldest first, at even distances.
    periods_per_year : 252 for daily closes.

    Returns a fraction a year: zero for returns that are all equal up to rounding. NaN for fewer than 20 returns (21
    closes), and if a close is not finite or not above zero: what lies across a gap is not the return of one period.

    Raises `ValueError` unless periods_per_year is above zero.

    Source: Hull, "Options, Futures, and Other Derivatives", section on estimating volatility from historical data,
    with simple returns in the place of its logarithmic ones.
    """
    closes = series("closes", closes)
    if not periods_per_year > 0:
        raise ValueError(f"expected periods_per_year above zero, got {periods_per_year}")
    if len(closes) <= FEWEST_RETURNS or not np.all(np.isfinite(closes) & (closes > 0)):
        return float("nan")
    with np.errstate(all="ignore"):
        returns = np.diff(closes) / closes[:-1]
        deviation = float(np.std(returns, ddof=1))
    # A return is the difference of two prices: its rounding is that of a growth near 1, however small it is.
    if deviation <= ROUNDING * (1 + abs(float(np.mean(returns)))):
        return 0.0
    return finite(deviation * float(np.sqrt(periods_per_year)))
