"""Corrections and what is decided of them, as the API shows it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.companies.pipeline import queries, types
from domain.companies.pipeline.queries import BatchRow, CorrectionRow
from domain.companies.pipeline.rules import RuleRow
from domain.companies.pipeline.stored import after_of
from schema.companies.quality.issues import IssueKind
from schema.context import Context
from schema.shared.node import Node, global_id, loads_nodes

CorrectionState = strawberry.enum(
    types.CorrectionState,
    name="CorrectionState",
    description=(
        "What has become of a correction. PENDING: nobody has decided. APPLIED_BY_RULE: a stored rule says so. "
        "ROLLED_BACK: the decision was taken back, and it is proposed again as another. SUPERSEDED: after other "
        "decisions nothing of it is left to mend."
    ),
)
CorrectionDecision = strawberry.enum(
    types.Decision,
    name="CorrectionDecision",
    description="APPROVE: it is to be as proposed. REJECT: what is seen is right.",
)
BatchKind = strawberry.enum(
    types.BatchKind,
    name="CorrectionBatchKind",
    description="What was done to corrections together. RULES: stored rules have applied them.",
)


@strawberry.type(description="A correction of a cell, a column or a row that a check proposes.")
class DataCorrection(Node):
    """A correction."""

    ticker: str | None = strawberry.field(description="The company; null where it is of a whole column.")
    metric: str = strawberry.field(description="The field, by its code in the metric catalogue.")
    other_metric: str | None = strawberry.field(description="The field that it changes places with; mostly null.")
    kind: IssueKind = strawberry.field(description="What it mends.")  # type: ignore[valid-type]
    written: str = strawberry.field(description="The cell as it stands in the file.")
    before: str | None = strawberry.field(
        description="What is read of it, in the unit of the field; null where nothing is."
    )
    after: str | None = strawberry.field(
        description="What it is to be, in the unit of the field; of a column the factor; null for a row to leave out."
    )
    leaves_out_row: bool = strawberry.field(description="Whether the whole row is to be left out.")
    reason: str = strawberry.field(description="What speaks for it.")
    confidence: float = strawberry.field(description="How sure the check is: 0 to 1.")
    state: CorrectionState = strawberry.field(description="What has become of it.")  # type: ignore[valid-type]
    batch_id: strawberry.ID | None = strawberry.field(description="Id of the decision; null while it is pending.")
    rule_id: strawberry.ID | None = strawberry.field(description="Id of the rule that has applied it; mostly null.")
    decided_at: datetime | None = strawberry.field(description="When it was decided, in real time.")


@strawberry.type(description="Corrections of a run that were decided together.")
class CorrectionBatch:
    """A decision."""

    id: strawberry.ID = strawberry.field(description="Names the decision: for `rollBackCorrections`.")
    kind: BatchKind = strawberry.field(description="What was decided.")  # type: ignore[valid-type]
    corrections: int = strawberry.field(description="How many corrections it is about.")
    reason: str | None = strawberry.field(description="Why, in the administrator's words.")
    decided_by: strawberry.ID | None = strawberry.field(description="Id of the administrator; null for the system.")
    decided_at: datetime = strawberry.field(description="When, in real time.")
    published: bool = strawberry.field(description="Whether it was made known at once: the run was known already.")
    rolled_back_at: datetime | None = strawberry.field(description="When it was taken back; null while it stands.")


@strawberry.type(description="Corrections of one kind that are applied without anybody's word.")
class CorrectionRule:
    """A rule."""

    id: strawberry.ID = strawberry.field(description="Names the rule.")
    kind: IssueKind = strawberry.field(description="What it mends.")  # type: ignore[valid-type]
    least_confidence: float = strawberry.field(description="From this confidence on: 0 to 1.")
    enabled: bool = strawberry.field(description="Whether it is in force.")
    changed_by: strawberry.ID | None = strawberry.field(description="Id of who has set it; null for the system.")
    changed_at: datetime = strawberry.field(description="When it was last set, in real time.")


def correction_of(row: CorrectionRow) -> DataCorrection:
    """Return a correction as the API shows it."""
    after = after_of(row)
    return DataCorrection(
        id=global_id("DataCorrection", row.id),
        ticker=row.ticker,
        metric=row.field,
        other_metric=row.other,
        kind=row.kind,
        written=row.written,
        before=row.before,
        after=f"{after:.10g}" if isinstance(after, float | int) else after,
        leaves_out_row=row.drops_row,
        reason=row.reason,
        confidence=row.confidence,
        state=row.state,
        batch_id=_id("CorrectionBatch", row.batch_id),
        rule_id=_id("CorrectionRule", row.rule_id),
        decided_at=row.decided_at,
    )


def batch_of(row: BatchRow) -> CorrectionBatch:
    """Return a decision as the API shows it."""
    return CorrectionBatch(
        id=global_id("CorrectionBatch", row.id),
        kind=row.kind,
        corrections=row.corrections,
        reason=row.reason,
        decided_by=_id("User", row.decided_by),
        decided_at=row.decided_at,
        published=row.publication_id is not None,
        rolled_back_at=row.rolled_back_at,
    )


def rule_of(row: RuleRow) -> CorrectionRule:
    """Return a rule as the API shows it."""
    return CorrectionRule(
        id=global_id("CorrectionRule", row.id),
        kind=row.kind,
        least_confidence=row.least_confidence,
        enabled=row.is_enabled,
        changed_by=_id("User", row.changed_by),
        changed_at=row.changed_at,
    )


def _id(kind: str, key: UUID | None) -> strawberry.ID | None:
    return None if key is None else global_id(kind, key)


@loads_nodes("DataCorrection")
async def _find_corrections(context: Context, keys: Sequence[UUID]) -> list[DataCorrection | None]:
    rows = await queries.corrections_by_id(context.actor, keys)
    return [None if row is None else correction_of(row) for row in rows]
