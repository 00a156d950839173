"""What all of the library takes and gives: float64, of a shape that is checked."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
"""Real numbers of any shape."""

Flags = NDArray[np.bool_]

EPSILON = float(np.finfo(np.float64).eps)

ROUNDING = 8 * EPSILON
"""A sum this small beside its terms is what rounding leaves of zero."""


NO_RATE = 1e-10
"""A rate of less makes no price that can be seen, and boundaries that lie beyond all numbers."""

# Two dozen arrays of this many fit into a core's own cache.
BLOCK = 8_192


def series(name: str, given: ArrayLike) -> Numbers:
    """Return what was given as (n,) float64. Raises `ValueError` on another number of dimensions."""
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim != 1:
        raise ValueError(f"expected {name} of shape (n,), got {numbers.shape}")
    return numbers


def table(name: str, given: ArrayLike) -> Numbers:
    """Return what was given as (n, k) float64. Raises `ValueError` on another number of dimensions."""
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim != 2:
        raise ValueError(f"expected {name} of shape (n, k), got {numbers.shape}")
    return numbers


def square(name: str, given: ArrayLike) -> Numbers:
    """Return what was given as (m, m) float64. Raises `ValueError` on another shape."""
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim != 2 or numbers.shape[0] != numbers.shape[1]:
        raise ValueError(f"expected {name} of shape (m, m), got {numbers.shape}")
    return numbers


def only_finite(numbers: Numbers) -> Numbers:
    """Return the numbers, with NaN for each that is not finite."""
    return np.where(np.isfinite(numbers), numbers, np.nan)


def finite(number: float) -> float:
    """Return the number, or NaN when it is infinite: what has overflowed is not known."""
    return float(number) if math.isfinite(number) else float("nan")


def elementwise(
    compute: Callable[..., tuple[Numbers, ...]], results: int, *given: ArrayLike, block: int = BLOCK
) -> Numbers:
    """Return what a computation gives for each element of what the arguments broadcast to: (results, *shape).

    It is called with one-dimensional float64 of a block, or of length one for what is the same in all blocks, and
    with floating-point warnings off. What it gives that is not finite becomes NaN. A computation that makes many
    numbers of each element asks for smaller blocks.
    """

    def fill(rows: Numbers, *parts: Numbers) -> None:
        for row, numbers in zip(rows, compute(*parts), strict=True):
            row[:] = numbers

    return filled(fill, results, *given, block=block)


def filled(fill: Callable[..., None], results: int, *given: ArrayLike, block: int = BLOCK) -> Numbers:
    """Return what `elementwise` does, of a computation that is called with the rows to fill, (results, n), first."""
    arrays = [np.asarray(each, dtype=np.float64) for each in given]
    shape = np.broadcast_shapes(*(each.shape for each in arrays))
    flat = [each.reshape(1) if each.size == 1 else np.broadcast_to(each, shape).reshape(-1) for each in arrays]
    found = np.empty((results, math.prod(shape)))
    with np.errstate(all="ignore"):
        for start in range(0, found.shape[1], block):
            part = found[:, start : start + block]
            fill(part, *(each if each.size == 1 else each[start : start + block] for each in flat))
            good = np.isfinite(part)
            if not good.all():
                part[~good] = np.nan
    return found.reshape(results, *shape)


def without_noise(rate: Numbers) -> Numbers:
    """Return rates, those of next to nothing as none.

    Parameters
    ----------
    rate : of any shape, a year, as a fraction.

    Returns the same shape; NaN stays.
    """
    return np.where(np.abs(rate) < NO_RATE, 0.0, rate)
