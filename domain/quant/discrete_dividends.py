"""Options on a share that pays known amounts on known days."""

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import Numbers, elementwise
from domain.quant.binomial import Tree
from domain.quant.black_scholes import price

_STEPS = 500
_BLOCK = 64


def escrowed_price(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
    dividends: ArrayLike,
) -> Numbers:
    """Price of European options in the escrowed model: the spot less what its dividends are worth is what moves.

    The volatility is that of this remainder, so that a late dividend makes options a little too cheap:
    `bos_vandermark_price` mends that.

    Parameters
    ----------
    All but dividends broadcast against one another.
    spot : price of the underlying, not negative, with the dividends to come.
    strike : above zero, in the money of the spot.
    years : time to expiry, not negative; calendar days / 365.
    rate : a year, continuously compounded, as a fraction.
    volatility : a year, not negative, as a fraction.
    is_call : true for a call, false for a put.
    dividends : (n, 2), of which each row has the years until the share is without it, and its amount in the money of
        the spot, not negative. Those up to an option's expiry count, the last moment included; those at zero and
        before are paid.

    Returns the broadcast shape, for one option on one unit held long, with the limits of `black_scholes.value`. NaN
    where the dividends are worth more than the spot; NaN everywhere when a number of dividends is not finite or an
    amount negative; and NaN for each other element of which a number is not finite or out of its range. Raises
    `ValueError` on dividends of another shape.

    Source: Hull, "Options, Futures, and Other Derivatives", chapter "The Black-Scholes-Merton Model", dividends.
    """
    times, amounts = _schedule(dividends)

    def computed(*parts: Numbers) -> tuple[Numbers, ...]:
        at, struck, until, rated, noise, calls = np.broadcast_arrays(*parts)
        worth = _present(times, amounts, rated, until).sum(axis=0)
        return (price(at - worth, struck, until, rated, 0, noise, calls),)

    return np.asarray(elementwise(computed, 1, spot, strike, years, rate, volatility, is_call)[0])


def bos_vandermark_price(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
    dividends: ArrayLike,
) -> Numbers:
    """Price of European options after Bos and Vandermark: early dividends leave the spot, late ones join the strike.

    A dividend is divided in proportion to time, which comes near to a spot that moves at its volatility between
    dividends and falls by each.

    Parameters
    ----------
    spot, strike, years, rate, volatility, is_call, dividends : those of `escrowed_price`.

    Returns the broadcast shape, by the rules of `escrowed_price` and with its NaN; NaN too where the early parts are
    worth more than the spot. Raises `ValueError` on dividends of another shape.

    Source: Bos and Vandermark, "Finessing Fixed Dividends", Risk 15(9), 2002.
    """
    times, amounts = _schedule(dividends)

    def computed(*parts: Numbers) -> tuple[Numbers, ...]:
        at, struck, until, rated, noise, calls = np.broadcast_arrays(*parts)
        worth = _present(times, amounts, rated, until)
        late = np.where(worth > 0, times[:, None] / until, np.where(np.isnan(worth), np.nan, 0.0))
        struck = struck + (worth * late).sum(axis=0) * np.exp(rated * until)
        return (price(at - (worth * (1 - late)).sum(axis=0), struck, until, rated, 0, noise, calls),)

    return np.asarray(elementwise(computed, 1, spot, strike, years, rate, volatility, is_call)[0])


def american_price(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
    dividends: ArrayLike,
    steps: int = _STEPS,
) -> Numbers:
    """Price of American options on the escrowed tree: the spot less its dividends moves, and exercise is for all of it.

    Parameters
    ----------
    spot, strike, years, rate, volatility, is_call, dividends : those of `escrowed_price`, but years and volatility
        are above zero.
    steps : of the tree, 1 or more.

    Returns the broadcast shape, for one option on one unit held long. NaN by the rules of `escrowed_price`, and where
    the tree of `crr_price` has none. Raises `ValueError` on dividends of another shape, and on no steps.

    Source: Hull, "Options, Futures, and Other Derivatives", chapter "Basic Numerical Procedures", the binomial tree
    with known dividends.
    """
    if steps < 1:
        raise ValueError(f"expected 1 step or more, got {steps}")
    times, amounts = _schedule(dividends)

    def computed(*parts: Numbers) -> tuple[Numbers, ...]:
        at, struck, until, rated, noise, calls = np.broadcast_arrays(*parts)
        worth = _present(times, amounts, rated, until)
        passed = np.arange(steps + 1)[:, None] * until / steps
        added = np.zeros(passed.shape)
        for time, part in zip(times, worth, strict=True):
            # It has grown by what has passed, until it leaves; the last step comes after the last dividend.
            added += np.where(passed < np.minimum(time, until), part * np.exp(rated * passed), 0.0)
        remainder = at - worth.sum(axis=0)
        good = (remainder > 0) & (struck > 0) & (until > 0) & (noise > 0)
        tree = Tree.crr(remainder, struck, until, rated, np.zeros(1), noise, calls, steps=steps)
        return (np.where(good & np.isfinite(struck + calls), tree.american(added), np.nan),)

    return np.asarray(elementwise(computed, 1, spot, strike, years, rate, volatility, is_call, block=_BLOCK)[0])


def _schedule(dividends: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return times and amounts; all of them NaN when one is bad."""
    rows = np.asarray(dividends, dtype=np.float64)
    if rows.size == 0:
        rows = rows.reshape(0, 2)
    if rows.ndim != 2 or rows.shape[1] != 2:
        raise ValueError(f"expected dividends of shape (n, 2), got {rows.shape}")
    if not np.isfinite(rows).all() or (rows[:, 1] < 0).any():
        return np.full(1, np.nan), np.full(1, np.nan)
    return rows[:, 0], rows[:, 1]


def _present(times: Numbers, amounts: Numbers, rate: Numbers, years: Numbers) -> Numbers:
    """Return (n, options): what each dividend is worth to each option, zero when it is not paid before its expiry."""
    times = times[:, None]
    counts = (times > 0) & (times <= years)
    return np.where(np.isnan(times), np.nan, np.where(counts, amounts[:, None] * np.exp(-rate * times), 0.0))
