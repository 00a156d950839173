"""The volatility that the price of an American option implies: there and back, at its bounds, below European ones."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from domain.quant import american
from domain.quant.american_implied import implied_volatility as implied
from domain.quant.implied_volatility import implied_volatility as european
from tests.factories.options import live_options

PUT, CALL = False, True


@settings(max_examples=60, deadline=None)
@given(live_options)
def test_there_and_back(option: dict[str, Any]) -> None:
    terms = {**option, "volatility": min(max(option["volatility"], 0.02), 3.0)}
    given_price = float(american.price(**terms))
    del terms["volatility"]

    found = float(implied(given_price, **terms))

    if np.isfinite(found):
        again = float(american.price(**terms, volatility=found))
        assert again == pytest.approx(given_price, abs=2e-6 * (terms["spot"] + terms["strike"]))


@pytest.mark.parametrize("is_call", [CALL, PUT])
@pytest.mark.parametrize("volatility", [0.08, 0.2, 0.45, 1.2])
def test_the_volatility_comes_back(volatility: float, is_call: bool) -> None:
    strikes = np.array([80.0, 90, 95, 100, 105, 110, 120])
    prices = american.price(100, strikes, 0.5, 0.04, 0.02, volatility, is_call)
    tells = prices > np.maximum(0, (1 if is_call else -1) * (100 - strikes)) + 1e-3

    found = implied(prices, 100, strikes, 0.5, 0.04, 0.02, is_call)

    assert tells.sum() >= 4
    np.testing.assert_allclose(found[tells], volatility, rtol=1e-3)


def test_a_put_read_as_european_seems_more_volatile_than_it_is() -> None:
    given_price = american.price(100, 110, 1, 0.08, 0, 0.2, PUT)

    read_as_european = european(given_price, 100, 110, 1, 0.08, 0, PUT)

    assert implied(given_price, 100, 110, 1, 0.08, 0, PUT) == pytest.approx(0.2, rel=1e-3)
    assert read_as_european > 0.24


def test_without_interest_and_dividends_both_are_one() -> None:
    strikes, prices = np.array([90.0, 100, 110]), np.array([12.0, 5, 2.5])

    np.testing.assert_allclose(
        implied(prices, 100, strikes, 0.25, 0, 0, CALL), european(prices, 100, strikes, 0.25, 0, 0, CALL), rtol=1e-6
    )


@pytest.mark.parametrize(
    ("given_price", "strike", "is_call"),
    [(9.9, 110, PUT), (10.0, 110, PUT), (110.0, 110, PUT), (120.0, 110, PUT), (100.0, 90, CALL), (9.0, 90, CALL)],
)
def test_prices_that_no_volatility_gives(given_price: float, strike: float, is_call: bool) -> None:
    assert np.isnan(implied(given_price, 100, strike, 1, 0.05, 0.01, is_call))


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("extreme", [np.nan, np.inf, -np.inf, -1e300])
def test_one_extreme_element_touches_no_other(place: int, extreme: float) -> None:
    terms: list[Any] = [5.0, 100.0, 100.0, 0.5, 0.03, 0.01]
    terms[place] = np.array([terms[place], extreme])

    price, spot, strike, years, rate, dividend_yield = terms
    found = implied(price, spot, strike, years, rate, dividend_yield, CALL)

    assert np.isfinite(found[0])
    assert np.isnan(found[1])
    assert not np.isinf(found).any()
