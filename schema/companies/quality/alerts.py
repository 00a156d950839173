"""Alerts about the data, as the API shows them and sends them."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from domain.companies.pipeline import queries, types
from domain.companies.pipeline.events import QualityAlertRaised
from domain.companies.pipeline.queries import AlertRow
from domain.kernel.actor import Actor
from domain.kernel.events import Event
from schema.companies.quality.runs import PipelineRun, find_runs
from schema.context import Context, Info
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.event_ids import EventKind, event_id, place_of, position_in
from schema.shared.live import Live, Topic, Update
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed

DataQualityRule = strawberry.enum(
    types.AlertRule,
    name="DataQualityRule",
    description=(
        "Why administrators are alerted. COVERAGE: fewer than 99 % of the values that can be. RUN_FAILED: a run came "
        "to nothing. FORMAT_ISSUES: at more than 10 % of companies, or 5 points more than in the run before. SLOW_RUN: "
        "longer than 600 seconds."
    ),
)
DataQualitySeverity = strawberry.enum(
    types.AlertSeverity, name="DataQualitySeverity", description="How soon somebody should look: CRITICAL is at once."
)

# Alerts that one who was away is sent one by one; of more, that there was a gap.
_REPLAYED: Final = 100
_NO_EPOCH: Final = UUID(int=0)


class _AlertLoaders:
    """The runs of alerts, read together."""

    def __init__(self, context: Context) -> None:
        self.runs: DataLoader[UUID, PipelineRun | None] = DataLoader(load_fn=lambda keys: find_runs(context, keys))


@strawberry.type(description="Something about the data that an administrator should see.")
class DataQualityAlert:
    """An alert."""

    id: strawberry.ID = strawberry.field(description="Names the alert.")
    severity: DataQualitySeverity = strawberry.field(description="How soon.")  # type: ignore[valid-type]
    rule: DataQualityRule = strawberry.field(description="Why.")  # type: ignore[valid-type]
    message: str = strawberry.field(description="What was expected and what came.")
    at: datetime = strawberry.field(description="When it was raised, in real time.")
    row: strawberry.Private[AlertRow]

    @strawberry.field(description="The run that it is about.")
    async def run(self, info: Info) -> PipelineRun | None:
        """Find the run."""
        return await _run_of(info, self.row)


@strawberry.type(description="An alert as it is raised. All but the first two are null where there never was one.")
class DataQualityAlertUpdate:
    """One event of `dataQualityAlert`."""

    event_id: str = strawberry.field(description="Names this event: for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is: a SNAPSHOT is of the latest alert.")
    severity: DataQualitySeverity | None = strawberry.field(description="How soon.")  # type: ignore[valid-type]
    rule: DataQualityRule | None = strawberry.field(description="Why.")  # type: ignore[valid-type]
    message: str | None = strawberry.field(description="What was expected and what came.")
    at: datetime | None = strawberry.field(description="When it was raised, in real time.")
    alert: DataQualityAlert | None = strawberry.field(description="The alert.")

    @strawberry.field(description="The run that it is about.")
    async def run(self, info: Info) -> PipelineRun | None:
        """Find the run."""
        return (
            None if self.alert is None else await info.context.loaders(_AlertLoaders).runs.load(self.alert.row.run_id)
        )


@strawberry.type
class AlertsQuery:
    """The queries of alerts."""

    @strawberry.field(description="Alerts about the data, the newest first.", metadata=allowed(Access.ADMIN))
    async def data_quality_alerts(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[DataQualityAlert]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(int,))
        total = selects(info, "totalCount")
        page = await queries.alert_page(info.context.actor, request, with_total=total)
        return connection(page, node=alert_of, key=lambda row: (row.sequence,))


@strawberry.type
class AlertsSubscription:
    """The subscriptions of alerts."""

    @strawberry.subscription(
        description="The latest alert about the data, then each one that is raised.", metadata=allowed(Access.ADMIN)
    )
    async def data_quality_alert(self, info: Info, since: str | None = None) -> AsyncIterator[DataQualityAlertUpdate]:
        """Follow the alerts."""
        return Live(info.context.resources.bus, _topic(info.context.actor), since=since)


async def _run_of(info: Info, row: AlertRow) -> PipelineRun | None:
    return await info.context.loaders(_AlertLoaders).runs.load(row.run_id)


def alert_of(row: AlertRow) -> DataQualityAlert:
    """Return an alert as the API shows it."""
    return DataQualityAlert(
        id=global_id("DataQualityAlert", row.id),
        severity=row.severity,
        rule=row.rule,
        message=row.message,
        at=row.raised_at,
        row=row,
    )


def _topic(actor: Actor) -> Topic[DataQualityAlertUpdate]:
    async def latest(kind: EventKind) -> Update[DataQualityAlertUpdate]:
        epoch, sequence = await queries.alert_position() or (_NO_EPOCH, 0)
        rows = await queries.alerts_after(actor, sequence - 1, 1) if sequence else []
        return _update(kind, epoch, sequence, rows[0] if rows and kind is not EventKind.GAP else None)

    async def read(_: frozenset[str] | None) -> Sequence[Update[DataQualityAlertUpdate]]:
        return [await latest(EventKind.SNAPSHOT)]

    async def follow(events: Sequence[Event]) -> Sequence[Update[DataQualityAlertUpdate]]:
        heard = [event for event in events if isinstance(event, QualityAlertRaised)]
        if not heard:
            return []
        first = min(event.sequence for event in heard)
        rows = await queries.alerts_after(actor, first - 1, len(heard) + _REPLAYED)
        return [_update(EventKind.CHANGE, heard[0].epoch, row.sequence, row) for row in rows]

    async def resume(_: frozenset[str] | None, since: str) -> Sequence[Update[DataQualityAlertUpdate]] | None:
        epoch, sequence = await queries.alert_position() or (_NO_EPOCH, 0)
        position = position_in(since, epoch.hex)
        if position is None or len(position) != 1 or not 0 <= sequence - position[0] <= _REPLAYED:
            return None
        rows = await queries.alerts_after(actor, position[0], _REPLAYED)
        return [_update(EventKind.CHANGE, epoch, row.sequence, row) for row in rows]

    async def gap() -> Update[DataQualityAlertUpdate]:
        return await latest(EventKind.GAP)

    return Topic(
        name=f"data-quality-alerts:{actor.user_id}",
        channels=(QualityAlertRaised.CHANNEL,),
        is_public=False,
        read=read,
        follow=follow,
        resume=resume,
        gap=gap,
        position_of=_position_of,
    )


def _position_of(since: str) -> tuple[int, ...] | None:
    found = place_of(since)
    return None if found is None else found[1]


def _update(kind: EventKind, epoch: UUID, sequence: int, row: AlertRow | None) -> Update[DataQualityAlertUpdate]:
    payload = DataQualityAlertUpdate(
        event_id=event_id(epoch.hex, sequence),
        kind=kind,
        severity=None if row is None else row.severity,
        rule=None if row is None else row.rule,
        message=None if row is None else row.message,
        at=None if row is None else row.raised_at,
        alert=None if row is None else alert_of(row),
    )
    return Update(None, (sequence,), payload)
