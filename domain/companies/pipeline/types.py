"""What a run of the pipeline is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.companies.quality.findings import FindingKind, Severity

# Findings and proposals that one run keeps; the rest is counted.
MOST_FINDINGS: Final = 2_000
MOST_PROPOSALS: Final = 5_000


class RunState(StrEnum):
    """Where a run stands: its file waits, is read, is checked, stands before the gate, is known, or was taken back."""

    QUEUED = "QUEUED"
    READING = "READING"
    CHECKING = "CHECKING"
    GATE_BLOCKED = "GATE_BLOCKED"
    GATE_PASSED = "GATE_PASSED"
    PUBLISHED = "PUBLISHED"
    ROLLED_BACK = "ROLLED_BACK"
    FAILED = "FAILED"

    @property
    def is_final(self) -> bool:
        """Whether nothing can become of it any more."""
        return self in (RunState.ROLLED_BACK, RunState.FAILED)

    @property
    def is_under_way(self) -> bool:
        """Whether a job has yet to bring it to the gate."""
        return self in (RunState.QUEUED, RunState.READING, RunState.CHECKING)


class CorrectionState(StrEnum):
    """What has become of a proposed correction.  SUPERSEDED: other corrections have left nothing of it to mend."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    ROLLED_BACK = "ROLLED_BACK"
    APPLIED_BY_RULE = "APPLIED_BY_RULE"
    SUPERSEDED = "SUPERSEDED"


# Those that change what is published.
APPLIED: Final = (CorrectionState.APPROVED, CorrectionState.APPLIED_BY_RULE)
# Those that somebody, or a rule, has decided, and that can be rolled back.
DECIDED: Final = (*APPLIED, CorrectionState.REJECTED)


class Decision(StrEnum):
    """What administrators say of proposed corrections."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"


class BatchKind(StrEnum):
    """What was done to several corrections at once."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"
    RULES = "RULES"  # applied because stored rules say so
    ROLL_BACK = "ROLL_BACK"


class GateRule(StrEnum):
    """What the gate asks."""

    REQUIRED_FIELDS = "REQUIRED_FIELDS"
    VALIDATION = "VALIDATION"
    COMPLETENESS = "COMPLETENESS"
    FORMAT_ISSUES = "FORMAT_ISSUES"
    ANOMALIES = "ANOMALIES"


class AlertRule(StrEnum):
    """Why administrators are alerted."""

    COVERAGE = "COVERAGE"
    RUN_FAILED = "RUN_FAILED"
    FORMAT_ISSUES = "FORMAT_ISSUES"
    SLOW_RUN = "SLOW_RUN"


class AlertSeverity(StrEnum):
    """How soon somebody should look."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction that is in force: where, and what stands there with it.

    Without a row, `after` multiplies the whole column; with `other`, two cells of a row change places.
    """

    id: UUID
    row: int | None
    field: str
    kind: FindingKind
    after: float | str | None
    reason: str
    drops_row: bool = False
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a table so far.

    `accepted` are the rows and fields of which somebody has said that they are right as they are seen, or as they are
    corrected: no check accuses them any more.
    """

    applied: Sequence[Applied] = ()
    accepted: frozenset[tuple[int | None, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Issue:
    """What a check found, in a row of the file as it was read; `seen` is as it is written there."""

    kind: FindingKind
    severity: Severity
    ticker: str | None
    row: int | None
    field: str
    seen: str
    expected: str
    confidence: float
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that a check proposes.

    `before` is in the unit of the field where it is a number; `written` is the cell as it stands in the file.
    """

    kind: FindingKind
    ticker: str | None
    row: int | None
    field: str
    written: str
    before: str | None
    after: float | str | None
    reason: str
    confidence: float
    drops_row: bool = False
    other: str | None = None

    @property
    def place(self) -> tuple[int | None, str, FindingKind]:
        """What it is about: a table has one proposal for each."""
        return self.row, self.field, self.kind


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """One rule of the gate: what was observed, and what was asked, as fractions."""

    code: GateRule
    passed: bool
    observed: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate, with all of its rules."""

    rules: tuple[RuleOutcome, ...]

    @property
    def passed(self) -> bool:
        """Whether all rules are kept."""
        return all(rule.passed for rule in self.rules)


@dataclass(frozen=True, slots=True)
class IssueCount:
    """How many findings there are of a kind and severity."""

    kind: FindingKind
    severity: Severity
    count: int


@dataclass(frozen=True, slots=True)
class FieldReport:
    """One field of all companies: how many have it, for how many it applies, and what was found in it."""

    field: str
    present: int
    applicable: int
    errors: int
    warnings: int
    corrected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a table comes to.  Shares are fractions, the quality score is 0 to 100.

    `companies` are the rows that can be published, `left_out` those that cannot: without a ticker, or repeating
    another.
    """

    companies: int
    valid_companies: int
    left_out: int
    schema_coverage: float
    data_completeness: float
    quality_score: float
    required_present: float
    validation_success: float
    format_issue_share: float
    anomaly_share: float
    unknown_columns: tuple[str, ...] = ()
    issues: tuple[IssueCount, ...] = ()
    fields: tuple[FieldReport, ...] = ()
