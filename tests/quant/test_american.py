"""American options: above European ones and their own exercise, symmetric, published and computed elsewhere."""

import math
import time
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from domain.quant import american, barone_adesi_whaley, black_scholes
from domain.quant.black_scholes import OptionValues
from tests.factories.options import live_options, many, options
from tests.references.cases import ANDERSEN_LAKE_OFFENGENDEN, HAUG_AMERICAN, QUANTLIB_AMERICAN, OptionCase

NAMES = [field.name for field in fields(OptionValues)]


def is_between_two(option: dict[str, Any]) -> bool:
    # Rates below 1e-10 are none.
    gained, lost = (rate if abs(rate) >= 1e-10 else 0.0 for rate in (option["rate"], option["dividend_yield"]))
    if option["is_call"]:
        gained, lost = lost, gained
    return bool(gained < 0 and lost < gained)


@pytest.mark.parametrize("case", QUANTLIB_AMERICAN)
def test_prices_computed_elsewhere(case: OptionCase) -> None:
    assert american.price(*case[:7]) == pytest.approx(case.price, abs=1e-4)


def test_the_published_premium() -> None:
    option, premium = ANDERSEN_LAKE_OFFENGENDEN

    assert american.price(*option) - black_scholes.price(*option) == pytest.approx(premium, abs=3e-6)


@pytest.mark.parametrize("case", HAUG_AMERICAN)
def test_published_approximations(case: OptionCase) -> None:
    # The published program stopped early: others reproduce it to no more than this.
    assert barone_adesi_whaley.price(*case[:7]) == pytest.approx(case.price, abs=3e-3)
    assert american.price(*case[:7]) == pytest.approx(case.price, abs=0.05)


@given(options)
def test_prices_are_within_their_bounds(option: dict[str, Any]) -> None:
    found = float(american.price(**option))

    if is_between_two(option):
        assert math.isnan(found)
        return
    spot, strike, years = option["spot"], option["strike"], option["years"]
    sign = 1 if option["is_call"] else -1
    most = (
        spot * math.exp(max(-option["dividend_yield"], 0) * years)
        if option["is_call"]
        else strike * math.exp(max(-option["rate"], 0) * years)
    )
    near = 1e-12 * (spot + strike)
    assert found >= float(black_scholes.price(**option)) - near
    assert found >= sign * (spot - strike) - near
    assert found <= most * (1 + 1e-9)


@given(live_options)
def test_longer_and_wilder_is_worth_more(option: dict[str, Any]) -> None:
    found = float(american.price(**option))
    if math.isnan(found):
        return

    for name in ("years", "volatility"):
        assert american.price(**option | {name: option[name] * 1.2}) >= found - 1e-5 * option["strike"], name


@given(live_options)
def test_a_call_is_a_put_with_everything_exchanged(option: dict[str, Any]) -> None:
    exchanged = option | {
        "spot": option["strike"],
        "strike": option["spot"],
        "rate": option["dividend_yield"],
        "dividend_yield": option["rate"],
        "is_call": not option["is_call"],
    }

    found, other = american.price(**option), american.price(**exchanged)

    np.testing.assert_allclose(found, other, rtol=1e-9, atol=1e-9 * option["strike"])


@given(live_options)
def test_prices_are_convex_and_fall_with_the_strike(option: dict[str, Any]) -> None:
    strikes = option["strike"] * np.array([0.9, 1.0, 1.1])

    low, middle, high = american.price(**option | {"strike": strikes})

    if not is_between_two(option):
        assert middle <= 0.5 * (low + high) + 1e-5 * option["strike"]
        assert (low - high) * (1 if option["is_call"] else -1) >= -1e-5 * option["strike"]


@pytest.mark.parametrize("rate", [0.0, 0.03])
def test_without_a_yield_a_call_is_european(rate: float) -> None:
    option = (np.array([80.0, 100.0, 150.0]), 100, 2, rate, 0, 0.3, True)

    np.testing.assert_allclose(american.price(*option), black_scholes.price(*option), rtol=1e-13)
    assert np.isnan(american.exercise_boundary(*option[1:]))
    put = (100, [80, 100], 2, [-0.02, 0.0], [0.0, 0.03], 0.3, False)
    np.testing.assert_allclose(american.price(*put), black_scholes.price(*put), rtol=1e-13)


