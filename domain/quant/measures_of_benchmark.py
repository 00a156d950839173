"""How returns compare with those of a benchmark.

In all measures, `returns` and `benchmark` are (n,) simple returns of the same periods as fractions, oldest first,
`periods_per_year` is 252 for daily ones, and `risk_free_rate` is of a year: its period's rate compounds to it.
Deviations are of the sample (ddof 1).  NaN if a return is not finite or below -1, for fewer than 20 of them, and where
what is divided by is zero up to rounding.  Raises `ValueError` unless both are as long.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Numbers
from domain.quant.measured import NAN, comparable, deviation, quotient, rate_of_a_period
from domain.quant.registry import Unit, measure


@measure(unit=Unit.RATIO, higher_is_better=None)
def beta(returns: ArrayLike, benchmark: ArrayLike) -> float:
    """Covariance with the benchmark over the benchmark's variance.

    Source: Sharpe, "Capital Asset Prices", Journal of Finance 19(3), 1964.
    """
    found = comparable(returns, benchmark)
    return NAN if found is None else _line(*found).beta


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=True)
def alpha(returns: ArrayLike, benchmark: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Mean return beyond the risk-free rate less beta times the benchmark's, of a year (Jensen's alpha).

    Source: Jensen, "The Performance of Mutual Funds in the Period 1945-1964", Journal of Finance 23(2), 1968.
    """
    found = comparable(returns, benchmark)
    if found is None:
        return NAN
    line, rate = _line(*found), rate_of_a_period(risk_free_rate, periods_per_year)
    return float((line.mean - rate - line.beta * (line.mean_of_benchmark - rate)) * periods_per_year)


@measure(unit=Unit.RATIO, higher_is_better=None)
def correlation_with_benchmark(returns: ArrayLike, benchmark: ArrayLike) -> float:
    """Correlation with the benchmark, from -1 to 1.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Regression".
    """
    found = comparable(returns, benchmark)
    return NAN if found is None else _line(*found).correlation


@measure(unit=Unit.FRACTION, higher_is_better=None)
def r_squared(returns: ArrayLike, benchmark: ArrayLike) -> float:
    """Part of the variance that the benchmark explains: the squared correlation.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Regression".
    """
    return correlation_with_benchmark(returns, benchmark) ** 2


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=True)
def active_return(returns: ArrayLike, benchmark: ArrayLike, periods_per_year: float) -> float:
    """Mean return beyond the benchmark's, times the periods of a year.

    Source: Grinold and Kahn, "Active Portfolio Management", 2nd edition, chapter "Exceptional Return, Benchmarks, and
    Value Added".
    """
    found = comparable(returns, benchmark)
    return NAN if found is None else float(np.mean(found[0] - found[1]) * periods_per_year)


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=False)
def tracking_error(returns: ArrayLike, benchmark: ArrayLike, periods_per_year: float) -> float:
    """Deviation of the returns beyond the benchmark's, times the root of the periods in a year.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Relative Risk".
    """
    found = comparable(returns, benchmark)
    return NAN if found is None else float(deviation(found[0] - found[1]) * np.sqrt(periods_per_year))


@measure(unit=Unit.RATIO, higher_is_better=True)
def information_ratio(returns: ArrayLike, benchmark: ArrayLike, periods_per_year: float) -> float:
    """Mean return beyond the benchmark's over its deviation, both of a year.

    Source: Goodwin, "The Information Ratio", Financial Analysts Journal 54(4), 1998.
    """
    found = comparable(returns, benchmark)
    if found is None:
        return NAN
    active = found[0] - found[1]
    return quotient(float(np.mean(active) * np.sqrt(periods_per_year)), deviation(active))


