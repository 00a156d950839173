"""What the job of a run writes: that it has begun, what was read, what was found, or why it failed."""

from typing import Final
from uuid import UUID

from domain.companies.pipeline.alerts import alert_of_end, alert_of_report
from domain.companies.pipeline.checking import Checked, Rule
from domain.companies.pipeline.jobs import INGEST_COMPANIES
from domain.companies.pipeline.models import CorrectionBatch, CorrectionRule, PipelineRun, RunTable
from domain.companies.pipeline.report_text import gate_text, report_text
from domain.companies.pipeline.reporting import Reported
from domain.companies.pipeline.starting import RunRow, locked_run, save_run
from domain.companies.pipeline.stored import write_corrections, write_findings
from domain.companies.pipeline.types import BatchKind, RunState
from domain.jobs.queries import jobs_by_id
from domain.kernel.actor import SYSTEM
from domain.kernel.work import Subject, Work

# Columns that a report is written to.
REPORTED: Final = (
    *("report", "gate", "gate_passed", "quality_score", "schema_coverage", "data_completeness"),
    *("validation_success", "format_issue_share", "findings_left_out", "proposals_left_out"),
)
# Of those that have waited too long, as many as one look takes.
_SWEPT: Final = 100


async def begin_reading(work: Work, run_id: UUID) -> RunRow | None:
    """Begin a run, or begin it again after its worker was killed; None for one that has come to the gate.

    Emits `RunChanged`.
    """
    run = await locked_run(work, run_id)
    if not run.state.is_under_way:
        return None
    run.state = RunState.READING
    run.attempts += 1
    run.started_at = run.started_at or work.now
    await save_run(work, run, "state", "attempts", "started_at")
    return run


async def begin_checking(work: Work, run_id: UUID, rows: int) -> None:
    """Say that a file was read, and how many rows it has.  Emits `RunChanged`."""
    run = await locked_run(work, run_id)
    if run.state is RunState.READING:
        run.state, run.rows = RunState.CHECKING, rows
        await save_run(work, run, "state", "rows")


async def rules_in_force() -> list[Rule]:
    """Return the rules by which corrections are applied."""
    rows = await CorrectionRule.filter(is_enabled=True).order_by("id")
    return [Rule(row.id, row.kind, row.least_confidence) for row in rows]


async def store_checked(work: Work, run_id: UUID, checked: Checked) -> RunRow:
    """Store what was found, and where the run stands before the gate; nothing where another worker has done so.

    Emits `RunChanged` and `QualityAlertRaised`.
    """
    run = await locked_run(work, run_id)
    if run.state is not RunState.CHECKING:
        return run
    await RunTable.create(run_id=run_id, content=checked.content)
    await write_findings(checked.findings)
    if checked.by_rules:
        await CorrectionBatch.create(
            id=checked.batch_id,
            run_id=run_id,
            kind=BatchKind.RULES,
            corrections=checked.by_rules,
            decided_at=work.now,
        )
    await write_corrections(checked.corrections)
    put_report(run, checked.reported, checked.left_out)
    run.finished_at = work.now
    run.state = RunState.GATE_PASSED if checked.reported.gate.passed else RunState.GATE_BLOCKED
    await save_run(work, run, "state", "finished_at", *REPORTED)
    await alert_of_report(work, run, checked.reported.report)
    await alert_of_end(work, run)
    return run


def put_report(run: PipelineRun, found: Reported, proposals_left_out: int) -> None:
    """Put what a table comes to into a run's row."""
    report = found.report
    run.report, run.gate, run.gate_passed = report_text(report), gate_text(found.gate), found.gate.passed
    run.quality_score, run.schema_coverage = report.quality_score, report.schema_coverage
    run.data_completeness, run.validation_success = report.data_completeness, report.validation_success
    run.format_issue_share = report.format_issue_share
    run.findings_left_out, run.proposals_left_out = found.issues_left_out, proposals_left_out


async def fail_run(work: Work, run_id: UUID, code: str, message: str) -> RunRow:
    """Store why a run came to nothing; one that has come to the gate stays as it is.

    Emits `RunChanged` and `QualityAlertRaised`.
    """
    run = await locked_run(work, run_id)
    if not run.state.is_under_way:
        return run
    run.state, run.finished_at = RunState.FAILED, work.now
    run.fault_code, run.fault_message = code[:40], message[:500]
    await save_run(work, run, "state", "finished_at", "fault_code", "fault_message")
    await work.record("pipeline.fail", Subject("PipelineRun", run_id), None, {"code": run.fault_code})
    await alert_of_end(work, run)
    return run


async def fail_if_spent(work: Work, run_id: UUID) -> None:
    """Fail a run that was carried as often as it may be.  Emits `RunChanged` and `QualityAlertRaised`."""
    run = await locked_run(work, run_id)
    if run.attempts >= INGEST_COMPANIES.attempts:
        await fail_run(work, run_id, "INTERNAL", "internal error; see the log")


async def abandoned_runs() -> list[tuple[UUID, str]]:
    """Return runs under way whose job has ended, and what that job says of it."""
    rows = await PipelineRun.filter(
        state__in=[RunState.QUEUED, RunState.READING, RunState.CHECKING], job_id__isnull=False
    ).limit(_SWEPT)
    jobs = await jobs_by_id(SYSTEM, [row.job_id for row in rows]) if rows else []
    return [
        (row.id, job.failure_code or job.state.value)
        for row, job in zip(rows, jobs, strict=True)
        if job is not None and job.state.is_final
    ]
