"""Portfolios get other names, and are deleted: then nobody sees them, and their ledger stays."""

import asyncio

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.actor import NOBODY
from domain.kernel.errors import NothingThere
from domain.kernel.ids import new_id
from domain.portfolios.marking import portfolios_to_mark
from domain.portfolios.models import Account, Portfolio, Posting, Transaction
from schema.shared.node import global_id
from tests.factories.portfolios import buy, contribution, open_portfolio, record
from tests.schema.portfolios.documents import DOCUMENTS
from tests.schema.portfolios.own_documents import MODELLING
from tests.support.graphql import codes
from tests.support.statements import counted_statements

PATIENCE = 10.0


@pytest.fixture
async def portfolio(small_market, owner):
    made = await open_portfolio(small_market, owner, description="For later")
    await record(small_market, owner, made.id, contribution("1000"), buy("AAA", "30", "10"))
    return made


@pytest.fixture
def update(ask, portfolio):
    async def send(*, actor=None, portfolio_id=None, **changes):
        key = portfolio_id or global_id("Portfolio", portfolio.id)
        return await ask(MODELLING["UpdatePortfolio"], actor=actor, input={"portfolioId": key, **changes})

    return send


@pytest.fixture
def delete(ask, portfolio):
    async def send(*, actor=None, portfolio_id=None, version=2):
        told = {"portfolioId": portfolio_id or global_id("Portfolio", portfolio.id), "expectedVersion": version}
        return await ask(MODELLING["DeletePortfolio"], actor=actor, input=told)

    return send


def problem(payload):
    """The only user error of a payload in which everything else is null."""
    assert {value for name, value in payload.items() if name != "userErrors"} == {None}
    (error,) = payload["userErrors"]
    return error["code"], error["field"]


async def named(portfolio):
    row = await Portfolio.get(id=portfolio.id)
    return row.name, row.description


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("Savings", "For later")),
        ({"name": "Rente"}, ("Rente", "For later")),
        ({"description": None}, ("Savings", None)),
        ({"description": ""}, ("Savings", "")),
        ({"name": " Rente ", "description": "Now", "expectedVersion": 2}, ("Rente", "Now")),
    ],
)
async def test_what_is_told_changes_and_what_is_absent_stays(update, portfolio, changes, expected):
    payload = await update(**changes)

    assert payload["userErrors"] == []
    found = payload["portfolio"]
    assert (found["name"], found["description"]) == expected == await named(portfolio)
    # The ledger is as it was.
    assert (found["id"], found["baseCurrency"], found["version"]) == (global_id("Portfolio", portfolio.id), "USD", 2)
    audited = await AuditEntry.filter(action="portfolio.update").count()
    assert audited == (1 if expected != ("Savings", "For later") else 0)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": None}, "INVALID_INPUT", "name"),
        ({"name": " "}, "INVALID_INPUT", "name"),
        ({"name": "x" * 201}, "INVALID_INPUT", "name"),
        ({"name": "a\u0007b"}, "INVALID_INPUT", "name"),
        ({"name": "Good", "description": "x" * 2001}, "INVALID_INPUT", "description"),
        ({"name": "Good", "expectedVersion": 1}, "VERSION_CONFLICT", "expectedVersion"),
    ],
)
async def test_a_refused_change_changes_nothing(update, portfolio, changes, code, field):
    assert problem(await update(**changes)) == (code, [field])

    assert await named(portfolio) == ("Savings", "For later")
    assert await AuditEntry.filter(action="portfolio.update").count() == 0


async def test_a_deleted_portfolio_is_seen_by_nobody_and_its_ledger_stays(
    small_market, owner, delete, update, ask, client, portfolio
):
    ledger = [await model.all().count() for model in (Transaction, Posting, Account)]
    key = global_id("Portfolio", portfolio.id)
    inner = await Transaction.get(portfolio_id=portfolio.id, sequence=1)

    payload = await delete()

    assert payload == {"deletedPortfolioId": key, "userErrors": []}
    assert await ask("Portfolio", id=key) is None
    assert (await ask("{ viewer { portfolios { totalCount } } }"))["portfolios"]["totalCount"] == 0
    ids = [key, global_id("Transaction", inner.id)]
    assert await ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids) == [None, None]
    assert await portfolios_to_mark(owner_id=None, portfolio_id=None) == []
    (error,) = (await client.subscribe(DOCUMENTS["PortfolioLive"], {"id": key}))["errors"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    for again in (await delete(), await update(name="Back")):
        assert problem(again) == ("NOT_FOUND", ["portfolioId"])
    told = {
        "portfolioId": key,
        "idempotencyKey": "k",
        "transaction": {"contribution": {"amount": "1", "tradeDate": "2022-11-14"}},
    }
    assert problem(await ask("RecordTransaction", input=told)) == ("NOT_FOUND", ["portfolioId"])
    assert [await model.all().count() for model in (Transaction, Posting, Account)] == ledger
    audited = await AuditEntry.get(action="portfolio.delete")
    assert (audited.subject_id, audited.actor_id) == (portfolio.id, owner.user_id)


async def test_a_version_that_has_passed_deletes_nothing(delete, ask, portfolio):
    assert problem(await delete(version=1)) == ("VERSION_CONFLICT", ["expectedVersion"])

    assert (await ask("Portfolio", id=global_id("Portfolio", portfolio.id)))["version"] == 2


async def test_a_stranger_and_what_is_not_there_are_answered_alike(update, delete, client, stranger, portfolio):
    for asked in ({"actor": stranger}, {"portfolio_id": global_id("Portfolio", new_id())}, {"portfolio_id": "x"}):
        assert problem(await update(name="Mine", **asked)) == ("NOT_FOUND", ["portfolioId"])
        assert problem(await delete(**asked)) == ("NOT_FOUND", ["portfolioId"])
    assert await named(portfolio) == ("Savings", "For later")
    told = {"portfolioId": global_id("Portfolio", portfolio.id), "expectedVersion": 2}
    response = await client.on_behalf_of(NOBODY).execute(MODELLING["DeletePortfolio"], {"input": told})
    assert codes(response) == ["UNAUTHENTICATED"]


async def test_who_follows_it_is_told_that_it_is_gone(client, delete, portfolio):
    live = await client.subscribe(DOCUMENTS["PortfolioLive"], {"id": global_id("Portfolio", portfolio.id)})
    await anext(aiter(live))

    await delete()

    with pytest.raises(NothingThere, match="no such portfolio"):
        await asyncio.wait_for(anext(aiter(live)), PATIENCE)


async def test_the_key_that_made_a_deleted_portfolio_brings_it_not_back(ask):
    told = {"name": "Once", "idempotencyKey": "once"}
    made = await ask("CreatePortfolio", input=told)
    key = made["portfolio"]["id"]
    await ask(MODELLING["DeletePortfolio"], input={"portfolioId": key, "expectedVersion": 0})

    again = await ask("CreatePortfolio", input=told)

    assert problem(again) == ("NOT_FOUND", ["idempotencyKey"])
    assert await Portfolio.filter(name="Once").count() == 1


async def test_to_change_a_name_takes_few_statements(update):
    with counted_statements() as statements:
        await update(name="Rente")

    # The row is locked and written, and the audit.
    assert len(statements) == 3, statements


async def test_of_ten_who_delete_at_once_one_does(delete, portfolio):
    answers = await asyncio.gather(*[delete() for _ in range(10)])

    assert sum(not answer["userErrors"] for answer in answers) == 1
    assert await AuditEntry.filter(action="portfolio.delete").count() == 1
