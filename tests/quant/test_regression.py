"""Least squares of many series on the same factors."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.regression import Errors, Regression, condition_number, ols, variance_inflation
from tests.references.cases import (
    LONGLEY,
    LONGLEY_ADJUSTED_R_SQUARED,
    LONGLEY_BETAS,
    LONGLEY_ERRORS,
    LONGLEY_R_SQUARED,
    LONGLEY_RESIDUAL_VARIANCE,
    LONGLEY_ROBUST,
)

FIELDS = [name for name in Regression.__slots__ if name != "observations"]
SEEDS = st.integers(0, 2**32 - 1)


def sample(seed: int, n: int = 60, k: int = 3, m: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Factors and series of returns that depend on them."""
    chance = np.random.default_rng(seed)
    factors = chance.normal(0.001, 0.01, (n, k))
    return factors, factors @ chance.normal(0, 1, (k, m)) + chance.normal(0, 0.005, (n, m))


def exact_betas(factors: np.ndarray, series: np.ndarray) -> list[Fraction]:
    """Solve the normal equations in rational numbers."""
    rows = [[Fraction(1), *map(Fraction, row)] for row in factors.tolist()]
    wanted = [Fraction(number) for number in series.tolist()]
    size = len(rows[0])
    system = [
        [sum((row[i] * row[j] for row in rows), Fraction(0)) for j in range(size)]
        + [sum((row[i] * y for row, y in zip(rows, wanted, strict=True)), Fraction(0))]
        for i in range(size)
    ]
    for pivot in range(size):
        system[pivot] = [each / system[pivot][pivot] for each in system[pivot]]
        for other in range(size):
            if other != pivot:
                times = system[other][pivot]
                system[other] = [a - times * b for a, b in zip(system[other], system[pivot], strict=True)]
    return [row[-1] for row in system]


def test_longley_to_the_digits_that_are_certified() -> None:
    found = ols(*LONGLEY)

    np.testing.assert_allclose(found.betas, LONGLEY_BETAS, rtol=1e-12)
    np.testing.assert_allclose(found.standard_errors, LONGLEY_ERRORS, rtol=1e-12)
    assert float(found.r_squared) == pytest.approx(LONGLEY_R_SQUARED, rel=1e-14)
    assert float(found.adjusted_r_squared) == pytest.approx(LONGLEY_ADJUSTED_R_SQUARED, rel=1e-14)
    assert float(found.residual_variance) == pytest.approx(LONGLEY_RESIDUAL_VARIANCE, rel=1e-12)
    assert found.observations == 16


@pytest.mark.parametrize("errors", ["HC0", "HC1", "HC2", "HC3"])
def test_longley_with_robust_errors(errors: str) -> None:
    found = ols(*LONGLEY, errors=Errors(errors)).standard_errors

    # Within the last digit that was printed; one of them is off by a hair more than half of it.
    digits = np.array([1e-5] * 6 + [1.0])
    assert (np.abs(np.roll(found, -1) - LONGLEY_ROBUST[errors]) <= 0.51 * digits).all()


def test_a_line_by_hand() -> None:
    # Means 2 and 3; cross products 3, squares 2: slope 1.5, intercept 0. Residuals -0.5, 1, -0.5: 1.5 over 1.
    found = ols([[1.0], [2.0], [3.0]], [1.0, 4.0, 4.0])

    np.testing.assert_allclose(found.betas, [0, 1.5], atol=1e-15)
    assert float(found.residual_variance) == pytest.approx(1.5)
    np.testing.assert_allclose(found.standard_errors**2, [1.5 * (1 / 3 + 4 / 2), 1.5 / 2], rtol=1e-14)
    assert float(found.r_squared) == pytest.approx(1 - 1.5 / 6)
    assert float(found.adjusted_r_squared) == pytest.approx(1 - 0.25 * 2)
    # Student's t with one degree of freedom is Cauchy's.
    t = 1.5 / math.sqrt(0.75)
    assert float(found.p_values[1]) == pytest.approx(1 - 2 * math.atan(t) / math.pi)
    reach = math.tan(math.pi * (0.975 - 0.5)) * math.sqrt(0.75)
    assert found.low[1] == pytest.approx(1.5 - reach)
    assert found.high[1] == pytest.approx(1.5 + reach)


@given(SEEDS)
def test_betas_are_those_of_rational_arithmetic(seed: int) -> None:
    factors, series = sample(seed, n=12, k=2, m=1)

    found = ols(factors + 100, series[:, 0]).betas

    expected = [float(each) for each in exact_betas(factors + 100, series[:, 0])]
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-13)


@given(SEEDS)
@pytest.mark.parametrize("errors", Errors)
def test_many_series_are_as_each_alone(errors: Errors, seed: int) -> None:
    factors, series = sample(seed)

    together = ols(factors, series, errors=errors)

    for place in range(series.shape[1]):
        alone = ols(factors, series[:, place], errors=errors)
        for name in FIELDS:
            np.testing.assert_allclose(getattr(together, name)[..., place], getattr(alone, name), rtol=1e-9, atol=1e-13)


