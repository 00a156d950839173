"""What a portfolio gains and loses when factors move at once, and how far they must move for a given loss."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Flags, Numbers, finite, only_finite, series, table
from domain.quant.black_scholes import price


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """Gains of positions under shocks; a loss is negative."""

    returns: Numbers
    """(m,), of each price, at least -1."""
    gains: Numbers
    """(m,), in money; a short position gains when its price falls."""
    by_factor: Numbers
    """(k + 1,), in money, that of the sectors last; they sum to the total."""
    total: float
    fraction: float
    """The total over what the positions are worth together."""
    floored: Flags
    """(m,), where the shocks together would have taken the price below zero."""


def factor_stress(betas: ArrayLike, shocks: ArrayLike, values: ArrayLike, sector_shocks: ArrayLike = 0.0) -> Stress:
    """Gains of positions when factors, and sectors beside them, move at once.

    The price of a position returns max(sum of beta * shock + shock of its sector, -1): no price falls below zero. So a
    long position loses at most its worth, a short one gains at most that, and a portfolio without shorts cannot lose
    more than it holds. Shocks of sectors come on top of the factors, like one more factor on which positions in the
    sector have a beta of 1. Where the floor binds, parts by factor are scaled to what is lost.

    Parameters
    ----------
    betas : (k, m), of each position on each factor, without intercepts.
    shocks : (k,), returns of the factors as fractions.
    values : (m,), worth of each position, negative when short.
    sector_shocks : (m,) or one for all, further return of the sector that a position is in.

    Returns gains in the unit of values. NaN for a position of which a number is not finite, and then for the totals.
    The fraction is NaN unless the positions together are worth more than nothing.

    Raises `ValueError` on other shapes.
    """
    exposed, worth = _exposed(betas, values)
    moved = series("shocks", shocks)
    if len(moved) != len(exposed):
        raise ValueError(f"expected shocks of shape ({len(exposed)},), got {moved.shape}")
    sectors = np.asarray(sector_shocks, dtype=np.float64)
    if sectors.shape not in ((), worth.shape):
        raise ValueError(f"expected sector_shocks of shape ({len(worth)},), got {sectors.shape}")
    with np.errstate(all="ignore"):
        parts = np.vstack([exposed * moved[:, None], np.broadcast_to(sectors, worth.shape)])
        asked = parts.sum(axis=0)
        returns = np.where(np.isfinite(worth) & np.isfinite(asked), np.maximum(asked, -1.0), np.nan)
        floored = returns > asked
        gains = only_finite(returns * worth)
        by_factor = only_finite((parts * np.where(floored, returns / asked, 1.0)) @ worth)
        total = finite(gains.sum())
    return Stress(
        returns=returns,
        gains=gains,
        by_factor=np.where(np.isnan(total), np.nan, by_factor),
        total=total,
        fraction=_fraction(total, worth),
        floored=floored,
    )


def option_gains(
    options: ArrayLike, units: ArrayLike, spot_returns: ArrayLike, volatility_changes: ArrayLike
) -> Numbers:
    """Gains of options that are priced anew after a shock: not by delta and gamma, which a large shock leaves behind.

    Parameters
    ----------
    options : (7, n), in rows what `black_scholes.price` takes, in its order: spot, strike, years, rate, dividend yield,
        volatility, is_call.
    units : (n,), quantity times multiplier, negative when short; 100 for one listed equity option held long.
    spot_returns : (n,) or one for all, of the underlying, as fractions; below -1 it is -1.
    volatility_changes : (n,) or one for all, added to the volatility (0.05 is five points); it does not fall below
        zero.

    Returns (n,) in the unit of the spot; a loss is negative. Long options lose at most what they are worth. NaN for
    each of which a number is not finite or has no price.

    Raises `ValueError` unless there are seven rows, and on shapes that do not fit.
    """
    given, held = table("options", options), series("units", units)
    if given.shape != (7, len(held)):
        raise ValueError(f"expected options of shape (7, {len(held)}), got {given.shape}")
    spot, strike, years, rate, dividend_yield, volatility, is_call = given
    with np.errstate(all="ignore"):
        # Infinity is not a fall to nothing.
        moved = spot * (1 + np.maximum(only_finite(np.asarray(spot_returns, dtype=np.float64)), -1.0))
        strained = np.maximum(volatility + only_finite(np.asarray(volatility_changes, dtype=np.float64)), 0.0)
        before = price(spot, strike, years, rate, dividend_yield, volatility, is_call)
        after = price(moved, strike, years, rate, dividend_yield, strained, is_call)
        return only_finite(held * (after - before))


def reverse_stress(betas: ArrayLike, direction: ArrayLike, values: ArrayLike, loss: float) -> float:
    """How many times a set of shocks must come for a portfolio to lose a part of its worth: the least that does.

    Exact: between the scales at which one price after the other reaches zero, the loss is linear.

    Parameters
    ----------
    betas : (k, m), of each position on each factor, without intercepts.
    direction : (k,), returns of the factors as fractions, to be scaled.
    values : (m,), worth of each position, negative when short.
    loss : part of the worth of all positions together, above zero.

    Returns the scale, above zero; it may take a factor below -1. NaN where no scale loses so much, unless the positions
    together are worth more than nothing, for a loss not above zero, and if a number is not finite.

    Raises `ValueError` on other shapes.
    """
    exposed, worth = _exposed(betas, values)
    moved = series("direction", direction)
    if len(moved) != len(exposed):
        raise ValueError(f"expected a direction of shape ({len(exposed)},), got {moved.shape}")
    with np.errstate(all="ignore"):
        return finite(_scale(moved @ exposed, worth, float(loss)))


def reverse_shocks(betas: ArrayLike, values: ArrayLike, loss: float) -> Numbers:
    """Return of each factor that alone would lose a part of a portfolio's worth: up or down, the smaller of the two.

    Parameters
    ----------
    betas : (k, m), of each position on each factor, without intercepts.
    values : (m,), worth of each position, negative when short.
    loss : part of the worth of all positions together, above zero.

    Returns (k,), signed. NaN for a factor that cannot do it, and where `reverse_stress` is NaN.

    Raises `ValueError` on other shapes.
    """
    exposed, worth = _exposed(betas, values)
    with np.errstate(all="ignore"):
        found = [(-_scale(-row, worth, float(loss)), _scale(row, worth, float(loss))) for row in exposed]
        both = only_finite(np.array(found, dtype=np.float64).reshape(len(exposed), 2))
        down, up = both[:, 0], both[:, 1]
        return np.where(np.isnan(up) | (-down <= up), down, up)


def _exposed(betas: ArrayLike, values: ArrayLike) -> tuple[Numbers, Numbers]:
    exposed, worth = table("betas", betas), series("values", values)
    if exposed.shape[1] != len(worth):
        raise ValueError(f"expected betas of shape (k, {len(worth)}), got {exposed.shape}")
    return exposed, worth


def _fraction(total: float, worth: Numbers) -> float:
    with np.errstate(all="ignore"):
        whole = float(worth.sum())
        return finite(total / whole) if whole > ROUNDING * np.abs(worth).sum() else float("nan")


def _scale(returns: Numbers, worth: Numbers, loss: float) -> float:
    """Return the least scale of the returns of prices at which the loss is reached."""
    whole, size = float(worth.sum()), float(np.abs(worth).sum())
    if not (loss > 0 and whole > ROUNDING * size and np.isfinite(returns).all()):
        return float("nan")
    falls = returns < 0
    order = np.argsort(returns[falls])
    falling = (returns * worth)[falls][order]
    scales = np.concatenate([[0.0], -1 / returns[falls][order]])
    # What is gained for one more of the scale after each price that has reached zero.
    rising = float((returns * worth)[~falls].sum())
    slopes = rising + np.concatenate([np.cumsum(falling[::-1])[::-1], [0.0]])
    gains = np.concatenate([[0.0], np.cumsum(slopes[:-1] * np.diff(scales))])
    target = -loss * whole
    reached = np.flatnonzero(gains <= target + ROUNDING * len(worth) * size)
    if reached.size:
        # From the end before: the other may be far beyond, where all digits of the way between are lost.
        before = int(reached[0]) - 1
        return float(scales[before] + (target - gains[before]) / slopes[before])
    return float(scales[-1] + (target - gains[-1]) / rising) if rising < 0 else float("nan")
