"""Surfaces: curves through what options imply, and what would be arbitrage."""

import numpy as np
import pytest

from domain.options.surfaces import MONEYNESS, surface_of
from domain.quant.smile import model_smile
from tests.factories.chains import EXPIRY, chain_at, later

STRIKES = tuple(range(70, 141, 5))


def smiling(expiry, volatility=0.3, late=0.2):
    years = chain_at(0.2, expiry=expiry).years
    return chain_at(
        model_smile(np.log(np.array(STRIKES) / 100), years, volatility, late), expiry=expiry, strikes=STRIKES
    )


def test_curves_of_a_surface_without_arbitrage_go_through_all_of_it():
    found = surface_of([smiling(EXPIRY), smiling(later(182))])

    assert [each.expiry for each in found.slices] == [EXPIRY, later(182)]
    assert max(each.worst for each in found.slices) < 1e-5
    assert all(each.error <= each.worst for each in found.slices)
    assert [each.has_butterfly_arbitrage for each in found.slices] == [False, False]
    assert found.has_calendar_arbitrage is False
    first, last = (each.years for each in found.slices)
    assert (found.years[0], found.years[-1]) == (first, last)
    exact = [np.square(model_smile(np.array(MONEYNESS), years, 0.3, 0.2)) * years for years in (first, last)]
    np.testing.assert_allclose(found.variance[[0, -1]], exact, rtol=1e-3)


def test_only_options_out_of_the_money_count():
    (found,) = surface_of([smiling(EXPIRY)]).slices

    assert len(found.moneyness) == len(STRIKES)
    assert (np.diff(found.moneyness) > 0).all()


def test_a_later_expiry_of_less_variance_is_calendar_arbitrage():
    found = surface_of([chain_at(0.4, strikes=STRIKES), chain_at(0.2, strikes=STRIKES, expiry=later(90))])

    assert found.has_calendar_arbitrage is True


def test_a_volatility_that_falls_too_steeply_is_butterfly_arbitrage():
    # A call spread of what costs more at the higher strike is free, and so is a butterfly beside it.
    smile = 0.25 + 2.2 * np.abs(np.log(np.array(STRIKES) / 100))

    (found,) = surface_of([chain_at(smile, strikes=STRIKES)]).slices

    assert found.has_butterfly_arbitrage is True


def test_an_expiry_of_few_strikes_has_no_curve_and_says_so():
    found = surface_of([chain_at(0.3, strikes=(95, 100, 105))])

    (slice_,) = found.slices
    assert np.isnan(slice_.error)
    assert slice_.has_butterfly_arbitrage is None
    assert {each.field for each in slice_.absences} >= {"level", "volatility_error", "has_butterfly_arbitrage"}
    assert slice_.absences[0].message == (
        "expected options out of the money at 5 strikes or more with a volatility, got 3"
    )
    assert (found.years, found.variance.shape, found.has_calendar_arbitrage) == ((), (0, 13), None)


def test_one_expiry_has_one_row_and_no_calendar():
    found = surface_of([smiling(EXPIRY)])

    assert found.variance.shape == (1, 13)
    assert found.has_calendar_arbitrage is None
    assert found.years == pytest.approx([found.slices[0].years])


def test_the_same_quotes_are_fitted_once_and_others_anew():
    first = surface_of([smiling(EXPIRY)]).slices[0]
    other = smiling(EXPIRY)
    other.ask[0] += 0.01

    assert surface_of([smiling(EXPIRY)]).slices[0] is first
    assert surface_of([other]).slices[0] is not first


def test_what_curves_miss_is_no_arbitrage():
    # Two tenths of a point less volatility, a day later: less variance, where quotes are exact.
    noise = -0.003 * (-1.0) ** np.arange(len(STRIKES))
    exact = [chain_at(0.3, strikes=STRIKES), chain_at(0.298, strikes=STRIKES, expiry=later(1))]
    noisy = [chain_at(0.3 + noise, strikes=STRIKES), exact[1]]

    assert exact[1].years > exact[0].years
    assert surface_of(exact).has_calendar_arbitrage is True
    assert surface_of(noisy).has_calendar_arbitrage is False
