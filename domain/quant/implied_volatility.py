"""The volatility at which an option's price is that of Black, Scholes and Merton."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfcx

from domain.quant.arrays import EPSILON, Flags, Numbers, elementwise

_ROOT_HALF = np.sqrt(0.5)
_ROOT_TWO_OVER_PI = np.sqrt(2 / np.pi)
# Logarithms of deviations between which every price lies that is a float apart from its bounds.
_LOWEST, _HIGHEST = -700.0, 6.0
_MOST_STEPS = 100
# A step of the third order takes the error to its fourth power: after one as small as this, rounding is left.
_NEAR = 1e-5
# A step makes twice the arrays that a price does.
_BLOCK = 4_096


def implied_volatility(
    option_price: ArrayLike,
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    is_call: ArrayLike,
) -> Numbers:
    """Volatility a year, as a fraction, that a European option's price implies.

    Solved on the option out of the money at the same strike, whose price is the time value, for the logarithm of the
    deviation (volatility times the root of time): by Householder's method of the third order on the logarithm of the
    price, or of what it lacks to its upper bound, inside a bracket that is halved where a step leaves it.

    Parameters
    ----------
    All broadcast against one another.
    option_price : price of one option on one unit, in the money of spot and strike.
    spot, strike : above zero.
    years : time to expiry, above zero; calendar days / 365.
    rate, dividend_yield : a year, continuously compounded, as fractions.
    is_call : true for a call, false for a put.

    Returns the broadcast shape. Zero for a price that is the discounted intrinsic value to the last digit. NaN
    outside the bounds without arbitrage: below the intrinsic value, or not below the discounted spot (call) or strike
    (put). NaN without time. NaN for each element of which a number is not finite or out of its range; others are not
    touched. A price deep in the money tells its time value, and with it the volatility, to only as many digits as are
    left after the intrinsic value.

    Source: solving out of the money, and in logarithms near a bound: Jaeckel, "By Implication", Wilmott, 2006; steps
    of the third order: Jaeckel, "Let's Be Rational", Wilmott, 2015.
    """
    given = (option_price, spot, strike, years, rate, dividend_yield, is_call)
    return np.asarray(elementwise(_volatilities, 1, *given, block=_BLOCK)[0])


def _volatilities(*given: Numbers) -> tuple[Numbers, ...]:
    option_price, spot, strike, years, rate, dividend_yield, is_call = np.broadcast_arrays(*given)
    discounted_spot, discounted_strike = spot * np.exp(-dividend_yield * years), strike * np.exp(-rate * years)
    intrinsic = np.maximum(np.where(is_call != 0, 1.0, -1.0) * (discounted_spot - discounted_strike), 0.0)
    time_value = option_price - intrinsic
    lacking = np.where(is_call != 0, discounted_spot, discounted_strike) - option_price
    good = (spot > 0) & (strike > 0) & (years > 0) & (time_value >= 0) & (lacking > 0)
    good &= np.isfinite(option_price + spot + strike + years + rate + dividend_yield + is_call)
    result = np.where(good, 0.0, np.nan)
    solved = good & (time_value > 0)
    unit = np.sqrt(discounted_spot[solved]) * np.sqrt(discounted_strike[solved])
    distance = np.abs(np.log(spot / strike) + (rate - dividend_yield) * years)[solved]
    deviation = _deviations(distance, np.log(time_value[solved] / unit), np.log(lacking[solved] / unit))
    result[solved] = deviation / np.sqrt(years[solved])
    return (result,)


def _deviations(distance: Numbers, log_value: Numbers, log_lacking: Numbers) -> Numbers:
    """Return the deviations of options that are out of the money by |ln(forward / strike)|.

    Prices are in units of the root of spot times strike. The logarithm sought is that of the value, or where the
    value is over half of its bound, of what it lacks: it is the one that moves with the deviation.
    """
    high = log_value > log_lacking
    sought = np.where(high, log_lacking, log_value)
    logs = _first_logs(distance, high, sought)
    low, top = np.full_like(logs, _LOWEST), np.full_like(logs, _HIGHEST)
    found, left = np.empty_like(logs), np.arange(len(logs))
    for _ in range(_MOST_STEPS):
        missing, step = _step(distance, high, sought, logs)
        short = (missing < 0) != high
        low, top = np.where(short, logs, low), np.where(short, top, logs)
        stepped = logs + step
        inside = (stepped >= low) & (stepped <= top)
        following = np.where(inside, stepped, 0.5 * (low + top))
        goes_on = np.abs(following - logs) > _NEAR
        found[left] = following
        if not goes_on.any():
            break
        logs = following
        # When few are left the others need not wait for them.
        if 2 * np.count_nonzero(goes_on) < len(left):
            left, logs, low, top = left[goes_on], logs[goes_on], low[goes_on], top[goes_on]
            distance, high, sought = distance[goes_on], high[goes_on], sought[goes_on]
    return np.asarray(np.exp(found))


def _step(distance: Numbers, high: Flags, sought: Numbers, logs: Numbers) -> tuple[Numbers, Numbers]:
    """Return what the size is over the one sought, and Householder's step of the third order to where it is not.

    With L' the slope, x / s the ratio and A = 1 + (x / s)**2 - (s / 2)**2, the second slope is L'(A - L').
    """
    deviation = np.exp(logs)
    size, slope = _logs(distance, high, deviation)
    missing = size - sought
    newton = -missing / slope
    ratio, half = np.square(distance / deviation), np.square(0.5 * deviation)
    second = 1 + ratio - half - slope
    third = second * (second - slope) - 2 * (ratio + half)
    bent = second * newton
    return missing, newton * (1 + 0.5 * bent) / (1 + bent + third * np.square(newton) / 6)


def _first_logs(distance: Numbers, high: Flags, sought: Numbers) -> Numbers:
    """Return logarithms too low for values, too high for lacks: from there steps come near from one side."""
    below = np.maximum(distance / np.sqrt(-2 * np.minimum(sought, -EPSILON)), np.exp(sought) / _ROOT_TWO_OVER_PI * 2)
    d1 = np.sqrt(np.maximum(-2 * (sought + 0.5 * distance), 0.0))
    above = d1 + np.sqrt(np.square(d1) + 2 * distance)
    return np.asarray(np.clip(np.log(np.where(high, above, below)), _LOWEST, _HIGHEST))


def _logs(distance: Numbers, high: Flags, deviation: Numbers) -> tuple[Numbers, Numbers]:
    """Return the logarithm of the value or of what it lacks, and its slope for the logarithm of the deviation.

    Both are a sum of scaled complementary error functions times exp(-(x / s)**2 / 2 - s * s / 8), which no logarithm
    loses.
    """
    ratio, half = distance / deviation, 0.5 * deviation
    d1, minus_d2 = half - ratio, half + ratio
    near = erfcx(np.where(high, d1, -d1) * _ROOT_HALF)
    far = erfcx(minus_d2 * _ROOT_HALF)
    scaled = np.where(high, near + far, near - far)
    size = np.log(0.5 * scaled) - 0.5 * (np.square(ratio) + np.square(half))
    slope = np.where(high, -1.0, 1.0) * deviation * _ROOT_TWO_OVER_PI / scaled
    return np.asarray(size), np.asarray(slope)
