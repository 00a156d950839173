"""Parts of volatility, value at risk and expected shortfall."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.risk_contributions import historical_tail, normal_tail, volatility_contributions

SEEDS = st.integers(0, 2**32 - 1)
CONFIDENCES = st.floats(0.5, 0.999)


def sample(seed: int, n: int = 100, m: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Weights, some of them short, and returns."""
    chance = np.random.default_rng(seed)
    returns = chance.normal(0.001, 0.01, (n, m)) @ chance.normal(0, 1, (m, m))
    return chance.normal(0.2, 0.4, m), returns


def test_by_hand() -> None:
    # Variance 0.25 * 0.04 + 0.25 * 0.16 + 2 * 0.25 * 0.02 = 0.06.
    found = volatility_contributions([0.5, 0.5], [[0.04, 0.02], [0.02, 0.16]])

    assert found.volatility == pytest.approx(math.sqrt(0.06))
    np.testing.assert_allclose(found.marginal, np.array([0.03, 0.09]) / math.sqrt(0.06), rtol=1e-14)
    np.testing.assert_allclose(found.shares, [0.25, 0.75], rtol=1e-14)


@given(SEEDS)
def test_components_sum_to_the_volatility_and_marginals_are_its_slopes(seed: int) -> None:
    weights, returns = sample(seed)
    covariance = np.cov(returns.T)

    found = volatility_contributions(weights, covariance)

    assert found.volatility == pytest.approx(np.std(returns @ weights, ddof=1), rel=1e-9)
    assert found.components.sum() == pytest.approx(found.volatility, rel=1e-12)
    assert found.shares.sum() == pytest.approx(1, rel=1e-12)
    step = 1e-5
    for place in range(5):
        moved = [volatility_contributions(weights + sign * step * np.eye(5)[place], covariance) for sign in (1, -1)]
        slope = (moved[0].volatility - moved[1].volatility) / (2 * step)
        assert found.marginal[place] == pytest.approx(slope, rel=1e-4, abs=1e-6)


@given(SEEDS, CONFIDENCES)
def test_parts_of_normal_tails_sum_to_the_whole(seed: int, confidence: float) -> None:
    weights, returns = sample(seed)
    covariance, means = np.cov(returns.T), returns.mean(axis=0)

    found = normal_tail(weights, covariance, means, confidence)

    size = np.abs(found.expected_shortfall_components).sum()
    assert found.value_at_risk_components.sum() == pytest.approx(found.value_at_risk, abs=1e-12 * size)
    assert found.expected_shortfall_components.sum() == pytest.approx(found.expected_shortfall, abs=1e-12 * size)
    assert found.expected_shortfall > found.value_at_risk


def test_normal_tails_are_those_of_tables_and_of_the_tail_itself() -> None:
    found = normal_tail([1.0], [[1.0]], [0.0], 0.95)

    # Every table of the normal distribution has 1.645.
    assert round(found.value_at_risk, 3) == 1.645
    # The mean beyond it, added up over the quantiles of the tail.
    tail = np.array([normal_tail([1.0], [[1.0]], [0.0], at).value_at_risk for at in 0.95 + 0.05 * _middles(20_000)])
    assert found.expected_shortfall == pytest.approx(tail.mean(), abs=2e-4)
    assert normal_tail([1.0], [[1.0]], [0.5], 0.95).value_at_risk == pytest.approx(found.value_at_risk - 0.5)


def _middles(count: int) -> np.ndarray:
    return (np.arange(count) + 0.5) / count


def test_historical_tail_by_hand() -> None:
    # Losses 1 to 10 percent. Of 10 at 75 %: number ceil(2.5) = 3 is 8; shortfall (10 + 9 + 8 / 2) / 2.5 = 9.2.
    returns = -np.arange(1.0, 11.0)[:, None] / 100

    found = historical_tail([1.0], returns, 0.75)

    assert found.value_at_risk == pytest.approx(0.08)
    assert found.expected_shortfall == pytest.approx(0.092)


@pytest.mark.parametrize(("confidence", "number"), [(0.95, 5), (0.99, 1), (0.9, 10), (0.94, 6), (0.999, 1), (0.955, 5)])
def test_the_number_of_the_loss(confidence: float, number: int) -> None:
    # (1 - 0.95) * 100 is a bit more than 5 in binary: it is the fifth all the same.
    returns = -np.arange(100.0, 0.0, -1.0)[:, None] / 100

    found = historical_tail([1.0], returns, confidence)

    assert found.value_at_risk == pytest.approx((101 - number) / 100)
    if confidence in (0.95, 0.9, 0.94):
        assert found.expected_shortfall == pytest.approx(1.005 - number / 200)


