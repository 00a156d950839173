"""Who acts: every query and command takes one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

# Until tenants can be created, every row belongs to this one.
DEFAULT_TENANT_ID = UUID("00000000-0000-7000-8000-000000000001")


class Role(StrEnum):
    """What a user is trusted with, beside what is theirs."""

    USER = "USER"
    DEVELOPER = "DEVELOPER"
    ADMIN = "ADMIN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person, the nobody, or the system process on whose behalf code runs.

    `user_id` is None for nobody and for the system.  `expires_at` is when the proof of identity ends.
    """

    user_id: UUID | None = None
    tenant_id: UUID = DEFAULT_TENANT_ID
    roles: frozenset[Role] = frozenset()
    session_id: UUID | None = None
    expires_at: datetime | None = None
    is_system: bool = False

    @property
    def is_authenticated(self) -> bool:
        """Whether this is a user who has proved who they are."""
        return self.user_id is not None

    def has(self, role: Role) -> bool:
        """Whether the actor was granted this role."""
        return role in self.roles


NOBODY = Actor()
SYSTEM = Actor(is_system=True)
