"""Covariance of the sample, weighed by age, shrunk and cleared of noise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.covariance import (
    correlation,
    denoised_covariance,
    ewma_covariance,
    is_positive_semidefinite,
    ledoit_wolf,
    sample_covariance,
)

SEEDS = st.integers(0, 2**32 - 1)


def sample(seed: int, n: int = 60, m: int = 5) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return chance.normal(0.001, 0.01, (n, m)) @ chance.normal(0, 1, (m, m))


def shrunk_by_definition(returns: np.ndarray) -> tuple[np.ndarray, float]:
    """Write out lemmas and estimators of the paper, one day after the other."""
    n, m = returns.shape
    about = returns - returns.mean(axis=0)
    of_sample = about.T @ about / n
    mu = np.trace(of_sample) / m
    d2 = np.sum((of_sample - mu * np.eye(m)) ** 2) / m
    b2 = sum(np.sum((np.outer(day, day) - of_sample) ** 2) / m for day in about) / n**2
    share = min(b2, d2) / d2
    return share * mu * np.eye(m) + (1 - share) * of_sample, share


@given(SEEDS)
def test_sample_is_that_of_numpy_and_moves_with_units(seed: int) -> None:
    returns = sample(seed)
    units = np.array([1, 10, 0.1, 1e3, -1])

    found = sample_covariance(returns)

    np.testing.assert_allclose(found, np.cov(returns.T), rtol=1e-11, atol=1e-18)
    np.testing.assert_allclose(
        sample_covariance(returns * units), found * np.outer(units, units), rtol=1e-10, atol=1e-15
    )


def test_sample_by_hand() -> None:
    assert sample_covariance([[1.0, 4.0], [3.0, 0.0]]).tolist() == [[2, -4], [-4, 8]]
    assert np.isnan(sample_covariance([[1.0, 2.0]])).all()
    assert np.isnan(sample_covariance(np.empty((0, 2)))).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("estimate", [sample_covariance, ewma_covariance])
def test_a_bad_number_spoils_its_row_and_column(estimate, bad: float) -> None:
    returns = sample(1)
    clean = estimate(np.delete(returns, 2, axis=1))
    returns[3, 2] = bad

    found = estimate(returns)

    assert np.isnan(found[2]).all()
    assert np.isnan(found[:, 2]).all()
    np.testing.assert_allclose(np.delete(np.delete(found, 2, 0), 2, 1), clean, rtol=1e-12)
    assert np.isnan(ledoit_wolf(returns).covariance).all()
    assert np.isnan(denoised_covariance(returns).covariance).all()


def test_weights_by_age() -> None:
    # Ages 2, 1, 0: weights 1/4, 1/2, 1 of 7/4.
    found = ewma_covariance([[0.4, 0.0], [0.0, 0.2], [0.1, 0.1]], 0.5)

    np.testing.assert_allclose(found, [[0.05 / 1.75, 0.01 / 1.75], [0.01 / 1.75, 0.03 / 1.75]], rtol=1e-14)


@given(SEEDS)
def test_weights_by_age_are_a_recursion(seed: int) -> None:
    # After so many days the first, and that the weights are made to sum to 1, count for nothing.
    returns = sample(seed, n=900)
    expected = np.zeros((5, 5))
    for day in returns:
        expected = 0.94 * expected + 0.06 * np.outer(day, day)

    np.testing.assert_allclose(ewma_covariance(returns), expected, rtol=1e-10, atol=1e-16)


@given(SEEDS, st.integers(3, 40), st.integers(1, 12))
def test_ledoit_and_wolf_as_the_paper_writes_it(seed: int, n: int, m: int) -> None:
    returns = sample(seed, n, m)

    found = ledoit_wolf(returns)

    if m > 1:
        covariance, share = shrunk_by_definition(returns)
        np.testing.assert_allclose(found.covariance, covariance, rtol=1e-9, atol=1e-12 * covariance.max())
        assert found.shrinkage == pytest.approx(share, abs=1e-9)
    assert 0 <= found.shrinkage <= 1
    assert is_positive_semidefinite(found.covariance)
    assert np.trace(found.covariance) == pytest.approx(np.var(returns, axis=0).sum(), rel=1e-10)


def test_shrinkage_lessens_with_data_and_helps() -> None:
    chance = np.random.default_rng(7)
    truth = np.diag(np.linspace(1, 4, 30))
    few, many = (chance.normal(0, 1, (n, 30)) * np.sqrt(np.diag(truth)) for n in (40, 4_000))

    assert ledoit_wolf(few).shrinkage > 5 * ledoit_wolf(many).shrinkage
    assert np.sum((ledoit_wolf(few).covariance - truth) ** 2) < np.sum((sample_covariance(few) - truth) ** 2)


def test_a_market_in_noise_is_one_signal() -> None:
    chance = np.random.default_rng(8)
    returns = chance.normal(0, 0.01, (500, 40)) + chance.normal(0, 0.01, (500, 1))

    found = denoised_covariance(returns)

    assert found.signals == 1
    values = np.linalg.eigvalsh(correlation(sample_covariance(returns)))
    assert values[-2] < found.largest_of_noise < values[-1]
    np.testing.assert_allclose(np.diag(found.covariance), returns.var(axis=0, ddof=1), rtol=1e-12)
    assert is_positive_semidefinite(found.covariance)
    truth = 0.0001 * (np.eye(40) + 1)
    errors = [np.sum((each - truth) ** 2) for each in (found.covariance, sample_covariance(returns))]
    assert errors[0] < errors[1]


def test_noise_alone_leaves_no_correlation() -> None:
    returns = np.random.default_rng(9).normal(0, 0.01, (500, 40))

    found = denoised_covariance(returns)

    assert found.signals == 0
    # The variance of what is noise alone is 1, and (1 + (40 / 500) ** 0.5) ** 2 the edge.
    assert found.largest_of_noise == pytest.approx((1 + np.sqrt(0.08)) ** 2, rel=1e-12)
    np.testing.assert_allclose(correlation(found.covariance), np.eye(40), atol=1e-12)


def test_more_series_than_returns_are_denoised_too() -> None:
    returns = np.random.default_rng(10).normal(0, 0.01, (30, 60))

    assert np.linalg.eigvalsh(denoised_covariance(returns).covariance)[0] > 0


def test_where_all_that_varies_stands_out_nothing_is_noise() -> None:
    # Of so wide a spread of eigenvalues every one is above the edge of those below it, down to the zeros.
    returns = sample(10, 30, 60)

    found = denoised_covariance(returns)

    assert found.signals == 29
    assert found.largest_of_noise == 0
    np.testing.assert_allclose(found.covariance, sample_covariance(returns), atol=1e-15)


@given(SEEDS)
def test_correlation_is_that_of_numpy(seed: int) -> None:
    returns = sample(seed)

    found = correlation(sample_covariance(returns))

    np.testing.assert_allclose(found, np.corrcoef(returns.T), rtol=1e-9, atol=1e-12)
    assert np.diag(found).tolist() == [1] * 5


@pytest.mark.parametrize("count", [60, 20_000])
def test_what_does_not_vary_has_no_correlation(count: int) -> None:
    returns = sample(2, count)
    returns[:, 1] = 0.1

    covariance = sample_covariance(returns)

    assert covariance[1].tolist() == [0] * 5
    found = correlation(covariance)
    assert np.isnan(found[1]).all()
    assert np.isfinite(np.delete(np.delete(found, 1, 0), 1, 1)).all()
    assert np.isnan(correlation([[-1.0]])).all()


@pytest.mark.parametrize(
    ("matrix", "answer"),
    [
        ([[1.0, 0.5], [0.5, 1.0]], True),
        ([[1.0, 1.0], [1.0, 1.0]], True),
        ([[0.0, 0.0], [0.0, 0.0]], True),
        ([[1e-300, 0.0], [0.0, 1e-300]], True),
        ([[1.0, 1.001], [1.001, 1.0]], False),
        ([[1.0, 0.5], [0.4, 1.0]], False),
        ([[-1.0]], False),
        ([[1.0, np.nan], [np.nan, 1.0]], False),
        ([[np.inf]], False),
        (np.empty((0, 0)), False),
    ],
)
def test_positive_semidefinite(matrix, answer: bool) -> None:
    assert is_positive_semidefinite(matrix) is answer


@given(SEEDS, st.integers(1, 8))
def test_covariances_of_few_returns_are_positive_semidefinite(seed: int, rank: int) -> None:
    assert is_positive_semidefinite(sample_covariance(sample(seed, rank + 1, 12)))


def test_wrong_arguments_say_what_was_expected() -> None:
    with pytest.raises(ValueError, match=r"expected returns of shape \(n, k\), got \(3,\)"):
        sample_covariance([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match=r"expected covariance of shape \(m, m\), got \(1, 2\)"):
        correlation([[1.0, 2.0]])
    for decay in (0, 1, -0.5, float("nan")):
        with pytest.raises(ValueError, match="expected a decay between 0 and 1"):
            ewma_covariance([[0.1], [0.2]], decay)
