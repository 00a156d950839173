"""Prices made comparable over splits and dividends.

A factor is what a price of a session is multiplied with to stand beside the latest one: 1 after the last action.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Ordinals = NDArray[np.int32]


def split_factors(sessions: Ordinals, splits: Sequence[tuple[int, float]]) -> Vector:
    """Return what raw prices are multiplied with to be adjusted for splits: (n,).

    `sessions` are ascending ordinals of days, (n,).  Each split is the ordinal of its ex date and its ratio, new units
    for one old, greater than 0; it counts for the sessions before its ex date.
    """
    factors = np.ones(len(sessions))
    for ex_date, ratio in splits:
        factors[: np.searchsorted(sessions, ex_date)] /= ratio
    return factors


def adjustment_factors(
    sessions: Ordinals, closes: Vector, splits: Sequence[tuple[int, float]], dividends: Sequence[tuple[int, float]]
) -> Vector:
    """Return what raw closes are multiplied with to be adjusted for splits and cash dividends: (n,).

    `closes` are as they were traded, (n,), without NaN.  A dividend is the ordinal of its ex date and the cash for one
    unit as it was then; the closes before it are multiplied with 1 - cash / the close before.  One that is worth the
    whole close, or before the first session, changes nothing: nobody was paid it at these prices.
    Source: CRSP, *Calculations Guide*, factor to adjust price (FACPR), with total returns' cash in it.
    """
    factors = split_factors(sessions, splits)
    for ex_date, cash in dividends:
        place = int(np.searchsorted(sessions, ex_date))
        if place == 0:
            continue
        # Of a split on the same day, cash is for a unit after it, the close for one before.
        on_the_day = [ratio for day, ratio in splits if sessions[place - 1] < day <= ex_date]
        before = float(closes[place - 1]) / float(np.prod(on_the_day))
        if 0.0 < cash < before:
            factors[:place] *= 1.0 - cash / before
    return factors
