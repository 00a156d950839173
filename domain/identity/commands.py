"""What changes users and sessions.  Each takes the open unit of work first."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tortoise.exceptions import IntegrityError

from domain.identity.access import accessible
from domain.identity.credentials import canonical_email
from domain.identity.errors import EmailTaken, InvalidCredentials, SessionExpired
from domain.identity.events import SessionsRevoked
from domain.identity.models import RefreshToken, Session, User, format_roles
from domain.identity.types import GRACE, IDLE_LIFE, SESSION_LIFE, OpenSession, Proof
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import Forbidden, NotFound, Unauthenticated
from domain.kernel.ids import new_id
from domain.kernel.ports import RefreshTokens
from domain.kernel.work import Subject, Work

_SIGN_IN_AGAIN: Final = "expected the newest refresh token of an open session, got another; sign in again"


def newcomer() -> Actor:
    """Return the actor for a unit of work in which somebody registers: a user id that nobody has yet."""
    return Actor(user_id=new_id(), roles=frozenset({Role.USER}))


def taken() -> EmailTaken:
    """Return the refusal of an address that has an account."""
    return EmailTaken("expected an e-mail address without an account, got one that has one", field=("email",))


def sign_in_again() -> SessionExpired:
    """Return the refusal of a refresh token that is none, or no more."""
    return SessionExpired(_SIGN_IN_AGAIN)


async def register_user(work: Work, *, email: str, display_name: str, password_hash: str) -> User:
    """Create the account of the actor, a `newcomer`, from canonical address and checked name.  Raises `EmailTaken`."""
    assert work.actor.user_id is not None
    try:
        user = await User.create(
            id=work.actor.user_id,
            tenant_id=work.actor.tenant_id,
            email=email,
            display_name=display_name,
            password_hash=password_hash,
            granted_roles=format_roles(work.actor.roles),
            created_at=work.now,
        )
    except IntegrityError:
        raise taken() from None
    await work.record("user.register", _user_subject(user), None, {"email": email, "roles": user.granted_roles})
    return user


async def open_session(work: Work, tokens: RefreshTokens, proof: Proof) -> OpenSession:
    """Open a session for who has proved a password, and forget those of theirs that have expired.

    Raises `InvalidCredentials` when the password was changed since.
    """
    user = await User.get_or_none(id=proof.user_id, password_hash=proof.password_hash)
    if user is None:
        raise InvalidCredentials("expected the password of an account, got one that was changed meanwhile")
    await Session.filter(user_id=user.id, expires_at__lt=work.now).delete()
    session = await Session.create(
        tenant_id=user.tenant_id,
        user_id=user.id,
        opened_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + SESSION_LIFE,
    )
    opened = await _give(work, tokens, tokens.first(), session, user)
    await work.record("session.open", _session_subject(session.id), None, {"user_id": user.id})
    return opened


async def refresh_session(work: Work, tokens: RefreshTokens, token: str) -> OpenSession | SessionExpired:
    """Change a refresh token for its successor.

    Within 10 s of its first use the same successor is answered again.  After that a use means that somebody has a copy:
    the session is revoked, and `SessionsRevoked` emitted.  The refusal is returned, not raised, that this is committed.
    """
    # The lock makes parallel uses of one token wait for each other.
    used = await RefreshToken.filter(digest=tokens.digest(token)).select_for_update().get_or_none()
    if used is None or used.expires_at <= work.now:
        return sign_in_again()
    session = await Session.filter(id=used.session_id, revoked_at=None).select_related("user").first()
    if session is None:
        return sign_in_again()
    successor = tokens.successor(token)
    if used.used_at is None:
        # A session that was revoked after it was read stays revoked.
        if not await Session.filter(id=session.id, revoked_at=None).update(refreshed_at=work.now):
            return sign_in_again()
        await RefreshToken.filter(digest=used.digest).update(used_at=work.now)
        return await _give(work, tokens, successor, session, session.user)
    if work.now - used.used_at <= GRACE:
        issued = await RefreshToken.get(digest=tokens.digest(successor))
        return OpenSession(
            session_id=session.id,
            user=session.user,
            refresh_token=successor,
            refresh_token_expires_at=issued.expires_at,
        )
    await _revoke(work, [session.id], "session.revoke_reused")
    return sign_in_again()


async def close_session(work: Work) -> None:
    """Revoke the actor's session.  Emits `SessionsRevoked`.  Raises `Unauthenticated` for who has none."""
    if work.actor.session_id is None:
        raise Unauthenticated("expected an open session, got none")
    await _revoke(work, [work.actor.session_id], "session.close")


async def grant_role(work: Work, email: str, role: Role) -> User:
    """Give a user a role.  Raises `NotFound`, `InvalidInput`, and `Forbidden` for who is no administrator."""
    return await _change_roles(work, email, role, granted=True)


async def revoke_role(work: Work, email: str, role: Role) -> User:
    """Take a role from a user, and end their sessions, which were opened with it.

    Emits `SessionsRevoked`.  Raises `NotFound`, `InvalidInput`, and `Forbidden` for who is no administrator.
    """
    user = await _change_roles(work, email, role, granted=False)
    open_ids = [session.id for session in await Session.filter(user_id=user.id, revoked_at=None).only("id")]
    await _revoke(work, open_ids, "session.revoke_role")
    return user


async def _change_roles(work: Work, email: str, role: Role, *, granted: bool) -> User:
    if not (work.actor.is_system or work.actor.has(Role.ADMIN)):
        raise Forbidden(f"expected role {Role.ADMIN}, got {sorted(work.actor.roles)}")
    address = canonical_email(email)
    user = await accessible(work.actor).filter(email=address).select_for_update().get_or_none()
    if user is None:
        raise NotFound(f"expected the e-mail address of an account, got {address}", field=("email",))
    before = user.roles
    after = before | {role} if granted else before - {role}
    if after != before:
        user.granted_roles = format_roles(after)
        await user.save(update_fields=["granted_roles"])
        action = "user.grant_role" if granted else "user.revoke_role"
        await work.record(action, _user_subject(user), {"roles": format_roles(before)}, {"roles": user.granted_roles})
    return user


async def _give(work: Work, tokens: RefreshTokens, token: str, session: Session, user: User) -> OpenSession:
    expires_at = min(work.now + IDLE_LIFE, session.expires_at)
    await RefreshToken.create(
        digest=tokens.digest(token), session_id=session.id, issued_at=work.now, expires_at=expires_at
    )
    return OpenSession(session_id=session.id, user=user, refresh_token=token, refresh_token_expires_at=expires_at)


async def _revoke(work: Work, session_ids: Sequence[UUID], action: str) -> None:
    if await Session.filter(id__in=list(session_ids), revoked_at=None).update(revoked_at=work.now):
        for session_id in session_ids:
            await work.record(action, _session_subject(session_id), None, None)
        work.emit(SessionsRevoked(session_ids=tuple(session_ids)))


def _user_subject(user: User) -> Subject:
    return Subject("User", user.id)


def _session_subject(session_id: UUID) -> Subject:
    return Subject("Session", session_id)
