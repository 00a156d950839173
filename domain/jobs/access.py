"""Who may see and cancel which job: the one predicate."""

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.jobs.models import Job
from domain.kernel.actor import Actor, Role


def accessible(actor: Actor) -> "QuerySet[Job]":
    """Return the jobs that the actor asked for; an administrator sees those of the system too, the system sees all."""
    if actor.is_system:
        return Job.all()
    if not actor.is_authenticated:
        return Job.filter(id=None)
    owned = Q(owner_id=actor.user_id)
    seen = owned | Q(owner_id=None) if actor.has(Role.ADMIN) else owned
    return Job.filter(seen, tenant_id=actor.tenant_id)
