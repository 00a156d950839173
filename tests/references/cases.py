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

HAUG_AMERICAN = [
    *(
        OptionCase(spot, 100, years, 0.10, 0.10, volatility, is_call, price, 4)
        for is_call, years, volatility, prices in (
            (True, 0.1, 0.15, (0.0206, 1.8771, 10.0089)),
            (True, 0.1, 0.25, (0.3159, 3.1280, 10.3919)),
            (True, 0.1, 0.35, (0.9495, 4.3777, 11.1679)),
            (True, 0.5, 0.15, (0.8208, 4.0842, 10.8087)),
            (True, 0.5, 0.25, (2.7437, 6.8015, 13.0170)),
            (True, 0.5, 0.35, (5.0063, 9.5106, 15.5689)),
            (False, 0.1, 0.15, (10.0000, 1.8770, 0.0410)),
            (False, 0.1, 0.25, (10.2533, 3.1277, 0.4562)),
            (False, 0.1, 0.35, (10.8787, 4.3777, 1.2402)),
            (False, 0.5, 0.15, (10.5595, 4.0842, 1.0822)),
            (False, 0.5, 0.25, (12.4419, 6.8014, 3.3226)),
            (False, 0.5, 0.35, (14.6945, 9.5104, 5.8823)),
        )
        for spot, price in zip((90, 100, 110), prices, strict=True)
    ),
]

ANDERSEN_LAKE_OFFENGENDEN = ((100, 100, 1, 0.05, 0.05, 0.25, False), 0.106952702747)
"""An American put, and by how much it is worth more than the European one."""

QUANTLIB_AMERICAN = [
    OptionCase(100, 100, 1, 0.05, 0.05, 0.25, False, 9.569445, 6),
    OptionCase(100, 110, 30 / 365, 0.04, 0, 0.3, False, 10.40645, 6),
    OptionCase(80, 100, 182 / 365, 0.05, 0.02, 0.2, False, 20.0, 6),
    OptionCase(120, 100, 2, 0.03, 0.01, 0.45, False, 16.601787, 6),
    OptionCase(100, 100, 2, 0.02, 0.07, 0.2, False, 15.49444, 6),
    OptionCase(100, 100, 1, 0.05, 0.08, 0.25, True, 8.407663, 6),
    OptionCase(95, 100, 91 / 365, 0.01, 0.03, 0.6, True, 9.052202, 6),
    OptionCase(150, 100, 5, 0.02, 0.1, 0.4, True, 52.732883, 6),
    OptionCase(100, 120, 5, 0.08, 0.08, 0.15, True, 4.995026, 6),
    OptionCase(100, 100, 7 / 365, 0.05, 0.1, 0.2, True, 1.062197, 6),
    OptionCase(100, 100, 1, 0.0, -0.04, 0.3, False, 10.495154, 6),
    OptionCase(100, 110, 1, -0.01, 0.02, 0.3, True, 7.129752, 6),
    OptionCase(90, 100, 3, 0.1, 0.01, 0.08, False, 10.000005, 6),
    OptionCase(100, 100, 1, 0.05, -0.02, 0.3, False, 9.313092, 6),
    OptionCase(40, 50, 1, 0.06, 0, 0.2, False, 10.0, 6),
]

HULL_DIVIDENDS = ((40, 40, 0.5, 0.09, 0.30, True), [(2 / 12, 0.50), (5 / 12, 0.50)], 3.67)

HULL_TREE = ((52, 50, 5 / 12, 0.10, 0.40, False), [(3.5 / 12, 2.06)], 4.4404)
"""A tree of five steps of a month."""

HULL_GREEKS = (49, 50, 20 / 52, 0.05, 0, 0.20, True)

# Worth at the end of each year, and what came in at the start of the next: a share for 225, less the dividend of 5.
TWO_SHARES = ([200.0, 230.0, 480.0], [0.0, 220.0])

ONE_FLOW = (74.2, 104.4, [37.1], [17 / 31])

RSI_TABLE = (
    (
        *(44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931),
        *(46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521),
        *(45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314),
    ),
    (
        *(70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38),
        *(54.71, 50.42, 39.99, 41.46, 41.87, 45.46, 37.30, 33.08, 37.77),
    ),
)

AVERAGES_TABLE = (
    (
        *(22.2734, 22.1940, 22.0847, 22.1741, 22.1840, 22.1344, 22.2337, 22.4323, 22.2436, 22.2933),
        *(22.1542, 22.3926, 22.3816, 22.6109, 23.3558, 24.0519, 23.7530, 23.8324, 23.9516, 23.6338),
        *(23.8225, 23.8722, 23.6537, 23.1870, 23.0976, 23.3260, 22.6805, 23.0976, 22.4025, 22.1725),
    ),
    (
        *(22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.80, 22.97, 23.13, 23.28, 23.34),
        *(23.43, 23.51, 23.54, 23.47, 23.40, 23.39, 23.26, 23.23, 23.08, 22.92),
    ),
)
