"""What the commands and queries of identity answer beside rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.identity.models import User
from domain.kernel.actor import Role

# The row of a user is shown to slices that may not see the tables.
__all__ = ["GRACE", "IDLE_LIFE", "SESSION_LIFE", "OpenSession", "Proof", "Standing", "User"]

IDLE_LIFE: Final = timedelta(days=7)
SESSION_LIFE: Final = timedelta(days=30)
# A client whose answer was lost may ask again for so long.
GRACE: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Proof:
    """That somebody knew the password of this account, when it had this hash."""

    user_id: UUID
    tenant_id: UUID
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpenSession:
    """A session, whose it is, and the refresh token that carries it on."""

    session_id: UUID
    user: User
    refresh_token: str
    refresh_token_expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a session is worth now: the roles of its user, which may have changed since a token was signed."""

    session_id: UUID
    roles: frozenset[Role]
