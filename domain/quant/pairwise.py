"""Correlation of series that do not all have the same days, and the nearest matrix that can be one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Numbers, only_finite, square, table
from domain.quant.covariance import is_positive_semidefinite

FEWEST_COMMON = 20
"""Returns that two series must have in common."""

_ROUNDS = 10_000
_CLOSE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """A correlation, and what had to be done to make it one."""

    correlation: Numbers
    """(m, m)"""
    repaired: bool
    """Whether it differs from what was given or measured, which no returns can have."""
    distance: float
    """How far: root of the sum of squares of all changes. Zero where nothing was repaired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairwise:
    """Covariance and correlation of series with gaps."""

    covariance: Numbers
    """(m, m), of one period."""
    correlation: Numbers
    """(m, m)"""
    repaired: bool
    """Whether the correlations of the pairs did not fit together, and the nearest that do are here."""
    distance: float
    """How far these lie from those of the pairs: root of the sum of squares. Zero where nothing was repaired."""


def nearest_correlation(matrix: ArrayLike) -> Correlation:
    """Correlation matrix nearest to a symmetric one, where distance is the root of the sum of squared differences.

    Projections on the matrices without negative eigenvalues and on those with ones on the diagonal, in turn, with
    Dykstra's correction: without it, they end in a correlation matrix, but not in the nearest.

    Parameters
    ----------
    matrix : (m, m), symmetric; meant as correlations, though it need not be one.

    Returns the matrix itself where it is a correlation matrix up to rounding. NaN for all if a number is not finite, if
    it is not symmetric, or if 10,000 rounds do not settle it to 1e-12.

    Raises `ValueError` on other shapes.

    Source: Higham, "Computing the Nearest Correlation Matrix: A Problem from Finance", IMA Journal of Numerical
    Analysis 22(3), 2002, algorithm 3.3, with equal weights.
    """
    given = square("matrix", matrix)
    if not given.size or not _is_symmetric(given):
        return _unknown(given)
    if np.abs(np.diag(given) - 1).max() <= ROUNDING and is_positive_semidefinite(given):
        return Correlation(correlation=given.copy(), repaired=False, distance=0.0)
    with np.errstate(all="ignore"):
        found = _project(given)
    if found is None:
        return _unknown(given)
    distance = float(np.sqrt(np.sum((found - given) ** 2)))
    return Correlation(correlation=found, repaired=True, distance=distance)


def pairwise_covariance(returns: ArrayLike) -> Pairwise:
    """Covariance of series with gaps: each correlation of the days that two have in common, deviations of all its days.

    Correlations of different days may contradict one another. Then the nearest that do not are taken, and it is said.

    Parameters
    ----------
    returns : (n, m), simple returns as fractions, oldest first; NaN where a series has none.

    Returns both matrices (ddof 1). NaN for a pair with fewer than 20 returns in common or where one does not vary in
    them, and in row and column of a series with an infinite number. While one pair is NaN nothing is repaired, and the
    distance is NaN: a repair needs all.

    Raises `ValueError` on other shapes.
    """
    given = table("returns", returns)
    with np.errstate(all="ignore"):
        pairs, deviations = _of_pairs(given)
        if pairs.size and np.isfinite(pairs).all():
            near = nearest_correlation(pairs)
        else:
            near = Correlation(correlation=pairs, repaired=False, distance=float("nan"))
        covariance = only_finite(near.correlation * deviations * deviations[:, None])
    return Pairwise(covariance=covariance, correlation=near.correlation, repaired=near.repaired, distance=near.distance)


def _of_pairs(given: Numbers) -> tuple[Numbers, Numbers]:
    """Return the correlations of pairs and the deviations of all days."""
    known = (~np.isnan(given)).astype(float)
    own = known.sum(axis=0)
    values = np.where(known > 0, given, 0.0)
    middle = values.sum(axis=0) / own
    largest = np.abs(values).max(axis=0, initial=0.0)
    # Of length one, so that no square overflows or vanishes.
    about = np.where(known > 0, given - middle, 0.0) / largest
    common = known.T @ known
    sums = about.T @ known
    squares = (about**2).T @ known - sums**2 / common
    products = about.T @ about - sums * sums.T / common
    # A series that rises by 0.1 each day has returns that differ by rounding.
    varies = squares > common * (ROUNDING * (1 + np.abs(middle / largest)))[:, None] ** 2
    roots = np.sqrt(np.where(varies & (common >= FEWEST_COMMON), squares, np.nan))
    pairs = np.clip(only_finite(products / roots / roots.T), -1.0, 1.0)
    own_roots = np.diag(roots)
    np.fill_diagonal(pairs, np.where(np.isfinite(own_roots), 1.0, np.nan))
    return (pairs + pairs.T) / 2, own_roots * largest / np.sqrt(own - 1)


def _is_symmetric(given: Numbers) -> bool:
    if not np.isfinite(given).all():
        return False
    with np.errstate(over="ignore"):
        return bool(np.abs(given - given.T).max() <= ROUNDING * np.abs(given).max())


def _project(given: Numbers) -> Numbers | None:
    """Return the nearest, with ones on the diagonal and no eigenvalue below zero beyond rounding."""
    current, correction = given.copy(), np.zeros_like(given)
    size = max(1.0, float(np.abs(given).max()))
    if not np.isfinite(np.sum(given**2)):
        return None
    for _ in range(_ROUNDS):
        shifted = current - correction
        values, vectors = np.linalg.eigh(shifted)
        definite = (vectors * np.maximum(values, 0.0)) @ vectors.T
        correction = definite - shifted
        before, current = current, definite.copy()
        np.fill_diagonal(current, 1.0)
        if np.abs(current - before).max() <= _CLOSE * size and np.abs(np.diag(definite) - 1).max() <= _CLOSE * size:
            # Scaled, not overwritten: what is scaled keeps the signs of its eigenvalues.
            scales = 1 / np.sqrt(np.diag(definite))
            found = definite * scales * scales[:, None]
            np.fill_diagonal(found, 1.0)
            return np.asarray((found + found.T) / 2)
    return None


def _unknown(given: Numbers) -> Correlation:
    return Correlation(correlation=np.full(given.shape, np.nan), repaired=False, distance=float("nan"))
