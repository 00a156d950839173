"""Known dividends: published cases, parity, limits, and where the models differ."""

import math

import numpy as np
import pytest

from domain.quant import black_scholes
from domain.quant.binomial import crr_price
from domain.quant.discrete_dividends import american_price, bos_vandermark_price, escrowed_price
from tests.references.cases import HULL_DIVIDENDS, HULL_TREE

OPTION = (100, 105, 1, 0.04, 0.25)
TWICE = [(0.25, 2.0), (0.75, 2.0)]


def test_the_published_european_call() -> None:
    option, dividends, expected = HULL_DIVIDENDS

    assert round(float(escrowed_price(*option, dividends)), 2) == expected


def test_the_published_tree() -> None:
    option, dividends, expected = HULL_TREE

    assert round(float(american_price(*option, dividends, steps=5)), 4) == expected


@pytest.mark.parametrize("model", [escrowed_price, bos_vandermark_price])
def test_parity(model) -> None:
    worth = sum(amount * math.exp(-0.04 * time) for time, amount in TWICE)

    call, put = model(*OPTION, [True, False], TWICE)

    assert call - put == pytest.approx(100 - worth - 105 * math.exp(-0.04), abs=1e-12)


@pytest.mark.parametrize("model", [escrowed_price, bos_vandermark_price, american_price])
def test_only_dividends_of_its_life_count(model) -> None:
    none = model(*OPTION, False, [])

    np.testing.assert_array_equal(model(*OPTION, False, [(0, 5), (-0.1, 5), (1.001, 5)]), none)
    assert model(*OPTION, False, [(1, 5)]) > none + 1
    if model is not american_price:
        assert none == black_scholes.price(100, 105, 1, 0.04, 0, 0.25, False)


def test_at_once_it_leaves_the_spot_and_at_the_end_it_joins_the_strike() -> None:
    soon = bos_vandermark_price(*OPTION, True, [(1e-9, 5)])
    late = bos_vandermark_price(*OPTION, True, [(1, 5)])

    assert soon == pytest.approx(float(black_scholes.price(95, 105, 1, 0.04, 0, 0.25, True)), abs=1e-6)
    assert late == pytest.approx(float(black_scholes.price(100, 110, 1, 0.04, 0, 0.25, True)), rel=1e-13)
    # What is late still moves with the share until then.
    assert late > escrowed_price(*OPTION, True, [(1, 5)]) + 0.1


def test_without_dividends_the_tree_is_the_plain_one() -> None:
    found = american_price(*OPTION, [True, False], [], steps=101)

    np.testing.assert_allclose(found, crr_price(100, 105, 1, 0.04, 0, 0.25, [True, False], steps=101), rtol=1e-13)


def test_a_call_is_exercised_before_a_great_dividend() -> None:
    european = float(escrowed_price(100, 80, 0.5, 0.03, 0.2, True, [(0.3, 10)]))
    exercised = float(black_scholes.price(100, 80, 0.3, 0.03, 0, 0.2, True))

    found = float(american_price(100, 80, 0.5, 0.03, 0.2, True, [(0.3, 10)]))

    assert found > european + 5
    assert found == pytest.approx(exercised, abs=0.2)
    assert found >= 20


def test_each_element_has_its_own_dividends_and_its_own_nan() -> None:
    years = [0.2, 0.5, 1.0]
    for model in (escrowed_price, bos_vandermark_price, american_price):
        found = model(100, 105, years, 0.04, 0.25, False, TWICE)
        alone = [float(model(100, 105, each, 0.04, 0.25, False, TWICE)) for each in years]
        np.testing.assert_allclose(found, alone, rtol=1e-13)

        bad = model([100, -1, 3, np.nan], 105, 1, 0.04, 0.25, False, TWICE)
        assert np.isfinite(bad).tolist() == [True, False, model is bos_vandermark_price, False]
        assert np.isnan(model(100, 105, years, 0.04, 0.25, False, [(0.5, -1)])).all()
        with pytest.raises(ValueError, match=r"shape \(n, 2\), got \(3,\)"):
            model(100, 105, 1, 0.04, 0.25, False, [1, 2, 3])
    assert np.isnan(american_price(100, 105, [0, 1], 0.04, [0.2, 0], False, TWICE)).all()
    assert escrowed_price(100, 105, 0, 0.04, 0.25, False, TWICE) == 5
    with pytest.raises(ValueError, match="1 step or more"):
        american_price(100, 105, 1, 0.04, 0.25, False, TWICE, steps=0)
