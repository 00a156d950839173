"""The jobs of companies: looking for files of their figures, and bringing each to the gate."""

from collections.abc import Mapping
from uuid import UUID

from domain.companies.pipeline.ingesting import ingest
from domain.companies.pipeline.jobs import INGEST_COMPANIES
from domain.companies.pipeline.running import fail_if_spent, fail_run
from domain.companies.polling.jobs import POLL_COMPANY_SOURCE
from domain.companies.polling.polling import poll
from domain.kernel.actor import SYSTEM
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
