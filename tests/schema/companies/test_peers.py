"""Peers and comparisons in the API: what they show, ids, refusals, and the statements."""

import pytest

from domain.companies.types import Record
from schema.shared.node import parse_global_id, stored_key
from tests.factories.publications import make_known
from tests.schema.companies.conftest import OWN
from tests.support.graphql import codes
from tests.support.statements import counted_statements

PEERS = OWN["CompanyPeers"]
COMPARISON = OWN["CompareCompanies"]


@pytest.fixture
async def seven(resources):
    records = [
        Record(ticker=ticker, texts={"industry": "Chips"}, figures={"roe": float(number), "per": 10.0 + number})
        for number, ticker in enumerate("ABCDEFG", 1)
    ]
    await make_known(resources, records)


@pytest.mark.usefixtures("seven")
async def test_peers(client):
    await client.data(PEERS, {"ticker": "A"})
    with counted_statements() as made:
        company = (await client.data(PEERS, {"ticker": "A", "first": 2}))["company"]

    found = company["peers"]
    assert len(made) == 1
    assert found["within"] == "INDUSTRY"
    assert [(each["company"]["ticker"], each["sharedMetrics"]) for each in found["peers"]] == [("B", 2), ("C", 2)]
    assert found["peers"][0]["distance"] == pytest.approx(1 / (2 * 1.482602218505602))
    assert parse_global_id(found["id"]) == ("CompanyPeers", f"{stored_key('Company', company['id'])}:2")


@pytest.mark.usefixtures("seven")
async def test_too_many_peers_are_refused_and_the_company_is_there(client):
    result = await client.execute(PEERS, {"ticker": "A", "first": 51})

    assert codes(result) == ["BAD_USER_INPUT"]
    assert result["data"]["company"]["peers"] is None


@pytest.mark.usefixtures("seven")
async def test_a_comparison(client):
    with counted_statements() as made:
        found = (await client.data(COMPARISON, {"tickers": ["C", "A"]}))["compareCompanies"]

    assert parse_global_id(found["id"]) == ("CompanyComparison", "C,A")
    assert [each["ticker"] for each in found["companies"]] == ["C", "A"]
    by_metric = {each["metric"]: each for each in found["metrics"]}
    assert len(by_metric) == 33
    assert by_metric["PER"] == {
        "metric": "PER",
        "higherIsBetter": False,
        "best": ["A"],
        "values": [
            {"ticker": "C", "value": 13.0, "rank": 2, "percentile": pytest.approx(100 / 3), "industryMedian": 14.0},
            {"ticker": "A", "value": 11.0, "rank": 1, "percentile": 0.0, "industryMedian": 14.0},
        ],
    }
    assert by_metric["BETA_5Y"]["values"][0]["value"] is None
    assert len(made) <= 2


@pytest.mark.usefixtures("seven")
@pytest.mark.parametrize("tickers", [[], ["A", "A"], ["NO"], ["a"], ["A"] * 21])
async def test_what_cannot_be_compared(client, tickers):
    result = await client.execute(COMPARISON, {"tickers": tickers})

    assert codes(result) == ["BAD_USER_INPUT"]
    assert result["data"]["compareCompanies"] is None
