"""Who may see which file: the one predicate."""

from tortoise.queryset import QuerySet

from domain.files.models import StoredFile
from domain.kernel.actor import Actor


def accessible(actor: Actor) -> "QuerySet[StoredFile]":
    """Return the files that the actor has uploaded; the system sees all."""
    if actor.is_system:
        return StoredFile.all()
    if not actor.is_authenticated:
        return StoredFile.filter(id=None)
    return StoredFile.filter(tenant_id=actor.tenant_id, owner_id=actor.user_id)
