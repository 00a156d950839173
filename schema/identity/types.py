"""Users and sessions, as the API shows them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.identity import queries
from domain.identity.types import OpenSession
from domain.identity.types import User as UserRow
from domain.kernel.actor import Actor
from domain.kernel.actor import Role as RoleOfActor
from domain.kernel.ports import AccessTokens
from schema.context import Context, Info
from schema.shared.node import Node, global_id, loads_nodes

Role = strawberry.enum(RoleOfActor, description="What a user is trusted with, beside what is theirs.")


@strawberry.type(description="Somebody with an account. Seen by themselves and by administrators.")
class User(Node):
    """A user."""

    email: str = strawberry.field(description="Address by which they sign in, in lower case, with the domain in ASCII.")
    display_name: str = strawberry.field(description="Name that is shown for them.")
    roles: list[Role] = strawberry.field(  # type: ignore[valid-type]
        description="What they are trusted with, in the order of the alphabet; at most one of each."
    )
    created_at: datetime = strawberry.field(description="When the account was made.")
    key: strawberry.Private[UUID]


@strawberry.type(description="What a client needs to act for somebody: a token for requests, and one to renew it.")
class Session:
    """A session that has just been opened or refreshed."""

    access_token: str = strawberry.field(
        description="Goes with each request as `Authorization: Bearer …`, and with `connection_init`."
    )
    access_token_expires_at: datetime = strawberry.field(
        description="When the access token ends: 15 minutes after it was made."
    )
    refresh_token: str = strawberry.field(
        description="Renews the session by `refreshSession`. Each works once; for 10 s more it answers the same."
    )
    refresh_token_expires_at: datetime = strawberry.field(
        description="When the refresh token ends: 7 days after it was made, and 30 days after the sign-in at most."
    )
    user: User = strawberry.field(description="Whose session it is.")


@strawberry.type(description="What an account with a second factor answers instead of a session.")
class MfaChallenge:
    """The second step of a sign-in."""

    token: str = strawberry.field(description="Names this sign-in in the second step.")
    expires_at: datetime = strawberry.field(description="Until when the second step can be taken.")
    methods: list[str] = strawberry.field(description="Ways to take it, at most 10.")


def user_of(row: UserRow) -> User:
    """Return a user as the API shows them."""
    return User(
        id=global_id("User", row.id),
        email=row.email,
        display_name=row.display_name,
        roles=sorted(row.roles),
        created_at=row.created_at,
        key=row.id,
    )


def begin_session(info: Info, opened: OpenSession) -> Session:
    """Sign an access token for a session.  What is selected below it is then read on behalf of its user."""
    actor, token, expires_at = _sign(info.context.resources.access_tokens, opened)
    info.context.actor = actor
    return Session(
        access_token=token,
        access_token_expires_at=expires_at,
        refresh_token=opened.refresh_token,
        refresh_token_expires_at=opened.refresh_token_expires_at,
        user=user_of(opened.user),
    )


def _sign(tokens: AccessTokens, opened: OpenSession) -> tuple[Actor, str, datetime]:
    user = opened.user
    token, expires_at = tokens.issue(
        user_id=user.id, tenant_id=user.tenant_id, session_id=opened.session_id, roles=user.roles
    )
    actor = Actor(
        user_id=user.id,
        tenant_id=user.tenant_id,
        roles=user.roles,
        session_id=opened.session_id,
        expires_at=expires_at,
    )
    return actor, token, expires_at


@loads_nodes("User")
async def _find_users(context: Context, keys: Sequence[UUID]) -> list[User | None]:
    rows = await queries.users(context.actor, keys)
    return [None if row is None else user_of(row) for row in rows]
