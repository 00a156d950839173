"""Reads runs, what was found and decided of them, and alerts."""

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias
from uuid import UUID

from domain.companies.pipeline.access import accessible, may_see
from domain.companies.pipeline.models import (
    AlertState,
    CorrectionBatch,
    PipelineRun,
    QualityAlert,
    RunCorrection,
    RunFinding,
)
from domain.companies.pipeline.types import CorrectionState, RunState
from domain.companies.quality.findings import Severity
from domain.kernel.actor import Actor
from domain.kernel.errors import BadUserInput
from domain.kernel.paging import Page, PageRequest
from domain.storage.pages import read_page

# What the mirror slice of the schema reads, without naming the tables.
RunRow: TypeAlias = PipelineRun
FindingRow: TypeAlias = RunFinding
CorrectionRow: TypeAlias = RunCorrection
BatchRow: TypeAlias = CorrectionBatch
AlertRow: TypeAlias = QualityAlert

MOST_POINTS: Final = 1_000


async def runs_by_id(actor: Actor, run_ids: Sequence[UUID]) -> list[RunRow | None]:
    """Return runs in the order asked for, None where the actor sees none."""
    found = {row.id: row for row in await accessible(actor).filter(id__in=set(run_ids))}
    return [found.get(run_id) for run_id in run_ids]


async def run_page(
    actor: Actor, request: PageRequest, *, state: RunState | None = None, with_total: bool = False
) -> Page[RunRow]:
    """Return runs, the newest first."""
    rows = accessible(actor)
    return await read_page(rows if state is None else rows.filter(state=state), ["-id"], request, with_total=with_total)


async def finding_page(
    run_id: UUID, request: PageRequest, *, severity: Severity | None = None, with_total: bool = False
) -> Page[FindingRow]:
    """Return what was found in a run that the actor may see, the gravest first."""
    rows = RunFinding.filter(run_id=run_id)
    chosen = rows if severity is None else rows.filter(severity=severity)
    return await read_page(chosen, ["place"], request, with_total=with_total)


async def correction_page(
    run_id: UUID, request: PageRequest, *, state: CorrectionState | None = None, with_total: bool = False
) -> Page[CorrectionRow]:
    """Return the corrections of a run that the actor may see, as they were proposed."""
    rows = RunCorrection.filter(run_id=run_id)
    return await read_page(rows if state is None else rows.filter(state=state), ["id"], request, with_total=with_total)


async def corrections_by_id(actor: Actor, correction_ids: Sequence[UUID]) -> list[CorrectionRow | None]:
    """Return corrections in the order asked for, None where the actor sees none."""
    rows = await RunCorrection.filter(id__in=set(correction_ids)) if may_see(actor) else []
    found = {row.id: row for row in rows}
    return [found.get(key) for key in correction_ids]


async def batch_page(run_id: UUID, request: PageRequest, *, with_total: bool = False) -> Page[BatchRow]:
    """Return what was decided of a run that the actor may see, oldest first."""
    return await read_page(CorrectionBatch.filter(run_id=run_id), ["id"], request, with_total=with_total)


async def quality_trend(actor: Actor, first: date, last: date) -> list[RunRow]:
    """Return the runs of these days that were checked, by day, then as they came.

    Raises `BadUserInput` for more than 1,000.
    """
    rows = accessible(actor).filter(as_of__gte=first, as_of__lte=last, report__isnull=False)
    found = await rows.order_by("as_of", "id").limit(MOST_POINTS + 1)
    if len(found) > MOST_POINTS:
        raise BadUserInput(f"expected days of at most {MOST_POINTS} runs, got more: ask for fewer")
    return found


async def alert_position() -> tuple[UUID, int] | None:
    """Return the epoch of alerts, and the sequence of the latest; None where there never was one."""
    state = await AlertState.get_or_none(id=1)
    return None if state is None else (state.epoch, state.sequence)


async def alerts_after(actor: Actor, sequence: int, limit: int) -> list[AlertRow]:
    """Return the alerts after one, oldest first."""
    if not may_see(actor):
        return []
    return await QualityAlert.filter(sequence__gt=sequence).order_by("sequence").limit(limit)


async def alert_page(actor: Actor, request: PageRequest, *, with_total: bool = False) -> Page[AlertRow]:
    """Return alerts, the newest first."""
    rows = QualityAlert.all() if may_see(actor) else QualityAlert.filter(id=None)
    return await read_page(rows, ["-sequence"], request, with_total=with_total)
