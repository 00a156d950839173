"""Who may ask what: every field of the roots, as nobody, a user, a stranger, an administrator; made from the SDL.

A new field is tested by being there.  If anybody may ask it, it is added to `OPEN_TO_ALL`, which somebody reads.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_composite_type,
    is_required_argument,
    is_required_input_field,
    print_ast,
)
from graphql.utilities import ast_from_value

from domain.kernel.actor import NOBODY, Actor, Role
from domain.kernel.errors import Forbidden, Unauthenticated
from domain.kernel.ids import new_id
from schema.root import build_schema
from schema.shared.node import global_id
from schema.shared.permissions import Access, access_of, allowed, check, guard, root_fields
from tests.factories.identity import PASSWORD, make_person
from tests.support.graphql import GraphQLClient, codes

# operations/README.md, "Who may": what needs no token.
OPEN_TO_ALL = frozenset(
    {
        "node",
        "nodes",
        "viewer",
        "login",
        "register",
        "refreshSession",
        # The market.
        "economicSeries",
        "factors",
        "stressScenarios",
        "instrument",
        "instruments",
        "marketOverview",
        "news",
        "searchInstruments",
        "quote",
        "quotes",
        "bars",
        "alignedHistory",
        "market",
        "movers",
        "priceUpdate",
        # Companies.
        "companies",
        "company",
        "companyChanges",
        "companyMetrics",
        "companyScreen",
        "companyStream",
        "compareCompanies",
        "search",
        "topPerformers",
        # Calculators and chains of options.
        "impliedSurface",
        "impliedVolatility",
        "optionChain",
        "optionExpiries",
        "optionPrice",
        "optionPrices",
        "optionStrategy",
        "optionStrategyTemplates",
    }
)

SCHEMA = build_schema()

FIELDS = {f"{root}.{name}": field for root, name, field in root_fields(SCHEMA)}
NUMBERS = count(1)


@pytest.fixture
def databases(sqlite_databases):
    """The engine is no matter of who may ask what."""
    return sqlite_databases


class Ids:
    """Says which id to give for an argument."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known

    def of(self, name: str) -> str:
        """Return an id of the kind that the argument's name tells."""
        for kind, value in self._known.items():
            if name.lower().startswith(kind.lower()):
                return value
        return self._known.get("", global_id("Nothing", new_id()))


def sample(kind: Any, name: str, ids: Ids) -> Any:
    """Return a value that an argument of this type may have, as Python has it."""
    if isinstance(kind, GraphQLNonNull):
        return sample(kind.of_type, name, ids)
    if isinstance(kind, GraphQLList):
        return [sample(kind.of_type, name, ids)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values.values())).value
    if isinstance(kind, GraphQLInputObjectType):
        fields = {key: field for key, field in kind.fields.items() if is_required_input_field(field)}
        # Strawberry keeps to itself that exactly one is wanted.
        if kind.extensions["strawberry-definition"].is_one_of:
            fields = dict(list(kind.fields.items())[:1])
        return {key: sample(field.type, key, ids) for key, field in fields.items()}
    return scalar(kind.name, name, ids)


def scalar(kind: str, name: str, ids: Ids) -> Any:
    if kind == "ID":
        return ids.of(name)
    if kind == "String":
        texts = {
            "email": f"matrix{next(NUMBERS)}@example.com",
            "password": PASSWORD,
            "idempotencyKey": f"key {next(NUMBERS)}",
        }
        return texts.get(name, "SPY")
    return {"Int": 1, "Float": 1.0, "Boolean": True, "Decimal": "1", "Date": "2020-01-02", "BigInt": "1"}.get(
        kind, "2020-01-02T00:00:00.000Z"
    )


def literal(value: Any, kind: Any) -> str:
    """Return a value as a document has it."""
    if isinstance(kind, GraphQLNonNull):
        return literal(value, kind.of_type)
    if isinstance(kind, GraphQLList):
        return "[" + ", ".join(literal(item, kind.of_type) for item in value) + "]"
    if isinstance(kind, GraphQLInputObjectType):
        return "{" + ", ".join(f"{key}: {literal(item, kind.fields[key].type)}" for key, item in value.items()) + "}"
    if isinstance(kind, GraphQLEnumType):
        node = ast_from_value(value, kind)
        assert node is not None
        return print_ast(node)
    return json.dumps(value)


def document(path: str, field: GraphQLField, ids: Ids, selection: str | None = None) -> str:
    """Return a document that asks one field, with a sample for each argument that it must have."""
    root, name = path.split(".")
    arguments = ", ".join(
        f"{key}: {literal(sample(argument.type, key, ids), argument.type)}"
        for key, argument in field.args.items()
        if is_required_argument(argument)
    )
    chosen = selection or (" { __typename }" if is_composite_type(get_named_type(field.type)) else "")
    return f"{root.lower()} {{ {name}{f'({arguments})' if arguments else ''}{chosen} }}"


