"""Several options on one underlying held together: what they cost, what they may bring, and where that turns."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from domain.quant.arrays import ROUNDING, Flags, Numbers, series
from domain.quant.black_scholes import OptionValues, price, value

# So many deviations from a strike an option is worth what it is without any.
_FAR = 10.0
_PLACES = 400
# Some multiples of it are still numbers, and so is one over it.
_LARGEST = 1e307


# What overflows is answered as what it is, not a number.
_quietly = np.errstate(all="ignore")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What options are valued at until they expire."""

    rate: float
    """A year, continuously compounded, as a fraction; the yield likewise."""
    dividend_yield: float
    volatility: float
    """A year, as a fraction, not negative."""

    def are_good(self) -> bool:
        """Return whether they are finite and in their ranges."""
        return bool(np.isfinite([self.rate, self.dividend_yield, self.volatility]).all() and self.volatility >= 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extremes:
    """The most and the least that a strategy brings at its first expiry."""

    highest: float
    """Profit, NaN when there is no highest one."""
    lowest: float
    """Profit, so that a loss is negative; NaN when there is no lowest one."""
    is_profit_unbounded: bool
    is_loss_unbounded: bool


@dataclass(frozen=True)
class Strategy:
    """Legs of a strategy, European options for one unit of the underlying, each field (n,).

    All results are for the legs together, in the money of the strikes. With a bad number in a leg or in what is
    asked all of them are NaN. No interest is reckoned on the premium.
    """

    is_call: Flags
    strike: Numbers
    """Above zero."""
    years: Numbers
    """To expiry, not negative; calendar days / 365."""
    quantity: Numbers
    """Negative when sold."""
    premium: Numbers
    """Price of one at which it was bought or sold."""

    @classmethod
    def of(
        cls, is_call: ArrayLike, strike: ArrayLike, years: ArrayLike, quantity: ArrayLike, premium: ArrayLike
    ) -> "Strategy":
        """Return legs, one or more. Raises `ValueError` on shapes that differ or are not one-dimensional."""
        fields = {
            name: series(name, given)
            for name, given in (
                ("is_call", is_call),
                ("strike", strike),
                ("years", years),
                ("quantity", quantity),
                ("premium", premium),
            )
        }
        sizes = {name: len(each) for name, each in fields.items()}
        if len(set(sizes.values())) != 1 or sizes["strike"] == 0:
            raise ValueError(f"expected one or more legs in series of one length, got {sizes}")
        calls = fields.pop("is_call")
        # A right that is neither spoils the strategy by its quantity.
        fields["quantity"] = np.where(np.isfinite(calls), fields["quantity"], np.nan)
        return cls(is_call=calls != 0, **fields)

    @cached_property
    def is_good(self) -> bool:
        """Whether all numbers, and what they come to, are finite and in their ranges."""
        finite = self.size <= _LARGEST and np.isfinite(self.years).all()
        return bool(finite and (self.strike > 0).all() and (self.years >= 0).all())

    @cached_property
    @_quietly
    def size(self) -> float:
        """What strikes and premiums of all units come to, whichever side they are on."""
        return float((np.abs(self.quantity) * (self.strike + np.abs(self.premium))).sum())

    @property
    def first_expiry(self) -> float:
        """Years until the first leg expires."""
        return float(self.years.min())

    @property
    def expires_at_once(self) -> bool:
        """Whether all legs expire together."""
        return self.longest_left == 0

    @property
    def longest_left(self) -> float:
        """Years that the last leg goes on after the first expiry."""
        return float(self.years.max()) - self.first_expiry

    def log_reach(self, conditions: Conditions) -> float:
        """Return the logarithm of how many times its strike the underlying moves before options matter no more.

        Those that go on after the first expiry.
        """
        # The drift moves where an option that goes on has its bend.
        drift = abs(conditions.rate - conditions.dividend_yield) * self.longest_left
        return float(_FAR * conditions.volatility * np.sqrt(self.longest_left) + drift + 0.1)

    def is_within(self, conditions: Conditions) -> bool:
        """Whether all is in its range, and so is all that the underlying comes to until the last expiry."""
        if not (self.is_good and conditions.are_good()):
            return False
        far = self.log_reach(conditions) + abs(conditions.dividend_yield) * self.longest_left
        return self.expires_at_once or bool(np.abs(np.log(self.strike)).max() + far < np.log(_LARGEST))

    def net_premium(self) -> float:
        """Return what is paid for the legs, negative when more is received."""
        return float((self.quantity * self.premium).sum()) if self.is_good else float("nan")

    @_quietly
    def profit(self, underlying: ArrayLike, conditions: Conditions, passed: float | None = None) -> Numbers:
        """Return the worth of the legs less the net premium when so many years have passed.

        At the first expiry when not given: legs that expire then are worth what their exercise brings, and the others
        what Black, Scholes and Merton say. After a leg's expiry there is no answer: passed is at most the first.
        """
        at = np.asarray(underlying, dtype=np.float64)
        elapsed = self.first_expiry if passed is None else passed
        if not (self.is_within(conditions) and 0 <= elapsed <= self.first_expiry):
            return np.full(at.shape, np.nan)
        left = self.years - elapsed
        rate, dividend_yield, volatility = conditions.rate, conditions.dividend_yield, conditions.volatility
        worth = price(at[..., None], self.strike, left, rate, dividend_yield, volatility, self.is_call)
        return np.asarray((worth * self.quantity).sum(axis=-1) - self.net_premium())

    @_quietly
    def greeks(self, spot: float, conditions: Conditions) -> OptionValues:
        """Return price and Greeks of all legs together now, by the rules of `black_scholes.value`."""
        rate, dividend_yield, volatility = conditions.rate, conditions.dividend_yield, conditions.volatility
        found = value(spot, self.strike, self.years, rate, dividend_yield, volatility, self.is_call)
        quantity = self.quantity if self.is_good else np.full_like(self.quantity, np.nan)

        def total(each: Numbers) -> Numbers:
            return np.asarray((each * quantity).sum())

        return OptionValues(
            price=total(found.price),
            delta=total(found.delta),
            gamma=total(found.gamma),
            vega_per_point=total(found.vega_per_point),
            theta_per_day=total(found.theta_per_day),
            rho_per_point=total(found.rho_per_point),
            phi_per_point=total(found.phi_per_point),
        )

    @_quietly
    def extremes(self, conditions: Conditions) -> Extremes:
        """Return the highest and the lowest profit at the first expiry, at any price from zero up."""
        if not self.is_within(conditions):
            nan = float("nan")
            return Extremes(highest=nan, lowest=nan, is_profit_unbounded=False, is_loss_unbounded=False)
        curve = _Curve.of(self, conditions)
        rises, falls = curve.last_slope > 0, curve.last_slope < 0
        return Extremes(
            highest=float("nan") if rises else curve.most(1.0),
            lowest=float("nan") if falls else -curve.most(-1.0),
            is_profit_unbounded=rises,
            is_loss_unbounded=falls,
        )

    @_quietly
    def break_evens(self, conditions: Conditions) -> Numbers:
        """Return prices of the underlying, rising, at which the first expiry brings neither profit nor loss.

        They are above zero, and of a stretch without either only its ends. They are exact when all legs expire
        together. When they do not, roots are sought between four hundred prices, and a profit that only touches zero
        may be missed.
        """
        if not self.is_within(conditions):
            return np.full(1, np.nan)
        return _Curve.of(self, conditions).roots()

    @_quietly
    def probability_of_profit(self, spot: float, conditions: Conditions) -> float:
        """Return the probability of a profit above zero at the first expiry.

        The spot drifts at the rate less the yield. Its distribution is lognormal with the conditions' volatility, and
        is taken exactly between break-evens.
        """
        if not (self.is_within(conditions) and np.isfinite(spot) and spot > 0):
            return float("nan")
        curve = _Curve.of(self, conditions)
        edges = np.concatenate([[0.0], curve.roots(), [np.inf]])
        within = np.append(0.5 * (edges[:-2] + edges[1:-1]), 2 * edges[-2] + curve.nodes[-1])
        gains = curve.signs(within) > 0
        years = self.first_expiry
        drift = (conditions.rate - conditions.dividend_yield) * years
        # Over the forward, in logarithms: quotients of the largest numbers are none.
        away = np.log(edges) - np.log(spot) - drift
        deviation = conditions.volatility * np.sqrt(years)
        if deviation == 0:
            return float(((away[:-1] < 0) & (away[1:] > 0) & gains).any())
        below = ndtr(away / deviation + 0.5 * deviation)
        return float(np.clip((np.diff(below) * gains).sum(), 0.0, 1.0))

    @_quietly
    def places(self, spot: float, conditions: Conditions, count: int = 101) -> Numbers:
        """Return prices of the underlying to draw a profit at: evenly spaced around spot and strikes, and every turn.

        At least so many, rising: the strikes and the break-evens among them are added.
        """
        known = np.append(self.strike, spot)
        if not (self.is_good and (np.abs(known) <= _LARGEST).all()):
            return np.full(1, np.nan)
        low, high = 0.7 * float(known.min()), 1.3 * float(known.max())
        turns = np.concatenate([known, self.break_evens(conditions)])
        return np.unique(np.concatenate([np.linspace(low, high, count), turns[(turns >= low) & (turns <= high)]]))


@dataclass(frozen=True, slots=True)
class _Curve:
    """Profit at the first expiry over the price of the underlying."""

    strategy: Strategy
    conditions: Conditions
    nodes: Numbers
    """Rising from zero; what lies between two is a line, or else smooth."""
    profits: Numbers
    last_slope: float
    """Beyond the last node."""
    rounding: float

    @classmethod
    def of(cls, strategy: Strategy, conditions: Conditions) -> "_Curve":
        left = strategy.years - strategy.first_expiry
        nodes = np.append(0.0, strategy.strike)
        if not strategy.expires_at_once:
            reach, strikes = np.exp(strategy.log_reach(conditions)), strategy.strike
            nodes = np.append(nodes, np.geomspace(strikes.min() / reach, strikes.max() * reach, _PLACES))
        nodes = np.unique(nodes)
        held = strategy.quantity * strategy.is_call
        slope = float((held * np.exp(-conditions.dividend_yield * left)).sum())
        return cls(
            strategy=strategy,
            conditions=conditions,
            nodes=nodes,
            profits=strategy.profit(nodes, conditions),
            last_slope=0.0 if abs(slope) <= ROUNDING * np.abs(held).sum() else slope,
            rounding=ROUNDING * strategy.size,
        )

    def signs(self, underlying: Numbers) -> Numbers:
        """Return -1, 0 or 1 for a loss, neither or a profit; what rounding may have made is neither."""
        return self._signs(self.strategy.profit(underlying, self.conditions))

    def _signs(self, profits: Numbers) -> Numbers:
        return np.where(np.abs(profits) <= self.rounding, 0.0, np.sign(profits))

    def roots(self) -> Numbers:
        """Return where it is zero; of a stretch of zeros, the ends."""
        signs = self._signs(self.profits)
        zero = signs == 0
        # Beyond the last node the ray is zero when it begins so and is level.
        zero_after = np.append(zero[1:], self.last_slope == 0)
        zero_before = np.append(True, zero[:-1])
        found = [float(each) for each in self.nodes[zero & ~(zero_before & zero_after)]]
        found.extend(self._root(int(index)) for index in np.flatnonzero(signs[:-1] * signs[1:] < 0))
        if signs[-1] * self.last_slope < 0:
            found.append(float(self.nodes[-1] - self.profits[-1] / self.last_slope))
        return np.array([each for each in sorted(found) if each > 0])

    def _root(self, index: int) -> float:
        """Return the root between a node and the next."""
        (low, high), (first, last) = self.nodes[index : index + 2], self.profits[index : index + 2]
        if self.strategy.expires_at_once:
            return float(low + (high - low) * first / (first - last))
        from scipy.optimize import brentq

        return float(brentq(lambda at: float(self.strategy.profit(at, self.conditions)), low, high, xtol=1e-12 * high))

    def most(self, sign: float) -> float:
        """Return the highest of sign * profit at nodes, or between those beside the highest when it is smooth there."""
        heights = sign * self.profits
        best = int(np.argmax(heights))
        if self.strategy.expires_at_once or np.isnan(heights).any():
            return float(heights[best])
        bounds = (self.nodes[max(best - 1, 0)], self.nodes[min(best + 1, len(self.nodes) - 1)])
        from scipy.optimize import minimize_scalar

        found = minimize_scalar(
            lambda at: -sign * float(self.strategy.profit(at, self.conditions)), bounds=bounds, method="bounded",
            options={"xatol": 1e-9 * bounds[1]},
        )  # fmt: skip
        return max(float(heights[best]), -float(found.fun))
