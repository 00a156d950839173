"""Watching a run."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import strawberry

from domain.companies.pipeline import queries
from domain.companies.pipeline.events import RunChanged
from domain.companies.pipeline.queries import RunRow
from domain.kernel.actor import Actor
from domain.kernel.errors import NothingThere
from domain.kernel.events import Event
from schema.companies.quality.runs import PipelineRun, run_of
from schema.context import Info
from schema.shared.event_ids import EventKind, event_id, position_in
from schema.shared.live import Live, Topic, Update
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed


@strawberry.type(description="A run as it is now.")
class PipelineRunUpdate:
    """One event of `pipelineRun`."""

    event_id: str = strawberry.field(description="Names this event: for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    run: PipelineRun = strawberry.field(description="The run.")


@strawberry.type
class RunsSubscription:
    """The subscriptions of runs."""

    @strawberry.subscription(
        description="The run now, and at each change, until it has failed or was rolled back.",
        metadata=allowed(Access.ADMIN),
    )
    async def pipeline_run(
        self, info: Info, id: strawberry.ID, since: str | None = None
    ) -> AsyncIterator[PipelineRunUpdate]:
        """Follow one run."""
        key = stored_key("PipelineRun", id)
        if key is None:
            raise NothingThere("no such run")
        await _find(info.context.actor, key)
        return Live(info.context.resources.bus, _topic(info.context.actor, key), since=since)


def _topic(actor: Actor, key: UUID) -> Topic[PipelineRunUpdate]:
    async def state(kind: EventKind) -> Update[PipelineRunUpdate]:
        row = await _find(actor, key)
        payload = PipelineRunUpdate(event_id=event_id(key.hex, row.version), kind=kind, run=run_of(row))
        return Update(None, (row.version,), payload)

    async def read(_: frozenset[str] | None) -> Sequence[Update[PipelineRunUpdate]]:
        return [await state(EventKind.SNAPSHOT)]

    async def follow(_: Sequence[Event]) -> Sequence[Update[PipelineRunUpdate]]:
        return [await state(EventKind.CHANGE)]

    async def resume(_: frozenset[str] | None, since: str) -> Sequence[Update[PipelineRunUpdate]] | None:
        # A run's versions are stored in its row: they have one epoch, the run's own.
        position = position_in(since, key.hex)
        now = await state(EventKind.CHANGE)
        if position is None or position > now.position:
            return None
        return [now] if position < now.position or now.payload.run.row.state.is_final else []

    async def gap() -> Update[PipelineRunUpdate]:
        return await state(EventKind.GAP)

    return Topic(
        name=f"pipeline-run:{key}:{actor.user_id}",
        channels=(RunChanged.channel(run_id=key),),
        is_public=False,
        read=read,
        follow=follow,
        resume=resume,
        gap=gap,
        is_last=lambda update: update.payload.kind is not EventKind.GAP and update.payload.run.row.state.is_final,
    )


async def _find(actor: Actor, key: UUID) -> RunRow:
    (row,) = await queries.runs_by_id(actor, [key])
    if row is None:
        raise NothingThere("no such run")
    return row
