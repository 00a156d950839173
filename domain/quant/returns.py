"""Returns of a portfolio: of its days, linked over time, by segment, and over a period with flows."""

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Numbers, finite, series

DAYS_PER_YEAR = 365


def time_weighted_returns(values: ArrayLike, flows: ArrayLike) -> Numbers:
    """True time-weighted return of each day: what the day made of the capital that was at work in it.

    Money that comes in is at work from the start of its day, money that goes out until the end of it:
    r[t] = (values[t + 1] - values[t] - flows[t]) / (values[t] + max(flows[t], 0)). So what is sold at a gain and taken
    out on the same day has a return.

    Parameters
    ----------
    values : (n + 1,), worth at the end of each day, oldest first; the first is the worth before the first day.
    flows : (n,), money from outside on each day, positive when it comes in.

    Returns (n,) fractions. NaN on a day without capital: values[t] + max(flows[t], 0) is negative, or zero up to
    rounding. NaN on a day of which a number is not finite. Never infinite.

    Raises `ValueError` unless there is one value more than flows.

    Source: Bacon, "Practical Portfolio Performance Measurement and Attribution", chapter "The Mathematics of
    Portfolio Return".
    """
    values, flows = series("values", values), series("flows", flows)
    if len(values) != len(flows) + 1:
        raise ValueError(f"expected one value more than flows, got {len(values)} values and {len(flows)} flows")
    before = values[:-1]
    with np.errstate(all="ignore"):
        capital = capital_at_work(before, flows)
        # 0.1 + 0.2 - 0.3 is not zero, and would make a return of any size of a rounding error.
        invested = capital > ROUNDING * np.maximum(np.abs(before), np.abs(flows))
        returns = np.where(invested, (values[1:] - before - flows) / capital, np.nan)
    return np.where(np.isfinite(returns), returns, np.nan)


def capital_at_work(before: ArrayLike, flows: ArrayLike) -> Numbers:
    """What the return of a day is a fraction of: the worth before it, and what came in.

    Parameters
    ----------
    before : (n,), worth at the end of the day before.
    flows : (n,), money from outside on each day, positive when it comes in.

    Returns (n,). NaN where either is not finite, or their sum is not.
    """
    worth, moved = series("before", before), series("flows", flows)
    with np.errstate(all="ignore"):
        capital = worth + np.maximum(moved, 0.0)
    return np.where(np.isfinite(capital) & np.isfinite(moved), capital, np.nan)


def wealth(returns: ArrayLike) -> Numbers:
    """What 1 has grown to before the first return and after each.

    Parameters
    ----------
    returns : (n,), simple returns as fractions, oldest first.

    Returns (n + 1,), beginning with 1. NaN from the first return on that is not finite, and after a wealth below
    zero: a debt cannot be invested, and compounding it would turn the next gain into a loss. A wealth of zero remains
    zero.
    """
    growth = 1 + series("returns", returns)
    with np.errstate(all="ignore"):
        grown = np.concatenate(([1.0], np.cumprod(np.where(np.isfinite(growth), growth, np.nan))))
    grown[~np.isfinite(grown)] = np.nan
    in_debt = np.flatnonzero(grown < 0)
    if in_debt.size:
        grown[in_debt[0] + 1 :] = np.nan
    return grown


def link(returns: ArrayLike) -> float:
    """Total return of all periods together, by compounding.

    Parameters
    ----------
    returns : (n,), simple returns as fractions, oldest first.

    Returns a fraction. NaN if there are none, if one is not finite, or if one but the last leaves less than nothing
    (below -1).
    """
    grown = wealth(returns)
    return float(grown[-1] - 1) if len(grown) > 1 else float("nan")


