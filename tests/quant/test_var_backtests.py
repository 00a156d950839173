"""Exceptions are counted, and how likely they are is what the formulas say."""

import numpy as np
import pytest

from domain.quant.var_backtests import Zone, backtest
from tests.references.cases import PROPORTION_OF_FAILURES


def series(exceptions, count=250):
    """Returns of which so many, spread evenly, lose more than 1 %."""
    returns = np.zeros(count)
    returns[np.linspace(0, count - 1, exceptions).astype(int)] = -0.02
    return returns


@pytest.mark.parametrize(
    ("exceptions", "zone"),
    [
        *((number, Zone.GREEN) for number in range(5)),
        *((number, Zone.YELLOW) for number in range(5, 10)),
        *((number, Zone.RED) for number in (10, 11, 20)),
    ],
)
def test_the_zones_are_basel_s(exceptions, zone):
    """Basel Committee, 1996: of 250 days at 99 %, green up to 4 exceptions, yellow up to 9, red from 10 on."""
    assert backtest(series(exceptions), 0.01, 0.99).zone is zone


@pytest.mark.parametrize("exceptions", [0, 1, 5, 13, 40])
def test_kupiec_by_hand(exceptions):
    found = backtest(series(exceptions), 0.01, 0.95)

    share, other = exceptions / 250, 250 - exceptions
    own = (exceptions * np.log(share) if exceptions else 0.0) + other * np.log(1 - share)
    asked = exceptions * np.log(0.05) + other * np.log(0.95)
    assert found.unconditional == pytest.approx(2 * (own - asked))
    assert (found.exceptions, found.observations) == (exceptions, 250)
    assert found.expected == pytest.approx(12.5)


def test_kupiec_as_it_is_printed():
    count, exceptions, statistic, p_value = PROPORTION_OF_FAILURES

    found = backtest(series(exceptions, count), 0.01, 0.95)

    assert round(found.unconditional, 5) == statistic
    assert round(found.unconditional_p_value, 5) == p_value


def test_as_many_as_expected_is_likely():
    found = backtest(series(12, 240), 0.01, 0.95)

    assert found.unconditional == pytest.approx(0.0, abs=1e-12)
    assert found.unconditional_p_value == pytest.approx(1.0)


def test_exceptions_in_a_row_are_not_independent():
    row, spread = np.zeros(500), series(20, 500)
    row[100:120] = -0.02

    assert backtest(row, 0.01).independence_p_value < 1e-6
    assert backtest(spread, 0.01).independence_p_value > 0.05
    assert backtest(row, 0.01).conditional == pytest.approx(
        backtest(row, 0.01).unconditional + backtest(row, 0.01).independence
    )


def test_a_value_at_risk_of_each_day():
    returns = np.array([-0.01, -0.03, 0.01, -0.02])

    found = backtest(returns, [0.02, 0.02, 0.02, 0.01], 0.9)

    assert found.exceptions == 2


def test_nothing_to_hold_it_against():
    found = backtest([], 0.01)

    assert np.isnan(found.unconditional)
    assert np.isnan(found.conditional_p_value)
    assert np.isnan(backtest([-0.02], 0.01).independence)
    with pytest.raises(ValueError, match="confidence"):
        backtest([0.0], 0.01, 1.0)


def test_of_what_is_not_known_no_zone_is_told():
    assert backtest([], 0.01).zone is Zone.UNKNOWN
    assert backtest([np.nan, -0.5], 0.01).zone is Zone.UNKNOWN
    assert backtest([0.0, -0.5], [np.nan, 0.01]).zone is Zone.UNKNOWN
