"""Chains that a model makes, where an installation replays a market and has no quotes of options: pure.

The smile is quant's `model_smile`: at the money it goes from the underlying's volatility over the last year's closes to
that over the last five years', and it is skewed.  Interest and dividends are zero, as for the options that portfolios
hold, which are valued without a smile.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import numpy as np

from domain.kernel.dates import session_close
from domain.market.occ import OccSymbol, occ_symbol
from domain.market.types import OptionRight, Vector
from domain.options.listing import bid_and_ask, listed_strikes
from domain.options.quoted import YEAR, ChainSource, QuotedChain
from domain.quant import black_scholes
from domain.quant.smile import model_smile
from domain.quant.volatility import annualized_volatility

# Closes of one year, as for the options of portfolios, and of five.
_SHORT, _LONG = 252, 1_260
# Strikes reach as far as so many deviations, within bounds.
_DEVIATIONS: Final = 3.0
_LEAST_REACH, _MOST_REACH = 0.15, 0.6
# Roots of index options are not the symbols that indices have here.
_ROOTS: Final = {"SP500": "SPX"}


def model_chain(symbol: str, expiry: date, spot: float, at: datetime, closes: Vector) -> QuotedChain | None:
    """Return the chain of an expiry at a price of its underlying; None without 21 closes, or after the expiry.

    `closes` are adjusted, of the sessions before that of the price, oldest first.
    """
    years = (session_close(expiry) - at) / YEAR
    now, late = annualized_volatility(closes[-_SHORT:]), annualized_volatility(closes[-_LONG:])
    if not (years > 0 and now > 0 and late > 0):
        return None
    reach = float(np.clip(_DEVIATIONS * now * np.sqrt(years), _LEAST_REACH, _MOST_REACH))
    contracts = _contracts(_ROOTS.get(symbol, symbol.replace(".", "")), expiry, listed_strikes(spot, reach))
    if not contracts:
        return None
    strikes = np.array([float(each.strike) for each in contracts])
    is_call = np.array([each.right is OptionRight.CALL for each in contracts])
    volatility = model_smile(np.log(strikes / spot), years, now, late)
    bid, ask = bid_and_ask(black_scholes.price(spot, strikes, years, 0.0, 0.0, volatility, is_call))
    return QuotedChain(
        source=ChainSource.MODEL,
        expiry=expiry,
        at=at,
        spot=spot,
        symbols=tuple(map(str, contracts)),
        exact_strikes=tuple(each.strike for each in contracts),
        is_call=is_call,
        strikes=strikes,
        bid=bid,
        ask=ask,
        open_interest=np.full(len(contracts), np.nan),
        is_stale=np.zeros(len(contracts), dtype=bool),
        is_adjusted=np.zeros(len(contracts), dtype=bool),
        volatility=volatility,
    )


def _contracts(root: str, expiry: date, strikes: Vector) -> Sequence[OccSymbol]:
    found = (
        occ_symbol(root, expiry, right, Decimal(repr(float(strike)))) for strike in strikes for right in OptionRight
    )
    return [each for each in found if each is not None]
