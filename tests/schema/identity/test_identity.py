from dataclasses import replace
from datetime import timedelta

import pytest

from domain.identity.models import Session, User
from domain.kernel.actor import NOBODY, Actor, Role
from schema.shared.node import global_id
from tests.factories.identity import PASSWORD, make_person, sign_in
from tests.support.graphql import GraphQLClient, codes
from tests.support.statements import counted_statements

NEWCOMER = {"email": "Ada@Example.com", "password": PASSWORD, "displayName": "Ada"}


@pytest.fixture
async def person(resources):
    return await make_person(resources)


def problem(payload):
    assert payload["session"] is None
    ((code, message, field),) = [(error["code"], error["message"], error["field"]) for error in payload["userErrors"]]
    assert message
    return code, field


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def test_register_opens_an_account_a_portfolio_and_a_session(ask, resources, clock, client):
    payload = await ask("Register", NEWCOMER)

    session = payload["session"]
    assert payload["userErrors"] == []
    user = await User.get()
    assert session["user"] == {
        "id": global_id("User", user.id),
        "email": "ada@example.com",
        "displayName": "Ada",
        "roles": ["USER"],
    }
    assert session["accessTokenExpiresAt"] == instant(clock.now() + timedelta(minutes=15))
    assert session["refreshTokenExpiresAt"] == instant(clock.now() + timedelta(days=7))
    actor = resources.access_tokens.actor_of(session["accessToken"])
    assert (actor.user_id, actor.roles) == (user.id, {Role.USER})
    viewer = await client.on_behalf_of(actor).data(
        "{ viewer { portfolios { totalCount nodes: edges { node { name } } } } }"
    )
    assert viewer["viewer"]["portfolios"] == {"totalCount": 1, "nodes": [{"node": {"name": "My portfolio"}}]}


async def test_the_new_session_is_read_as_its_user(client):
    document = """mutation($input: RegisterInput!) {
        register(input: $input) { session { user { portfolios { totalCount } } } } }"""

    data = await client.data(document, {"input": NEWCOMER})

    assert data["register"]["session"]["user"]["portfolios"]["totalCount"] == 1


async def test_a_name_is_by_default_from_the_address(ask):
    for payload in ({"email": "a@example.com"}, {"email": "b@example.com", "displayName": None}):
        answer = await ask("Register", {"password": PASSWORD, **payload})

        assert answer["session"]["user"]["displayName"] == str(payload["email"])[0]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"email": "no address"}, ("INVALID_INPUT", ["email"])),
        ({"password": "short"}, ("INVALID_INPUT", ["password"])),
        ({"displayName": "a\u2028b"}, ("INVALID_INPUT", ["displayName"])),
        ({"email": "reader@example.com"}, ("EMAIL_TAKEN", ["email"])),
        ({"email": " READER@EXAMPLE.COM"}, ("EMAIL_TAKEN", ["email"])),
    ],
)
async def test_a_refused_registration_stores_nothing(ask, person, change, expected):
    assert problem(await ask("Register", {**NEWCOMER, **change})) == expected

    assert await User.all().count() == 1
    assert await Session.all().count() == 1


async def test_a_closed_installation_lets_nobody_register(resources):
    client = GraphQLClient(replace(resources, registration_is_open=False))

    data = await client.data(
        "mutation($input: RegisterInput!) { register(input: $input) { session { accessToken } userErrors { code } } }",
        {"input": NEWCOMER},
    )

    assert data["register"] == {"session": None, "userErrors": [{"code": "REGISTRATION_CLOSED"}]}
    assert await User.all().count() == 0


async def test_one_address_registers_20_times_an_hour(client):
    document = "mutation($input: RegisterInput!) { register(input: $input) { userErrors { code } } }"
    for number in range(20):
        await client.data(document, {"input": {**NEWCOMER, "email": f"a{number}@example.com"}})

    response = await client.execute(document, {"input": NEWCOMER})

    assert codes(response) == ["RATE_LIMITED"]
    assert await User.all().count() == 20


async def test_login_opens_a_session(ask, person, resources):
    payload = await ask("Login", {"email": "Reader@Example.com", "password": PASSWORD})

    assert payload["userErrors"] == []
    assert payload["mfaChallenge"] is None
    assert payload["session"]["user"]["email"] == "reader@example.com"
    actor = resources.access_tokens.actor_of(payload["session"]["accessToken"])
    assert (actor.user_id, actor.tenant_id) == (person.user.id, person.user.tenant_id)
    assert await Session.all().count() == 2


