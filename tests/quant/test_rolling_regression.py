"""Betas of moving windows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.quant import rolling_regression
from domain.quant.regression import Regression, ols
from domain.quant.rolling_regression import rolling_ols

SEEDS = st.integers(0, 2**32 - 1)


def sample(seed: int, n: int, k: int = 3, m: int = 2) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    factors = chance.normal(0.001, 0.01, (n, k))
    factors[:, 1:] += 0.7 * factors[:, :1]
    return factors, factors @ chance.normal(0, 1, (k, m)) + chance.normal(0, 0.005, (n, m))


def each_alone(factors: np.ndarray, series: np.ndarray, window: int) -> np.ndarray:
    places = range(len(factors) - window + 1)
    return np.array([ols(factors[at : at + window], series[at : at + window]).betas for at in places])


@given(SEEDS, st.integers(6, 40), st.integers(0, 90))
@settings(max_examples=30)
def test_each_window_is_as_if_it_were_alone(seed: int, window: int, more: int) -> None:
    factors, series = sample(seed, window + more)

    found = rolling_ols(factors, series, window)

    assert found.shape == (more + 1, 4, 2)
    np.testing.assert_allclose(found, each_alone(factors, series, window), rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(rolling_ols(factors, series[:, 0], window), found[:, :, 0], rtol=1e-12, atol=1e-14)


def test_a_window_is_solved_by_itself_where_sums_would_cancel(monkeypatch: pytest.MonkeyPatch) -> None:
    factors, series = sample(1, 120)
    # Levels and a crash beside which the variance of a window is rounding, and factors that hardly differ.
    factors[:, 0] += np.where(np.arange(120) < 60, 0.0, 1e4)
    factors[:, 2] = factors[:, 1] + 1e-6 * factors[:, 2]
    alone: list[int] = []

    def counted(factors: np.ndarray, series: np.ndarray) -> Regression:
        alone.append(len(factors))
        return ols(factors, series)

    monkeypatch.setattr(rolling_regression, "ols", counted)

    found = rolling_ols(factors, series, 30)

    assert set(alone) == {30}
    np.testing.assert_allclose(found, each_alone(factors, series, 30), rtol=1e-8)


def test_returns_need_no_window_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    factors, series = sample(2, 1_000, k=7, m=40)
    monkeypatch.delattr(rolling_regression, "ols")

    assert np.isfinite(rolling_ols(factors, series)).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_bad_number_spoils_the_windows_that_hold_it(bad: float) -> None:
    factors, series = sample(3, 100)
    clean = rolling_ols(factors, series, 20)
    series[50, 1] = bad

    found = rolling_ols(factors, series, 20)

    holds = (np.arange(81) >= 31) & (np.arange(81) <= 50)
    assert np.isnan(found[holds, :, 1]).all()
    np.testing.assert_allclose(found[~holds], clean[~holds], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found[:, :, 0], clean[:, :, 0], rtol=1e-9, atol=1e-12)
    factors[10, 0] = bad
    with_factor = rolling_ols(factors, series, 20)
    assert np.isnan(with_factor[:11]).all()
    assert np.isfinite(with_factor[11:, :, 0]).all()


def test_windows_in_which_a_factor_stands_still() -> None:
    factors, series = sample(4, 100)
    factors[40:70, 1] = 0.003

    found = rolling_ols(factors, series, 25)

    still = (np.arange(76) >= 40) & (np.arange(76) <= 45)
    assert np.isnan(found[still]).all()
    assert np.isfinite(found[~still]).all()


def test_a_short_series_and_a_short_window() -> None:
    factors, series = sample(5, 10)

    assert rolling_ols(factors, series, 11).shape == (0, 4, 2)
    assert rolling_ols(factors, series[:, 0], 10).shape == (1, 4)
    assert np.isnan(rolling_ols(factors, series, 4)).all()
    assert np.isfinite(rolling_ols(factors, series, 5)).all()


def test_wrong_arguments_say_what_was_expected() -> None:
    factors, series = sample(6, 10)

    for window in (0, float("nan")):
        with pytest.raises(ValueError, match="expected a window of at least 1"):
            rolling_ols(factors, series, window)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"expected returns of shape \(10,\) or \(10, m\), got \(9, 2\)"):
        rolling_ols(factors, series[1:], 5)
