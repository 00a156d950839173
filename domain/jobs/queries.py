"""Reads jobs."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from tortoise.expressions import Q

from domain.jobs.access import accessible
from domain.jobs.models import Job
from domain.kernel.actor import Actor
from domain.kernel.jobs import JobState

# What the mirror slice of the schema reads, without naming the table.
JobRow: TypeAlias = Job


async def jobs_by_id(actor: Actor, job_ids: Sequence[UUID]) -> list[Job | None]:
    """Return the jobs in the order asked for, None where the actor sees none."""
    found = {row.id: row for row in await accessible(actor).filter(id__in=set(job_ids))}
    return [found.get(job_id) for job_id in job_ids]


async def jobs_to_start(now: datetime, *, limit: int = 100) -> list[UUID]:
    """Return jobs that are due and wait, or whose runner has fallen silent, oldest first."""
    waiting = Q(state=JobState.QUEUED, due_at__lte=now)
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=now)
    rows = await Job.filter(waiting | abandoned).order_by("due_at").limit(limit).values_list("id")
    return [job_id for (job_id,) in rows]
