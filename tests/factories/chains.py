"""Chains of options whose prices are known exactly."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np

from domain.kernel.dates import session_close
from domain.options.quoted import YEAR, ChainSource, QuotedChain
from domain.quant import black_scholes

AT = datetime(2024, 5, 15, 19, 0, tzinfo=UTC)
EXPIRY = date(2024, 11, 15)


def chain_at(
    volatility,
    *,
    spot=100.0,
    rate=0.0,
    dividend_yield=0.0,
    strikes=tuple(range(80, 121, 5)),
    expiry=EXPIRY,
    at=AT,
    half_spread=0.01,
):
    """Return a chain whose mids are the prices at these volatilities: of all strikes, or one of each."""
    columns = np.repeat(np.array(strikes, dtype=np.float64), 2)
    is_call = np.tile([True, False], len(strikes))
    each = np.repeat(np.broadcast_to(volatility, (len(strikes),)), 2)
    years = (session_close(expiry) - at) / YEAR
    prices = black_scholes.price(spot, columns, years, rate, dividend_yield, each, is_call)
    return QuotedChain(
        source=ChainSource.STORED,
        expiry=expiry,
        at=at,
        spot=spot,
        symbols=tuple(f"X{place}" for place in range(len(columns))),
        exact_strikes=tuple(Decimal(repr(strike)) for strike in columns.tolist()),
        is_call=is_call,
        strikes=columns,
        bid=prices - half_spread,
        ask=prices + half_spread,
        open_interest=np.full(len(columns), 7.0),
        is_stale=np.zeros(len(columns), dtype=bool),
        is_adjusted=np.zeros(len(columns), dtype=bool),
    )


def later(days):
    """Return a day so much after the usual expiry."""
    return EXPIRY + timedelta(days=days)
