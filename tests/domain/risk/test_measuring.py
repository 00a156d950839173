"""Measures and tails: what they are by hand, and why one of them is not there."""

import numpy as np
import pytest

from domain.kernel.absence import Absence, AbsenceReason
from domain.risk.measuring import MEASURED, Series, measures_of, why_not
from domain.risk.tail_risk import (
    TAIL_BACKTEST,
    TAIL_SHAPE,
    VALUE_AT_RISK,
    TailMethod,
    tail_backtest,
    tail_shape,
    value_at_risk,
)

NORMAL = np.random.default_rng(3).normal(0.0005, 0.01, 400)


def series(returns, compared=None, absences=()):
    returns = np.array(returns, dtype=float)
    return Series(returns, np.full(len(returns), 0.001) if compared is None else compared, "SP500", absences)


def reasons(found):
    return {each.field: each.reason for each in found.absences}


def test_a_hundred_losses_have_their_fifth():
    found = value_at_risk(series(-np.arange(1, 101) / 1_000), TailMethod.HISTORICAL, 0.95, 1)

    assert found.fraction == pytest.approx(0.096)
    assert found.expected_shortfall == pytest.approx(0.098)
    assert (found.is_valid, found.absences) == (True, ())


def test_a_value_at_risk_grows_with_its_horizon():
    centered = series(NORMAL - NORMAL.mean())

    one, four = (value_at_risk(centered, TailMethod.NORMAL, 0.99, days).fraction for days in (1, 4))

    assert one is not None
    assert four == pytest.approx(2 * one, rel=1e-9)


@pytest.mark.parametrize("method", list(TailMethod))
def test_few_returns_are_said_to_be_few(method):
    found = value_at_risk(series([0.01] * 5), method, 0.95, 1)

    assert (found.fraction, found.expected_shortfall, found.is_valid) == (None, None, False)
    assert reasons(found) == dict.fromkeys(("fraction", "expected_shortfall"), AbsenceReason.INSUFFICIENT_HISTORY)


@pytest.mark.parametrize("method", list(TailMethod))
def test_every_method_answers_and_shortfalls_are_the_larger(method):
    found = value_at_risk(series(NORMAL), method, 0.95, 1)

    assert found.fraction is not None
    assert found.expected_shortfall is not None
    assert 0.01 < found.fraction < found.expected_shortfall < 0.05
    assert VALUE_AT_RISK.load(VALUE_AT_RISK.dump(found)) == found


def test_a_return_that_is_not_known_has_the_reason_that_was_given():
    returns = np.concatenate([NORMAL, [np.nan]])
    cause = Absence("AAA", AbsenceReason.NO_PRICE, "no price of AAA", "load its bars")

    found = value_at_risk(series(returns, absences=(cause,)), TailMethod.NORMAL, 0.95, 1)

    assert reasons(found)["fraction"] is AbsenceReason.NO_PRICE
    assert why_not(returns, ()) == Absence(
        "", AbsenceReason.UNDEFINED, "a session has no return: nothing was at work in it"
    )


def test_the_shape_of_a_thin_sample_is_not_told():
    thin, thick = tail_shape(series(NORMAL[:100]), 0.95), tail_shape(series(NORMAL), 0.9)

    assert set(reasons(thin)) == {"hill_index", "tail_skewness", "tail_kurtosis"}
    assert thick.absences == ()
    assert TAIL_SHAPE.load(TAIL_SHAPE.dump(thick)) == thick


def test_a_backtest_counts_what_went_beyond():
    returns = np.concatenate([NORMAL[:250], np.full(57, 0.01), np.full(3, -0.5)])

    found = tail_backtest(series(returns), TailMethod.NORMAL, 0.99)

    assert (found.observations, found.exceptions) == (60, 1 + 2)
    assert found.expected == pytest.approx(0.6)
    assert TAIL_BACKTEST.load(TAIL_BACKTEST.dump(found)) == found


def test_a_backtest_of_too_few_says_so():
    found = tail_backtest(series(NORMAL[:299]), TailMethod.NORMAL, 0.99)

    assert (found.observations, found.zone) == (0, "UNKNOWN")
    null = ("expected", "kupiec_p_value", "independence_p_value", "conditional_p_value")
    assert reasons(found) == dict.fromkeys(null, AbsenceReason.INSUFFICIENT_HISTORY)
    assert found.absences[0].message == "expected at least 300 sessions, 250 before the first that is told, got 299"


def test_a_backtest_that_some_session_has_no_value_at_risk_for_says_so():
    found = tail_backtest(series(np.concatenate([np.zeros(260), NORMAL[:60]])), TailMethod.NORMAL, 0.99)

    assert (found.observations, found.expected, found.zone) == (70, None, "UNKNOWN")
    assert set(reasons(found).values()) == {AbsenceReason.UNDEFINED}
    assert len(found.absences) == 4


def test_all_measures_are_there_or_say_why():
    found = measures_of(series(NORMAL, NORMAL * 0.5 + 0.0001), 0.01)

    named = {each.field for each in found.absences}
    assert {name for name, value in found.values if value is None} == named
    assert dict(found.values)["beta"] == pytest.approx(2.0)
    assert MEASURED.load(MEASURED.dump(found)) == found


def test_a_benchmark_without_closes_is_named():
    found = measures_of(series(NORMAL, np.full(len(NORMAL), np.nan)), 0.0)

    assert reasons(found)["beta"] is AbsenceReason.NOT_COVERED
    assert "volatility" not in reasons(found)


def test_nothing_is_annualized_under_a_year():
    found = measures_of(series(NORMAL[:100]), 0.0)

    assert dict(found.values)["annualized_return"] is None
    assert reasons(found)["annualized_return"] is AbsenceReason.INSUFFICIENT_HISTORY
    assert dict(found.values)["volatility"] is not None
