"""Lists of companies: the front ends' document, filters, orders, pages, what was left out, and the statements."""

from datetime import date
from typing import Any

import pytest

from domain.companies import screens
from domain.companies.types import Record
from tests.factories.publications import NEXT, make_known
from tests.schema.companies.conftest import DOCUMENTS, OWN
from tests.support.graphql import codes
from tests.support.statements import counted_statements

COVERED = ("per", "roe")
EARLIER = date(2026, 1, 5)
TEN = [
    Record(
        ticker=f"T{number}",
        texts={"name": f"Company {9 - number}", "industry": "Chips" if number % 2 else "Banks", "exchange": "XNAS"},
        figures={"per": 10.0 + number} if number else {"roe": 5.0},
        quality=90.0 + number,
    )
    for number in range(10)
]
LIST = OWN["ScreenCompanies"]


@pytest.fixture
async def ten(resources):
    await make_known(resources, TEN, covered=COVERED)


@pytest.fixture
def listed(client):
    """Ask for a list: the tickers of a page, and the rest of it."""

    async def listed(**asked: Any) -> tuple[str, dict[str, Any]]:
        found = (await client.data(LIST, asked))["companies"]
        return " ".join(edge["node"]["ticker"] for edge in found["edges"]), found

    return listed


def per(**bounds: Any) -> dict[str, Any]:
    return {"metrics": [{"metric": "PER", **bounds}]}


@pytest.mark.usefixtures("ten")
async def test_the_front_ends_list(client):
    asked = {"filter": {"industry": "chips", **per(atLeast=12)}, "orderBy": {"metric": "PER", "direction": "DESC"}}

    found = (await client.data(DOCUMENTS["Companies"], {**asked, "first": 3}))["companies"]

    assert found["totalCount"] == 4
    assert found["pageInfo"]["hasNextPage"] is True
    assert found["pageInfo"]["endCursor"] == found["edges"][-1]["cursor"]
    assert [(each["node"]["ticker"], each["node"]["valuation"]["per"]) for each in found["edges"]] == [
        ("T9", 19.0),
        ("T7", 17.0),
        ("T5", 15.0),
    ]


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize(
    ("asked", "tickers"),
    [
        ({}, "T0 T1 T2 T3 T4 T5 T6 T7 T8 T9"),
        (per(atLeast=18), "T8 T9"),
        ({"not": per(atLeast=12)}, "T1"),
        ({"or": [per(atMost=11), per(atLeast=19)]}, "T1 T9"),
        ({"and": [per(atMost=15), {"not": {"industry": "Chips"}}]}, "T2 T4"),
        ({"tickers": ["t3", "T8", "NO"]}, "T3 T8"),
        ({"qualityAtLeast": 98}, "T8 T9"),
        ({"ratings": ["BUY"]}, ""),
        ({"exchange": "NASDAQ", **per(atMost=11)}, "T1"),
        (per(measure="PERCENTILE", atLeast=87.5), "T8 T9"),
        (per(measure="PERCENTILE", within="INDUSTRY", atLeast=100), "T9"),
        (per(measure="Z_SCORE", atLeast=1.3), "T9"),
    ],
)
async def test_a_filter_finds(listed, asked, tickers):
    found, _ = await listed(filter=asked)

    assert found == tickers


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize(
    ("asked", "tickers"),
    [
        ({"metric": "PER"}, "T1 T2 T3 T4 T5 T6 T7 T8 T9 T0"),
        ({"metric": "PER", "direction": "DESC"}, "T9 T8 T7 T6 T5 T4 T3 T2 T1 T0"),
        ({"field": "NAME"}, "T9 T8 T7 T6 T5 T4 T3 T2 T1 T0"),
        ({"field": "INDUSTRY", "direction": "DESC"}, "T1 T3 T5 T7 T9 T0 T2 T4 T6 T8"),
        ({"field": "DATA_QUALITY", "direction": "DESC"}, "T9 T8 T7 T6 T5 T4 T3 T2 T1 T0"),
        ({"direction": "DESC"}, "T9 T8 T7 T6 T5 T4 T3 T2 T1 T0"),
        ({"field": "RATING"}, "T0 T1 T2 T3 T4 T5 T6 T7 T8 T9"),
    ],
)
async def test_an_order_puts(listed, asked, tickers):
    found, _ = await listed(orderBy=asked)

    assert found == tickers


@pytest.mark.usefixtures("ten")
async def test_who_is_left_out_is_told(listed):
    _, found = await listed(filter={**per(atLeast=15), "ratings": ["BUY"]})

    assert found["totalCount"] == 0
    assert found["leftOut"] == {
        "companies": 6,
        "missing": [
            {"field": "rating", "metric": None, "measure": None, "companies": 6},
            {"field": "per", "metric": "PER", "measure": "VALUE", "companies": 1},
        ],
    }


