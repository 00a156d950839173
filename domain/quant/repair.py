"""Finds prices that were written in another unit, or with a split applied wrongly, and says what mends them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from domain.quant.adjustment import adjustment_factors, split_factors

Vector = NDArray[np.float64]

# Units that are mixed up: pounds and pence, dollars and cents.
_HUNDRED = 100.0
# A price moves less than this from one session to the next, as a rule, and less than that once mended: logarithms.
_SUSPICIOUS = 0.6
_ORDINARY = 0.3
# What rounding makes of an adjusted price: logarithm.
_ROUNDED = 0.002
# Days around an ex date in which a split can have been applied wrongly from some session on.
_NEAR = 45.0
# The last sessions, of which most are of one unit.
_LATEST = 7


def repair_factors(sessions: ArrayLike, closes: ArrayLike, splits: ArrayLike, known: ArrayLike = ()) -> Vector:
    """Return what each close is multiplied with to be right: (n,), 1 where nothing is wrong.

    Walks back from the latest session, or from a close that is known to be right.  A step is suspicious that is larger
    than prices move; if a factor of a hundred, or the ratio of a split near it, makes an ordinary step of it, that
    factor counts from there on back, until another step undoes it.  What no such factor explains is taken for what
    happened.

    Parameters
    ----------
    sessions : (n,) ordinals of days, ascending.
    closes : (n,) greater than 0, adjusted for splits, and for dividends where they can be large.
    splits : (k, 2) the ordinal of each ex date, and new units for one old, greater than 0.
    known : (m,) closes that are known to be right, greater than 0, the last of them of the time of the last session.

    Where anything is not a finite number, all is NaN.
    Source: the faults that yfinance's price repair describes (github.com/ranaroussi/yfinance, Apache-2.0).
    """
    days, prices = np.asarray(sessions, dtype=np.float64), np.asarray(closes, dtype=np.float64)
    actions, right = np.asarray(splits, dtype=np.float64).reshape(-1, 2), np.asarray(known, dtype=np.float64)
    if not all(np.isfinite(each).all() for each in (days, prices, actions, right)):
        return np.full(len(days), np.nan)
    logs, found = np.log(prices), np.zeros(len(days))
    if not len(days):
        return found
    reference = float(np.log(right[-1])) if len(right) else _latest(logs)
    shift = 0.0
    for place in range(len(days) - 1, -1, -1):
        shift = _shift(reference - logs[place], shift, _steps(days[place], actions))
        found[place] = shift
        reference = logs[place] + shift
    return np.exp(found)


def column_factors(values: ArrayLike, closes: ArrayLike, factors: ArrayLike) -> Vector:
    """Return what each open, high or low is multiplied with to stand beside its mended close: (n,).

    As a rule that of its close; one, a hundred or a hundredth where that brings it closer by far.

    Parameters
    ----------
    values : (n,) as they were observed, greater than 0.
    closes : (n,) mended.
    factors : (n,) of the closes, as `repair_factors` gives them.

    Where anything is not a finite number, that session is NaN.
    """
    own, beside, told = (np.asarray(each, dtype=np.float64) for each in (values, closes, factors))
    with np.errstate(invalid="ignore", divide="ignore"):
        options = np.stack((told, np.ones_like(told), told * _HUNDRED, told / _HUNDRED))
        distances = np.abs(np.log(own * options / beside))
    is_finite = np.isfinite(distances).all(axis=0)
    distances = np.where(is_finite, distances, 0.0)
    # The close's own factor stands unless it leaves the value far off.
    distances[0] -= np.where(distances[0] < _SUSPICIOUS, np.inf, 0.0)
    chosen = options[np.argmin(distances, axis=0), np.arange(len(told))]
    return np.where(is_finite, chosen, np.nan)


def dividend_shares(
    sessions: ArrayLike, closes: ArrayLike, adjusted: ArrayLike, splits: ArrayLike, dividends: ArrayLike
) -> Vector:
    """Return how much of each dividend somebody's adjusted closes allow for: (m,), 1 all of it, 0 nothing.

    Parameters
    ----------
    sessions : (n,) ordinals of days, ascending.
    closes : (n,) greater than 0, as they were traded.
    adjusted : (n,) the same closes as somebody adjusts them for splits and dividends, greater than 0.
    splits : (k, 2) the ordinal of each ex date, and new units for one old, greater than 0.
    dividends : (m, 2) the ordinal of each ex date, and the cash for one unit as it was then.

    NaN for a dividend of less than 0.2 % of the close before it, which rounding hides, and for one that does not come
    after the first session and by the last.  Where anything is not a finite number, all is NaN.
    """
    days, prices, told = (np.asarray(each, dtype=np.float64) for each in (sessions, closes, adjusted))
    actions, payments = (np.asarray(each, dtype=np.float64).reshape(-1, 2) for each in (splits, dividends))
    shares = np.full(len(payments), np.nan)
    if not all(np.isfinite(each).all() for each in (days, prices, told, actions, payments)):
        return shares
    steps = np.log(told / prices / split_factors(days, actions))
    for number, (place, payment) in enumerate(zip(np.searchsorted(days, payments[:, 0]), payments, strict=True)):
        if not 0 < place < len(days):
            continue
        around = slice(place - 1, place + 1)
        splits_between = actions[(actions[:, 0] > days[place - 1]) & (actions[:, 0] <= days[place])]
        both = adjustment_factors(days[around], prices[around], splits_between, [payment])
        expected = float(np.log(both[0] / split_factors(days[around], splits_between)[0]))
        if -expected > _ROUNDED:
            shares[number] = (steps[place - 1] - steps[place]) / expected
    return shares


def _latest(logs: Vector) -> float:
    """Return the logarithm of the latest close; of the middle of the last ones where it alone is another unit's."""
    middle = float(np.median(logs[-_LATEST:]))
    is_alone = abs(abs(float(logs[-1]) - middle) - np.log(_HUNDRED)) <= _ORDINARY
    return middle if is_alone else float(logs[-1])


def _steps(day: float, actions: Vector) -> Vector:
    """Return the logarithms of the factors that can be wrong on a day."""
    ratios = actions[np.abs(actions[:, 0] - day) <= _NEAR, 1]
    sizes = np.log(np.concatenate(([_HUNDRED], ratios)))
    return np.concatenate((sizes, -sizes))


def _shift(step: float, shift: float, sizes: Vector) -> float:
    """Return the shift of a session whose close is `step` below its mended neighbour, which has `shift`."""
    if abs(step - shift) <= _SUSPICIOUS:
        return shift
    options = np.concatenate(([0.0], shift + sizes))
    best = float(options[np.argmin(np.abs(step - options))])
    distance = abs(step - best)
    # Cheap shares move much: what brings them closer by far is still the better reading.
    return best if distance <= _ORDINARY or 4 * distance <= abs(step - shift) else shift
