"""Positions through the API: each by its id, filtered, in groups, and with their terms."""

from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.dates import session_close
from domain.kernel.ids import new_id
from domain.market.queries import instruments_by_symbol
from domain.portfolios.models import Account
from domain.portfolios.types import AccountKind, Side
from schema.shared.node import global_id
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    add_underlying,
    buy,
    contribution,
    option,
    record,
    sell,
    short_sale,
)
from tests.support.graphql import codes
from tests.support.statements import counted_statements

CALL, PUT = "UND221216C00140000", "UND221216P00130000"


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
async def held(small_market, owner, portfolio):
    """Long AAA in two lots and short BBB; a call, and a put that was written."""
    await add_underlying()
    await record(
        small_market,
        owner,
        portfolio.id,
        contribution("10000", MONDAY),
        buy("AAA", "30", "10", MONDAY),
        buy("AAA", "10", "12", WEDNESDAY),
        short_sale("BBB", "5", "90", TUESDAY),
        option(CALL, "2", "5", FRIDAY),
        option(PUT, "1", "2", FRIDAY, side=Side.SELL),
    )
    return global_id("Portfolio", portfolio.id)


@pytest.fixture
def read(ask, held):
    """Return the positions that a filter lets pass, by symbol."""

    async def run(**variables: Any) -> dict[str, Any]:
        found = await ask("Positions", id=held, **variables)
        nodes = [edge["node"] for edge in found["positions"]["edges"]]
        assert found["positions"]["totalCount"] == len(nodes)
        return {node["instrument"]["symbol"]: node for node in nodes}

    return run


async def test_each_kind_of_position(read):
    found = await read()

    kinds = {symbol: (node["kind"], node["quantity"]) for symbol, node in found.items()}
    assert kinds == {"AAA": ("LONG", "40"), "BBB": ("SHORT", "-5"), CALL: ("LC", "2"), PUT: ("SP", "-1")}
    aaa, call = found["AAA"], found[CALL]
    assert (aaa["contract"], aaa["priceSource"], aaa["priceAt"], aaa["fxRate"]) == (None, "QUOTE", instant(NOW), "1")
    assert (aaa["openedOn"], aaa["account"]["name"], aaa["tags"], aaa["strategy"]) == (
        "2022-11-14",
        "Default",
        [],
        None,
    )
    # 40 units from 14 to 15.5; five that are owed, from 95 to 94.
    assert (aaa["dayChange"], found["BBB"]["dayChange"]) == ("60", "5")
    assert call["priceSource"] == "MODEL"
    assert call["contract"] == {
        "right": "CALL",
        "strike": "140",
        "expiry": "2022-12-16",
        "style": "AMERICAN",
        "multiplier": 100,
        "underlying": {"id": call["contract"]["underlying"]["id"], "symbol": "UND"},
    }
    assert Decimal(call["marketValue"]) == Decimal(call["price"]) * 200


async def test_it_was_opened_when_the_oldest_open_lot_was(small_market, owner, portfolio, read):
    assert (await read())["AAA"]["openedOn"] == MONDAY.isoformat()

    # All of Monday's units, and two of Wednesday's.
    await record(small_market, owner, portfolio.id, sell("AAA", "32", "13", THURSDAY))

    assert (await read())["AAA"]["openedOn"] == WEDNESDAY.isoformat()
    assert (await read(asOf=instant(session_close(WEDNESDAY))))["AAA"]["openedOn"] == MONDAY.isoformat()


FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"AAA", "BBB", CALL, PUT}),
    ({"kinds": ["LONG", "SP"]}, {"AAA", PUT}),
    ({"kinds": []}, set()),
    ({"instrumentKinds": ["OPTION"]}, {CALL, PUT}),
    ({"symbols": ["BBB", "NONE"]}, {"BBB"}),
    ({"sectors": ["Energy"]}, {CALL, PUT}),
    ({"minWeight": 0.0}, {"AAA", CALL}),
    ({"maxWeight": -0.01}, {"BBB", PUT}),
    ({"minWeight": 0.0, "kinds": ["LONG"]}, {"AAA"}),
    ({"accountIds": ["nothing"]}, set()),
    ({"tagIds": [global_id("Tag", new_id())]}, set()),
    ({"strategyId": global_id("Strategy", new_id())}, set()),
]


@pytest.mark.parametrize(("wanted", "symbols"), FILTERS)
async def test_a_filter(read, wanted, symbols):
    assert set(await read(filter=wanted)) == symbols


async def test_one_account_of_two(small_market, owner, portfolio, read):
    other = await Account.create(
        tenant_id=portfolio.tenant_id, portfolio_id=portfolio.id, name="IRA", kind=AccountKind.ROTH_IRA, created_at=NOW
    )
    await record(small_market, owner, portfolio.id, buy("AAA", "1", "15", TODAY), account_id=other.id)

    found = await read(filter={"accountIds": [global_id("Account", other.id)]})

    assert {symbol: (node["quantity"], node["account"]["name"]) for symbol, node in found.items()} == {
        "AAA": ("1", "IRA")
    }


async def test_a_filter_that_is_too_long_is_refused(client, held):
    document = (
        "query($id: ID!, $filter: PositionFilter) { portfolio(id: $id) { positions(filter: $filter) { totalCount } } }"
    )
    found = await client.execute(document, {"id": held, "filter": {"symbols": ["A"] * 101}})

    assert codes(found) == ["BAD_USER_INPUT"]
    assert found["errors"][0]["message"] == "expected at most 100 symbols, got 101"


