"""`createCompany`, `updateCompany`, `deactivateCompany`: what administrators do to companies."""

import pytest

from domain.audit.models import AuditEntry
from domain.companies.models import Company
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from tests.support.graphql import codes

ADMIN = Actor(user_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))
USER = Actor(user_id=new_id(), roles=frozenset({Role.USER}))

CREATE = """
mutation($input: CreateCompanyInput!) {
  createCompany(input: $input) {
    company { id ticker name exchange rating isActive version asOf valuation { per } }
    userErrors { code field message }
  }
}
"""
UPDATE = """
mutation($input: UpdateCompanyInput!) {
  updateCompany(input: $input) { company { name industry rating version } userErrors { code field } }
}
"""
DEACTIVATE = """
mutation($input: DeactivateCompanyInput!) {
  deactivateCompany(input: $input) { company { isActive version } userErrors { code field } }
}
"""
APPLE = {"ticker": "AAPL", "name": "Apple", "industry": "Hardware", "exchange": "NASDAQ", "rating": "STRONG_BUY"}


@pytest.fixture
def admin(client):
    return client.on_behalf_of(ADMIN)


@pytest.fixture
async def apple(admin):
    return (await admin.data(CREATE, {"input": APPLE}))["createCompany"]["company"]


async def test_a_company_is_added_and_found_at_once(admin, client, apple):
    assert {name: apple[name] for name in ("ticker", "name", "exchange", "rating", "isActive", "version", "asOf")} == {
        "ticker": "AAPL",
        "name": "Apple",
        "exchange": "XNAS",
        "rating": "STRONG_BUY",
        "isActive": True,
        "version": 1,
        "asOf": None,
    }
    assert apple["valuation"] == {"per": None}
    found = await client.data('{ company(ticker: "AAPL") { id } }')
    assert found["company"]["id"] == apple["id"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"ticker": "aapl"}, "INVALID_INPUT", ["ticker"]),
        ({"name": ""}, "INVALID_INPUT", ["name"]),
        ({"exchange": "the moon"}, "INVALID_INPUT", ["exchange"]),
        ({}, "NAME_TAKEN", ["ticker"]),
    ],
)
async def test_a_refusal_says_which_field_and_changes_nothing(admin, apple, change, code, field):
    answer = (await admin.data(CREATE, {"input": {**APPLE, **change}}))["createCompany"]

    (error,) = answer["userErrors"]
    assert (answer["company"], error["code"], error["field"]) == (None, code, field)
    assert await Company.all().count() == 1


async def test_what_is_absent_stays_and_what_is_null_goes(admin, apple):
    told = {"companyId": apple["id"], "name": "Apple Inc.", "rating": None, "expectedVersion": 1}

    answer = (await admin.data(UPDATE, {"input": told}))["updateCompany"]

    assert answer == {
        "company": {"name": "Apple Inc.", "industry": "Hardware", "rating": None, "version": 2},
        "userErrors": [],
    }


async def test_an_older_version_is_refused(admin, apple):
    told = {"companyId": apple["id"], "name": "Other", "expectedVersion": 7}

    answer = (await admin.data(UPDATE, {"input": told}))["updateCompany"]

    assert answer["userErrors"] == [{"code": "VERSION_CONFLICT", "field": ["expectedVersion"]}]
    assert (await Company.get(ticker="AAPL")).name == "Apple"


async def test_one_leaves_the_lists_and_comes_back(admin, apple):
    gone = await admin.data(DEACTIVATE, {"input": {"companyId": apple["id"]}})
    back = await admin.data(DEACTIVATE, {"input": {"companyId": apple["id"], "isActive": True}})

    assert gone["deactivateCompany"]["company"] == {"isActive": False, "version": 2}
    assert back["deactivateCompany"]["company"] == {"isActive": True, "version": 3}
    actions = [entry.action for entry in await AuditEntry.all().order_by("recorded_at", "id")]
    assert actions == ["company.create", "company.deactivate", "company.reactivate"]


@pytest.mark.parametrize("told", ["VW5rbm93bg==", "nothing"])
async def test_what_is_not_there_is_not_found(admin, told):
    answer = (await admin.data(DEACTIVATE, {"input": {"companyId": told}}))["deactivateCompany"]

    assert answer == {"company": None, "userErrors": [{"code": "NOT_FOUND", "field": ["companyId"]}]}


@pytest.mark.parametrize(("actor", "code"), [(USER, "FORBIDDEN"), (None, "UNAUTHENTICATED")])
async def test_others_may_not(client, actor, code):
    asking = client if actor is None else client.on_behalf_of(actor)

    answer = await asking.execute(CREATE, {"input": APPLE})

    assert codes(answer) == [code]
    assert await Company.all().count() == 0
