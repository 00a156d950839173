"""What measures of returns have in common: series that can be measured, and what is divided by."""

import math

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Numbers, finite, series
from domain.quant.sharing import shared
from domain.quant.volatility import FEWEST_RETURNS

NAN = float("nan")


def measurable(returns: ArrayLike, fewest: int = 1) -> Numbers | None:
    """Return a series of returns; None if one is not finite or below -1, or if there are fewer than so many.

    Parameters
    ----------
    returns : (n,), simple returns as fractions, oldest first.
    fewest : how many are needed.

    Raises `ValueError` on another shape.
    """
    found = series("returns", returns)
    if len(found) < fewest:
        return None
    return found if not len(found) or _are_returns(found) else None


@shared
def worst(numbers: Numbers) -> float:
    """Return the least of some numbers."""
    return float(numbers.min())


@shared
def mean(numbers: Numbers) -> float:
    """Return the mean of some numbers."""
    return float(numbers.mean())


@shared
def growth(returns: Numbers) -> float:
    """Return what 1 grows to by all returns together."""
    return float(np.prod(1 + returns))


@shared
def wealth(returns: Numbers) -> Numbers:
    """Return what 1 has grown to after each of the returns: not to be written to."""
    grown = 1 + returns
    return np.cumprod(grown, out=grown)


@shared
def _are_returns(numbers: Numbers) -> bool:
    # NaN is neither.
    return worst(numbers) >= -1 and bool(numbers.max() < np.inf)


def comparable(returns: ArrayLike, benchmark: ArrayLike) -> tuple[Numbers, Numbers] | None:
    """Return a series and its benchmark; None where `measurable` is for one of them, of at least 20 returns.

    Raises `ValueError` unless both are as long.
    """
    own, other = series("returns", returns), series("benchmark", benchmark)
    if len(own) != len(other):
        raise ValueError(f"expected a benchmark of shape {own.shape}, got {other.shape}")
    if measurable(own, FEWEST_RETURNS) is None or measurable(other, FEWEST_RETURNS) is None:
        return None
    return own, other


@shared
def deviation(numbers: Numbers) -> float:
    """Return the deviation of a sample (ddof 1) about its mean, 0 where it is zero up to rounding."""
    if len(numbers) < 2:
        return NAN
    with np.errstate(all="ignore"):
        middle = mean(numbers)
        about = numbers - middle
        found = float(np.sqrt(about @ about / (len(numbers) - 1)))
        # A return is the difference of two prices: its rounding is that of a growth near 1, however small it is.
        return 0.0 if found <= ROUNDING * (1 + abs(middle)) else found


def noticeable(size: float) -> float:
    """Return what is divided by that is a part of a growth near 1, 0 where it is zero up to rounding."""
    return 0.0 if abs(size) <= ROUNDING else size


def quotient(numerator: float, denominator: float) -> float:
    """Return a quotient of finite numbers; NaN unless the denominator is above zero."""
    return finite(numerator / denominator) if denominator > 0 and math.isfinite(denominator) else NAN


def rate_of_a_period(risk_free_rate: float, periods_per_year: float) -> float:
    """Return the rate of one period that compounds to one of a year; NaN unless that is above -1, of some periods."""
    if not (0 < periods_per_year < np.inf and risk_free_rate > -1):
        return NAN
    return finite((1 + risk_free_rate) ** (1 / periods_per_year) - 1)


def tail_weights(count: int, confidence: float) -> Numbers:
    """What the largest of so many losses count for in the historical shortfall: the value at risk is the last of them.

    Of n losses, the largest first, the value at risk is number ceil((1 - confidence) n), and the shortfall the mean of
    the first (1 - confidence) n, of which the last counts by its fraction.

    Parameters
    ----------
    count : n, at least 1.
    confidence : of the loss not being exceeded, between 0 and 1.

    Returns (ceil((1 - confidence) n),), what sums to 1.
    """
    size = (1 - confidence) * count
    whole = round(size)
    # (1 - 0.95) 100 is a bit above 5.
    if whole and abs(size - whole) <= ROUNDING * count:
        size = float(whole)
    weights = np.full(max(1, int(np.ceil(size))), 1.0)
    weights[-1] = size - (len(weights) - 1)
    return weights / size
