"""Implied volatility: there and back, at the bounds, far out, and fast."""

import math
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.black_scholes import price
from domain.quant.implied_volatility import _deviations, _logs, implied_volatility
from tests.factories.options import live_options, many


@given(live_options)
def test_there_and_back(option: dict[str, float]) -> None:
    volatility = option.pop("volatility")
    given_price = price(**option, volatility=volatility)

    found = implied_volatility(given_price, **option)

    spot, strike = option["spot"], option["strike"]
    again = price(**option, volatility=found)
    assert again == pytest.approx(given_price, abs=4e-15 * (spot + strike)) or np.isnan(found)
    if np.isnan(found):
        # Only a price that rounding has put on a bound has none.
        assert volatility * math.sqrt(option["years"]) > 4


@pytest.mark.parametrize("is_call", [True, False])
@pytest.mark.parametrize("strike", [1e-3, 1, 20, 60, 100, 100.0001, 150, 1_000, 1e5])
def test_out_of_the_money_the_volatility_itself_comes_back(strike: float, is_call: bool) -> None:
    is_out = is_call == (strike >= 100)
    for volatility in (0.01, 0.05, 0.2, 1, 3):
        given_price = price(100, strike, 0.5, 0, 0, volatility, is_call)
        if is_out and given_price > 1e-250:
            found = implied_volatility(given_price, 100, strike, 0.5, 0, 0, is_call)

            assert found == pytest.approx(volatility, rel=1e-9)


@pytest.mark.parametrize("given_price", [1e-20, 1e-100, 1e-250, 1e-300])
@pytest.mark.parametrize("strike", [102, 150, 1_000, 1e6])
def test_prices_that_are_next_to_nothing(strike: float, given_price: float) -> None:
    found = implied_volatility(given_price, 100, strike, 0.5, 0.03, 0.01, True)

    assert 0 < found < 10
    # Of a price like e**-700 the last digits are lost in its exponent.
    assert price(100, strike, 0.5, 0.03, 0.01, found, True) == pytest.approx(given_price, rel=1e-9)


def test_a_minute_to_expiry() -> None:
    years, strikes = 1 / (365 * 24 * 60), np.array([99.9, 99.99, 100, 100.01, 100.1])
    for is_call in (True, False):
        prices = price(100, strikes, years, 0.03, 0.01, 0.4, is_call)

        found = implied_volatility(prices, 100, strikes, years, 0.03, 0.01, is_call)

        # In the money the intrinsic value takes digits.
        np.testing.assert_allclose(found, 0.4, rtol=1e-9)
        assert np.abs(price(100, strikes, years, 0.03, 0.01, found, is_call) - prices).max() < 1e-13


def test_the_corners_in_logarithms() -> None:
    # Near both bounds a price has no digits left, and its logarithm has: the steps themselves are tried.
    distances, deviations = np.meshgrid([0, 1e-12, 1e-4, 0.1, 2, 30, 300], [1e-8, 1e-3, 0.1, 1, 8, 15, 30])
    given_ones = distances.ravel(), deviations.ravel()
    with np.errstate(all="ignore"):
        value, lacking = (_logs(given_ones[0], np.full(49, high), given_ones[1])[0] for high in (False, True))
        reached = value > -700
        found = _deviations(*(each[reached] for each in (given_ones[0], value, lacking)))

    assert np.count_nonzero(reached) > 30
    # Its two parts differ by the deviation, whose last digits are lost beside one.
    assert (np.abs(found / given_ones[1][reached] - 1) < 1e-9 + 1e-15 / given_ones[1][reached]).all()


def test_at_the_money_nearly_without_volatility() -> None:
    for volatility in (1e-12, 1e-6, 1e-3):
        given_price = price(100, 100, 1, 0, 0, volatility, True)

        assert implied_volatility(given_price, 100, 100, 1, 0, 0, True) == pytest.approx(volatility, rel=1e-3)


def test_the_bounds_without_arbitrage() -> None:
    shares, money = 100 * math.exp(-0.02), 90 * math.exp(-0.05)
    intrinsic = shares - money
    calls = [-1, 0, np.nextafter(intrinsic, 0), intrinsic, shares, shares + 1, 1e9]

    found = implied_volatility(calls, 100, 90, 1, 0.05, 0.02, True)
    put = implied_volatility([-1e-9, 0, 1e-300, money], 100, 90, 1, 0.05, 0.02, False)

    assert np.isnan(found).tolist() == [True, True, True, False, True, True, True]
    assert found[3] == 0
    assert np.isnan(put).tolist() == [True, False, False, True]
    assert put[1] == 0
    assert 0 < put[2] < 0.01
    assert implied_volatility(np.nextafter(shares, 0), 100, 90, 1, 0.05, 0.02, True) > 10


@given(live_options, st.floats(0.01, 0.99))
def test_every_price_between_the_bounds_has_a_volatility(option: dict[str, float], part: float) -> None:
    del option["volatility"]
    shares = option["spot"] * math.exp(-option["dividend_yield"] * option["years"])
    money = option["strike"] * math.exp(-option["rate"] * option["years"])
    sign, upper = (1, shares) if option["is_call"] else (-1, money)
    lower = max(sign * (shares - money), 0)
    asked = lower + part * (upper - lower)

    found = implied_volatility(asked, **option)

    assert price(**option, volatility=found) == pytest.approx(asked, abs=1e-13 * (shares + money))


@pytest.mark.parametrize(
    ("position", "bad"),
    [
        *[(0, math.nan), (0, math.inf), (1, 0), (1, -1), (1, math.inf), (2, 0), (2, math.inf)],
        *[(3, 0), (3, -1), (3, math.inf), (4, math.nan), (4, math.inf), (5, -math.inf), (6, math.nan)],
    ],
)
def test_a_bad_element_is_nan_by_itself(position: int, bad: float) -> None:
    option: list[Any] = [8.0, 100, 105, 1, 0.05, 0.02, 1]
    good = option[position]
    alone = float(implied_volatility(*option))
    option[position] = [good, bad, good]

    found = implied_volatility(*option)

    np.testing.assert_allclose(found, [alone, np.nan, alone], rtol=1e-13)
    assert alone > 0


def test_a_hundred_thousand_options() -> None:
    spot, strike, years, rate, dividend_yield, volatility, is_call = many(100_000)
    years = np.maximum(years, 1 / 365)
    prices = price(spot, strike, years, rate, dividend_yield, volatility, is_call)
    arguments = (prices, spot, strike, years, rate, dividend_yield, is_call)
    fastest, found = math.inf, implied_volatility(*arguments)
    for _ in range(3):
        begun = time.perf_counter()
        implied_volatility(*arguments)
        fastest = min(fastest, time.perf_counter() - begun)

    again = price(spot, strike, years, rate, dividend_yield, found, is_call)
    assert np.isfinite(found).all()
    assert np.max(np.abs(again - prices) / spot) < 2e-15
    # It takes 28 ms; the bound is for machines that do other things besides.
    assert fastest < 0.6
