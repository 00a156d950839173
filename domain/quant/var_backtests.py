"""Whether losses beyond a value at risk came as often as they should, and one by one."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, chdtrc, xlog1py, xlogy

from domain.quant.arrays import finite, series
from domain.quant.measured import NAN


class Zone(Enum):
    """What a supervisor makes of the number of exceptions."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"
    """Nothing was counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VarBacktest:
    """Exceptions, and how likely so many, or so close together, are by chance."""

    observations: int
    exceptions: int
    expected: float
    unconditional: float
    """Statistic of Kupiec's test: chi squared with 1 degree of freedom."""
    unconditional_p_value: float
    independence: float
    """Statistic of Christoffersen's test of independence: chi squared with 1 degree of freedom."""
    independence_p_value: float
    conditional: float
    """The sum of both: chi squared with 2 degrees of freedom."""
    conditional_p_value: float
    zone: Zone


def backtest(returns: ArrayLike, value_at_risk: ArrayLike, confidence: float = 0.95) -> VarBacktest:
    """Hold values at risk against what was lost.

    Parameters
    ----------
    returns : (n,), simple returns as fractions, oldest first.
    value_at_risk : (n,) or one for all, the loss told for each period before it, as a positive fraction.
    confidence : of the loss not being exceeded, between 0 and 1.

    Returns statistics and p-values; NaN if there are no periods or a number is not finite, when the zone is unknown,
    and for independence with fewer than two. The zone is green where so many exceptions or fewer come with a
    probability under 95 %, and red from 99.99 % on.

    Raises `ValueError` on shapes that do not fit, and on a confidence not between 0 and 1.

    Source: Kupiec, "Techniques for Verifying the Accuracy of Risk Measurement Models", Journal of Derivatives 3(2),
    1995; Christoffersen, "Evaluating Interval Forecasts", International Economic Review 39(4), 1998; Basel Committee,
    "Supervisory Framework for the Use of Backtesting", 1996, for the zones.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, got {confidence}")
    found = series("returns", returns)
    told = np.broadcast_to(np.asarray(value_at_risk, dtype=np.float64), found.shape)
    count, tail = len(found), 1 - confidence
    if not count or not (np.isfinite(found).all() and np.isfinite(told).all()):
        return _backtest(count, 0, NAN, NAN, NAN, Zone.UNKNOWN)
    hits = -found > told
    exceptions = int(np.count_nonzero(hits))
    often = 2 * (_log_likelihood(exceptions, count, exceptions / count) - _log_likelihood(exceptions, count, tail))
    before, after = hits[:-1], hits[1:]
    again, once = int(np.count_nonzero(before & after)), int(np.count_nonzero(~before & after))
    of_hits, of_others = int(np.count_nonzero(before)), int(np.count_nonzero(~before))
    together = NAN
    if count > 1:
        own = _rate(again, of_hits), _rate(once, of_others)
        both = (again + once) / (count - 1)
        apart = _log_likelihood(again, of_hits, own[0]) + _log_likelihood(once, of_others, own[1])
        together = 2 * (apart - _log_likelihood(again + once, count - 1, both))
    return _backtest(
        count, exceptions, tail * count, max(0.0, often), _at_least_zero(together), _zone(exceptions, count, tail)
    )


def _backtest(count: int, exceptions: int, expected: float, often: float, together: float, zone: Zone) -> VarBacktest:
    return VarBacktest(
        observations=count,
        exceptions=exceptions,
        expected=expected,
        unconditional=finite(often),
        unconditional_p_value=finite(chdtrc(1, often)),
        independence=finite(together),
        independence_p_value=finite(chdtrc(1, together)),
        conditional=finite(often + together),
        conditional_p_value=finite(chdtrc(2, often + together)),
        zone=zone,
    )


def _at_least_zero(number: float) -> float:
    # Rounding alone takes a ratio of likelihoods below.
    return max(0.0, number) if np.isfinite(number) else NAN


def _rate(hits: int, count: int) -> float:
    return hits / count if count else 0.0


def _log_likelihood(hits: int, count: int, rate: float) -> float:
    return float(xlogy(hits, rate) + xlog1py(count - hits, -rate))


def _zone(exceptions: int, count: int, tail: float) -> Zone:
    up_to = float(bdtr(exceptions, count, tail))
    if up_to < 0.95:
        return Zone.GREEN
    return Zone.YELLOW if up_to < 0.9999 else Zone.RED
