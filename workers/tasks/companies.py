"""The jobs of companies: looking for files of their figures, bringing each to the gate, and through it."""

from collections.abc import Mapping
from uuid import UUID

from domain.companies.pipeline.ingesting import ingest
from domain.companies.pipeline.jobs import INGEST_COMPANIES, PUBLISH_RUN
from domain.companies.pipeline.loading import load_run
from domain.companies.pipeline.releasing import publish_run
from domain.companies.pipeline.running import fail_if_spent, fail_run
from domain.companies.pipeline.types import RunState
from domain.companies.polling.jobs import POLL_COMPANY_SOURCE
from domain.companies.polling.polling import poll
from domain.kernel.actor import SYSTEM, Actor, Role
from workers.registry import JobCancelled, Run, handles


@handles(POLL_COMPANY_SOURCE)
async def poll_company_source(run: Run) -> Mapping[str, object]:
    """Take what is new at a source."""
    return await poll(run.resources, str(run.arguments["source"]), run.report)


@handles(INGEST_COMPANIES)
async def ingest_companies(run: Run) -> Mapping[str, object]:
    """Read, check and perhaps publish a file; a run whose job was stopped, or fails for the last time, has failed."""
    run_id = UUID(str(run.arguments["run_id"]))
    try:
        return await ingest(run.resources, run_id, run.report)
    except JobCancelled:
        async with run.resources.unit_of_work(SYSTEM) as work:
            await fail_run(work, run_id, "CANCELLED", "expected an end, was stopped before")
        raise
    except Exception:
        async with run.resources.unit_of_work(SYSTEM) as work:
            await fail_if_spent(work, run_id)
        raise


@handles(PUBLISH_RUN)
async def publish_companies(run: Run) -> Mapping[str, object]:
    """Make a run known on behalf of whoever asked for it; one that is known already stays as it is."""
    run_id, user_id, tenant_id = (UUID(str(run.arguments[name])) for name in ("run_id", "user_id", "tenant_id"))
    reason = run.arguments["override_reason"]
    # Whoever asked was an administrator then.
    actor = Actor(user_id=user_id, tenant_id=tenant_id, roles=frozenset({Role.ADMIN}))
    found = await load_run(SYSTEM, run_id)
    if found.state is not RunState.PUBLISHED:
        told = None if reason is None else str(reason)
        found = (await publish_run(run.resources, actor, run_id, override_reason=told)).run
    return {"run_id": str(run_id), "companies": found.published_companies}
