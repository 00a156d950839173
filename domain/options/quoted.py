"""What is quoted for the contracts of one expiry, as arrays, and what it says of the market: pure.

Prices are of one unit of the underlying, in its currency.  American contracts are read as European ones, like those
that portfolios hold: the parity's interest takes up what early exercise is worth.  Read with that interest as American,
no put would have a volatility; at 30 % and 5 % interest, half a year out, those read so are off by 0.1 points at the
money and 1.2 at 15 % in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.kernel.dates import session_close, trade_day
from domain.market.chains import Chain
from domain.market.types import OptionRight, Vector
from domain.quant import black_scholes
from domain.quant.implied_volatility import implied_volatility

YEAR: Final = timedelta(days=365)
# Pairs of a call and a put count for the forward when their strike is so near to the spot, as |ln(strike / spot)|, and
# there are so many.
_NEAR: Final = 0.15
_FEWEST_PAIRS: Final = 5
# Over less time, or with a discount out of these bounds a year, prices of a tick say nothing of interest.
_SHORTEST: Final = 0.1
_LOWEST_RATE, _HIGHEST_RATE = -0.02, 0.15
# Of an OCC symbol: day, right and strike stand behind the root, which a split adds a digit to.
_AFTER_ROOT: Final = 15

Flags = NDArray[np.bool_]


class ChainSource(StrEnum):
    """Where the prices of a chain come from."""

    STORED = "STORED"
    MODEL = "MODEL"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class QuotedChain:
    """The contracts of one expiry, one entry of each column a contract: rising strikes, a call before a put."""

    source: ChainSource
    expiry: date
    at: datetime
    """Of the newest quote."""
    spot: float
    symbols: tuple[str, ...]
    exact_strikes: tuple[Decimal, ...]
    is_call: Flags
    strikes: Vector
    bid: Vector
    ask: Vector
    open_interest: Vector
    is_stale: Flags
    """Whether a quote is of an earlier session than the newest."""
    is_adjusted: Flags
    """Whether a contract has been left by a split, and gives other units than those of its strike."""
    volatility: Vector | None = None
    """Of a chain that a model made, the model's."""

    @property
    def years(self) -> float:
        """Time to expiry, calendar days / 365."""
        return max(0.0, (session_close(self.expiry) - self.at) / YEAR)

    @property
    def mid(self) -> Vector:
        """The middle of bid and ask, NaN where one of them is missing."""
        middle: Vector = (self.bid + self.ask) / 2
        return middle

    @property
    def usable_mid(self) -> Vector:
        """The middle where it is a price of one unit: both sides are there and not crossed, of the newest session."""
        with np.errstate(invalid="ignore"):
            good = (self.bid > 0) & (self.ask >= self.bid) & ~self.is_stale & ~self.is_adjusted
        return np.where(good, self.mid, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """What a chain says of the time to its expiry: rates are a year, continuously compounded."""

    price: float
    rate: float
    dividend_yield: float
    pairs: int
    """Of calls and puts whose parity it comes from; 0 where it is the spot, without interest."""


@dataclass(frozen=True, slots=True, eq=False)
class ChainValues:
    """Implied volatility and Greeks of each contract, NaN where its price implies none."""

    forward: Forward
    volatility: Vector
    values: black_scholes.OptionValues
    lowest: Vector
    """The discounted intrinsic value, below which a price implies nothing."""


def quoted(chain: Chain, spot: float) -> QuotedChain:
    """Return a stored chain so; `spot` counts where the quotes do not tell the underlying's price."""
    at = max(chain.at)
    newest = trade_day(at)
    is_stale = np.array([trade_day(each) < newest for each in chain.at])
    told = chain.underlying_price[~is_stale & np.isfinite(chain.underlying_price)]
    return QuotedChain(
        source=ChainSource.STORED,
        expiry=chain.expiry,
        at=at,
        spot=float(np.median(told)) if len(told) else spot,
        symbols=chain.symbols,
        exact_strikes=chain.exact_strikes,
        is_call=np.array([right is OptionRight.CALL for right in chain.rights]),
        strikes=chain.strikes,
        bid=chain.bid,
        ask=chain.ask,
        open_interest=chain.open_interest,
        is_stale=is_stale,
        is_adjusted=np.array([symbol[:-_AFTER_ROOT][-1:].isdigit() for symbol in chain.symbols]),
    )


def forward_of(chain: QuotedChain) -> Forward:
    """Return the forward that calls and puts near the money imply by their parity, call - put = discount * (forward -
    strike): the discount is the median of the slopes between all pairs, and the forward the median of what follows.

    Where five pairs are not there, it is the spot without interest or dividends; where time is short, or the slope
    tells a rate below -2 % or above 15 %, the discount is one.  Of a chain that a model made it is the spot, as in
    the model.
    """
    spot, years, mid = chain.spot, chain.years, chain.usable_mid
    plain = Forward(price=spot, rate=0.0, dividend_yield=0.0, pairs=0)
    if chain.source is ChainSource.MODEL or years == 0:
        return plain
    near = np.isfinite(mid) & (np.abs(np.log(chain.strikes / spot)) <= _NEAR)
    # Of an index two roots may expire on one day: a call pairs with a put of its own.
    named = [
        (symbol[:-_AFTER_ROOT], float(strike)) for symbol, strike in zip(chain.symbols, chain.strikes, strict=True)
    ]
    calls = {named[place]: float(mid[place]) for place in np.flatnonzero(near & chain.is_call)}
    puts = {named[place]: float(mid[place]) for place in np.flatnonzero(near & ~chain.is_call)}
    pairs = sorted(calls.keys() & puts.keys())
    strikes = np.array([strike for _, strike in pairs])
    if len(np.unique(strikes)) < _FEWEST_PAIRS:
        return plain
    gaps = np.array([calls[pair] - puts[pair] for pair in pairs])
    rate = _rate(strikes, gaps, years)
    price = float(np.median(strikes + gaps * np.exp(rate * years)))
    if not price > 0:
        return plain
    return Forward(
        price=price, rate=rate, dividend_yield=rate - float(np.log(price / spot)) / years, pairs=len(strikes)
    )


def _rate(strikes: Vector, gaps: Vector, years: float) -> float:
    upper, lower = np.triu_indices(len(strikes), 1)
    apart = strikes[lower] != strikes[upper]
    rises, steps = (gaps[lower] - gaps[upper])[apart], (strikes[lower] - strikes[upper])[apart]
    discount = -float(np.median(rises / steps))
    rate = -float(np.log(discount)) / years if discount > 0 else float("nan")
    return rate if years >= _SHORTEST and _LOWEST_RATE <= rate <= _HIGHEST_RATE else 0.0


def values_of(chain: QuotedChain) -> ChainValues:
    """Return implied volatilities and Greeks, all contracts at once."""
    forward, years = forward_of(chain), chain.years
    given = (chain.spot, chain.strikes, years, forward.rate, forward.dividend_yield)
    volatility = chain.volatility
    if volatility is None:
        volatility = implied_volatility(chain.usable_mid, *given, chain.is_call)
    values = black_scholes.value(*given, volatility, chain.is_call)
    lowest = black_scholes.price(*given, 0.0, chain.is_call)
    return ChainValues(forward, volatility, values, lowest)
