"""Units of work: the only place where a transaction is opened."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.audit import commands as audit
from domain.jobs import commands as jobs
from domain.kernel.actor import Actor
from domain.kernel.events import Bus, Event
from domain.kernel.jobs import JobSpec
from domain.kernel.ports import Clock, JobDoorbell
from domain.kernel.work import Subject, Work

UnitOfWork = Callable[[Actor], AbstractAsyncContextManager[Work]]


class _OpenWork:
    """Collects what is to follow the commit."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self.events: list[Event] = []
        self.job_ids: list[UUID] = []

    def emit(self, event: Event) -> None:
        self.events.append(event)

    async def record(
        self, action: str, subject: Subject, before: Mapping[str, object] | None, after: Mapping[str, object] | None
    ) -> None:
        await audit.record(self, action, subject, before, after)

    async def enqueue(self, spec: JobSpec, arguments: Mapping[str, object], *, run_once_key: str | None = None) -> UUID:
        job_id = await jobs.enqueue(self, spec, arguments, run_once_key=run_once_key)
        self.job_ids.append(job_id)
        return job_id


def units_of_work(clock: Clock, bus: Bus, doorbell: JobDoorbell) -> UnitOfWork:
    """Return the function that opens one: commit, then publish, then ring; on an exception roll back, and neither.

    Where a commit was cut short, by a lost connection or a deadline, nobody knows whether it has happened: who listens
    is told to read the state again.
    """

    @asynccontextmanager
    async def unit_of_work(actor: Actor) -> AsyncIterator[Work]:
        work = _OpenWork(actor, clock.now())
        is_committing = False
        try:
            async with in_transaction():
                yield work
                is_committing = True
        except BaseException:
            if is_committing and work.events:
                await bus.doubt({event.own_channel for event in work.events})
            raise
        if work.events:
            await bus.publish(work.events)
        for job_id in work.job_ids:
            await doorbell.ring(job_id)

    return unit_of_work
