"""Returns of days, linked, contributed and of a period with flows."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.quant.returns import (
    annualize,
    capital_at_work,
    contributions,
    link,
    modified_dietz,
    simple_return,
    time_weighted_returns,
    wealth,
)
from tests.references.cases import ONE_FLOW, TWO_SHARES

NAN = float("nan")

RETURNS = arrays(np.float64, st.integers(1, 60), elements=st.floats(-0.5, 1))


def test_time_weighted_two_shares() -> None:
    returns = time_weighted_returns(*TWO_SHARES)

    np.testing.assert_allclose(returns, [0.15, 1 / 15], rtol=1e-15)
    assert link(returns) == pytest.approx(92 / 75 - 1, rel=1e-15)
    assert annualize(link(returns), 730) == pytest.approx(math.sqrt(92 / 75) - 1, rel=1e-15)


def test_money_is_at_work_from_the_start_of_the_day_it_comes_to_the_end_of_the_day_it_goes() -> None:
    assert time_weighted_returns([100, 165], [50]).tolist() == [0.1]
    assert time_weighted_returns([100, 45], [-50]).tolist() == [pytest.approx(-0.05)]
    # Sold at a gain, and all of it taken out.
    assert time_weighted_returns([100, 0], [-110]).tolist() == [pytest.approx(0.1)]
    assert capital_at_work([100, 100, 0], [50, -150, 0]).tolist() == [150, 100, 0]


@pytest.mark.parametrize(
    ("before", "flow", "after"),
    [(0, 0, 0), (0, 0, 10), (0, -150, 5), (-50, 0, -60), (-50, 20, 10), (-(0.1 + 0.2), 0.3, 1)],
)
def test_a_day_without_capital_has_no_return(before: float, flow: float, after: float) -> None:
    returns = time_weighted_returns([100, 110, before, after, 2 * after], [0, before - 110, flow, 0])

    assert returns[0] == pytest.approx(0.1)
    assert math.isnan(returns[2])
    assert math.isnan(link(returns))


def test_the_first_deposit_begins_a_portfolio() -> None:
    assert time_weighted_returns([0, 101], [100]).tolist() == [pytest.approx(0.01)]


@pytest.mark.parametrize("bad", [NAN, math.inf, -math.inf])
def test_a_bad_worth_spoils_the_days_on_either_side_of_it(bad: float) -> None:
    returns = time_weighted_returns([100, 110, bad, 120, 132], [0, 0, 0, 0])

    assert np.isnan(returns).tolist() == [False, True, True, False]


def test_an_overflow_is_not_a_return() -> None:
    assert np.isnan(time_weighted_returns([1e-10, 1e308, 1e308], [0, 1e308])).all()


@given(RETURNS, st.data())
def test_flows_do_not_move_the_time_weighted_return(returns: np.ndarray, data: st.DataObject) -> None:
    flows = data.draw(arrays(np.float64, len(returns), elements=st.floats(0, 1_000)))
    values = [1_000.0]
    for change, flow in zip(returns, flows, strict=True):
        values.append((values[-1] + flow) * (1 + change))

    found = time_weighted_returns(values, flows)

    np.testing.assert_allclose(found, returns, atol=1e-13)
    assert link(found) == pytest.approx(np.prod(1 + returns) - 1, abs=1e-9, rel=1e-9)


@given(RETURNS, st.floats(1e-6, 1e6))
def test_the_unit_of_money_does_not_matter(returns: np.ndarray, unit: float) -> None:
    values = 1_000 * wealth(returns)
    flows = np.zeros(len(returns))

    np.testing.assert_allclose(
        time_weighted_returns(unit * values, flows), time_weighted_returns(values, flows), atol=1e-13
    )


def test_linking() -> None:
    assert link([0.1, -0.1]) == pytest.approx(-0.01)
    assert wealth([0.5, -0.5]).tolist() == [1, 1.5, 0.75]
    assert link([-1, 3]) == -1
    # The last day may leave a debt; nothing is compounded after it.
    assert link([0.5, -1.5]) == -1.75
    assert math.isnan(link([-1.5, 0.5]))
    assert math.isnan(link([-2, -2]))
    assert wealth([-1.5, 0.5, 0.5]).tolist() == [
        1,
        -0.5,
        pytest.approx(NAN, nan_ok=True),
        pytest.approx(NAN, nan_ok=True),
    ]
    assert math.isnan(link([]))
    assert math.isnan(link([0.1, NAN, 0.1]))
    assert math.isnan(link([1e200, 1e200]))


@given(RETURNS, RETURNS)
def test_linking_in_parts_is_linking_the_whole(first: np.ndarray, second: np.ndarray) -> None:
    whole = wealth(np.concatenate([first, second]))

    assert whole[-1] == pytest.approx(wealth(first)[-1] * wealth(second)[-1], rel=1e-12)
    assert link(np.concatenate([first, second])) == whole[-1] - 1


def test_contributions_of_two_days() -> None:
    daily = [[0.02, 0.03], [0.10, -0.05]]

    found = contributions(daily, np.sum(daily, axis=1))

    np.testing.assert_allclose(found, [0.02 + 1.05 * 0.10, 0.03 - 1.05 * 0.05], rtol=1e-15)
    assert sum(found) == pytest.approx(1.05 * 1.05 - 1, rel=1e-14)


@given(arrays(np.float64, st.tuples(st.integers(1, 250), st.integers(1, 8)), elements=st.floats(-0.02, 0.02)))
def test_contributions_sum_to_the_linked_return(daily: np.ndarray) -> None:
    returns = daily.sum(axis=1)

    # Of the wealth at the end, where that is more than at the beginning.
    assert contributions(daily, returns).sum() == pytest.approx(link(returns), rel=1e-12, abs=1e-9)


def test_contributions_of_thirty_years_sum_to_the_linked_return() -> None:
    daily = np.random.default_rng(7).normal(0.0004, 0.01, (8_312, 50)) / 50
    returns = daily.sum(axis=1)

    assert 5 < link(returns) < 100
    assert contributions(daily, returns).sum() == pytest.approx(link(returns), abs=1e-9)


@given(arrays(np.float64, (20, 4), elements=st.floats(-0.1, 0.1)))
def test_segments_joined_contribute_their_sum(daily: np.ndarray) -> None:
    returns = daily.sum(axis=1)
    joined = np.column_stack([daily[:, :2].sum(axis=1), daily[:, 2:].sum(axis=1)])

    apart = contributions(daily, returns)

    np.testing.assert_allclose(contributions(joined, returns), [apart[:2].sum(), apart[2:].sum()], atol=1e-13)


def test_a_bad_segment_spoils_itself_and_a_bad_day_all() -> None:
    daily = np.full((3, 2), 0.01)
    daily[1, 0] = NAN

    assert np.isnan(contributions(daily, [0.02, 0.02, 0.02])).tolist() == [True, False]
    assert np.isnan(contributions(daily, [0.02, NAN, 0.02])).all()
    assert np.isnan(contributions(np.empty((0, 2)), [])).tolist() == [True, True]
    assert contributions(np.empty((3, 0)), [0.0, 0.0, 0.0]).shape == (0,)


def test_modified_dietz_of_one_flow() -> None:
    assert modified_dietz(*ONE_FLOW) == pytest.approx(-6.9 / (74.2 + 17 / 31 * 37.1), rel=1e-14)
    assert modified_dietz(*ONE_FLOW) == pytest.approx(-0.0730, abs=5e-5)


def test_modified_dietz_without_capital_is_undefined() -> None:
    assert math.isnan(modified_dietz(0, 10, [], []))
    assert math.isnan(modified_dietz(100, 10, [-200], [0.5]))
    assert math.isnan(modified_dietz(100, 10, [-300], [0.5]))
    assert math.isnan(modified_dietz(0.1 + 0.2, 10, [-0.3], [1]))
    assert math.isnan(modified_dietz(100, 110, [10], [1.01]))
    assert math.isnan(modified_dietz(100, 110, [10], [-0.01]))
    assert math.isnan(modified_dietz(1e-200, 1e200, [], []))


@given(st.floats(1, 1e6), st.floats(0, 1e6), st.floats(-0.5, 1e6))
def test_dietz_with_flows_at_the_start_is_the_simple_return(start: float, end: float, flow: float) -> None:
    assert simple_return(start, end, flow) == pytest.approx(end / (start + flow) - 1, abs=1e-9)
    assert simple_return(start, end) == time_weighted_returns([start, end], [0])[0]


def test_annualizing() -> None:
    assert annualize(0.21, 730) == pytest.approx(0.1, rel=1e-14)
    assert annualize(0.1, 365) == pytest.approx(0.1, rel=1e-14)
    assert math.isnan(annualize(0.1, 364.9))
    assert annualize(-1, 1_000) == -1
    assert math.isnan(annualize(-1.01, 1_000))
    assert math.isnan(annualize(NAN, 1_000))
    assert math.isnan(annualize(0.1, math.inf))
    assert math.isnan(annualize(math.inf, 1_000))


@given(st.floats(-0.99, 10), st.floats(365, 20_000))
def test_the_yearly_rate_compounds_to_the_total(total: float, days: float) -> None:
    yearly = annualize(total, days)
    assume(yearly > -1)

    assert (1 + yearly) ** (days / 365) == pytest.approx(1 + total, rel=1e-9)


def test_wrong_shapes_say_what_was_expected() -> None:
    with pytest.raises(ValueError, match="expected one value more than flows, got 2 values and 2 flows"):
        time_weighted_returns([1, 2], [0, 0])
    with pytest.raises(ValueError, match=r"expected returns of shape \(n,\), got \(1, 2\)"):
        link([[0.1, 0.2]])
    with pytest.raises(ValueError, match=r"expected daily of shape \(2, n_segments\) for these returns, got \(3, 1\)"):
        contributions(np.zeros((3, 1)), [0, 0])
    with pytest.raises(ValueError, match="expected a weight for each flow, got 0 weights for 1 flows"):
        modified_dietz(1, 2, [1], [])
