"""Covariance of returns: of the sample, weighed by age, shrunk, and cleared of noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Flags, Numbers, finite, only_finite, square, table

DECAY = 0.94


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunk:
    """A covariance drawn towards a simple one."""

    covariance: Numbers
    """(m, m)"""
    shrinkage: float
    """Part of the target in it, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denoised:
    """A covariance whose small eigenvalues are made one."""

    covariance: Numbers
    """(m, m)"""
    largest_of_noise: float
    """Eigenvalues of the correlation up to this are taken for noise."""
    signals: int
    """How many eigenvalues are larger."""


def sample_covariance(returns: ArrayLike) -> Numbers:
    """Covariance of the sample, about the means (ddof 1).

    Parameters
    ----------
    returns : (n, m), simple returns as fractions, oldest first.

    Returns (m, m), of one period. NaN in row and column of a series of which a number is not finite, and for all unless
    there are two returns.

    Raises `ValueError` on other shapes.
    """
    given = table("returns", returns)
    if len(given) < 2:
        return np.full((given.shape[1],) * 2, np.nan)
    with np.errstate(all="ignore"):
        about, good = _about_means(given)
        return _only_good(about.T @ about / (len(given) - 1), good)


def ewma_covariance(returns: ArrayLike, decay: float = DECAY) -> Numbers:
    """Covariance in which each period counts less, by a factor, than the one after it.

    Sum of decay ** age * r rᵀ over the sum of the weights, about zero as RiskMetrics has it: the mean of a day is not
    taken off.

    Parameters
    ----------
    returns : (n, m), simple returns as fractions, oldest first.
    decay : between 0 and 1; 0.94 for days.

    Returns (m, m), of one period. NaN in row and column of a series of which a number is not finite, and for all if
    there are no returns.

    Raises `ValueError` on other shapes and on another decay.

    Source: J. P. Morgan and Reuters, "RiskMetrics Technical Document", 4th edition, 1996, chapter "Estimating the
    parameters of the RiskMetrics model".
    """
    given = table("returns", returns)
    if not 0 < decay < 1:
        raise ValueError(f"expected a decay between 0 and 1, got {decay}")
    if not len(given):
        return np.full((given.shape[1],) * 2, np.nan)
    good = np.asarray(np.isfinite(given).all(axis=0))
    with np.errstate(all="ignore"):
        weights = decay ** np.arange(len(given) - 1, -1, -1.0)
        weighed = np.where(good, given, 0.0) * np.sqrt(weights / weights.sum())[:, None]
        return _only_good(weighed.T @ weighed, good)


def ledoit_wolf(returns: ArrayLike) -> Shrunk:
    """Covariance of the sample shrunk towards the identity times its mean variance, as much as the data ask for.

    The target is that of 2004's "well-conditioned estimator", not that of constant correlation. The covariance of the
    sample is about the means and divided by n, as in the paper; the result has an inverse also where there are more
    series than returns.

    Parameters
    ----------
    returns : (n, m), simple returns as fractions, oldest first.

    Returns the covariance of one period and its shrinkage. NaN for all if a number is not finite, if there are fewer
    than two returns, or if no series varies.

    Raises `ValueError` on other shapes.

    Source: Ledoit and Wolf, "A Well-Conditioned Estimator for Large-Dimensional Covariance Matrices", Journal of
    Multivariate Analysis 88(2), 2004.
    """
    given = table("returns", returns)
    n, m = given.shape
    nothing = Shrunk(covariance=np.full((m, m), np.nan), shrinkage=float("nan"))
    if n < 2 or not m or not np.isfinite(given).all():
        return nothing
    with np.errstate(all="ignore"):
        about, _ = _about_means(given)
        sample = about.T @ about / n
        mean = float(np.trace(sample)) / m
        apart = float(np.sum((sample - mean * np.eye(m)) ** 2)) / m
        # Mean distance, squared, of the products of one day from the sample's: |x xᵀ - S|² = (xᵀx)² - |S|² on average.
        lengths = np.einsum("tm,tm->t", about, about)
        spread = (float(np.sum(lengths**2)) / n - float(np.sum(sample**2))) / (n * m)
        shrinkage = min(max(spread, 0.0), apart) / apart if apart > 0 else 1.0
        shrunk = (1 - shrinkage) * sample + shrinkage * mean * np.eye(m)
    is_good = mean > 0 and np.isfinite(shrunk).all()
    return Shrunk(covariance=shrunk, shrinkage=finite(shrinkage)) if is_good else nothing