def test_the_boundary_is_where_waiting_is_worth_no_more() -> None:
    terms: dict[str, Any] = {"strike": 100, "years": 1.0, "rate": 0.05, "dividend_yield": 0.03, "volatility": 0.25}
    for is_call in (True, False):
        boundary = float(american.exercise_boundary(**terms, is_call=is_call))
        sign = 1 if is_call else -1

        at, beyond = american.price([boundary, boundary * (1 + 0.1 * sign)], **terms, is_call=is_call)
        before = american.price(boundary * (1 - 0.1 * sign), **terms, is_call=is_call)

        assert at == pytest.approx(sign * (boundary - 100), abs=1e-4)
        assert beyond == pytest.approx(sign * (boundary * (1 + 0.1 * sign) - 100), rel=1e-13)
        assert before > sign * (boundary * (1 - 0.1 * sign) - 100) + 0.01


def test_the_boundary_in_the_last_moment() -> None:
    found = american.exercise_boundary(100, 0, 0.05, [0.02, 0.10, 0.02, 0.10], 0.25, [False, False, True, True])

    np.testing.assert_allclose(found, [100, 50, 250, 100])
    falling = american.exercise_boundary(100, [0.01, 0.1, 1, 10], 0.05, 0.02, 0.25, False)
    assert (np.diff(falling) < 0).all()


@given(live_options)
def test_greeks_are_the_slopes_of_the_price(option: dict[str, Any]) -> None:
    found, spot = american.value(**option), option["spot"]
    # A step must not lead out of where there is one boundary.
    rate, dividend_yield = option["rate"], option["dividend_yield"]
    if math.isnan(found.price) or min(abs(rate), abs(dividend_yield), abs(rate - dividend_yield)) < 1e-4:
        return
    boundary = float(american.exercise_boundary(*(option[name] for name in list(option)[1:])))
    step = 1e-3 * spot
    # The bend jumps at the boundary.
    if not math.isnan(boundary) and abs(spot / boundary - 1) < 0.02:
        return

    def price_at(**changed: float) -> float:
        return float(american.price(**option | changed))

    below, here, above = price_at(spot=spot - step), price_at(), price_at(spot=spot + step)
    scale = max(spot, option["strike"]) / 100
    assert found.price == here
    assert found.delta == pytest.approx((above - below) / (2 * step), abs=2e-3)
    assert found.gamma == pytest.approx((above - 2 * here + below) / step**2, abs=2e-3 + 0.05 * abs(float(found.gamma)))
    for name, argument, move in (
        ("vega_per_point", "volatility", 1e-3),
        ("rho_per_point", "rate", 1e-5),
        ("phi_per_point", "dividend_yield", 1e-5),
    ):
        ends = [price_at(**{argument: option[argument] + sign * move}) for sign in (-1, 1)]
        assert getattr(found, name) == pytest.approx((ends[1] - ends[0]) / (2 * move) / 100, abs=1e-2 * scale), name
    ends = [price_at(years=option["years"] * (1 + 1e-3 * sign)) for sign in (1, -1)]
    theta = (ends[1] - ends[0]) / (2e-3 * option["years"]) / 365
    assert found.theta_per_day == pytest.approx(theta, abs=2e-3 * scale)


def test_due_now() -> None:
    found = american.value(60, 100, 1, 0.05, 0.02, 0.2, False)

    assert found.price == 40
    assert found.delta == -1
    assert all(getattr(found, name) == 0 for name in NAMES[2:])


@pytest.mark.parametrize(("years", "volatility"), [(0, 0.2), (0, 0)])
def test_without_time_it_is_the_intrinsic_value(years: float, volatility: float) -> None:
    found = american.value([80, 100, 125], 100, years, 0.05, 0.02, volatility, [[True], [False]])

    np.testing.assert_array_equal(found.price, [[0, 0, 25], [20, 0, 0]])
    np.testing.assert_array_equal(found.delta, [[0, 0.5, 1], [-1, -0.5, 0]])
    np.testing.assert_array_equal(found.gamma, [[0, np.nan, 0], [0, np.nan, 0]])