@measure(unit=Unit.RATIO, higher_is_better=True)
def treynor_ratio(returns: ArrayLike, benchmark: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Mean return of a year beyond the risk-free rate over beta; undefined for a beta not above zero.

    Source: Treynor, "How to Rate Management of Investment Funds", Harvard Business Review 43(1), 1965.
    """
    found = comparable(returns, benchmark)
    if found is None:
        return NAN
    line = _line(*found)
    return quotient((line.mean - rate_of_a_period(risk_free_rate, periods_per_year)) * periods_per_year, line.beta)


@measure(unit=Unit.FRACTION_A_YEAR, higher_is_better=True)
def modigliani_return(
    returns: ArrayLike, benchmark: ArrayLike, risk_free_rate: float, periods_per_year: float
) -> float:
    """Mean return of a year that the series would have had at the benchmark's deviation (M squared).

    Source: Modigliani and Modigliani, "Risk-Adjusted Performance", Journal of Portfolio Management 23(2), 1997.
    """
    found = comparable(returns, benchmark)
    if found is None:
        return NAN
    rate = rate_of_a_period(risk_free_rate, periods_per_year)
    scale = quotient(deviation(found[1]), deviation(found[0]))
    return float(((float(np.mean(found[0])) - rate) * scale + rate) * periods_per_year)


@measure(unit=Unit.RATIO, higher_is_better=True)
def appraisal_ratio(returns: ArrayLike, benchmark: ArrayLike, risk_free_rate: float, periods_per_year: float) -> float:
    """Alpha over the deviation of what the benchmark does not explain, both of a year.

    Source: Treynor and Black, "How to Use Security Analysis to Improve Portfolio Selection", Journal of Business 46(1),
    1973.
    """
    found = comparable(returns, benchmark)
    if found is None:
        return NAN
    own, other = found
    line = _line(own, other)
    unexplained = deviation(own - line.beta * other) if np.isfinite(line.beta) else NAN
    return quotient(alpha(own, other, risk_free_rate, periods_per_year), unexplained * float(np.sqrt(periods_per_year)))


@measure(unit=Unit.RATIO, higher_is_better=True)
def up_capture(returns: ArrayLike, benchmark: ArrayLike) -> float:
    """Mean geometric return in periods in which the benchmark gained, over the benchmark's.

    NaN where it never gained.

    Source: Morningstar, "Upside and Downside Capture Ratio" methodology.
    """
    return _capture(returns, benchmark, 1.0)


@measure(unit=Unit.RATIO, higher_is_better=False)
def down_capture(returns: ArrayLike, benchmark: ArrayLike) -> float:
    """Mean geometric return in periods in which the benchmark lost, over the benchmark's.

    NaN where it never lost.

    Source: Morningstar, "Upside and Downside Capture Ratio" methodology.
    """
    return _capture(returns, benchmark, -1.0)


@measure(unit=Unit.RATIO, higher_is_better=True)
def capture_ratio(returns: ArrayLike, benchmark: ArrayLike) -> float:
    """Up capture over down capture; undefined where the series gained while the benchmark lost.

    Source: Morningstar, "Upside and Downside Capture Ratio" methodology.
    """
    return quotient(up_capture(returns, benchmark), down_capture(returns, benchmark))


@measure(unit=Unit.FRACTION, higher_is_better=True)
def batting_average(returns: ArrayLike, benchmark: ArrayLike) -> float:
    """Part of the periods in which the series returned more than the benchmark.

    Source: Bacon, "Practical Risk-Adjusted Performance Measurement", chapter "Relative Risk".
    """
    found = comparable(returns, benchmark)
    return NAN if found is None else float(np.mean(found[0] - found[1] > ROUNDING))


class _Line(NamedTuple):
    beta: float
    correlation: float
    mean: float
    mean_of_benchmark: float


def _line(own: Numbers, other: Numbers) -> _Line:
    """Return the straight line through the returns of both; NaN where one does not vary."""
    mean, mean_of_benchmark = float(np.mean(own)), float(np.mean(other))
    about, about_benchmark = own - mean, other - mean_of_benchmark
    together, spread = float(about @ about_benchmark), float(about_benchmark @ about_benchmark)
    varies, benchmark_varies = deviation(own) > 0, deviation(other) > 0
    # What rounding leaves of a series that does not vary has no slope, and nothing may be divided by that.
    slope = (together / spread if varies else 0.0) if benchmark_varies else NAN
    both = float(np.sqrt((about @ about) * spread))
    correlation = together / both if varies and benchmark_varies else NAN
    # `min` and `max` would make 1 of NaN.
    return _Line(slope, float(np.clip(correlation, -1.0, 1.0)), mean, mean_of_benchmark)


def _capture(returns: ArrayLike, benchmark: ArrayLike, sign: float) -> float:
    found = comparable(returns, benchmark)
    if found is None:
        return NAN
    own, other = found
    chosen = sign * other > ROUNDING
    count = int(np.count_nonzero(chosen))
    if not count:
        return NAN
    with np.errstate(all="ignore"):
        made, compared = (np.expm1(np.mean(np.log1p(each[chosen]))) for each in (own, other))
        return float(made / compared)
