import asyncio
import logging

import httpx
import jwt
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.authentication import KEY_SET_PATH, Authenticator, SessionWatch, key_set_route
from domain.identity import commands
from domain.identity.models import Session
from domain.kernel.actor import NOBODY, SYSTEM, Role
from domain.kernel.errors import BadRequest, Unauthenticated
from tests.factories.identity import make_person, sign_in
from tests.support.statements import counted_statements


@pytest.fixture
async def person(resources):
    return await make_person(resources)


@pytest.fixture
def authenticator(resources, clock):
    return Authenticator(resources, SessionWatch(clock, clock.seconds))


def request(*headers, query=""):
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    return Request(
        {"type": "http", "method": "POST", "path": "/graphql", "query_string": query.encode(), "headers": raw}
    )


def bearer(person):
    return ("Authorization", f"Bearer {person.access_token}")


async def log_out(resources, person):
    async with resources.unit_of_work(person.actor) as work:
        await commands.close_session(work)


async def test_without_a_token_it_is_nobody(authenticator):
    assert await authenticator.of_request(request()) is NOBODY
    assert await authenticator.of_request(request(("Cookie", "access_token=x"))) is NOBODY
    assert await authenticator.of_connection({}) is NOBODY
    assert await authenticator.of_connection({"Authorization": None, "other": "x"}) is NOBODY


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_a_token_says_who_asks(authenticator, person, scheme):
    value = f"{scheme} {person.access_token}"

    assert await authenticator.of_request(request(("Authorization", value))) == person.actor
    assert await authenticator.of_connection({"Authorization": value}) == person.actor
    assert await authenticator.of_connection({"authorization": value, "X-Other": 1}) == person.actor


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer  x",
        "Bearer x.y.z",
        "Basic dXNlcjpwYXNz",
        "Token x",
        "x",
        "Bearer \u00e9",
        "Bearer a b",
    ],
)
async def test_what_is_no_token_of_ours_is_refused_and_not_taken_for_nobody(authenticator, value):
    with pytest.raises(Unauthenticated):
        await authenticator.of_request(request(("Authorization", value)))
    with pytest.raises(Unauthenticated):
        await authenticator.of_connection({"Authorization": value})


async def test_a_token_that_has_expired_is_refused(authenticator, person, clock):
    clock.advance(minutes=15)

    with pytest.raises(Unauthenticated, match="expired"):
        await authenticator.of_request(request(bearer(person)))


@pytest.mark.parametrize("query", ["access_token=x", "token=x", "a=1&Authorization=x", "jwt="])
async def test_a_token_in_the_url_is_refused(authenticator, query):
    with pytest.raises(BadRequest, match="got one in the URL"):
        await authenticator.of_request(request(query=query))


async def test_two_headers_are_refused(authenticator, person):
    with pytest.raises(BadRequest, match="expected one header Authorization, got 2"):
        await authenticator.of_request(request(bearer(person), bearer(person)))
    with pytest.raises(BadRequest):
        await authenticator.of_connection({"authorization": "Bearer x", "Authorization": "Bearer x"})


@pytest.mark.parametrize("value", [1, True, ["Bearer x"], {"Bearer": "x"}])
async def test_a_payload_without_text_is_refused(authenticator, value):
    with pytest.raises(BadRequest):
        await authenticator.of_connection({"Authorization": value})


async def test_a_session_that_is_over_stops_its_tokens_within_a_second(authenticator, person, resources, clock):
    assert await authenticator.of_request(request(bearer(person))) == person.actor
    await log_out(resources, person)

    clock.advance(seconds=1)

    with pytest.raises(Unauthenticated, match="a session that is over"):
        await authenticator.of_request(request(bearer(person)))


async def test_it_stops_at_once_where_somebody_says_so(authenticator, person, resources):
    await authenticator.of_request(request(bearer(person)))
    await log_out(resources, person)

    authenticator.forget(person.actor.session_id)

    with pytest.raises(Unauthenticated):
        await authenticator.of_request(request(bearer(person)))


