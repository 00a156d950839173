"""How far wealth fell below its peak, for how long, and what was made for it.

In all measures, `returns` are (n,) simple returns as fractions, oldest first, `periods_per_year` is 252 for daily ones,
and `risk_free_rate` is of a year.  Wealth is 1 before the first return, so that a loss in the first period counts; a
drawdown is a positive fraction of the peak before it.  NaN if a return is not finite or below -1, or if there are none.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from domain.quant.arrays import ROUNDING, Flags, Numbers, series
from domain.quant.measured import NAN, measurable, quotient, wealth
from domain.quant.measures_of_return import annualized_return, cumulative_return
from domain.quant.registry import Unit, measure
from domain.quant.sharing import shared


def drawdowns(returns: ArrayLike) -> Numbers:
    """Part of the peak so far that is lost after each period.

    Parameters
    ----------
    returns : (n,), simple returns as fractions, oldest first.

    Returns (n,) fractions from 0 to 1; 0 for what is zero up to the rounding of n products. NaN for all if a return is
    not finite or below -1.

    Source: Chekhlov, Uryasev and Zabarankin, "Drawdown Measure in Portfolio Optimization", International Journal of
    Theoretical and Applied Finance 8(1), 2005.
    """
    found = measurable(returns, 0)
    if found is None:
        return np.full(np.shape(returns), np.nan)
    with np.errstate(all="ignore"):
        below = _below(found)
        # Wealth that is back at its peak may miss it in the last digit, and would never have come back.
        return below * (below > ROUNDING * len(found))


@measure(unit=Unit.FRACTION, higher_is_better=False)
def max_drawdown(returns: ArrayLike) -> float:
    """Largest fall of wealth from a peak, as a fraction of that peak.

    Source: Chekhlov, Uryasev and Zabarankin, "Drawdown Measure in Portfolio Optimization", International Journal of
    Theoretical and Applied Finance 8(1), 2005.
    """
    found = measurable(returns)
    if found is None:
        return NAN
    # As `drawdowns`, which looks at the rounding of each.
    most = float(_below(found).max())
    return 0.0 if most <= ROUNDING * len(found) else most


@measure(unit=Unit.FRACTION, higher_is_better=False)
def current_drawdown(returns: ArrayLike) -> float:
    """Fall of wealth from its peak at the end, as a fraction of that peak.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Drawdown".
    """
    found = _drawdowns(returns)
    return NAN if found is None else float(found[-1])


@measure(unit=Unit.FRACTION, higher_is_better=False)
def average_drawdown(returns: ArrayLike) -> float:
    """Mean of the largest falls of all drawdowns, each from a peak until wealth is back at it or the series ends.

    Zero where there is none.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Drawdown".
    """
    found = _drawdowns(returns)
    if found is None or not np.isfinite(found).all():
        return NAN
    starts = _starts(found > 0)
    return float(np.mean(np.maximum.reduceat(found, starts))) if len(starts) else 0.0


@measure(unit=Unit.PERIODS, higher_is_better=False)
def longest_drawdown(returns: ArrayLike) -> float:
    """Most periods in a row at whose end wealth was below its peak; one that lasts to the end counts so far.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Drawdown".
    """
    found = _drawdowns(returns)
    if found is None or not np.isfinite(found).all():
        return NAN
    ends = np.flatnonzero(np.concatenate(([True], found <= 0, [True])))
    return float(np.diff(ends).max() - 1)


@measure(unit=Unit.FRACTION, higher_is_better=False)
def time_under_water(returns: ArrayLike) -> float:
    """Part of the periods at whose end wealth was below its peak.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Drawdown".
    """
    found = _drawdowns(returns)
    return NAN if found is None else float(np.mean(found > 0) + 0 * found.sum())


@measure(unit=Unit.FRACTION, higher_is_better=False)
def ulcer_index(returns: ArrayLike) -> float:
    """Root mean square of the drawdowns after all periods.

    Source: Martin and McCann, "The Investor's Guide to Fidelity Funds", 1989.
    """
    found = _drawdowns(returns)
    return NAN if found is None else float(np.sqrt(np.mean(np.square(found))))


@measure(unit=Unit.FRACTION, higher_is_better=False)
def pain_index(returns: ArrayLike) -> float:
    """Mean of the drawdowns after all periods.

    Source: Becker, "Measuring Pain", Zephyr Associates, 2006.
    """
    found = _drawdowns(returns)
    return NAN if found is None else float(np.mean(found))


@measure(unit=Unit.RATIO, higher_is_better=True)
def calmar_ratio(returns: ArrayLike, periods_per_year: float) -> float:
    """Annualized return over the largest drawdown; undefined for less than a year, and without drawdown.

    Source: Young, "Calmar Ratio: A Smoother Tool", Futures 20(1), 1991, over all periods.
    """
    return quotient(annualized_return(returns, periods_per_year), max_drawdown(returns))


@measure(unit=Unit.RATIO, higher_is_better=True)
def martin_ratio(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Annualized return beyond the risk-free rate over the ulcer index; undefined for less than a year.

    Source: Martin and McCann, "The Investor's Guide to Fidelity Funds", 1989.
    """
    return quotient(annualized_return(returns, periods_per_year) - risk_free_rate, ulcer_index(returns))


@measure(unit=Unit.RATIO, higher_is_better=True)
def pain_ratio(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Annualized return beyond the risk-free rate over the pain index; undefined for less than a year.

    Source: Becker, "Measuring Pain", Zephyr Associates, 2006.
    """
    return quotient(annualized_return(returns, periods_per_year) - risk_free_rate, pain_index(returns))


@measure(unit=Unit.RATIO, higher_is_better=True)
def sterling_ratio(returns: ArrayLike, periods_per_year: float) -> float:
    """Annualized return over the mean of the largest falls of all drawdowns; undefined for less than a year.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Drawdown": Sterling ratio, without the
    10 % that its first version added.
    """
    return quotient(annualized_return(returns, periods_per_year), average_drawdown(returns))


@measure(unit=Unit.RATIO, higher_is_better=True)
def recovery_factor(returns: ArrayLike) -> float:
    """Return of all periods together over the largest drawdown: how many times the worst loss was earned back.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Drawdown".
    """
    return quotient(cumulative_return(returns), max_drawdown(returns))


@shared
def _below(returns: Numbers) -> Numbers:
    """Part of the peak so far that is lost after each period, with what rounding makes of nothing.

    NaN from where wealth has overflowed on.
    """
    grown = wealth(returns)
    peaks = np.maximum.accumulate(grown)
    np.maximum(peaks, 1.0, out=peaks)
    np.divide(grown, peaks, out=peaks)
    return np.subtract(1.0, peaks, out=peaks)


def _drawdowns(returns: ArrayLike) -> Numbers | None:
    found = _known_drawdowns(series("returns", returns))
    return found if len(found) else None


_known_drawdowns = shared(drawdowns)


def _starts(below: Flags) -> NDArray[np.intp]:
    """Return where each drawdown begins."""
    return np.flatnonzero(below & ~np.concatenate((np.zeros(1, dtype=np.bool_), below[:-1])))
