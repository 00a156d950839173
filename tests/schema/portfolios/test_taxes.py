"""Wash sales and a year's taxes through the API: exact, of the owner's portfolios together."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from domain.kernel.ids import new_id
from domain.portfolios.entries import CashMovement, Income, Reinvestment
from domain.portfolios.models import Account, Portfolio, Transaction
from domain.portfolios.types import AccountKind, TransactionKind
from schema.shared.node import global_id
from tests.factories.portfolios import (
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    open_portfolio,
    record,
    sell,
    short_sale,
)
from tests.support.graphql import OPERATIONS

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


async def test_a_wash_sale_is_linked_to_both_trades(ask, record_it, portfolio, account, key):
    await record_it(*CLASSIC)
    ids = dict(await Transaction.all().values_list("sequence", "id"))

    found = (await ask(OWN["WashSales"], id=key, taxYear=2022))["washSales"]

    (sale,) = nodes(found)
    assert found["totalCount"] == 1
    assert sale.pop("id").isalnum()
    assert sale == {
        "symbol": "AAA",
        "soldOn": "2022-11-15",
        "soldLotId": global_id("Lot", portfolio.id, "1", "SPECIFIC", "", ""),
        "units": "100",
        "disallowedLoss": "250",
        "isLost": False,
        "replacementLotId": global_id("Lot", portfolio.id, "3", "SPECIFIC", "", ""),
        "replacementOpenedOn": "2022-11-16",
        "sale": {"id": global_id("Transaction", ids[2]), "kind": "SELL"},
        "replacement": {"id": global_id("Transaction", ids[3]), "kind": "BUY"},
        "replacementAccount": {"id": global_id("Account", account.id), "kind": "TAXABLE"},
    }
    assert nodes((await ask(OWN["WashSales"], id=key, taxYear=2021))["washSales"]) == []


async def test_the_portfolios_of_one_owner_count_together(
    small_market, owner, stranger, ask, record_it, portfolio, key
):
    other = await open_portfolio(small_market, owner, "Other")
    euros = await open_portfolio(small_market, owner, "Euros", base_currency="EUR")
    theirs = await open_portfolio(small_market, stranger, "Theirs")
    await record_it(buy("AAA", "100", "10"), sell("AAA", "100", "7.5", TUESDAY))
    await record(small_market, owner, euros.id, buy("AAA", "100", "8", WEDNESDAY))
    await record(small_market, stranger, theirs.id, buy("AAA", "100", "8", WEDNESDAY))

    before = (await ask("RealizedGains", id=key, taxYear=2022))["realizedGains"]
    await record(small_market, owner, other.id, buy("AAA", "40", "8", WEDNESDAY))
    after = (await ask("RealizedGains", id=key, taxYear=2022))["realizedGains"]
    (lot,) = nodes((await ask("Lots", id=global_id("Portfolio", other.id)))["lots"])
    (sale,) = nodes((await ask(OWN["WashSales"], id=key, taxYear=2022))["washSales"])

    assert (before["gain"], before["disallowedLoss"]) == ("-250", "0")
    assert (after["gain"], after["disallowedLoss"]) == ("-150", "100")
    assert (lot["costBasis"], lot["washSaleAdjustment"]) == ("420", "100")
    assert sale["replacementLotId"] == lot["id"]
    assert sale["replacement"]["kind"] == "BUY"
    # What another owner bought is no replacement, and sees nothing of this.
    (lot,) = nodes((await ask("Lots", actor=stranger, id=global_id("Portfolio", theirs.id)))["lots"])
    assert lot["washSaleAdjustment"] == "0"
    assert await ask("Lots", actor=stranger, id=key) is None
    # What the other portfolio sold is not in its gains.
    assert (await ask("RealizedGains", id=global_id("Portfolio", other.id), taxYear=2022))["realizedGains"][
        "proceeds"
    ] == "0"


async def test_a_loss_is_lost_for_good_in_a_retirement_account(ask, record_it, open_account, portfolio, key):
    ira = await open_account(AccountKind.ROTH_IRA)
    await record_it(buy("AAA", "100", "10"), sell("AAA", "100", "7.5", TUESDAY))
    await record_it(buy("AAA", "100", "8", WEDNESDAY), sell("AAA", "50", "9", THURSDAY), account_id=ira.id)
    inside = global_id("Account", ira.id)

    (sale,) = nodes((await ask(OWN["WashSales"], id=key, taxYear=2022))["washSales"])
    gains = (await ask("RealizedGains", id=key, taxYear=2022))["realizedGains"]
    of_ira = (await ask(OWN["DisposalsInFull"], id=key, taxYear=2022, accountId=inside))["realizedGains"]
    lots = await ask(OWN["LotsInFull"], id=key, accountId=inside)

    assert (sale["isLost"], sale["disallowedLoss"], sale["replacementAccount"]["kind"]) == (True, "250", "ROTH_IRA")
    # What the retirement account gained is not taxed.
    assert (gains["gain"], gains["disallowedLoss"], len(nodes(gains["disposals"]))) == ("0", "250", 1)
    assert (of_ira["gain"], [node["account"]["id"] for node in nodes(of_ira["disposals"])]) == ("50", [inside])
    (lot,) = nodes(lots["lots"])
    assert (lot["costBasis"], lot["washSaleAdjustment"], lot["heldFrom"]) == ("400", "0", "2022-11-16")
    assert (lot["quantity"], lot["remainingQuantity"]) == ("100", "50")


async def test_a_year_summed_up(ask, record_it, open_account, portfolio, key):
    ira = await open_account(AccountKind.K401)
    await record_it(
        buy("BBB", "100", "100", MONDAY),
        sell("BBB", "100", "60", TUESDAY),
        Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal("7.5"), trade_date=TUESDAY),
        Reinvestment(symbol="AAA", quantity=Decimal(1), amount=Decimal("2.5"), trade_date=TUESDAY),
        CashMovement(kind=TransactionKind.INTEREST, amount=Decimal(4), trade_date=WEDNESDAY),
        CashMovement(kind=TransactionKind.INTEREST, amount=Decimal("-1.5"), trade_date=WEDNESDAY),
        short_sale("BBB", "1", "60", TUESDAY),
        Income(kind=TransactionKind.DIVIDEND, symbol="BBB", amount=Decimal("-0.25"), trade_date=WEDNESDAY),
        CashMovement(kind=TransactionKind.FEE, amount=Decimal(9), trade_date=WEDNESDAY),
    )
    await record_it(CashMovement(kind=TransactionKind.FEE, amount=Decimal(1), trade_date=WEDNESDAY), account_id=ira.id)

    found = (await ask(OWN["TaxSummary"], id=key, taxYear=2022))["taxSummary"]
    of_ira = (await ask(OWN["TaxSummary"], id=key, taxYear=2022, accountId=global_id("Account", ira.id)))["taxSummary"]
    other = (await ask(OWN["TaxSummary"], id=key, taxYear=2023))["taxSummary"]

    assert found == {
        "id": global_id("TaxSummary", portfolio.id, 2022, "SPECIFIC", ""),
        "currency": "USD",
        "dividends": "10",
        "interest": "4",
        "interestPaid": "1.75",
        "fees": "9",
        "shortTerm": "-4000",
        "longTerm": "0",
        "netGain": "-4000",
        "disallowedLoss": "0",
        "lossDeducted": "3000",
        "lossCarryForward": "1000",
        "unavailable": [],
    }
    assert (of_ira["fees"], of_ira["netGain"]) == ("1", "0")
    assert {other[name] for name in ("dividends", "fees", "netGain", "lossCarryForward")} == {"0"}


async def test_the_limit_of_the_deduction_is_one_of_dollars(small_market, owner, ask):
    euros = await open_portfolio(small_market, owner, "Euros", base_currency="EUR")
    await record(small_market, owner, euros.id, buy("EEE", "2", "20", MONDAY), sell("EEE", "2", "19", TUESDAY))

    found = (await ask(OWN["TaxSummary"], id=global_id("Portfolio", euros.id), taxYear=2022))["taxSummary"]

    assert (found["netGain"], found["currency"]) == ("-2", "EUR")
    assert [(each["field"], each["reason"]) for each in found["unavailable"]] == [
        ("lossDeducted", "NOT_APPLICABLE"),
        ("lossCarryForward", "NOT_APPLICABLE"),
    ]


async def test_a_fork_stands_in_the_place_of_its_portfolio(ask, record_it, small_market, owner, portfolio, key):
    await record_it(buy("AAA", "100", "10"), sell("AAA", "100", "7.5", TUESDAY))
    fork = await Portfolio.create(
        id=new_id(),
        tenant_id=portfolio.tenant_id,
        owner_id=portfolio.owner_id,
        name="What if",
        base_currency="USD",
        version=2,
        fork_of_id=portfolio.id,
        fork_version=2,
        created_at=datetime.now(UTC),
    )
    account = await Account.get(portfolio_id=portfolio.id)
    bought = await Transaction.get(portfolio_id=portfolio.id, sequence=1)
    tried = {name: getattr(bought, name) for name in bought._meta.db_fields if name != "id"}
    tried |= {"portfolio_id": fork.id, "sequence": 3, "idempotency_key": "tried", "trade_date": WEDNESDAY}
    await Transaction.create(id=new_id(), **tried)
    await Portfolio.filter(id=fork.id).update(version=3)
    fork_key = global_id("Portfolio", fork.id)

    gains = [(await ask(OWN["TaxSummary"], id=each, taxYear=2022))["taxSummary"]["netGain"] for each in (key, fork_key)]
    (sale,) = nodes((await ask(OWN["WashSales"], id=fork_key, taxYear=2022))["washSales"])

    assert gains == ["-250", "0"]
    assert sale["replacementLotId"] == global_id("Lot", fork.id, "3", "SPECIFIC", "", "")
    assert (sale["sale"]["kind"], sale["replacement"]["kind"]) == ("SELL", "BUY")
    assert sale["replacementAccount"]["id"] == global_id("Account", account.id)
