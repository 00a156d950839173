"""European options after Black, Scholes and Merton, with a continuous dividend yield."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

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
    spot: Numbers
    strike: Numbers
    dividend_discount: Numbers
    root_years: Numbers
    deviation: Numbers
    is_plain: bool
    """Whether there is deviation, in money too, and nothing is NaN, infinite or negative where it may not be."""
    d1: Numbers
    kernel: Numbers
    """exp(-d1**2 / 2)."""
    in_shares: Numbers
    shares: Numbers
    money: Numbers

    @classmethod
    def of(cls, *given: Numbers) -> "_Terms":
        """Return the terms of the arguments of `value`, in its order; d1 is NaN for what may not be."""
        spot, strike, years, rate, dividend_yield, volatility, is_call = given
        # Of one length, and filled in place: to pass through memory takes longer than to compute.
        rows = np.empty((10, max(map(len, given))))
        root_years, deviation, dividend_discount, d1, kernel, in_shares, shares, money = rows[:8]
        discounted_spot, discounted_strike = rows[8:]
        sign, passed = np.where(is_call != 0, 1.0, -1.0), -years
        np.sqrt(years, out=root_years)
        np.multiply(volatility, root_years, out=deviation)
        np.multiply(dividend_yield, passed, out=dividend_discount)
        np.multiply(rate, passed, out=discounted_strike)
        np.divide(spot, strike, out=d1)
        np.log(d1, out=d1)
        d1 -= discounted_strike
        d1 += dividend_discount
        # A few passes find what would otherwise take some for each argument: what is bad, or so large that a sum
        # overflows, makes a sum that is not finite.
        sums = d1.sum() + deviation.sum() + spot.sum() + strike.sum() + is_call.sum()
        is_plain = bool(spot.min() * deviation.min() > 0 and strike.min() > 0 and np.isfinite(sums))
        # At the money without deviation d1 is 0/0: zero is its limit, and makes half a share.
        _divide(d1, deviation, is_plain)
        np.multiply(deviation, 0.5, out=money)
        d1 += money
        if not is_plain:
            d1 += _nothing(*given)
        np.multiply(sign, d1, out=in_shares)
        distribution(in_shares, out=in_shares, kernel=kernel)
        in_shares *= sign
        np.subtract(d1, deviation, out=money)
        money *= sign
        distribution(money, out=money)
        money *= sign
        for discount in (dividend_discount, discounted_strike):
            np.exp(discount, out=discount)
        np.multiply(spot, dividend_discount, out=discounted_spot)
        discounted_strike *= strike
        np.multiply(discounted_spot, in_shares, out=shares)
        money *= discounted_strike
        return cls(
            sign=sign,
            spot=discounted_spot,
            strike=discounted_strike,
            dividend_discount=dividend_discount,
            root_years=root_years,
            deviation=deviation,
            is_plain=is_plain,
            d1=d1,
            kernel=kernel,
            in_shares=in_shares,
            shares=shares,
            money=money,
        )

    def price(self, out: Numbers | None = None) -> Numbers:
        """Return prices: rounding alone takes one below its intrinsic value."""
        least = np.subtract(self.spot, self.strike, out=out)
        least *= self.sign
        np.maximum(least, 0.0, out=least)
        return np.maximum(self.shares - self.money, least, out=least)

    def density(self, out: Numbers | None = None) -> Numbers:
        """Return the normal density at d1, times the dividend discount."""
        found = np.multiply(self.kernel, self.dividend_discount, out=out)
        found *= _DENSITY_AT_ZERO
        return found


def _prices(*given: Numbers) -> tuple[Numbers, ...]:
    return (_Terms.of(*given).price(),)


def _fill_values(rows: Numbers, *given: Numbers) -> None:
    price, delta, gamma, vega, theta, rho, phi = rows
    spot, _, years, rate, dividend_yield, volatility, _ = given
    terms = _Terms.of(*given)
    terms.price(price)
    np.multiply(terms.in_shares, terms.dividend_discount, out=delta)
    density = terms.density(gamma)
    np.multiply(spot, density, out=vega)
    # What the option loses as its chance of more passes.
    decay = np.multiply(vega, volatility, out=phi)
    _divide(decay, terms.root_years, terms.is_plain)
    decay *= 0.5
    np.multiply(dividend_yield, terms.shares, out=theta)
    theta -= decay
    theta -= np.multiply(rate, terms.money, out=decay)
    theta *= 1 / DAYS_PER_YEAR
    vega *= np.multiply(terms.root_years, POINT, out=terms.root_years)
    _divide(density, np.multiply(spot, terms.deviation, out=terms.deviation), terms.is_plain)
    point_years = years * POINT
    np.multiply(terms.money, point_years, out=rho)
    np.multiply(terms.shares, np.negative(point_years, out=point_years), out=phi)
    phi += 0.0


def _probabilities(*given: Numbers) -> tuple[Numbers, ...]:
    terms = _Terms.of(*given)
    return (ndtr(terms.sign * (terms.d1 - terms.deviation)),)


def _second_order(*given: Numbers) -> tuple[Numbers, ...]:
    spot, strike, years, rate, dividend_yield, volatility, _ = given
    terms = _Terms.of(*given)
    drift, deviation = rate - dividend_yield, terms.deviation
    density = terms.density()
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
        (dividend_yield * terms.dividend_discount * terms.in_shares - spread(density, charm)) / DAYS_PER_YEAR,
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


def _divide(numbers: Numbers, denominator: Numbers, is_plain: bool) -> None:
    """Divide in place, and leave zeros: 0/0 is a limit here, which plain arguments do not come to."""
    is_zero = None if is_plain else numbers == 0
    numbers /= denominator
    if is_zero is not None:
        numbers[is_zero] = 0.0


def _nothing(*given: Numbers) -> Numbers:
    """Return zeros, with NaN for each element of which a number may not be."""
    spot, strike, years, _, _, volatility, _ = given
    found = np.zeros(max(map(len, given)))
    for each in given:
        found += each
    found -= found
    bad = (spot < 0) | (strike <= 0) | (years < 0) | (volatility < 0)
    if bad.any():
        found[np.broadcast_to(bad, found.shape)] = np.nan
    return found
