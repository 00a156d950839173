"""How much returns vary, how they are spread, and what was made for it.

In all measures, `returns` are (n,) simple returns as fractions, oldest first, `periods_per_year` is 252 for daily ones,
and `risk_free_rate` is of a year: its period's rate compounds to it.  Deviations are of the sample (ddof 1).  NaN if a
return is not finite or below -1, for fewer than 20 of them, and where what is divided by is zero up to rounding.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from domain.quant.arrays import Numbers, finite
from domain.quant.measured import NAN, deviation, mean, measurable, noticeable, quotient, rate_of_a_period
from domain.quant.registry import Unit, measure
from domain.quant.volatility import FEWEST_RETURNS

_TAIL = 0.05


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=False)
def volatility(returns: ArrayLike, periods_per_year: float) -> float:
    """Deviation of the returns, times the root of the periods in a year.

    Zero for returns that are all equal.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Descriptive Statistics".
    """
    found = measurable(returns, FEWEST_RETURNS)
    return NAN if found is None else finite(deviation(found) * np.sqrt(periods_per_year))


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=False)
def downside_deviation(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Root mean square of what returns fall short of the risk-free rate, times the root of the periods in a year.

    All periods count in the mean, those without shortfall as zero.

    Source: Sortino and Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3(3), 1994.
    """
    found = measurable(returns, FEWEST_RETURNS)
    if found is None:
        return NAN
    return finite(_shortfall(found, rate_of_a_period(risk_free_rate, periods_per_year)) * np.sqrt(periods_per_year))


