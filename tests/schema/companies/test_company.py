"""One company: the front ends' documents, what is absent and why, the past, and the number of SQL statements."""

import pytest

from domain.companies.catalogue import FIELDS, METRICS
from domain.companies.publishing import withdraw
from domain.companies.types import Record
from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from schema.shared.node import global_id
from tests.factories.publications import NEXT, make_known
from tests.schema.companies.conftest import DOCUMENTS, NVIDIA
from tests.support.graphql import codes
from tests.support.statements import counted_statements

GROUPS = ("valuation", "profitability", "financialHealth", "performance", "fundamental")
ROW = """query($ticker: String!) { company(ticker: $ticker) {
    id sector country currency isActive dataQuality asOf
    valuation { per unavailable { field reason message mend } figures { metric value source grade asOf note } }
    profitability { roe unavailable { field reason } figures { metric value source grade asOf note } }
} }"""
PAST = """query($ticker: String!, $asOf: Date, $knownAt: DateTime) { company(ticker: $ticker) {
    valuation(asOf: $asOf, knownAt: $knownAt) { id asOf per unavailable { field reason message } figures { source } }
} }"""


@pytest.mark.usefixtures("known")
async def test_a_company_has_39_fields(client):
    found = (await client.data(DOCUMENTS["Company"], {"ticker": "AAPL"}))["company"]

    identity = {"ticker", "name", "industry", "exchange", "analyst", "rating"}
    assert {name: found[name] for name in (*sorted(identity), "asOf")} == {
        "analyst": "Ann",
        "exchange": "XNAS",
        "industry": "Hardware",
        "name": "Apple Inc.",
        "rating": "STRONG_BUY",
        "ticker": "AAPL",
        "asOf": "2026-08-17",
    }
    numbers = {code: value for group in GROUPS for code, value in found[group].items() if code not in ("id", "asOf")}
    assert set(numbers) | identity == {field.code for field in FIELDS}
    known = {"per": 30.5, "roe": 150.5, "eps": 6.1, "avgVolume3M": 55_000_000.0}
    assert numbers == {field.code: known.get(field.code) for field in METRICS}
    assert found["valuation"]["asOf"] == "2026-08-17"
    assert len({found[group]["id"] for group in GROUPS}) == 5


@pytest.mark.usefixtures("known")
async def test_what_is_absent_says_why_and_what_is_there_where_it_comes_from(client):
    found = (await client.data(ROW, {"ticker": "AAPL"}))["company"]

    assert (found["sector"], found["country"], found["currency"]) == ("Technology", "US", "USD")
    assert (found["isActive"], found["dataQuality"]) == (True, 97.5)
    missing = {each.pop("field"): each for each in found["valuation"]["unavailable"]}
    assert set(missing) == {field.code for field in METRICS if field.group == "VALUATION"} - {"per"}
    assert missing["pbr"] == {
        "reason": "REJECTED",
        "message": "expected 0 to 100, got 4000",
        "mend": "publish a file with a value that can be",
    }
    assert missing["evSales"] == {
        "reason": "NOT_COVERED",
        "message": "a feed says nothing of it, of any company, and nobody did before",
        "mend": "publish a file that covers it",
    }
    seen = {"source": "a feed", "grade": "GOOD", "asOf": "2026-08-17"}
    assert found["valuation"]["figures"] == [{"metric": "PER", "value": 30.5, "note": None, **seen}]
    assert found["profitability"]["figures"] == [
        {"metric": "ROE", "value": 150.5, "note": "given as a fraction", **seen}
    ]


@pytest.mark.usefixtures("known")
async def test_what_a_source_covers_and_does_not_say_is_not_reported(client):
    found = (await client.data(ROW, {"ticker": "NVDA"}))["company"]

    assert {"field": "roe", "reason": "NOT_REPORTED"} in found["profitability"]["unavailable"]
    assert found["profitability"]["figures"] == []


@pytest.mark.usefixtures("known")
async def test_the_past_is_as_it_was_and_as_it_was_known(client, resources, clock):
    before = clock.now()
    clock.advance(seconds=10)
    await make_known(resources, [Record(ticker="AAPL", figures={"per": 33.0})], as_of=NEXT)
    clock.advance(seconds=10)
    wrong = await make_known(resources, [Record(ticker="AAPL", figures={"per": 3.0})], as_of=NEXT)
    then = clock.now()
    clock.advance(seconds=10)
    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, wrong.id)

    async def at(**asked):
        group = (await client.data(PAST, {"ticker": "AAPL", **asked}))["company"]["valuation"]
        return group["per"], group["asOf"]

    assert await at() == (33.0, "2026-08-24")
    assert await at(asOf="2026-08-23") == (30.5, "2026-08-17")
    assert await at(asOf="2026-08-24") == (33.0, "2026-08-24")
    assert await at(knownAt=then.isoformat()) == (3.0, "2026-08-24")
    assert await at(asOf="2026-08-24", knownAt=before.isoformat()) == (30.5, "2026-08-17")


@pytest.mark.usefixtures("known")
async def test_before_anything_was_known_all_is_absent(client):
    found = (await client.data(PAST, {"ticker": "AAPL", "asOf": "2026-08-16"}))["company"]["valuation"]

    assert (found["asOf"], found["per"], found["figures"]) == (None, None, [])
    assert len(found["unavailable"]) == 8
    assert found["unavailable"][0] == {
        "field": "per",
        "reason": "NOT_COVERED",
        "message": "nothing was known of the company as of that day",
    }


