"""Money-weighted return: the yearly rates at which what was paid in and what came out are worth the same.

With u = ln(1 + rate) * span and tau the time of a flow as a part of the span, the balance is the sum of a * exp(-u *
tau). Its roots are counted by a walk away from zero in both directions that ends where the flow at the end of the
span outweighs all others, so that there can be no root beyond.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import EPSILON, ROUNDING, Numbers, series

_DAYS_PER_YEAR = 365.0
# Logarithms of growth a year between which 1 + rate is a float, and more than nothing.
_LOWEST, _HIGHEST = -36.0, 709.0
_SMALLEST = float(np.finfo(np.float64).tiny)
# A root on a point of the walk is lost in rounding, and zero is the commonest root: the walk passes it by.
_FIRST, _STEP = 0.11, 0.25
_STEPS_BEFORE_DOUBLING = 16
# Enough for a span of 1e170 years: it is there so that no input makes a walk without end.
_MOST_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class InternalRate:
    """A money-weighted rate: the root nearest to zero, or NaN; and all roots, ascending."""

    rate: float
    roots: tuple[float, ...]


_NONE = InternalRate(float("nan"), ())


def xirr(days: ArrayLike, amounts: ArrayLike) -> InternalRate:
    """Money-weighted return a year: the rate at which the present values of all flows sum to zero, actual/365.

    Flows of one day are netted. There are at most as many roots as changes of sign in time (Descartes' rule): with
    one change there is one, with more there may be several, or none, and then no one rate tells the truth.

    Parameters
    ----------
    days : (n,), the day of each flow counted from any day, in any order.
    amounts : (n,), money as the investor's purse sees it: paid in negative; taken out, and the last worth, positive.

    Returns the root nearest to zero that is above -1 (of two as near, the negative one), and all roots between -1 +
    3e-16 and 8e307. NaN without a root: when all flows have one sign or one day, when there are none, when one is not
    finite.

    Raises `ValueError` unless there are as many days as amounts.

    Source: the equation is that of the spreadsheet function XIRR; the bound on roots is in Jameson, "Counting zeros
    of generalised polynomials", Mathematical Gazette 90, 2006.
    """
    days, amounts = series("days", days), series("amounts", amounts)
    if len(days) != len(amounts):
        raise ValueError(f"expected a day for each amount, got {len(days)} days for {len(amounts)} amounts")
    with np.errstate(all="ignore"):
        known = len(days) > 0 and np.isfinite(np.ptp(days)) and np.isfinite(np.max(np.abs(amounts)))
    if not known:
        return _NONE
    times, net = _netted(days, amounts)
    if len(net) < 2 or not (changes := _sign_changes(net)):
        return _NONE
    span = times[-1] - times[0]
    years, taus = span / _DAYS_PER_YEAR, (times - times[0]) / span
    balance = _Balance(_Side(taus, net), _Side((1 - taus)[::-1], net[::-1]))
    found = _roots(balance, changes, _LOWEST * years, _HIGHEST * years)
    roots = tuple(float(np.expm1(u / years)) for u in found)
    return InternalRate(min(roots, key=abs), roots) if roots else _NONE


class _Side:
    """The balance for discounts of one sign, with times counted from the end of the span that then weighs most.

    It is the sum of a * exp(-u * away) for u >= 0, divided by the sum of |a| * exp(-u * away): the same roots, and a
    size from -1 to 1.
    """

    def __init__(self, away: Numbers, amounts: Numbers) -> None:
        self._away = away
        self._rows = np.stack([amounts, np.abs(amounts)])
        self._edge = float(self._rows[1, 0])
        # All that is farther than this / u weighs less than e**-50 of the flow at the edge.
        self._reach = 50 + np.log(np.sum(self._rows[1])) - np.log(self._edge)

    def at(self, u: float) -> float:
        """Return the balance."""
        near = self._near(u)
        return self._weighed(np.exp(-u * self._away[:near]))[0]

    def walk(self, end: float) -> Iterator[tuple[float, float]]:
        """Iterate over points and balances from beside zero to the end, or to where no root can follow."""
        step, u = _STEP, _FIRST
        factors, ratio = np.exp(-u * self._away), np.exp(-step * self._away)
        balance, gross = self._weighed(factors)
        yield u, balance
        for count in range(1, _MOST_STEPS):
            u += step
            # exp(-(u + h) * away) is exp(-u * away) * exp(-h * away): a product is far cheaper than an exponential.
            factors *= ratio
            balance, gross = self._weighed(factors)
            yield u, balance
            if u >= end or 2 * self._edge > gross:
                return
            if count % _STEPS_BEFORE_DOUBLING == 0:
                step, near = 2 * step, self._near(u)
                factors, ratio = factors[:near], np.square(ratio[:near])

    def _near(self, u: float) -> int:
        return int(np.searchsorted(self._away, self._reach / u)) if u else len(self._away)

    def _weighed(self, factors: Numbers) -> tuple[float, float]:
        total, gross = self._rows[:, : len(factors)] @ factors
        return float(total / gross), float(gross)


@dataclass(frozen=True, slots=True)
class _Balance:
    """Both sides: rates above zero weigh early flows most, and rates below it late ones."""

    above: _Side
    below: _Side

    def __call__(self, u: float) -> float:
        return self.above.at(u) if u >= 0 else self.below.at(-u)

    def walk(self, lowest: float, highest: float) -> list[tuple[float, float]]:
        """Return points, ascending, between which roots are looked for, and the balance at each."""
        below = [(-u, size) for u, size in self.below.walk(-lowest)]
        return [*reversed(below), *self.above.walk(highest)]


def _netted(days: Numbers, amounts: Numbers) -> tuple[Numbers, Numbers]:
    """Return the days on which money moved, ascending, and the net amount of each in units of the largest flow."""
    times, place = np.unique(days, return_inverse=True)
    scaled = amounts / max(np.max(np.abs(amounts)), _SMALLEST)
    net = np.bincount(place, weights=scaled)
    # What rounding leaves of 0.1 + 0.2 - 0.3 would be a flow with a sign, and a root at an absurd rate.
    moved = np.abs(net) > ROUNDING * np.bincount(place, weights=np.abs(scaled))
    return times[moved], np.asarray(net[moved], dtype=np.float64)


def _sign_changes(net: Numbers) -> int:
    return int(np.count_nonzero(np.diff(np.sign(net))))


def _roots(balance: _Balance, most: int, lowest: float, highest: float) -> list[float]:
    """Return the roots between two bounds, ascending; there are at most so many."""
    points = balance.walk(lowest, highest)
    found: list[float] = [u for u, size in points if size == 0]
    for (left, at_left), (right, at_right) in pairwise(points):
        if at_left * at_right < 0:
            found.append(_crossing(balance, left, right))
    for before, middle, after in zip(points, points[1:], points[2:], strict=False):
        if len(found) + 2 <= most and _may_touch(before, middle, after):
            found += _touching(balance, before[0], after[0], np.sign(middle[1]))
    return sorted(u for u in found if lowest <= u <= highest)


def _crossing(balance: _Balance, left: float, right: float) -> float:
    """Return the root between two points that were seen on either side of zero."""
    at_left, at_right = balance(left), balance(right)
    if at_left * at_right >= 0:  # the walk's rounding and this one's differ: one of the points is the root
        return left if abs(at_left) <= abs(at_right) else right
    from scipy.optimize import brentq

    return float(brentq(balance, left, right, xtol=1e-15, rtol=4 * EPSILON))


def _may_touch(before: tuple[float, float], middle: tuple[float, float], after: tuple[float, float]) -> bool:
    """Whether two roots may hide by the middle one of three points on one side of zero.

    The second derivative of a balance is at most 1/2, twice a variance of times between 0 and 1, and less the more
    one end outweighs: an extreme within h of a point is within h * h / 4 of the balance there.
    """
    size = abs(middle[1])
    one_side = before[1] * middle[1] > 0 and middle[1] * after[1] > 0
    widest = max(after[0] - middle[0], middle[0] - before[0])
    return one_side and abs(before[1]) >= size < abs(after[1]) and size <= min(widest, 1) ** 2 / 4


def _touching(balance: _Balance, left: float, right: float, side: float) -> list[float]:
    """Return the two roots between points of one side, or the one where zero is touched, or none."""
    from scipy.optimize import minimize_scalar

    lowest = minimize_scalar(
        lambda u: side * balance(u), bounds=(left, right), method="bounded", options={"xatol": 1e-10}
    )
    bottom, size = float(lowest.x), float(lowest.fun)
    if abs(size) <= ROUNDING:
        return [bottom]
    return [_crossing(balance, left, bottom), _crossing(balance, bottom, right)] if size < 0 else []
