"""Alerts about the data: what is raised when, in a sequence that misses none."""

from typing import Final
from uuid import UUID

from tortoise.expressions import F

from domain.companies.pipeline.events import QualityAlertRaised
from domain.companies.pipeline.models import AlertState, PipelineRun, QualityAlert
from domain.companies.pipeline.types import AlertRule, AlertSeverity, Report
from domain.kernel.ids import new_id
from domain.kernel.work import Work

_STATE: Final = 1
# Shares of companies with format issues: more than this, or this much more than in the run before.
FORMAT_ISSUES: Final = 0.10
FORMAT_ISSUES_MORE: Final = 0.05
COVERAGE: Final = 0.99
# Seconds from the start of a run to its end.
SLOW: Final = 600.0


async def alert_of_report(work: Work, run: PipelineRun, report: Report) -> None:
    """Raise what a report gives reason for.  Emits `QualityAlertRaised`."""
    if report.data_completeness < COVERAGE:
        message = f"expected {COVERAGE:.0%} of the values that can be, got {report.data_completeness:.1%}"
        await raise_alert(work, AlertRule.COVERAGE, AlertSeverity.HIGH, message, run.id)
    before = await _share_before(run)
    share = report.format_issue_share
    if share > FORMAT_ISSUES or (before is not None and share > before + FORMAT_ISSUES_MORE):
        beside = "" if before is None else f", after {before:.1%} in the run before"
        message = f"expected format issues at fewer companies, got them at {share:.1%}{beside}"
        await raise_alert(work, AlertRule.FORMAT_ISSUES, AlertSeverity.MEDIUM, message, run.id)


async def alert_of_end(work: Work, run: PipelineRun) -> None:
    """Raise what the end of a run gives reason for: that it failed, or took long.  Emits `QualityAlertRaised`."""
    if run.fault_code is not None:
        message = f"{run.file_name}: {run.fault_code}: {run.fault_message}"[:500]
        await raise_alert(work, AlertRule.RUN_FAILED, AlertSeverity.CRITICAL, message, run.id)
    seconds = 0.0 if run.started_at is None else (work.now - run.started_at).total_seconds()
    if seconds > SLOW:
        message = f"expected a run to end within {SLOW:g} s, got {seconds:.0f} s"
        await raise_alert(work, AlertRule.SLOW_RUN, AlertSeverity.HIGH, message, run.id)


async def raise_alert(work: Work, rule: AlertRule, severity: AlertSeverity, message: str, run_id: UUID) -> None:
    """Store an alert, holding the lock of their sequence until the commit.  Emits `QualityAlertRaised`."""
    if not await AlertState.filter(id=_STATE).update(sequence=F("sequence") + 1):
        await AlertState.bulk_create([AlertState(id=_STATE, epoch=new_id())], ignore_conflicts=True)
        await AlertState.filter(id=_STATE).update(sequence=F("sequence") + 1)
    state = await AlertState.get(id=_STATE)
    await QualityAlert.create(
        sequence=state.sequence, rule=rule, severity=severity, message=message, run_id=run_id, raised_at=work.now
    )
    assert isinstance(state.epoch, UUID)
    work.emit(QualityAlertRaised(epoch=state.epoch, sequence=state.sequence))


async def _share_before(run: PipelineRun) -> float | None:
    before = await PipelineRun.filter(id__lt=run.id, format_issue_share__isnull=False).order_by("-id").first()
    return None if before is None else float(before.format_issue_share)
