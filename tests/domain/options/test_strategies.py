"""Strategies: what they cost and bring, exactly."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.absence import AbsenceReason
from domain.market.types import OptionRight
from domain.options.strategies import GREEKS, MOST_POINTS, NUMBERS, Leg, Plan, analyze
from domain.options.strategy_templates import strategies_at
from domain.quant import black_scholes

CALL, PUT = OptionRight.CALL, OptionRight.PUT


def leg(right, strike, quantity=1, premium=None, years=0.5):
    return Leg(right=right, strike=strike, years=years, quantity=quantity, premium=premium)


def plan(*legs, spot=100.0, **more):
    return Plan(spot=spot, legs=legs, **more)


def absent(found):
    return {each.field: each.reason for each in found.absences}


def test_a_straddle_loses_its_premium_at_most_and_turns_that_far_from_the_strike():
    found = analyze(plan(leg(CALL, 100, premium=6), leg(PUT, 100, premium=4), multiplier=100))

    assert (found.net_premium, found.max_loss, found.max_profit) == (1000, -1000, None)
    assert absent(found) == {"max_profit": AbsenceReason.UNBOUNDED}
    assert found.break_evens == pytest.approx([90, 110])
    profits = {point.underlying: point.at_expiry for point in found.payoff}
    assert profits[100.0] == -1000
    assert profits[90.0] == pytest.approx(0)


def test_a_naked_call_may_lose_without_bound():
    found = analyze(plan(leg(CALL, 110, -1, 2)))

    assert (found.net_premium, found.max_profit, found.max_loss) == (-2, 2, None)
    assert absent(found) == {"max_loss": AbsenceReason.UNBOUNDED}
    assert found.break_evens == pytest.approx([112])


def test_what_cannot_lose_has_a_loss_of_nothing():
    # A credit larger than the spread is wide.
    found = analyze(plan(leg(CALL, 100, -1, 12), leg(CALL, 110, 1, 1)))

    assert found.max_loss == 0
    assert found.break_evens == ()


def test_premiums_and_greeks_are_those_of_black_and_scholes():
    found = analyze(plan(leg(CALL, 105, 2), leg(PUT, 95, -1), rate=0.03, volatility=0.3, multiplier=100))

    call = black_scholes.value(100, 105, 0.5, 0.03, 0, 0.3, True)
    put = black_scholes.value(100, 95, 0.5, 0.03, 0, 0.3, False)
    assert found.net_premium == pytest.approx(100 * (2 * float(call.price) - float(put.price)))
    assert found.greeks["delta"] == pytest.approx(100 * (2 * float(call.delta) - float(put.delta)))
    assert found.greeks["theta"] == pytest.approx(100 * (2 * float(call.theta_per_day) - float(put.theta_per_day)))
    # Bought at what they are worth: without profit at the spot, now.
    now = {point.underlying: point.now for point in found.payoff}
    assert now[100.0] == pytest.approx(0, abs=1e-10)


def test_units_beside_the_legs_are_bought_at_the_spot():
    found = analyze(plan(leg(CALL, 110, -1, 3), units=1, rate=0.05, multiplier=10))

    assert found.net_premium == pytest.approx(10 * (100 - 3))
    assert found.max_profit == pytest.approx(10 * (110 - 100 + 3))
    assert found.max_loss == pytest.approx(-10 * 97), "the underlying falls to nothing"
    assert found.break_evens == pytest.approx([97])
    call = black_scholes.value(100, 110, 0.5, 0.05, 0, 0.2, True)
    assert found.greeks["delta"] == pytest.approx(10 * (1 - float(call.delta)))
    assert found.greeks["rho"] == pytest.approx(-10 * float(call.rho_per_point)), "shares have none"
    at = {point.underlying: point for point in found.payoff}[100.0]
    assert at.now == pytest.approx(-10 * (float(call.price) - 3))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (plan(), "expected 1 to 20 legs, got 0"),
        (plan(*[leg(CALL, 100)] * 21), "expected 1 to 20 legs, got 21"),
        (plan(leg(CALL, 100, 0)), "expected a quantity of 1 to 1000000, or as many sold, got 0"),
        (plan(leg(CALL, 100, premium=-1)), "expected a premium of 0 or more, got -1"),
        (plan(leg(CALL, -1)), "expected a strike above 0, got -1"),
        (plan(leg(CALL, 100), spot=0.0), "expected a spot above 0, got 0"),
        (plan(leg(CALL, 100), multiplier=0), "expected a multiplier of 1 to 1000000, got 0"),
        (plan(leg(CALL, 100), units=1e7), "expected at most 1000000 units of the underlying, got 1e+07"),
    ],
)
def test_what_is_out_of_range_is_answered_with_a_reason(wrong, message):
    found = analyze(wrong)

    assert (found.break_evens, found.payoff, found.net_premium) == ((), (), None)
    assert {each.message for each in found.absences} == {message}
    assert absent(found) == dict.fromkeys((*NUMBERS, *GREEKS), AbsenceReason.INVALID_INPUT)


@pytest.mark.parametrize(
    "extreme",
    [
        plan(leg(CALL, 1e308), spot=1e-300),
        plan(leg(CALL, 1e308, 1_000_000), leg(PUT, 1e308, -5), spot=1e308, multiplier=1_000_000),
        plan(leg(CALL, 1e308), leg(PUT, 1e308), spot=1e308),
        plan(leg(CALL, 1e307, 9, years=1), leg(PUT, 1e307, 8, years=2), spot=1e307, multiplier=10),
        plan(leg(CALL, 100, years=1e300), leg(PUT, 100, years=1), rate=1e300, volatility=1e300),
        plan(leg(CALL, 100, years=0), volatility=0),
        plan(leg(CALL, 100), rate=-1e5),
    ],
)
def test_extreme_terms_are_no_error_and_what_is_null_has_its_reason(extreme):
    is_answered_with_finite_numbers_or_reasons(extreme)


SIZES = st.sampled_from([1e-308, 1e-100, 1e-5, 1.0, 100.0, 1e5, 1e100, 1e306, 1e307, 1e308, 1.7e308])
LEGS = st.builds(
    leg,
    st.sampled_from([CALL, PUT]),
    SIZES,
    st.sampled_from([-5, 1, 9, 1_000_000]),
    years=st.sampled_from([0, 1e-9, 0.5, 1, 1e5, 1e300]),
)


@settings(max_examples=400, deadline=None)
@given(
    st.builds(
        Plan,
        spot=SIZES,
        legs=st.lists(LEGS, min_size=1, max_size=3),
        rate=st.sampled_from([0, 0.05, -0.1, 5, 1e10]),
        dividend_yield=st.sampled_from([0, 0.02, -3, 1e10]),
        volatility=st.sampled_from([0, 1e-9, 0.2, 5, 1e200]),
        multiplier=st.sampled_from([1, 100, 1_000_000]),
        units=st.sampled_from([0, 100, -1000]),
    )
)
def test_terms_of_any_size_are_no_error(extreme):
    is_answered_with_finite_numbers_or_reasons(extreme)


def is_answered_with_finite_numbers_or_reasons(plan):
    found = analyze(plan)

    numbers = {name: getattr(found, name) for name in NUMBERS} | found.greeks
    assert {name for name, number in numbers.items() if number is None} == set(absent(found))
    assert all(number is None or np.isfinite(number) for number in numbers.values())
    assert all(np.isfinite(point.at_expiry) for point in found.payoff)


def test_twenty_legs_are_drawn_by_a_bounded_number_of_points():
    legs = [leg(CALL if place % 2 else PUT, 50 + 5 * place, (-1) ** place * (place + 1)) for place in range(20)]

    found = analyze(plan(*legs))

    places = [point.underlying for point in found.payoff]
    assert 200 <= len(places) <= MOST_POINTS
    assert places == sorted(places)
    assert set(found.break_evens) & set(places)


def test_named_strategies_have_the_shape_of_their_name():
    found: dict[str, Any] = {
        each.code: analyze(plan(*each.legs, units=each.units)) for each in strategies_at(100.0, 0.5)
    }

    assert len(found) == 12
    # Two strikes a step of 5 apart.
    for code in ("BULL_CALL_SPREAD", "BEAR_CALL_SPREAD", "BULL_PUT_SPREAD", "BEAR_PUT_SPREAD"):
        assert found[code].max_profit - found[code].max_loss == pytest.approx(5), code
    assert found["BULL_CALL_SPREAD"].net_premium > 0 > found["BULL_PUT_SPREAD"].net_premium
    assert len(found["IRON_CONDOR"].break_evens) == len(found["BUTTERFLY"].break_evens) == 2
    assert found["IRON_CONDOR"].net_premium < 0
    unbounded = {code for code, each in found.items() if "max_profit" in absent(each)}
    assert unbounded == {"PROTECTIVE_PUT", "LONG_STRADDLE", "LONG_STRANGLE"}
    assert found["CALENDAR"].max_loss == pytest.approx(-found["CALENDAR"].net_premium, rel=1e-6)


@pytest.mark.parametrize("spot", [0.01, 0.9, 7.0, 24.0, 187.3, 4_000.0, 1e7])
def test_strikes_of_named_strategies_are_above_zero_and_apart(spot):
    for each in strategies_at(spot, 0.25):
        strikes = {leg.strike for leg in each.legs}
        assert min(strikes) > 0
        assert len(strikes) == {"LONG_STRADDLE": 1, "CALENDAR": 1, "BUTTERFLY": 3, "IRON_CONDOR": 4}.get(
            each.code, len(each.legs)
        )
