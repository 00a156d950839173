"""Betas of portfolios, what to be careful of, and what factors make of the variance."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.factors import (
    CautionKind,
    check_factors,
    portfolio_exposures,
    spread_factors,
    variance_contributions,
)
from domain.quant.regression import Errors, condition_number, ols, variance_inflation

SEEDS = st.integers(0, 2**32 - 1)


def market_and_funds(seed: int, n: int = 250) -> tuple[np.ndarray, np.ndarray]:
    """A market, and three funds that mostly follow it."""
    chance = np.random.default_rng(seed)
    market = chance.normal(0, 0.01, n)
    return market, market[:, None] * [1.0, 1.1, 0.9] + chance.normal(0, 0.003, (n, 3))


def held(seed: int, factors: np.ndarray, m: int = 5) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed + 1)
    returns = factors @ chance.normal(0.5, 0.5, (factors.shape[1], m)) + chance.normal(0, 0.01, (len(factors), m))
    return returns, chance.uniform(100, 1_000, m)


def kinds(cautions) -> list[tuple[CautionKind, tuple[int, ...]]]:
    return [(caution.kind, caution.factors) for caution in cautions]


def test_spreads_by_hand() -> None:
    found = spread_factors([0.01, -0.02, np.nan], [[0.03, 0.01], [-0.02, np.nan], [0.0, 0.0]])

    np.testing.assert_allclose(found[:2], [[0.01, 0.02, 0.0], [-0.02, 0.0, np.nan]])
    assert np.isnan(found[2]).all()


@given(SEEDS)
def test_spreads_tell_the_same_and_can_be_told_apart(seed: int) -> None:
    market, funds = market_and_funds(seed)
    returns, _ = held(seed, funds)
    side_by_side, spreads = np.column_stack([market, funds]), spread_factors(market, funds)

    found, plain = ols(spreads, returns), ols(side_by_side, returns)

    # The same space is spanned: what is explained is the same, and the market's beta is the sum of all.
    np.testing.assert_allclose(found.r_squared, plain.r_squared, rtol=1e-9)
    np.testing.assert_allclose(found.betas[1], plain.betas[1:].sum(axis=0), rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(found.betas[2:], plain.betas[2:], rtol=1e-7, atol=1e-9)
    assert found.standard_errors[1].max() < plain.standard_errors[1].min()
    assert variance_inflation(spreads).max() < variance_inflation(side_by_side).max()
    assert condition_number(spreads) < condition_number(side_by_side)


def test_proxies_side_by_side_are_warned_of_and_spreads_are_not() -> None:
    market, funds = market_and_funds(1)

    beside = check_factors(np.column_stack([market, funds]))

    pairs = [(one, other) for one in range(4) for other in range(one + 1, 4)]
    assert kinds(beside.cautions)[: len(pairs)] == [(CautionKind.COLLINEAR, pair) for pair in pairs]
    assert beside.cautions[0].value == beside.correlation[0, 1] > 0.8
    inflated = [caution for caution in beside.cautions if caution.kind is CautionKind.INFLATED]
    assert [(caution.factors[0], caution.value) for caution in inflated] == [
        (place, value) for place, value in enumerate(beside.variance_inflation) if value > 10
    ]
    assert inflated
    assert check_factors(spread_factors(market, funds)).cautions == ()


def test_correlation_of_exactly_opposite_factors_is_warned_of() -> None:
    market, _ = market_and_funds(2)
    noise = np.random.default_rng(2).normal(0, 0.002, 250)

    found = check_factors(np.column_stack([market, noise - market]))

    assert (CautionKind.COLLINEAR, (0, 1)) in kinds(found.cautions)
    assert found.cautions[0].value < -0.8


def test_a_factor_that_stands_still_and_one_that_is_a_sum() -> None:
    market, funds = market_and_funds(3)

    still = check_factors(np.column_stack([market, np.full(250, 0.0001), funds[:, 0] - market]))
    nearly = check_factors(np.column_stack([market, 1e-7 * funds[:, 0]]))
    summed = check_factors(np.column_stack([market, funds[:, 0], market + funds[:, 0]]))

    assert kinds(still.cautions) == [(CautionKind.STEADY, (1,))]
    assert np.isnan(still.variance_inflation).tolist() == [False, True, False]
    assert np.isnan(still.correlation[1]).all()
    assert (CautionKind.STEADY, (1,)) in kinds(nearly.cautions)
    assert kinds(summed.cautions)[-1] == (CautionKind.DEPENDENT, (0, 1, 2))
    assert math.isnan(summed.cautions[-1].value)


@given(SEEDS)
def test_betas_of_a_portfolio_are_those_of_its_positions_weighed(seed: int) -> None:
    market, funds = market_and_funds(seed)
    factors = spread_factors(market, funds)
    returns, values = held(seed, factors)
    values[1] = -values[1] / 10

    found = portfolio_exposures(factors, returns, values)

    positions = ols(factors, returns).betas
    np.testing.assert_allclose(found.betas, positions @ values / values.sum(), rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(found.dollar_exposures, positions[1:] @ values, rtol=1e-10, atol=1e-9)


def test_errors_of_a_portfolio_are_those_of_its_series() -> None:
    market, funds = market_and_funds(4)
    factors = spread_factors(market, funds)
    returns, values = held(4, factors)
    series = returns @ values / values.sum()

    found, alone = portfolio_exposures(factors, returns, values, 0.9, Errors.HAC), ols(factors, series, 0.9, Errors.HAC)

    for name in ("standard_errors", "t_statistics", "p_values", "low", "high", "r_squared", "adjusted_r_squared"):
        np.testing.assert_allclose(getattr(found, name), getattr(alone, name), rtol=1e-9)


def test_a_beta_that_may_be_chance_is_warned_of() -> None:
    chance = np.random.default_rng(12)
    factors = chance.normal(0, 0.01, (250, 3))
    returns = factors[:, :1] * [1.0, 0.8] + chance.normal(0, 0.01, (250, 2))

    found = portfolio_exposures(factors, returns, [100.0, 100.0])

    assert [caution.kind for caution in found.cautions] == [CautionKind.INSIGNIFICANT] * len(found.cautions)
    expected = [(place,) for place in range(3) if found.p_values[1 + place] > 0.05]
    assert [caution.factors for caution in found.cautions] == expected
    assert expected == [(1,), (2,)]


@pytest.mark.parametrize("values", [[100, -100], [0, 0], [0.1 + 0.2, -0.3], [-100, 50], [np.nan, 1]])
def test_a_portfolio_worth_nothing_has_no_weights(values: list[float]) -> None:
    market, funds = market_and_funds(5)

    found = portfolio_exposures(spread_factors(market, funds), funds[:, :2], values)

    assert np.isnan(found.betas).all()
    assert np.isnan(found.dollar_exposures).all()
    assert math.isnan(found.r_squared)
    assert found.cautions == ()


@given(SEEDS)
def test_parts_of_the_variance_sum_to_all_of_it(seed: int) -> None:
    market, funds = market_and_funds(seed)
    factors = spread_factors(market, funds)
    returns, _ = held(seed, factors)

    found = variance_contributions(factors, returns)

    np.testing.assert_allclose(found.sum(axis=0), 1, atol=1e-12)
    fit = ols(factors, returns)
    np.testing.assert_allclose(found[-1], 1 - fit.r_squared, rtol=1e-12)
    # Euler of beta' S beta + residual: beta * (S beta), over the variance.
    spread = np.cov(factors.T)
    for place in range(returns.shape[1]):
        betas = fit.betas[1:, place]
        expected = betas * (spread @ betas) / returns[:, place].var(ddof=1)
        np.testing.assert_allclose(found[:-1, place], expected, rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(variance_contributions(factors, returns[:, place]), found[:, place], rtol=1e-9)


def test_parts_of_the_variance_of_what_has_none() -> None:
    market, funds = market_and_funds(6)
    factors = spread_factors(market, funds)
    returns, _ = held(6, factors)
    returns[:, 1], returns[3, 2] = 0.1, np.nan

    assert np.isnan(variance_contributions(factors, returns)).all(axis=0).tolist() == [False, True, True, False, False]
    assert np.isnan(variance_contributions(factors * [1, 1, 1, 0], returns)).all()


def test_wrong_shapes_say_what_was_expected() -> None:
    with pytest.raises(ValueError, match=r"expected proxies of shape \(2, k\), got \(1, 2\)"):
        spread_factors([0.1, 0.2], [[0.1, 0.2]])
    with pytest.raises(ValueError, match=r"expected values of shape \(2,\), got \(1,\)"):
        portfolio_exposures([[0.1]], [[0.1, 0.2]], [1.0])
