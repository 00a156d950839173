"""`impliedSurface`: curves, grid, flags and a picture."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.factories.chain_rows import STRIKES, chain_rows
from tests.factories.market import make_player
from tests.schema.options.conftest import ask

NOVEMBER, JANUARY = date(2024, 11, 15), date(2025, 1, 17)


async def test_the_surface_of_stored_quotes(quoted_market):
    market = await quoted_market([*chain_rows(NOVEMBER), *chain_rows(JANUARY)])

    found = await ask(market, "ImpliedSurface", symbol="AAA")

    assert (found["source"], found["spot"], found["underlying"]["symbol"]) == ("STORED", 10.0, "AAA")
    assert [each["expiry"] for each in found["slices"]] == [str(NOVEMBER), str(JANUARY)]
    for each in found["slices"]:
        assert each["contracts"] == len(STRIKES)
        assert each["volatilityError"] < 2e-3
        assert each["unavailable"] == []
    assert (found["hasButterflyArbitrage"], found["hasCalendarArbitrage"]) == (False, False)
    assert (len(found["moneyness"]), len(found["years"]), len(found["totalVariance"])) == (13, 12, 12)
    middle = found["moneyness"].index(0)
    variances = [row[middle] for row in found["totalVariance"]]
    assert variances == sorted(variances)
    assert variances[0] == pytest.approx(0.09 * found["years"][0], rel=0.02)
    assert len(found["surfacePicture"]) < 200_000
    assert ET.fromstring(found["surfacePicture"]).tag.endswith("svg")  # noqa: S314 - our own text


async def test_too_few_strikes_make_no_curve(quoted_market):
    market = await quoted_market(chain_rows(NOVEMBER)[:4])

    found = await ask(market, "ImpliedSurface", symbol="AAA")

    (only,) = found["slices"]
    assert (only["level"], only["volatilityError"], only["hasButterflyArbitrage"]) == (None, None, None)
    assert {each["field"] for each in only["unavailable"]} == {
        *("level", "slope", "rotation", "center", "width"),
        *("volatilityError", "worstVolatilityError", "hasButterflyArbitrage"),
    }
    assert (found["surfacePicture"], found["totalVariance"], found["hasCalendarArbitrage"]) == (None, [], None)


async def test_the_demonstration_s_surface_is_the_model_s_and_without_arbitrage(market):
    player = await make_player(market)
    await player.tick(0)

    found = await ask(market, "ImpliedSurface", symbol="SP500")

    assert (found["source"], len(found["slices"])) == ("MODEL", 6)
    assert max(each["worstVolatilityError"] for each in found["slices"]) < 1e-6
    assert (found["hasButterflyArbitrage"], found["hasCalendarArbitrage"]) == (False, False)
    assert await ask(market, "ImpliedSurface", symbol="NOBODY") is None
