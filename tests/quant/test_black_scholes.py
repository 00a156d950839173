"""Prices and Greeks: properties, limits, published cases, and another way to the same numbers."""

import math
import time
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from domain.quant.black_scholes import OptionValues, price, value
from tests.factories.options import live_options, many, options
from tests.references.cases import HAUG_PRICES, HULL_GREEKS, HULL_PRICES, OptionCase
from tests.references.precise import option_price

NAMES = [field.name for field in fields(OptionValues)]


@pytest.mark.parametrize("case", [*HULL_PRICES, *HAUG_PRICES])
def test_published_prices(case: OptionCase) -> None:
    assert round(float(price(*case[:7])), case.digits) == case.price


def test_published_greeks() -> None:
    found = value(*HULL_GREEKS)

    assert round(float(found.delta), 3) == 0.522
    assert round(float(found.gamma), 3) == 0.066
    assert round(float(found.vega_per_point) * 100, 1) == 12.1
    assert round(float(found.theta_per_day) * 365, 2) == -4.31
    assert round(float(found.rho_per_point) * 100, 2) == 8.91


@given(live_options)
def test_prices_are_those_of_forty_digits(option: dict[str, Any]) -> None:
    deviation = option["volatility"] * math.sqrt(option["years"])
    d1 = math.log(option["spot"] / option["strike"]) / deviation
    if abs(d1) < 8:
        found = float(price(**option))

        assert found == pytest.approx(option_price(**option), abs=1e-13 * (option["spot"] + option["strike"]))


@given(options)
def test_parity(option: dict[str, Any]) -> None:
    call, put = (value(**option | {"is_call": is_call}) for is_call in (True, False))
    years = option["years"]
    shares = option["spot"] * math.exp(-option["dividend_yield"] * years)
    money = option["strike"] * math.exp(-option["rate"] * years)
    near: dict[str, Any] = {"rel": 1e-12, "abs": 1e-12 * (shares + money) * (1 + years)}

    assert call.price - put.price == pytest.approx(shares - money, **near)
    assert call.delta - put.delta == pytest.approx(shares / option["spot"], **near)
    assert call.rho_per_point - put.rho_per_point == pytest.approx(money * years / 100, **near)
    assert call.phi_per_point - put.phi_per_point == pytest.approx(-shares * years / 100, **near)
    forward_decay = (option["dividend_yield"] * shares - option["rate"] * money) / 365
    # At the money the last moments decay without bound, and what two such decays differ by is lost.
    if abs(call.theta_per_day) < 1e3:
        assert call.theta_per_day - put.theta_per_day == pytest.approx(forward_decay, **near)
    np.testing.assert_array_equal(call.gamma, put.gamma)
    np.testing.assert_array_equal(call.vega_per_point, put.vega_per_point)


@given(options)
def test_prices_are_within_their_bounds(option: dict[str, Any]) -> None:
    found = value(**option)

    shares = option["spot"] * np.exp(-option["dividend_yield"] * option["years"])
    money = option["strike"] * np.exp(-option["rate"] * option["years"])
    sign, upper = (1, shares) if option["is_call"] else (-1, money)
    assert max(sign * (shares - money), 0) * (1 - 1e-14) <= found.price <= upper * (1 + 1e-14)
    assert 0 <= sign * found.delta <= shares / option["spot"] * (1 + 1e-14)
    assert found.vega_per_point >= 0
    assert found.gamma >= 0 or np.isnan(found.gamma)
    assert found.price == price(**option)


