"""The nearest correlation matrix, and correlations of series with gaps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.quant.covariance import is_positive_semidefinite
from domain.quant.pairwise import nearest_correlation, pairwise_covariance
from tests.references.cases import NEAREST_CORRELATIONS

SEEDS = st.integers(0, 2**32 - 1)


def crooked(seed: int, m: int) -> np.ndarray:
    """A symmetric matrix with ones on its diagonal that need not be a correlation."""
    upper = np.triu(np.random.default_rng(seed).uniform(-1, 1, (m, m)), 1)
    return np.asarray(upper + upper.T + np.eye(m))


def gappy(seed: int, n: int = 80, m: int = 6, part: float = 0.3) -> np.ndarray:
    chance = np.random.default_rng(seed)
    returns = chance.normal(0, 0.01, (n, m)) + 2 * chance.normal(0, 0.01, (n, 2)) @ chance.normal(0, 1, (2, m))
    returns[chance.random((n, m)) < part] = np.nan
    return returns


@pytest.mark.parametrize(("matrix", "off_diagonal", "digits"), NEAREST_CORRELATIONS)
def test_published(matrix, off_diagonal: tuple[float, ...], digits: int) -> None:
    found = nearest_correlation(matrix)

    rows, columns = np.triu_indices(len(matrix), 1)
    np.testing.assert_allclose(found.correlation[rows, columns], off_diagonal, atol=0.5 * 10**-digits)
    assert found.repaired
    assert found.distance == pytest.approx(np.linalg.norm(found.correlation - matrix))


@given(SEEDS, st.integers(2, 8))
@settings(max_examples=40)
def test_it_is_a_correlation_and_none_is_nearer(seed: int, m: int) -> None:
    matrix = crooked(seed, m)

    found = nearest_correlation(matrix)

    assert is_positive_semidefinite(found.correlation)
    assert np.diag(found.correlation).tolist() == [1] * m
    np.testing.assert_array_equal(found.correlation, found.correlation.T)
    # Every other correlation is at an obtuse angle behind the nearest, as seen from the matrix: the set is convex.
    chance = np.random.default_rng(seed)
    for _ in range(20):
        spread = chance.normal(0, 1, (m, m))
        other = np.corrcoef(spread @ spread.T)
        assert np.sum((matrix - found.correlation) * (other - found.correlation)) <= 1e-7


@given(SEEDS, st.integers(2, 8))
def test_a_correlation_is_left_as_it_is(seed: int, m: int) -> None:
    matrix = np.asarray(np.corrcoef(np.random.default_rng(seed).normal(0, 1, (m, 20))))
    matrix = (matrix + matrix.T) / 2
    np.fill_diagonal(matrix, 1)

    found = nearest_correlation(matrix)

    np.testing.assert_array_equal(found.correlation, matrix)
    assert (found.repaired, found.distance) == (False, 0)


def test_what_was_repaired_needs_no_repair() -> None:
    once = nearest_correlation(crooked(5, 6))

    assert once.repaired
    assert not nearest_correlation(once.correlation).repaired


@pytest.mark.parametrize(
    "matrix", [[[1, np.nan], [np.nan, 1]], [[1, np.inf], [np.inf, 1]], [[1, 0.5], [0.2, 1]], np.empty((0, 0))]
)
def test_what_has_no_nearest(matrix) -> None:
    found = nearest_correlation(matrix)

    assert np.isnan(found.correlation).all()
    assert np.isnan(found.distance)
    assert not found.repaired


@given(SEEDS)
def test_each_pair_is_of_the_days_in_common(seed: int) -> None:
    returns = gappy(seed, part=0.2)

    found = pairwise_covariance(returns)

    expected = np.eye(6)
    for one in range(6):
        for other in range(6):
            both = returns[np.isfinite(returns[:, one]) & np.isfinite(returns[:, other])]
            expected[one, other] = np.corrcoef(both[:, one], both[:, other])[0, 1]
    deviations = np.nanstd(returns, axis=0, ddof=1)
    if found.repaired:
        assert not is_positive_semidefinite(expected)
        expected = nearest_correlation((expected + expected.T) / 2).correlation
    np.testing.assert_allclose(found.correlation, expected, atol=1e-8)
    np.testing.assert_allclose(found.covariance, found.correlation * np.outer(deviations, deviations), rtol=1e-9)
    assert is_positive_semidefinite(found.correlation)


def test_pairs_that_contradict_one_another_are_repaired_and_it_is_said() -> None:
    chance = np.random.default_rng(3)
    one, other = chance.normal(0, 0.01, (2, 90))
    returns = np.full((90, 3), np.nan)
    # Each two go together on days when the third is away, but the first and the last go against each other.
    returns[:30, 0], returns[:30, 1] = one[:30], one[:30] + 0.1 * other[:30]
    returns[30:60, 1], returns[30:60, 2] = one[30:60], one[30:60] + 0.1 * other[30:60]
    returns[60:, 0], returns[60:, 2] = one[60:], -one[60:] + 0.1 * other[60:]

    found = pairwise_covariance(returns)

    assert found.repaired
    assert found.distance > 0.5
    assert is_positive_semidefinite(found.covariance)


def test_without_gaps_it_is_the_sample() -> None:
    returns = gappy(4, part=0.0)

    found = pairwise_covariance(returns)

    np.testing.assert_allclose(found.covariance, np.cov(returns.T), rtol=1e-10)
    assert (found.repaired, found.distance) == (False, 0)


def test_too_few_days_in_common() -> None:
    returns = gappy(5, n=39, m=3, part=0.0)
    returns[:19, 0], returns[20:, 1] = np.nan, np.nan

    found = pairwise_covariance(returns)

    assert np.isnan(found.correlation).tolist() == [[False, True, False], [True, False, False], [False, False, False]]
    assert np.isnan(found.distance)
    assert not found.repaired


def test_what_does_not_vary_and_what_is_infinite() -> None:
    returns = gappy(6, m=4, part=0.1)
    returns[:, 1], returns[7, 2] = 0.1, np.inf

    found = pairwise_covariance(returns)

    for place in (1, 2):
        assert np.isnan(found.correlation[place]).all()
        assert np.isnan(found.covariance[:, place]).all()
    assert np.isfinite(found.correlation[[0, 0, 3], [0, 3, 3]]).all()
