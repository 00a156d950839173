"""Who may see runs: administrators, and the system.  The one predicate."""

from tortoise.queryset import QuerySet

from domain.companies.pipeline.models import PipelineRun
from domain.kernel.actor import Actor, Role


def may_see(actor: Actor) -> bool:
    """Whether the actor may see what the pipeline does."""
    return actor.is_system or (actor.is_authenticated and actor.has(Role.ADMIN))


def accessible(actor: Actor) -> "QuerySet[PipelineRun]":
    """Return the runs that the actor may see: all, or none."""
    return PipelineRun.all() if may_see(actor) else PipelineRun.filter(id=None)
