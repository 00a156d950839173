"""Performance and attribution through the API: right numbers, whole lists, few statements, nothing of another's."""

import pytest
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from domain.kernel.actor import NOBODY
from domain.kernel.ids import new_id
from schema.context import MAXIMUM_SESSIONS
from schema.shared.node import global_id
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    add_instruments,
    buy,
    contribution,
    record,
    withdrawal,
)
from tests.support.graphql import OPERATIONS, codes
from tests.support.statements import counted_statements

OWN = {
    name: print_ast(document)
    for name, document in separate_operations(
        parse((OPERATIONS.parent / "operations_own" / "performance.graphql").read_text())
    ).items()
}

# AAA closes at 10, 11, 12, 13, 14; BBB at 100, 90, 80, 85, 95.
HISTORY = (
    contribution("1000", MONDAY),
    buy("AAA", "50", "10", MONDAY),
    buy("BBB", "5", "90", TUESDAY),
    contribution("1050", WEDNESDAY),
    buy("AAA", "50", "12", WEDNESDAY),
    withdrawal("100", FRIDAY),
)
WHOLE = 1.05 * (2225 / 2100) * ((2275 + 100) / 2225) - 1


@pytest.fixture
async def grown(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, *HISTORY)
    return portfolio


@pytest.fixture
def variables(portfolio):
    return {"id": global_id("Portfolio", portfolio.id), "from": "2022-11-15", "to": "2022-11-18"}


async def test_the_document_of_the_front_ends(ask, grown, variables):
    found = (await ask("Performance", **variables, benchmark="SP500"))["performance"]

    assert found == {
        "id": global_id("Performance", grown.id, TUESDAY, FRIDAY, "SP500"),
        "timeWeightedReturn": pytest.approx(WHOLE, abs=1e-15),
        "moneyWeightedReturn": pytest.approx(found["moneyWeightedReturn"]),
        "annualizedReturn": None,
        "netContributions": "950",
        "startValue": "1000",
        "endValue": "2275",
        "benchmarkReturn": pytest.approx(3940 / 3900 - 1, abs=1e-15),
        "activeReturn": pytest.approx(WHOLE - (3940 / 3900 - 1), abs=1e-15),
        "series": [
            {"date": "2022-11-15", "value": "1050", "cumulativeReturn": pytest.approx(0.05)},
            {"date": "2022-11-16", "value": "2100", "cumulativeReturn": pytest.approx(0.05)},
            {"date": "2022-11-17", "value": "2225", "cumulativeReturn": pytest.approx(1.05 * 2225 / 2100 - 1)},
            {"date": "2022-11-18", "value": "2275", "cumulativeReturn": pytest.approx(WHOLE)},
        ],
        "unavailable": [
            {
                "field": "annualizedReturn",
                "reason": "INSUFFICIENT_HISTORY",
                "message": "the range has 4 days, and nothing under 365 is annualized",
            }
        ],
    }


async def test_a_benchmark_is_the_index_unless_it_is_named(ask, grown, variables):
    plain, null = [(await ask("Performance", **variables, **more))["performance"] for more in ({}, {"benchmark": None})]
    other = (await ask("Performance", **variables, benchmark="BBB"))["performance"]

    assert plain == null
    assert plain["id"] == global_id("Performance", grown.id, TUESDAY, FRIDAY, "SP500")
    assert other["id"] == global_id("Performance", grown.id, TUESDAY, FRIDAY, "BBB")
    assert other["benchmarkReturn"] == pytest.approx(-0.05)
    assert other["timeWeightedReturn"] == plain["timeWeightedReturn"]


async def test_what_has_no_price_is_null_with_its_reason(small_market, owner, ask, grown, variables):
    (symbol,) = await add_instruments(1)
    await record(small_market, owner, grown.id, buy(symbol, "1", "9", WEDNESDAY))

    found = (await ask("Performance", **variables))["performance"]

    assert [(each["field"], each["reason"]) for each in found["unavailable"]] == [
        ("timeWeightedReturn", "NO_PRICE"),
        ("annualizedReturn", "NO_PRICE"),
        ("activeReturn", "NO_PRICE"),
    ]
    assert [each["value"] for each in found["series"]] == ["1050", None, None, "2276"]
    assert [each["cumulativeReturn"] is None for each in found["series"]] == [False, True, True, True]


async def test_periods(ask, grown):
    found = (await ask(OWN["PerformancePeriods"], id=global_id("Portfolio", grown.id)))["performancePeriods"]

    assert [(each["kind"], each["from"], each["to"]) for each in found] == [
        ("YTD", "2022-01-01", "2022-11-18"),
        ("ONE_YEAR", "2021-11-19", "2022-11-18"),
        ("THREE_YEARS", "2019-11-19", "2022-11-18"),
        ("FIVE_YEARS", "2017-11-19", "2022-11-18"),
        ("INCEPTION", "2022-11-14", "2022-11-18"),
    ]
    assert [each["performance"] is None for each in found] == [False, True, True, True, False]
    assert found[4]["performance"]["timeWeightedReturn"] == pytest.approx(WHOLE)
    assert found[4]["performance"]["id"] == global_id("Performance", grown.id, MONDAY, FRIDAY, "SP500")
    assert [each["unavailable"][0]["reason"] for each in found[1:4]] == ["INSUFFICIENT_HISTORY"] * 3
    assert len({each["id"] for each in found}) == 5


