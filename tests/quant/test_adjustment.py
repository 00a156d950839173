"""Adjusted prices: by hand, by what holders earned, and as a provider adjusts them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.adjustment import adjustment_factors, split_factors

SESSIONS = np.arange(1, 7, dtype=np.int32)


def test_a_split_by_hand():
    # Two for one on day 4: what cost 100 before is worth 50 after.
    assert split_factors(SESSIONS, [(4, 2.0)]).tolist() == [0.5, 0.5, 0.5, 1, 1, 1]
    assert split_factors(SESSIONS, [(4, 2.0), (6, 0.1)]).tolist() == [5, 5, 5, 10, 10, 1]
    assert split_factors(SESSIONS, [(1, 2.0), (99, 2.0)]).tolist() == [0.5] * 6


def test_a_dividend_by_hand():
    closes = np.array([100.0, 100, 100, 98, 98, 98])

    # 2 of 100 is paid on day 4: whoever held had 98 and 2 in hand.
    factors = adjustment_factors(SESSIONS, closes, [], [(4, 2.0)])

    assert factors.tolist() == pytest.approx([0.98, 0.98, 0.98, 1, 1, 1])
    assert (closes * factors).tolist() == pytest.approx([98] * 6)


def test_a_dividend_on_the_day_of_a_split_is_for_units_after_it():
    closes = np.array([100.0, 100, 100, 49, 49, 49])

    factors = adjustment_factors(SESSIONS, closes, [(4, 2.0)], [(4, 1.0)])

    assert (closes * factors).tolist() == pytest.approx([49] * 6)


@pytest.mark.parametrize("cash", [100.0, 1e9, 0.0])
def test_what_cannot_have_been_paid_changes_nothing(cash: float):
    closes = np.full(6, 100.0)

    assert adjustment_factors(SESSIONS, closes, [], [(4, cash), (1, 2.0)]).tolist() == [1] * 6


def test_as_yahoo_adjusts_apple_in_2020():
    # Closes as traded, adjusted for the split of 2020-08-31 alone, and for the dividend of 0.205 on 2020-11-06 too.
    # Source: query2.finance.yahoo.com, chart of AAPL: closes of 2020-11-05 and -06, 119.03 and 118.69.
    sessions = np.array([1, 2, 3], dtype=np.int32)
    closes = np.array([119.03, 119.03, 118.69])

    factors = adjustment_factors(sessions, closes, [], [(3, 0.205)])

    assert factors[0] == pytest.approx(1 - 0.205 / 119.03, rel=1e-12)


@given(
    st.lists(st.floats(-0.05, 0.05), min_size=5, max_size=40),
    st.integers(1, 38),
    st.sampled_from([0.1, 0.5, 1.5, 2.0, 7.0]),
    st.floats(0.01, 2.0),
)
def test_adjusted_returns_are_those_of_a_holder(steps: list[float], day: int, ratio: float, cash: float):
    worth = 100.0 * np.cumprod(1.0 + np.array(steps))
    sessions = np.arange(len(worth), dtype=np.int32)
    day = min(day, len(worth) - 1)
    # A dividend on `day`, a split the day after.
    raw = worth.copy()
    raw[day:] -= cash
    raw[day + 1 :] /= ratio
    splits = [(day + 1, ratio)] if day + 1 < len(worth) else []

    adjusted = raw * adjustment_factors(sessions, raw, splits, [(day, cash)])

    held = raw[day] + cash
    assert adjusted[day] / adjusted[day - 1] - 1 == pytest.approx(raw[day] / (raw[day - 1] - cash) - 1, rel=1e-9), (
        "reinvested at the price without the dividend"
    )
    assert held == pytest.approx(worth[day])
    if splits:
        assert adjusted[day + 1] / adjusted[day] == pytest.approx(raw[day + 1] * ratio / raw[day], rel=1e-9)
