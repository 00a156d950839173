import asyncio
from datetime import timedelta

import pytest

from domain.audit.models import AuditEntry
from domain.identity import commands, queries
from domain.identity.errors import EmailTaken, InvalidCredentials, SessionExpired
from domain.identity.events import SessionsRevoked
from domain.identity.models import RefreshToken, Session, User
from domain.identity.types import OpenSession, Proof
from domain.kernel.actor import NOBODY, SYSTEM, Actor, Role
from domain.kernel.errors import Forbidden, InvalidInput, NotFound, Unauthenticated
from tests.factories.identity import make_person, open_session, sign_in
from tests.support.statements import counted_statements


@pytest.fixture
async def person(resources):
    return await make_person(resources)


@pytest.fixture
def refresh(resources):
    async def rotate(token):
        async with resources.unit_of_work(NOBODY) as work:
            return await commands.refresh_session(work, resources.refresh_tokens, token)

    return rotate


@pytest.fixture
async def revoked(resources):
    """The events of the channel by which others hear of revoked sessions."""
    async with resources.bus.listen(SessionsRevoked.channel()) as events:
        yield events


async def actions():
    return [entry.action for entry in await AuditEntry.all().order_by("recorded_at", "id")]


async def test_a_registered_user_is_stored_without_the_password(person):
    user = await User.get()

    assert (user.email, user.display_name, user.roles) == ("reader@example.com", "Reader", frozenset({Role.USER}))
    assert user.password_hash.startswith("$argon2id$")
    entry = await AuditEntry.get(action="user.register")
    assert (entry.actor_id, entry.subject_id) == (user.id, user.id)
    assert "argon2" not in (entry.after or "")


async def test_an_address_has_one_account(person, resources):
    with pytest.raises(EmailTaken) as refused:
        async with resources.unit_of_work(commands.newcomer()) as work:
            await commands.register_user(work, email="reader@example.com", display_name="Other", password_hash="x")

    assert refused.value.field == ("email",)
    assert await User.all().count() == 1


async def test_registering_one_address_at_once_makes_one_account(resources):
    async def register(number):
        async with resources.unit_of_work(commands.newcomer()) as work:
            await commands.register_user(work, email="a@example.com", display_name=str(number), password_hash="x")

    outcomes = await asyncio.gather(*(register(number) for number in range(10)), return_exceptions=True)

    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, EmailTaken) for outcome in outcomes) == 9
    assert await User.all().count() == 1


async def test_a_session_lives_30_days_and_its_token_7(person, resources, clock):
    session = await Session.get()
    token = await RefreshToken.get()

    assert session.expires_at == clock.now() + timedelta(days=30)
    assert token.expires_at == clock.now() + timedelta(days=7)
    assert token.digest == resources.refresh_tokens.digest(person.refresh_token)
    assert person.refresh_token not in (token.digest, session.id)


async def test_a_proof_of_a_password_that_was_changed_opens_nothing(person, resources):
    proof = Proof(user_id=person.user.id, tenant_id=person.user.tenant_id, password_hash="changed meanwhile")

    with pytest.raises(InvalidCredentials):
        async with resources.unit_of_work(NOBODY) as work:
            await commands.open_session(work, resources.refresh_tokens, proof)

    assert await Session.all().count() == 1


async def test_a_sign_in_forgets_sessions_that_have_expired(person, resources, clock):
    clock.advance(days=30, seconds=1)

    await open_session(resources, person.user)

    assert await Session.all().count() == 1
    assert await RefreshToken.all().count() == 1


async def test_a_token_is_changed_for_its_successor(person, refresh, clock):
    clock.advance(days=1)

    renewed = await refresh(person.refresh_token)

    assert isinstance(renewed, OpenSession)
    assert renewed.session_id == person.actor.session_id
    assert renewed.user.id == person.user.id
    assert renewed.refresh_token != person.refresh_token
    assert renewed.refresh_token_expires_at == clock.now() + timedelta(days=7)
    assert isinstance(await refresh(renewed.refresh_token), OpenSession)


