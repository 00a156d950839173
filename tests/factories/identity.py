"""People for tests."""

from dataclasses import dataclass

from domain.identity import commands
from domain.identity.types import OpenSession, Proof, User
from domain.kernel.actor import SYSTEM, Actor, Role
from domain.kernel.ports import Resources

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    user: User
    actor: Actor
    access_token: str
    refresh_token: str


async def make_person(resources: Resources, email: str = "reader@example.com", *roles: Role) -> Person:
    """Register somebody with these roles beside USER, and sign them in."""
    password_hash = await resources.passwords.hash(PASSWORD)
    async with resources.unit_of_work(commands.newcomer()) as work:
        user = await commands.register_user(work, email=email, display_name="Reader", password_hash=password_hash)
    for role in roles:
        async with resources.unit_of_work(SYSTEM) as work:
            user = await commands.grant_role(work, email, role)
    return await sign_in(resources, user)


async def sign_in(resources: Resources, user: User) -> Person:
    """Open a session for a user."""
    opened = await open_session(resources, user)
    token, expires_at = resources.access_tokens.issue(
        user_id=user.id, tenant_id=user.tenant_id, session_id=opened.session_id, roles=user.roles
    )
    actor = Actor(
        user_id=user.id,
        tenant_id=user.tenant_id,
        roles=user.roles,
        session_id=opened.session_id,
        expires_at=expires_at,
    )
    return Person(user, actor, token, opened.refresh_token)


async def open_session(resources: Resources, user: User) -> OpenSession:
    """Open a session without an access token."""
    proof = Proof(user_id=user.id, tenant_id=user.tenant_id, password_hash=user.password_hash)
    async with resources.unit_of_work(Actor(user_id=user.id)) as work:
        return await commands.open_session(work, resources.refresh_tokens, proof)
