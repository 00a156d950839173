"""Published cases as data; README.md beside this file says where each stands."""

from datetime import date
from typing import NamedTuple


class OptionCase(NamedTuple):
    """An option, as `value` takes it, and what was printed for it."""

    spot: float
    strike: float
    years: float
    rate: float
    dividend_yield: float
    volatility: float
    is_call: bool
    price: float
    digits: int


SPREADSHEET_XIRR = {
    date(2008, 1, 1): -10_000.0,
    date(2008, 3, 1): 2_750.0,
    date(2008, 10, 30): 4_250.0,
    date(2009, 2, 15): 3_250.0,
    date(2009, 4, 1): 2_750.0,
}

HULL_PRICES = [
    OptionCase(42, 40, 0.5, 0.10, 0, 0.20, True, 4.76, 2),
    OptionCase(42, 40, 0.5, 0.10, 0, 0.20, False, 0.81, 2),
]

HAUG_PRICES = [
    OptionCase(60, 65, 0.25, 0.08, 0, 0.30, True, 2.1334, 4),
    OptionCase(100, 95, 0.5, 0.10, 0.05, 0.20, False, 2.4648, 4),
    OptionCase(19, 19, 0.75, 0.10, 0.10, 0.28, True, 1.7011, 4),
    OptionCase(19, 19, 0.75, 0.10, 0.10, 0.28, False, 1.7011, 4),
    OptionCase(1.56, 1.6, 0.5, 0.06, 0.08, 0.12, True, 0.0291, 4),
]

HULL_GREEKS = (49, 50, 20 / 52, 0.05, 0, 0.20, True)

# Worth at the end of each year, and what came in at the start of the next: a share for 225, less the dividend of 5.
TWO_SHARES = ([200.0, 230.0, 480.0], [0.0, 220.0])

ONE_FLOW = (74.2, 104.4, [37.1], [17 / 31])
