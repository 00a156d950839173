"""Makes known what a run has found, and takes it back."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.companies.errors import Overtaken
from domain.companies.models import CompanyPublication
from domain.companies.pipeline.deciding import checked_reason
from domain.companies.pipeline.errors import GateBlocked, WrongState
from domain.companies.pipeline.foundations import refuse_if_built_upon
from domain.companies.pipeline.jobs import PUBLISH_RUN
from domain.companies.pipeline.loading import load, load_run
from domain.companies.pipeline.redeciding import publication_from
from domain.companies.pipeline.starting import RunRow, locked_run, run_at, save_run
from domain.companies.pipeline.types import RunState
from domain.companies.preparing import prepare
from domain.companies.publishing import publish, withdraw
from domain.kernel.actor import Actor
from domain.kernel.errors import Unavailable
from domain.kernel.lasting import made_to_pass
from domain.kernel.ports import Resources
from domain.kernel.work import Subject, Work

_TRIES: Final = 6
# Rows that are published within a second or two, while whoever asks waits.
MOST_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Released:
    """A run that was made known, and of how many companies."""

    run: RunRow
    companies: int


async def publish_run(
    resources: Resources, actor: Actor, run_id: UUID, *, override_reason: str | None = None
) -> Released:
    """Make known what a run has found, with the corrections that were approved.

    A blocked gate is passed by where somebody says why.  Emits `RunChanged` and `CompaniesChanged`.  Raises
    `NotFound`, `WrongState`, `GateBlocked`, and `Unavailable` where others never cease to be faster.
    """
    reason = checked_reason(override_reason, field="override_reason")
    with made_to_pass():
        for _ in range(_TRIES):
            run = await load_run(actor, run_id)
            _refuse_unless_ready(run, reason)
            loaded = await load(run)
            publication = await resources.compute.run(publication_from, loaded)
            if not publication.records:
                raise WrongState("expected companies to publish, got none with a usable ticker", field=("run_id",))
            prepared = await prepare(publication, resources.clock.now(), resources.compute)
            try:
                async with resources.unit_of_work(actor) as work:
                    held = await run_at(work, run_id, run.version)
                    published = await publish(work, prepared)
                    await _note(work, held, published.id, published.companies, reason)
                    return Released(held, published.companies)
            except Overtaken:
                continue
    raise Unavailable("expected nobody else to publish at the same time, others were always faster: try again")


async def publish_later(work: Work, run_id: UUID, *, override_reason: str | None = None) -> tuple[RunRow, UUID]:
    """Have a job make known what a run has found; return the run and the job.

    Raises `NotFound`, `InvalidInput`, `WrongState`, `GateBlocked`.
    """
    reason = checked_reason(override_reason, field="override_reason")
    run = await locked_run(work, run_id)
    _refuse_unless_ready(run, reason)
    asked = {"user_id": work.actor.user_id, "tenant_id": work.actor.tenant_id, "override_reason": reason}
    key = f"publish_run:{run_id}"
    return run, await work.enqueue(PUBLISH_RUN, {"run_id": run_id, **asked}, run_once_key=key)


def _refuse_unless_ready(run: RunRow, reason: str | None) -> None:
    if run.state is RunState.GATE_BLOCKED:
        if reason is None:
            message = "expected a gate that is passed, or a reason to pass it by"
            raise GateBlocked(message, field=("override_reason",))
    elif run.state is not RunState.GATE_PASSED:
        raise WrongState(f"expected a run that stands before the gate, got {run.state}", field=("run_id",))


async def _note(work: Work, run: RunRow, publication_id: UUID, companies: int, reason: str | None) -> None:
    before = {"state": run.state}
    run.override_reason = reason if run.state is RunState.GATE_BLOCKED else None
    run.state, run.publication_id, run.published_companies = RunState.PUBLISHED, publication_id, companies
    run.published_by, run.published_at = work.actor.user_id, work.now
    names = ("state", "publication_id", "published_companies", "published_by", "published_at", "override_reason")
    await save_run(work, run, *names)
    after = {"state": run.state, "publication": publication_id, "override_reason": run.override_reason}
    await work.record("pipeline.publish", Subject("PipelineRun", run.id), before, after)


async def roll_back_run(work: Work, run_id: UUID, *, reason: str | None = None) -> RunRow:
    """Take back all that a run has made known, its later corrections too: what stood before stands again.

    Emits `RunChanged` and `CompaniesChanged`.  Raises `NotFound`, `InvalidInput`, `WrongState`, `BuiltUpon`.
    """
    said = checked_reason(reason)
    run = await locked_run(work, run_id)
    if run.state is not RunState.PUBLISHED:
        raise WrongState(f"expected a run that is known, got {run.state}", field=("run_id",))
    await refuse_if_built_upon(run)
    for row in await CompanyPublication.filter(run_id=run.id, withdrawn_at=None).order_by("-id"):
        await withdraw(work, row.id)
    run.state = RunState.ROLLED_BACK
    run.rolled_back_by, run.rolled_back_at, run.rolled_back_reason = work.actor.user_id, work.now, said
    await save_run(work, run, "state", "rolled_back_by", "rolled_back_at", "rolled_back_reason")
    told = {"state": run.state, "reason": said}
    await work.record("pipeline.roll_back", Subject("PipelineRun", run_id), {"state": RunState.PUBLISHED}, told)
    return run
