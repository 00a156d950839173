"""The two engines: both look into the table of jobs, which is the truth, and differ in what wakes them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from uuid import UUID

import structlog
from saq import Worker

from domain.infra.doorbell import SAQ_FUNCTION, LocalDoorbell, SaqDoorbell
from domain.jobs.queries import jobs_to_start
from domain.kernel.ports import Resources
from workers.runner import run_job

_CONCURRENCY = 2
_SWEEP_SECONDS = 2.0

_log = structlog.get_logger("workers.engines")


def open_engine(resources: Resources) -> AbstractAsyncContextManager[None]:
    """Start the engine that belongs to the doorbell of these resources; it is stopped at the end."""
    doorbell = resources.job_doorbell
    if isinstance(doorbell, SaqDoorbell):
        return _saq_engine(resources, doorbell)
    assert isinstance(doorbell, LocalDoorbell)
    return _embedded_engine(resources, doorbell)


@asynccontextmanager
async def _embedded_engine(resources: Resources, doorbell: LocalDoorbell) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_run_what_is_due(resources, doorbell))
        try:
            yield
        finally:
            task.cancel()


async def _run_what_is_due(resources: Resources, doorbell: LocalDoorbell) -> None:
    running: dict[UUID, asyncio.Task[None]] = {}
    try:
        while True:
            running = {job_id: task for job_id, task in running.items() if not task.done()}
            try:
                for job_id in await jobs_to_start(resources.clock.now(), limit=_CONCURRENCY):
                    if job_id not in running and len(running) < _CONCURRENCY:
                        running[job_id] = asyncio.create_task(_run_one(resources, doorbell, job_id))
            except Exception as error:  # noqa: BLE001 - the engine outlives an outage of the database
                _log.warning("jobs could not be looked for", error=str(error))
            await doorbell.wait(_SWEEP_SECONDS)
    finally:
        for task in running.values():
            task.cancel()
        # None of them may outlive the database.
        await asyncio.gather(*running.values(), return_exceptions=True)


async def _run_one(resources: Resources, doorbell: LocalDoorbell, job_id: UUID) -> None:
    try:
        await run_job(resources, job_id)
    except Exception as error:  # noqa: BLE001 - the sweep comes back to it
        _log.warning("a job could not be run", job_id=str(job_id), error=str(error))
    else:
        # The next job is looked for as soon as this one ends.
        await doorbell.ring(job_id)


@asynccontextmanager
async def _saq_engine(resources: Resources, doorbell: SaqDoorbell) -> AsyncIterator[None]:
    async def run(context: Any, *, job_id: str) -> None:
        try:
            await run_job(resources, UUID(job_id), beat=context["job"].update)
        except Exception as error:  # noqa: BLE001 - the sweep comes back to it, more slowly than saq would
            _log.warning("a job could not be run", job_id=job_id, error=str(error))

    worker: Worker[Any] = _QuietWorker(
        doorbell.queue,
        functions=[(SAQ_FUNCTION, run)],
        concurrency=_CONCURRENCY,
        timers={"schedule": 1, "worker_info": 10, "sweep": 2, "abort": 1},
        dequeue_timeout=1.0,
    )
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_serve(worker)), group.create_task(_ring_for_what_is_due(resources, doorbell))]
        try:
            yield
        finally:
            await worker.stop()
            for task in tasks:
                task.cancel()


class _QuietWorker(Worker[Any]):
    # Signals are the process's own affair.
    SIGNALS = []  # noqa: RUF012 - declared so by its base class

    async def process(self) -> bool:
        """Take a job from the queue and run it.  A queue that goes away meanwhile loses nothing: rows are the truth."""
        try:
            return await super().process()
        except Exception as error:  # noqa: BLE001 - nobody waits for the task, which would complain of it at its end
            _log.warning("the queue of jobs is out", error=str(error))
            return False


async def _serve(worker: "Worker[Any]") -> None:
    while True:
        try:
            await worker.start()
        except Exception as error:  # noqa: BLE001 - the engine outlives an outage of Redis
            _log.warning("the queue of jobs is out", error=str(error))
        await asyncio.sleep(1.0)


async def _ring_for_what_is_due(resources: Resources, doorbell: SaqDoorbell) -> None:
    while True:
        try:
            for job_id in await jobs_to_start(resources.clock.now()):
                await doorbell.ring(job_id)
        except Exception as error:  # noqa: BLE001 - the engine outlives an outage of the database
            _log.warning("jobs could not be looked for", error=str(error))
        await asyncio.sleep(_SWEEP_SECONDS)
