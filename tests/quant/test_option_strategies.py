"""Strategies: what they may bring, where that turns, and how likely it is."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.black_scholes import price, probability_in_the_money, value
from domain.quant.option_strategies import Conditions, Strategy

AT = Conditions(rate=0.03, dividend_yield=0.01, volatility=0.25)
CALL, PUT = True, False


def strategy(*legs: tuple[bool, float, float, float, float]) -> Strategy:
    """Return it of legs: is_call, strike, years, quantity, premium."""
    return Strategy.of(*zip(*legs, strict=True))


LONG_CALL = strategy((CALL, 100, 0.5, 1, 7))
SHORT_PUT = strategy((PUT, 100, 0.5, -1, 6))
SPREAD = strategy((CALL, 100, 0.5, 1, 7), (CALL, 110, 0.5, -1, 3))
CONDOR = strategy((PUT, 80, 0.5, 1, 1), (PUT, 90, 0.5, -1, 3), (CALL, 110, 0.5, -1, 3), (CALL, 120, 0.5, 1, 1))
BOX = strategy((CALL, 90, 1, 1, 14), (PUT, 90, 1, -1, 3), (CALL, 110, 1, -1, 4), (PUT, 110, 1, 1, 12))
STRADDLE = strategy((CALL, 100, 0.5, 2, 7), (PUT, 100, 0.5, 2, 6))
CALENDAR = strategy((CALL, 100, 0.25, -1, 5), (CALL, 100, 0.5, 1, 7.5))


@pytest.mark.parametrize(
    ("held", "premium", "highest", "lowest", "break_evens"),
    [
        (LONG_CALL, 7, math.nan, -7, [107]),
        (SHORT_PUT, -6, 6, -94, [94]),
        (SPREAD, 4, 6, -4, [104]),
        (CONDOR, -4, 4, -6, [86, 114]),
        (STRADDLE, 26, math.nan, -26, [87, 113]),
        (strategy((CALL, 100, 1, -1, 7)), -7, 7, math.nan, [107]),
        # A ratio: bought once, sold twice.
        (strategy((CALL, 100, 1, 1, 7), (CALL, 110, 1, -2, 3)), 1, 9, math.nan, [101, 119]),
        # A forward, of which neither side has an end but the price of zero.
        (strategy((CALL, 100, 1, 1, 7), (PUT, 100, 1, -1, 7)), 0, math.nan, -100, [100]),
        # A box is worth the same at any price.
        (
            strategy((CALL, 90, 1, 1, 14), (PUT, 90, 1, -1, 3), (CALL, 110, 1, -1, 4), (PUT, 110, 1, 1, 12)),
            19,
            1,
            1,
            [],
        ),
        # Nothing was paid: of the stretch that brings nothing only the end counts.
        (strategy((CALL, 100, 1, 1, 0)), 0, math.nan, 0, [100]),
        (strategy((PUT, 90, 1, 1, 0), (CALL, 110, 1, 1, 0)), 0, math.nan, 0, [90, 110]),
    ],
)
def test_strategies_that_expire_together(held, premium, highest, lowest, break_evens) -> None:
    found = held.extremes(AT)

    assert held.net_premium() == premium
    np.testing.assert_allclose([found.highest, found.lowest], [highest, lowest], rtol=1e-13)
    assert found.is_profit_unbounded == math.isnan(highest)
    assert found.is_loss_unbounded == math.isnan(lowest)
    np.testing.assert_allclose(held.break_evens(AT), break_evens, rtol=1e-13)


def test_profits_at_expiry_and_now() -> None:
    places = [90.0, 107.0, 130.0]

    np.testing.assert_allclose(LONG_CALL.profit(places, AT), [-7, 0, 23])
    expected = price(places, 100, 0.5, 0.03, 0.01, 0.25, True) - 7
    np.testing.assert_allclose(LONG_CALL.profit(places, AT, passed=0), expected, rtol=1e-14)
    assert np.isnan(LONG_CALL.profit(places, AT, passed=0.6)).all()
    assert SPREAD.profit(105, AT).shape == ()


def test_a_calendar_spread_against_a_search() -> None:
    found, break_evens = CALENDAR.extremes(AT), CALENDAR.break_evens(AT)
    places = np.linspace(50, 200, 150_001)
    profits = CALENDAR.profit(places, AT)

    assert not found.is_profit_unbounded
    assert found.highest == pytest.approx(profits.max(), abs=1e-6)
    turns = places[:-1][np.diff(np.sign(profits)) != 0]
    np.testing.assert_allclose(break_evens, turns, atol=2e-3)
    np.testing.assert_allclose(CALENDAR.profit(break_evens, AT), 0, atol=1e-9)
    # The near leg's highest price is the strike: there it brings most.
    assert CALENDAR.profit(100, AT) == pytest.approx(found.highest)


def test_a_calendar_spread_has_its_slope_of_the_dividend_at_the_end() -> None:
    without = Conditions(rate=0.03, dividend_yield=0, volatility=0.25)

    assert CALENDAR.extremes(AT).is_loss_unbounded
    assert not CALENDAR.extremes(without).is_loss_unbounded
    # Nothing is left of the call that goes on but its premium, at a price of nothing.
    assert CALENDAR.extremes(without).lowest == pytest.approx(-2.5)
    reverse = strategy((CALL, 100, 0.25, 1, 5), (CALL, 100, 0.5, -1, 7.5))
    assert reverse.extremes(AT).is_profit_unbounded


def test_the_chance_of_a_profit_is_that_of_ending_beyond_the_break_even() -> None:
    call = LONG_CALL.probability_of_profit(105, AT)
    put = SHORT_PUT.probability_of_profit(105, AT)
    condor = CONDOR.probability_of_profit(105, AT)

    assert call == pytest.approx(float(probability_in_the_money(105, 107, 0.5, 0.03, 0.01, 0.25, True)), rel=1e-13)
    assert put == pytest.approx(float(probability_in_the_money(105, 94, 0.5, 0.03, 0.01, 0.25, True)), rel=1e-13)
    low, high = probability_in_the_money(105, [86, 114], 0.5, 0.03, 0.01, 0.25, True)
    assert condor == pytest.approx(low - high, rel=1e-13)
    assert STRADDLE.probability_of_profit(105, AT) == pytest.approx(
        float(1 - np.subtract(*probability_in_the_money(105, [87, 113], 0.5, 0.03, 0.01, 0.25, True))), rel=1e-13
    )


def test_chances_that_are_certain() -> None:
    still = Conditions(rate=0, dividend_yield=0, volatility=0)

    assert [LONG_CALL.probability_of_profit(spot, still) for spot in (106, 107, 108)] == [0, 0, 1]
    assert BOX.probability_of_profit(100, AT) == 1
    assert strategy((CALL, 100, 0, 1, 7)).probability_of_profit(108, AT) == 1


def test_the_chance_of_a_calendar_spread_against_draws() -> None:
    normals = np.random.default_rng(11).normal(size=400_000)
    ends = 100 * np.exp((0.02 - 0.25**2 / 2) * 0.25 + 0.25 * 0.5 * normals)

    found = CALENDAR.probability_of_profit(100, AT)

    # Four standard errors.
    assert found == pytest.approx(float((CALENDAR.profit(ends, AT) > 0).mean()), abs=4 * 0.5 / math.sqrt(400_000))


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(50, 150), st.just(0.5), st.integers(-3, 3), st.integers(0, 20)),
        min_size=1,
        max_size=5,
    )
)
def test_break_evens_and_extremes_of_any_legs(legs) -> None:
    held = strategy(*legs)
    found, break_evens = held.extremes(AT), held.break_evens(AT)
    places = np.concatenate([np.linspace(0, 400, 4_001), [1e6]])
    profits = held.profit(places, AT)
    near = 1e-9 * (1 + np.abs(profits).max())

    np.testing.assert_allclose(held.profit(break_evens, AT), 0, atol=1e-9)
    if not found.is_profit_unbounded:
        assert profits.max() == pytest.approx(found.highest, abs=near)
    else:
        assert profits[-1] > 1e5
    if not found.is_loss_unbounded:
        assert profits.min() == pytest.approx(found.lowest, abs=near)
    else:
        assert profits[-1] < -1e5
    # Between two neighbors among them the sign does not turn.
    edges = np.concatenate([[0], break_evens, [1e7]])
    for low, high in pairwise(edges):
        inside = profits[(places > low + 1e-6) & (places < high - 1e-6)]
        assert not ((inside > near).any() and (inside < -near).any())
    assert 0 <= held.probability_of_profit(100, AT) <= 1


def test_greeks_are_sums() -> None:
    found = CONDOR.greeks(100, AT)
    legs = value(100, CONDOR.strike, 0.5, 0.03, 0.01, 0.25, CONDOR.is_call)

    for name in ("price", "delta", "gamma", "vega_per_point", "theta_per_day", "rho_per_point", "phi_per_point"):
        assert getattr(found, name) == pytest.approx(float((getattr(legs, name) * CONDOR.quantity).sum()), rel=1e-12)
    assert found.price - CONDOR.net_premium() == pytest.approx(float(CONDOR.profit(100, AT, passed=0)))


def test_places_have_every_turn() -> None:
    found = CONDOR.places(100, AT, count=11)

    assert (np.diff(found) > 0).all()
    assert {80, 86, 90, 100, 110, 114, 120} <= set(np.round(found, 9).tolist())
    assert found[0] == pytest.approx(56)
    assert found[-1] == pytest.approx(156)


@pytest.mark.parametrize(
    "bad", [(CALL, math.nan, 1, 1, 5), (CALL, 0, 1, 1, 5), (CALL, 100, -1, 1, 5), (math.nan, 100, 1, 1, 5)]
)
def test_a_bad_leg_spoils_all(bad) -> None:
    held = strategy((PUT, 100, 1, 1, 5), bad)

    assert math.isnan(held.net_premium())
    assert np.isnan(held.profit([90.0, 100.0], AT)).all()
    assert np.isnan(held.break_evens(AT)).all()
    assert math.isnan(held.probability_of_profit(100, AT))
    assert np.isnan(held.greeks(100, AT).delta)
    assert np.isnan(held.places(100, AT)).all()
    assert math.isnan(held.extremes(AT).highest)
    assert math.isnan(held.extremes(AT).lowest)


def test_bad_conditions_and_shapes() -> None:
    bad = Conditions(rate=0, dividend_yield=0, volatility=-1)

    assert np.isnan(LONG_CALL.break_evens(bad)).all()
    assert math.isnan(LONG_CALL.probability_of_profit(100, bad))
    assert math.isnan(LONG_CALL.probability_of_profit(0, AT))
    with pytest.raises(ValueError, match="one or more legs"):
        Strategy.of([], [], [], [], [])
    with pytest.raises(ValueError, match="series of one length"):
        Strategy.of([1], [100, 110], [1, 1], [1, 1], [5, 5])
