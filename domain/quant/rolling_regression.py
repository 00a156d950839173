"""Betas of moving windows."""

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import Flags, Numbers, only_finite
from domain.quant.design import same_periods
from domain.quant.regression import ols

WINDOW = 252

_TRUSTED = 1e-4
"""Normal equations of a window have this many times the rounding of its sums, turned over, in their betas."""

_COLUMNS = 16
"""Series taken together: their windows fit into a core's own cache."""


def rolling_ols(factors: ArrayLike, returns: ArrayLike, window: int = WINDOW) -> Numbers:
    """Least squares with an intercept in each window of consecutive observations, as `ols` finds in it.

    Cross products about the mean of all are summed from the ends of blocks of a window's length: each window is the end
    of one block and the beginning of the next, so that sums are only added and nothing cancels. A window whose factors
    vary little beside their level, or hardly differ, is solved by itself by QR.

    Parameters
    ----------
    factors : (n, k), oldest first.
    returns : (n,) or (n, m), one column for each series.
    window : observations of a window.

    Returns (n - window + 1, k + 1) or (n - window + 1, k + 1, m), the intercept first; the first window begins with the
    first observation. Empty where there are fewer observations than a window has. NaN in windows that hold a number
    that is not finite, in those where a factor does not vary or is a sum of others, and unless a window is above k + 1.

    Raises `ValueError` on other shapes, and on a window below 1.
    """
    made, columns, shape = same_periods(factors, returns)
    n, k = made.shape
    if not window >= 1:
        raise ValueError(f"expected a window of at least 1, got {window}")
    count, length = max(n - int(window) + 1, 0), int(window)
    betas = np.full((count, k + 1, columns.shape[1]), np.nan)
    if count and length > k + 1 and k:
        with np.errstate(all="ignore"):
            _fill(betas, made, columns, length)
    return only_finite(betas).reshape(count, k + 1, *shape)


def _fill(betas: Numbers, factors: Numbers, columns: Numbers, window: int) -> None:
    k = factors.shape[1]
    centers = _centers(factors)
    # Time runs along the last axis from here on, where sums of neighbors are quick.
    rows = np.ascontiguousarray((factors - centers).T)
    sums = _window_sums(rows, window)
    means = sums / window
    triangle, scales, trusted = _factored(rows, sums, window)
    for start in range(0, columns.shape[1], _COLUMNS):
        part = columns[:, start : start + _COLUMNS]
        middle = _centers(part)
        about = np.ascontiguousarray((part - middle).T)
        of_windows = _window_sums(about, window)
        right = np.empty((k, *of_windows.shape))
        for row in range(k):
            right[row] = _window_sums(rows[row] * about, window)
            right[row] -= means[row] * of_windows
            right[row] *= scales[row]
        _substitute(triangle, right)
        of_windows /= window
        of_windows += middle[:, None]
        for row in range(k):
            right[row] *= scales[row]
            of_windows -= (means[row] + centers[row]) * right[row]
        found = betas[:, :, start : start + _COLUMNS]
        found[:, 0] = of_windows.T
        found[:, 1:] = right.transpose(2, 0, 1)
    for place in np.flatnonzero(~trusted & np.isfinite(means).all(axis=0)):
        betas[place] = ols(factors[place : place + window], columns[place : place + window]).betas


def _centers(numbers: Numbers) -> Numbers:
    """Return a number near the middle of each column, whatever else is in it."""
    good = np.isfinite(numbers)
    centers = np.sum(np.where(good, numbers, 0.0), axis=0) / np.maximum(good.sum(axis=0), 1)
    return np.where(np.isfinite(centers), centers, 0.0)


def _window_sums(numbers: Numbers, window: int) -> Numbers:
    """Return the sums over each window of (c, n): (c, n - window + 1)."""
    width, n = numbers.shape
    blocks = -(-n // window)
    padded = np.zeros((width, blocks * window))
    padded[:, :n] = numbers
    shaped = padded.reshape(width, blocks, window)
    before = np.cumsum(shaped, axis=2)
    # A window that begins with a block is that block, and has nothing of the next.
    before[:, :, -1] = 0.0
    np.cumsum(shaped[:, :, ::-1], axis=2, out=shaped[:, :, ::-1])
    count = n - window + 1
    sums = padded[:, :count]
    sums[:, 1:] += before.reshape(width, -1)[:, window : window - 1 + count]
    return sums


def _factored(rows: Numbers, sums: Numbers, window: int) -> tuple[Numbers, Numbers, Flags]:
    """Return Cholesky's triangle of the correlations in each window, their scales, and which windows' are good."""
    k, count = sums.shape
    triangle = np.zeros((k, k, count))
    least = np.full(count, np.inf)
    for row in range(k):
        squares = _window_sums(rows[row] * rows[row:], window)
        level = squares[0].copy()
        squares -= sums[row] * (sums[row:] / window)
        least = np.minimum(least, squares[0] / level)
        triangle[row, row:] = squares
    scales = 1 / np.sqrt(triangle[range(k), range(k)])
    triangle *= scales
    triangle *= scales[:, None]
    for row in range(k):
        least = np.minimum(least, triangle[row, row])
        triangle[row, row:] /= np.sqrt(triangle[row, row])
        for below in range(row + 1, k):
            triangle[below, below:] -= triangle[row, below] * triangle[row, below:]
    return triangle, scales, least > _TRUSTED


def _substitute(triangle: Numbers, right: Numbers) -> None:
    """Make what is on the right of the normal equations, (k, m, windows), their solution."""
    k = len(triangle)
    for row in range(k):
        for above in range(row):
            right[row] -= triangle[above, row] * right[above]
        right[row] /= triangle[row, row]
    for row in reversed(range(k)):
        for below in range(row + 1, k):
            right[row] -= triangle[row, below] * right[below]
        right[row] /= triangle[row, row]
