"""Calculators: what quant says, and a reason for whatever it does not say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.absence import AbsenceReason
from domain.market.types import OptionRight, OptionStyle
from domain.options.pricing import FIRST_ORDER, NUMBERS, PricingModel, Terms, implied_of, price_options
from domain.quant import american, black_scholes

CALL, PUT = OptionRight.CALL, OptionRight.PUT
EUROPEAN, AMERICAN = OptionStyle.EUROPEAN, OptionStyle.AMERICAN


USUAL = Terms(
    style=EUROPEAN, right=CALL, spot=100.0, strike=100.0, years=0.5, rate=0.03, dividend_yield=0.01, volatility=0.25
)


def terms(**more):
    return replace(USUAL, **more)


def test_a_european_option_is_worth_what_black_and_scholes_say():
    (found,) = price_options([terms()])

    value = black_scholes.value(100, 100, 0.5, 0.03, 0.01, 0.25, True)
    second = black_scholes.second_order(100, 100, 0.5, 0.03, 0.01, 0.25, True)
    assert found.model is PricingModel.BLACK_SCHOLES
    assert found.absences == ()
    assert found.numbers["price"] == float(value.price)
    assert found.numbers["theta"] == float(value.theta_per_day)
    assert found.numbers["vega"] == float(value.vega_per_point)
    assert found.numbers["vanna"] == float(second.vanna_per_point)
    assert found.numbers["dual_gamma"] == float(second.dual_gamma)


def test_an_american_option_is_worth_more_by_its_exercise_whatever_the_model():
    asked = [terms(right=PUT, style=AMERICAN, dividend_yield=0.0, model=model)
             for model in (None, PricingModel.BINOMIAL, PricingModel.BARONE_ADESI_WHALEY)]  # fmt: skip

    boundary, tree, rough = price_options(asked)

    exact = american.value(100, 100, 0.5, 0.03, 0.0, 0.25, False)
    assert boundary.model is PricingModel.BOUNDARY
    assert boundary.numbers["price"] == float(exact.price)
    assert boundary.numbers["price"] > float(black_scholes.price(100, 100, 0.5, 0.03, 0.0, 0.25, False))
    for found, within in ((tree, 0.01), (rough, 0.03)):
        for name in FIRST_ORDER:
            close = pytest.approx(boundary.numbers[name], rel=within, abs=within * 0.1)
            assert found.numbers[name] == close, (found.model, name)
    assert {each.reason for each in tree.absences} == {AbsenceReason.NOT_APPLICABLE}
    assert {each.field for each in tree.absences} == set(NUMBERS) - set(FIRST_ORDER)


def test_several_are_answered_in_the_order_asked_each_as_if_alone():
    asked = [terms(strike=90.0), terms(style=AMERICAN, right=PUT), terms(spot=-1.0), terms(strike=110.0)]

    found = price_options(asked)

    assert found == [price_options([each])[0] for each in asked]
    assert price_options([]) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"spot": 0.0}, "expected a spot above 0, got 0"),
        ({"strike": -5.0}, "expected a strike above 0, got -5"),
        ({"years": -0.5}, "expected years of 0 or more, got -0.5"),
        ({"volatility": -0.1}, "expected a volatility of 0 or more, got -0.1"),
    ],
)
def test_terms_out_of_range_are_answered_with_a_reason(wrong, message):
    (found,) = price_options([terms(**wrong)])

    assert set(found.numbers.values()) == {None}
    assert [(each.field, each.reason, each.message) for each in found.absences] == [
        (name, AbsenceReason.INVALID_INPUT, message) for name in NUMBERS
    ]


@pytest.mark.parametrize(("style", "model"), [(AMERICAN, "BLACK_SCHOLES"), (EUROPEAN, "BINOMIAL")])
def test_a_model_of_the_other_style_does_not_apply(style, model):
    (found,) = price_options([terms(style=style, model=PricingModel(model))])

    assert {each.reason for each in found.absences} == {AbsenceReason.NOT_APPLICABLE}


def test_without_time_there_is_a_price_and_no_gamma_at_the_money():
    (found,) = price_options([terms(years=0.0)])

    assert found.numbers["price"] == 0
    assert found.numbers["gamma"] is None
    assert ("gamma", AbsenceReason.UNDEFINED) in {(each.field, each.reason) for each in found.absences}


EXTREME = st.floats(allow_nan=False, allow_infinity=False)
ORDINARY = st.floats(1e-3, 1e4)


@st.composite
def any_terms(draw):
    """Terms of which some are ordinary and some are not."""
    return Terms(
        style=draw(st.sampled_from(OptionStyle)),
        right=draw(st.sampled_from(OptionRight)),
        spot=draw(EXTREME | ORDINARY),
        strike=draw(EXTREME | ORDINARY),
        years=draw(EXTREME | st.floats(0, 5)),
        rate=draw(EXTREME | st.floats(-0.1, 0.3)),
        dividend_yield=draw(EXTREME | st.floats(-0.1, 0.3)),
        volatility=draw(EXTREME | st.floats(0, 3)),
        model=draw(st.sampled_from([None, *PricingModel])),
    )


@given(any_terms())
def test_no_input_is_an_error_and_every_null_has_its_reason(asked):
    (found,) = price_options([asked])
    implied, absences = implied_of(
        asked.right,
        spot=asked.spot,
        strike=asked.strike,
        years=asked.years,
        rate=asked.rate,
        dividend_yield=asked.dividend_yield,
        price=asked.volatility,
        style=asked.style,
    )

    assert all(number is None or np.isfinite(number) for number in found.numbers.values())
    assert {name for name, number in found.numbers.items() if number is None} == {e.field for e in found.absences}
    assert implied is None or np.isfinite(implied)
    assert (implied is None) == bool(absences)


def test_a_price_implies_the_volatility_it_was_made_with():
    price = float(black_scholes.price(100, 110, 0.5, 0.03, 0.01, 0.25, True))

    found, absences = implied_of(CALL, spot=100, strike=110, years=0.5, rate=0.03, dividend_yield=0.01, price=price)

    assert found == pytest.approx(0.25, abs=1e-12)
    assert absences == []


@pytest.mark.parametrize(
    ("price", "years", "reason", "message"),
    [
        (9.0, 0.5, AbsenceReason.UNDEFINED, "expected a price of at least 10, the discounted intrinsic value, got 9"),
        (100.0, 0.5, AbsenceReason.UNDEFINED, "expected a price below its upper bound, got 100"),
        (-1.0, 0.5, AbsenceReason.INVALID_INPUT, "expected a price of 0 or more, got -1"),
        (9.0, 0.0, AbsenceReason.INVALID_INPUT, "expected years above 0, got 0"),
    ],
)
def test_a_price_that_implies_nothing_says_why(price, years, reason, message):
    found, (absence,) = implied_of(CALL, spot=100, strike=90, years=years, rate=0, dividend_yield=0, price=price)

    assert (found, absence.reason, absence.message) == (None, reason, message)
