"""Greeks of Greeks: slopes of those below them, limits, and the probability of ending in the money."""

import math
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from domain.quant.black_scholes import SecondOrder, price, probability_in_the_money, second_order, value
from tests.factories.options import live_options, many, options

NAMES = [field.name for field in fields(SecondOrder)]
# Of which Greek each is the slope, in which argument, and for how much of it.
SLOPES = {
    "vanna_per_point": ("delta", "volatility", 0.01),
    "charm_per_day": ("delta", "years", -1 / 365),
    "vomma_per_point": ("vega_per_point", "volatility", 0.01),
    "veta_per_day": ("vega_per_point", "years", -1 / 365),
    "speed": ("gamma", "spot", 1.0),
    "zomma_per_point": ("gamma", "volatility", 0.01),
    "color_per_day": ("gamma", "years", -1 / 365),
}


def slope(function: Any, option: dict[str, Any], name: str, step: float) -> float:
    ends = [float(function(**option | {name: option[name] + move * step})) for move in (-2, -1, 1, 2)]
    return (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * step)


@given(live_options)
def test_they_are_the_slopes_of_the_greeks(option: dict[str, Any]) -> None:
    found = second_order(**option)
    deviation = option["volatility"] * math.sqrt(option["years"])

    for name, (of, argument, unit) in SLOPES.items():
        steps = {"spot": 1e-3 * option["spot"] * deviation, "volatility": 1e-3 * option["volatility"]}
        step = steps.get(argument, 1e-3 * option["years"])
        expected = slope(lambda of=of, **each: getattr(value(**each), of), option, argument, step) * unit
        size = float(getattr(value(**option), of)) / abs(step) * abs(unit)

        assert getattr(found, name) == pytest.approx(expected, rel=1e-5, abs=1e-6 * abs(size) + 1e-10), name
    ultima = slope(
        lambda **each: second_order(**each).vomma_per_point, option, "volatility", 1e-3 * option["volatility"]
    )
    assert found.ultima_per_point == pytest.approx(ultima * 0.01, rel=1e-4, abs=1e-9)


@given(live_options)
def test_those_of_the_strike(option: dict[str, Any]) -> None:
    found, step = second_order(**option), 1e-3 * option["strike"] * option["volatility"] * math.sqrt(option["years"])

    assert found.dual_delta == pytest.approx(slope(price, option, "strike", step), rel=1e-5, abs=1e-8)
    bend = slope(lambda **each: second_order(**each).dual_delta, option, "strike", step)
    assert found.dual_gamma == pytest.approx(bend, rel=1e-5, abs=1e-8)
    # A price is of the first degree in spot and strike.
    whole = option["spot"] * value(**option).delta + option["strike"] * found.dual_delta
    assert whole == pytest.approx(price(**option), abs=1e-11)


@given(options)
def test_the_chances_of_a_call_and_a_put_are_one(option: dict[str, Any]) -> None:
    call, put = (float(probability_in_the_money(**option | {"is_call": is_call})) for is_call in (True, False))

    assert call + put == pytest.approx(1, abs=1e-15)
    assert 0 <= call <= 1


def test_the_chance_is_what_a_unit_of_money_is_worth() -> None:
    chance = probability_in_the_money(100, 110, 0.5, 0.05, 0.02, 0.2, [True, False])
    dual = second_order(100, 110, 0.5, 0.05, 0.02, 0.2, [True, False]).dual_delta

    np.testing.assert_allclose(chance * math.exp(-0.025), [-dual[0], dual[1]], rtol=1e-14)
    np.testing.assert_array_equal(probability_in_the_money([80, 100, 120], 100, 0, 0, 0, 0.2, True), [0, 0.5, 1])


@pytest.mark.parametrize(("years", "volatility"), [(0, 0.2), (1, 0), (0, 0)])
def test_away_from_the_money_nothing_moves_without_time_or_volatility(years: float, volatility: float) -> None:
    found = second_order([80.0, 125.0], 100, years, 0.05, 0.02, volatility, True)

    for name in set(NAMES) - {"charm_per_day", "dual_delta"}:
        np.testing.assert_array_equal(getattr(found, name), [0, 0], name)
    shares = math.exp(-0.02 * years)
    np.testing.assert_allclose(found.charm_per_day, [0, 0.02 * shares / 365], rtol=1e-14)
    np.testing.assert_allclose(found.dual_delta, [0, -math.exp(-0.05 * years)], rtol=1e-14)


def test_limits_at_the_money() -> None:
    limit, near = (second_order(100, 100, 1, 0.03, 0.03, volatility, True) for volatility in (0, 1e-5))

    for name in ("vanna_per_point", "vomma_per_point", "ultima_per_point", "veta_per_day", "dual_delta"):
        assert getattr(limit, name) == pytest.approx(float(getattr(near, name)), rel=1e-4, abs=1e-8), name
    assert limit.vanna_per_point > 0
    for name in ("speed", "zomma_per_point", "color_per_day", "dual_gamma"):
        assert np.isnan(getattr(limit, name)), name


def test_a_bad_element_is_nan_by_itself_and_extremes_do_not_warn() -> None:
    found = second_order(
        [100, -1, 1e-300, 1e300, 0], 100, [1, 1, 1e-12, 80, 1], 0.05, 0.02, [0.2, 0.2, 9, 1e-9, 0.2], True
    )

    for name in NAMES:
        finite = np.isfinite(getattr(found, name))
        assert finite.tolist() == [True, False, True, True, True], name


def test_blocks_are_seamless() -> None:
    whole = second_order(*many(9_000))

    part = second_order(*(each[8_000:] for each in many(9_000)))
    np.testing.assert_allclose(part.vanna_per_point, whole.vanna_per_point[8_000:], rtol=1e-12, atol=1e-300)
