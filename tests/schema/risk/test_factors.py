"""`factorExposures`, `factors` and `putFactor`."""

from dataclasses import replace

import pytest

from domain.kernel.actor import Role
from tests.factories.risk import BETAS
from tests.schema.risk.documents import DOCUMENTS
from tests.support.graphql import codes

AT = "2022-11-18T22:00:00.000Z"


@pytest.fixture
async def portfolio(holding):
    return await holding("1000", AAA="10", BBB="20")


@pytest.fixture
def put(ask, owner):
    async def run(*, actor=None, **given):
        return await ask("PutFactor", actor=actor or replace(owner, roles=frozenset({Role.ADMIN})), input=given)

    return run


def undefined(found):
    """What has no value where factors explain shares to the last digit, as those of this market on PostgreSQL."""
    return {name for name in ("tStatistic", "pValue") if any(each[name] is None for each in found["exposures"])}


async def test_betas_are_those_that_were_put_in(ask, portfolio):
    found = (await ask("FactorExposures", id=portfolio, asOf=AT))["factorExposures"]

    expected = [0.25 * a + 0.5 * b for a, b in zip(BETAS["AAA"], BETAS["BBB"], strict=True)]
    assert [each["factor"]["code"] for each in found["exposures"]] == ["MARKET", "SIZE", "VALUE", "MOMENTUM"]
    assert [each["beta"] for each in found["exposures"]] == pytest.approx(expected, abs=1e-9)
    assert [each["dollarExposure"] for each in found["exposures"]] == pytest.approx(
        [4_000 * beta for beta in expected], abs=1e-5
    )
    assert (found["observations"], found["rSquared"]) == (252, pytest.approx(1.0))
    assert {each["field"] for each in found["unavailable"]} == undefined(found) | {
        "GROWTH",
        "QUALITY",
        "LOW_VOLATILITY",
    }
    assert [each["symbol"] for each in found["positions"]] == ["AAA", "BBB"]


async def test_null_is_the_default(ask, portfolio):
    absent = (await ask("FactorExposures", id=portfolio, asOf=AT))["factorExposures"]
    null = (await ask("FactorExposures", id=portfolio, asOf=AT, windowDays=None))["factorExposures"]

    assert null == absent


@pytest.mark.parametrize("days", [39, 5_001, 0, -1])
async def test_a_window_that_is_none_is_refused(client, portfolio, days):
    found = await client.execute(DOCUMENTS["FactorExposures"], {"id": portfolio, "windowDays": days})

    assert codes(found) == ["BAD_USER_INPUT"]


async def test_another_s_exposures_are_not_seen(ask, portfolio, stranger, veiled):
    assert await ask("FactorExposures", id=portfolio, actor=stranger) is None
    await veiled(portfolio)
    assert (await ask("FactorExposures", id=portfolio, actor=stranger))["factorExposures"] is None


async def test_a_factor_is_changed_and_its_exposure_with_it(ask, portfolio, put):
    assert (await put(code="GROWTH", isActive=False))["userErrors"] == []

    found = (await ask("FactorExposures", id=portfolio, asOf=AT))["factorExposures"]
    assert {each["field"] for each in found["unavailable"]} == undefined(found) | {"QUALITY", "LOW_VOLATILITY"}
    assert "GROWTH" not in {each["code"] for each in await ask("Factors")}
    assert "GROWTH" in {each["code"] for each in await ask("Factors", activeOnly=False)}
    # Nothing is told a second time: it stays as it is.
    again = await put(code="GROWTH")
    assert (again["userErrors"], again["factor"]["isActive"]) == ([], False)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "lower"}, ["code"]),
        ({"code": "NEW", "name": "New", "kind": "STYLE"}, ["proxy"]),
        ({"code": "NEW", "name": "New", "kind": "MARKET", "proxy": "AAA"}, ["kind"]),
        ({"code": "MARKET", "isActive": False}, None),
        ({"code": "SIZE", "name": "x" * 101}, ["name"]),
        ({"code": "SIZE", "name": " "}, ["name"]),
        ({"code": "SIZE", "description": "x" * 1_001}, ["description"]),
        ({"code": "SIZE", "displayOrder": 2**31 - 1}, ["displayOrder"]),
    ],
)
async def test_a_factor_that_is_none_is_refused(put, given, field):
    refused = await put(**given)

    assert refused["factor"] is None
    assert [each["field"] for each in refused["userErrors"]] == [field]


async def test_only_an_administrator_puts_factors(client, owner):
    found = await client.execute(DOCUMENTS["PutFactor"], {"input": {"code": "SIZE", "isActive": False}})

    assert codes(found) == ["FORBIDDEN"]