@given(live_options)
def test_greeks_are_the_slopes_of_the_price(option: dict[str, Any]) -> None:
    found = value(**option)

    def slope(name: str, step: float) -> float:
        ends = [float(price(**option | {name: option[name] + move * step})) for move in (-2, -1, 1, 2)]
        return (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * step)

    deviation = option["volatility"] * math.sqrt(option["years"])
    near: dict[str, Any] = {"rel": 1e-5, "abs": 1e-5 / min(deviation, 1) ** 2}
    assert found.delta == pytest.approx(slope("spot", 1e-3 * option["spot"] * deviation), **near)
    assert found.vega_per_point == pytest.approx(slope("volatility", 1e-3) / 100, **near)
    assert found.theta_per_day == pytest.approx(-slope("years", 1e-3 * option["years"]) / 365, **near)
    assert found.rho_per_point == pytest.approx(slope("rate", 1e-4) / 100, **near)
    assert found.phi_per_point == pytest.approx(slope("dividend_yield", 1e-4) / 100, **near)
    step = 1e-3 * option["spot"] * deviation
    deltas = [float(value(**option | {"spot": option["spot"] + move * step}).delta) for move in (-1, 1)]
    assert found.gamma == pytest.approx((deltas[1] - deltas[0]) / (2 * step), **near)


@given(live_options)
def test_the_equation_of_black_and_scholes_holds(option: dict[str, Any]) -> None:
    found = value(**option)

    spot, rate = option["spot"], option["rate"]
    drift = (rate - option["dividend_yield"]) * spot * found.delta
    diffusion = 0.5 * (option["volatility"] * spot) ** 2 * found.gamma
    assert found.theta_per_day * 365 + drift + diffusion == pytest.approx(rate * found.price, abs=1e-9)


@pytest.mark.parametrize(("years", "volatility"), [(0, 0.2), (1, 0), (0, 0)])
@pytest.mark.parametrize("is_call", [True, False])
def test_without_time_or_volatility_it_is_the_forward_s_intrinsic_value(
    years: float, volatility: float, is_call: bool
) -> None:
    spot = np.array([80.0, 100.0, 125.0])
    sign = 1 if is_call else -1
    shares, money = spot * math.exp(-0.02 * years), 100 * math.exp(-0.05 * years)
    exercised = sign * (shares - money) > 0

    found = value(spot, 100, years, 0.05, 0.02, volatility, is_call)

    np.testing.assert_allclose(found.price, np.maximum(sign * (shares - money), 0), rtol=1e-15)
    at_the_money = shares == money
    np.testing.assert_allclose(
        found.delta, sign * np.where(at_the_money, 0.5, exercised) * math.exp(-0.02 * years), rtol=1e-15
    )
    np.testing.assert_array_equal(found.gamma, np.where(at_the_money, np.nan, 0))
    for name in ("vega_per_point", "rho_per_point", "phi_per_point"):
        assert np.isfinite(getattr(found, name)).all()
    assert np.isfinite(found.theta_per_day[~at_the_money]).all()


def test_limits_at_the_money() -> None:
    flat, ended = value(100, 100, 1, 0, 0, 0, True), value(100, 100, 0, 0, 0, 0.2, True)

    assert flat.price == ended.price == 0
    assert flat.delta == ended.delta == 0.5
    assert flat.vega_per_point == pytest.approx(1 / math.sqrt(2 * math.pi))
    assert ended.vega_per_point == 0
    assert flat.theta_per_day == 0
    # The last moment of an option at the money has no finite slope.
    assert np.isnan([flat.gamma, ended.gamma, ended.theta_per_day]).all()


@given(options)
def test_limits_are_approached(option: dict[str, Any]) -> None:
    nearly, limit = (price(**option | {"volatility": volatility}) for volatility in (1e-9, 0))

    assert nearly == pytest.approx(limit, abs=1e-8 * option["spot"] * 5)


def test_a_worthless_underlying() -> None:
    call, put = (value(0, 100, 1, 0.05, 0, 0.2, is_call) for is_call in (True, False))

    assert call.price == call.delta == 0
    assert put.price == pytest.approx(100 * math.exp(-0.05))
    assert put.delta == -1
    assert call.gamma == put.gamma == put.vega_per_point == 0


def test_far_out_of_the_money_keeps_its_digits() -> None:
    found = value(100, 200, 0.25, 0, 0, 0.2, [True, False])

    assert found.price[0] == pytest.approx(option_price(100, 200, 0.25, 0, 0, 0.2, True), rel=1e-10)
    assert found.price[1] == pytest.approx(100, abs=1e-9)
    assert 0 < found.delta[0] < 1e-9


