"""American options on a tree of prices: slow beside `american`, and another way to the same numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import Numbers, elementwise

_STEPS = 501
# A layer of a tree for this many options fits into a core's cache.
_BLOCK = 64


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree for each option, each field (n,), whose price goes up or down by a factor at each step."""

    spot: Numbers
    strike: Numbers
    sign: Numbers
    up: Numbers
    down: Numbers
    chance: Numbers
    """Of going up."""
    discount: Numbers
    """Of one step."""

    @classmethod
    def crr(cls, *given: Numbers, steps: int) -> "Tree":
        """Return that of Cox, Ross and Rubinstein for arguments like those of `crr_price`, which may be bad."""
        spot, strike, years, rate, dividend_yield, volatility, is_call = np.broadcast_arrays(*given)
        length = years / steps
        up = np.exp(volatility * np.sqrt(length))
        growth = np.exp((rate - dividend_yield) * length)
        chance = (growth - 1 / up) / (up - 1 / up)
        chance = np.where((chance >= 0) & (chance <= 1), chance, np.nan)
        return cls(spot, strike, np.where(is_call != 0, 1.0, -1.0), up, 1 / up, chance, np.exp(-rate * length))

    @classmethod
    def leisen_reimer(cls, *given: Numbers, steps: int) -> "Tree":
        """Return that of Leisen and Reimer, centered on the strike."""
        spot, strike, years, rate, dividend_yield, volatility, is_call = np.broadcast_arrays(*given)
        length = years / steps
        deviation = volatility * np.sqrt(years)
        d1 = (np.log(spot / strike) + (rate - dividend_yield) * years) / deviation + 0.5 * deviation
        shares, chance = _peizer_pratt(d1, steps), _peizer_pratt(d1 - deviation, steps)
        growth = np.exp((rate - dividend_yield) * length)
        up, down = growth * shares / chance, growth * (1 - shares) / (1 - chance)
        return cls(spot, strike, np.where(is_call != 0, 1.0, -1.0), up, down, chance, np.exp(-rate * length))

    def american(self, added: Numbers) -> Numbers:
        """Return prices; added (steps + 1, n) is what the underlying has beside the tree's price at each step."""
        steps = len(added) - 1
        ups = np.arange(steps + 1)
        sign, strike, down = self.sign[:, None], self.strike[:, None], self.down[:, None]
        rising, falling = (self.discount * self.chance)[:, None], (self.discount * (1 - self.chance))[:, None]
        prices = self.spot[:, None] * np.exp(ups * np.log(self.up)[:, None] + (steps - ups) * np.log(down))
        worth = np.maximum(sign * (prices + added[-1][:, None] - strike), 0.0)
        for step in range(steps - 1, -1, -1):
            prices = prices[:, :-1] / down
            worth = rising * worth[:, 1:] + falling * worth[:, :-1]
            worth = np.maximum(worth, sign * (prices + added[step][:, None] - strike))
        return np.asarray(worth[:, 0])


def _peizer_pratt(deviate: Numbers, steps: int) -> Numbers:
    """Return the chance of going up by which a tree has the distribution's tail there: the second inversion."""
    scaled = np.square(deviate / (steps + 1 / 3 + 0.1 / (steps + 1))) * (steps + 1 / 6)
    return np.asarray(0.5 + np.sign(deviate) * np.sqrt(-0.25 * np.expm1(-scaled)))


def crr_price(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
    steps: int = _STEPS,
) -> Numbers:
    """Price of American options on the tree of Cox, Ross and Rubinstein.

    The error falls with the number of steps, and swings between odd and even ones.

    Parameters
    ----------
    All but steps broadcast against one another.
    spot, strike : above zero.
    years : time to expiry, above zero; calendar days / 365.
    rate, dividend_yield : a year, continuously compounded, as fractions, of either sign.
    volatility : a year, above zero, as a fraction.
    is_call : true for a call, false for a put.
    steps : of the tree, 1 or more.

    Returns the broadcast shape, for one option on one unit held long. NaN where the drift of one step is more than
    its noise, so that no chance of going up is between 0 and 1: with more steps there is one. NaN for each element
    of which a number is not finite or out of its range; others are not touched. Raises `ValueError` on no steps.

    Source: Cox, Ross and Rubinstein, "Option Pricing: A Simplified Approach", Journal of Financial Economics 7(3),
    1979.
    """
    if steps < 1:
        raise ValueError(f"expected 1 step or more, got {steps}")

    def computed(*parts: Numbers) -> tuple[Numbers, ...]:
        tree = Tree.crr(*parts, steps=steps)
        return (np.where(_good(*parts), tree.american(np.zeros((steps + 1, len(tree.spot)))), np.nan),)

    given = (spot, strike, years, rate, dividend_yield, volatility, is_call)
    return np.asarray(elementwise(computed, 1, *given, block=_BLOCK)[0])


def leisen_reimer_price(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
    steps: int = _STEPS,
) -> Numbers:
    """Price of American options on the tree of Leisen and Reimer, which is nearer with fewer steps.

    Parameters
    ----------
    All but steps broadcast against one another.
    spot, strike, years, rate, dividend_yield, volatility, is_call : those of `crr_price`.
    steps : of the tree, odd.

    Returns the broadcast shape, by the rules of `crr_price`, and NaN where an end in the money is certain or
    impossible to all digits. Raises `ValueError` when the steps are not odd.

    Source: Leisen and Reimer, "Binomial Models for Option Valuation: Examining and Improving Convergence", Applied
    Mathematical Finance 3(4), 1996.
    """
    if steps < 1 or steps % 2 == 0:
        raise ValueError(f"expected an odd number of steps, got {steps}")

    def computed(*parts: Numbers) -> tuple[Numbers, ...]:
        tree = Tree.leisen_reimer(*parts, steps=steps)
        return (np.where(_good(*parts), tree.american(np.zeros((steps + 1, len(tree.spot)))), np.nan),)

    given = (spot, strike, years, rate, dividend_yield, volatility, is_call)
    return np.asarray(elementwise(computed, 1, *given, block=_BLOCK)[0])


def _good(*given: Numbers) -> Numbers:
    spot, strike, years, rate, dividend_yield, volatility, is_call = given
    good = (spot > 0) & (strike > 0) & (years > 0) & (volatility > 0)
    return np.asarray(good & np.isfinite(spot + strike + years + rate + dividend_yield + volatility + is_call))
