"""Averages that never forget, in blocks: a matrix has what a number weighs in all that come after it in its block.

One step after another takes as long as it takes to wait for each.  What a block takes over from the one before it is
such a recursion itself, of as many numbers as there are blocks.

What measures are made of: whoever calls has looked at the numbers.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from domain.quant.arrays import Numbers

# Numbers in a block, and blocks whose carries are found in one product.
_SIZE: Final = 32
_MOST: Final = 128

_DISTANCES: Final = np.subtract.outer(np.arange(_MOST), np.arange(_MOST))
_BEFORE: Final = _DISTANCES < 0


def averages(
    numbers: Numbers, weights: tuple[float, ...], firsts: Sequence[float], factors: tuple[float, ...] = (1.0,)
) -> Numbers:
    """Sum of averages of the same numbers, each y = weight x + (1 - weight) y before, times a factor.

    Parameters
    ----------
    numbers : (n,), oldest first, all finite: one that is not spoils others than those after it.
    weights : (k,), of a number in each average: above 0, at most 1.
    firsts : (k,), what each average begins with, before the first number.
    factors : (k,), by which each is multiplied before they are added.

    Returns (n,).

    Source: the definition; blocks as in Blelloch, "Prefix Sums and Their Applications" (1990), section 1.4.
    """
    whole, rest = divmod(len(numbers), _SIZE)
    padded = np.zeros((whole + (rest > 0), _SIZE + len(weights)))
    padded[:whole, :_SIZE] = numbers[: whole * _SIZE].reshape(whole, _SIZE)
    if rest:
        padded[whole, :rest] = numbers[whole * _SIZE :]
    for column, (weight, first) in enumerate(zip(weights, firsts, strict=True), _SIZE):
        padded[:, column] = _carries(padded[:, :_SIZE], weight, first)
    found: Numbers = padded.dot(_matrix(weights, factors)).reshape(-1)
    return found[: len(numbers)]


def _carries(blocks: Numbers, weight: float, first: float) -> Numbers:
    """What each block takes over from those before it: (blocks,)."""
    kept = (1.0 - weight) ** _SIZE
    ends = np.empty(len(blocks))
    ends[:1] = first
    ends[1:] = blocks[:-1].dot(_last(weight))
    if len(ends) <= _MOST or kept == 0.0:
        return ends if kept == 0.0 else _powers(kept)[: len(ends), : len(ends)].dot(ends)
    # As an average the ends would weigh less than they do.
    ends[1:] = averages(ends[1:] / (1.0 - kept), (1.0 - kept,), (first,))
    return ends


@lru_cache(maxsize=64)
def _powers(kept: float) -> Numbers:
    """Powers of what is kept by distance, as far as one number comes after another: lower triangular."""
    powers = kept ** np.arange(_MOST, dtype=np.float64)
    found: Numbers = np.where(_BEFORE, 0.0, powers[np.where(_BEFORE, 0, _DISTANCES)])
    return found


@lru_cache(maxsize=64)
def _last(weight: float) -> Numbers:
    """What each number of a block weighs at its end."""
    found: Numbers = weight * (1.0 - weight) ** np.arange(_SIZE - 1.0, -1.0, -1.0)
    return found


@lru_cache(maxsize=64)
def _matrix(weights: tuple[float, ...], factors: tuple[float, ...]) -> Numbers:
    """What numbers of a block, and each of the carries, weigh at each place of it: (block + carries, block)."""
    after = np.arange(1.0, _SIZE + 1.0)
    inside = sum(
        factor * weight * _powers(1.0 - weight)[:_SIZE, :_SIZE].T
        for weight, factor in zip(weights, factors, strict=True)
    )
    carried = [factor * (1.0 - weight) ** after for weight, factor in zip(weights, factors, strict=True)]
    return np.vstack([np.asarray(inside), *carried])
