"""The tables of who may enter: users, their sessions, and the refresh tokens of each session."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tortoise import Model, fields

from domain.kernel.actor import Role
from domain.storage.fields import UtcDatetimeField, primary_key

if TYPE_CHECKING:
    from uuid import UUID


def _instant_or_none() -> Any:
    # The ORM's types do not tell a column that may be null from one that may not.
    return UtcDatetimeField(null=True)


class User(Model):
    """Somebody with an account.  `email` is in the one form that `canonical_email` gives; nobody else has it."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    email = fields.CharField(max_length=254, unique=True)
    display_name = fields.CharField(max_length=80)
    password_hash = fields.CharField(max_length=200)
    # Names of `Role`, in the order of the alphabet, a space between them.
    granted_roles = fields.CharField(max_length=200)
    created_at = UtcDatetimeField()

    class Meta:
        table = "users"
        indexes = (("tenant_id", "id"),)

    @property
    def roles(self) -> frozenset[Role]:
        """What the user is trusted with."""
        return parse_roles(self.granted_roles)


class Session(Model):
    """One sign-in, and the family of all refresh tokens that follow from it.

    `expires_at` is the end that no refresh defers; `revoked_at` is set once, and then no token of the family works.
    """

    id = primary_key()
    tenant_id = fields.UUIDField()
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", "sessions", on_delete=fields.CASCADE)
    opened_at = UtcDatetimeField()
    refreshed_at = UtcDatetimeField()
    expires_at = UtcDatetimeField()
    revoked_at: datetime | None = _instant_or_none()

    if TYPE_CHECKING:
        user_id: UUID

    class Meta:
        table = "sessions"
        indexes = (("user_id", "expires_at"),)


class RefreshToken(Model):
    """One refresh token, by the SHA-256 of its text, which is stored nowhere.  Used once, but for a short grace."""

    digest = fields.CharField(max_length=64, primary_key=True)
    session: fields.ForeignKeyRelation[Session] = fields.ForeignKeyField(
        "models.Session", "refresh_tokens", on_delete=fields.CASCADE
    )
    issued_at = UtcDatetimeField()
    expires_at = UtcDatetimeField()
    used_at: datetime | None = _instant_or_none()

    if TYPE_CHECKING:
        session_id: UUID

    class Meta:
        table = "refresh_tokens"
        indexes = (("session_id", "expires_at"),)


def parse_roles(text: str) -> frozenset[Role]:
    """Return the roles that `granted_roles` holds."""
    return frozenset(Role(name) for name in text.split())


def format_roles(roles: frozenset[Role]) -> str:
    """Return the roles as `granted_roles` holds them."""
    return " ".join(sorted(role.value for role in roles))
