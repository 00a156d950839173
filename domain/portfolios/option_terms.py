"""Options that are held, as Black, Scholes and Merton see them: at the volatility that their own prices imply."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import ArrayLike

from domain.kernel.dates import session_close, trade_day
from domain.market.history import NOTHING, Line
from domain.market.types import OptionRight, Vector
from domain.portfolios.option_prices import CLOSES, DIVIDEND_YIELD, RATE, YEAR
from domain.portfolios.types import Position, PriceSource
from domain.quant import black_scholes
from domain.quant.implied_volatility import implied_volatility
from domain.quant.volatility import annualized_volatility


class OptionTerms(NamedTuple):
    """One option; `scale` is what one unit of its price comes to in the base currency, negative when short.

    `spot` is of the units of the underlying that come for one strike: of one, unless a split has left others.
    """

    spot: float
    strike: float
    years: float
    volatility: float
    is_call: float
    scale: float

    def prices(self, moves: ArrayLike, volatility_change: float = 0.0) -> Vector:
        """Return the price of one unit when the underlying has returned so much, and volatility risen by so much."""
        spots = self.spot * (1 + np.maximum(np.asarray(moves, dtype=np.float64), -1.0))
        volatility = max(0.0, self.volatility + volatility_change)
        return black_scholes.price(spots, self.strike, self.years, RATE, DIVIDEND_YIELD, volatility, self.is_call)

    def gains(self, moves: ArrayLike, volatility_change: float = 0.0) -> Vector:
        """Return what the position makes of it at once, in the base currency: priced anew, not by its delta."""
        found: Vector = self.scale * (self.prices(moves, volatility_change) - self.prices(np.zeros(1)))
        return found


def option_terms(positions: Sequence[Position], closes: Mapping[UUID, Line]) -> OptionTerms | None:
    """Return the terms of positions in one option, over all accounts; None where a price is not known, and once it has
    expired.

    `closes` are adjusted closes of underlyings, for an option whose price has no time value and implies no volatility.
    """
    one = positions[0]
    contract = one.contract
    if contract is None or one.price_source is PriceSource.INTRINSIC:
        return None
    if one.underlying_price is None or one.price is None or one.price_at is None or one.fx_rate is None:
        return None
    units = sum(float(each.units) for each in positions)
    # Of the units that are delivered, those that come for one strike.
    spot, strike = float(one.underlying_price) * contract.share, float(contract.strike)
    years = max(0.0, (session_close(contract.expiry) - one.price_at) / YEAR)
    is_call = float(contract.right is OptionRight.CALL)
    implied = float(implied_volatility(float(one.price), spot, strike, years, RATE, DIVIDEND_YIELD, is_call))
    line = closes.get(contract.underlying_id, NOTHING)
    before = line.until(trade_day(one.price_at).toordinal()).closes[-CLOSES:]
    volatility = implied if implied > 0 else annualized_volatility(before)
    return OptionTerms(spot, strike, years, volatility, is_call, units * contract.multiplier * float(one.fx_rate))
