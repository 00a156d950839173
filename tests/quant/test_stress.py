"""Gains and losses when factors move at once, and how far they must move."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.quant.black_scholes import price, value
from domain.quant.stress import factor_stress, option_gains, reverse_shocks, reverse_stress


def of(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers that a float holds to its last digit: what is smaller than any beta or price loses them when scaled."""
    return st.floats(low, high).map(lambda number: number if abs(number) > 1e-9 else 0.0)


BETAS = arrays(np.float64, (3, 4), elements=of(-3, 3))
SHOCKS = arrays(np.float64, 3, elements=of(-2, 2))
LONG = arrays(np.float64, 4, elements=of(0, 1e6))
VALUES = arrays(np.float64, 4, elements=of(-1e6, 1e6))

# Two months, in and out of the money, calls and puts.
OPTIONS = np.array(
    [
        [100.0, 100.0, 100.0, 50.0],
        [100.0, 120.0, 80.0, 55.0],
        [0.2, 0.2, 0.2, 0.01],
        [0.03, 0.03, 0.03, 0.03],
        [0.01, 0.0, 0.0, 0.0],
        [0.2, 0.25, 0.3, 0.4],
        [1.0, 1.0, 0.0, 0.0],
    ]
)


def test_by_hand() -> None:
    # -0.2 * 1.0 + 0.1 * 0.5 = -0.15; -0.2 * 1.5 - 0.1 * 1.0 = -0.4, and its sector falls by 0.1 more.
    found = factor_stress([[1.0, 1.5], [0.5, -1.0]], [-0.2, 0.1], [1_000.0, -200.0], [0.0, -0.1])

    np.testing.assert_allclose(found.returns, [-0.15, -0.5], rtol=1e-14)
    np.testing.assert_allclose(found.gains, [-150, 100], rtol=1e-14)
    np.testing.assert_allclose(found.by_factor, [-200 + 60, 50 + 20, 20], rtol=1e-13)
    assert found.total == pytest.approx(-50)
    assert found.fraction == pytest.approx(-50 / 800)
    assert not found.floored.any()


def test_no_price_falls_below_zero() -> None:
    # A crash of 60 % at betas of 2 and 3 is more than all: the long loses its worth, the short gains its own.
    found = factor_stress([[2.0, 3.0, 0.5]], [-0.6], [1_000.0, -100.0, 400.0])

    assert found.returns.tolist() == [-1, -1, pytest.approx(-0.3)]
    assert found.gains.tolist() == [-1_000, 100, pytest.approx(-120)]
    assert found.floored.tolist() == [True, True, False]
    assert found.by_factor[0] == pytest.approx(found.total)


@given(BETAS, SHOCKS, LONG, arrays(np.float64, 4, elements=st.floats(-1, 1)))
def test_a_portfolio_without_shorts_cannot_lose_more_than_it_holds(betas, shocks, values, sectors) -> None:
    found = factor_stress(betas, shocks, values, sectors)

    assert (found.gains >= -values).all()
    assert found.total >= -values.sum() * (1 + 1e-15)
    if values.sum() > 0:
        assert found.fraction >= -1 - 1e-15


@given(BETAS, SHOCKS, VALUES, arrays(np.float64, 4, elements=st.floats(-1, 1)))
def test_parts_by_factor_and_by_position_sum_to_the_same(betas, shocks, values, sectors) -> None:
    found = factor_stress(betas, shocks, values, sectors)

    size = 10 * np.abs(values).sum() * 1e-15 * (1 + np.abs(betas).max() * 6)
    assert found.total == pytest.approx(found.gains.sum(), abs=size)
    assert found.by_factor.sum() == pytest.approx(found.total, abs=size)
    # A short position gains at most its worth.
    assert (found.gains[values < 0] <= -values[values < 0]).all()


@given(BETAS, SHOCKS, VALUES)
def test_small_shocks_are_linear(betas, shocks, values) -> None:
    once, half = factor_stress(betas, shocks / 20, values), factor_stress(betas, shocks / 40, values)

    assert not once.floored.any()
    size = np.abs(values).sum() * 1e-13
    assert once.total == pytest.approx(2 * half.total, abs=size)
    assert once.total == pytest.approx(float(shocks @ betas @ values) / 20, abs=size)