async def test_a_wrong_password_and_an_unknown_user_answer_alike(ask, person):
    wrong = await ask("Login", {"email": "reader@example.com", "password": "wrong password"})
    unknown = await ask("Login", {"email": "nobody@example.com", "password": "wrong password"})

    assert wrong == unknown
    assert problem(wrong) == ("INVALID_CREDENTIALS", None)
    assert await Session.all().count() == 1


async def test_a_locked_account_and_a_locked_stranger_answer_alike(ask, person):
    answers = []
    for email in ("reader@example.com", "nobody@example.com"):
        for _ in range(10):
            await ask("Login", {"email": email, "password": "wrong password"})
        answers.append(await ask("Login", {"email": email, "password": PASSWORD}))

    assert answers[0] == answers[1]
    assert problem(answers[0]) == ("ACCOUNT_LOCKED", None)


async def test_a_document_makes_one_attempt(client, person):
    aliases = " ".join(
        f'a{number}: login(input: {{email: "reader@example.com", password: "{number}"}}) {{ userErrors {{ code }} }}'
        for number in range(20)
    )

    response = await client.execute(f"mutation {{ {aliases} }}")

    assert codes(response) == ["BAD_REQUEST"]
    assert "data" not in response


async def test_the_statements_of_a_login_are_six(ask, person):
    with counted_statements() as statements:
        await ask("Login", {"email": "reader@example.com", "password": PASSWORD})

    assert len(statements) == 6, statements


async def test_a_session_is_refreshed(ask, person, resources, clock):
    clock.advance(minutes=14)

    payload = await ask("RefreshSession", {"refreshToken": person.refresh_token})

    assert payload["userErrors"] == []
    session = payload["session"]
    assert session["refreshToken"] != person.refresh_token
    assert session["accessTokenExpiresAt"] == instant(clock.now() + timedelta(minutes=15))
    assert resources.access_tokens.actor_of(session["accessToken"]).session_id == person.actor.session_id


async def test_a_reuse_is_refused_and_ends_the_session_for_good(ask, person, clock):
    renewed = await ask("RefreshSession", {"refreshToken": person.refresh_token})
    clock.advance(seconds=11)

    reused = await ask("RefreshSession", {"refreshToken": person.refresh_token})
    last = await ask("RefreshSession", {"refreshToken": renewed["session"]["refreshToken"]})

    assert problem(reused) == problem(last) == ("SESSION_EXPIRED", None)
    # The refusal did not roll this back.
    assert (await Session.get()).revoked_at == clock.now()


async def test_logout_ends_the_session_of_the_token_alone(ask, person, resources):
    other = await sign_in(resources, person.user)

    assert await ask("Logout", actor=person.actor) == {"done": True, "userErrors": []}

    assert (await Session.get(id=person.actor.session_id)).revoked_at is not None
    assert (await Session.get(id=other.actor.session_id)).revoked_at is None


async def test_nobody_cannot_log_out(client):
    response = await client.execute("mutation { logout { done } }")

    assert codes(response) == ["UNAUTHENTICATED"]


async def test_the_viewer_is_who_asks(ask, person, clock):
    viewer = await ask("Viewer", actor=person.actor)

    assert viewer == {
        "id": global_id("User", person.user.id),
        "email": "reader@example.com",
        "displayName": "Reader",
        "roles": ["USER"],
        "createdAt": instant(clock.now()),
    }


async def test_nobody_is_no_viewer(ask):
    assert await ask("Viewer") is None
    assert await ask("Viewer", actor=Actor(user_id=NOBODY.tenant_id)) is None


async def test_a_user_is_found_by_id_by_themselves_and_by_administrators(client, person, resources):
    stranger = await make_person(resources, "stranger@example.com")
    admin = await make_person(resources, "admin@example.com", Role.ADMIN)
    key = global_id("User", person.user.id)

    async def found(actor):
        data = await client.on_behalf_of(actor).data("query($id: ID!) { node(id: $id) { id __typename } }", {"id": key})
        return data["node"]

    assert await found(person.actor) == await found(admin.actor) == {"id": key, "__typename": "User"}
    assert await found(stranger.actor) is None
    assert await found(NOBODY) is None


async def test_roles_are_an_enum(ask, resources):
    admin = await make_person(resources, "admin@example.com", Role.ADMIN, Role.DEVELOPER)

    assert (await ask("Viewer", actor=admin.actor))["roles"] == ["ADMIN", "DEVELOPER", "USER"]