@pytest.mark.usefixtures("ten")
async def test_changes_are_measured_from_a_day(listed, resources):
    await make_known(resources, [Record(ticker="T1", figures={"per": 22.0})], covered=["per"], as_of=NEXT)
    since = {"since": "2026-08-17"}

    assert (await listed(filter=per(measure="CHANGE", atLeast=0.5, **since)))[0] == "T1"
    assert (await listed(filter=per(measure="CHANGE_PERCENT", atLeast=100, **since)))[0] == "T1"
    assert (await listed(filter=per(measure="CHANGE_PERCENT", atMost=99, **since)))[0] == "T2 T3 T4 T5 T6 T7 T8 T9"
    assert (await listed(filter=per(measure="CHANGE", since=EARLIER.isoformat())))[0] == "", "nothing was known then"
    by_change = {"metric": "PER", "measure": "CHANGE", "direction": "DESC", **since}
    assert (await listed(orderBy=by_change, first=1))[0] == "T1"


@pytest.mark.usefixtures("ten")
async def test_what_leaves_the_loop_finds_the_same(listed, monkeypatch):
    monkeypatch.setattr(screens, "_MOST_ON_THE_LOOP", 0)
    asked = {"filter": per(measure="PERCENTILE", atLeast=50), "orderBy": {"field": "NAME"}}

    # The first time it is computed elsewhere, the second time it is at hand.
    assert [(await listed(**asked))[0] for _ in range(2)] == ["T9 T8 T7 T6 T5"] * 2


@pytest.mark.usefixtures("ten")
async def test_pages_stay_right_when_data_change(listed, resources):
    order = {"metric": "PER", "direction": "DESC"}
    first, found = await listed(orderBy=order, first=4)
    assert first == "T9 T8 T7 T6"
    later = [Record(ticker="T6", figures={"per": 1.0}), Record(ticker="T1", figures={"per": 99.0}), TEN[0]]
    await make_known(resources, later, covered=["per"], as_of=NEXT)

    second, _ = await listed(orderBy=order, first=4, after=found["pageInfo"]["endCursor"])
    before, _ = await listed(orderBy=order, last=2, before=found["pageInfo"]["endCursor"])

    assert second == "T5 T4 T3 T2", "what comes after (16, T6), wherever T6 is now"
    assert before == "T8 T7"


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize(
    "asked",
    [
        {"filter": {"or": []}},
        {"filter": per(atLeast=2, atMost=1)},
        {"filter": per(measure="CHANGE")},
        {"filter": per(within="ALL")},
        {"filter": {"tickers": []}},
        {"orderBy": {"metric": "PER", "field": "NAME"}},
        {"orderBy": {"field": "NAME", "measure": "PERCENTILE"}},
        {"first": 101},
        {"after": "nothing"},
        {"filter": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {}}}}}}}}},
    ],
)
async def test_what_cannot_be_answered_is_refused(client, asked):
    assert codes(await client.execute(LIST, asked)) == ["BAD_USER_INPUT"]


@pytest.mark.usefixtures("ten")
async def test_a_cursor_of_another_order_is_none_of_this_list(client, listed):
    _, found = await listed(orderBy={"metric": "PER"}, first=2)

    asked = {"orderBy": {"metric": "ROE"}, "after": found["pageInfo"]["endCursor"]}

    assert codes(await client.execute(LIST, asked)) == ["BAD_USER_INPUT"]


@pytest.mark.usefixtures("ten")
async def test_days_that_changes_are_measured_from_cost(client):
    filters = [per(measure="CHANGE", since=f"2026-01-{day:02}") for day in range(1, 7)]
    document = " ".join(f"f{number}: companies(filter: $f{number}) {{ totalCount }}" for number in range(6))
    asked = ", ".join(f"$f{number}: CompanyFilter" for number in range(6))

    found = await client.execute(
        f"query({asked}) {{ {document} }}", {f"f{number}": each for number, each in enumerate(filters)}
    )

    assert set(codes(found)) == {"COST_LIMIT"}


@pytest.mark.usefixtures("ten")
async def test_a_page_with_all_fields_takes_one_statement(client):
    asked = {"filter": per(atLeast=1), "orderBy": {"metric": "PER"}, "first": 50}
    await client.data(DOCUMENTS["Companies"], asked)

    with counted_statements() as made:
        await client.data(DOCUMENTS["Companies"], asked)

    assert len(made) == 1


@pytest.mark.usefixtures("ten")
async def test_origins_of_a_page_take_one_more_and_a_day_of_changes_too(client):
    document = "{ companies { edges { node { valuation { figures { source } unavailable { field } } } } } }"
    change = {"filter": per(measure="CHANGE", since="2026-08-17")}
    past = '{ companies(first: 5) { edges { node { a: valuation(asOf: "2026-08-20") { per } b: performance(asOf: '
    past += '"2026-08-20") { beta5Y } } } } }'
    await client.data(document)

    with counted_statements() as origins:
        await client.data(document)
    with counted_statements() as first:
        await client.data(LIST, change)
    with counted_statements() as again:
        await client.data(LIST, change)
    with counted_statements() as as_of:
        await client.data(past)

    assert (len(origins), len(first), len(again), len(as_of)) == (2, 2, 1, 2)