@given(SEEDS, CONFIDENCES)
def test_parts_of_what_has_been_sum_to_the_whole(seed: int, confidence: float) -> None:
    weights, returns = sample(seed)

    found = historical_tail(weights, returns, confidence)

    assert found.value_at_risk_components.sum() == pytest.approx(found.value_at_risk, abs=1e-14)
    assert found.expected_shortfall_components.sum() == pytest.approx(found.expected_shortfall, abs=1e-14)
    assert found.expected_shortfall >= found.value_at_risk - 1e-15
    losses = np.sort(-(returns @ weights))[::-1]
    assert np.abs(losses - found.value_at_risk).min() < 1e-15
    # No more than a part of 1 - confidence lost more.
    assert np.mean(losses > found.value_at_risk + 1e-15) <= 1 - confidence


@given(SEEDS)
def test_the_shortfall_of_a_sum_is_at_most_the_sum_of_shortfalls(seed: int) -> None:
    weights, returns = sample(seed)

    whole = historical_tail(weights, returns, 0.93).expected_shortfall

    alone = [historical_tail(weights * row, returns, 0.93).expected_shortfall for row in np.eye(5)]
    assert whole <= sum(alone) + 1e-14


def test_many_normal_returns_agree_with_the_normal_tail() -> None:
    chance = np.random.default_rng(5)
    covariance = np.array([[4e-4, 1e-4], [1e-4, 1e-4]])
    returns = chance.multivariate_normal([0.001, 0.0], covariance, 200_000)
    weights = [0.6, 0.4]

    been, normal = historical_tail(weights, returns), normal_tail(weights, covariance, [0.001, 0.0])

    # One standard error of the quantile is sqrt(0.05 * 0.95 / n) / density = 0.5 % of the volatility: four of them.
    volatility = volatility_contributions(weights, covariance).volatility
    assert been.value_at_risk == pytest.approx(normal.value_at_risk, abs=0.02 * volatility)
    assert been.expected_shortfall == pytest.approx(normal.expected_shortfall, abs=0.03 * volatility)
    np.testing.assert_allclose(
        been.expected_shortfall_components, normal.expected_shortfall_components, atol=0.03 * volatility
    )


def test_a_hedge_without_risk_has_no_parts() -> None:
    found = volatility_contributions([1.0, -0.5], [[0.01, 0.02], [0.02, 0.04]])

    assert found.volatility == 0
    assert np.isnan(found.marginal).all()
    assert np.isnan(found.components).all()
    tail = normal_tail([1.0, -0.5], [[0.01, 0.02], [0.02, 0.04]], [0.01, 0.0])
    assert tail.value_at_risk == pytest.approx(-0.01)
    assert np.isnan(tail.value_at_risk_components).all()


def test_what_is_no_covariance_has_no_volatility() -> None:
    assert math.isnan(volatility_contributions([1.0, -1.0], [[1.0, 2.0], [2.0, 1.0]]).volatility)
    assert math.isnan(volatility_contributions([1.0, 1.0], [[1.0, np.nan], [np.nan, 1.0]]).volatility)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e308])
def test_a_bad_return_spoils_the_tail(bad: float) -> None:
    weights, returns = sample(1)
    returns[3, 2] = bad

    found = historical_tail(weights * 100, returns)

    assert math.isnan(found.value_at_risk)
    assert math.isnan(found.expected_shortfall)
    assert np.isnan(found.value_at_risk_components).all()
    assert math.isnan(historical_tail(weights, returns[:0]).value_at_risk)


def test_wrong_arguments_say_what_was_expected() -> None:
    with pytest.raises(ValueError, match=r"expected weights of shape \(2,\), got \(1,\)"):
        volatility_contributions([1.0], np.eye(2))
    with pytest.raises(ValueError, match=r"expected means of shape \(2,\), got \(1,\)"):
        normal_tail([1.0, 1.0], np.eye(2), [0.0])
    with pytest.raises(ValueError, match=r"expected returns of shape \(n, 1\), got \(1, 2\)"):
        historical_tail([1.0], [[0.1, 0.2]])
    for confidence in (0, 1, math.nan):
        with pytest.raises(ValueError, match="expected a confidence between 0 and 1"):
            historical_tail([1.0], [[0.1]], confidence)
        with pytest.raises(ValueError, match="expected a confidence between 0 and 1"):
            normal_tail([1.0], [[0.1]], [0.0], confidence)