@pytest.mark.usefixtures("known")
async def test_an_id_carries_the_arguments_as_given(client):
    asked: tuple[dict[str, str], ...] = ({}, {"asOf": "2026-08-17"}, {"knownAt": "2099-01-01T00:00:00Z"})

    ids = [(await client.data(PAST, {"ticker": "AAPL", **each}))["company"]["valuation"]["id"] for each in asked]

    assert len(set(ids)) == 3


@pytest.mark.usefixtures("known")
async def test_what_is_not_there_is_null(client):
    assert await client.data(ROW, {"ticker": "aapl"}) == {"company": None}
    assert await client.data("query($id: ID!) { node(id: $id) { id } }", {"id": global_id("Company", new_id())}) == {
        "node": None
    }


@pytest.mark.usefixtures("known")
async def test_a_company_is_found_by_its_id(client):
    key = (await client.data(ROW, {"ticker": "NVDA"}))["company"]["id"]

    found = await client.data(
        "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Company { name valuation { per } } } }", {"ids": [key, key]}
    )

    assert found["nodes"] == [{"id": key, "name": "NVIDIA", "valuation": {"per": 52.0}}] * 2


@pytest.mark.usefixtures("known")
async def test_who_left_the_lists_is_still_found(client, resources):
    added = await make_known(resources, [Record(ticker="GONE", texts={"name": "Gone"}, figures={"per": 1.0})])
    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, added.id)

    found = (await client.data(ROW, {"ticker": "GONE"}))["company"]

    assert (found["isActive"], found["asOf"], found["dataQuality"]) == (False, None, None)
    assert found["valuation"]["per"] is None
    assert found["valuation"]["unavailable"][0]["reason"] == "NOT_COVERED"


@pytest.mark.usefixtures("known")
async def test_a_company_takes_one_statement_and_its_origins_another(client, resources):
    await client.data(DOCUMENTS["Company"], {"ticker": "AAPL"})

    with counted_statements() as plain:
        await client.data(DOCUMENTS["Company"], {"ticker": "AAPL"})
    with counted_statements() as with_origins:
        await client.data(ROW, {"ticker": "AAPL"})

    assert (len(plain), len(with_origins)) == (1, 2)


HISTORY = {"ticker": "AAPL", "metric": "PER", "from": "2026-01-01", "to": "2026-12-31"}


@pytest.mark.usefixtures("known")
async def test_a_history_has_what_was_seen(client, resources, clock):
    clock.advance(seconds=1)
    await make_known(resources, [Record(ticker="AAPL", figures={"per": 31.0})], source="a better feed")
    await make_known(resources, [Record(ticker="AAPL", figures={"pbr": 40.0})], as_of=NEXT, covered=["pbr"])

    found = (await client.data(DOCUMENTS["MetricHistory"], HISTORY))["company"]["metricHistory"]
    other = (await client.data(DOCUMENTS["MetricHistory"], {**HISTORY, "metric": "PBR"}))["company"]

    assert found == [{"asOf": "2026-08-17", "value": 31.0, "source": "a better feed", "grade": "GOOD"}], (
        "what was carried over was not seen on the 24th"
    )
    assert other["metricHistory"] == [{"asOf": "2026-08-24", "value": 40.0, "source": "a feed", "grade": "GOOD"}]


@pytest.mark.usefixtures("known")
async def test_a_history_of_days_that_are_turned_round_is_refused(client):
    asked = {**HISTORY, "from": "2026-12-31", "to": "2026-01-01"}

    assert codes(await client.execute(DOCUMENTS["MetricHistory"], asked)) == ["BAD_USER_INPUT"]


@pytest.mark.usefixtures("known")
async def test_histories_of_several_companies_take_one_statement(client, resources):
    await make_known(resources, [NVIDIA], as_of=NEXT)
    asked = " ".join(
        f'{alias}: company(ticker: "{ticker}") {{ metricHistory(metric: {metric}, from: "2026-01-01", to: "2026-12-31",'
        ' knownAt: "2099-01-01T00:00:00Z") { asOf value } }'
        for alias, ticker, metric in (("a", "AAPL", "PER"), ("b", "NVDA", "PER"), ("c", "AAPL", "ROE"))
    )
    document = f"query {{ {asked} }}"
    await client.data(document)

    with counted_statements() as made:
        found = await client.data(document)

    assert len(made) == 2
    assert {key: [point["value"] for point in each["metricHistory"]] for key, each in found.items()} == {
        "a": [30.5],
        "b": [52.0, 52.0],
        "c": [150.5],
    }


async def test_the_catalogue_is_data(client):
    found = (await client.data(DOCUMENTS["MetricCatalogue"]))["companyMetrics"]

    assert [each["code"] for each in found] == [field.code for field in FIELDS]
    roe = next(each for each in found if each["code"] == "roe")
    assert roe == {
        "code": "roe",
        "label": "ROE",
        "group": "PROFITABILITY",
        "kind": "NUMBER",
        "unit": "PERCENT",
        "basis": "FORWARD",
        "minimum": -100.0,
        "maximum": 200.0,
        "required": False,
        "higherIsBetter": True,
    }


async def test_every_metric_has_its_name_in_the_enum(client):
    found = (await client.data("{ companyMetrics { code metric } }"))["companyMetrics"]

    names = {each["code"]: each["metric"] for each in found}
    assert names["ticker"] is None
    assert (names["evEbitda"], names["return1Y"], names["marketCapUsdMn"], names["high52W"]) == (
        "EV_EBITDA",
        "RETURN_1Y",
        "MARKET_CAP_USD_MN",
        "HIGH_52W",
    )
    assert sum(name is not None for name in names.values()) == len(METRICS) == 33