@dataclass
class People:
    """Who asks."""

    nobody: Actor
    user: Actor
    developer: Actor
    admin: Actor


@pytest.fixture
async def people(resources):
    return People(
        nobody=NOBODY,
        user=(await make_person(resources, "user@example.com")).actor,
        developer=(await make_person(resources, "developer@example.com", Role.DEVELOPER)).actor,
        admin=(await make_person(resources, "admin@example.com", Role.ADMIN)).actor,
    )


async def answer(client: GraphQLClient, path: str, text: str) -> dict[str, Any]:
    """Return the response, or for a subscription that began, an empty one."""
    if not path.startswith("Subscription."):
        return await client.execute(text)
    stream = await client.subscribe(text)
    if isinstance(stream, dict):
        return stream
    await stream.aclose()
    return {"data": {}}


EXPECTED: Mapping[Access | None, Mapping[str, str | None]] = {
    Access.ANYBODY: {"nobody": None, "user": None, "developer": None, "admin": None},
    Access.USER: {"nobody": "UNAUTHENTICATED", "user": None, "developer": None, "admin": None},
    Access.DEVELOPER: {"nobody": "UNAUTHENTICATED", "user": "FORBIDDEN", "developer": None, "admin": None},
    Access.ADMIN: {"nobody": "UNAUTHENTICATED", "user": "FORBIDDEN", "developer": "FORBIDDEN", "admin": None},
}


def test_every_field_of_a_root_says_who_may_ask_it():
    assert len(FIELDS) >= 10
    assert [path for path, field in FIELDS.items() if access_of(field) is None] == []


def test_what_anybody_may_ask_is_what_the_conventions_say():
    found = {path.split(".")[1] for path, field in FIELDS.items() if access_of(field) is Access.ANYBODY}

    assert found - OPEN_TO_ALL == set(), "asked by anybody, and not in OPEN_TO_ALL"


@pytest.mark.parametrize("path", FIELDS)
async def test_each_may_ask_what_the_field_says(path, resources, people):
    field = FIELDS[path]
    expected = EXPECTED[access_of(field)]
    for who, code in expected.items():
        client = GraphQLClient(resources, getattr(people, who))
        text = document(path, field, Ids({}))

        found = codes(await answer(client, path, text))

        refused = [item for item in found if item in ("UNAUTHENTICATED", "FORBIDDEN")]
        assert refused == ([] if code is None else [code]), (who, text, found)
        assert "INTERNAL" not in found, (who, text)
        # Nothing else was wrong with the document: it came as far as the field.
        assert "BAD_REQUEST" not in found, (who, text)


# The types of what `owned` names otherwise.
KINDS = {"modelingSession": "ModelingSession", "portfolioOfSession": "Portfolio"}


async def owned(resources, owner: Actor) -> dict[str, str]:
    """Return the ids of what the owner has, by the beginning of the names of arguments that ask for them."""
    client = GraphQLClient(resources, owner)
    viewer = (await client.data("{ viewer { id } }"))["viewer"]
    ids = {"user": viewer["id"]}
    made = await client.data('mutation { createPortfolio(input: {name: "Private"}) { portfolio { id } } }')
    ids["portfolio"] = made["createPortfolio"]["portfolio"]["id"]
    begin = """mutation($id: ID!) { createModelingSession(input: {portfolioId: $id, name: "If", idempotencyKey: "if"}) {
        modelingSession { id portfolio { id } } } }"""
    session = (await client.data(begin, {"id": ids["portfolio"]}))["createModelingSession"]["modelingSession"]
    ids |= {"modelingSession": session["id"], "portfolioOfSession": session["portfolio"]["id"]}
    return ids


def asking_for_an_id() -> Iterator[str]:
    """Iterate over the fields that must be given the id of something."""
    for path, field in FIELDS.items():
        if any(wants_id(argument.type) for argument in field.args.values() if is_required_argument(argument)):
            yield path


