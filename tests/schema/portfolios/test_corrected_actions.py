"""Corporate actions that an administrator corrects and withdraws, and what the transactions that book them say then."""

from decimal import Decimal

import pytest

from domain.jobs.models import Job
from domain.kernel.actor import NOBODY, Role
from domain.market.models import CorporateAction
from domain.portfolios.entries import Income
from domain.portfolios.types import TransactionKind
from schema.shared.node import global_id
from tests.factories.corporate_actions import book, dividend, follow, tell
from tests.factories.identity import make_person
from tests.factories.portfolios import WEDNESDAY, buy
from tests.factories.portfolios import record as record_in
from tests.schema.portfolios.plans_documents import PLANS
from tests.support.graphql import codes

SEEN = """query Seen($id: ID!) {
  portfolio(id: $id) { transactions { edges { node { kind isCorporateActionOutdated } } } }
}"""


@pytest.fixture
async def admin(small_market):
    return (await make_person(small_market, "admin@example.com", Role.ADMIN)).actor


@pytest.fixture
def correct(ask, admin):
    async def run(action, **changes):
        told = {"corporateActionId": global_id("CorporateAction", action.id), "source": "x", **changes}
        return await ask(PLANS["CorrectCorporateAction"], actor=admin, input=told)

    return run


@pytest.fixture
def withdraw(ask, admin):
    async def run(key):
        return await ask(PLANS["WithdrawCorporateAction"], actor=admin, input={"corporateActionId": key})

    return run


async def test_a_corrected_action_is_answered_with_the_job_that_follows_it(small_market, correct):
    action = await dividend(small_market)

    payload = await correct(action, cash="0.35", payDate="2022-12-01")

    job = await Job.get()
    assert payload["job"] == {"id": global_id("Job", job.id), "kind": "portfolios.book_actions", "state": "QUEUED"}
    found = payload["corporateAction"]
    assert (found["cash"], found["payDate"], found["source"], found["revision"]) == ("0.35", "2022-12-01", "x", 1)
    assert found["withdrawnAt"] is None


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"cash": "0"}, "INVALID_INPUT", ["cash"]),
        ({"numerator": 2}, "INVALID_INPUT", ["numerator"]),
        ({"source": ""}, "INVALID_INPUT", ["source"]),
        ({"corporateActionId": "?"}, "NOT_FOUND", ["corporateActionId"]),
    ],
)
async def test_a_refused_correction_changes_nothing(small_market, correct, change, code, field):
    payload = await correct(await dividend(small_market), **change)

    (error,) = payload["userErrors"]
    assert (error["code"], error["field"], payload["corporateAction"], payload["job"]) == (code, field, None, None)
    assert (await CorporateAction.get()).revision == await Job.all().count() == 0


async def test_a_withdrawn_action_stays_found_by_its_id_alone(small_market, client, withdraw):
    key = global_id("CorporateAction", (await tell(small_market)).id)

    payloads = [await withdraw(key) for _ in range(2)]

    assert [each["corporateAction"]["revision"] for each in payloads] == [1, 1]
    assert payloads[0]["corporateAction"]["withdrawnAt"] is not None
    assert payloads[0]["job"]["id"] == payloads[1]["job"]["id"]
    data = await client.on_behalf_of(NOBODY).data(PLANS["CorporateActions"], {"symbol": "AAA", "first": 5})
    assert data["instrument"]["corporateActions"]["edges"] == []
    (error,) = (await withdraw("?"))["userErrors"]
    assert (error["code"], error["field"]) == ("NOT_FOUND", ["corporateActionId"])


async def test_nobody_but_an_administrator_corrects_one(small_market, client, owner):
    key = global_id("CorporateAction", (await tell(small_market)).id)
    for name in ("CorrectCorporateAction", "WithdrawCorporateAction"):
        more = {"source": "x"} if name.startswith("Correct") else {}
        for actor, code in ((owner, "FORBIDDEN"), (NOBODY, "UNAUTHENTICATED")):
            response = await client.on_behalf_of(actor).execute(
                PLANS[name], {"input": {"corporateActionId": key, **more}}
            )
            assert codes(response) == [code]
    assert (await CorporateAction.get()).revision == 0


async def test_what_was_said_by_hand_is_seen_to_differ_and_what_was_booked_follows(
    small_market, client, owner, portfolio, correct
):
    await record_in(small_market, owner, portfolio.id, buy("AAA", "10", "12"), buy("BBB", "1", "80"))
    paid = Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal("2.5"), trade_date=WEDNESDAY)
    await record_in(small_market, owner, portfolio.id, paid)
    actions = [await dividend(small_market), await dividend(small_market, symbol="BBB")]
    await book(small_market)
    variables = {"id": global_id("Portfolio", portfolio.id)}

    async def seen():
        data = await client.on_behalf_of(owner).data(SEEN, variables)
        return [
            (edge["node"]["kind"], edge["node"]["isCorporateActionOutdated"])
            for edge in data["portfolio"]["transactions"]["edges"]
        ]

    before = [("BUY", False), ("BUY", False), ("DIVIDEND", False), ("DIVIDEND", False)]
    assert await seen() == before
    for action in actions:
        await correct(action, cash="0.5")
    assert await seen() == [*before[:2], ("DIVIDEND", True), ("DIVIDEND", True)]

    await follow(small_market)

    assert await seen() == [
        *before[:2],
        ("DIVIDEND", True),
        ("DIVIDEND", False),
        ("REVERSAL", False),
        ("DIVIDEND", False),
    ]
