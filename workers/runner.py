"""Runs one job, whichever engine brings its id."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from domain.jobs import commands as jobs
from domain.jobs.errors import Fenced
from domain.jobs.types import Claim
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import Failure, Refusal
from domain.kernel.jobs import JobSpec
from domain.kernel.ports import Resources
from workers.registry import Handler, JobCancelled, Run, handler_of

LEASE_SECONDS = 10.0
_RENEW_SECONDS = LEASE_SECONDS / 4

Beat = Callable[[], Awaitable[None]]

_log = structlog.get_logger("workers.runner")


async def run_job(resources: Resources, job_id: UUID, beat: Beat | None = None) -> bool:
    """Run a job if it is due and nobody else runs it; return whether it was started here.

    `beat` is called while the job runs, at least every three seconds: an engine may have a sign of life of its own.
    """
    async with resources.unit_of_work(SYSTEM) as work:
        held = await jobs.claim(work, job_id, lease_seconds=LEASE_SECONDS)
    if held is None:
        return False
    _log.info("a job runs", job_id=str(job_id), kind=held.kind, attempt=held.attempt)
    found = handler_of(held.kind)
    try:
        if found is None:
            unknown = JobSpec(kind=held.kind, attempts=0)
            await _fail(resources, held, unknown, "UNKNOWN_KIND", f"no handler for {held.kind} in this version")
        elif held.attempt > found[0].attempts:
            # What ends its worker each time would be started for ever.
            message = f"expected an end within {found[0].attempts} attempts, each was abandoned by its worker"
            await _fail(resources, held, found[0], "ABANDONED", message)
        else:
            await _run_claimed(resources, held, found, beat)
    except Fenced:
        _log.warning("another run has taken the job over", job_id=str(job_id), attempt=held.attempt)
    return True


async def _run_claimed(resources: Resources, held: Claim, found: tuple[JobSpec, Handler], beat: Beat | None) -> None:
    spec, handler = found
    run = Run(resources, held.arguments, lambda fraction: _report(resources, held, fraction))
    life = asyncio.create_task(_stay_alive(resources, held, beat))
    limit = asyncio.timeout(spec.timeout)
    try:
        async with limit:
            result = await handler(run)
        async with resources.unit_of_work(SYSTEM) as work:
            await jobs.finish(work, held, result)
    except JobCancelled:
        async with resources.unit_of_work(SYSTEM) as work:
            await jobs.stop(work, held)
    except Fenced:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a handler does, its job is told
        code, message = _explanation(resources, held, spec, error, is_late=limit.expired())
        await _fail(resources, held, spec, code, message)
    finally:
        life.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await life


def _explanation(
    resources: Resources, held: Claim, spec: JobSpec, error: Exception, *, is_late: bool
) -> tuple[str, str]:
    """Return code and message of a failure as its owner may see it; what nobody foresaw goes to the log."""
    if isinstance(error, TimeoutError) and is_late:
        return "TIMEOUT", f"expected an end within {spec.timeout:g} s"
    known = error if isinstance(error, Refusal | Failure) else resources.failure_of(error)
    if known is not None:
        return known.code, known.message
    _log.error("a job has failed", job_id=str(held.job_id), kind=held.kind, attempt=held.attempt, exc_info=error)
    return "INTERNAL", "internal error; see the log"


async def _report(resources: Resources, held: Claim, fraction: float) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        stop = await jobs.renew(work, held, lease_seconds=LEASE_SECONDS, progress=fraction)
    if stop:
        raise JobCancelled


async def _stay_alive(resources: Resources, held: Claim, beat: Beat | None) -> None:
    while True:
        await asyncio.sleep(_RENEW_SECONDS)
        try:
            async with resources.unit_of_work(SYSTEM) as work:
                await jobs.renew(work, held, lease_seconds=LEASE_SECONDS)
            if beat is not None:
                await beat()
        except Fenced:
            return
        except Exception as error:  # noqa: BLE001 - the lease outlives a short outage; the next beat tries again
            _log.warning("a lease could not be renewed", job_id=str(held.job_id), error=str(error))


async def _fail(resources: Resources, held: Claim, spec: JobSpec, code: str, message: str) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        await jobs.fail(work, held, spec, code=code, message=message)
