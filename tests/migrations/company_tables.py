"""One row, with something in every column, for each table of companies."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.companies.models import Company, CompanyPublication, CompanySnapshot, CompanyState, SavedScreen
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

COMPANY_MODELS = (
    *(CompanyState, Company, CompanyPublication, CompanySnapshot, SavedScreen),
    *(PipelineRun, RunTable, RunFinding, CorrectionBatch, RunCorrection, CorrectionRule, AlertState, QualityAlert),
    *(SourcePoll, SourceFile),
)


async def fill_companies(tenant: UUID, user: UUID, now: datetime) -> None:
    """Write one row, with something in every column, into each table of companies."""
    await CompanyState.create(id=1, epoch=new_id(), sequence=2**40, changed_at=now)
    texts: dict[str, Any] = dict.fromkeys(("industry", "sector", "country", "analyst", "rating"), "ü")
    company = await Company.create(
        ticker="AAA", name="Aaa", exchange="XNAS", currency="USD", snapshot_id=new_id(), sequence=2**40,
        is_added_by_hand=True, created_at=now, changed_at=now, **texts,
    )  # fmt: skip
    publication = await CompanyPublication.create(
        source="made up", as_of=now.date(), grade="GOOD", covered="[]", companies=1, run_id=new_id(),
        published_by=user, published_at=now, withdrawn_by=user, withdrawn_at=now,
    )  # fmt: skip
    await CompanySnapshot.create(
        company_id=company.id, publication_id=publication.id, as_of=now.date(), recorded_at=now, quality=97.5,
        texts="{}", figures="{}", origins="{}",
    )  # fmt: skip
    await SavedScreen.create(
        tenant_id=tenant, owner_id=user, name="S", conditions="{}", ordering="{}", created_at=now, changed_at=now
    )
    await fill_pipeline(user, now)
    await SourcePoll.create(source="folder", polled_at=now, answered_at=now, files=1, fault="none")
    await SourceFile.create(
        source="folder",
        name="ü.csv",
        version="1",
        size=2**40,
        state="TAKEN",
        message="m",
        run_id=new_id(),
        found_at=now,
    )


async def fill_pipeline(user: UUID, now: datetime) -> None:
    """The same for runs and what came of them."""
    shares: dict[str, Any] = dict.fromkeys(
        ("quality_score", "schema_coverage", "data_completeness", "validation_success", "format_issue_share"), 0.5
    )
    times: dict[str, Any] = dict.fromkeys(
        ("created_at", "started_at", "finished_at", "published_at", "rolled_back_at"), now
    )
    run = await PipelineRun.create(
        source="made up", file_name="ü.csv", file_sha256="a" * 64, file_size=3, rows=1, as_of=now.date(),
        idempotency_key="key", requested_by=user, job_id=new_id(), fault_code="X", fault_message="x", report="{}",
        gate="{}", gate_passed=True, publication_id=new_id(), published_by=user, published_companies=1,
        override_reason="x", rolled_back_by=user, rolled_back_reason="x", **shares, **times,
    )  # fmt: skip
    await RunTable.create(run_id=run.id, content=b"\x00\xff")
    said: dict[str, Any] = {"run_id": run.id, "kind": "REQUIRED", "ticker": "AAA", "row": 1, "field": "per"}
    await RunFinding.create(**said, place=1, severity="ERROR", seen="1", expected="2", confidence=0.5)
    batch = await CorrectionBatch.create(
        run_id=run.id, kind="APPROVE", corrections=1, reason="x", decided_by=user, decided_at=now,
        publication_id=new_id(), rolled_back_at=now,
    )  # fmt: skip
    rule = await CorrectionRule.create(
        kind="REQUIRED", least_confidence=0.9, is_enabled=True, changed_by=user, changed_at=now
    )
    await RunCorrection.create(
        **said, other="roe", written="1", before="1", after="2", drops_row=False, reason="x", confidence=0.5,
        state="APPROVED", batch_id=batch.id, rule_id=rule.id, proposed_at=now, decided_at=now,
    )  # fmt: skip
    await AlertState.create(id=1, epoch=new_id(), sequence=2**40)
    await QualityAlert.create(
        sequence=2**40, rule="COVERAGE", severity="HIGH", message="ü", run_id=run.id, raised_at=now
    )