@measure(unit=Unit.RATIO, higher_is_better=True)
def sharpe_ratio(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Mean return beyond the risk-free rate over the deviation of the returns, both of a year.

    Source: Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21(1), 1994.
    """
    found = measurable(returns, FEWEST_RETURNS)
    if found is None:
        return NAN
    excess = mean(found) - rate_of_a_period(risk_free_rate, periods_per_year)
    return quotient(excess * float(np.sqrt(periods_per_year)), deviation(found))


@measure(unit=Unit.RATIO, higher_is_better=True)
def sortino_ratio(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Mean return beyond the risk-free rate over the downside deviation, both of a year.

    NaN where no return falls short.

    Source: Sortino and Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3(3), 1994.
    """
    found = measurable(returns, FEWEST_RETURNS)
    if found is None:
        return NAN
    rate = rate_of_a_period(risk_free_rate, periods_per_year)
    return quotient((mean(found) - rate) * float(np.sqrt(periods_per_year)), _shortfall(found, rate))


@measure(unit=Unit.RATIO, higher_is_better=True)
def kappa_three(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Mean return of a period beyond the risk-free rate over the cube root of the mean cubed shortfall.

    NaN where no return falls short.

    Source: Kaplan and Knowles, "Kappa: A Generalized Downside Risk-Adjusted Performance Measure", Journal of
    Performance Measurement 8(3), 2004.
    """
    found = measurable(returns, FEWEST_RETURNS)
    if found is None:
        return NAN
    rate = rate_of_a_period(risk_free_rate, periods_per_year)
    short = float(np.cbrt(np.mean(np.maximum(rate - found, 0.0) ** 3)))
    return quotient(mean(found) - rate, noticeable(short))


@measure(unit=Unit.RATIO, higher_is_better=True)
def upside_potential_ratio(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Mean of what returns exceed the risk-free rate by, over the root mean square of what they fall short of it.

    NaN where no return falls short.

    Source: Sortino, van der Meer and Plantinga, "The Dutch Triangle", Journal of Portfolio Management 26(1), 1999.
    """
    found = measurable(returns, FEWEST_RETURNS)
    if found is None:
        return NAN
    rate = rate_of_a_period(risk_free_rate, periods_per_year)
    return quotient(float(np.mean(np.maximum(found - rate, 0.0))), _shortfall(found, rate))


@measure(unit=Unit.RATIO, higher_is_better=True)
def skewness(returns: ArrayLike) -> float:
    """Third moment about the mean, over the cubed deviation of the population: negative for a longer tail of losses.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Descriptive Statistics".
    """
    return _moment(returns, 3)


@measure(unit=Unit.RATIO, higher_is_better=False)
def excess_kurtosis(returns: ArrayLike) -> float:
    """Fourth moment about the mean, over the fourth power of the deviation of the population, less 3: 0 for a normal.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Descriptive Statistics".
    """
    return _moment(returns, 4) - 3


@measure(unit=Unit.RATIO, higher_is_better=True)
def tail_ratio(returns: ArrayLike) -> float:
    """Gain at the best 5 % of the periods over the loss at the worst 5 %.

    Quantiles are the order statistics number ceil(0.05 n) from either end; NaN unless the worst is a loss.

    Source: Quantopian, empyrical, "tail_ratio", with order statistics in the place of interpolated quantiles.
    """
    found = measurable(returns, FEWEST_RETURNS)
    if found is None:
        return NAN
    place = int(np.ceil(_TAIL * len(found) - 1e-9)) - 1
    # One after the other takes a quarter of the time of both at once.
    ordered = np.partition(found, place)
    low, rest = float(ordered[place]), ordered[place + 1 :]
    rest.partition(len(rest) - 1 - place)
    return quotient(float(rest[len(rest) - 1 - place]), noticeable(-low))


@measure(unit=Unit.RATIO, higher_is_better=True)
def adjusted_sharpe_ratio(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Sharpe ratio, lower for a longer tail of losses and for fat tails.

    sharpe * (1 + skewness / 6 * sharpe - excess kurtosis / 24 * sharpe ** 2), of a period, times the root of the
    periods in a year.

    Source: Pezier and White, "The Relative Merits of Investable Hedge Fund Indices", ICMA Centre, 2006.
    """
    own = quotient(sharpe_ratio(returns, risk_free_rate, periods_per_year), float(np.sqrt(periods_per_year)))
    skew, kurtosis = skewness(returns), excess_kurtosis(returns)
    return finite(own * (1 + skew / 6 * own - kurtosis / 24 * own**2) * float(np.sqrt(periods_per_year)))


@measure(unit=Unit.FRACTION, higher_is_better=True)
def probabilistic_sharpe_ratio(returns: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """How likely the true Sharpe ratio is above zero, given how many returns there are and how they are spread.

    Source: Bailey and López de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15(2), 2012.
    """
    own = quotient(sharpe_ratio(returns, risk_free_rate, periods_per_year), float(np.sqrt(periods_per_year)))
    return _probability_above(returns, own, 0.0)


def deflated_sharpe_ratio(
    returns: ArrayLike,
    trials: int,
    variance_of_trials: float,
    risk_free_rate: float = 0.0,
    periods_per_year: float = 252,
) -> float:
    """How likely the true Sharpe ratio is above zero, where the series is the best of several that were tried.

    Parameters
    ----------
    returns : (n,), simple returns as fractions, oldest first.
    trials : how many series were tried, at least 1.
    variance_of_trials : of the Sharpe ratios of all of them, of a period and not of a year; not negative.
    risk_free_rate : of a year, as a fraction.
    periods_per_year : 252 for daily returns.

    Returns a probability. NaN as the measures of this module, and for less than one trial or a negative variance.

    Source: Bailey and López de Prado, "The Deflated Sharpe Ratio", Journal of Portfolio Management 40(5), 2014.
    """
    if not (1 <= trials < np.inf and 0 <= variance_of_trials < np.inf):
        return NAN
    own = quotient(sharpe_ratio(returns, risk_free_rate, periods_per_year), float(np.sqrt(periods_per_year)))
    expected = 0.0 if trials == 1 else float(np.sqrt(variance_of_trials)) * _expected_maximum(trials)
    return _probability_above(returns, own, expected)


def _expected_maximum(trials: int) -> float:
    # Of so many standard normals.
    high, higher = -ndtri(1 / trials), -ndtri(1 / trials / np.e)
    return float((1 - np.euler_gamma) * high + np.euler_gamma * higher)


def _probability_above(returns: ArrayLike, own: float, threshold: float) -> float:
    found = measurable(returns, FEWEST_RETURNS)
    if found is None or not np.isfinite(own):
        return NAN
    spread = 1 - skewness(found) * own + (excess_kurtosis(found) + 2) / 4 * own**2
    return finite(ndtr((own - threshold) * np.sqrt(len(found) - 1) / np.sqrt(spread))) if spread > 0 else NAN


def _shortfall(returns: Numbers, rate: float) -> float:
    short = returns - rate
    np.minimum(short, 0.0, out=short)
    return noticeable(float(np.sqrt(short @ short / len(short))))


def _moment(returns: ArrayLike, order: int) -> float:
    found = measurable(returns, FEWEST_RETURNS)
    if found is None or not deviation(found) > 0:
        return NAN
    about = found - mean(found)
    squares = np.square(about)
    powers = squares * (about if order == 3 else squares)
    return finite(float(np.mean(powers) / np.mean(squares) ** (order / 2)))
