"""Prices made comparable over splits and dividends.

A factor is what a price of a session is multiplied with to stand beside the latest one: 1 after the last action.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


def split_factors(sessions: ArrayLike, splits: ArrayLike) -> Vector:
    """Return what raw prices are multiplied with to be adjusted for splits: (n,).

    Parameters
    ----------
    sessions : (n,) ordinals of days, ascending.
    splits : (k, 2) the ordinal of each ex date, and new units for one old, greater than 0; it counts for the sessions
        before its ex date.

    Where anything is not a finite number, all is NaN.
    """
    days, actions = _days(sessions), _pairs(splits)
    factors = np.ones(len(days))
    if not _are_finite(days, actions):
        return np.full(len(days), np.nan)
    for ex_date, ratio in actions:
        factors[: np.searchsorted(days, ex_date)] /= ratio
    return factors


def adjustment_factors(sessions: ArrayLike, closes: ArrayLike, splits: ArrayLike, dividends: ArrayLike) -> Vector:
    """Return what raw closes are multiplied with to be adjusted for splits and cash dividends: (n,).

    The closes before a dividend are multiplied with 1 - cash / the close before it.  One that is worth the whole close,
    or that comes before the first session, changes nothing: nobody was paid it at these prices.

    Parameters
    ----------
    sessions : (n,) ordinals of days, ascending.
    closes : (n,) as they were traded.
    splits : (k, 2) the ordinal of each ex date, and new units for one old, greater than 0.
    dividends : (m, 2) the ordinal of each ex date, and the cash for one unit as it was then.

    Where anything is not a finite number, all is NaN.
    Source: CRSP, *Calculations Guide*, factor to adjust price (FACPR), with total returns' cash in it.
    """
    days, prices, actions, payments = _days(sessions), _days(closes), _pairs(splits), _pairs(dividends)
    factors = split_factors(days, actions)
    if not _are_finite(days, prices, actions, payments):
        return np.full(len(days), np.nan)
    for ex_date, cash in payments:
        place = int(np.searchsorted(days, ex_date))
        if place == 0:
            continue
        # Of a split on the same day, cash is for a unit after it, the close for one before.
        on_the_day = actions[(actions[:, 0] > days[place - 1]) & (actions[:, 0] <= ex_date), 1]
        before = float(prices[place - 1] / np.prod(on_the_day))
        if 0.0 < cash < before:
            factors[:place] *= 1.0 - cash / before
    return factors


def _days(values: ArrayLike) -> Vector:
    return np.asarray(values, dtype=np.float64)


def _pairs(values: ArrayLike) -> Vector:
    return np.asarray(values, dtype=np.float64).reshape(-1, 2)


def _are_finite(*arrays: Vector) -> bool:
    return all(bool(np.isfinite(each).all()) for each in arrays)
