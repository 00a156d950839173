"""What checks have found, as the API shows it."""

from uuid import UUID, uuid5

import strawberry

from domain.companies.pipeline.queries import FindingRow
from domain.companies.pipeline.types import Issue
from domain.companies.quality import findings
from schema.shared.node import global_id

IssueKind = strawberry.enum(
    findings.FindingKind,
    name="DataIssueKind",
    description=(
        "What is wrong. REQUIRED, MISSING: nothing where something must be. WORD_FOR_NOTHING: N/A, a dash or a zero in "
        "its place. TYPE: what cannot be read. FORMAT: signs and suffixes. PATTERN: a ticker written otherwise. "
        "ENUMERATION: a text that is none of those known. RANGE: what cannot be. SCALE: off by a factor. COLUMN_UNIT: "
        "a whole column off by one. SIGN, SWAPPED: the other sign, another's place. CONSISTENCY: what its parts "
        "contradict. CHANGE, OUTLIER: what is rare. DUPLICATE, CONFLICT: a company twice, with the same or other "
        "numbers. STALE: old, or the same as before."
    ),
)
IssueSeverity = strawberry.enum(
    findings.Severity,
    name="DataIssueSeverity",
    description="How much it matters. A NOTICE says what is rare, accuses nothing, and counts for no gate.",
)


@strawberry.type(description="What a check has found in a file, as its table stands with all that is decided.")
class DataIssue:
    """An issue."""

    id: strawberry.ID = strawberry.field(description="Names the issue: the same as long as it is found.")
    ticker: str | None = strawberry.field(description="The company; null for what is about a whole column.")
    metric: str = strawberry.field(description="The field, by its code in the metric catalogue.")
    kind: IssueKind = strawberry.field(description="What is wrong.")  # type: ignore[valid-type]
    severity: IssueSeverity = strawberry.field(description="How much it matters.")  # type: ignore[valid-type]
    observed: str = strawberry.field(description="What is seen, as it is written.")
    expected: str = strawberry.field(description="What was expected.")
    confidence: float = strawberry.field(description="How sure the check is: 0 to 1.")
    row: int | None = strawberry.field(description="Which row of figures in the file, from 1; null for a column.")


def issue_of(row: FindingRow) -> DataIssue:
    """Return a stored issue as the API shows it."""
    return DataIssue(
        id=global_id("DataIssue", row.id),
        ticker=row.ticker,
        metric=row.field,
        kind=row.kind,
        severity=row.severity,
        observed=row.seen,
        expected=row.expected,
        confidence=row.confidence,
        row=_counted(row.row),
    )


def issue_from(run_id: UUID, place: int, found: Issue) -> DataIssue:
    """Return an issue that is not stored."""
    return DataIssue(
        id=global_id("DataIssue", uuid5(run_id, f"preview:{place}:{found.kind}:{found.field}:{found.row}")),
        ticker=found.ticker,
        metric=found.field,
        kind=found.kind,
        severity=found.severity,
        observed=found.seen,
        expected=found.expected,
        confidence=found.confidence,
        row=_counted(found.row),
    )


def _counted(row: int | None) -> int | None:
    return None if row is None else row + 1
