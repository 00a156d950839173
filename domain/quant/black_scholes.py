"""European options after Black, Scholes and Merton, with a continuous dividend yield."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import Numbers, elementwise, filled
from domain.quant.normal import distribution

DAYS_PER_YEAR = 365.0
POINT = 0.01
_DENSITY_AT_ZERO = 1 / np.sqrt(2 * np.pi)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionValues:
    """Prices and Greeks of one option on one unit, each of the shape that the arguments broadcast to."""

    price: Numbers
    delta: Numbers
    gamma: Numbers
    """Change of delta for 1 of the spot."""
    vega_per_point: Numbers
    """Change of price for 0.01 of volatility."""
    theta_per_day: Numbers
    """Change of price when one calendar day passes."""
    rho_per_point: Numbers
    """Change of price for 0.01 of the interest rate."""
    phi_per_point: Numbers
    """Change of price for 0.01 of the dividend yield."""


def price(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
) -> Numbers:
    """Price of European options.

    Parameters, result, limits and NaN rule are those of `value`.
    """
    given = (spot, strike, years, rate, dividend_yield, volatility, is_call)
    return np.asarray(elementwise(_prices, 1, *given)[0])


def value(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
) -> OptionValues:
    """Price and first-order Greeks of European options, and gamma.

    Parameters
    ----------
    All broadcast against one another.
    spot : price of the underlying, not negative.
    strike : above zero, in the money of the spot.
    years : time to expiry, not negative; calendar days / 365.
    rate, dividend_yield : a year, continuously compounded, as fractions.
    volatility : a year, not negative, as a fraction.
    is_call : true for a call, false for a put.

    Returns arrays of the broadcast shape, for one option on one unit held long.

    With no time or no volatility left, values are their limits: the discounted intrinsic value on the forward, and a
    delta of zero or of a whole discounted share; half of one where the forward is the strike. There gamma, and theta
    without time, have no finite limit and are NaN.

    NaN for each element of which a number is negative where it may not be, or not finite; others are not touched.

    Source: Black and Scholes, "The Pricing of Options and Corporate Liabilities", Journal of Political Economy 81(3),
    1973; Merton, "Theory of Rational Option Pricing", Bell Journal of Economics 4(1), 1973.
    """
    given = (spot, strike, years, rate, dividend_yield, volatility, is_call)
    rows = [np.asarray(each) for each in filled(_fill_values, 7, *given)]
    return OptionValues(
        price=rows[0],
        delta=rows[1],
        gamma=rows[2],
        vega_per_point=rows[3],
        theta_per_day=rows[4],
        rho_per_point=rows[5],
        phi_per_point=rows[6],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOrder:
    """How the Greeks of one option on one unit change, each of the shape that the arguments broadcast to."""

    vanna_per_point: Numbers
    """Change of delta for 0.01 of volatility."""
    charm_per_day: Numbers
    """Change of delta when one calendar day passes."""
    vomma_per_point: Numbers
    """Change of vega per point for 0.01 of volatility; also called volga."""
    veta_per_day: Numbers
    """Change of vega per point when one calendar day passes."""
    speed: Numbers
    """Change of gamma for 1 of the spot."""
    zomma_per_point: Numbers
    """Change of gamma for 0.01 of volatility."""
    color_per_day: Numbers
    """Change of gamma when one calendar day passes."""
    ultima_per_point: Numbers
    """Change of vomma per point for 0.01 of volatility."""
    dual_delta: Numbers
    """Change of price for 1 of the strike."""
    dual_gamma: Numbers
    """Change of dual delta for 1 of the strike: the discounted density of the spot at expiry, there."""


def second_order(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
) -> SecondOrder:
    """Greeks of the second order of European options, three of the third, and those of the strike.

    With no time or no volatility left, all but charm and dual delta are zero away from the money, and those are what
    the discounted intrinsic value on the forward has. Where the forward is the strike vanna, vomma and ultima are
    their limits, and so is veta while there is time; what has no finite limit there is NaN.

    Parameters, result and NaN rule are those of `value`. Source: Haug, "The Complete Guide to Option Pricing
    Formulas", second edition, McGraw-Hill 2007, chapter 2.
    """
    given = (spot, strike, years, rate, dividend_yield, volatility, is_call)
    rows = [np.asarray(each) for each in elementwise(_second_order, 10, *given)]
    return SecondOrder(
        vanna_per_point=rows[0],
        charm_per_day=rows[1],
        vomma_per_point=rows[2],
        veta_per_day=rows[3],
        speed=rows[4],
        zomma_per_point=rows[5],
        color_per_day=rows[6],
        ultima_per_point=rows[7],
        dual_delta=rows[8],
        dual_gamma=rows[9],
    )


def probability_in_the_money(
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    volatility: ArrayLike,
    is_call: ArrayLike,
) -> Numbers:
    """Probability that options end in the money, when the spot drifts at the rate less the yield.

    From 0 to 1. With no time or no volatility left it is 0 or 1, and one half where the forward is the strike.

    Parameters, result and NaN rule are those of `value`.
    """
    given = (spot, strike, years, rate, dividend_yield, volatility, is_call)
    return np.asarray(elementwise(_probabilities, 1, *given)[0])


@dataclass(frozen=True, slots=True)
class _Terms:
    """What price and Greeks share: price = shares - money, what is held in the one and owed in the other."""

    sign: Numbers
    passed: Numbers
    """Years, below zero."""
    root_years: Numbers
    deviation: Numbers
    is_plain: bool
    """Whether there is deviation, in money too, and nothing is NaN, infinite or negative where it may not be."""
    d1: Numbers
    density: Numbers
    """Of the normal distribution at d1, times the dividend discount."""
    delta: Numbers
    shares: Numbers
    money: Numbers
    intrinsic: Numbers
    """Discounted, on the forward."""

    @classmethod
    def of(cls, *given: Numbers, delta: Numbers | None = None) -> "_Terms":
        """Return the terms of the arguments of `value`, in its order; d1 is NaN for what may not be.

        `delta` is what deltas are written to.
        """
        spot, strike, years, rate, dividend_yield, volatility, is_call = given
        # Of one length, and filled in place: to pass through memory takes longer than to compute.
        rows = np.empty((12, max(map(len, given))))
        sign, passed, root_years, deviation, d1, density, shares, money, intrinsic = rows[:9]
        delta, discounts = rows[9] if delta is None else delta, rows[10:]
        of_shares, of_money = discounts
        np.multiply(is_call != 0, 2.0, out=sign)
        sign -= 1.0
        np.negative(years, out=passed)
        np.sqrt(years, out=root_years)
        np.multiply(volatility, root_years, out=deviation)
        np.multiply(dividend_yield, passed, out=of_shares)
        np.multiply(rate, passed, out=of_money)
        np.divide(spot, strike, out=d1)
        np.log(d1, out=d1)
        d1 -= of_money
        d1 += of_shares
        # A few passes find what would otherwise take some for each argument: what is bad, or so large that a sum
        # overflows, makes a sum that is not finite, or a deviation or a spot that is not above zero.
        least = spot.min()
        is_plain = bool(least > 0 and least * deviation.min() > 0 and np.isfinite(d1 @ deviation + is_call.sum()))
        # At the money without deviation d1 is 0/0: zero is its limit, and makes half a share.
        _divide(d1, deviation, is_plain, out=d1)
        d1 += np.multiply(deviation, 0.5, out=money)
        if not is_plain:
            d1 += _nothing(*given)
        np.multiply(sign, d1, out=shares)
        np.subtract(shares, np.multiply(sign, deviation, out=money), out=money)
        distribution(shares, out=shares, kernel=density)
        distribution(money, out=money)
        np.exp(discounts, out=discounts)
        density *= of_shares
        density *= _DENSITY_AT_ZERO
        of_shares *= sign
        np.multiply(of_shares, shares, out=delta)
        np.multiply(delta, spot, out=shares)
        of_money *= sign
        of_money *= strike
        money *= of_money
        np.subtract(np.multiply(of_shares, spot, out=of_shares), of_money, out=intrinsic)
        np.maximum(intrinsic, 0.0, out=intrinsic)
        return cls(
            sign=sign,
            passed=passed,
            root_years=root_years,
            deviation=deviation,
            is_plain=is_plain,
            d1=d1,
            density=density,
            delta=delta,
            shares=shares,
            money=money,
            intrinsic=intrinsic,
        )

    def price(self, out: Numbers | None = None) -> Numbers:
        """Return prices: rounding alone takes one below its intrinsic value."""
        found = np.subtract(self.shares, self.money, out=out)
        return np.maximum(found, self.intrinsic, out=found)


def _prices(*given: Numbers) -> tuple[Numbers, ...]:
    return (_Terms.of(*given).price(),)


def _fill_values(rows: Numbers, *given: Numbers) -> None:
    price, delta, gamma, vega, theta, rho, phi = rows
    spot, _, _, rate, dividend_yield, volatility, _ = given
    terms = _Terms.of(*given, delta=delta)
    terms.price(price)
    np.multiply(terms.density, spot, out=vega)
    # What the option loses as its chance of more passes.
    decay = np.multiply(vega, volatility, out=phi)
    _divide(decay, terms.root_years, terms.is_plain, out=decay)
    decay *= 0.5
    np.multiply(dividend_yield, terms.shares, out=theta)
    theta -= decay
    theta -= np.multiply(rate, terms.money, out=decay)
    theta *= 1 / DAYS_PER_YEAR
    vega *= terms.root_years
    vega *= POINT
    _divide(terms.density, np.multiply(spot, terms.deviation, out=terms.deviation), terms.is_plain, out=gamma)
    point_years = np.multiply(terms.passed, -POINT, out=terms.passed)
    np.multiply(terms.money, point_years, out=rho)
    # Nothing less nothing is not below zero, as what is negated is.
    np.subtract(0.0, np.multiply(terms.shares, point_years, out=phi), out=phi)


def _probabilities(*given: Numbers) -> tuple[Numbers, ...]:
    terms = _Terms.of(*given)
    return (distribution(terms.sign * (terms.d1 - terms.deviation)),)


def _second_order(*given: Numbers) -> tuple[Numbers, ...]:
    spot, strike, years, rate, dividend_yield, volatility, _ = given
    terms = _Terms.of(*given)
    drift, deviation = rate - dividend_yield, terms.deviation
    density = terms.density
    gamma = _ratio(density, spot * deviation)
    vega = spot * density * terms.root_years
    distance = np.log(spot / strike) + drift * years
    # d1 and d2 by volatility, and d1 by deviation: at the money without volatility they have limits.
    steep1 = _ratio(distance, volatility * deviation) + 0.5 * terms.root_years
    steep2 = steep1 - terms.root_years
    drifted = drift * (_ratio(distance, np.square(deviation)) + 0.5)
    d2 = terms.d1 - deviation
    product = terms.d1 * d2
    slid = dividend_yield + drifted - product / (2 * years)
    dual_density = strike * np.exp(-rate * years) * np.exp(-0.5 * np.square(d2)) * _DENSITY_AT_ZERO
    charm = drift / deviation - d2 / (2 * years)

    def spread(weight: Numbers, factor: Numbers) -> Numbers:
        """Return the product, or zero where the density is: it goes to zero faster than any power grows."""
        return np.where(density == 0, 0.0, weight * factor)

    return (
        spread(-density, steep2) * POINT,
        (dividend_yield * terms.delta - spread(density, charm)) / DAYS_PER_YEAR,
        spread(vega, steep1 * d2) * POINT**2,
        spread(vega, slid - 1 / (2 * years)) * POINT / DAYS_PER_YEAR,
        spread(-gamma, (terms.d1 / deviation + 1) / spot),
        spread(gamma, (product - 1) / volatility) * POINT,
        spread(gamma, slid + 1 / (2 * years)) / DAYS_PER_YEAR,
        spread(-vega, steep1 * steep2 * (1 - product) + np.square(steep1) + np.square(steep2)) * POINT**3,
        -terms.money / strike,
        _ratio(dual_density, np.square(strike) * deviation),
    )


def _ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    """Return the quotient, or zero where the numerator is: 0/0 is a limit here."""
    quotient = np.asarray(numerator / denominator)
    is_zero = numerator == 0
    if is_zero.any():
        quotient = np.where(is_zero, 0.0, quotient)
    return quotient


def _divide(numbers: Numbers, denominator: Numbers, is_plain: bool, out: Numbers) -> None:
    """Divide, and leave zeros: 0/0 is a limit here, which plain arguments do not come to."""
    is_zero = None if is_plain else numbers == 0
    np.divide(numbers, denominator, out=out)
    if is_zero is not None:
        out[is_zero] = 0.0


def _nothing(*given: Numbers) -> Numbers:
    """Return zeros, with NaN for each element of which a number may not be."""
    spot, strike, years, _, _, volatility, _ = given
    found = np.zeros(max(map(len, given)))
    for each in given:
        found += each * 0.0
    bad = (spot < 0) | (strike <= 0) | (years < 0) | (volatility < 0)
    if bad.any():
        found[np.broadcast_to(bad, found.shape)] = np.nan
    return found
