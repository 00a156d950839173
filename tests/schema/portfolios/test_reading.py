"""Reading portfolios through the API: right numbers, whole lists, few statements, nothing of another's."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.actor import NOBODY
from domain.kernel.dates import session_close
from domain.kernel.ids import new_id
from domain.portfolios.models import Account, Mark, Transaction
from schema.shared.node import global_id
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    TUESDAY,
    add_instruments,
    buy,
    contribution,
    open_portfolio,
    record,
    reverse,
    sell,
)
from tests.schema.portfolios.documents import DOCUMENTS
from tests.support.graphql import codes
from tests.support.statements import counted_statements

HISTORY = (contribution("1000", MONDAY), buy("AAA", "30", "10", MONDAY), buy("BBB", "2", "90", TUESDAY))


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
async def grown(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, *HISTORY)
    return portfolio


async def test_a_portfolio_with_its_numbers(ask, owner, grown):
    account = await Account.get(portfolio_id=grown.id)

    found = await ask("Portfolio", id=global_id("Portfolio", grown.id))

    positions = [edge["node"] for edge in found.pop("positions")["edges"]]
    assert found == {
        "id": global_id("Portfolio", grown.id),
        "name": "Savings",
        "baseCurrency": "USD",
        "version": 3,
        "valuation": {
            "id": global_id("PortfolioValuation", grown.id, ""),
            # 30 x 15.5 + 2 x 94 and 520.
            "totalValue": "1173",
            "investedValue": "653",
            "cashBalance": "520",
            "costBasis": "480",
            "unrealizedGain": "173",
            # 1.5 x 30 - 1 x 2.
            "dayChange": "43",
            "dayChangePercent": 4300 / 1130,
            "at": instant(NOW),
            "unpriced": [],
            "unavailable": [],
        },
        "cash": [{"currency": "USD", "amount": "520"}],
    }
    instrument = positions[0]["instrument"]
    assert positions[0] == {
        "id": global_id("Position", grown.id, account.id, (await Transaction.get(sequence=2)).instrument_id, ""),
        "kind": "LONG",
        "quantity": "30",
        "averageCost": "10",
        "costBasis": "300",
        "price": "15.5",
        "marketValue": "465",
        "unrealizedGain": "165",
        "weight": 465 / 1173,
        "unavailable": [],
        "instrument": {"id": instrument["id"], "symbol": "AAA", "name": "AAA Inc.", "kind": "STOCK"},
    }
    assert [each["instrument"]["symbol"] for each in positions] == ["AAA", "BBB"]


async def test_a_portfolio_as_it_was(ask, grown):
    as_of = session_close(MONDAY)

    found = await ask("Portfolio", id=global_id("Portfolio", grown.id), asOf=instant(as_of))

    assert (found["valuation"]["totalValue"], found["valuation"]["at"]) == ("1000", instant(as_of))
    assert found["valuation"]["id"] == global_id("PortfolioValuation", grown.id, as_of.isoformat())
    assert found["cash"] == [{"currency": "USD", "amount": "700"}]
    (position,) = [edge["node"] for edge in found["positions"]["edges"]]
    assert (position["quantity"], position["price"], position["marketValue"]) == ("30", "10", "300")
    # The first day has no day before.
    assert [(each["field"], each["reason"]) for each in found["valuation"]["unavailable"]] == [
        ("dayChangePercent", "UNDEFINED")
    ]


async def test_one_instant_in_two_spellings_is_one_valuation(ask, grown):
    key = global_id("Portfolio", grown.id)
    document = "query($id: ID!, $at: DateTime) { portfolio(id: $id) { valuation(asOf: $at) { id totalValue } } }"

    spellings = ["2022-11-14T21:00:00.000Z", "2022-11-14T21:00:00Z", "2022-11-14T16:00:00-05:00"]
    found = [await ask(document, id=key, at=at) for at in spellings]

    assert found[0] == found[1] == found[2]


async def test_what_cannot_be_had_is_null_and_explained(small_market, owner, portfolio, ask):
    await record(small_market, owner, portfolio.id, contribution("5"), buy("EEE", "1", "20"))

    found = await ask("Portfolio", id=global_id("Portfolio", portfolio.id))

    valuation = found["valuation"]
    absent = [name for name, value in valuation.items() if value is None]
    assert sorted(absent) == sorted(each["field"] for each in valuation["unavailable"])
    assert valuation["unpriced"] == [{"symbol": "EEE", "reason": "NOT_COVERED"}]
    (position,) = [edge["node"] for edge in found["positions"]["edges"]]
    assert sorted(name for name, value in position.items() if value is None) == sorted(
        each["field"] for each in position["unavailable"] if each["field"] in position
    )
    assert all(each["message"] for each in (*valuation["unavailable"], *position["unavailable"]))


async def test_the_viewer_s_portfolios(small_market, owner, stranger, ask, grown):
    await open_portfolio(small_market, owner, "Second")
    await open_portfolio(small_market, stranger, "Not theirs")

    found = (await ask("Portfolios"))["portfolios"]

    assert found["totalCount"] == 2
    assert [edge["node"]["name"] for edge in found["edges"]] == ["Savings", "Second"]
    assert [edge["node"]["valuation"]["totalValue"] for edge in found["edges"]] == ["1173", "0"]
    assert found["pageInfo"]["hasNextPage"] is False


PAGES = {
    "transactions": "edges { cursor node { id } }",
    "marks": "edges { cursor node { id } }",
    "positions": "edges { cursor node { id } }",
}


@pytest.fixture
async def listed(small_market, owner, grown):
    """Nine transactions, of which one is a reversal, seven positions of which one is sold, and five marks."""
    symbols = await add_instruments(4)
    await record(small_market, owner, grown.id, *[buy(symbol, "1", "10", FRIDAY) for symbol in symbols])
    await record(small_market, owner, grown.id, sell("BBB", "2", "95", FRIDAY))
    await reverse(small_market, owner, await Transaction.get(sequence=4))
    for day in range(5):
        await Mark.create(
            tenant_id=owner.tenant_id,
            portfolio_id=grown.id,
            session=date(2021, 1, 1) + timedelta(days=day),
            version=1,
            currency="USD",
            recorded_at=NOW,
        )
    return grown


@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("size", [1, 2, 100])
@pytest.mark.parametrize("name", PAGES)
async def test_pages_add_up_to_the_list(ask, listed, name, size, forwards):
    key = global_id("Portfolio", listed.id)
    shape = f"totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} {PAGES[name]}"
    document = f"""query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {{
        portfolio(id: $id) {{ {name}(first: $first, after: $after, last: $last, before: $before) {{ {shape} }} }} }}"""
    whole = (await ask(document, id=key, first=100))[name]

    found: list[Any] = []
    cursor = None
    while True:
        arguments = {"first": size, "after": cursor} if forwards else {"last": size, "before": cursor}
        page = (await ask(document, id=key, **arguments))[name]
        found = [*found, *page["edges"]] if forwards else [*page["edges"], *found]
        assert page["totalCount"] == whole["totalCount"]
        info = page["pageInfo"]
        if not info["hasNextPage" if forwards else "hasPreviousPage"]:
            break
        cursor = info["endCursor" if forwards else "startCursor"]

    assert found == whole["edges"]
    assert len(found) == whole["totalCount"] == {"transactions": 9, "marks": 5, "positions": 4}[name]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "cursor", ["", "x", "W10", "WyIxIiwiMiIsIjMiXQ", "WyIyMDIyLTExLTE0IiwiOTk5OTk5OTk5OTk5OTk5OTkiXQ"]
)
async def test_a_cursor_of_something_else_is_refused(client, grown, name, cursor):
    document = f"query($id: ID!, $after: String) {{ portfolio(id: $id) {{ {name}(after: $after) {{ totalCount }} }} }}"

    response = await client.execute(document, {"id": global_id("Portfolio", grown.id), "after": cursor})

    assert codes(response) == ["BAD_USER_INPUT"], response


NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }"


async def test_nodes_are_their_owner_s_alone(ask, small_market, owner, stranger, listed):
    account = await Account.get(portfolio_id=listed.id)
    transaction, mark = await Transaction.get(sequence=1), await Mark.get(session=date(2021, 1, 1))
    made = [
        ("Portfolio", listed.id),
        ("Account", account.id),
        ("Transaction", transaction.id),
        ("PortfolioMark", mark.id),
    ]
    ids = [global_id(kind, key) for kind, key in made]
    expected = [{"id": key, "__typename": kind} for key, (kind, _) in zip(ids, made, strict=True)]

    assert await ask(NODES, ids=ids) == expected
    assert await ask(NODES, ids=ids[::-1]) == expected[::-1]
    for actor in (stranger, NOBODY):
        assert await ask(NODES, actor=actor, ids=ids) == [None] * 4
    one = "query($id: ID!) { node(id: $id) { id } }"
    assert [await ask(one, id=key) for key in ids] == [{"id": key} for key in ids]
    assert [await ask(one, actor=stranger, id=key) for key in ids] == [None] * 4


async def test_a_stranger_s_portfolio_is_null_without_an_error(ask, stranger, grown):
    found = [
        await ask("Portfolio", actor=stranger, id=key)
        for key in (global_id("Portfolio", grown.id), global_id("Portfolio", new_id()), "nonsense", "")
    ]

    assert found == [None] * 4


async def test_nobody_is_asked_to_sign_in(client, grown):
    response = await client.on_behalf_of(NOBODY).execute(
        DOCUMENTS["Portfolio"], {"id": global_id("Portfolio", grown.id)}
    )

    assert codes(response) == ["UNAUTHENTICATED"]
    assert response["data"] == {"portfolio": None}


async def test_a_portfolio_s_accounts(ask, grown):
    account = await Account.get(portfolio_id=grown.id)
    document = "query($id: ID!) { portfolio(id: $id) { accounts { id name kind isDefault } } }"

    assert (await ask(document, id=global_id("Portfolio", grown.id)))["accounts"] == [
        {"id": global_id("Account", account.id), "name": "Default", "kind": "TAXABLE", "isDefault": True}
    ]


# The number of SQL statements of each list.


async def test_twenty_portfolios_with_their_valuations(small_market, owner, ask):
    for number in range(20):
        portfolio = await open_portfolio(small_market, owner, f"Number {number}")
        await record(small_market, owner, portfolio.id, *HISTORY)

    with counted_statements() as statements:
        found = await ask("Portfolios")

    assert len(found["portfolios"]["edges"]) == 20
    # The viewer, the page, its total; the clock, portfolios, ledgers, instruments, quotes.
    assert len(statements) == 8, "\n".join(statements)


async def test_a_portfolio_of_sixty_positions(small_market, owner, portfolio, ask):
    symbols = await add_instruments(60)
    await record(small_market, owner, portfolio.id, *[buy(symbol, "2", "9") for symbol in symbols])

    with counted_statements() as statements:
        found = await ask("Portfolio", id=global_id("Portfolio", portfolio.id))

    assert [edge["node"]["instrument"]["symbol"] for edge in found["positions"]["edges"]] == symbols
    # The portfolio; the clock, portfolios, ledgers, instruments, quotes.
    assert len(statements) == 5, "\n".join(statements)


async def test_a_page_of_transactions(small_market, owner, portfolio, ask):
    symbols = await add_instruments(20)
    for symbol in symbols:
        await reverse(small_market, owner, await record(small_market, owner, portfolio.id, buy(symbol, "2", "9")))
    document = """query($id: ID!) { portfolio(id: $id) { transactions(first: 100) { totalCount
        edges { node { id instrument { symbol } reverses { id instrument { symbol } } } } } } }"""

    with counted_statements() as statements:
        found = await ask(document, id=global_id("Portfolio", portfolio.id))

    nodes = [edge["node"] for edge in found["transactions"]["edges"]]
    assert [node["reverses"] and node["reverses"]["instrument"]["symbol"] for node in nodes] == [
        name for symbol in symbols for name in (None, symbol)
    ]
    # The portfolio; total, page, instruments, what was reversed.
    assert len(statements) == 5, "\n".join(statements)


async def test_a_page_of_marks(listed, ask):
    document = """query($id: ID!) { portfolio(id: $id) {
        marks(first: 100) { totalCount edges { node { session totalValue recordedAt } } } } }"""

    with counted_statements() as statements:
        found = await ask(document, id=global_id("Portfolio", listed.id))

    assert len(found["marks"]["edges"]) == 5
    assert len(statements) == 3, "\n".join(statements)


async def test_the_total_is_not_counted_unless_it_is_asked_for(listed, ask):
    document = "query($id: ID!) { portfolio(id: $id) { marks { edges { node { id } } } } }"

    with counted_statements() as statements:
        await ask(document, id=global_id("Portfolio", listed.id))

    assert len(statements) == 2, "\n".join(statements)


async def test_a_future_as_of_is_now(ask, grown):
    key = global_id("Portfolio", grown.id)
    now = await ask("Portfolio", id=key)
    later = await ask("Portfolio", id=key, asOf=instant(NOW + timedelta(days=365)))

    for name in ("totalValue", "dayChange", "at", "costBasis"):
        assert later["valuation"][name] == now["valuation"][name]
    assert later["valuation"]["id"] != now["valuation"]["id"]
