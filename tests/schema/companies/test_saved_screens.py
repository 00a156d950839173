"""Screens that users name: made, changed, listed, deleted, and nobody else's."""

import json

import pytest

from domain.companies import saved_screens
from domain.companies.types import Record
from domain.kernel.ids import new_id
from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.factories.publications import make_known
from tests.schema.companies.conftest import OWN
from tests.support.graphql import GraphQLClient, codes
from tests.support.statements import counted_statements

CREATE = OWN["CreateScreen"]
UPDATE = OWN["UpdateScreen"]
DELETE = OWN["DeleteScreen"]
LIST = OWN["MyScreens"]
CHEAP = {"metrics": [{"metric": "PER", "atMost": 20.0}], "ratings": ["STRONG_BUY"]}
BY_PER = {"metric": "PER", "direction": "DESC"}


@pytest.fixture
async def owner(resources):
    return GraphQLClient(resources, (await make_person(resources, "owner@example.com")).actor)


@pytest.fixture
async def stranger(resources):
    return GraphQLClient(resources, (await make_person(resources, "stranger@example.com")).actor)


async def create(client, name="Cheap", **more):
    asked = {"name": name, "filter": CHEAP, **more}
    return (await client.data(CREATE, {"input": asked}))["createScreen"]


async def update(client, key, **changes):
    return (await client.data(UPDATE, {"input": {"screenId": key, **changes}}))["updateScreen"]


async def test_a_screen_is_kept_and_answers(owner, resources):
    rating = {"rating": "Strong Buy"}
    pers = {"A": 10.0, "B": 15.0, "C": 30.0}
    await make_known(resources, [Record(ticker=name, texts=rating, figures={"per": per}) for name, per in pers.items()])

    made = await create(owner, orderBy=BY_PER)

    assert made["userErrors"] == []
    assert (made["screen"]["name"], made["screen"]["version"]) == ("Cheap", 1)
    assert json.loads(made["screen"]["filter"]) == CHEAP
    assert json.loads(made["screen"]["orderBy"]) == BY_PER
    (listed,) = (await owner.data(LIST))["viewer"]["screens"]
    assert listed == {
        "id": made["screen"]["id"],
        "name": "Cheap",
        "companies": {"totalCount": 2, "edges": [{"node": {"ticker": "B"}}]},
    }


async def test_what_a_screen_says_can_be_asked_again(owner):
    made = (await create(owner, orderBy={"field": "NAME"}))["screen"]
    document = """query($filter: CompanyFilter, $orderBy: CompanyOrder) {
        companies(filter: $filter, orderBy: $orderBy) { totalCount } }"""

    found = await owner.data(document, {name: json.loads(made[name]) for name in ("filter", "orderBy")})

    assert found == {"companies": {"totalCount": 0}}


async def test_what_is_given_changes_and_the_rest_stays(owner):
    key = (await create(owner))["screen"]["id"]

    renamed = (await update(owner, key, name=" Cheaper "))["screen"]
    narrowed = (await update(owner, key, filter={"industry": "Chips"}, expectedVersion=2))["screen"]

    assert (renamed["name"], json.loads(renamed["filter"]), renamed["version"]) == ("Cheaper", CHEAP, 2)
    assert (narrowed["name"], json.loads(narrowed["filter"])) == ("Cheaper", {"industry": "Chips"})
    stale = await update(owner, key, name="X", expectedVersion=2)
    assert [each["code"] for each in stale["userErrors"]] == ["VERSION_CONFLICT"]


async def test_a_screen_is_deleted_once(owner):
    key = (await create(owner))["screen"]["id"]

    gone = await owner.data(DELETE, {"input": {"screenId": key}})
    again = await owner.data(DELETE, {"input": {"screenId": key}})

    assert gone["deleteScreen"] == {"deletedScreenId": key, "userErrors": []}
    assert again["deleteScreen"]["userErrors"] == [{"code": "NOT_FOUND", "field": ["screenId"]}]
    assert (await owner.data(LIST))["viewer"]["screens"] == []


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"name": " "}, "INVALID_INPUT", ["name"]),
        ({"name": "x" * 101}, "INVALID_INPUT", ["name"]),
        ({"name": "a\nb"}, "INVALID_INPUT", ["name"]),
        ({"filter": {"or": []}}, "INVALID_INPUT", ["filter"]),
        ({"filter": {"tickers": ["x" * 200] * 200}}, "INVALID_INPUT", ["filter"]),
        ({"orderBy": {"metric": "PER", "field": "NAME"}}, "INVALID_INPUT", ["filter"]),
        ({"name": "Cheap"}, "NAME_TAKEN", ["name"]),
    ],
)
async def test_what_the_user_can_mend(owner, asked, code, field):
    await create(owner)

    made = await create(owner, **{"name": "Other", **asked})

    assert made["screen"] is None
    assert [(each["code"], each["field"]) for each in made["userErrors"]] == [(code, field)]
    assert len((await owner.data(LIST))["viewer"]["screens"]) == 1


async def test_a_name_is_not_taken_by_renaming(owner):
    await create(owner)
    other = (await create(owner, "Other"))["screen"]["id"]

    assert [each["code"] for each in (await update(owner, other, name="Cheap"))["userErrors"]] == ["NAME_TAKEN"]
    assert (await update(owner, other, name="Other"))["userErrors"] == []


async def test_there_is_a_limit(owner, monkeypatch):
    monkeypatch.setattr(saved_screens, "MOST_SCREENS", 1)
    await create(owner)

    assert [each["code"] for each in (await create(owner, "Other"))["userErrors"]] == ["LIMIT_REACHED"]


async def test_a_screen_is_its_owner_s_alone(owner, stranger, client):
    key = (await create(owner))["screen"]["id"]
    node = "query($id: ID!) { node(id: $id) { id ... on SavedScreen { name } } }"

    assert (await owner.data(node, {"id": key}))["node"] == {"id": key, "name": "Cheap"}
    assert (await stranger.data(node, {"id": key})) == (await client.data(node, {"id": key})) == {"node": None}
    for absent in (key, global_id("SavedScreen", new_id())):
        refused = await update(stranger, absent, name="Mine")
        assert [each["code"] for each in refused["userErrors"]] == ["NOT_FOUND"]
    assert (await create(stranger))["userErrors"] == [], "names are unique for each user"


async def test_nobody_keeps_screens(client):
    assert codes(await client.execute(CREATE, {"input": {"name": "X", "filter": {}}})) == ["UNAUTHENTICATED"]


async def test_screens_and_their_companies_take_few_statements(owner):
    for name in "ABC":
        await create(owner, name)
    await owner.data(LIST)

    with counted_statements() as made:
        await owner.data(LIST)

    assert len(made) == 3, "the user, the screens, where companies stand"
