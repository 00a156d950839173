"""Runs of the pipeline, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain.companies.pipeline import queries, types
from domain.companies.pipeline.queries import RunRow
from domain.companies.pipeline.report_text import read_gate, read_report
from schema.companies.quality.corrections import (
    CorrectionBatch,
    CorrectionState,
    DataCorrection,
    batch_of,
    correction_of,
)
from schema.companies.quality.reports import QualityReport, report_of
from schema.context import Context, Info
from schema.jobs.types import Job, find_jobs
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.node import Node, global_id, loads_nodes

PipelineRunState = strawberry.enum(
    types.RunState,
    name="PipelineRunState",
    description=(
        "Where a run stands. QUEUED, READING, CHECKING: its job is under way. GATE_BLOCKED, GATE_PASSED: it waits for "
        "an administrator. PUBLISHED: its figures are known. ROLLED_BACK: they were taken back. FAILED: it came to "
        "nothing. The last two are final."
    ),
)
OnlyCorrections = Annotated[
    CorrectionState | None,  # type: ignore[valid-type]
    strawberry.argument(description="Only those in this state."),
]


@strawberry.type(description="The file of a run.")
class PipelineFile:
    """A file."""

    name: str = strawberry.field(description="What it was called.")
    sha256: str = strawberry.field(description="The hex of the SHA-256 of its bytes.")
    size: int = strawberry.field(description="Its length in bytes.")
    rows: int | None = strawberry.field(description="How many rows of figures it has; null until it was read.")


@strawberry.type(description="Why a run came to nothing.")
class PipelineFault:
    """A fault."""

    code: str = strawberry.field(description="What kind of fault it was, such as FORMAT or TOO_LARGE.")
    message: str = strawberry.field(description="What was expected and what came, and where.")


@strawberry.type(description="A file of companies' figures on its way to being known.")
class PipelineRun(Node):
    """A run."""

    state: PipelineRunState = strawberry.field(description="Where it stands.")  # type: ignore[valid-type]
    source: str = strawberry.field(description="What its figures are said to come from.")
    as_of: date = strawberry.field(description="The day that its figures are of.")
    file: PipelineFile = strawberry.field(description="Its file.")
    created_at: datetime = strawberry.field(description="When it was asked for, in real time.")
    started_at: datetime | None = strawberry.field(description="When its job began, in real time.")
    finished_at: datetime | None = strawberry.field(description="When it stood before the gate, or had failed.")
    requested_by: strawberry.ID | None = strawberry.field(description="Id of who asked; null for the system.")
    fault: PipelineFault | None = strawberry.field(description="Why it came to nothing; null unless it has failed.")
    publishes_when_passed: bool = strawberry.field(description="Whether it goes through an open gate by itself.")
    override_reason: str | None = strawberry.field(description="Why a blocked gate was passed by; mostly null.")
    published_at: datetime | None = strawberry.field(description="When its figures became known; null before.")
    published_by: strawberry.ID | None = strawberry.field(description="Id of who published; null for the system.")
    published_companies: int | None = strawberry.field(description="Of how many companies; null before.")
    rolled_back_at: datetime | None = strawberry.field(description="When its figures were taken back; null before.")
    rolled_back_by: strawberry.ID | None = strawberry.field(description="Id of who took them back; null before.")
    rolled_back_reason: str | None = strawberry.field(description="Why they were taken back; null for no reason.")
    corrections_left_out: int = strawberry.field(
        description="How many proposals are counted and not listed: decide of the others, and they appear."
    )
    row: strawberry.Private[RunRow]

    @strawberry.field(description="What its table comes to, with all that is decided of it; null until it was checked.")
    def report(self) -> QualityReport | None:
        """Show the report."""
        row = self.row
        if row.report is None:
            return None
        return report_of(row.id, read_report(row.report), read_gate(row.gate), left_out=row.findings_left_out)

    @strawberry.field(description="The corrections that checks have proposed, as they were proposed.")
    async def corrections(
        self,
        info: Info,
        state: OnlyCorrections = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[DataCorrection]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(UUID,))
        total = selects(info, "totalCount")
        page = await queries.correction_page(self.row.id, request, state=state, with_total=total)
        return connection(page, node=correction_of, key=lambda row: (row.id,))

    @strawberry.field(description="What was decided of its corrections, oldest first.")
    async def decisions(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[CorrectionBatch]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await queries.batch_page(self.row.id, request, with_total=selects(info, "totalCount"))
        return connection(page, node=batch_of, key=lambda row: (row.id,))

    @strawberry.field(description="The job that brings it to the gate; null for another administrator's.")
    async def job(self, info: Info) -> Job | None:
        """Find the job."""
        return None if self.row.job_id is None else (await find_jobs(info.context, [self.row.job_id]))[0]


def run_of(row: RunRow) -> PipelineRun:
    """Return a run as the API shows it."""
    fault = None
    if row.fault_code is not None:
        fault = PipelineFault(code=row.fault_code, message=row.fault_message or "")
    return PipelineRun(
        id=global_id("PipelineRun", row.id),
        state=row.state,
        source=row.source,
        as_of=row.as_of,
        file=PipelineFile(name=row.file_name, sha256=row.file_sha256, size=row.file_size, rows=row.rows),
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        requested_by=_user(row.requested_by),
        fault=fault,
        publishes_when_passed=row.publish_when_passed,
        override_reason=row.override_reason,
        published_at=row.published_at,
        published_by=_user(row.published_by),
        published_companies=row.published_companies,
        rolled_back_at=row.rolled_back_at,
        rolled_back_by=_user(row.rolled_back_by),
        rolled_back_reason=row.rolled_back_reason,
        corrections_left_out=row.proposals_left_out,
        row=row,
    )


def _user(key: UUID | None) -> strawberry.ID | None:
    return None if key is None else global_id("User", key)


@loads_nodes("PipelineRun")
async def find_runs(context: Context, keys: Sequence[UUID]) -> list[PipelineRun | None]:
    """Return the runs of these ids, None where the actor sees none."""
    rows = await queries.runs_by_id(context.actor, keys)
    return [None if row is None else run_of(row) for row in rows]
