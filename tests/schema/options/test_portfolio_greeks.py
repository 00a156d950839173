"""`portfolio { greeks }`: for who may see its amounts."""

import pytest

from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.factories.portfolios import add_underlying, contribution, open_portfolio, option, record
from tests.schema.options.conftest import OWN
from tests.schema.portfolios.sharing_documents import OWN as SHARING
from tests.support.graphql import OPERATIONS, GraphQLClient

RISK = (OPERATIONS / "risk.graphql").read_text()
CALL = "UND221216C00140000"


@pytest.fixture
async def owner(small_market):
    return (await make_person(small_market, "owner@example.com")).actor


@pytest.fixture
async def held(small_market, owner):
    portfolio = await open_portfolio(small_market, owner)
    await add_underlying()
    await record(small_market, owner, portfolio.id, contribution("100000"), option(CALL, "2", "5"))
    return global_id("Portfolio", portfolio.id)


@pytest.fixture
def look(small_market, held):
    async def run(actor, **more):
        client = GraphQLClient(small_market, actor)
        if more:
            return await client.data(OWN, {"id": held, **more}, operation="GreeksAfterExpiry")
        return await client.data(RISK, {"id": held}, operation="PortfolioGreeks")

    return run


async def test_its_owner_sees_them(look, owner):
    found = (await look(owner))["portfolio"]["greeks"]

    assert found["unavailable"] == []
    assert found["delta"] == pytest.approx(sum(each["delta"] for each in found["positions"]))
    assert 0 < found["delta"] < 200
    assert found["theta"] < 0 < found["vega"]
    assert found["deltaAdjustedExposure"] == pytest.approx(140 * found["delta"], rel=1e-4)


async def test_after_its_expiry_nothing_is_left(look, owner):
    now = (await look(owner))["portfolio"]["greeks"]
    later = (await look(owner, afterExpiry="2022-12-16"))["portfolio"]["greeks"]
    before = (await look(owner, afterExpiry="2022-12-15"))["portfolio"]["greeks"]

    assert (later["delta"], later["vega"], later["deltaAdjustedExposure"]) == (0, 0, 0)
    assert before["delta"] == now["delta"]
    assert len({now["id"], later["id"], before["id"]}) == 3


async def test_a_stranger_sees_no_portfolio_and_the_veil_hides_greeks(small_market, look, owner, held):
    friend = (await make_person(small_market, "friend@example.com")).actor
    assert await look(friend) == {"portfolio": None}

    given = {"portfolioId": held, "email": "friend@example.com", "permission": "VIEWER"}
    client = GraphQLClient(small_market, owner)
    await client.data(SHARING["SharePortfolio"], {"input": {**given, "hidesAmounts": True}})
    assert (await look(friend))["portfolio"]["greeks"] is None

    await client.data(SHARING["SharePortfolio"], {"input": {**given, "hidesAmounts": False}})
    assert await look(friend) == await look(owner)


async def test_an_option_without_a_price_says_so(small_market, owner, look, held):
    await add_underlying("NON", closes=[100.0] * 5, latest=None)
    portfolio = await open_portfolio(small_market, owner, "Other")
    await record(small_market, owner, portfolio.id, contribution("1000"), option("NON221216C00100000", "1", "5"))

    data = await GraphQLClient(small_market, owner).data(
        OWN, {"id": global_id("Portfolio", portfolio.id)}, operation="GreeksAfterExpiry"
    )

    found = data["portfolio"]["greeks"]
    assert (found["delta"], found["deltaAdjustedExposure"]) == (None, None)
    assert {each["field"]: each["reason"] for each in found["unavailable"]} == {
        "NON221216C00100000": "NO_PRICE",
        "deltaAdjustedExposure": "NO_PRICE",
        **dict.fromkeys(("delta", "gamma", "theta", "vega", "rho"), "UNDEFINED"),
    }
