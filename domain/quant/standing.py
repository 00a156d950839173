"""Where numbers stand among those of their group: percentile ranks, and robust scores.

In all functions `values` has shape (n,), in any unit, and `groups` shape (n,), the number of each one's group, where a
negative number or NaN is no group. The result has shape (n,). It is NaN where the value or the group is not finite or
there is no group, and where fewer than `fewest` of a group have a finite value: what is missing counts for nobody.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from domain.quant.arrays import Numbers, series

# What a median absolute deviation is multiplied by to estimate the standard deviation of normal numbers.
NORMAL_DEVIATIONS = 1.482602218505602


class _Sorted(NamedTuple):
    """The finite values in the order of their groups, then of themselves.

    `places` are where each stands among those given; `starts` and `sizes` are those of the group of each.
    """

    values: Numbers
    places: NDArray[np.intp]
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]


def percentile_rank(values: ArrayLike, groups: ArrayLike, fewest: int = 2) -> Numbers:
    """Return what percent of the others of its group each number is above: 0 for the least, 100 for the greatest.

    Of equal numbers half count as below.  NaN as in all functions here.
    """
    found, own = _sorted(values, groups)
    # Runs of equal numbers of one group.
    begins = np.flatnonzero(_changes(own.starts) | _changes(own.values))
    lengths = np.diff(np.append(begins, len(own.values)))
    below = np.repeat(begins + (lengths - 1) / 2, lengths) - own.starts
    told = own.sizes >= max(fewest, 2)
    found[own.places[told]] = 100 * below[told] / (own.sizes[told] - 1)
    return found


def robust_score(values: ArrayLike, groups: ArrayLike, fewest: int = 2) -> Numbers:
    """Return how far each number is from the median of its group, in deviations.

    The deviation is 1.4826 times the median absolute deviation, which estimates the standard deviation of normal
    numbers and which half of them may spoil without moving it (Rousseeuw and Croux, 1993). NaN also where that is
    zero, or so little that no number holds the score.
    """
    found, own = _sorted(values, groups)
    distance = own.values - _medians(own.values, own)
    # Sorted again: the groups stay where they are.
    magnitudes = np.abs(distance)
    deviation = NORMAL_DEVIATIONS * _medians(magnitudes[np.lexsort((magnitudes, own.starts))], own)
    told = (own.sizes >= fewest) & (deviation > 0)
    # A deviation of next to nothing makes scores that no number holds.
    with np.errstate(over="ignore"):
        scores = distance[told] / deviation[told]
    found[own.places[told]] = np.where(np.isfinite(scores), scores, np.nan)
    return found


def _sorted(values: ArrayLike, groups: ArrayLike) -> tuple[Numbers, _Sorted]:
    numbers, kinds = series("values", values), series("groups", groups)
    if len(numbers) != len(kinds):
        raise ValueError(f"expected a group for each of {len(numbers)} values, got {len(kinds)}")
    known = np.flatnonzero(np.isfinite(numbers) & np.isfinite(kinds) & (kinds >= 0))
    places = known[np.lexsort((numbers[known], kinds[known]))]
    begins = np.flatnonzero(_changes(kinds[places]))
    sizes = np.diff(np.append(begins, len(places)))
    own = _Sorted(numbers[places], places, np.repeat(begins, sizes), np.repeat(sizes, sizes))
    return np.full(len(numbers), np.nan), own


def _changes(numbers: NDArray[np.float64] | NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether each is the first, or another than the one before."""
    return np.concatenate([np.ones(min(len(numbers), 1), dtype=bool), numbers[1:] != numbers[:-1]])


def _medians(ordered: Numbers, own: _Sorted) -> Numbers:
    """Return the median of the group of each, of numbers that are in order within each group."""
    low = ordered[own.starts + (own.sizes - 1) // 2]
    medians: Numbers = low + (ordered[own.starts + own.sizes // 2] - low) / 2
    return medians
