"""Trees agree with the boundary method, and with European prices where exercise is never early."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from domain.quant import american, black_scholes
from domain.quant.binomial import crr_price, leisen_reimer_price
from tests.factories.options import live_options
from tests.references.cases import QUANTLIB_AMERICAN, OptionCase


@pytest.mark.parametrize("case", QUANTLIB_AMERICAN)
def test_prices_computed_elsewhere(case: OptionCase) -> None:
    size = case.spot * case.volatility * case.years**0.5

    assert leisen_reimer_price(*case[:7]) == pytest.approx(case.price, abs=2e-4 * size + 1e-4)
    assert crr_price(*case[:7]) == pytest.approx(case.price, abs=1e-3 * size)


@settings(max_examples=25, derandomize=True)
@given(live_options)
def test_trees_and_boundaries_agree(option: dict[str, Any]) -> None:
    found = float(leisen_reimer_price(**option, steps=301))
    expected = float(american.price(**option))

    if np.isfinite(found + expected):
        assert found == pytest.approx(expected, abs=4e-3 * option["strike"])


def test_two_steps_by_hand() -> None:
    up = np.exp(0.2 * np.sqrt(0.5))
    chance = (np.exp(0.05 * 0.5) - 1 / up) / (up - 1 / up)
    discount = np.exp(-0.05 * 0.5)
    low = max(discount * ((1 - chance) * (110 - 100 / up**2) + chance * 10), 110 - 100 / up)
    high = discount * (1 - chance) * 10

    found = crr_price(100, 110, 1, 0.05, 0, 0.2, False, steps=2)

    assert found == pytest.approx(max(discount * (chance * high + (1 - chance) * low), 10), rel=1e-13)


def test_a_call_without_a_yield_converges_to_the_european_price() -> None:
    found = leisen_reimer_price([80, 100, 120], 100, 1, 0.05, 0, 0.2, True, steps=201)

    np.testing.assert_allclose(found, black_scholes.price([80, 100, 120], 100, 1, 0.05, 0, 0.2, True), atol=1e-4)


def test_what_a_tree_cannot_do() -> None:
    # One step with next to no noise drifts over both its ends.
    assert np.isnan(crr_price(100, 100, 1, 0.2, 0, 0.01, True, steps=1))
    assert np.isfinite(crr_price(100, 100, 1, 0.2, 0, 0.01, True, steps=1_000))
    assert np.isnan(
        crr_price([0, 100, 100, 100], [100, 0, 100, 100], [1, 1, 0, 1], 0.05, 0, [0.2, 0.2, 0.2, 0], True)
    ).all()
    with pytest.raises(ValueError, match="1 step or more, got 0"):
        crr_price(100, 100, 1, 0.05, 0, 0.2, True, steps=0)
    with pytest.raises(ValueError, match="odd number of steps, got 4"):
        leisen_reimer_price(100, 100, 1, 0.05, 0, 0.2, True, steps=4)
