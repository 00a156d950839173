"""Volatility of closes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.quant.volatility import annualized_volatility

CLOSES = arrays(np.float64, st.integers(21, 80), elements=st.floats(1, 1_000))


def test_closes_that_go_up_and_down() -> None:
    # Returns are 10 times +0.1 and 10 times -0.1: the sum of squares is 0.2, over 19.
    closes = [100.0]
    for day in range(20):
        closes.append(closes[-1] * (1.1 if day % 2 else 0.9))

    assert annualized_volatility(closes) == pytest.approx(math.sqrt(0.2 / 19 * 252), rel=1e-13)
    assert annualized_volatility(closes, 12) == pytest.approx(math.sqrt(0.2 / 19 * 12), rel=1e-13)


def test_fewer_than_twenty_returns_tell_nothing() -> None:
    closes = np.random.default_rng(1).uniform(90, 110, 21)

    assert annualized_volatility(closes) > 0
    assert math.isnan(annualized_volatility(closes[1:]))
    assert math.isnan(annualized_volatility([]))


@pytest.mark.parametrize("bad", [0, -1, math.nan, math.inf])
@pytest.mark.parametrize("place", [0, 10, 30])
def test_a_close_that_is_none_spoils_the_series(bad: float, place: int) -> None:
    closes = np.full(31, 100.0)
    closes[place] = bad

    assert math.isnan(annualized_volatility(closes))


@pytest.mark.parametrize("closes", [np.full(50, 0.1), 1.01 ** np.arange(50), 1e-6 * 1.1 ** np.arange(50)])
def test_steady_growth_has_none(closes: np.ndarray) -> None:
    assert annualized_volatility(closes) == 0


def test_an_overflow_is_undefined() -> None:
    assert math.isnan(annualized_volatility([1e-308, 1e308] * 20))


@given(CLOSES, st.floats(1e-6, 1e6))
def test_the_unit_of_price_does_not_matter(closes: np.ndarray, unit: float) -> None:
    assert annualized_volatility(closes * unit) == pytest.approx(annualized_volatility(closes), rel=1e-9, abs=1e-12)


def test_wrong_arguments_say_what_was_expected() -> None:
    with pytest.raises(ValueError, match=r"expected closes of shape \(n,\), got \(2, 2\)"):
        annualized_volatility([[1, 2], [3, 4]])
    with pytest.raises(ValueError, match="expected periods_per_year above zero, got 0"):
        annualized_volatility([1, 2], 0)
