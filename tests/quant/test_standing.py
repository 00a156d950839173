"""Where numbers stand among those of their group, against the definitions one by one."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from domain.quant.standing import percentile_rank, robust_score

NUMBERS = st.one_of(st.just(math.nan), st.integers(-5, 5).map(float), st.floats(-1e6, 1e6))
MEMBERS = st.lists(st.tuples(NUMBERS, st.sampled_from([-1.0, 0.0, 1.0, 2.0, math.nan])), max_size=40)


def peers(members: list[tuple[float, float]], group: float) -> list[float]:
    return [value for value, own in members if own == group and not math.isnan(value)]


def one_by_one(members: list[tuple[float, float]], fewest: int, of: Any) -> list[float]:
    """Apply a definition to each member that has a group of enough."""
    found = []
    for value, group in members:
        others = peers(members, group)
        counts = not math.isnan(value) and group >= 0 and len(others) >= max(fewest, 2)
        found.append(of(value, others) if counts else math.nan)
    return found


def rank(value: float, others: list[float]) -> float:
    below = sum(other < value for other in others)
    equal = sum(other == value for other in others) - 1
    return 100 * (below + equal / 2) / (len(others) - 1)


def score(value: float, others: list[float]) -> float:
    deviation = float(stats.median_abs_deviation(others, scale=1 / 1.482602218505602))
    found = (value - float(np.median(others))) / deviation if deviation else math.nan
    return found if math.isfinite(found) else math.nan


@given(MEMBERS, st.integers(0, 6))
def test_percentile_ranks_are_as_defined(members: list[tuple[float, float]], fewest: int) -> None:
    found = percentile_rank([each for each, _ in members], [each for _, each in members], fewest)

    np.testing.assert_allclose(found, one_by_one(members, fewest, rank), rtol=1e-12, atol=1e-12)


@given(MEMBERS, st.integers(2, 6))
def test_robust_scores_are_as_defined(members: list[tuple[float, float]], fewest: int) -> None:
    found = robust_score([each for each, _ in members], [each for _, each in members], fewest)

    np.testing.assert_allclose(found, one_by_one(members, fewest, score), rtol=1e-9, atol=1e-9)


def test_ranks_by_hand() -> None:
    np.testing.assert_array_equal(percentile_rank([3, 1, 2, 2, 9], [0, 0, 0, 0, 1]), [100, 0, 50, 50, np.nan])


def test_half_of_a_group_may_be_wrong() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 1e12]

    found = robust_score(values, [0.0] * 5)

    assert found[:4] == pytest.approx([-2 / 1.482602, -1 / 1.482602, 0, 1 / 1.482602], rel=1e-6)


def test_numbers_that_are_all_one_have_ranks_and_no_scores() -> None:
    assert percentile_rank([2.0] * 3, [0] * 3).tolist() == [50] * 3
    assert np.isnan(robust_score([2.0] * 3, [0] * 3)).all()


@pytest.mark.parametrize("of", [percentile_rank, robust_score])
def test_another_number_of_groups_is_refused(of: Any) -> None:
    with pytest.raises(ValueError, match="a group for each of 2 values, got 1"):
        of([1.0, 2.0], [0.0])


@pytest.mark.parametrize("of", [percentile_rank, robust_score])
def test_nothing_has_no_standing(of: Any) -> None:
    assert of([], []).tolist() == []