def denoised_covariance(returns: ArrayLike) -> Denoised:
    """Covariance of the sample without the eigenvalues that chance alone would give: a constant in their place.

    Eigenvalues of the correlation up to s² (1 + √(m/n))², the edge of Marchenko and Pastur, are noise, where s² is the
    mean of those that are; each is replaced by s², so that their sum remains. Then it is made a correlation again, and
    given the deviations of the sample (ddof 1). The book fits s² to a smoothed density instead; both leave the large
    eigenvalues out.

    Parameters
    ----------
    returns : (n, m), simple returns as fractions, oldest first.

    Returns the covariance of one period, and what was taken for noise. NaN for all if a number is not finite, if a
    series does not vary, or if there are fewer than two returns.

    Raises `ValueError` on other shapes.

    Source: López de Prado, "Machine Learning for Asset Managers", 2020, chapter "Denoising and Detoning", section on
    the constant residual eigenvalue method.
    """
    sample = sample_covariance(returns)
    n, m = table("returns", returns).shape
    correlated = correlation(sample)
    if not m or not np.isfinite(correlated).all():
        return Denoised(covariance=np.full((m, m), np.nan), largest_of_noise=float("nan"), signals=0)
    values, vectors = np.linalg.eigh(correlated)
    # What rounding leaves of zero is no signal.
    values[values <= m * ROUNDING] = 0.0
    edge = (1 + np.sqrt(m / n)) ** 2
    noise = m
    # The smallest is never above the edge of itself.
    while values[noise - 1] > edge * values[:noise].mean():
        noise -= 1
    level = float(values[:noise].mean())
    values[:noise] = level
    cleared = (vectors * values) @ vectors.T
    deviations = np.sqrt(np.diag(sample) / np.diag(cleared))
    covariance = cleared * deviations * deviations[:, None]
    return Denoised(covariance=(covariance + covariance.T) / 2, largest_of_noise=float(edge * level), signals=m - noise)


def correlation(covariance: ArrayLike) -> Numbers:
    """Correlation of a covariance.

    Parameters
    ----------
    covariance : (m, m), symmetric.

    Returns (m, m), from -1 to 1, and 1 on the diagonal. NaN in row and column where the variance is not above zero, and
    where a number is not finite.

    Raises `ValueError` on other shapes.
    """
    given = square("covariance", covariance)
    with np.errstate(all="ignore"):
        deviations = np.sqrt(np.diag(given))
        varies = (deviations > 0) & np.isfinite(deviations)
        # One after the other: the product of two small deviations is zero.
        found = given / deviations / deviations[:, None]
        found = np.clip(found, -1.0, 1.0) + np.where(np.isfinite(found), 0.0, np.nan)
    np.fill_diagonal(found, 1.0)
    return _only_good(found, varies)


def is_positive_semidefinite(matrix: ArrayLike) -> bool:
    """Whether a matrix is symmetric, and no portfolio has a negative variance by it: up to rounding.

    Parameters
    ----------
    matrix : (m, m).

    Returns false also where a number is NaN or infinite.

    Raises `ValueError` on other shapes.
    """
    given = square("matrix", matrix)
    if not np.isfinite(given).all() or not given.size:
        return False
    largest = float(np.abs(given).max())
    if largest == 0:
        return True
    scaled = given / largest
    tolerance = len(given) * ROUNDING
    if np.abs(scaled - scaled.T).max() > ROUNDING:
        return False
    return bool(np.linalg.eigvalsh(scaled)[0] >= -tolerance)


def _about_means(given: Numbers) -> tuple[Numbers, Flags]:
    """Return the numbers about their means, exactly zero where they do not vary beyond rounding, and what is good."""
    good = np.asarray(np.isfinite(given).all(axis=0))
    about = np.where(good, given, 0.0)
    about -= about.mean(axis=0)
    # Once more: over many days the mean is off by more than one rounding, and what stands still would seem to vary.
    about -= about.mean(axis=0)
    steady = np.abs(about).max(axis=0) <= ROUNDING * np.abs(np.where(good, given, 0.0)).max(axis=0)
    about[:, steady] = 0.0
    return about, good


def _only_good(matrix: Numbers, good: Flags) -> Numbers:
    return only_finite(np.where(good & good[:, None], matrix, np.nan))
