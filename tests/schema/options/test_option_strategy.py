"""`optionStrategy` and `optionStrategyTemplates`."""

from xml.etree import ElementTree as ET

import pytest

from tests.schema.options.conftest import OWN, ask
from tests.support.graphql import GraphQLClient, codes


@pytest.fixture
def databases(sqlite_databases):
    """No database is asked."""
    return sqlite_databases


CALL = {"right": "CALL", "strike": 100, "years": 0.5, "quantity": 1, "premium": 6}
STRADDLE = {"spot": 100, "legs": [CALL, {**CALL, "right": "PUT", "premium": 4}], "multiplier": 100}


async def test_a_straddle_is_analyzed(resources):
    found = await ask(resources, "OptionStrategy", input=STRADDLE)

    assert (found["netPremium"], found["maxProfit"], found["maxLoss"]) == (1000, None, -1000)
    assert found["breakevens"] == pytest.approx([90, 110])
    (absence,) = found["unavailable"]
    assert (absence["field"], absence["reason"]) == ("maxProfit", "UNBOUNDED")
    assert 200 <= len(found["payoff"]) <= 500
    assert min(point["atExpiry"] for point in found["payoff"]) == -1000
    assert None not in found["greeks"].values()


async def test_its_picture_marks_break_evens_and_spot(resources):
    found = await ask(resources, "StrategyPicture", input=STRADDLE)

    texts = [each.text for each in ET.fromstring(found["payoffPicture"]).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own text
    assert {"90.00", "110.00", "Spot 100.00", "At expiry", "Now"} <= set(texts)


async def test_every_template_can_be_asked_for_as_it_is(resources):
    templates = await ask(resources, "StrategyTemplates", spot=187.3, years=0.25)

    assert len(templates) == 12
    for each in templates:
        given = {"spot": 187.3, "legs": each["legs"], "underlyingUnits": each["underlyingUnits"]}
        found = await ask(resources, "StrategyPicture", input=given)
        assert found["netPremium"] is not None, each["code"]
        assert found["breakevens"], each["code"]
        assert found["payoffPicture"].startswith("<svg"), each["code"]


async def test_bad_input_is_null_with_a_reason(resources):
    found = await ask(resources, "StrategyPicture", input={**STRADDLE, "legs": [{**CALL, "quantity": 0}]})

    assert (found["netPremium"], found["breakevens"], found["payoffPicture"]) == (None, [], None)
    assert {each["reason"] for each in found["unavailable"]} == {"INVALID_INPUT"}


@pytest.mark.parametrize("asked", [{"spot": 0}, {"spot": 1e9}, {"spot": 100, "years": 0}, {"spot": 100, "years": 11}])
async def test_templates_are_for_prices_and_times_that_there_are(resources, asked):
    variables = {"years": 1.0, **asked}

    response = await GraphQLClient(resources).execute(OWN, variables, operation="StrategyTemplates")

    assert codes(response) == ["BAD_USER_INPUT"]