async def test_a_position_is_found_again_by_its_id(ask, read, stranger):
    for as_of in (None, instant(session_close(FRIDAY))):
        for node in (await read(asOf=as_of)).values():
            assert await ask("PositionDetails", id=node["id"]) == node
            assert await ask("PositionDetails", id=node["id"], actor=stranger) is None


async def test_both_sides_of_one_instrument_have_ids_of_their_own(small_market, owner, portfolio, read, ask, held):
    await record(small_market, owner, portfolio.id, short_sale("AAA", "7", "15", TODAY))

    page = await ask("Positions", id=held, first=1)
    rest = await ask("Positions", id=held, after=page["positions"]["pageInfo"]["endCursor"])
    long, short = page["positions"]["edges"][0]["node"], rest["positions"]["edges"][0]["node"]

    assert (long["kind"], short["kind"], short["quantity"]) == ("LONG", "SHORT", "-7")
    assert long["instrument"] == short["instrument"]
    assert long["id"] != short["id"]
    assert await ask("PositionDetails", id=short["id"]) == short


async def test_what_is_no_position_is_null(ask, portfolio, held, read):
    account = await Account.get(portfolio_id=portfolio.id)
    aaa = (await instruments_by_symbol(["AAA"]))["AAA"].id
    parts = (portfolio.id, account.id, aaa)
    for key in (
        global_id("Position", *parts, "", "short"),
        global_id("Position", *parts, "", "sideways"),
        global_id("Position", *parts, "yesterday"),
        global_id("Position", *parts, "2022-11-18T21:00:00"),
        global_id("Position", *parts, "0001-01-01T00:00:00+14:00"),
        global_id("Position", *parts),
        global_id("Position", *parts, "2022-13-18T21:00:00+00:00"),
        global_id("Position", *parts, "", "", "short"),
        global_id("Position", portfolio.id, account.id, str(aaa).upper(), ""),
        global_id("Position", new_id(), account.id, aaa, ""),
        held,
        "nothing",
        "",
    ):
        assert await ask("PositionDetails", id=key) is None, key


GROUPS: list[tuple[str, list[tuple[str | None, int]]]] = [
    ("KIND", [("LC", 1), ("LONG", 1), ("SHORT", 1), ("SP", 1)]),
    ("SECTOR", [("Energy", 2), (None, 2)]),
    ("INSTRUMENT_KIND", [("OPTION", 2), ("STOCK", 2)]),
    ("CURRENCY", [("USD", 4)]),
    ("ACCOUNT", [("Default", 4)]),
    ("TAG", [(None, 4)]),
    ("STRATEGY", [(None, 4)]),
]


@pytest.mark.parametrize(("by", "expected"), GROUPS)
async def test_groups_sum_to_the_portfolio(ask, held, by, expected):
    groups = (await ask("PositionGroups", id=held, by=by))["positionGroups"]

    assert [(each["label"], each["count"]) for each in groups] == expected
    assert len({each["id"] for each in groups}) == len(groups)
    whole = (await ask("Portfolio", id=held))["valuation"]
    for name, total in (
        ("marketValue", "investedValue"),
        ("costBasis", "costBasis"),
        ("unrealizedGain", "unrealizedGain"),
    ):
        assert sum(Decimal(each[name]) for each in groups) == Decimal(whole[total])
    weights = float(Decimal(whole["investedValue"]) / Decimal(whole["totalValue"]))
    assert sum(each["weight"] for each in groups) == pytest.approx(weights, abs=1e-12)


async def test_a_group_in_numbers(ask, held):
    groups = {each["key"]: each for each in (await ask("PositionGroups", id=held, by="KIND"))["positionGroups"]}

    assert (groups["LONG"]["marketValue"], groups["LONG"]["costBasis"]) == ("620", "420")
    assert (groups["LONG"]["unrealizedGain"], groups["LONG"]["dayChange"]) == ("200", "60")
    assert (groups["SHORT"]["marketValue"], groups["SHORT"]["costBasis"]) == ("-470", "-450")
    assert (groups["SHORT"]["unrealizedGain"], groups["SHORT"]["dayChange"]) == ("-20", "5")


async def test_a_group_with_something_that_has_no_price(small_market, owner, portfolio, ask, held):
    await record(small_market, owner, portfolio.id, buy("EEE", "1", "20", MONDAY))

    (foreign, domestic) = (await ask("PositionGroups", id=held, by="CURRENCY"))["positionGroups"]

    assert (foreign["key"], foreign["marketValue"], foreign["unpriced"]) == ("EUR", None, ["EEE"])
    assert domestic["marketValue"] is not None


async def test_the_statements_of_positions(client, held):
    document = """query($id: ID!) { portfolio(id: $id) { positions(first: 100) { edges { node {
        id openedOn account { id } tags { id } strategy { id } contract { underlying { id } } } } } } }"""
    await client.data(document, {"id": held})

    with counted_statements() as statements:
        await client.data(document, {"id": held})

    # The portfolio and the clock; four for the valuation; two for opened lots; the account;
    # two for tags and two for strategies, of which there are none; the underlying.
    assert len(statements) == 13, statements
