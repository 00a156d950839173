"""Averages in blocks: what one step after another gives, whatever the length, for weights above 0, up to 1."""

import numpy as np
import pytest

from domain.quant.recursion import averages


def stepped(numbers: np.ndarray, weight: float, first: float) -> np.ndarray:
    found, kept = [], first
    for number in numbers.tolist():
        kept = weight * number + (1 - weight) * kept
        found.append(kept)
    return np.array(found)


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 1_000, 4_096, 4_097, 20_000])
@pytest.mark.parametrize("weight", [0.001, 2 / 21, 0.5, 1.0])
def test_blocks_of_any_number_give_what_steps_give(count: int, weight: float):
    numbers = np.random.default_rng(count).normal(5.0, 3.0, count)

    found = averages(numbers, (weight,), (-40.0,))

    np.testing.assert_allclose(found, stepped(numbers, weight, -40.0), rtol=1e-11, atol=1e-12)


def test_several_are_added_with_their_factors():
    numbers = np.random.default_rng(3).normal(100.0, 1.0, 5_000)
    before = numbers.copy()

    found = averages(numbers, (2 / 13, 2 / 27), (90.0, 110.0), (1.0, -1.0))

    expected = stepped(numbers, 2 / 13, 90.0) - stepped(numbers, 2 / 27, 110.0)
    np.testing.assert_allclose(found, expected, atol=1e-11)
    np.testing.assert_array_equal(numbers, before)
