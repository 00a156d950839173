"""One row, with something in every column, for each table of the pipeline of companies' figures."""

from datetime import datetime
from uuid import UUID

from domain.companies.pipeline.models import (
    AlertState,
    CorrectionBatch,
    CorrectionRule,
    PipelineRun,
    QualityAlert,
    RunCorrection,
    RunFinding,
    RunTable,
)
from domain.companies.polling.models import SourceFile, SourcePoll
from domain.kernel.ids import new_id

PIPELINE_MODELS = (
    *(PipelineRun, RunTable, RunFinding, RunCorrection, CorrectionBatch, CorrectionRule, AlertState, QualityAlert),
    *(SourcePoll, SourceFile),
)


async def fill_pipeline(now: datetime, user: UUID) -> None:
    """Write one row into each of these tables."""
    run = await PipelineRun.create(
        state="ROLLED_BACK", version=7, source="ü", file_name="ü.csv", file_sha256="0" * 64, file_size=2**30, rows=2,
        as_of=now.date(), publish_when_passed=True, idempotency_key="k", requested_by=user, job_id=new_id(), attempts=2,
        created_at=now, started_at=now, finished_at=now, fault_code="FORMAT", fault_message="ü", report="{}", gate="{}",
        gate_passed=False, quality_score=97.5, schema_coverage=0.5, data_completeness=0.25, validation_success=1.0,
        format_issue_share=0.125, findings_left_out=3, proposals_left_out=4, publication_id=new_id(), published_by=user,
        published_at=now, published_companies=5, override_reason="ü", rolled_back_by=user, rolled_back_at=now,
        rolled_back_reason="ü",
    )  # fmt: skip
    await RunTable.create(run_id=run.id, content=b"\x00\xff")
    await RunFinding.create(
        run_id=run.id, place=0, kind="SCALE", severity="ERROR", ticker="AAA", row=1, field="roe", seen="ü",
        expected="ü", confidence=0.5,
    )  # fmt: skip
    batch = await CorrectionBatch.create(
        run_id=run.id, kind="APPROVE", corrections=1, reason="ü", decided_by=user, decided_at=now,
        publication_id=new_id(), rolled_back_at=now,
    )  # fmt: skip
    rule = await CorrectionRule.create(
        kind="SCALE", least_confidence=0.75, is_enabled=True, changed_by=user, changed_at=now
    )
    await RunCorrection.create(
        run_id=run.id, kind="SWAPPED", ticker="AAA", row=1, field="low52W", other="high52W", written="ü", before="1",
        after="2.5", drops_row=False, reason="ü", confidence=0.5, state="APPROVED", batch_id=batch.id, rule_id=rule.id,
        proposed_at=now, decided_at=now,
    )  # fmt: skip
    await AlertState.create(id=1, epoch=new_id(), sequence=2**40)
    await QualityAlert.create(
        sequence=2**40, rule="COVERAGE", severity="HIGH", message="ü", run_id=run.id, raised_at=now
    )
    await SourcePoll.create(source="folder", polled_at=now, answered_at=now, files=1, fault="ü")
    await SourceFile.create(
        source="folder", name="ü.csv", version="1", size=2**40, state="TAKEN", attempts=2, message="ü", run_id=run.id,
        found_at=now,
    )  # fmt: skip
