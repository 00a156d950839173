"""Least squares: betas of many series on the same factors, with their errors."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from domain.quant.arrays import ROUNDING, Numbers, finite, only_finite, table
from domain.quant.design import Design, design, same_periods

CONFIDENCE = 0.95


class Errors(Enum):
    """How the standard errors of betas are estimated."""

    CLASSICAL = "classical"
    """All residuals of one variance, none tied to another."""
    HC0 = "HC0"
    """Of any variances: squared residuals in their place (White, 1980)."""
    HC1 = "HC1"
    """HC0 times n / (n - k - 1)."""
    HC2 = "HC2"
    """Each squared residual over 1 - its leverage."""
    HC3 = "HC3"
    """Each squared residual over (1 - its leverage) ** 2 (MacKinnon and White, 1985)."""
    HAC = "HAC"
    """Of any variances and tied to those shortly before: weights of Bartlett (Newey and West, 1987)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A fit to the factors: the first of each k + 1 is the intercept. One series alone has no axis of m."""

    betas: Numbers
    """(k + 1, m)"""
    standard_errors: Numbers
    """(k + 1, m)"""
    t_statistics: Numbers
    """(k + 1, m)"""
    p_values: Numbers
    """(k + 1, m), of both sides, by Student's t with n - k - 1 degrees of freedom."""
    low: Numbers
    """(k + 1, m), lower end of the confidence interval."""
    high: Numbers
    """(k + 1, m), upper end."""
    r_squared: Numbers
    """(m,), part of the variance that the factors explain."""
    adjusted_r_squared: Numbers
    """(m,)"""
    residual_variance: Numbers
    """(m,), sum of squared residuals over n - k - 1."""
    observations: int


def ols(
    factors: ArrayLike,
    returns: ArrayLike,
    confidence: float = CONFIDENCE,
    errors: Errors = Errors.CLASSICAL,
    lags: int | None = None,
) -> Regression:
    """Ordinary least squares with an intercept, of one series or of many on the same factors.

    One QR decomposition of the factors about their means serves all series.

    Parameters
    ----------
    factors : (n, k), oldest first.
    returns : (n,) or (n, m), one column for each series.
    confidence : of the intervals, between 0 and 1.
    errors : how standard errors are estimated; with all of them p-values and intervals are those of Student's t.
    lags : of `Errors.HAC`, floor(4 (n / 100) ** (2 / 9)) unless given.

    Returns betas in the unit of returns over that of the factor. NaN for a series of which a number is not finite. NaN
    for all where a factor has such a number, does not vary beyond rounding, or is a sum of others; and unless n is
    above k + 1. For a series without residuals up to rounding t and p are NaN; for one that does not vary also r².
    Standard errors by HC2 and HC3 are NaN where one observation alone decides on a beta.

    Raises `ValueError` on other shapes, on a confidence not between 0 and 1, and on negative lags.

    Source: Greene, "Econometric Analysis", chapters on least squares and on heteroscedasticity; Newey and West, "A
    Simple, Positive Semi-Definite, Heteroskedasticity and Autocorrelation Consistent Covariance Matrix",
    Econometrica 55(3), 1987.
    """
    made, columns, shape = same_periods(factors, returns)
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, got {confidence}")
    if lags is not None and lags < 0:
        raise ValueError(f"expected lags not below zero, got {lags}")
    n, k = made.shape
    found = design(made)
    if found is None:
        return _undefined(n, (k + 1, *shape))
    with np.errstate(all="ignore"):
        means, inner, residuals = found.fit(columns)
        squares, parallel = _squares(residuals), _squares(inner)
        all_squares = squares + parallel
        size = ROUNDING**2 * n * (all_squares + n * means**2)
        known = np.isfinite(size)
        exact, still = (squares <= size) & known, (all_squares <= size) & known
        if exact.any():
            residuals[:, exact] = squares[exact] = 0.0
            inner[:, still] = 0.0
        variances = _variances(found, residuals, squares, errors, _lags(n) if lags is None else lags)
        r_squared = np.where(still, np.nan, 1 - squares / all_squares)
        rows = (found.betas(means, inner), np.sqrt(variances), r_squared, squares / (n - k - 1))
        return _regression((k + 1, *shape), n, confidence, *rows)