async def test_within_10_seconds_the_same_successor_is_answered(person, refresh, clock):
    first = await refresh(person.refresh_token)
    clock.advance(seconds=10)

    again = await refresh(person.refresh_token)

    assert isinstance(first, OpenSession)
    assert isinstance(again, OpenSession)
    assert again.refresh_token == first.refresh_token
    assert again.refresh_token_expires_at == first.refresh_token_expires_at
    assert await RefreshToken.all().count() == 2


async def test_50_parallel_refreshes_have_one_successor(person, refresh):
    token = person.refresh_token
    # In the first round the pool of connections is still being filled, so that they come one after another.
    for generation in (2, 3, 4):
        answers = await asyncio.gather(*(refresh(token) for _ in range(50)))

        assert all(isinstance(answer, OpenSession) for answer in answers)
        (token,) = {answer.refresh_token for answer in answers}
        assert await RefreshToken.all().count() == generation


async def test_a_later_reuse_ends_the_family(person, refresh, clock, revoked, resources):
    renewed = await refresh(person.refresh_token)
    clock.advance(seconds=11)

    assert isinstance(await refresh(person.refresh_token), SessionExpired)

    assert isinstance(await refresh(renewed.refresh_token), SessionExpired)
    assert (await Session.get()).revoked_at == clock.now()
    assert await queries.standing(person.actor, clock.now()) is None
    assert await revoked.next() == SessionsRevoked(session_ids=(person.actor.session_id,))
    assert (await actions())[-1] == "session.revoke_reused"


async def test_a_reuse_from_generations_ago_ends_the_family_too(person, refresh, clock):
    token = person.refresh_token
    for _ in range(3):
        clock.advance(minutes=15)
        renewed = await refresh(token)
        token = renewed.refresh_token

    assert isinstance(await refresh(person.refresh_token), SessionExpired)

    assert isinstance(await refresh(token), SessionExpired)


async def test_another_session_of_the_user_goes_on(person, refresh, clock, resources):
    other = await sign_in(resources, person.user)
    await refresh(person.refresh_token)
    clock.advance(seconds=11)

    await refresh(person.refresh_token)

    assert isinstance(await refresh(other.refresh_token), OpenSession)
    assert await queries.standing(other.actor, clock.now()) is not None


async def test_a_token_that_was_not_used_for_7_days_is_over(person, refresh, clock):
    clock.advance(days=7)

    assert isinstance(await refresh(person.refresh_token), SessionExpired)
    assert (await Session.get()).revoked_at is None


async def test_after_30_days_a_session_is_over_however_often_it_was_refreshed(person, refresh, clock):
    token = person.refresh_token
    for _ in range(4):
        clock.advance(days=6)
        token = (await refresh(token)).refresh_token
    clock.advance(days=6)

    assert isinstance(await refresh(token), SessionExpired)
    assert await queries.standing(person.actor, clock.now()) is None


async def test_the_last_token_ends_with_its_session(person, refresh, clock):
    token = person.refresh_token
    for _ in range(3):
        clock.advance(days=6)
        token = (await refresh(token)).refresh_token
    clock.advance(days=6)

    answer = await refresh(token)

    assert answer.refresh_token_expires_at == (await Session.get()).expires_at


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "x" * 100_000, "' OR 1=1 --"])
async def test_what_is_no_token_opens_nothing(person, refresh, token):
    assert isinstance(await refresh(token), SessionExpired)
    assert (await Session.get()).revoked_at is None


async def test_closing_a_session_revokes_it(person, refresh, resources, clock, revoked):
    async with resources.unit_of_work(person.actor) as work:
        await commands.close_session(work)

    assert await queries.standing(person.actor, clock.now()) is None
    assert isinstance(await refresh(person.refresh_token), SessionExpired)
    assert await revoked.next() == SessionsRevoked(session_ids=(person.actor.session_id,))


