"""What each position adds to the risk of a portfolio: parts that sum to the whole, after Euler."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from domain.quant.arrays import ROUNDING, Numbers, finite, only_finite, series, square, table
from domain.quant.measured import tail_weights

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class VolatilityContributions:
    """Volatility, and what positions make of it, of one period and as a fraction like the returns."""

    volatility: float
    marginal: Numbers
    """(m,), change of volatility for 1 of the weight."""
    components: Numbers
    """(m,), weight times marginal; they sum to the volatility. One that is negative lowers it."""
    shares: Numbers
    """(m,), components over the volatility."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TailContributions:
    """Value at risk and expected shortfall, and what positions make of them: positive where something is lost."""

    value_at_risk: float
    expected_shortfall: float
    value_at_risk_components: Numbers
    """(m,), they sum to the value at risk; over the weight, each is marginal."""
    expected_shortfall_components: Numbers
    """(m,), they sum to the expected shortfall."""


def volatility_contributions(weights: ArrayLike, covariance: ArrayLike) -> VolatilityContributions:
    """Volatility of a portfolio, and the part of it that is each position's.

    Parameters
    ----------
    weights : (m,), fractions of the worth, negative when short; they need not sum to 1.
    covariance : (m, m), of simple returns; its period is that of the result.

    Returns fractions. A volatility is zero where its square is zero up to rounding, and then the parts are NaN. NaN for
    all if a number is not finite, or if the covariance gives a negative variance.

    Raises `ValueError` on other shapes.

    Source: Litterman, "Hot Spots and Hedges", Journal of Portfolio Management, 1996.
    """
    held, spread = _pair(weights, covariance)
    with np.errstate(all="ignore"):
        volatility, marginal = _volatility(held, spread)
        components = only_finite(held * marginal)
        return VolatilityContributions(
            volatility=volatility,
            marginal=marginal,
            components=components,
            shares=only_finite(components / volatility),
        )


def normal_tail(
    weights: ArrayLike, covariance: ArrayLike, means: ArrayLike, confidence: float = CONFIDENCE
) -> TailContributions:
    """Value at risk and expected shortfall of normal returns, and the part of them that is each position's.

    z = quantile of the normal at the confidence, s = volatility: value at risk z s - mean, shortfall
    density(z) / (1 - confidence) s - mean.

    Parameters
    ----------
    weights : (m,), fractions of the worth, negative when short.
    covariance : (m, m), of simple returns; its period is that of the result.
    means : (m,), mean return of the same period; zeros where none is to be counted on.
    confidence : of the loss not being exceeded, between 0 and 1.

    Returns losses as positive fractions; negative where even the tail gains. NaN for all if a number is not finite, or
    if the covariance gives a negative variance; parts are NaN at a volatility of zero.

    Raises `ValueError` on other shapes, and on a confidence not between 0 and 1.

    Source: Jorion, "Value at Risk", chapter on portfolio risk, for the parts; McNeil, Frey and Embrechts, "Quantitative
    Risk Management", chapter on risk measures, for the shortfall of the normal.
    """
    held, spread = _pair(weights, covariance)
    expected = series("means", means)
    if len(expected) != len(held):
        raise ValueError(f"expected means of shape ({len(held)},), got {expected.shape}")
    _check(confidence)
    quantile = float(ndtri(confidence))
    beyond = float(np.exp(-quantile * quantile / 2) / np.sqrt(2 * np.pi) / (1 - confidence))
    with np.errstate(all="ignore"):
        volatility, marginal = _volatility(held, spread)
        mean = float(held @ expected)
        parts = [only_finite(held * (times * marginal - expected)) for times in (quantile, beyond)]
        return TailContributions(
            value_at_risk=finite(quantile * volatility - mean),
            expected_shortfall=finite(beyond * volatility - mean),
            value_at_risk_components=parts[0],
            expected_shortfall_components=parts[1],
        )


def historical_tail(weights: ArrayLike, returns: ArrayLike, confidence: float = CONFIDENCE) -> TailContributions:
    """Value at risk and expected shortfall of what has been, and the part of them that is each position's.

    Both by the rule of `tails.historical`. Parts of the value at risk are those of its one day, the earlier of equals:
    they jump from one day to the next, where parts of the shortfall do not.

    Parameters
    ----------
    weights : (m,), fractions of the worth, negative when short, held constant.
    returns : (n, m), simple returns of each position, oldest first.
    confidence : of the loss not being exceeded, between 0 and 1.

    Returns losses as positive fractions of a period; negative where even the tail gains. NaN for all if a number is not
    finite, or if there are no returns.

    Raises `ValueError` on other shapes, and on a confidence not between 0 and 1.

    Source: Tasche, "Capital Allocation to Business Units and Sub-Portfolios: the Euler Principle", 2008, for the parts.
    """
    held, been = series("weights", weights), table("returns", returns)
    if been.shape[1] != len(held):
        raise ValueError(f"expected returns of shape (n, {len(held)}), got {been.shape}")
    _check(confidence)
    n, m = been.shape
    with np.errstate(all="ignore"):
        losses = -(been * held)
        totals = losses.sum(axis=1)
        if not n or not m or not np.isfinite(totals).all():
            nothing = np.full(m, np.nan)
            return TailContributions(
                value_at_risk=float("nan"),
                expected_shortfall=float("nan"),
                value_at_risk_components=nothing,
                expected_shortfall_components=nothing.copy(),
            )
        worst = np.argsort(-totals, kind="stable")
        shares = tail_weights(n, confidence)
        last = len(shares)
        parts = shares @ losses[worst[:last]]
        return TailContributions(
            value_at_risk=finite(totals[worst[last - 1]]),
            expected_shortfall=finite(shares @ totals[worst[:last]]),
            value_at_risk_components=losses[worst[last - 1]].copy(),
            expected_shortfall_components=only_finite(parts),
        )


def _check(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, got {confidence}")


def _pair(weights: ArrayLike, covariance: ArrayLike) -> tuple[Numbers, Numbers]:
    held, spread = series("weights", weights), square("covariance", covariance)
    if len(held) != len(spread):
        raise ValueError(f"expected weights of shape ({len(spread)},), got {held.shape}")
    return held, spread


def _volatility(held: Numbers, spread: Numbers) -> tuple[float, Numbers]:
    """Return the volatility and its marginals; zero and NaN where it is zero up to rounding."""
    nothing = np.full(len(held), np.nan)
    toward = spread @ held
    variance, size = float(held @ toward), float(np.abs(held) @ np.abs(spread) @ np.abs(held))
    rounding = len(held) * ROUNDING * size
    if not np.isfinite(variance + size) or variance < -rounding:
        return float("nan"), nothing
    if variance <= rounding:
        return 0.0, nothing
    volatility = float(np.sqrt(variance))
    return volatility, only_finite(toward / volatility)
