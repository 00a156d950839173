"""Gatheral's curve and its fit, surfaces, and the absence of arbitrage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.black_scholes import price
from domain.quant.smile import (
    Svi,
    calendar_differences,
    fit_svi,
    model_smile,
    surface_variance,
    svi_butterfly,
    svi_variance,
)

CURVE = (0.01, 0.12, -0.6, 0.05, 0.15)
# Axel Vogt's parameters, the example of a curve with butterflies: Gatheral and Jacquier, example 3.1.
VOGT = (-0.0410, 0.1331, 0.3060, 0.3586, 0.4153)
PLACES = np.linspace(-0.6, 0.4, 41)


def test_the_curve_by_hand() -> None:
    found = svi_variance([0.05, 0.05 + 0.15], *CURVE)

    np.testing.assert_allclose(found, [0.01 + 0.12 * 0.15, 0.01 + 0.12 * 0.15 * (math.sqrt(2) - 0.6)], rtol=1e-14)
    # Its lowest point is level + slope * width * sqrt(1 - rotation**2).
    assert svi_variance(np.linspace(-1, 1, 20_001), *CURVE).min() == pytest.approx(0.01 + 0.12 * 0.15 * 0.8, rel=1e-7)


def test_a_curve_comes_back() -> None:
    found = fit_svi(PLACES, svi_variance(PLACES, *CURVE))

    np.testing.assert_allclose(found.parameters(), CURVE, rtol=1e-4)
    assert found.error < 1e-8


@given(st.floats(-0.005, 0.05), st.floats(0.02, 0.4), st.floats(-0.9, 0.5), st.floats(-0.1, 0.1), st.floats(0.05, 0.4))
def test_fits_of_any_curve_are_close(level, slope, rotation, center, width) -> None:
    variances = svi_variance(PLACES, level, slope, rotation, center, width)
    if np.isnan(variances).any():
        return

    found = fit_svi(PLACES, variances)

    assert found.error <= 2e-3 * variances.max()
    again = svi_variance(PLACES, *found.parameters())
    assert np.sqrt(np.mean((again - variances) ** 2)) == pytest.approx(found.error, abs=1e-12)


def test_a_fit_of_noise_is_better_than_its_truth_and_keeps_to_its_bounds() -> None:
    noise = np.random.default_rng(3).normal(0, 1e-3, len(PLACES))
    observed = np.maximum(svi_variance(PLACES, *CURVE) + noise, 0)

    found = fit_svi(PLACES, observed)

    assert found.error <= math.sqrt(np.mean(noise**2))
    assert found.slope * (1 + abs(found.rotation)) <= 2
    assert np.isfinite(svi_variance(np.linspace(-5, 5, 101), *found.parameters())).all()


def test_weights_say_which_strikes_matter() -> None:
    observed = svi_variance(PLACES, *CURVE)
    observed[0] += 1

    found = fit_svi(PLACES, observed, np.append(0.0, np.ones(len(PLACES) - 1)))

    np.testing.assert_allclose(found.parameters(), CURVE, rtol=1e-3)
    np.testing.assert_allclose(
        fit_svi(PLACES, svi_variance(PLACES, *CURVE), PLACES * 0 + 7).parameters(), CURVE, rtol=1e-3
    )


def test_a_flat_smile_is_flat() -> None:
    found = fit_svi([-0.2, -0.1, 0, 0.1, 0.2], [0.04] * 5)

    np.testing.assert_allclose(svi_variance(PLACES, *found.parameters()), 0.04, rtol=1e-6)


def test_fits_without_an_answer() -> None:
    def is_nan(fit: Svi) -> bool:
        return bool(np.isnan(fit.parameters()).all() and math.isnan(fit.error))

    assert is_nan(fit_svi([0, 0.1, 0.2, 0.3], [0.04] * 4))
    assert is_nan(fit_svi([0, 0, 0, 0, 0.1], [0.04] * 5))
    assert is_nan(fit_svi([0, 0.1, 0.2, 0.3, 0.4], [0.04] * 4 + [-0.01]))
    assert is_nan(fit_svi([0, 0.1, 0.2, 0.3, 0.4], [0.04] * 5, [1, 1, 1, 1, -1]))
    assert is_nan(fit_svi([0, 0.1, 0.2, 0.3, 0.4], [0.04] * 5, [0] * 5))
    with pytest.raises(ValueError, match="series of one shape"):
        fit_svi([0, 0.1], [0.04] * 3)


def test_butterflies_are_found() -> None:
    wide = np.linspace(-1.5, 1.5, 301)

    assert svi_butterfly(wide, *CURVE).min() > 0
    assert svi_butterfly(wide, *VOGT).min() < 0
    assert np.isnan(svi_butterfly(0, *(0.01, -0.1, 0, 0, 0.1)))
    # Without a smile it is one.
    np.testing.assert_allclose(svi_butterfly([-1, 0, 1], 0.04, 0, 0, 0, 0.1), 1)


def test_it_is_the_density_of_the_spot() -> None:
    step, years = 1e-3, 1.0
    places = np.array([-0.4, -0.1, 0.0, 0.2])
    strikes = np.exp(places[:, None]) * (1 + step * np.array([-1, 0, 1]))
    variances = svi_variance(np.log(strikes), *CURVE)
    calls = price(1, strikes, years, 0, 0, np.sqrt(variances / years), True)
    density = (calls[:, 0] - 2 * calls[:, 1] + calls[:, 2]) / (step * np.exp(places)) ** 2

    height = np.sqrt(variances[:, 1])
    d2 = -places / height - height / 2
    expected = svi_butterfly(places, *CURVE) * np.exp(-(d2**2) / 2) / np.sqrt(2 * np.pi) / height / np.exp(places)

    np.testing.assert_allclose(density, expected, rtol=1e-4)


def test_a_surface_is_linear_in_time_and_level_outside() -> None:
    slices = [CURVE, (0.02, 0.14, -0.5, 0.05, 0.2)]
    near, far = (float(svi_variance(0.1, *each)) for each in slices)

    found = surface_variance(0.1, [0, 0.125, 0.25, 0.5, 0.75, 1.5, -1], [0.25, 0.75], slices)

    expected = np.array([0, near / 2, near, (near + far) / 2, far, 2 * far, np.nan], dtype=float)
    np.testing.assert_allclose(found, expected, rtol=1e-13)
    one = surface_variance([0.1, 0.2], 0.5, [0.25], [CURVE])
    np.testing.assert_allclose(one, 2 * svi_variance([0.1, 0.2], *CURVE), rtol=1e-14)
    assert np.isnan(surface_variance(0.1, 0.5, [0.75, 0.25], slices))
    with pytest.raises(ValueError, match=r"shape \(1, 5\)"):
        surface_variance(0.1, 0.5, [0.25], [[1, 2]])


def test_calendar_spreads_are_found() -> None:
    higher = (0.02, *CURVE[1:])

    found = calendar_differences(PLACES, [0.25, 0.5, 1], [CURVE, higher, CURVE])

    assert found.shape == (2, 41)
    np.testing.assert_allclose(found, np.array([[0.01], [-0.01]]) * np.ones(41), rtol=1e-12)
    assert np.isnan(calendar_differences(PLACES, [0.5, 0.25], [CURVE, higher])).all()


@given(st.floats(0.05, 1), st.floats(0.05, 1), st.floats(0.1, 10), st.floats(-0.95, 0.95), st.floats(0.05, 1))
def test_the_model_leaves_no_arbitrage(now, late, reversion, correlation, part) -> None:
    shape = (reversion, correlation, part * 2 / (1 + abs(correlation)))
    years = np.geomspace(1 / 365, 5, 12)
    places = np.linspace(-1.5, 1.5, 61) * np.sqrt(0.3)

    variances = model_smile(places, years[:, None], now, late, *shape) ** 2 * years[:, None]

    assert (np.diff(variances, axis=0) >= -1e-14).all()
    # A butterfly costs something: calls are convex in the strike.
    strikes = np.exp(np.linspace(-1, 1, 401))
    calls = price(
        1, strikes, years[:, None], 0, 0, model_smile(np.log(strikes), years[:, None], now, late, *shape), True
    )
    slopes = np.diff(calls, axis=1) / np.diff(strikes)
    assert (np.diff(slopes, axis=1) >= -1e-11).all()
    assert (slopes <= 1e-11).all()
    assert (slopes >= -1 - 1e-11).all()


def test_the_model_at_the_money_and_its_skew() -> None:
    near, far = model_smile(0, [1e-6, 1e4], 0.3, 0.2)
    low, high = model_smile([-0.1, 0.1], 0.25, 0.2, 0.2)

    assert near == pytest.approx(0.3, rel=1e-5)
    assert far == pytest.approx(0.2, rel=1e-3)
    assert 0.03 < low - high < 0.2
    assert model_smile(-0.1, 1, 0.2, 0.2) - model_smile(0.1, 1, 0.2, 0.2) < low - high
    assert np.isnan(model_smile(0, [0, -1, 1, 1], [0.2, 0.2, 0, 0.2], 0.2, 2, -0.7, [1, 1, 1, 1.2])).all()