def wants_id(kind: Any) -> bool:
    """Whether a value of this type has an id of something, itself or in a field that must be given."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        return any(wants_id(member.type) for member in named.fields.values() if is_required_input_field(member))
    return bool(named.name == "ID")


@pytest.mark.parametrize("path", list(asking_for_an_id()))
async def test_another_s_object_answers_a_stranger_as_if_it_were_not_there(path, resources, people):
    owner = (await make_person(resources, "owner@example.com")).actor
    field = FIELDS[path]
    client = GraphQLClient(resources, people.user)
    for kind, key in (await owned(resources, owner)).items():
        absent = global_id(KINDS.get(kind, kind.capitalize()), new_id())

        found = [await answer(client, path, document(path, field, Ids({"": given}))) for given in (key, absent)]

        for response in found:
            assert "INTERNAL" not in codes(response), response
            # A message may say which id was not found.
            assert key not in str(response).replace(repr(key), ""), response
        assert without_places(found[0]) == without_places(found[1])


def without_places(response: dict[str, Any]) -> dict[str, Any]:
    """Return the response but for where in the document errors stand."""
    errors = [{**error, "locations": None} for error in response.get("errors", ())]
    return {**response, "errors": errors}


# What somebody with whom a portfolio is shared may ask of it; all else answers as if it were not there.
SHARED_OUTLINE_MAY = frozenset({"node", "nodes", "portfolio", "portfolioUpdate"})
SHARED_VIEWER_MAY = SHARED_OUTLINE_MAY | {"createModelingSession", "exportPortfolio", "exportTrades", "portfolioRisk"}
SHARED_EDITOR_MAY = SHARED_VIEWER_MAY | {
    *("createStrategy", "recordTransaction", "refreshMarks", "setTargets", "updatePortfolio"),
}


@pytest.mark.parametrize("path", list(asking_for_an_id()))
async def test_a_shared_portfolio_answers_what_its_share_allows(path, resources, people):
    owner = (await make_person(resources, "owner@example.com")).actor
    key, absent = (await owned(resources, owner))["portfolio"], global_id("Portfolio", new_id())
    field, name = FIELDS[path], path.split(".")[1]
    client = GraphQLClient(resources, people.user)
    for sharing, may in (
        ("permission: VIEWER, hidesAmounts: true", SHARED_OUTLINE_MAY),
        ("permission: VIEWER", SHARED_VIEWER_MAY),
        ("permission: EDITOR", SHARED_EDITOR_MAY),
    ):
        share = f'mutation {{ sharePortfolio(input: {{portfolioId: "{key}", email: "user@example.com", {sharing}}})'
        await GraphQLClient(resources, owner).data(f"{share} {{ userErrors {{ code }} }} }}")
        # A payload is told apart by what was wrong.
        selection = " { userErrors { code field } }" if path.startswith("Mutation.") and name != "logout" else None

        found = [
            await answer(client, path, document(path, field, Ids({"": given}), selection)) for given in (key, absent)
        ]

        assert not {"INTERNAL", "BAD_REQUEST"} & {*codes(found[0]), *codes(found[1])}, found
        assert (without_places(found[0]) != without_places(found[1])) is (name in may), (sharing, found)


async def test_the_owner_sees_what_a_stranger_does_not(resources, people):
    owner = (await make_person(resources, "owner@example.com")).actor
    ids = await owned(resources, owner)
    text = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    async def seen(actor):
        data = await GraphQLClient(resources, actor).data(text, {"ids": list(ids.values())})
        return [node is not None for node in data["nodes"]]

    assert await seen(owner) == [True] * len(ids)
    assert await seen(people.user) == await seen(people.nobody) == [False] * len(ids)


def test_a_schema_with_a_field_that_says_nothing_is_not_served():
    @strawberry.type
    class Query:
        @strawberry.field(metadata=allowed(Access.ANYBODY))
        def open(self) -> int:
            return 1

        @strawberry.field
        def silent(self) -> int:
            return 1

    with pytest.raises(
        TypeError, match=r"expected metadata=allowed\(Access.…\) on each field of the root, got none on Query.silent"
    ):
        guard(strawberry.Schema(Query))


@pytest.mark.parametrize(
    ("roles", "access", "passes"),
    [
        ({Role.ADMIN}, Access.DEVELOPER, True),
        ({Role.ADMIN}, Access.ADMIN, True),
        ({Role.DEVELOPER}, Access.ADMIN, False),
        ({Role.USER}, Access.DEVELOPER, False),
        (set(), Access.USER, True),
    ],
)
def test_an_administrator_may_what_a_developer_may(roles, access, passes):
    actor = Actor(user_id=new_id(), roles=frozenset(roles))
    with contextlib.nullcontext() if passes else pytest.raises(Forbidden, match=f"expected role {access.name}"):
        check(actor, access)


def test_roles_without_a_user_count_for_nothing():
    for access in (Access.USER, Access.DEVELOPER, Access.ADMIN):
        with pytest.raises(Unauthenticated, match="sign in first"):
            check(Actor(roles=frozenset(Role)), access)
