"""Who may see whom: the one predicate."""

from tortoise.queryset import QuerySet

from domain.identity.models import User
from domain.kernel.actor import Actor, Role


def accessible(actor: Actor) -> "QuerySet[User]":
    """Return the users that the actor may see: themselves; administrators, those of the tenant; the system, all."""
    if actor.is_system:
        return User.all()
    if actor.has(Role.ADMIN):
        return User.filter(tenant_id=actor.tenant_id)
    # For nobody, an id that no row has.
    return User.filter(tenant_id=actor.tenant_id, id=actor.user_id)