def test_shocks_of_sectors_are_one_more_factor() -> None:
    betas, sectors = np.array([[1.0, 0.5, 1.2]]), np.array([-0.1, 0.0, -0.1])

    layered = factor_stress(betas, [-0.2], [100.0, 100.0, 100.0], sectors)
    as_factor = factor_stress(np.vstack([betas, [1.0, 0.0, 1.0]]), [-0.2, -0.1], [100.0, 100.0, 100.0])

    np.testing.assert_allclose(layered.gains, as_factor.gains, rtol=1e-15)
    np.testing.assert_allclose(layered.by_factor, as_factor.by_factor[:2], rtol=1e-15)


def test_a_bad_position_spoils_itself_and_the_total() -> None:
    found = factor_stress([[1.0, np.nan, 1.0]], [-0.1], [100.0, 100.0, np.inf])

    assert np.isnan(found.gains).tolist() == [False, True, True]
    assert math.isnan(found.total)
    assert math.isnan(found.fraction)
    assert np.isnan(found.by_factor).all()
    hedged = factor_stress([[1.0, 0.5]], [-0.1], [100.0, -100.0])
    assert hedged.total == pytest.approx(-5)
    assert math.isnan(hedged.fraction)


def test_options_are_priced_anew() -> None:
    units = np.array([100.0, -200.0, 300.0, 100.0])
    moved = OPTIONS.copy()
    moved[0] *= 0.8
    moved[5] += 0.1

    found = option_gains(OPTIONS, units, -0.2, 0.1)

    np.testing.assert_allclose(found, units * (price(*moved) - price(*OPTIONS)), rtol=1e-15)


def test_a_small_shock_is_delta_gamma_and_vega() -> None:
    greeks = value(*OPTIONS)
    change, points = 1e-4, 0.01

    found = option_gains(OPTIONS, np.ones(4), change, points * 0.01)

    spots = OPTIONS[0] * change
    expected = greeks.delta * spots + greeks.gamma * spots**2 / 2 + greeks.vega_per_point * points
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-6)


@given(
    arrays(np.float64, 4, elements=st.floats(-2, 3)),
    arrays(np.float64, 4, elements=st.floats(-1, 1)),
    arrays(np.float64, 4, elements=st.floats(0, 1_000)),
)
def test_a_long_option_loses_at_most_what_it_is_worth(returns, changes, units) -> None:
    found = option_gains(OPTIONS, units, returns, changes)

    assert (found >= -units * price(*OPTIONS) * (1 + 1e-14)).all()


def test_limits_of_options() -> None:
    # A call on what has become worthless is worthless, and a put is its discounted strike.
    found = option_gains(OPTIONS, np.ones(4), -5.0, 0.0)
    discounted = OPTIONS[1] * np.exp(-OPTIONS[3] * OPTIONS[2])

    after = np.where(OPTIONS[6] == 1, 0, discounted)
    np.testing.assert_allclose(found, after - price(*OPTIONS), rtol=1e-13)
    # Volatility does not fall below zero.
    np.testing.assert_array_equal(
        option_gains(OPTIONS, np.ones(4), 0, -9.0), option_gains(OPTIONS, np.ones(4), 0, -0.4)
    )
    spoiled = OPTIONS.copy()
    spoiled[1, 2] = -1
    assert np.isnan(option_gains(spoiled, np.ones(4), -0.1, 0.1)).tolist() == [False, False, True, False]


def test_reverse_by_hand() -> None:
    # 1,000 with a beta of 1 and 1,000 with a beta of 3: the market falls by x, and 4,000 x is lost until x = 1/3.
    betas, values = [[1.0, 3.0]], [1_000.0, 1_000.0]

    assert reverse_stress(betas, [-1.0], values, 0.2) == pytest.approx(0.1)
    assert reverse_stress(betas, [-0.1], values, 0.2) == pytest.approx(1)
    # Then the second is gone, and 1,000 x are left to lose.
    assert reverse_stress(betas, [-1.0], values, 0.75) == pytest.approx(0.5)
    assert reverse_stress(betas, [-1.0], values, 1.0) == pytest.approx(1)
    assert math.isnan(reverse_stress(betas, [-1.0], values, 1.001))
    assert math.isnan(reverse_stress(betas, [1.0], values, 0.1))
    assert reverse_shocks(betas, values, 0.75).tolist() == [pytest.approx(-0.5)]


