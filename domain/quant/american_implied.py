"""The volatility at which an American option is worth its price."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from domain.quant.american import price as american_price
from domain.quant.arrays import Numbers, elementwise
from domain.quant.implied_volatility import implied_volatility as european_volatility

# Beyond, an option is worth its bound.
_HIGHEST = 10.0
_MOST_STEPS = 60
# Parts of spot and strike: how near a price must come, and what prices themselves may be off.
_NEAR, _NOISE = 1e-8, 1e-6
_BLOCK = 1_024

Rows = NDArray[np.intp]


def implied_volatility(
    option_price: ArrayLike,
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike,
    is_call: ArrayLike,
) -> Numbers:
    """Volatility a year, as a fraction, that an American option's price implies.

    The right to exercise early is worth something: read as European, a price implies a higher volatility, which
    bounds this one from above. In between it is solved by the Illinois variant of false position on
    `american.price`, as exact as that is.

    Parameters
    ----------
    All broadcast against one another.
    option_price : price of one option on one unit, in the money of spot and strike.
    spot, strike : above zero.
    years : time to expiry, above zero; calendar days / 365.
    rate, dividend_yield : a year, continuously compounded, as fractions.
    is_call : true for a call, false for a put.

    Returns the broadcast shape. NaN for a price that is not above what exercise brings now, or not below the spot
    (call) or the strike (put): the first says only that the volatility is low. NaN without time, and for each element
    of which a number is not finite or out of its range; others are not touched.

    Source: Dowell and Jarratt, "A modified regula falsi method for computing the root of an equation", BIT 11, 1971.
    """
    given = (option_price, spot, strike, years, rate, dividend_yield, is_call)
    return np.asarray(elementwise(_volatilities, 1, *given, block=_BLOCK)[0])


def _volatilities(*given: Numbers) -> tuple[Numbers, ...]:
    price, *terms = (np.array(each) for each in np.broadcast_arrays(*given))
    spot, strike, years, rate, dividend_yield, is_call = terms
    exercised = np.maximum(0.0, np.where(is_call != 0, 1.0, -1.0) * (spot - strike))
    most = np.where(is_call != 0, spot, strike)
    good = (spot > 0) & (strike > 0) & (years > 0) & (price > exercised) & (price < most)
    good &= np.isfinite(rate + dividend_yield + is_call)
    result = np.full(len(price), np.nan)
    if good.any():
        result[good] = _solved(price[good], *(each[good] for each in terms))
    return (result,)


def _solved(price: Numbers, *terms: Numbers) -> Numbers:
    spot, strike, years, rate, dividend_yield, is_call = terms

    def missed(volatility: Numbers, rows: Rows) -> Numbers:
        own = (spot[rows], strike[rows], years[rows], rate[rows], dividend_yield[rows])
        return american_price(*own, volatility, is_call[rows]) - price[rows]

    rows: Rows = np.arange(len(price))
    low, high = np.zeros(len(price)), european_volatility(price, *terms)
    high = np.where(np.isfinite(high) & (high > 0), np.minimum(high, _HIGHEST), _HIGHEST)
    below, above = missed(low, rows), missed(high, rows)
    near = _NEAR * (spot + strike)
    # Rounding may put the European bound a little below the root: that is the root, to what prices are right to.
    result = np.where(np.abs(above) <= _NOISE * (spot + strike), high, np.nan)
    rows = np.flatnonzero((below < 0) & (above > near))
    lo, hi, f_lo, f_hi = low[rows], high[rows], below[rows], above[rows]
    last = np.zeros(len(rows))
    for _ in range(_MOST_STEPS):
        if not len(rows):
            break
        middle = (lo * f_hi - hi * f_lo) / (f_hi - f_lo)
        middle = np.where((middle > lo) & (middle < hi), middle, (lo + hi) / 2)
        found = missed(middle, rows)
        result[rows] = middle
        side = np.where(found < 0, -1.0, 1.0)
        # An end that stays twice counts half as much, so that it does not stay for ever.
        again = np.where(side == last, 0.5, 1.0)
        lo, f_lo, f_hi_halved = np.where(side < 0, middle, lo), np.where(side < 0, found, f_lo * again), f_hi * again
        hi, f_hi = np.where(side < 0, hi, middle), np.where(side < 0, f_hi_halved, found)
        going = (np.abs(found) > near[rows]) & (hi - lo > 1e-10 * hi)
        rows, last = rows[going], side[going]
        lo, hi, f_lo, f_hi = lo[going], hi[going], f_lo[going], f_hi[going]
    return result
