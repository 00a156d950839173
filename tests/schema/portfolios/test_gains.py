"""Lots, realized gains, wash sales and taxes through the API: exact, of the owner's portfolios together."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from domain.kernel.ids import new_id
from domain.portfolios.entries import Trade, Transfer, TransferredLot
from domain.portfolios.models import Account
from domain.portfolios.types import TransactionKind
from schema.shared.node import global_id
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    open_portfolio,
    record,
    reverse,
    sell,
    short_sale,
)
from tests.support.graphql import OPERATIONS, codes
from tests.support.statements import counted_statements

OWN = {
    name: print_ast(document)
    for name, document in separate_operations(
        parse((OPERATIONS.parent / "operations_own" / "gains.graphql").read_text())
    ).items()
}
# The first example of "Wash Sales" in IRS Publication 550.
CLASSIC = (
    buy("AAA", "100", "10", MONDAY),
    sell("AAA", "100", "7.5", TUESDAY),
    buy("AAA", "100", "8", WEDNESDAY),
)


def nodes(connection):
    return [edge["node"] for edge in connection["edges"]]


@pytest.fixture
def key(portfolio):
    return global_id("Portfolio", portfolio.id)


@pytest.fixture
async def account(portfolio):
    return await Account.get(portfolio_id=portfolio.id)


@pytest.fixture
def record_it(small_market, owner, portfolio):
    async def run(*entries, **more):
        return await record(small_market, owner, portfolio.id, *entries, **more)

    return run


@pytest.fixture
def open_account(portfolio):
    async def run(kind):
        return await Account.create(
            id=new_id(),
            tenant_id=portfolio.tenant_id,
            portfolio_id=portfolio.id,
            name="More",
            kind=kind,
            created_at=datetime.now(UTC),
        )

    return run


async def test_the_documents_of_the_front_ends(ask, record_it, portfolio, key):
    await record_it(*CLASSIC)

    lots = await ask("Lots", id=key)
    gains = await ask("RealizedGains", id=key, taxYear=2022)

    assert nodes(lots["lots"]) == [
        {
            "id": global_id("Lot", portfolio.id, "3", "SPECIFIC", "", ""),
            "openedOn": "2022-11-16",
            "quantity": "100",
            "remainingQuantity": "100",
            "costPerUnit": "8",
            "costBasis": "1050",
            "term": "SHORT",
            "washSaleAdjustment": "250",
        }
    ]
    found = gains["realizedGains"]
    assert nodes(found.pop("disposals")) == [
        {
            "id": global_id("Disposal", portfolio.id, 2, 0, "SPECIFIC"),
            "symbol": "AAA",
            "openedOn": "2022-11-14",
            "closedOn": "2022-11-15",
            "quantity": "100",
            "proceeds": "750",
            "costBasis": "1000",
            "gain": "0",
            "term": "SHORT",
            "disallowedLoss": "250",
        }
    ]
    assert found == {
        "id": global_id("RealizedGains", portfolio.id, 2022, "SPECIFIC", ""),
        "proceeds": "750",
        "costBasis": "1000",
        "gain": "0",
        "shortTerm": "0",
        "longTerm": "0",
        "disallowedLoss": "250",
    }


async def test_methods_side_by_side(ask, record_it, portfolio, key):
    await record_it(
        buy("AAA", "10", "10", MONDAY),
        buy("AAA", "10", "30", TUESDAY),
        buy("AAA", "10", "20", WEDNESDAY),
        sell("AAA", "10", "40", THURSDAY),
    )

    with counted_statements() as statements:
        found = await ask(OWN["CompareMethods"], id=key, taxYear=2022)

    gains = {name: sums["gain"] for name, sums in found.items() if name != "id"}
    assert gains == {
        "specific": "300",
        "fifo": "300",
        "lifo": "200",
        "hifo": "100",
        "lowest": "300",
        "average": "200",
    }
    # The one without a method is that of the default.
    assert len({sums["id"] for name, sums in found.items() if name != "id"}) == 6
    # The portfolio; the portfolio again, the owner's, accounts, ledgers: once for all methods.
    assert len(statements) == 5, "\n".join(statements)


async def test_a_lot_that_is_named_is_sold(small_market, client, ask, record_it, portfolio, key):
    await record_it(*CLASSIC, buy("AAA", "50", "9", THURSDAY))
    (_, last) = nodes((await ask("Lots", id=key, method="HIFO"))["lots"])
    sale = {
        "symbol": "AAA",
        "quantity": "20",
        "price": "10",
        "tradeDate": "2022-11-18",
        "lots": [{"lotId": last["id"], "quantity": "20"}],
    }

    told = {"portfolioId": key, "idempotencyKey": "named", "transaction": {"sell": sale}}
    recorded = await ask("RecordTransaction", input=told)
    gains = (await ask(OWN["DisposalsInFull"], id=key, taxYear=2022))["realizedGains"]

    assert recorded["userErrors"] == []
    (_, sold) = nodes(gains["disposals"])
    assert (sold["lotId"], sold["gain"], sold["transaction"]["sequence"]) == (
        global_id("Lot", portfolio.id, "4", "SPECIFIC", "", ""),
        "20",
        5,
    )


async def test_a_part_that_a_wash_sale_cut_off_can_be_named(ask, record_it, key):
    await record_it(buy("AAA", "10", "10", MONDAY), sell("AAA", "10", "9", TUESDAY), buy("AAA", "30", "8", WEDNESDAY))
    lots = nodes((await ask("Lots", id=key))["lots"])
    assert [(lot["remainingQuantity"], lot["costBasis"]) for lot in lots] == [("10", "90"), ("20", "160")]
    sale = {
        "symbol": "AAA",
        "quantity": "5",
        "price": "8",
        "tradeDate": "2022-11-18",
        "lots": [{"lotId": lots[1]["id"], "quantity": "5"}],
    }

    told = {"portfolioId": key, "idempotencyKey": "named", "transaction": {"sell": sale}}
    recorded = await ask("RecordTransaction", input=told)
    gains = (await ask("RealizedGains", id=key, taxYear=2022))["realizedGains"]

    assert recorded["userErrors"] == []
    assert nodes(gains["disposals"])[-1]["costBasis"] == "40"
    left = [lot["remainingQuantity"] for lot in nodes((await ask("Lots", id=key))["lots"])]
    assert left == ["10", "15"]


async def test_lots_as_they_were_and_as_they_were_known(ask, record_it, key, clock):
    first = await record_it(buy("AAA", "10", "10", MONDAY))
    clock.advance(hours=1)
    second = await record_it(buy("BBB", "1", "90", TUESDAY))
    clock.advance(hours=1)
    await record_it(sell("AAA", "4", "12", WEDNESDAY))
    document = OWN["LotsInFull"]

    now = nodes((await ask(document, id=key))["lots"])
    early = nodes((await ask(document, id=key, asOf="2022-11-15T21:00:00.000Z"))["lots"])
    known = nodes((await ask(document, id=key, knownAt=_text(first.recorded_at)))["lots"])
    later = nodes((await ask(document, id=key, knownAt=_text(second.recorded_at)))["lots"])
    never = nodes((await ask(document, id=key, knownAt="2020-01-01T00:00:00.000Z"))["lots"])
    of_bbb = nodes((await ask(document, id=key, symbol="BBB"))["lots"])

    assert [(lot["instrument"]["symbol"], lot["remainingQuantity"]) for lot in now] == [("AAA", "6"), ("BBB", "1")]
    assert (now[0]["marketValue"], now[0]["unrealizedGain"], now[0]["unavailable"]) == ("93", "33", [])
    assert (early[0]["remainingQuantity"], early[0]["marketValue"]) == ("10", "110")
    assert [lot["remainingQuantity"] for lot in known] == ["10"]
    assert [lot["remainingQuantity"] for lot in later] == ["10", "1"]
    assert never == []
    assert of_bbb == now[1:]
    assert (
        len({lot["id"] for lots in (now, early, known, later) for lot in lots if lot["instrument"]["symbol"] == "AAA"})
        == 4
    )
    assert nodes((await ask(document, id=key, symbol="NONE"))["lots"]) == []


def _text(moment):
    return moment.isoformat().replace("+00:00", "Z")


async def test_a_reversed_purchase_is_no_replacement(ask, record_it, small_market, owner, key):
    bought = await record_it(*CLASSIC)
    await reverse(small_market, owner, bought)

    gains = (await ask("RealizedGains", id=key, taxYear=2022))["realizedGains"]

    assert (gains["gain"], gains["disallowedLoss"]) == ("-250", "0")


async def test_what_arrives_keeps_its_history(ask, record_it, key):
    arriving = (
        TransferredLot(datetime(2020, 2, 29, tzinfo=UTC).date(), Decimal(3), Decimal(30)),
        TransferredLot(datetime(2021, 11, 21, tzinfo=UTC).date(), Decimal(2), Decimal(40)),
    )
    await record_it(
        Transfer(kind=TransactionKind.TRANSFER_IN, symbol="AAA", quantity=Decimal(5), lots=arriving, trade_date=MONDAY)
    )

    lots = nodes((await ask("Lots", id=key))["lots"])

    assert [(lot["openedOn"], lot["term"], lot["costPerUnit"]) for lot in lots] == [
        ("2020-02-29", "LONG", "10"),
        # Today is the day of the anniversary: not more than a year.
        ("2021-11-21", "SHORT", "20"),
    ]


async def test_a_rate_that_is_not_known_is_said(ask, record_it, portfolio, key):
    await record_it(buy("EEE", "2", "20", MONDAY), sell("EEE", "1", "21", TUESDAY))

    gains = (await ask(OWN["DisposalsInFull"], id=key, taxYear=2022))["realizedGains"]
    sums = (await ask(OWN["CompareMethods"], id=key, taxYear=2022))["average"]
    taxes = (await ask(OWN["TaxSummary"], id=key, taxYear=2022))["taxSummary"]
    (lot,) = nodes((await ask(OWN["LotsInFull"], id=key))["lots"])

    (disposal,) = nodes(gains["disposals"])
    assert _missing(disposal) == {"proceeds", "costBasis", "gain"}
    assert _missing(sums) == {"proceeds", "costBasis", "gain", "shortTerm", "disallowedLoss"}
    assert _missing(taxes) == {"shortTerm", "netGain", "disallowedLoss", "lossDeducted", "lossCarryForward"}
    assert _missing(lot) == {"costBasis", "marketValue", "unrealizedGain"}
    assert lot["costPerUnit"] == "20"


def _missing(shown):
    """What is null, which `unavailable` must say, each once."""
    absent = {name for name, value in shown.items() if value is None}
    assert sorted(each["field"] for each in shown["unavailable"]) == sorted(absent)
    return absent


async def test_pages(ask, record_it, key):
    await record_it(*(buy("AAA", "1", "10", MONDAY) for _ in range(3)), sell("AAA", "3", "9", TUESDAY))
    await record_it(*(buy("AAA", "1", "8", WEDNESDAY) for _ in range(3)))

    for name, field in (("DisposalsInFull", "disposals"), ("WashSales", None)):
        found, after = [], None
        while True:
            page = await ask(OWN[name], id=key, taxYear=2022, first=2, after=after)
            page = page["realizedGains"][field] if field else page["washSales"]
            assert page["totalCount"] == 3
            found += [node["id"] for node in nodes(page)]
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
        assert len(found) == len(set(found)) == 3


@pytest.mark.parametrize("year", [1899, 2101, 2**31 - 1, -5])
async def test_a_year_that_is_none_is_refused(client, key, year):
    response = await client.execute(OWN["TaxSummary"], {"id": key, "taxYear": year})

    assert codes(response) == ["BAD_USER_INPUT"]


async def test_an_account_of_another_portfolio_is_none(small_market, owner, ask, record_it, key):
    other = await open_portfolio(small_market, owner, "Other")
    await record_it(*CLASSIC)
    theirs = global_id("Account", (await Account.get(portfolio_id=other.id)).id)

    for account_id in (theirs, "nonsense", key):
        gains = await ask(OWN["DisposalsInFull"], id=key, taxYear=2022, accountId=account_id)
        taxes = await ask(OWN["TaxSummary"], id=key, taxYear=2022, accountId=account_id)
        lots = await ask(OWN["LotsInFull"], id=key, accountId=account_id)
        assert (gains["realizedGains"], taxes["taxSummary"], nodes(lots["lots"])) == (None, None, [])


async def test_one_operation_folds_so_many_times_at_most(client, record_it, key):
    await record_it(buy("AAA", "1", "10", MONDAY), buy("AAA", "1", "10", TODAY))
    aliases = [
        f'a{hour}{method}: lots(method: {method}, asOf: "2022-11-{hour}T12:00:00.000Z", first: 1) {{ totalCount }}'
        for hour in (14, 15, 16, 17, 18)
        for method in ("FIFO", "LIFO", "HIFO", "AVERAGE", "SPECIFIC")
    ]

    response = await client.execute(f"query($id: ID!) {{ portfolio(id: $id) {{ {' '.join(aliases)} }} }}", {"id": key})

    assert set(codes(response)) == {"COST_LIMIT"}


async def test_a_page_of_lots_in_few_statements(ask, record_it, small_market, owner, portfolio, key):
    await record_it(*(buy(symbol, "1", "10", FRIDAY) for symbol in ("AAA", "BBB", "NEW") for _ in range(4)))

    with counted_statements() as statements:
        found = await ask(OWN["LotsInFull"], id=key)

    assert found["lots"]["totalCount"] == 12
    assert {lot["transaction"]["kind"] for lot in nodes(found["lots"])} == {"BUY"}
    # The portfolio; the portfolio again, the owner's, accounts, ledgers; the clock; instruments, transactions; the
    # valuation: clock, portfolios, instruments, quotes.
    assert len(statements) == 11, "\n".join(statements)


async def test_the_loss_of_a_short_sale_is_taken_from_what_the_next_one_brought(ask, record_it, key):
    cover = Trade(
        kind=TransactionKind.COVER_SHORT, symbol="AAA", quantity=Decimal(10), price=Decimal(13), trade_date=THURSDAY
    )
    await record_it(short_sale("AAA", "10", "11", TUESDAY), cover, short_sale("AAA", "10", "12", FRIDAY))

    (lot,) = nodes((await ask(OWN["LotsInFull"], id=key))["lots"])

    # 120 less 20; 10 units cost 155 now.
    assert (lot["remainingQuantity"], lot["costBasis"], lot["washSaleAdjustment"]) == ("-10", "-100", "20")
    assert (lot["marketValue"], lot["unrealizedGain"]) == ("-155", "-55")
