"""How spread out a portfolio is: over names, over risks that have nothing in common, and over days of trading."""

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import Numbers, finite, only_finite, series
from domain.quant.covariance import correlation
from domain.quant.risk_contributions import volatility_contributions

PARTICIPATION = 0.2

_SINGULAR = 1e-10
_ROUNDS = 10_000
_CLOSE = 1e-13


def herfindahl(weights: ArrayLike) -> float:
    """Sum of squared shares: 1 for one name, 1 / m for m equal ones.

    Parameters
    ----------
    weights : (m,), in any unit, negative when short: what counts is their size.

    Returns a number from 1 / m to 1. NaN if nothing is held, or if a weight is not finite.

    Source: Hirschman, "The Paternity of an Index", American Economic Review 54(5), 1964.
    """
    sizes = np.abs(series("weights", weights))
    largest = sizes.max(initial=0.0)
    if not (np.isfinite(largest) and largest > 0):
        return float("nan")
    with np.errstate(all="ignore"):
        # Over the largest first: squares of tiny weights vanish.
        sizes = sizes / largest
        return finite(np.sum(sizes**2) / np.sum(sizes) ** 2)


def effective_names(weights: ArrayLike) -> float:
    """How many equal names would be as concentrated: 1 over the sum of squared shares.

    Parameters
    ----------
    weights : (m,), in any unit, negative when short: what counts is their size.

    Returns a number from 1 to m. NaN where `herfindahl` is NaN.
    """
    return 1 / herfindahl(weights)


def diversification_ratio(weights: ArrayLike, covariance: ArrayLike) -> float:
    """Volatility that the positions would have, were they all one risk, over what they have together.

    Sum of |weight| * deviation, over the volatility.

    Parameters
    ----------
    weights : (m,), fractions of the worth, negative when short.
    covariance : (m, m), of simple returns.

    Returns 1 for one risk, and more. NaN where the volatility is zero up to rounding, and where
    `volatility_contributions` is NaN.

    Raises `ValueError` on other shapes.

    Source: Choueifaty and Coignard, "Toward Maximum Diversification", Journal of Portfolio Management 35(1), 2008.
    """
    volatility = volatility_contributions(weights, covariance).volatility
    if not volatility > 0:
        return float("nan")
    with np.errstate(all="ignore"):
        deviations = np.sqrt(np.diag(np.asarray(covariance, dtype=np.float64)))
        return finite(np.sum(np.abs(series("weights", weights)) * deviations) / volatility)


def effective_bets(weights: ArrayLike, covariance: ArrayLike) -> float:
    """How many bets a portfolio makes that have nothing in common: exp of the entropy of their parts of its variance.

    The bets are Meucci's minimum torsion: of all sets of uncorrelated factors, the one that is nearest to the
    positions, unlike principal components, which follow no position and are not unique.

    Parameters
    ----------
    weights : (m,), fractions of the worth, negative when short.
    covariance : (m, m), of simple returns.

    Returns a number from 1 to m. NaN if nothing is held, if a number is not finite, and unless the covariance has an
    inverse: no eigenvalue of the correlation below 1e-10.

    Raises `ValueError` on other shapes.

    Source: Meucci, Santangelo and Deguest, "Risk Budgeting and Diversification Based on Optimized Uncorrelated
    Factors", 2015.
    """
    volatility = volatility_contributions(weights, covariance).volatility
    correlated = correlation(covariance)
    if not volatility > 0 or not np.isfinite(correlated).all():
        return float("nan")
    values, vectors = np.linalg.eigh(correlated)
    if values[0] < _SINGULAR:
        return float("nan")
    deviations = np.sqrt(np.diag(np.asarray(covariance, dtype=np.float64)))
    root = (vectors * np.sqrt(values)) @ vectors.T
    # Bets are sizes * rotation @ root⁻¹ @ (returns / deviations): the sizes fall out of their parts of the variance.
    parts = (_torsion(root) @ (series("weights", weights) * deviations)) ** 2
    parts /= parts.sum()
    held = parts[parts > 0]
    return finite(np.exp(-np.sum(held * np.log(held))))


def days_to_liquidate(
    quantities: ArrayLike, average_volumes: ArrayLike, participation: ArrayLike = PARTICIPATION
) -> Numbers:
    """Days that it takes to sell a position, or to buy back a short one, as a part of what is traded.

    Parameters
    ----------
    All broadcast against one another.
    quantities : units held, negative when short.
    average_volumes : units traded on an average day.
    participation : part of the volume that is ours, above 0 and at most 1.

    Returns days, not rounded, of the broadcast shape; the horizon of a portfolio is its largest. NaN without volume,
    for a participation that is none, and for each of which a number is not finite.
    """
    held, traded, part = (np.asarray(each, dtype=np.float64) for each in (quantities, average_volumes, participation))
    with np.errstate(all="ignore"):
        days = np.abs(held) / (traded * part)
        return only_finite(np.where((traded > 0) & np.isfinite(traded) & (part > 0) & (part <= 1), days, np.nan))


def _torsion(root: Numbers) -> Numbers:
    """Return Q @ root, where a rotation Q and sizes D make |D Q - root| least.

    By turns, each is the best for the other. For fixed sizes, Q is the rotation of the polar decomposition of D root;
    for a fixed Q, D is the diagonal of Q rootᵀ.
    """
    sizes = np.ones(len(root))
    rotation = np.eye(len(root))
    for _ in range(_ROUNDS):
        left, _, right = np.linalg.svd(sizes[:, None] * root)
        rotation = left @ right
        before, sizes = sizes, np.einsum("ij,ij->i", rotation, root)
        if np.abs(sizes - before).max() <= _CLOSE:
            break
    return rotation @ root
