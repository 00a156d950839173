"""The factors of a regression, made ready: about their means, of length one, as an orthonormal basis."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Numbers, table

DEPENDENT = 1e-10
"""A factor is a sum of others when less than this part of its length lies beside them."""


@dataclass(frozen=True, slots=True)
class Design:
    """Factors about their means, F, as basis and triangle: F = basis @ triangle * lengths."""

    means: Numbers
    """(k,)"""
    lengths: Numbers
    """(k,) root of the sum of squares about the mean."""
    basis: Numbers
    """(n, k), orthonormal columns, each of sum zero."""
    inverse: Numbers
    """(k, k), upper: of the triangle."""

    def fit(self, columns: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return of series (n, m) the means (m,), what lies along the basis (k, m), and residuals (n, m)."""
        means = columns.mean(axis=0)
        inner = self.basis.T @ columns
        # What the basis sums to is the rounding of zero: beside a large mean it counts.
        inner -= np.outer(self.basis.sum(axis=0), means)
        residuals = self.basis @ inner
        # In place: to claim a new array takes as long as to fill it.
        np.subtract(columns, residuals, out=residuals)
        residuals -= means
        return means, inner, residuals

    def betas(self, means: Numbers, inner: Numbers) -> Numbers:
        """Return (k + 1, m): intercepts and slopes of a fit."""
        slopes = (self.inverse @ inner) / self.lengths[:, None]
        return np.vstack([means - self.means @ slopes, slopes])

    def spread(self) -> Numbers:
        """Return (k + 1,): the variance of each beta for residuals of variance 1."""
        of_slopes = np.sum(self.inverse**2, axis=1) / self.lengths**2
        of_intercept = 1 / len(self.basis) + np.sum(((self.means / self.lengths) @ self.inverse) ** 2)
        return np.concatenate([[of_intercept], of_slopes])

    def influence(self) -> Numbers:
        """Return (k + 1, n): how much each observation counts in the intercept and in each beta."""
        slopes = (self.inverse @ self.basis.T) / self.lengths[:, None]
        return np.vstack([1 / len(self.basis) - self.means @ slopes, slopes])


def same_periods(factors: ArrayLike, returns: ArrayLike) -> tuple[Numbers, Numbers, tuple[int, ...]]:
    """Return factors (n, k), series as columns (n, m), and what their results are shaped like: (m,), or () for one.

    Raises `ValueError` unless both have the same n.
    """
    made, given = table("factors", factors), np.asarray(returns, dtype=np.float64)
    if given.ndim not in (1, 2) or len(given) != len(made):
        raise ValueError(f"expected returns of shape ({len(made)},) or ({len(made)}, m), got {given.shape}")
    return made, given if given.ndim == 2 else given[:, None], given.shape[1:]


def design(factors: Numbers) -> Design | None:
    """Return the factors (n, k) made ready; nothing where they have no betas.

    So it is where a number is not finite, where there are not more observations than unknowns, where a factor does not
    vary beyond rounding, and where one is the sum of others.
    """
    n, k = factors.shape
    if n <= k + 1 or not k or not np.isfinite(factors).all():
        return None
    with np.errstate(all="ignore"):
        means = factors.mean(axis=0)
        about = factors - means
        # Once more: over many days the mean is off by more than one rounding, and what stands still would seem to vary.
        rest = about.mean(axis=0)
        about -= rest
        lengths = np.sqrt(np.sum(about * about, axis=0))
        varies = lengths > ROUNDING * np.sqrt(n) * np.abs(factors).max(axis=0)
    if not (varies & np.isfinite(lengths)).all():
        return None
    basis, triangle = np.linalg.qr(about / lengths)
    if np.abs(np.diag(triangle)).min() <= DEPENDENT:
        return None
    # Of a triangle, this is substitution from below, and no more.
    return Design(means + rest, lengths, basis, np.linalg.solve(triangle, np.eye(k)))
