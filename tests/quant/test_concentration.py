"""Names, bets and days of trading."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.concentration import (
    _torsion,
    days_to_liquidate,
    diversification_ratio,
    effective_bets,
    effective_names,
    herfindahl,
)

SEEDS = st.integers(0, 2**32 - 1)


def sample(seed: int, m: int = 5) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    return chance.uniform(0.1, 1, m), np.cov((chance.normal(0, 0.01, (100, m)) @ chance.normal(0.5, 1, (m, m))).T)


def test_names_by_hand() -> None:
    assert herfindahl([0.5, 0.3, 0.2]) == pytest.approx(0.38)
    assert effective_names([0.5, 0.3, 0.2]) == pytest.approx(1 / 0.38)
    assert effective_names([100.0, -100.0, 100.0, 100.0]) == pytest.approx(4)
    assert effective_names([7.0, 0.0]) == 1
    assert effective_names([1e-200, 1e-200]) == pytest.approx(2)


@given(SEEDS, st.floats(1e-6, 1e6))
def test_names_are_from_one_to_all_whatever_the_unit(seed: int, unit: float) -> None:
    weights, _ = sample(seed)

    assert 1 <= effective_names(weights) <= 5
    assert effective_names(unit * weights) == pytest.approx(effective_names(weights), rel=1e-12)
    # A name split in two is two.
    split = np.concatenate([weights[1:], [weights[0] / 2] * 2])
    assert effective_names(split) > effective_names(weights)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0], [np.nan, 1.0], [np.inf, 1.0]])
def test_nothing_held_is_not_concentrated(weights: list[float]) -> None:
    assert math.isnan(herfindahl(weights))
    assert math.isnan(effective_names(weights))


def test_diversification_by_hand() -> None:
    # Two of volatility 0.2 without correlation: 0.2 over 0.2 / sqrt(2).
    assert diversification_ratio([0.5, 0.5], [[0.04, 0.0], [0.0, 0.04]]) == pytest.approx(math.sqrt(2))
    assert diversification_ratio([0.5, 0.5], [[0.04, 0.04], [0.04, 0.04]]) == pytest.approx(1)
    assert math.isnan(diversification_ratio([0.5, -0.5], [[0.04, 0.04], [0.04, 0.04]]))


@given(SEEDS)
def test_diversification_is_at_least_one(seed: int) -> None:
    weights, covariance = sample(seed)

    assert diversification_ratio(weights, covariance) >= 1 - 1e-12
    assert diversification_ratio(3 * weights, covariance) == pytest.approx(diversification_ratio(weights, covariance))


def test_bets_without_correlation_are_the_positions() -> None:
    deviations = np.array([0.1, 0.2, 0.4])

    assert effective_bets(1 / deviations, np.diag(deviations**2)) == pytest.approx(3)
    assert effective_bets([1.0, 0.0, 0.0], np.diag(deviations**2)) == pytest.approx(1)
    # Parts 0.9 and 0.1 of the variance.
    entropy = -(0.9 * math.log(0.9) + 0.1 * math.log(0.1))
    assert effective_bets([3.0, 1.0], np.eye(2)) == pytest.approx(math.exp(entropy))


def test_two_that_go_together_are_two_bets_held_long_and_nearly_one_against_all_else() -> None:
    # Of two alike the nearest uncorrelated pair is alike too: held equally, both carry half.
    assert effective_bets([0.5, 0.5], [[1.0, 0.9], [0.9, 1.0]]) == pytest.approx(2)
    # Held alone, the first is both bets: root of the correlation, (a b; b a), with parts a² and b² of its row.
    a, b = (math.sqrt(1.9) + math.sqrt(0.1)) / 2, (math.sqrt(1.9) - math.sqrt(0.1)) / 2
    entropy = -(a**2 * math.log(a**2) + b**2 * math.log(b**2))
    assert effective_bets([1.0, 0.0], [[1.0, 0.9], [0.9, 1.0]]) == pytest.approx(math.exp(entropy))


@given(SEEDS, st.floats(0.01, 100))
def test_bets_are_from_one_to_all_whatever_the_units(seed: int, unit: float) -> None:
    weights, covariance = sample(seed)
    units = np.array([unit, 1, 1 / unit, 2, 3])

    found = effective_bets(weights, covariance)

    assert 1 - 1e-9 <= found <= 5 + 1e-9
    # Prices quoted in other units are the same bets: the torsion is of the correlations.
    assert effective_bets(weights / units, covariance * np.outer(units, units)) == pytest.approx(found, rel=1e-7)


@given(SEEDS)
def test_no_rotation_of_the_bets_is_nearer_to_the_positions(seed: int) -> None:
    _, covariance = sample(seed, 3)
    deviations = np.sqrt(np.diag(covariance))
    correlated = covariance / np.outer(deviations, deviations)
    values, vectors = np.linalg.eigh(correlated)
    root = (vectors * np.sqrt(values)) @ vectors.T

    # Of rotation Q with its best sizes, the squared distance is 3 less the squares on the diagonal of Q @ root.
    bets = _torsion(root)
    best = np.sum(np.diag(bets) ** 2)

    chance = np.random.default_rng(seed)
    for _ in range(30):
        turn, _ = np.linalg.qr(np.eye(3) + 0.1 * chance.normal(0, 1, (3, 3)))
        turn *= np.sign(np.diag(turn))[:, None]
        assert np.sum(np.diag(turn @ bets) ** 2) <= best + 1e-9


def test_bets_need_a_covariance_with_an_inverse() -> None:
    assert math.isnan(effective_bets([0.5, 0.5], [[1.0, 1.0], [1.0, 1.0]]))
    assert math.isnan(effective_bets([0.0, 0.0], np.eye(2)))
    assert math.isnan(effective_bets([0.5, 0.5], [[1.0, 0.0], [0.0, 0.0]]))
    assert math.isnan(effective_bets([0.5, np.nan], np.eye(2)))


def test_days_by_hand() -> None:
    # 10,000 shares at a fifth of 25,000 a day: two days. A short one is bought back as fast.
    assert days_to_liquidate([10_000, -10_000, 0], [25_000, 25_000, 25_000]).tolist() == [2, 2, 0]
    assert days_to_liquidate(10_000, 25_000, [0.1, 1.0]).tolist() == [4, 0.4]
    assert float(days_to_liquidate(10.0, 100.0, 0.5)) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("quantity", "volume", "participation"),
    [
        *((1, 0, 0.2), (0, 0, 0.2), (1, -5, 0.2), (1, 100, 0), (1, 100, -0.1), (1, 100, 1.1)),
        *((np.nan, 100, 0.2), (np.inf, 100, 0.2), (1, np.inf, 0.2), (1, np.nan, 0.2), (1, 100, np.nan)),
    ],
)
def test_days_that_nobody_knows(quantity: float, volume: float, participation: float) -> None:
    found = days_to_liquidate([quantity, 1.0], [volume, 10.0], [participation, 0.5])

    assert np.isnan(found).tolist() == [True, False]
