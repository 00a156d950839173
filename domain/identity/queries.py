"""What is read of users and sessions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from domain.identity.access import accessible
from domain.identity.models import RefreshToken, Session, User, parse_roles
from domain.identity.types import Standing
from domain.kernel.actor import Actor


async def users(actor: Actor, user_ids: Sequence[UUID]) -> list[User | None]:
    """Return the users of these ids in the order asked, None for whom the actor may not see."""
    found = {user.id: user for user in await accessible(actor).filter(id__in=list(user_ids))}
    return [found.get(user_id) for user_id in user_ids]


async def viewer(actor: Actor) -> User | None:
    """Return who asks, or None for nobody."""
    return None if actor.user_id is None else (await users(actor, [actor.user_id]))[0]


async def is_refresh_token(digest: str) -> bool:
    """Whether a refresh token with this digest was ever issued and is still remembered."""
    return await RefreshToken.filter(digest=digest).exists()


async def all_users(actor: Actor) -> list[User]:
    """Return everybody whom the actor may see, by address."""
    return await accessible(actor).order_by("email")


async def user_by_email(actor: Actor, email: str) -> User | None:
    """Return the user with this canonical address, or None for whom the actor may not see."""
    return await accessible(actor).get_or_none(email=email)


async def is_taken(email: str) -> bool:
    """Whether an account has this canonical address."""
    return await User.filter(email=email).exists()


async def standing(actor: Actor, now: datetime) -> Standing | None:
    """Return what the actor's session is worth now, or None when it was revoked or has expired.  One statement."""
    if actor.session_id is None:
        return None
    sessions = Session.filter(id=actor.session_id, user_id=actor.user_id, revoked_at=None, expires_at__gt=now)
    rows = await sessions.values_list("user__granted_roles", flat=True)
    return Standing(session_id=actor.session_id, roles=parse_roles(str(rows[0]))) if rows else None


async def revoked_sessions(session_ids: Collection[UUID]) -> list[UUID]:
    """Return which of these sessions were revoked."""
    rows = await Session.filter(id__in=list(session_ids), revoked_at__isnull=False).values_list("id")
    return [session_id for (session_id,) in rows]
