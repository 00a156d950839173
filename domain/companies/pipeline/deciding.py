"""Decides of proposed corrections, and takes decisions back.

A table is examined again before the transaction, for the version of the run that was read; where somebody else was
faster, it is read and examined once more.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.companies.errors import Overtaken
from domain.companies.models import CompanyPublication
from domain.companies.pipeline.errors import WrongState
from domain.companies.pipeline.foundations import refuse_if_built_upon, refuse_if_followed
from domain.companies.pipeline.loading import Loaded, load, load_run
from domain.companies.pipeline.models import CorrectionBatch, RunCorrection, RunFinding
from domain.companies.pipeline.redeciding import Redecided, States, preview, redecide
from domain.companies.pipeline.reporting import Reported
from domain.companies.pipeline.running import REPORTED, put_report
from domain.companies.pipeline.starting import RunRow, run_at, save_run
from domain.companies.pipeline.stored import write_corrections, write_findings
from domain.companies.pipeline.types import DECIDED, BatchKind, CorrectionState, Decision, RunState
from domain.companies.preparing import Prepared, prepare
from domain.companies.publishing import publish, withdraw
from domain.companies.types import Publication
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, Unavailable
from domain.kernel.ids import new_id
from domain.kernel.lasting import made_to_pass
from domain.kernel.ports import Resources
from domain.kernel.text import forbidden_character
from domain.kernel.work import Subject, Work

_OPEN: Final = (RunState.GATE_BLOCKED, RunState.GATE_PASSED, RunState.PUBLISHED)
_TRIES: Final = 6
_MOST_IDS: Final = 1_000
LONGEST_REASON: Final = 1_000
_OUTCOME: Final = {Decision.APPROVE: CorrectionState.APPROVED, Decision.REJECT: CorrectionState.REJECTED}


@dataclass(frozen=True, slots=True)
class _Change:
    """Which corrections get which state, and what is said of it; `undone` is the batch that is taken back."""

    kind: BatchKind
    states: States
    reason: str | None
    undone: UUID | None = None


async def decide_corrections(
    resources: Resources,
    actor: Actor,
    run_id: UUID,
    decision: Decision,
    *,
    correction_ids: Collection[UUID] | None = None,
    reason: str | None = None,
) -> RunRow:
    """Approve or reject corrections that are pending, all of them or these; a run that is known says so at once.

    Emits `RunChanged` and `CompaniesChanged`.  Raises `NotFound`, `InvalidInput`, `WrongState`, `BuiltUpon`, and
    `Unavailable` where others never cease to be faster.
    """
    said = checked_reason(reason)

    async def change(loaded: Loaded) -> _Change:
        chosen = _chosen(loaded, correction_ids)
        return _Change(BatchKind(decision.value), dict.fromkeys(chosen, _OUTCOME[decision]), said)

    return await _changed(resources, actor, run_id, change)


async def roll_back_corrections(
    resources: Resources, actor: Actor, batch_id: UUID, *, reason: str | None = None
) -> RunRow:
    """Take back what was decided together: it is as if nobody had, and is proposed again.

    Emits `RunChanged` and `CompaniesChanged`.  Raises as `decide_corrections` does.
    """
    said = checked_reason(reason)
    batch = await CorrectionBatch.get_or_none(id=batch_id)
    if batch is None:
        raise NotFound("no such batch", field=("batch_id",))

    async def change(loaded: Loaded) -> _Change:
        ids = [row.id for row in loaded.corrections if row.batch_id == batch_id and row.state in DECIDED]
        if not ids:
            raise WrongState("expected a batch that stands, got one that was rolled back", field=("batch_id",))
        return _Change(BatchKind.ROLL_BACK, dict.fromkeys(ids, CorrectionState.ROLLED_BACK), said, batch_id)

    return await _changed(resources, actor, batch.run_id, change)


async def preview_corrections(
    resources: Resources,
    actor: Actor,
    run_id: UUID,
    decision: Decision,
    correction_ids: Collection[UUID] | None = None,
) -> Reported:
    """Return what a run would come to.  Raises `NotFound`, `InvalidInput`, `WrongState`."""
    loaded = await _loaded(actor, run_id)
    states = dict.fromkeys(_chosen(loaded, correction_ids), _OUTCOME[decision])
    return await resources.compute.run(preview, loaded, states)


def checked_reason(reason: str | None, *, field: str = "reason") -> str | None:
    """Return a reason that somebody has given, None for none.  Raises `InvalidInput`."""
    text = (reason or "").strip()
    if len(text) > LONGEST_REASON:
        raise InvalidInput(f"expected at most {LONGEST_REASON} characters, got {len(text)}", field=(field,))
    if (found := forbidden_character(text)) is not None:
        raise InvalidInput(f"expected text, got one with {found}", field=(field,))
    return text or None


async def _loaded(actor: Actor, run_id: UUID) -> Loaded:
    run = await load_run(actor, run_id)
    if run.state not in _OPEN:
        raise WrongState(f"expected a run that stands before the gate or is known, got {run.state}", field=("run_id",))
    return await load(run)


def _chosen(loaded: Loaded, correction_ids: Collection[UUID] | None) -> list[UUID]:
    """Return the pending corrections that are meant.  Raises `InvalidInput` for none, and for others."""
    pending = [row.id for row in loaded.corrections if row.state is CorrectionState.PENDING]
    if correction_ids is None:
        if not pending:
            raise InvalidInput("expected corrections that are pending, got none", field=("correction_ids",))
        return pending
    wanted = set(correction_ids)
    if not 1 <= len(wanted) <= _MOST_IDS:
        message = f"expected 1 to {_MOST_IDS} corrections, got {len(wanted)}: leave them out for all"
        raise InvalidInput(message, field=("correction_ids",))
    if others := len(wanted - set(pending)):
        message = f"expected corrections of this run that are pending, got {others} that are not"
        raise InvalidInput(message, field=("correction_ids",))
    return [key for key in pending if key in wanted]


async def _changed(
    resources: Resources, actor: Actor, run_id: UUID, change_of: Callable[[Loaded], Awaitable[_Change]]
) -> RunRow:
    with made_to_pass():
        for _ in range(_TRIES):
            loaded = await _loaded(actor, run_id)
            change = await change_of(loaded)
            now = resources.clock.now()
            redecided = await resources.compute.run(redecide, loaded, change.states, now, change.kind)
            prepared = None
            if redecided.publication is not None and change.undone is None:
                prepared = await prepare(redecided.publication, now, resources.compute)
            try:
                async with resources.unit_of_work(actor) as work:
                    return await _write(work, resources, loaded.run, change, redecided, prepared)
            except Overtaken:
                continue
    raise Unavailable("expected nobody else to decide at the same time, others were always faster: try again")


async def _write(
    work: Work,
    resources: Resources,
    seen: RunRow,
    change: _Change,
    redecided: Redecided,
    prepared: Prepared | None,
) -> RunRow:
    run = await run_at(work, seen.id, seen.version)
    batch_id = new_id()
    publication_id = await _publish(work, resources, run, redecided.publication, prepared)
    await CorrectionBatch.create(
        id=batch_id,
        run_id=run.id,
        kind=change.kind,
        corrections=len(change.states),
        reason=change.reason,
        decided_by=work.actor.user_id,
        decided_at=work.now,
        publication_id=publication_id,
    )
    await _write_corrections(work, run, change, redecided, batch_id)
    await RunFinding.filter(run_id=run.id).delete()
    await write_findings(redecided.findings)
    put_report(run, redecided.reported, redecided.left_out)
    if run.state is not RunState.PUBLISHED:
        run.state = RunState.GATE_PASSED if redecided.reported.gate.passed else RunState.GATE_BLOCKED
    await save_run(work, run, "state", *REPORTED)
    told = {"batch": batch_id, "kind": change.kind, "corrections": len(change.states), "reason": change.reason}
    await work.record("pipeline.decide", Subject("PipelineRun", run.id), None, told)
    return run


async def _write_corrections(work: Work, run: RunRow, change: _Change, redecided: Redecided, batch_id: UUID) -> None:
    ids = list(change.states)
    state = next(iter(change.states.values()))
    if change.undone is None:
        changes: dict[str, object] = {"state": state, "batch_id": batch_id, "decided_at": work.now}
        await RunCorrection.filter(run_id=run.id, id__in=ids).update(**changes)
    else:
        await RunCorrection.filter(run_id=run.id, batch_id=change.undone, state__in=DECIDED).update(state=state)
        await CorrectionBatch.filter(id=change.undone).update(rolled_back_at=work.now)
    if redecided.superseded:
        superseded = RunCorrection.filter(run_id=run.id, id__in=redecided.superseded)
        await superseded.update(state=CorrectionState.SUPERSEDED)
    await write_corrections(redecided.proposed)


async def _publish(
    work: Work, resources: Resources, run: RunRow, publication: Publication | None, prepared: Prepared | None
) -> UUID | None:
    """Make known what a decision changes of a run that is known; return the publication."""
    if publication is None:
        return None
    await refuse_if_followed(run)
    if prepared is not None:
        return (await publish(work, prepared)).id
    # All of it is taken back first, so that nothing of what is undone is carried over: what is prepared must see that,
    # and is therefore prepared in here.
    await refuse_if_built_upon(run)
    for row in await CompanyPublication.filter(run_id=run.id, withdrawn_at=None).order_by("-id"):
        await withdraw(work, row.id)
    published = await publish(work, await prepare(publication, work.now, resources.compute))
    run.publication_id = published.id
    await run.save(update_fields=["publication_id"])
    return published.id
