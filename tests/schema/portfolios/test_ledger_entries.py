"""Entries of the ledger through the API: what was known then, their lines and terms, and how they are filtered."""

from decimal import Decimal

import pytest

from domain.portfolios.entries import Income, OptionTrade, Split
from domain.portfolios.types import FeeKind, TransactionKind
from schema.shared.node import global_id
from tests.factories.portfolios import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    contribution,
    record,
    reverse,
    sell,
)
from tests.support.graphql import codes
from tests.support.statements import counted_statements

KNOWN = """query($id: ID!, $knownAt: DateTime, $asOf: DateTime) { portfolio(id: $id) {
  valuation(asOf: $asOf, knownAt: $knownAt) { id totalValue }
  cash(asOf: $asOf, knownAt: $knownAt) { amount }
  positions(asOf: $asOf, knownAt: $knownAt) { edges { node { id quantity } } }
} }"""
ENTRIES = """query($id: ID!, $filter: TransactionFilter) { portfolio(id: $id) {
  transactions(filter: $filter) { totalCount edges { node {
    kind source accountId needsReview fxRate otherInstrument { symbol }
    terms { numerator denominator cash side choices { key quantity } }
    postings { book currency amount units feeKind instrument { symbol } }
  } } }
} }"""


def written(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
def key(portfolio):
    return global_id("Portfolio", portfolio.id)


async def test_what_was_known_then_is_told_apart_from_what_was_true_then(
    ask, small_market, owner, portfolio, key, clock
):
    await record(small_market, owner, portfolio.id, contribution("1000", MONDAY), buy("AAA", "10", "10", MONDAY))
    first = clock.now()
    clock.advance(hours=1)
    late = await record(small_market, owner, portfolio.id, buy("AAA", "5", "10", MONDAY))
    second = clock.now()
    clock.advance(hours=1)
    await reverse(small_market, owner, late)
    clock.advance(hours=1)

    async def quantities(known_at, as_of=None):
        found = await ask(KNOWN, id=key, knownAt=known_at and written(known_at), asOf=as_of)
        return [edge["node"]["quantity"] for edge in found["positions"]["edges"]], found["valuation"]["totalValue"]

    # 900 in cash and 10 at 15.5; then 850 and 15; then as at first.
    assert await quantities(first) == (["10"], "1055")
    assert await quantities(second) == (["15"], "1082.5")
    assert await quantities(None) == (["10"], "1055")
    assert await quantities(clock.now()) == (["10"], "1055")
    # Before anything was recorded nothing was known, whatever its date.
    earlier = first.replace(year=first.year - 1)
    assert await quantities(earlier) == ([], "0")
    # At the close of Tuesday, by what was known at the second: 850 and 15 at 11.
    assert await quantities(second, "2022-11-15T21:00:00.000Z") == (["15"], "1015")


async def test_ids_carry_what_was_asked(ask, small_market, owner, portfolio, key, clock):
    await record(small_market, owner, portfolio.id, buy("AAA", "1", "10", MONDAY))
    known = written(clock.now())

    plain, then = await ask(KNOWN, id=key), await ask(KNOWN, id=key, knownAt=known)

    assert plain["valuation"]["id"] != then["valuation"]["id"]
    assert plain["positions"]["edges"][0]["node"]["id"] != then["positions"]["edges"][0]["node"]["id"]


async def test_what_was_known_costs_two_statements_more(client, small_market, owner, portfolio, key, clock):
    await record(small_market, owner, portfolio.id, buy("AAA", "1", "10", MONDAY))
    document = "query($id: ID!, $at: DateTime) { portfolio(id: $id) { valuation(knownAt: $at) { totalValue } } }"

    with counted_statements() as plain:
        await client.data(document, {"id": key})
    with counted_statements() as known:
        await client.data(document, {"id": key, "at": written(clock.now().replace(year=2020))})

    assert len(known) <= len(plain) + 1


async def test_an_entry_shows_its_lines_and_its_terms(ask, small_market, owner, portfolio, key):
    await record(
        small_market,
        owner,
        portfolio.id,
        buy("AAA", "10", "10", MONDAY, fee_parts={FeeKind.COMMISSION: Decimal(1), FeeKind.SEC: Decimal("0.02")}),
        Split(symbol="AAA", numerator=3, denominator=2, trade_date=TUESDAY),
        OptionTrade(
            kind=TransactionKind.OPTION_OPEN,
            symbol="AAA230120C00015000",
            quantity=Decimal(2),
            price=Decimal("0.5"),
            trade_date=WEDNESDAY,
        ),
    )

    found = await ask(ENTRIES, id=key)

    bought, split, opened = [edge["node"] for edge in found["transactions"]["edges"]]
    assert {(each["book"], each["amount"], each["units"], each["feeKind"]) for each in bought["postings"]} == {
        ("CASH", "-101.02", None, None),
        ("TRADING", "100", None, None),
        ("FEES", "1", None, "COMMISSION"),
        ("FEES", "0.02", None, "SEC"),
        ("HOLDINGS", None, "10", None),
        ("TRADING", None, "-10", None),
    }
    assert (bought["source"], bought["needsReview"], bought["terms"]) == ("MANUAL", False, None)
    assert bought["accountId"].startswith("QWNjb3VudD")
    assert split["terms"] == {"numerator": 3, "denominator": 2, "cash": None, "side": None, "choices": []}
    assert {(each["book"], each["units"]) for each in split["postings"]} == {("HOLDINGS", "5"), ("ACTIONS", "-5")}
    assert opened["terms"]["side"] == "BUY"
    # 2 contracts of 100 units at 0.5.
    assert {(each["book"], each["amount"]) for each in opened["postings"] if each["amount"]} == {
        ("CASH", "-100"),
        ("TRADING", "100"),
    }


async def test_entries_are_filtered(ask, small_market, owner, portfolio, key):
    await record(
        small_market,
        owner,
        portfolio.id,
        contribution("100", MONDAY),
        buy("AAA", "10", "1", MONDAY),
        buy("BBB", "1", "10", TUESDAY),
        sell("AAA", "1", "1", WEDNESDAY),
        Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal(2), trade_date=WEDNESDAY),
    )

    async def kinds(**conditions):
        found = await ask(ENTRIES, id=key, filter=conditions)
        nodes = [edge["node"]["kind"] for edge in found["transactions"]["edges"]]
        assert found["transactions"]["totalCount"] == len(nodes)
        return nodes

    assert await kinds(symbols=["AAA"]) == ["BUY", "SELL", "DIVIDEND"]
    assert await kinds(symbols=["AAA"], kinds=["BUY", "SELL"]) == ["BUY", "SELL"]
    assert await kinds(since="2022-11-15", until="2022-11-15") == ["BUY"]
    assert await kinds(symbols=["NONE"]) == []
    assert await kinds(needsReview=True) == []
    assert len(await kinds(accountId=global_id("Account", portfolio.id))) == 0


@pytest.mark.parametrize("conditions", [{"symbols": ["A"] * 101}, {"accountId": "nonsense"}, {"importId": "QQ"}])
async def test_a_condition_that_cannot_be_is_refused(client, key, conditions):
    response = await client.execute(ENTRIES, {"id": key, "filter": conditions})

    assert codes(response) == ["BAD_USER_INPUT"]
