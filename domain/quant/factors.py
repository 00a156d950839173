"""What drives a portfolio: betas on the market and on what differs from it, and how far they can be trusted."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Numbers, only_finite, series, table
from domain.quant.covariance import correlation, sample_covariance
from domain.quant.design import same_periods
from domain.quant.regression import CONFIDENCE, Errors, Regression, ols, variance_inflation

COLLINEAR = 0.8
"""Two factors whose correlation is farther from zero are hard to tell apart."""

INFLATED = 10.0
"""A variance inflation above which a beta says little."""

STEADY = 1e-6
"""A factor that deviates less than this in a period is none."""

SIGNIFICANT = 0.05
"""A beta whose p-value is above may be chance."""


class CautionKind(Enum):
    """Why a factor is not to be trusted."""

    COLLINEAR = "collinear"
    """Two factors: their correlation."""
    INFLATED = "inflated"
    """One factor: its variance inflation."""
    STEADY = "steady"
    """One factor: its deviation of a period."""
    DEPENDENT = "dependent"
    """All factors that vary: one is a sum of others, and there are no betas. The value is NaN."""
    INSIGNIFICANT = "insignificant"
    """One factor: the p-value of its beta."""


@dataclass(frozen=True, slots=True)
class Caution:
    """One reason for care."""

    kind: CautionKind
    factors: tuple[int, ...]
    """Columns of the factors that it is about."""
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorCheck:
    """How the factors stand to one another."""

    correlation: Numbers
    """(k, k)"""
    variance_inflation: Numbers
    """(k,)"""
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposures:
    """A portfolio's betas; the first of each k + 1 is the intercept."""

    betas: Numbers
    """(k + 1,)"""
    standard_errors: Numbers
    """(k + 1,)"""
    t_statistics: Numbers
    """(k + 1,)"""
    p_values: Numbers
    """(k + 1,)"""
    low: Numbers
    """(k + 1,)"""
    high: Numbers
    """(k + 1,)"""
    r_squared: float
    adjusted_r_squared: float
    dollar_exposures: Numbers
    """(k,), beta times the worth of the portfolio: the gain for a factor's return of 1, were it linear."""
    cautions: tuple[Caution, ...]
    """Of the betas: those that may be chance."""


def spread_factors(market: ArrayLike, proxies: ArrayLike) -> Numbers:
    """Factors of a market and of what each proxy returns beyond it.

    Funds that follow sectors and styles mostly follow the market: side by side with it they are nearly one. What they
    return beyond it is not, and the beta on the market is then that of the whole market.

    Parameters
    ----------
    market : (n,), simple returns as fractions, oldest first.
    proxies : (n, k), simple returns of each proxy in the same periods.

    Returns (n, k + 1), the market first. NaN where a number is not finite, for a market's in the whole row.

    Raises `ValueError` on other shapes.
    """
    of_market, of_proxies = series("market", market), table("proxies", proxies)
    if len(of_market) != len(of_proxies):
        raise ValueError(f"expected proxies of shape ({len(of_market)}, k), got {of_proxies.shape}")
    with np.errstate(all="ignore"):
        return only_finite(np.column_stack([of_market, of_proxies - of_market[:, None]]))


def check_factors(factors: ArrayLike) -> FactorCheck:
    """Look for factors that cannot be told apart, and for those that do not move.

    Parameters
    ----------
    factors : (n, k), returns as fractions, oldest first.

    Returns correlations, variance inflations, and a caution for each pair whose correlation is beyond 0.8, for each
    inflation above 10, for each factor that deviates less than 0.000001 a period, and for factors of which one is a sum
    of others. NaN in row and column of a factor of which a number is not finite or that does not vary.

    Raises `ValueError` on other shapes.
    """
    covariance = sample_covariance(factors)
    correlated, inflation = correlation(covariance), variance_inflation(factors)
    deviations = np.sqrt(np.diag(covariance))
    upper = np.argwhere(np.triu(np.abs(correlated) > COLLINEAR, 1))
    cautions = [
        Caution(CautionKind.COLLINEAR, (int(one), int(other)), float(correlated[one, other])) for one, other in upper
    ]
    cautions += [
        Caution(CautionKind.INFLATED, (int(place),), float(inflation[place]))
        for place in np.flatnonzero(inflation > INFLATED)
    ]
    cautions += [
        Caution(CautionKind.STEADY, (int(place),), float(deviations[place]))
        for place in np.flatnonzero(deviations < STEADY)
    ]
    varying = np.flatnonzero(np.isfinite(np.diag(correlated)))
    if len(varying) and len(np.asarray(factors)) > len(varying) + 1 and np.isnan(inflation[varying]).all():
        cautions.append(Caution(CautionKind.DEPENDENT, tuple(varying.tolist()), float("nan")))
    return FactorCheck(correlation=correlated, variance_inflation=inflation, cautions=tuple(cautions))


