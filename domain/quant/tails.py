"""What may be lost in a period, and how much more when it is: value at risk and expected shortfall, by several methods.

In all of them, `returns` are (n,) simple returns as fractions, oldest first, and `confidence`, between 0 and 1, is that
of the loss not being exceeded.  A loss is a positive fraction; it is negative where even the tail gains.  NaN if a
return is not finite, for fewer than 20 of them, and where they do not vary.  Raises `ValueError` on another shape, and
on a confidence not between 0 and 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtri, stdtrit

from domain.quant.arrays import Numbers, finite, series
from domain.quant.measured import NAN, deviation, tail_weights
from domain.quant.recursion import averages
from domain.quant.volatility import FEWEST_RETURNS

DECAY = 0.94
"""Of variances from day to day: RiskMetrics, Technical Document, 4th edition, 1996."""

TAIL = 0.1
"""Part of the losses that a tail is fitted to."""

_FEWEST_BEYOND = 20
_ROOT_TWO_PI = float(np.sqrt(2 * np.pi))
# Degrees of freedom between which Student's t is sought; above, it is a normal distribution.
_FEW, _MANY = 1.5, 10_000.0
# The search ends this near to its bound, in parts of it, where the likeliest lies beyond.
_AT_THE_BOUND = 0.001
_FARTHEST = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TailRisk:
    """Losses of one period, as fractions."""

    value_at_risk: float
    expected_shortfall: float
    """Mean loss in the worst 1 - confidence of all cases."""
    is_valid: bool = True
    """Whether the data are such as the method is for."""


_UNKNOWN = TailRisk(value_at_risk=NAN, expected_shortfall=NAN, is_valid=False)


def historical(returns: ArrayLike, confidence: float = 0.95) -> TailRisk:
    """Losses as they were: the order statistic number ceil((1 - confidence) n), and the mean beyond.

    Of n losses, the largest first, the value at risk is number ceil((1 - confidence) n), and the shortfall the mean of
    the first (1 - confidence) n, of which the last counts by its fraction.

    Source: Acerbi and Tasche, "On the Coherence of Expected Shortfall", Journal of Banking and Finance 26(7), 2002.
    """
    found = _sample(returns, confidence)
    return _UNKNOWN if found is None else _ordered(-found, confidence)


def normal(returns: ArrayLike, confidence: float = 0.95) -> TailRisk:
    """Losses of a normal distribution with the mean and the deviation of the sample.

    Source: McNeil, Frey and Embrechts, "Quantitative Risk Management", section on value at risk.
    """
    found = _sample(returns, confidence)
    if found is None:
        return _UNKNOWN
    mean, spread = float(np.mean(found)), deviation(found)
    quantile = float(ndtri(confidence))
    beyond = _density(quantile) / (1 - confidence)
    return _risk(quantile * spread - mean, beyond * spread - mean)


def cornish_fisher(returns: ArrayLike, confidence: float = 0.95) -> TailRisk:
    """Losses of a normal distribution whose quantiles are moved by the skewness and excess kurtosis of the sample.

    Valid only where the moved quantiles still rise with the normal ones, four deviations to either side.

    Source: Cornish and Fisher, "Moments and Cumulants in the Specification of Distributions", 1937; Maillard, "A User's
    Guide to the Cornish Fisher Expansion", 2012, for where it is valid.
    """
    found = _sample(returns, confidence)
    if found is None:
        return _UNKNOWN
    with np.errstate(all="ignore"):
        mean, spread = float(np.mean(found)), deviation(found)
        about = found - mean
        squares = float(np.mean(about**2))
        skew, kurtosis = float(np.mean(about**3)) / squares**1.5, float(np.mean(about**4)) / squares**2 - 3
    tail = 1 - confidence
    z = float(ndtri(tail))
    # Of the powers of a standard normal below its quantile, the means.
    density = _density(z)
    one, two, three = -density / tail, 1 - z * density / tail, -density * (z * z + 2) / tail
    at, below = (_moved(*powers, skew, kurtosis) for powers in ((z, z * z, z**3), (one, two, three)))
    return _risk(-(mean + spread * at), -(mean + spread * below), is_valid=_rises(skew, kurtosis))


def student_t(returns: ArrayLike, confidence: float = 0.95) -> TailRisk:
    """Losses of Student's t distribution with the place, scale and degrees of freedom that are most likely.

    Degrees of freedom are sought from 1.5 to 10,000. Not valid where fewer would be likelier.

    Source: McNeil, Frey and Embrechts, "Quantitative Risk Management", section on value at risk, for its shortfall;
    Liu and Rubin, "ML Estimation of the t Distribution Using EM and its Extensions", Statistica Sinica 5, 1995.
    """
    found = _sample(returns, confidence)
    if found is None:
        return _UNKNOWN
    spread = deviation(found)
    standard = (found - float(np.mean(found))) / spread
    from scipy.optimize import minimize_scalar

    sought = minimize_scalar(
        lambda log: -_likelihood(standard, float(np.exp(log))),
        bounds=(np.log(_FEW), np.log(_MANY)),
        method="bounded",
        options={"xatol": 1e-4},
    )
    freedom = float(np.exp(sought.x))
    place, scale = _fitted(standard, freedom)
    quantile = float(stdtrit(freedom, confidence))
    density = float(np.exp(_log_density(np.array([quantile]), freedom)[0]))
    beyond = density / (1 - confidence) * (freedom + quantile**2) / (freedom - 1)
    mean = float(np.mean(found)) + spread * place
    is_within = freedom > _FEW * (1 + _AT_THE_BOUND)
    return _risk(spread * scale * quantile - mean, spread * scale * beyond - mean, is_valid=is_within)


def filtered_historical(returns: ArrayLike, confidence: float = 0.95, decay: float = DECAY) -> TailRisk:
    """Losses as they were, each over the volatility of its own day, at the volatility of the day to come.

    The variance of a day is decay times that of the day before and the rest of that day's squared return; the first is
    that of the whole sample.

    Parameters
    ----------
    returns, confidence : as of all methods.
    decay : from 0 to below 1.

    Returns losses; NaN as all methods.

    Raises `ValueError` on another decay.

    Source: Hull and White, "Incorporating Volatility Updating into the Historical Simulation Method for Value at Risk",
    Journal of Risk 1(1), 1998.
    """
    if not 0 <= decay < 1:
        raise ValueError(f"expected a decay from 0 to below 1, got {decay}")
    found = _sample(returns, confidence)
    if found is None:
        return _UNKNOWN
    with np.errstate(all="ignore"):
        squares = np.square(found)
        first = float(np.mean(squares))
        # An average may be of infinite squares only where there is no answer.
        if not np.isfinite(first):
            return _UNKNOWN
        variances = averages(squares, (1.0 - decay,), (first,))
        before = np.concatenate(([first], variances[:-1]))
        filtered = found * np.sqrt(variances[-1] / before)
    return _ordered(-filtered, confidence) if np.isfinite(filtered).all() else _UNKNOWN


def extreme_value(returns: ArrayLike, confidence: float = 0.99) -> TailRisk:
    """Losses of a generalized Pareto distribution that is fitted to the largest tenth of the losses.

    By probability-weighted moments. Not valid for fewer than 20 losses in the tail, for a confidence within what the
    tail leaves out, and without a mean (a shape of 1 and more): then the shortfall is NaN.

    Source: Hosking and Wallis, "Parameter and Quantile Estimation for the Generalized Pareto Distribution",
    Technometrics 29(3), 1987; McNeil, Frey and Embrechts, "Quantitative Risk Management", section on threshold
    exceedances, for value at risk and shortfall.
    """
    found = _sample(returns, confidence)
    if found is None:
        return _UNKNOWN
    losses = np.sort(-found)
    count = max(2, int(np.ceil(TAIL * len(losses) - 1e-9)))
    threshold = float(losses[-count - 1])
    beyond = losses[-count:] - threshold
    with np.errstate(all="ignore"):
        first = float(np.mean(beyond))
        places = (np.arange(1, count + 1) - 0.35) / count
        second = float(np.mean((1 - places) * beyond))
        slope = first - 2 * second
        if not slope > 0:  # nothing lies beyond the threshold
            return _UNKNOWN
        shape = 2 - first / slope
        scale = 2 * first * second / slope
        rate = len(losses) / count * (1 - confidence)
        grown = -float(np.log(rate)) if abs(shape) < 1e-9 else float((np.power(rate, -shape) - 1) / shape)
        at = threshold + scale * grown
        shortfall = (at + scale - shape * threshold) / (1 - shape) if shape < 1 else NAN
    good = count >= _FEWEST_BEYOND and rate <= 1 and shape < 1
    return _risk(at, shortfall, is_valid=bool(good))


def over_horizon(loss: float, returns: ArrayLike, periods: float) -> float:
    """Loss of several periods from that of one: the mean grows with their number, what is beyond it with its root.

    Exact for independent normal returns that add up; for others the usual approximation.

    Parameters
    ----------
    loss : value at risk or expected shortfall of one period, as a fraction.
    returns : (n,), those that it was made of.
    periods : how many, above zero.

    Returns a fraction. NaN if there are no returns, if a number is not finite, and unless periods is above zero.

    Source: Basel Committee, "Amendment to the Capital Accord to Incorporate Market Risks", 1996, for the root.
    """
    found = series("returns", returns)
    if not len(found) or not 0 < periods < np.inf:
        return NAN
    with np.errstate(all="ignore"):
        mean = float(np.mean(found))
        return finite(float(np.sqrt(periods)) * (float(loss) + mean) - float(periods) * mean)


def hill_index(returns: ArrayLike, tail: float = 0.05) -> float:
    """How fast the tail of losses thins out: the power of its decline; lower is fatter, and below 2 has no variance.

    One over the mean logarithm of the largest losses over the next one.

    Parameters
    ----------
    returns : (n,), simple returns as fractions.
    tail : part of all returns that is taken for the tail, above 0 and below 1.

    Returns a number above zero. NaN if a return is not finite, for fewer than 20 losses in the tail, and equal ones.

    Raises `ValueError` on another shape, and on another tail.

    Source: Hill, "A Simple General Approach to Inference About the Tail of a Distribution", Annals of Statistics 3(5),
    1975.
    """
    if not 0 < tail < 1:
        raise ValueError(f"expected a tail above 0 and below 1, got {tail}")
    found = series("returns", returns)
    count = int(np.ceil(tail * len(found) - 1e-9))
    if not np.isfinite(found).all() or count < _FEWEST_BEYOND or count >= len(found):
        return NAN
    losses = np.sort(-found)[-count - 1 :]
    if not losses[0] > 0:
        return NAN
    with np.errstate(all="ignore"):
        rate = float(np.mean(np.log(losses[1:] / losses[0])))
    return finite(1 / rate) if rate > 0 else NAN


def tail_moments(returns: ArrayLike, confidence: float = 0.95) -> tuple[float, float]:
    """Skewness and excess kurtosis of the losses beyond the historical value at risk.

    Parameters
    ----------
    returns, confidence : as of all methods.

    Returns both; NaN for fewer than 20 such losses, and where they do not vary.

    Source: as `measures_of_deviation.skewness`, of the tail alone.
    """
    found = _sample(returns, confidence)
    if found is None:
        return NAN, NAN
    losses = np.sort(-found)[-len(tail_weights(len(found), confidence)) :]
    if len(losses) < _FEWEST_BEYOND or not deviation(losses) > 0:
        return NAN, NAN
    about = losses - np.mean(losses)
    squares = float(np.mean(about**2))
    return finite(float(np.mean(about**3)) / squares**1.5), finite(float(np.mean(about**4)) / squares**2 - 3)


def _sample(returns: ArrayLike, confidence: float) -> Numbers | None:
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, got {confidence}")
    found = series("returns", returns)
    if len(found) < FEWEST_RETURNS or not np.isfinite(found).all():
        return None
    spread = deviation(found)
    return found if spread > 0 and np.isfinite(spread) else None


def _ordered(losses: Numbers, confidence: float) -> TailRisk:
    weights = tail_weights(len(losses), confidence)
    largest = np.sort(losses)[::-1][: len(weights)]
    with np.errstate(all="ignore"):
        return _risk(float(largest[-1]), float(weights @ largest))


def _risk(at: float, beyond: float, *, is_valid: bool = True) -> TailRisk:
    return TailRisk(value_at_risk=finite(at), expected_shortfall=finite(beyond), is_valid=is_valid)


def _density(z: float) -> float:
    return float(np.exp(-0.5 * z * z)) / _ROOT_TWO_PI


def _moved(one: float, two: float, three: float, skew: float, kurtosis: float) -> float:
    """Return the moved quantile, or its mean, from the powers of the normal one."""
    return one + (two - 1) * skew / 6 + (three - 3 * one) * kurtosis / 24 - (2 * three - 5 * one) * skew**2 / 36


def _rises(skew: float, kurtosis: float) -> bool:
    # The slope of the moved quantile is a z² + b z + c: over quantiles that come once in 30,000 cases or more often.
    a, b, c = kurtosis / 8 - skew**2 / 6, skew / 3, 1 - kurtosis / 8 + 5 * skew**2 / 36
    places = [-_FARTHEST, _FARTHEST]
    if a > 0 and abs(b) < 2 * a * _FARTHEST:
        places.append(-b / (2 * a))
    return all(a * z * z + b * z + c >= 0 for z in places)


def _fitted(numbers: Numbers, freedom: float) -> tuple[float, float]:
    """Return the place and scale of Student's t that are most likely at these degrees of freedom."""
    place, square = float(np.median(numbers)), float(np.mean(numbers**2))
    for _ in range(50):
        weights = (freedom + 1) / (freedom + (numbers - place) ** 2 / square)
        before = place, square
        place = float(np.sum(weights * numbers) / np.sum(weights))
        square = float(np.mean(weights * (numbers - place) ** 2))
        if abs(place - before[0]) + abs(square - before[1]) < 1e-9:
            break
    return place, float(np.sqrt(square))


def _likelihood(numbers: Numbers, freedom: float) -> float:
    place, scale = _fitted(numbers, freedom)
    return float(np.sum(_log_density((numbers - place) / scale, freedom)) - len(numbers) * np.log(scale))


def _log_density(numbers: Numbers, freedom: float) -> Numbers:
    constant = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - 0.5 * np.log(freedom * np.pi)
    found: Numbers = constant - (freedom + 1) / 2 * np.log1p(numbers**2 / freedom)
    return found
