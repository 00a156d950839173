"""Rows of a file with a chain of options on AAA, whose forward, rate and volatility are known."""

from datetime import date, timedelta

import numpy as np

from domain.kernel.dates import session_close
from domain.quant import black_scholes

ASOF = date(2024, 5, 14)
STRIKES = tuple(8.0 + 0.5 * place for place in range(9))


def chain_rows(expiry, *, spot=10.0, rate=0.04, volatility=0.3):
    """Return rows whose mids are exact, a call and a put at each strike from 8 to 12."""
    years = (session_close(expiry) - session_close(ASOF)) / timedelta(days=365)
    rows = []
    for strike in STRIKES:
        at = volatility - 0.1 * float(np.log(strike / spot))
        for right in "CP":
            price = float(black_scholes.price(spot, strike, years, rate, 0, at, right == "C"))
            name = f"AAA{expiry:%y%m%d}{right}{int(strike * 1000):08}"
            rows.append(f"{name},{ASOF},{price - 0.001:.6f},{price + 0.001:.6f},70,{spot}")
    return rows