BAD = {
    "spot": [-1, math.nan, math.inf],
    "strike": [0, -1, math.nan, math.inf],
    "years": [-1e-9, math.nan, math.inf],
    "rate": [math.nan, math.inf, -math.inf],
    "dividend_yield": [math.nan, math.inf, -math.inf],
    "volatility": [-1e-9, math.nan, math.inf],
    "is_call": [math.nan],
}


@pytest.mark.parametrize(("name", "bad"), [(name, bad) for name, values in BAD.items() for bad in values])
def test_a_bad_element_is_nan_by_itself(name: str, bad: float) -> None:
    option: dict[str, object] = {
        "spot": 100, "strike": 110, "years": 0.5, "rate": 0.05, "dividend_yield": 0.02, "volatility": 0.2, "is_call": 1
    }  # fmt: skip

    found = value(**option | {name: [option[name], bad, option[name]]})  # type: ignore[arg-type]
    alone = value(**option)  # type: ignore[arg-type]

    for each in NAMES:
        expected = getattr(alone, each)
        np.testing.assert_array_equal(getattr(found, each), [expected, np.nan, expected])


@pytest.mark.parametrize(
    ("spot", "strike", "volatility"), [(-100, -110, 0.2), (-100, -110, -0.2), (math.inf, math.inf, 0.2), (0, 0, 0.2)]
)
def test_what_is_bad_twice_does_not_look_good(spot: float, strike: float, volatility: float) -> None:
    found = value([100, spot], [110, strike], 0.5, 0.05, 0.02, [0.2, volatility], True)

    for each in NAMES:
        assert np.isnan(getattr(found, each)).tolist() == [False, True]


def test_the_largest_numbers_are_good_alone_and_beside_bad_ones() -> None:
    alone, one = value(1e308, 1e308, 0.5, 0.05, 0.02, 0.2, True), value(1, 1, 0.5, 0.05, 0.02, 0.2, True)

    beside = value([1e308, math.nan], 1e308, 0.5, 0.05, 0.02, 0.2, True)

    assert alone.price == pytest.approx(1e308 * float(one.price), rel=1e-14)
    for each in NAMES:
        np.testing.assert_array_equal(getattr(beside, each), [getattr(alone, each), np.nan])


def test_everything_broadcasts() -> None:
    found = value([[90], [100]], [95, 100, 105], 0.5, 0.05, 0, 0.2, True)

    assert {getattr(found, name).shape for name in NAMES} == {(2, 3)}
    assert found.gamma[1, 2] == value(100, 105, 0.5, 0.05, 0, 0.2, True).gamma
    assert value([], 100, 1, 0, 0, 0.2, True).price.shape == (0,)
    assert value(100, 100, 1, 0, 0, 0.2, True).price.shape == ()
    with pytest.raises(ValueError, match="shape mismatch"):
        value([1, 2], [1, 2, 3], 1, 0, 0, 0.2, True)


def test_blocks_are_seamless() -> None:
    options = many(20_001)

    whole = value(*options)

    for start in range(0, 20_001, 3_000):
        part = value(*(each[start : start + 3_000] for each in options))
        np.testing.assert_allclose(part.price, whole.price[start : start + 3_000], rtol=1e-13, atol=1e-300)
        np.testing.assert_allclose(part.theta_per_day, whole.theta_per_day[start : start + 3_000], rtol=1e-12)


def test_a_hundred_thousand_options() -> None:
    options, fastest = many(100_000), math.inf
    for _ in range(10):
        begun = time.perf_counter()
        value(*options)
        fastest = min(fastest, time.perf_counter() - begun)

    # It takes 13 ms; the bound is for machines that do other things besides.
    assert fastest < 0.1


def test_what_a_greek_is_does_not_depend_on_others_beside_it() -> None:
    # Spot times deviation underflows to nothing, which alone is divided by nothing.
    tiny = {"spot": 5e-324, "strike": 1e-300, "years": 0.01, "rate": 0.0, "dividend_yield": 0.0, "volatility": 1e-10}

    alone = value(**tiny, is_call=True)
    beside = value(**{name: [number, 1.0, 0.0] for name, number in tiny.items()}, is_call=True)

    assert float(alone.gamma) == float(beside.gamma[0]) == 0