def contributions(daily: ArrayLike, returns: ArrayLike) -> Numbers:
    """Contribution of each segment to the linked return: its gain of each day on the wealth that the day began with.

    c[i] = sum over t of wealth[t] * daily[t, i]. Segments that make up each day's return make up the linked return,
    to 1e-9 and better, with nothing left to smooth away. Segments of several kinds (positions, tags) may be asked
    together.

    Parameters
    ----------
    daily : (n_days, n_segments), gain of a segment over the capital of the whole portfolio (values[t] + flows[t]).
    returns : (n_days,), time-weighted returns of the whole portfolio as fractions, oldest first.

    Returns (n_segments,) fractions of the wealth at the beginning. NaN for a segment of which a number is not finite.
    NaN for all if there are no days, or where `link` of the returns is NaN.

    Raises `ValueError` on other shapes.
    """
    returns = series("returns", returns)
    shares = np.asarray(daily, dtype=np.float64)
    if shares.ndim != 2 or len(shares) != len(returns):
        raise ValueError(f"expected daily of shape ({len(returns)}, n_segments) for these returns, got {shares.shape}")
    grown = wealth(returns)
    if not len(returns) or not np.isfinite(grown[-1]):
        return np.full(shares.shape[1], np.nan)
    with np.errstate(all="ignore"):
        summed = np.asarray(np.einsum("t,ti->i", grown[:-1], shares), dtype=np.float64)
    return np.where(np.isfinite(summed), summed, np.nan)


def simple_return(start_value: float, end_value: float, net_flow: float = 0.0) -> float:
    """Gain over the money put in: the value at the start and all that came in since, less what was taken out.

    It does not ask when money came: as if all flows were at the start.

    Parameters
    ----------
    start_value, end_value : worth at the beginning and at the end.
    net_flow : money from outside in between, positive when more came in than was taken out.

    Returns a fraction. NaN unless the money put in is positive and all is finite.
    """
    return modified_dietz(start_value, end_value, [net_flow], [1.0])


def modified_dietz(start_value: float, end_value: float, flows: ArrayLike, weights: ArrayLike) -> float:
    """Return of a period by Modified Dietz: gain over the average capital, each flow weighed by the time it was there.

    (end - start - sum of flows) / (start + sum of weights * flows).

    Parameters
    ----------
    start_value, end_value : worth at the beginning and at the end, the flows included.
    flows : (n,), money from outside, positive when it comes in.
    weights : (n,), the part of the period, from 0 to 1, that was left when the flow came.

    Returns a fraction of the period, not annualized. NaN unless the average capital is positive, beyond rounding, all
    is finite and each weight is from 0 to 1.

    Raises `ValueError` unless there are as many weights as flows.

    Source: Dietz, "Pension Funds: Measuring Investment Performance", 1966; Bacon, "Practical Portfolio Performance
    Measurement and Attribution", chapter "The Mathematics of Portfolio Return".
    """
    flows, weights = series("flows", flows), series("weights", weights)
    if len(flows) != len(weights):
        raise ValueError(f"expected a weight for each flow, got {len(weights)} weights for {len(flows)} flows")
    if not np.all((weights >= 0) & (weights <= 1)):
        return float("nan")
    with np.errstate(all="ignore"):
        weighted = weights * flows
        capital = start_value + np.sum(weighted)
        gain = end_value - start_value - np.sum(flows)
        largest = abs(start_value) + np.sum(np.abs(weighted))
        return finite(gain / capital) if capital > ROUNDING * largest else float("nan")


def annualize(total_return: float, days: float) -> float:
    """Yearly rate that compounds to a total return: (1 + total_return) ** (365 / days) - 1.

    Parameters
    ----------
    total_return : return of the whole period, as a fraction.
    days : calendar days of the period.

    Returns a fraction a year. NaN under 365 days: what was made in a part of a year says nothing of a whole one. NaN
    for a loss of more than everything, and for what is not finite.
    """
    if not np.isfinite(days) or days < DAYS_PER_YEAR or not total_return >= -1:
        return float("nan")
    return finite((1 + total_return) ** (DAYS_PER_YEAR / days) - 1)
