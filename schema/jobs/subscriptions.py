"""Watching jobs."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import strawberry

from domain.jobs import queries
from domain.jobs.events import JobChanged
from domain.jobs.queries import JobRow
from domain.kernel.actor import Actor
from domain.kernel.errors import NothingThere
from domain.kernel.events import Event
from domain.kernel.jobs import JobState
from schema.context import Info
from schema.jobs.types import Job, job_of
from schema.shared.event_ids import EventKind, event_id, position_in
from schema.shared.live import Live, Topic, Update
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed


@strawberry.type(description="A job as it is now.")
class JobUpdate:
    """One event of `jobUpdate`."""

    event_id: str = strawberry.field(description="Names this event: for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    job: Job = strawberry.field(description="The job.")


@strawberry.type
class JobsSubscription:
    """The subscriptions of jobs."""

    @strawberry.subscription(
        description="The job now, and at each change, until it has ended.", metadata=allowed(Access.USER)
    )
    async def job_update(self, info: Info, id: strawberry.ID, since: str | None = None) -> AsyncIterator[JobUpdate]:
        """Follow one job."""
        key = stored_key("Job", id)
        if key is None:
            raise NothingThere("no such job")
        await _find(info.context.actor, key)
        return Live(info.context.resources.bus, _topic(info.context.actor, key), since=since)


def _topic(actor: Actor, key: UUID) -> Topic[JobUpdate]:
    async def state(kind: EventKind) -> Update[JobUpdate]:
        row = await _find(actor, key)
        return Update(None, (row.version,), _update(row, kind))

    async def read(_: frozenset[str] | None) -> Sequence[Update[JobUpdate]]:
        return [await state(EventKind.SNAPSHOT)]

    async def follow(_: Sequence[Event]) -> Sequence[Update[JobUpdate]]:
        return [await state(EventKind.CHANGE)]

    async def resume(_: frozenset[str] | None, since: str) -> Sequence[Update[JobUpdate]] | None:
        position = position_in(since, _epoch(key))
        now = await state(EventKind.CHANGE)
        if position is None or position > now.position:
            return None
        # Of a job that has ended nothing more will come: its end is said again.
        return [now] if position < now.position or JobState(now.payload.job.state).is_final else []

    async def gap() -> Update[JobUpdate]:
        return await state(EventKind.GAP)

    return Topic(
        name=f"job:{key}:{actor.user_id}",
        channels=(JobChanged.channel(job_id=key),),
        is_public=False,
        read=read,
        follow=follow,
        resume=resume,
        gap=gap,
        is_last=lambda update: update.payload.kind is not EventKind.GAP and JobState(update.payload.job.state).is_final,
    )


async def _find(actor: Actor, key: UUID) -> JobRow:
    row = (await queries.jobs_by_id(actor, [key]))[0]
    if row is None:
        raise NothingThere("no such job")
    return row


def _epoch(key: UUID) -> str:
    # A job's versions are stored in its row: they have one epoch, the job's own.
    return key.hex


def _update(row: JobRow, kind: EventKind) -> JobUpdate:
    return JobUpdate(event_id=event_id(_epoch(row.id), row.version), kind=kind, job=job_of(row))
