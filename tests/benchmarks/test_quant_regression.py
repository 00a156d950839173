"""The contests of regression: ours answers, and answers that differ are told."""

import numpy as np
import pytest

from tests.benchmarks.quant_regression import FACTORS, apart, contests


def test_ours_answers_every_contest() -> None:
    statistics, rolling = (contest.ours() for contest in contests(days=80, positions=3, window=40))

    assert [each.shape for each in statistics] == [(FACTORS + 1, 3)] * 6 + [(3,)] * 2
    assert [each.shape for each in rolling] == [(41, FACTORS + 1, 3)]
    assert all(np.isfinite(each).all() for each in [*statistics, *rolling])


def test_how_far_answers_lie_apart() -> None:
    one = [np.array([1.0, 2.0]), np.array([-10.0])]

    assert apart(one, one) == 0
    assert apart([np.array([1.0, 2.5]), np.array([-10.0])], one) == pytest.approx(0.25)
    assert apart([np.array([1.0, 2.0]), np.array([-11.0])], one) == pytest.approx(0.1)
