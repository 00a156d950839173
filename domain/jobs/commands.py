"""What changes jobs.  Whoever runs one holds a `Claim`; an outdated claim changes nothing and raises `Fenced`."""

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from tortoise.expressions import F, Q

from domain.jobs.access import accessible
from domain.jobs.errors import Fenced, NotCancellable
from domain.jobs.events import JobChanged
from domain.jobs.models import Job
from domain.jobs.types import Claim
from domain.kernel.errors import NotFound
from domain.kernel.jobs import JobSpec, JobState
from domain.kernel.work import Subject, Work


async def enqueue(
    work: Work, spec: JobSpec, arguments: Mapping[str, object], *, run_once_key: str | None = None
) -> UUID:
    """Write a job's row.  Emits `JobChanged`.

    With `run_once_key`, a job of that key that has not started yet is answered instead.
    """
    if run_once_key is not None:
        waiting = await Job.filter(run_once_key=run_once_key, state=JobState.QUEUED).first()
        if waiting is not None:
            return _id(waiting)
    job = await Job.create(
        tenant_id=work.actor.tenant_id,
        owner_id=work.actor.user_id,
        kind=spec.kind,
        arguments=json.dumps(arguments, default=str),
        run_once_key=run_once_key,
        created_at=work.now,
        due_at=work.now,
    )
    work.emit(JobChanged(job_id=_id(job), version=job.version))
    return _id(job)


async def claim(work: Work, job_id: UUID, *, lease_seconds: float) -> Claim | None:
    """Start a job that waits and is due, or whose runner has fallen silent; None when there is nothing to start.

    Emits `JobChanged`.
    """
    waiting = Q(state=JobState.QUEUED, due_at__lte=work.now)
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=work.now)
    started = await Job.filter(Q(id=job_id), waiting | abandoned).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        version=F("version") + 1,
        progress=0.0,
        started_at=work.now,
        lease_until=work.now + timedelta(seconds=lease_seconds),
    )
    if not started:
        return None
    job = await Job.get(id=job_id)
    work.emit(JobChanged(job_id=job_id, version=job.version))
    return Claim(job_id, job.kind, json.loads(job.arguments), job.attempts)


async def renew(work: Work, held: Claim, *, lease_seconds: float, progress: float | None = None) -> bool:
    """Say that a job is still run, and how far it is; return whether it should stop.  Emits `JobChanged` with progress.

    Raises `Fenced`.
    """
    changes: dict[str, object] = {"lease_until": work.now + timedelta(seconds=lease_seconds)}
    if progress is not None:
        changes |= {"progress": min(max(progress, 0.0), 1.0), "version": F("version") + 1}
    await _update(held, changes)
    job = await Job.get(id=held.job_id)
    if progress is not None:
        work.emit(JobChanged(job_id=held.job_id, version=job.version))
    return job.cancel_requested


async def finish(work: Work, held: Claim, result: Mapping[str, object] | None) -> None:
    """Store what a job has come to.  Emits `JobChanged`.  Raises `Fenced`."""
    encoded = None if result is None else json.dumps(result, default=str)
    await _end(work, held, {"state": JobState.SUCCEEDED, "progress": 1.0, "result": encoded})


async def stop(work: Work, held: Claim) -> None:
    """Store that a job has stopped because it was asked to.  Emits `JobChanged`.  Raises `Fenced`."""
    await _end(work, held, {"state": JobState.CANCELLED})


async def fail(work: Work, held: Claim, spec: JobSpec, *, code: str, message: str) -> bool:
    """Store a failure: the job waits for its next attempt, has failed, or was to stop anyway; return whether it waits.

    Emits `JobChanged`.  Raises `Fenced`.
    """
    failure: dict[str, object] = {"failure_code": code, "failure_message": message[:2000]}
    if await Job.exists(id=held.job_id, cancel_requested=True):
        await _end(work, held, {"state": JobState.CANCELLED, **failure})
        return False
    if held.attempt >= spec.attempts:
        await _end(work, held, {"state": JobState.FAILED, **failure})
        return False
    delay = timedelta(seconds=spec.retry_delay * 2 ** (held.attempt - 1))
    again = {"state": JobState.QUEUED, "due_at": work.now + delay, "lease_until": None, "version": F("version") + 1}
    await _update(held, {**again, **failure})
    await _announce(work, held.job_id)
    return True


async def cancel(work: Work, job_id: UUID) -> Job:
    """Cancel a job of the actor's: at once if it waits, else when it next asks whether to go on.

    Emits `JobChanged`.  Raises `NotFound`, `NotCancellable`.
    """
    job = await accessible(work.actor).select_for_update().get_or_none(id=job_id)
    if job is None:
        raise NotFound("no such job", field=("job_id",))
    if job.state.is_final:
        raise NotCancellable(f"expected a job that has not ended, got one in state {job.state}", field=("job_id",))
    if job.state is JobState.QUEUED:
        job.state, job.finished_at = JobState.CANCELLED, work.now
    else:
        job.cancel_requested = True
    job.version += 1
    await job.save(update_fields=["state", "finished_at", "cancel_requested", "version"])
    await work.record("job.cancel", Subject("Job", job_id), None, {"state": job.state})
    work.emit(JobChanged(job_id=job_id, version=job.version))
    return job


async def _end(work: Work, held: Claim, changes: dict[str, object]) -> None:
    ended = {"finished_at": work.now, "lease_until": None, "version": F("version") + 1}
    await _update(held, {**changes, **ended})
    await _announce(work, held.job_id)


async def _update(held: Claim, changes: dict[str, object]) -> None:
    changed = await Job.filter(id=held.job_id, state=JobState.RUNNING, attempts=held.attempt).update(**changes)
    if not changed:
        raise Fenced(f"attempt {held.attempt} of job {held.job_id} is not the one that runs")


async def _announce(work: Work, job_id: UUID) -> None:
    job = await Job.get(id=job_id)
    work.emit(JobChanged(job_id=job_id, version=job.version))


def _id(job: Job) -> UUID:
    assert isinstance(job.id, UUID)
    return job.id