async def test_closing_it_twice_is_told_once(person, resources, revoked):
    for _ in range(2):
        async with resources.unit_of_work(person.actor) as work:
            await commands.close_session(work)

    assert await revoked.next() == SessionsRevoked(session_ids=(person.actor.session_id,))
    assert revoked.drain() == []
    assert (await actions()).count("session.close") == 1


async def test_nobody_has_no_session_to_close(resources):
    with pytest.raises(Unauthenticated):
        async with resources.unit_of_work(NOBODY) as work:
            await commands.close_session(work)


async def test_a_standing_has_the_roles_of_now(person, resources, clock):
    async with resources.unit_of_work(SYSTEM) as work:
        await commands.grant_role(work, "READER@example.com", Role.ADMIN)

    standing = await queries.standing(person.actor, clock.now())

    assert standing is not None
    assert standing.roles == {Role.USER, Role.ADMIN}


async def test_a_session_of_another_user_is_not_taken(person, resources, clock):
    other = await make_person(resources, "other@example.com")
    mixed = Actor(user_id=other.user.id, session_id=person.actor.session_id)

    assert await queries.standing(mixed, clock.now()) is None


async def test_taking_a_role_ends_the_sessions_that_had_it(person, resources, clock, revoked):
    async with resources.unit_of_work(SYSTEM) as work:
        await commands.grant_role(work, person.user.email, Role.ADMIN)
    async with resources.unit_of_work(SYSTEM) as work:
        user = await commands.revoke_role(work, person.user.email, Role.ADMIN)

    assert user.roles == {Role.USER}
    assert await queries.standing(person.actor, clock.now()) is None
    assert await revoked.next() == SessionsRevoked(session_ids=(person.actor.session_id,))


async def test_a_role_is_granted_once_and_recorded(person, resources):
    for _ in range(2):
        async with resources.unit_of_work(SYSTEM) as work:
            await commands.grant_role(work, person.user.email, Role.DEVELOPER)

    entry = await AuditEntry.get(action="user.grant_role")
    assert (entry.before, entry.after) == ('{"roles":"USER"}', '{"roles":"DEVELOPER USER"}')


async def test_only_administrators_change_roles(person, resources):
    for actor in (NOBODY, person.actor):
        with pytest.raises(Forbidden):
            async with resources.unit_of_work(actor) as work:
                await commands.grant_role(work, person.user.email, Role.ADMIN)

    assert (await User.get()).roles == {Role.USER}


async def test_a_role_needs_somebody_to_have_it(resources):
    for email, refusal in (("nobody@example.com", NotFound), ("no address", InvalidInput)):
        with pytest.raises(refusal):
            async with resources.unit_of_work(SYSTEM) as work:
                await commands.grant_role(work, email, Role.ADMIN)


async def test_users_see_themselves_and_administrators_everybody(person, resources):
    other = await make_person(resources, "other@example.com")
    admin = await make_person(resources, "admin@example.com", Role.ADMIN)
    ids = [other.user.id, person.user.id]

    async def seen(actor):
        return [user is not None for user in await queries.users(actor, ids)]

    assert await seen(NOBODY) == [False, False]
    assert await seen(person.actor) == [False, True]
    assert await seen(admin.actor) == [True, True]
    assert await seen(SYSTEM) == [True, True]
    assert await queries.viewer(NOBODY) is None
    assert await queries.viewer(SYSTEM) is None


async def test_the_number_of_statements(person, refresh, resources, clock):
    with counted_statements() as statements:
        opened = await open_session(resources, person.user)
    assert [text.split(" ", 1)[0] for text in statements] == ["SELECT", "DELETE", "INSERT", "INSERT", "INSERT"]

    with counted_statements() as statements:
        await refresh(opened.refresh_token)
    assert [text.split(" ", 1)[0] for text in statements] == ["SELECT", "SELECT", "UPDATE", "UPDATE", "INSERT"]

    with counted_statements() as statements:
        await queries.standing(person.actor, clock.now())
    assert len(statements) == 1

    with counted_statements() as statements:
        await queries.users(SYSTEM, [person.user.id] * 50)
    assert len(statements) == 1