def portfolio_exposures(
    factors: ArrayLike,
    returns: ArrayLike,
    values: ArrayLike,
    confidence: float = CONFIDENCE,
    errors: Errors = Errors.CLASSICAL,
) -> Exposures:
    """Betas of a portfolio whose positions are held as they are: of the returns that its weights would have had.

    They are the betas of the positions (`ols` of the returns) weighed by worth: both are linear in the returns.

    Parameters
    ----------
    factors : (n, k), returns as fractions, oldest first; from `spread_factors` where proxies follow the market.
    returns : (n, m), simple returns of each position in the same periods.
    values : (m,), worth of each position, negative when short.
    confidence : of the intervals, between 0 and 1.
    errors : how standard errors are estimated.

    Returns betas with their errors, exposures in money, and a caution for each beta whose p-value is above 0.05. NaN
    for all where `ols` has NaN, if a number of a position is not finite, or unless the positions together are worth
    more than nothing.

    Raises `ValueError` on other shapes, and on a confidence not between 0 and 1.
    """
    held, worth = table("returns", returns), series("values", values)
    if held.shape[1] != len(worth):
        raise ValueError(f"expected values of shape ({held.shape[1]},), got {worth.shape}")
    with np.errstate(all="ignore"):
        total = float(worth.sum())
        weights = worth / total if total > ROUNDING * np.abs(worth).sum() else np.full(len(worth), np.nan)
        fit = ols(factors, held @ weights, confidence, errors)
        dollars = only_finite(fit.betas[1:] * total)
    return Exposures(
        betas=fit.betas,
        standard_errors=fit.standard_errors,
        t_statistics=fit.t_statistics,
        p_values=fit.p_values,
        low=fit.low,
        high=fit.high,
        r_squared=float(fit.r_squared),
        adjusted_r_squared=float(fit.adjusted_r_squared),
        dollar_exposures=dollars,
        cautions=_insignificant(fit),
    )


def variance_contributions(factors: ArrayLike, returns: ArrayLike) -> Numbers:
    """Part of a series' variance that comes with each factor, and the part that comes with none.

    beta[i] * cov(factor i, series) / var(series): Euler's, of the factors' variance. Factors that move against the rest
    of what moves the series have a negative part.

    Parameters
    ----------
    factors : (n, k), oldest first.
    returns : (n,) or (n, m), one column for each series.

    Returns (k + 1,) or (k + 1, m) fractions that sum to 1, that of the residuals last. NaN where `ols` has no r².

    Raises `ValueError` on other shapes.
    """
    fit = ols(factors, returns)
    made, columns, _ = same_periods(factors, returns)
    if np.isnan(fit.r_squared).all():
        return np.full(fit.betas.shape, np.nan)
    with np.errstate(all="ignore"):
        about = columns - columns.mean(axis=0)
        together = (made - made.mean(axis=0)).T @ about / np.sum(about**2, axis=0)
        explained = fit.betas[1:] * together.reshape(fit.betas[1:].shape)
        parts = np.concatenate([explained, (1 - fit.r_squared)[None]])
        return only_finite(np.where(np.isnan(fit.r_squared), np.nan, parts))


def _insignificant(fit: Regression) -> tuple[Caution, ...]:
    return tuple(
        Caution(CautionKind.INSIGNIFICANT, (int(place),), float(fit.p_values[1 + place]))
        for place in np.flatnonzero(fit.p_values[1:] > SIGNIFICANT)
    )
