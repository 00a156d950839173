"""How much was made: in all, a year, and in single periods.

In all measures, `returns` are (n,) simple returns as fractions, oldest first, and `periods_per_year` is 252 for daily
ones.  NaN if a return is not finite or below -1, and for too few of them.
"""

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING
from domain.quant.measured import NAN, growth, mean, measurable, quotient, wealth, worst
from domain.quant.registry import Unit, measure
from domain.quant.volatility import FEWEST_RETURNS

# Of wealth; beyond, float64 has fewer digits, or none.
_LARGEST_LOGARITHM = 700.0


@measure(unit=Unit.FRACTION, higher_is_better=True)
def cumulative_return(returns: ArrayLike) -> float:
    """Return of all periods together, by compounding.

    Source: Bacon, "Practical Portfolio Performance Measurement and Attribution", chapter "The Mathematics of Portfolio
    Return".
    """
    found = measurable(returns)
    return NAN if found is None else growth(found) - 1


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=True)
def annualized_return(returns: ArrayLike, periods_per_year: float) -> float:
    """Yearly return that compounds to that of all periods; undefined for less than a year of them.

    (1 + cumulative return) ** (periods_per_year / n) - 1.

    Source: Bacon, "Practical Portfolio Performance Measurement and Attribution", chapter "The Mathematics of Portfolio
    Return".
    """
    found = measurable(returns)
    if found is None or not 0 < periods_per_year <= len(found):
        return NAN
    return float(np.float64(growth(found)) ** (periods_per_year / len(found)) - 1)


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=True)
def mean_return(returns: ArrayLike, periods_per_year: float) -> float:
    """Mean return of a period, times the periods of a year: what ratios to volatility are made of.

    Source: Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21(1), 1994.
    """
    found = measurable(returns, FEWEST_RETURNS)
    return NAN if found is None else mean(found) * periods_per_year


@measure(unit=Unit.FRACTION, higher_is_better=True)
def best_return(returns: ArrayLike) -> float:
    """Return of the best single period.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Descriptive Statistics".
    """
    found = measurable(returns)
    return NAN if found is None else float(found.max())


@measure(unit=Unit.FRACTION, higher_is_better=True)
def worst_return(returns: ArrayLike) -> float:
    """Return of the worst single period: negative where something was lost.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Descriptive Statistics".
    """
    found = measurable(returns)
    return NAN if found is None else worst(found)


@measure(unit=Unit.FRACTION, higher_is_better=True)
def win_rate(returns: ArrayLike) -> float:
    """Part of the periods in which something was gained.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Descriptive Statistics".
    """
    found = measurable(returns)
    return NAN if found is None else float(np.count_nonzero(found > ROUNDING) / len(found))


@measure(unit=Unit.RATIO, higher_is_better=True)
def gain_to_pain_ratio(returns: ArrayLike) -> float:
    """Sum of all returns over the sum of all losses, these without their sign.

    NaN where nothing was lost.

    Source: Schwager, "Hedge Fund Market Wizards", appendix A, 2012.
    """
    found = measurable(returns)
    if found is None or worst(found) >= -ROUNDING:
        return NAN
    return quotient(float(found.sum()), float(-np.minimum(found, 0.0).sum()))


@measure(unit=Unit.RATIO, higher_is_better=True)
def omega_ratio(returns: ArrayLike) -> float:
    """Sum of all gains over the sum of all losses, these without their sign: the threshold is zero.

    NaN where nothing was lost.

    Source: Keating and Shadwick, "A Universal Performance Measure", Journal of Performance Measurement 6(3), 2002.
    """
    found = measurable(returns)
    if found is None or worst(found) >= -ROUNDING:
        return NAN
    parts = np.maximum(found, 0.0)
    gains = float(parts.sum())
    return quotient(gains, float(-np.minimum(found, 0.0, out=parts).sum()))


@measure(unit=Unit.FRACTION, higher_is_better=None)
def stability(returns: ArrayLike) -> float:
    """How near the logarithm of wealth was to a straight line, up or down: r² of its regression on time.

    NaN for wealth that does not move, or is lost.

    Source: Kestner, "Getting a Handle on True Performance", Futures 25(1), 1996, for growth beside its line.
    """
    found = measurable(returns, FEWEST_RETURNS)
    if found is None or worst(found) <= -1:
        return NAN
    grown = np.log(wealth(found))
    if not (grown.min() > -_LARGEST_LOGARITHM and grown.max() < _LARGEST_LOGARITHM):
        grown = np.cumsum(np.log1p(found))
    # With the logarithm of 1 before the first return, about the means of both.
    count = len(grown) + 1
    middle = float(grown.sum()) / count
    grown -= middle
    squares = float(grown @ grown) + middle * middle
    if squares <= (ROUNDING * count) ** 2 * count:
        return NAN
    half = 0.5 * (count - 1)
    together = float(np.arange(1 - half, half + 0.5) @ grown) + half * middle
    return float(together**2 / (squares * count * (count**2 - 1) / 12))