def variance_inflation(factors: ArrayLike) -> Numbers:
    """How many times larger the variance of each beta is for what the other factors say of its own.

    1 / (1 - R²) of the factor's regression on the others: 1 for one that is like no other; above 10 betas say little.

    Parameters
    ----------
    factors : (n, k), oldest first.

    Returns (k,), from 1 up. NaN for a factor of which a number is not finite or that does not vary: the others are
    judged without it. NaN for all the others where one is a sum of others, or unless there are more observations than
    factors by 2.

    Raises `ValueError` on other shapes.

    Source: Belsley, Kuh and Welsch, "Regression Diagnostics", chapter "Detecting and Assessing Collinearity".
    """
    given = table("factors", factors)
    inflation = np.full(given.shape[1], np.nan)
    usable = np.array([design(column[:, None]) is not None for column in given.T], dtype=bool)
    found = design(given[:, usable])
    if found is not None:
        inflation[usable] = np.sum(found.inverse**2, axis=1)
    return only_finite(inflation)


def condition_number(factors: ArrayLike) -> float:
    """How near the factors are to being sums of one another: largest over smallest singular value.

    Of the factors about their means and each of length one, so that neither units nor levels matter.

    Parameters
    ----------
    factors : (n, k), oldest first.

    Returns 1 for factors without correlation, and more; above 30 betas say little. NaN where `ols` has no betas.

    Raises `ValueError` on other shapes.

    Source: Belsley, Kuh and Welsch, "Regression Diagnostics", chapter "Detecting and Assessing Collinearity".
    """
    found = design(table("factors", factors))
    if found is None:
        return float("nan")
    values = np.linalg.svd(found.inverse, compute_uv=False)
    return finite(values[0] / values[-1])


def _squares(columns: Numbers) -> Numbers:
    return np.asarray(np.einsum("tm,tm->m", columns, columns))


def _lags(n: int) -> int:
    # With rounding against 4 (100 / 100) ** (2 / 9) < 4.
    return int(np.floor(4 * (n / 100) ** (2 / 9) + 1e-9))


def _variances(found: Design, residuals: Numbers, squares: Numbers, errors: Errors, lags: int) -> Numbers:
    """Return (k + 1, m): of each beta, what its observations contribute to its variance, added."""
    n, k = found.basis.shape
    if errors is Errors.CLASSICAL:
        return np.outer(found.spread(), squares / (n - k - 1))
    influence = found.influence()
    own = influence**2
    if errors in (Errors.HC2, Errors.HC3):
        free = 1 - 1 / n - np.sum(found.basis**2, axis=1)
        # An observation without freedom has no residual: 0 / 0.
        free = np.where(free > ROUNDING * n, free, np.nan)
        residuals = residuals / (np.sqrt(free) if errors is Errors.HC2 else free)[:, None]
    total = np.asarray(own @ residuals**2)
    if errors is Errors.HC1:
        return np.asarray(total * (n / (n - k - 1)))
    if errors is Errors.HAC:
        for lag in range(1, min(lags, n - 1) + 1):
            weight = 2 * (1 - lag / (lags + 1))
            total += weight * ((influence[:, lag:] * influence[:, :-lag]) @ (residuals[lag:] * residuals[:-lag]))
    return np.maximum(total, 0.0)


def _regression(
    shape: tuple[int, ...],
    n: int,
    confidence: float,
    betas: Numbers,
    deviations: Numbers,
    r_squared: Numbers,
    residual_variance: Numbers,
) -> Regression:
    freedom = n - shape[0]
    # A series with a bad number, or that has overflowed, has nothing.
    spoiled = ~(np.isfinite(betas).all(axis=0) & np.isfinite(residual_variance))
    t = np.where(deviations > 0, betas / deviations, np.nan)
    reach = float(stdtrit(freedom, (1 + confidence) / 2)) * deviations
    adjusted = 1 - (1 - r_squared) * ((n - 1) / freedom)
    rows = [betas, deviations, t, 2 * stdtr(freedom, -np.abs(t)), betas - reach, betas + reach]
    by_beta = [only_finite(np.where(spoiled, np.nan, row)).reshape(shape) for row in rows]
    of_series = [
        only_finite(np.where(spoiled, np.nan, row)).reshape(shape[1:])
        for row in (r_squared, adjusted, residual_variance)
    ]
    return _named(by_beta, of_series, n)


def _undefined(n: int, shape: tuple[int, ...]) -> Regression:
    return _named([np.full(shape, np.nan) for _ in range(6)], [np.full(shape[1:], np.nan) for _ in range(3)], n)


def _named(by_beta: list[Numbers], of_series: list[Numbers], n: int) -> Regression:
    return Regression(
        betas=by_beta[0],
        standard_errors=by_beta[1],
        t_statistics=by_beta[2],
        p_values=by_beta[3],
        low=by_beta[4],
        high=by_beta[5],
        r_squared=of_series[0],
        adjusted_r_squared=of_series[1],
        residual_variance=of_series[2],
        observations=n,
    )
