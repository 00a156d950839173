"""The normal distribution of many numbers, beside scipy's, which takes them one by one."""

import math

import numpy as np
import pytest
from scipy.special import log_ndtr, ndtr

from domain.quant.normal import distribution


def test_as_near_as_one_by_one() -> None:
    near = np.concatenate([np.linspace(-6, 6, 20_001), np.random.default_rng(3).normal(0, 2, 9_000)])

    # What scipy loses of the square of the number is of the same size.
    np.testing.assert_allclose(distribution(near), ndtr(near), rtol=2e-14, atol=0)
    above = near[near > -1]
    np.testing.assert_allclose(distribution(above), ndtr(above), rtol=3e-15, atol=0)


def test_far_tails_keep_their_digits() -> None:
    far = -np.geomspace(6, 37.5, 5_000)

    np.testing.assert_allclose(np.log(distribution(far)), log_ndtr(far), rtol=1e-15)
    np.testing.assert_array_equal(distribution(-far[far < -9]), 1)


def test_both_sides_make_one() -> None:
    numbers = np.random.default_rng(4).normal(0, 3, 20_000)

    np.testing.assert_allclose(distribution(numbers) + distribution(-numbers), 1, rtol=1e-15)


def test_corners() -> None:
    corners = np.array([0.0, -0.0, 1e-320, -1e-320, math.inf, -math.inf, 1e200, -1e200, math.nan])

    with np.errstate(over="raise", divide="raise", invalid="raise"):
        found = distribution(corners)

    np.testing.assert_array_equal(found[[0, 1, 4, 5, 6, 7, 8]], [0.5, 0.5, 1, 0, 1, 0, math.nan])
    np.testing.assert_allclose(found[2:4], 0.5, rtol=1e-15)


@pytest.mark.parametrize("count", [*range(1, 70), 100, 255, 1_000, 8_191, 8_192, 8_200])
def test_a_number_s_neighbours_do_not_matter(count: int) -> None:
    numbers = np.random.default_rng(6).normal(0, 3, 9_000)
    every = distribution(numbers)

    for start in (0, 1, 5, 800):
        np.testing.assert_array_equal(distribution(numbers[start : start + count]), every[start : start + count])


@pytest.mark.parametrize("shape", [(0,), (), (3, 5), (2, 8_192), (8_193,)])
def test_shapes_are_kept(shape: tuple[int, ...]) -> None:
    numbers = np.random.default_rng(5).normal(0, 2, shape)
    expected = ndtr(numbers)

    np.testing.assert_allclose(distribution(numbers), expected, rtol=2e-14)
    found = distribution(numbers, out=numbers)

    assert found is numbers
    np.testing.assert_allclose(numbers, expected, rtol=2e-14)