async def test_contributions_page_by_page(ask, grown, variables):
    first = (await ask(OWN["Contributions"], **variables, first=1))["performance"]
    after = first["contributions"]["pageInfo"]["endCursor"]
    second = (await ask(OWN["Contributions"], **variables, first=1, after=after))["performance"]

    nodes = [each["contributions"]["edges"][0]["node"] for each in (first, second)]
    assert [(each["name"], each["kind"], each["gain"], each["unavailable"]) for each in nodes] == [
        ("AAA", "LONG", "300", []),
        ("BBB", "LONG", "25", []),
    ]
    assert first["contributions"]["totalCount"] == 2
    assert second["contributions"]["pageInfo"]["hasNextPage"] is False
    assert sum(each["contribution"] for each in nodes) == pytest.approx(first["timeWeightedReturn"], abs=1e-9)


async def test_pnl_attribution(ask, grown, variables):
    found = (await ask(OWN["PnlAttribution"], **variables, by="KIND"))["pnlAttribution"]

    (segment,) = [edge["node"] for edge in found["segments"]["edges"]]
    assert found["id"] == global_id("PnlAttribution", grown.id, TUESDAY, FRIDAY, "KIND")
    assert (found["totalGain"], segment["gain"], segment["name"]) == ("325", "325", "LONG")
    assert segment["contribution"] == pytest.approx(WHOLE)
    assert found["unavailable"] == []


async def test_an_attribution_of_what_has_no_price(small_market, owner, ask, grown, variables):
    (symbol,) = await add_instruments(1)
    await record(small_market, owner, grown.id, buy(symbol, "1", "9", WEDNESDAY))
    late = {**variables, "to": "2022-11-17"}

    found = (await ask(OWN["PnlAttribution"], **late))["pnlAttribution"]
    rows = (await ask(OWN["Contributions"], **late))["performance"]["contributions"]["edges"]

    assert found["totalGain"] is None
    assert [(each["field"], each["reason"]) for each in found["unavailable"]] == [("totalGain", "NO_PRICE")]
    told = {edge["node"]["name"]: [each["field"] for each in edge["node"]["unavailable"]] for edge in rows}
    assert told == {"AAA": ["contribution"], "BBB": ["contribution"], symbol: ["gain", "contribution"]}


async def test_it_is_the_owners_alone(ask, client, stranger, grown, variables):
    assert await ask("Performance", actor=stranger, **variables) is None
    assert codes(await client.on_behalf_of(NOBODY).execute(OWN["PnlAttribution"], variables)) == ["UNAUTHENTICATED"]
    assert await ask("Performance", **{**variables, "id": global_id("Portfolio", new_id())}) is None


@pytest.mark.parametrize(
    "nonsense",
    [
        {"from": "2022-11-18", "to": "2022-11-14"},
        {"from": "2022-02-30"},
        {"from": "0000-00-00"},
        {"benchmark": "NOPE"},
        {"benchmark": "x" * 100_000},
        {"benchmark": ""},
    ],
)
async def test_nonsense_is_the_askers_error(client, grown, variables, nonsense):
    field = "performance(from: $from, to: $to, benchmark: $benchmark) { timeWeightedReturn }"
    head = "query($id: ID!, $from: Date!, $to: Date!, $benchmark: String)"
    document = f"{head} {{ portfolio(id: $id) {{ {field} }} }}"

    (code,) = codes(await client.execute(document, {**variables, **nonsense}))

    assert code in {"BAD_USER_INPUT", "BAD_REQUEST"}


@pytest.mark.parametrize(("start", "end"), [("1900-01-01", "2100-01-01"), ("2100-01-01", "2100-01-01")])
async def test_the_ends_of_time(ask, grown, variables, start, end):
    found = (await ask("Performance", **{**variables, "from": start, "to": end}))["performance"]

    assert found["endValue"] == "2275"


async def test_one_performance_is_computed_once(ask, grown, variables):
    document = """query($id: ID!, $from: Date!, $to: Date!) { portfolio(id: $id) {
        a: performance(from: $from, to: $to) { endValue contributions(first: 10) { totalCount } }
        b: performance(from: $from, to: $to) { timeWeightedReturn kinds: contributions(by: KIND) { totalCount } }
        pnlAttribution(from: $from, to: $to, by: SECTOR) { totalGain }
    } }"""
    await ask(document, **variables)

    with counted_statements() as sent:
        await ask(document, **variables)

    # The portfolio, the market's now, and what one performance takes.
    assert len(sent) == 5


async def test_sessions_are_budgeted(client, grown, monkeypatch):
    fields = "\n".join(
        f'p{index}: performance(from: "2022-11-14", to: "2022-11-{15 + index % 4}") {{ endValue }}'
        for index in range(4)
    )
    document = f'{{ portfolio(id: "{global_id("Portfolio", grown.id)}") {{ {fields} }} }}'
    monkeypatch.setattr("schema.context.MAXIMUM_SESSIONS", 13)

    response = await client.execute(document)

    # Two to five weekdays each.
    assert set(codes(response)) == {"COST_LIMIT"}
    assert MAXIMUM_SESSIONS == 200_000


async def test_today_has_no_close_yet(ask, grown, variables):
    found = (await ask("Performance", **{**variables, "to": TODAY.isoformat()}))["performance"]

    assert [each["date"] for each in found["series"]][-1] == FRIDAY.isoformat()
    assert THURSDAY.isoformat() in [each["date"] for each in found["series"]]
