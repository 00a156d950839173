"""`refreshOptionChain`: an administrator asks, a job does it; and contracts do not flood the list of instruments."""

from dataclasses import replace

import pytest

from domain.infra.market_files import FolderWeb
from domain.kernel.actor import Role
from domain.kernel.web import Access
from domain.market.jobs import REFRESH_OPTION_CHAIN
from tests.factories.chain_rows import chain_rows
from tests.factories.identity import make_person
from tests.schema.options.conftest import OWN
from tests.schema.options.test_option_chain import NOVEMBER
from tests.support.graphql import GraphQLClient


@pytest.fixture
async def admin(live_market):
    return (await make_person(live_market, "admin@example.com", Role.ADMIN)).actor


async def refresh(resources, actor, **given):
    data = await GraphQLClient(resources, actor).data(OWN, {"input": given}, operation="RefreshOptionChain")
    return data["refreshOptionChain"]


async def test_a_job_is_asked_for_once_while_it_waits(live_market, admin, tmp_path, clock):
    files = FolderWeb(tmp_path, clock)
    resources = replace(live_market, market_files=files, market_access=(Access(name="file"),), _shared={})

    first = await refresh(resources, admin, symbol="AAA")
    again = await refresh(resources, admin, symbol="AAA")
    one = await refresh(resources, admin, symbol="AAA", expiry="2024-06-21")

    assert (first["userErrors"], first["job"]["kind"]) == ([], REFRESH_OPTION_CHAIN.kind)
    assert again["job"]["id"] == first["job"]["id"] != one["job"]["id"]
    unknown = await refresh(resources, admin, symbol="NOBODY")
    assert [(each["code"], each["field"]) for each in unknown["userErrors"]] == [("NOT_FOUND", ["symbol"])]


async def test_without_a_provider_there_is_no_job(live_market, admin):
    found = await refresh(live_market, admin, symbol="AAA")

    assert found["job"] is None
    assert [each["code"] for each in found["userErrors"]] == ["NOT_SUPPORTED"]


async def test_contracts_are_listed_when_asked_for_and_not_otherwise(quoted_market):
    market = await quoted_market(chain_rows(NOVEMBER))
    client = GraphQLClient(market)

    async def symbols(arguments):
        data = await client.data(f"{{ instruments({arguments}) {{ totalCount edges {{ node {{ symbol }} }} }} }}")
        return data["instruments"]["totalCount"], [each["node"]["symbol"] for each in data["instruments"]["edges"]]

    count, all_symbols = await symbols("first: 100")
    assert count == len(all_symbols)
    assert "AAA" in all_symbols
    assert max(map(len, all_symbols)) < 10
    options, contracts = await symbols("first: 5, kind: OPTION")
    assert (options, contracts[0]) == (18, "AAA241115C00008000")
    found = await client.data('{ searchInstruments(text: "AAA") { symbol } }')
    assert [each["symbol"] for each in found["searchInstruments"]] == ["AAA"]
