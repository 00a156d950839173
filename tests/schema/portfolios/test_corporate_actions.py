"""Corporate actions: recorded by an administrator, seen by anybody, booked in portfolios."""

import pytest

from domain.jobs.models import Job
from domain.kernel.actor import NOBODY, Role
from domain.market.models import CorporateAction
from domain.portfolios.models import Transaction
from schema.shared.node import global_id
from tests.factories.corporate_actions import book, dividend, tell
from tests.factories.identity import make_person
from tests.factories.portfolios import TODAY, buy
from tests.factories.portfolios import record as record_in
from tests.schema.portfolios.plans_documents import PLANS
from tests.support.graphql import codes
from tests.support.statements import counted_statements

SPLIT = {
    "kind": "SPLIT",
    "symbol": "AAA",
    "exDate": "2022-11-16",
    "numerator": 2,
    "denominator": 1,
    "source": "made up",
}


@pytest.fixture
async def admin(small_market):
    return (await make_person(small_market, "admin@example.com", Role.ADMIN)).actor


@pytest.fixture
def told(ask, admin):
    async def tell_it(**change):
        return await ask(PLANS["RecordCorporateAction"], actor=admin, input={**SPLIT, **change})

    return tell_it


async def test_an_action_is_recorded_and_its_booking_asked_for(told):
    payload = await told()

    stored, job = await CorporateAction.get(), await Job.get()
    assert payload == {
        "corporateAction": {
            "id": global_id("CorporateAction", stored.id),
            "kind": "SPLIT",
            "exDate": "2022-11-16",
            "numerator": 2,
            "denominator": 1,
            "costFraction": None,
            "cash": None,
            "source": "made up",
            "instrument": {"id": global_id("Instrument", stored.instrument_id), "symbol": "AAA"},
            "other": None,
        },
        "job": {"id": global_id("Job", job.id), "kind": "portfolios.book_actions", "state": "QUEUED"},
        "userErrors": [],
    }


async def test_one_that_is_to_come_is_booked_when_it_comes(told):
    payload = await told(exDate="2022-11-22")

    assert (payload["job"], payload["userErrors"]) == (None, [])
    assert await Job.all().count() == 0


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"symbol": "ZZZ"}, "NOT_FOUND", ["symbol"]),
        ({"numerator": 0}, "INVALID_INPUT", ["numerator"]),
        ({"cash": "1"}, "INVALID_INPUT", ["cash"]),
        ({"kind": "SPIN_OFF", "costFraction": "0.5", "otherSymbol": "ZZZ"}, "NOT_FOUND", ["otherSymbol"]),
        ({"symbol": "NEW"}, "INVALID_INPUT", ["exDate"]),
        ({"source": ""}, "INVALID_INPUT", ["source"]),
    ],
)
async def test_a_refused_action_is_not_recorded(told, change, code, field):
    payload = await told(**change)

    (error,) = payload["userErrors"]
    assert (error["code"], error["field"], payload["corporateAction"], payload["job"]) == (code, field, None, None)
    assert await CorporateAction.all().count() == await Job.all().count() == 0


async def test_nobody_but_an_administrator_records_one(client, owner):
    for actor, code in ((owner, "FORBIDDEN"), (NOBODY, "UNAUTHENTICATED")):
        response = await client.on_behalf_of(actor).execute(PLANS["RecordCorporateAction"], {"input": SPLIT})
        assert codes(response) == [code]
    assert await CorporateAction.all().count() == 0


async def test_anybody_sees_what_has_taken_effect(small_market, client):
    await tell(small_market)
    await dividend(small_market, "0.25")
    await tell(small_market, ex_date=TODAY.replace(day=22))

    with counted_statements() as statements:
        data = await client.on_behalf_of(NOBODY).data(PLANS["CorporateActions"], {"symbol": "AAA", "first": 1})

    found = data["instrument"]["corporateActions"]
    assert (found["totalCount"], found["pageInfo"]["hasNextPage"]) == (2, True)
    assert [edge["node"]["exDate"] for edge in found["edges"]] == ["2022-11-16"]
    after = {"symbol": "AAA", "after": found["pageInfo"]["endCursor"]}
    rest = await client.data(PLANS["CorporateActions"], after)
    (edge,) = rest["instrument"]["corporateActions"]["edges"]
    assert {edge["node"]["kind"], found["edges"][0]["node"]["kind"]} == {"SPLIT", "DIVIDEND"}
    # The instrument, the market's clock, the page and its total.
    assert len(statements) == 4


async def test_an_action_is_found_by_its_id_once_it_has_taken_effect(small_market, client):
    actions = [await tell(small_market), await tell(small_market, ex_date=TODAY.replace(day=22))]
    ids = [global_id("CorporateAction", action.id) for action in actions]

    data = await client.on_behalf_of(NOBODY).data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ids})

    assert data["nodes"] == [{"id": ids[0]}, None]


async def test_a_transaction_names_the_action_that_it_books(small_market, client, owner, stranger, portfolio):
    await record_in(small_market, owner, portfolio.id, buy("AAA", "10", "12"))
    action = await tell(small_market)
    await book(small_market)
    variables = {"id": global_id("Portfolio", portfolio.id)}

    with counted_statements() as statements:
        data = await client.data(PLANS["BookedActions"], variables)

    found = [edge["node"]["corporateActionId"] for edge in data["portfolio"]["transactions"]["edges"]]
    assert found == [None, global_id("CorporateAction", action.id)]
    # The portfolio, its ledger, and the actions of all its entries, which book them or adjust contracts for them.
    assert len(statements) == 4
    assert (await client.on_behalf_of(stranger).data(PLANS["BookedActions"], variables))["portfolio"] is None


async def test_what_is_booked_already_is_answered_or_refused(small_market, ask, owner, portfolio):
    await record_in(small_market, owner, portfolio.id, buy("AAA", "5", "12"))
    await tell(small_market, numerator=1, denominator=2)
    await book(small_market)
    booked = await Transaction.get(kind="SPLIT")
    entry = {"symbol": "AAA", "numerator": 1, "denominator": 2, "tradeDate": "2022-11-17"}

    def sent(key, **more):
        portfolio_id = global_id("Portfolio", portfolio.id)
        return {"portfolioId": portfolio_id, "idempotencyKey": key, "transaction": {"split": {**entry, **more}}}

    answered = await ask("RecordTransaction", input=sent("one"))
    refused = await ask("RecordTransaction", input=sent("two", cashInLieu="3"))

    assert answered["transaction"]["id"] == global_id("Transaction", booked.id)
    assert (answered["portfolio"]["version"], answered["userErrors"]) == (2, [])
    (error,) = refused["userErrors"]
    assert (error["code"], error["field"]) == ("ACTION_ALREADY_BOOKED", ["transaction", "split", "cashInLieu"])