async def test_a_connection_is_opened_by_what_is_true_now(authenticator, person, resources):
    await authenticator.of_request(request(bearer(person)))
    await log_out(resources, person)

    with pytest.raises(Unauthenticated):
        await authenticator.of_connection({"Authorization": f"Bearer {person.access_token}"})


async def test_a_session_that_was_deleted_is_over(authenticator, person):
    await Session.all().delete()

    with pytest.raises(Unauthenticated):
        await authenticator.of_request(request(bearer(person)))


async def test_another_session_of_the_user_goes_on(authenticator, person, resources):
    other = await sign_in(resources, person.user)
    await log_out(resources, person)

    assert await authenticator.of_request(request(bearer(other))) == other.actor


async def test_a_role_that_is_granted_counts_within_a_second(authenticator, person, resources, clock):
    assert (await authenticator.of_request(request(bearer(person)))).roles == {Role.USER}
    async with resources.unit_of_work(SYSTEM) as work:
        await commands.grant_role(work, person.user.email, Role.ADMIN)

    clock.advance(seconds=1)

    assert (await authenticator.of_request(request(bearer(person)))).roles == {Role.USER, Role.ADMIN}


async def test_a_session_is_looked_up_once_a_second_however_many_ask(authenticator, person, clock):
    with counted_statements() as statements:
        await asyncio.gather(*(authenticator.of_request(request(bearer(person))) for _ in range(50)))
        await authenticator.of_request(request(bearer(person)))
        assert len(statements) == 1

        clock.advance(seconds=1)
        await authenticator.of_request(request(bearer(person)))
        assert len(statements) == 2


async def test_who_goes_away_takes_the_answer_from_nobody(authenticator, person):
    asking = [asyncio.ensure_future(authenticator.of_request(request(bearer(person)))) for _ in range(3)]
    await asyncio.sleep(0)
    asking[0].cancel()

    answers = await asyncio.gather(*asking, return_exceptions=True)

    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [person.actor, person.actor]


async def test_a_look_up_that_failed_is_made_again(authenticator, person, monkeypatch):
    async def fails(*_):
        raise OSError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr("api.authentication.queries.standing", fails)
        with pytest.raises(OSError, match="away"):
            await authenticator.of_request(request(bearer(person)))

    assert await authenticator.of_request(request(bearer(person))) == person.actor


async def test_no_log_has_a_token(authenticator, person, resources, caplog, clock):
    with caplog.at_level(logging.DEBUG):
        await authenticator.of_request(request(bearer(person)))
        await authenticator.of_connection({"Authorization": f"Bearer {person.access_token}"})
        await log_out(resources, person)
        clock.advance(seconds=1)
        for value in (f"Bearer {person.access_token}", f"Bearer {person.access_token}x"):
            with pytest.raises(Unauthenticated) as refused:
                await authenticator.of_connection({"Authorization": value})
            assert person.access_token not in refused.value.message

    assert person.access_token not in caplog.text
    assert person.access_token.split(".")[2] not in caplog.text


async def test_the_key_set_is_published(resources, person):
    app = httpx.ASGITransport(Starlette(routes=[key_set_route(resources)]))
    async with httpx.AsyncClient(transport=app, base_url="http://testserver") as client:
        response = await client.get(KEY_SET_PATH)

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/jwk-set+json"
    assert response.headers["cache-control"] == "public, max-age=5"
    keys = jwt.PyJWKSet.from_dict(response.json())
    kid = jwt.get_unverified_header(person.access_token)["kid"]
    assert jwt.decode(person.access_token, keys[kid], ["RS256"], audience="foliograph-api")["sub"] == str(
        person.user.id
    )
    assert {name for key in response.json()["keys"] for name in key} == {"kty", "use", "alg", "kid", "n", "e"}