def test_without_volatility_it_is_exercised_at_the_best_time() -> None:
    # It drifts down, and what its fall brings is worth waiting for until the interest on the strike outweighs it.
    waits, now = american.price(100, [100, 150], 1, 0.02, 0.05, 0, False)

    assert waits == pytest.approx(100 * (math.exp(-0.02) - math.exp(-0.05)))
    assert now == pytest.approx(150 * math.exp(-0.02) - 100 * math.exp(-0.05))
    assert american.price(100, 120, 40, 0.01, 0.5, 0, False) == pytest.approx(108.980904561184602)


def test_a_worthless_underlying() -> None:
    found = american.value(0, 100, 1, 0.05, 0.02, 0.2, [True, False])

    np.testing.assert_array_equal(found.price, [0, 100])
    np.testing.assert_array_equal(found.delta, [0, -1])
    np.testing.assert_array_equal(found.gamma, [0, 0])


def test_a_bad_element_is_nan_by_itself_and_extremes_do_not_warn() -> None:
    spots = [100, -1, 100, 100, 1e-300, 1e300, 100]
    found = american.value(
        spots, 100, [1, 1, 1, 1e-12, 1, 1, 100], [0.05, 0.05, -0.02, 0.05, 0.05, 0.05, 0.1], [0, 0, -0.03, 0, 0, 0, 0],
        [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 20], False
    )  # fmt: skip

    for name in NAMES:
        finite = np.isfinite(getattr(found, name))
        assert finite.tolist() == [True, False, False, True, True, True, True], name
    assert np.isnan(barone_adesi_whaley.price([0, 100, 100], 100, [1, 0, 1], 0.05, 0.02, [0.2, 0.2, 0], False)).all()


@pytest.mark.parametrize("price", [american.price, barone_adesi_whaley.price])
@pytest.mark.parametrize("rate", [1e-3, 0.05, 5.0, 1e3, 1e100])
@pytest.mark.parametrize("volatility", [1e-3, 0.2, 5.0, 1e5, 1e100])
def test_no_right_is_worth_more_than_what_it_may_bring(
    price: Callable[..., Any], rate: float, volatility: float
) -> None:
    years = np.array([1e-9, 0.5, 1.0, 100.0, 1e5])
    calls = price(100, [[90], [100], [150]], years, [[[rate]], [[0.01]]], [[[0.01]], [[rate]]], volatility, True)
    puts = price(100, [[90], [100], [150]], years, [[[rate]], [[0.01]]], [[[0.01]], [[rate]]], volatility, False)

    assert not (calls > 100).any()
    assert not (puts > [[90], [100], [150]]).any()


def test_a_yield_of_next_to_nothing() -> None:
    option = (50, 50, 1, 0.125, 1e-80, 1, True)

    expected = float(black_scholes.price(*option))
    assert barone_adesi_whaley.price(*option) == american.price(*option) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("dividend_yield", [0.0, 1e-15, 2.2e-22])
@pytest.mark.parametrize("strike", [50.0, 67.0])
def test_a_rate_of_next_to_nothing(strike: float, dividend_yield: float) -> None:
    expected = float(black_scholes.price(50.0, strike, 0.5, 0.0, 0.0, 1.0, False))

    assert float(american.price(50.0, strike, 0.5, 1e-15, dividend_yield, 1.0, False)) == pytest.approx(expected)


@settings(derandomize=True)
@given(live_options)
def test_the_approximation_is_near_for_a_year(option: dict[str, Any]) -> None:
    option["years"] = min(option["years"], 1.0)
    exact, rough = float(american.price(**option)), float(barone_adesi_whaley.price(**option))

    if not math.isnan(exact):
        assert rough == pytest.approx(exact, abs=0.02 * option["strike"])
        assert rough >= float(black_scholes.price(**option)) - 1e-9 * option["strike"]


def test_ten_thousand_options() -> None:
    terms, fastest = many(10_000), math.inf
    terms[2] = np.maximum(terms[2], 1 / 365)
    for _ in range(3):
        begun = time.perf_counter()
        american.price(*terms)
        fastest = min(fastest, time.perf_counter() - begun)

    # It takes 0.13 s; the bound is for machines that do other things besides.
    assert fastest < 1
