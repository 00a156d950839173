"""`optionPrice` and `optionPrices`: for anybody, and never an error for what is given."""

import pytest

from domain.quant import black_scholes
from tests.schema.options.conftest import OWN, ask
from tests.support.graphql import GraphQLClient, codes


@pytest.fixture
def databases(sqlite_databases):
    """No database is asked."""
    return sqlite_databases


TERMS = {"right": "CALL", "spot": 100, "strike": 100, "years": 0.5, "rate": 0.03, "volatility": 0.25}


async def test_the_style_is_european_unless_it_is_said(resources):
    found = await ask(resources, "OptionPrice", input=TERMS)

    exact = black_scholes.value(100, 100, 0.5, 0.03, 0, 0.25, True)
    assert found == {
        "price": float(exact.price),
        "delta": float(exact.delta),
        "gamma": float(exact.gamma),
        "theta": float(exact.theta_per_day),
        "vega": float(exact.vega_per_point),
        "rho": float(exact.rho_per_point),
        "unavailable": [],
    }


async def test_several_are_priced_by_their_models_in_the_order_asked(resources):
    american = {**TERMS, "right": "PUT", "style": "AMERICAN"}
    inputs = [TERMS, american, {**american, "model": "BINOMIAL"}, {**american, "model": "BLACK_SCHOLES"}]

    plain, boundary, tree, refused = await ask(resources, "AllGreeks", inputs=inputs)

    assert plain["unavailable"] == []
    assert None not in plain.values()
    assert (boundary["model"], tree["model"]) == ("BOUNDARY", "BINOMIAL")
    assert tree["price"] == pytest.approx(boundary["price"], abs=0.01)
    assert {(each["field"], each["reason"]) for each in tree["unavailable"]} >= {
        ("probabilityInTheMoney", "NOT_APPLICABLE"), ("dualDelta", "NOT_APPLICABLE"),
    }  # fmt: skip
    assert refused["price"] is None
    assert len(refused["unavailable"]) == 18


async def test_bad_and_extreme_terms_are_null_with_a_reason(resources):
    bad = await ask(resources, "OptionPrice", input={**TERMS, "spot": -1})
    extreme = await ask(resources, "OptionPrice", input={**TERMS, "rate": -1e300})

    assert {each["reason"] for each in bad["unavailable"]} == {"INVALID_INPUT"}
    assert bad["price"] is None
    assert extreme["price"] is None
    assert {each["reason"] for each in extreme["unavailable"]} == {"UNDEFINED"}


@pytest.mark.parametrize("count", [0, 501])
async def test_more_than_some_are_refused(resources, count):
    response = await GraphQLClient(resources).execute(OWN, {"inputs": [TERMS] * count}, operation="AllGreeks")

    assert codes(response) in (["BAD_USER_INPUT"], ["COST_LIMIT"])


async def test_an_operation_has_a_second(resources):
    tree = {**TERMS, "style": "AMERICAN", "model": "BINOMIAL"}

    document = "query($inputs: [OptionInput!]!) { optionPrices(inputs: $inputs) { price } }"

    response = await GraphQLClient(resources).execute(document, {"inputs": [tree] * 170})

    assert codes(response) == ["COST_LIMIT"]
    assert "about a second of computing" in response["errors"][0]["message"]
