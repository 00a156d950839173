"""Accounts through the API: masked, null apart from absent, refused with the field."""

import pytest

from domain.kernel.ids import new_id
from domain.portfolios.sharing import share_portfolio
from domain.portfolios.types import SharePermission
from schema.shared.node import global_id
from tests.schema.portfolios.sharing_documents import OWN
from tests.support.statements import counted_statements


@pytest.fixture
def create(ask, portfolio):
    async def run(*, actor=None, **more):
        given = {"portfolioId": global_id("Portfolio", portfolio.id), "name": "Roth", "kind": "ROTH_IRA", **more}
        return await ask(OWN["CreateAccount"], actor=actor, input=given)

    return run


async def test_an_account_is_opened_changed_and_closed(ask, create, portfolio):
    made = await create(institution="A Bank", number="7003-5591", routingNumber="021000021")

    account = made["account"]
    assert made["userErrors"] == []
    assert made["portfolio"] == {"id": global_id("Portfolio", portfolio.id), "version": 0}
    expected = {
        "id": account["id"],
        "name": "Roth",
        "kind": "ROTH_IRA",
        "isDefault": False,
        "institution": "A Bank",
        "number": "•••• 5591",
        "routingNumber": "•••• 0021",
        "closedAt": None,
    }
    assert account == expected

    changed = await ask(OWN["UpdateAccount"], input={"accountId": account["id"], "name": "IRA", "number": None})
    assert changed["account"] == {**expected, "name": "IRA", "number": None}

    closed = await ask(OWN["CloseAccount"], input={"accountId": account["id"]})
    assert closed["account"]["closedAt"] is not None

    shown = await ask(OWN["Accounts"], id=global_id("Portfolio", portfolio.id))
    assert [each["name"] for each in shown["accounts"]] == ["Default", "IRA"]
    assert shown["accounts"][1] == closed["account"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, ["name"]),
        ({"institution": "a\u202eb"}, ["institution"]),
        ({"number": "12"}, ["number"]),
        ({"routingNumber": "123456789"}, ["routingNumber"]),
    ],
)
async def test_what_is_wrong_is_said_with_its_field(create, given, field):
    refused = await create(**given)

    assert (refused["account"], refused["portfolio"]) == (None, None)
    assert [(error["code"], error["field"]) for error in refused["userErrors"]] == [("INVALID_INPUT", field)]


@pytest.mark.parametrize("kind", ["Account", "Portfolio", "Nothing"])
async def test_what_is_not_there_is_not_found(ask, kind):
    for name in ("UpdateAccount", "CloseAccount"):
        refused = await ask(OWN[name], input={"accountId": global_id(kind, new_id())})

        assert [(error["code"], error["field"]) for error in refused["userErrors"]] == [("NOT_FOUND", ["accountId"])]


async def test_a_stranger_is_told_that_it_is_not_there(ask, create, stranger):
    account = (await create())["account"]

    refused = [
        await create(actor=stranger),
        await ask(OWN["UpdateAccount"], actor=stranger, input={"accountId": account["id"], "name": "Mine"}),
        await ask(OWN["CloseAccount"], actor=stranger, input={"accountId": account["id"]}),
    ]

    assert [each["userErrors"][0]["code"] for each in refused] == ["NOT_FOUND"] * 3


async def test_the_statements_of_opening_an_account(create):
    await create(number="7003-5591")
    with counted_statements() as statements:
        await create(number="7003-5592")

    # The portfolio, how many accounts there are, the data key, the account, the audit; whether it is the user's own.
    assert len(statements) == 6, "\n".join(statements)


async def test_numbers_are_shown_to_the_owner_alone(small_market, ask, create, owner, stranger, portfolio):
    await create(number="7003-5591", routingNumber="021000021")
    async with small_market.unit_of_work(owner) as work:
        await share_portfolio(
            work, portfolio.id, email="stranger@example.com", permission=SharePermission.EDITOR, hides_amounts=False
        )

    shown = await ask(OWN["Accounts"], actor=stranger, id=global_id("Portfolio", portfolio.id))

    assert [each["name"] for each in shown["accounts"]] == ["Default", "Roth"]
    assert [(each["number"], each["routingNumber"]) for each in shown["accounts"]] == [(None, None)] * 2