def test_a_short_position_can_lose_without_end() -> None:
    # The long gains, the short loses three times as much: 50 of each 100.
    assert reverse_stress([[0.5, 3.0]], [1.0], [300.0, -100.0], 2.0) == pytest.approx(400 / 150)
    assert reverse_shocks([[0.5, 3.0], [0.0, 0.0]], [300.0, -100.0], 2.0)[0] == pytest.approx(400 / 150)
    assert math.isnan(reverse_shocks([[0.5, 3.0], [0.0, 0.0]], [300.0, -100.0], 2.0)[1])


def test_of_up_and_down_the_smaller_is_taken() -> None:
    # 1,000 long at 1, 400 short at 3: up, 200 are lost for 1. Down, 200 are gained for 1 until the short is worthless
    # at a third, and then 1,000 x - 400 are lost.
    betas, values = [[1.0, 3.0]], [1_000.0, -400.0]

    assert reverse_shocks(betas, values, 0.1).tolist() == [pytest.approx(0.3)]
    assert reverse_shocks(betas, values, 0.5).tolist() == [pytest.approx(-0.7)]


@given(BETAS, SHOCKS, VALUES, st.floats(0.01, 1.5))
def test_the_scale_loses_what_was_asked_and_no_smaller_one_does(betas, direction, values, loss) -> None:
    assume(values.sum() > 1e-3 * np.abs(values).sum() > 1e-3)
    assume(np.abs(direction @ betas).max() > 1e-3)

    scale = reverse_stress(betas, direction, values, loss)

    size = 1e-9 * np.abs(values).sum() / values.sum()
    if math.isnan(scale):
        fractions = [factor_stress(betas, times * direction, values).fraction for times in (0.1, 1, 10, 100, 1_000)]
        assert min(fractions) > -loss - size
    else:
        assert factor_stress(betas, scale * direction, values).fraction == pytest.approx(-loss, abs=max(size, 1e-9))
        for part in (0.05, 0.3, 0.6, 0.9, 0.99):
            assert factor_stress(betas, part * scale * direction, values).fraction > -loss - size


@given(BETAS, LONG, st.floats(0.05, 0.9))
def test_a_single_shock_is_the_smaller_of_up_and_down(betas, values, loss) -> None:
    assume(values.sum() > 1)

    found = reverse_shocks(betas, values, loss)

    for place, shock in enumerate(found):
        down, up = (reverse_stress(betas, sign * np.eye(3)[place], values, loss) for sign in (-1, 1))
        if math.isnan(shock):
            assert math.isnan(down)
            assert math.isnan(up)
        else:
            assert abs(shock) == np.nanmin([down, up])
            assert factor_stress(betas, shock * np.eye(3)[place], values).fraction == pytest.approx(-loss, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "loss"), [([100, -100], 0.1), ([100, 100], 0), ([100, 100], -0.1), ([100, np.nan], 0.1)]
)
def test_what_cannot_be_lost(values, loss: float) -> None:
    assert math.isnan(reverse_stress([[1.0, 2.0]], [-1.0], values, loss))
    assert np.isnan(reverse_shocks([[1.0, 2.0]], values, loss)).all()


def test_wrong_shapes_say_what_was_expected() -> None:
    with pytest.raises(ValueError, match=r"expected betas of shape \(k, 2\), got \(1, 1\)"):
        factor_stress([[1.0]], [0.1], [1.0, 2.0])
    with pytest.raises(ValueError, match=r"expected shocks of shape \(1,\), got \(2,\)"):
        factor_stress([[1.0]], [0.1, 0.1], [1.0])
    with pytest.raises(ValueError, match=r"expected sector_shocks of shape \(1,\), got \(2,\)"):
        factor_stress([[1.0]], [0.1], [1.0], [0.1, 0.2])
    with pytest.raises(ValueError, match=r"expected a direction of shape \(1,\), got \(2,\)"):
        reverse_stress([[1.0]], [0.1, 0.1], [1.0], 0.1)
    with pytest.raises(ValueError, match=r"expected options of shape \(7, 2\), got \(6, 4\)"):
        option_gains(OPTIONS[:6], [1.0, 2.0], 0.1, 0.1)