@given(SEEDS)
def test_residuals_are_at_right_angles_to_the_factors(seed: int) -> None:
    factors, series = sample(seed)
    betas = ols(factors, series).betas

    residuals = series - betas[0] - factors @ betas[1:]

    assert np.abs(residuals.sum(axis=0)).max() < 1e-14
    assert np.abs(factors.T @ residuals).max() < 1e-15


@given(SEEDS, st.floats(0.01, 100), st.floats(-10, 10))
def test_units_and_levels(seed: int, unit: float, level: float) -> None:
    factors, series = sample(seed)
    plain, moved = ols(factors, series), ols(unit * factors + level, series)

    np.testing.assert_allclose(unit * moved.betas[1:], plain.betas[1:], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(moved.t_statistics[1:], plain.t_statistics[1:], rtol=1e-7, atol=1e-6)
    np.testing.assert_allclose(moved.r_squared, plain.r_squared, rtol=1e-9)


@given(SEEDS)
def test_betas_are_linear_in_the_series(seed: int) -> None:
    factors, series = sample(seed)
    weights = np.array([0.4, -0.3, 0.7, 0.2])

    np.testing.assert_allclose(
        ols(factors, series @ weights).betas, ols(factors, series).betas @ weights, rtol=1e-12, atol=1e-14
    )


def written_out(factors: np.ndarray, series: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Return the standard errors of the sandwich (XᵀX)⁻¹ Xᵀ middle X (XᵀX)⁻¹."""
    with_one = np.column_stack([np.ones(len(factors)), factors])
    bread = np.linalg.inv(with_one.T @ with_one)
    return np.asarray(np.sqrt(np.diag(bread @ with_one.T @ middle @ with_one @ bread)))


def test_newey_and_west_written_out() -> None:
    factors, series = sample(5, n=250, m=1)
    fit = ols(factors, series[:, 0])
    residuals = series[:, 0] - fit.betas[0] - factors @ fit.betas[1:]
    apart = np.abs(np.subtract.outer(np.arange(250), np.arange(250)))
    # floor(4 * 2.5 ** (2 / 9)) = floor(4.9)
    for lags, used in ((None, 4), (0, 0), (7, 7)):
        middle = np.outer(residuals, residuals) * np.maximum(1 - apart / (used + 1), 0)

        found = ols(factors, series[:, 0], errors=Errors.HAC, lags=lags).standard_errors

        np.testing.assert_allclose(found, written_out(factors, series[:, 0], middle), rtol=1e-10)
    # 4 * 512 ** (2 / 9) is 16, and a bit less in binary.
    factors, series = sample(6, n=51_200, k=1, m=1)
    np.testing.assert_array_equal(
        ols(factors, series, errors=Errors.HAC).standard_errors,
        ols(factors, series, errors=Errors.HAC, lags=16).standard_errors,
    )


def test_newey_and_west_without_lags_are_white() -> None:
    factors, series = sample(5)

    np.testing.assert_allclose(
        ols(factors, series, errors=Errors.HAC, lags=0).standard_errors,
        ols(factors, series, errors=Errors.HC0).standard_errors,
        rtol=1e-14,
    )


def test_confidence_widens_the_interval_and_covers() -> None:
    chance = np.random.default_rng(3)
    factors = chance.normal(0, 1, (40, 2))
    series = factors @ [[1.0], [-0.5]] + 2 + chance.normal(0, 1, (40, 4_000))

    found = ols(factors, series, confidence=0.9)
    wide = ols(factors, series, confidence=0.99)

    covered = np.mean((found.low[1] < 1) & (found.high[1] > 1))
    # Four standard errors of a share of 4,000.
    assert abs(covered - 0.9) < 4 * math.sqrt(0.9 * 0.1 / 4_000)
    assert (wide.low < found.low).all()
    assert (wide.high > found.high).all()


def test_p_values_of_nothing_are_uniform() -> None:
    chance = np.random.default_rng(4)
    found = ols(chance.normal(0, 1, (30, 2)), chance.normal(0, 1, (30, 4_000))).p_values[1:]

    for level in (0.05, 0.5):
        assert abs(np.mean(found[0] < level) - level) < 4 * math.sqrt(level * (1 - level) / 4_000)


def test_what_is_explained_wholly_has_no_t() -> None:
    factors, _ = sample(1)

    found = ols(factors, 2 + factors @ [1.0, 2.0, 3.0])

    np.testing.assert_allclose(found.betas, [2, 1, 2, 3], rtol=1e-12)
    assert float(found.r_squared) == 1
    assert float(found.residual_variance) == 0
    assert np.isnan(found.t_statistics).all()
    assert np.isnan(found.p_values).all()


def test_what_does_not_vary_has_no_r_squared() -> None:
    factors, series = sample(1)
    series[:, 1] = 0.1

    found = ols(factors, series)

    assert np.isnan(found.r_squared).tolist() == [False, True, False, False]
    np.testing.assert_allclose(found.betas[:, 1], [0.1, 0, 0, 0], rtol=1e-15)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1.7e308])
def test_a_bad_number_spoils_its_series_alone(bad: float) -> None:
    factors, series = sample(2)
    spoiled = series.copy()
    spoiled[7, 2] = bad

    found, clean = ols(factors, spoiled), ols(factors, series)

    for name in FIELDS:
        assert np.isnan(getattr(found, name)[..., 2]).all()
        for other in (0, 1, 3):
            np.testing.assert_array_equal(getattr(found, name)[..., other], getattr(clean, name)[..., other])


@pytest.mark.parametrize(
    "change",
    [
        lambda factors: factors * np.where(np.arange(3) == 1, np.nan, 1.0),
        lambda factors: np.column_stack([factors, factors[:, 0] + factors[:, 1]]),
        lambda factors: np.column_stack([factors, 100 + 3 * factors[:, 2]]),
        lambda factors: np.column_stack([factors, np.full(len(factors), 0.1)]),
        lambda factors: np.column_stack([factors, np.zeros(len(factors))]),
    ],
)
def test_factors_without_betas(change) -> None:
    factors, series = sample(6)

    found = ols(change(factors), series)

    assert all(np.isnan(getattr(found, name)).all() for name in FIELDS)
    assert found.betas.shape == (change(factors).shape[1] + 1, 4)


@pytest.mark.parametrize("level", [0.1, 0.3, 1e6 / 3])
def test_a_factor_that_stands_still_for_many_days(level: float) -> None:
    factors, series = sample(7, n=20_000, m=1)
    factors[:, 1] = level

    assert np.isnan(ols(factors, series).betas).all()


def test_more_observations_than_unknowns() -> None:
    factors, series = sample(8, n=6)

    assert np.isfinite(ols(factors[:5], series[:5]).betas).all()
    assert np.isnan(ols(factors[:4], series[:4]).betas).all()
    assert np.isnan(ols(factors[:0], series[:0]).betas).all()


def test_one_observation_that_decides_alone_has_no_robust_error_by_its_leverage() -> None:
    factors = np.zeros((20, 1))
    factors[3] = 1.0

    found = {errors: ols(factors, np.arange(20.0) % 3, errors=errors).standard_errors[1] for errors in Errors}

    assert math.isnan(found[Errors.HC2])
    assert math.isnan(found[Errors.HC3])
    assert found[Errors.HC1] > 0


@given(SEEDS)
def test_variance_inflation_is_that_of_a_regression_on_the_others(seed: int) -> None:
    factors, _ = sample(seed, k=4)
    factors[:, 1:] += 0.8 * factors[:, :1]

    found = variance_inflation(factors)

    for place in range(4):
        r_squared = float(ols(np.delete(factors, place, axis=1), factors[:, place]).r_squared)
        assert found[place] == pytest.approx(1 / (1 - r_squared), rel=1e-9)
    correlated = np.corrcoef(factors.T)
    np.testing.assert_allclose(found, np.diag(np.linalg.inv(correlated)), rtol=1e-9)
    values = np.linalg.eigvalsh(correlated)
    assert condition_number(factors) == pytest.approx(math.sqrt(values[-1] / values[0]), rel=1e-9)


def test_variance_inflation_leaves_out_what_does_not_vary() -> None:
    factors, _ = sample(9)
    with_steady = np.column_stack([factors[:, 0], np.full(60, 0.3), factors[:, 1:]])

    found = variance_inflation(with_steady)

    assert math.isnan(found[1])
    np.testing.assert_allclose(np.delete(found, 1), variance_inflation(factors), rtol=1e-14)
    assert math.isnan(condition_number(with_steady))
    assert np.isnan(variance_inflation(np.column_stack([factors, factors.sum(axis=1)]))).all()


def test_factors_without_correlation() -> None:
    factors = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]

    np.testing.assert_allclose(variance_inflation(factors), [1, 1], rtol=1e-14)
    assert condition_number(factors) == pytest.approx(1, rel=1e-14)


def test_wrong_arguments_say_what_was_expected() -> None:
    factors, series = sample(1)

    with pytest.raises(ValueError, match=r"expected factors of shape \(n, k\), got \(60,\)"):
        ols(factors[:, 0], series)
    with pytest.raises(ValueError, match=r"expected returns of shape \(60,\) or \(60, m\), got \(59, 4\)"):
        ols(factors, series[1:])
    for confidence in (0, 1, -1, math.nan):
        with pytest.raises(ValueError, match="expected a confidence between 0 and 1"):
            ols(factors, series, confidence)
    with pytest.raises(ValueError, match="expected lags not below zero, got -1"):
        ols(factors, series, lags=-1)
