"""Reports of quality, as the API shows them."""

from typing import Annotated
from uuid import UUID

import strawberry

from domain.companies.pipeline import queries
from domain.companies.pipeline.types import Gate, Issue, Report
from domain.companies.quality.findings import Severity
from domain.kernel.paging import cut_computed
from schema.companies.quality.gate import QualityGate, gate_of
from schema.companies.quality.issues import DataIssue, IssueKind, IssueSeverity, issue_from, issue_of
from schema.context import Info
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized

OnlySeverity = Annotated[
    Severity | None,
    strawberry.argument(description="Only those of this severity."),
]


@strawberry.type(description="How many issues there are of a kind and severity.")
class IssueCount:
    """A count."""

    kind: IssueKind = strawberry.field(description="What is wrong.")  # type: ignore[valid-type]
    severity: IssueSeverity = strawberry.field(description="How much it matters.")  # type: ignore[valid-type]
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="One field of a file, over all companies that can be published.")
class FieldQuality:
    """A field."""

    metric: str = strawberry.field(description="The field, by its code in the metric catalogue.")
    present: int = strawberry.field(description="How many have a value.")
    applicable: int = strawberry.field(description="For how many there can be one, as far as the file tells.")
    errors: int = strawberry.field(description="How many rows have an error in it.")
    warnings: int = strawberry.field(description="How many rows have a warning in it.")
    corrected: int = strawberry.field(description="How many rows have a correction in force in it.")
    completeness: float | None = strawberry.field(description="A fraction; null where it applies to nobody.")


@strawberry.type(description="What the table of a run comes to, with all that is decided of it. Shares are fractions.")
class QualityReport:
    """A report."""

    companies: int = strawberry.field(description="How many companies can be published.")
    valid_companies: int = strawberry.field(description="How many of them have no error in any field.")
    left_out: int = strawberry.field(
        description="How many rows cannot: without a usable ticker, repeating another, or refused."
    )
    schema_coverage: float = strawberry.field(
        description="The share of the 39 fields of the metric catalogue that the file has a column for."
    )
    data_completeness: float = strawberry.field(
        description=(
            "The share of values that are there, of those that can be in these columns: a company with a loss has no "
            "P/E, a bank no gross margin."
        )
    )
    quality_score: float = strawberry.field(
        description="0 to 100: percent of the values that can be which are there and accused of nothing, on average."
    )
    validation_success: float = strawberry.field(description="The share of all cells without an error.")
    format_issue_share: float = strawberry.field(
        description="The share of rows with numbers in another unit, with signs, or words for nothing."
    )
    anomaly_share: float = strawberry.field(description="The share of rows with numbers that others contradict.")
    unknown_columns: list[str] = strawberry.field(
        description="Columns that are no field, or one that is there already: at most 100.", metadata=sized(10)
    )
    issue_counts: list[IssueCount] = strawberry.field(
        description="How many issues there are, by kind and severity: at most 54.", metadata=sized(20)
    )
    issues_left_out: int = strawberry.field(description="How many issues are counted and not listed.")
    fields: list[FieldQuality] = strawberry.field(
        description="Each field that the file has a column for: at most 100.", metadata=sized(60)
    )
    gate: QualityGate = strawberry.field(description="What the gate says.")
    run_id: strawberry.Private[UUID]
    computed: strawberry.Private[tuple[Issue, ...] | None]

    @strawberry.field(description="What checks have found, the gravest first: the first 2,000.")
    async def issues(
        self,
        info: Info,
        severity: OnlySeverity = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[DataIssue]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(int,))
        if self.computed is not None:
            rows = list(enumerate(self.computed))
            if severity is not None:
                rows = [row for row in rows if row[1].severity is severity]
            computed = cut_computed(rows, request, lambda row: (row[0],))
            run_id = self.run_id
            return connection(computed, node=lambda row: issue_from(run_id, *row), key=lambda row: (row[0],))
        page = await queries.finding_page(
            self.run_id, request, severity=severity, with_total=selects(info, "totalCount")
        )
        return connection(page, node=issue_of, key=lambda row: (row.place,))


def report_of(
    run_id: UUID, found: Report, gate: Gate, *, left_out: int, computed: tuple[Issue, ...] | None = None
) -> QualityReport:
    """Return a report as the API shows it; its issues are stored with the run, or given."""
    return QualityReport(
        companies=found.companies,
        valid_companies=found.valid_companies,
        left_out=found.left_out,
        schema_coverage=found.schema_coverage,
        data_completeness=found.data_completeness,
        quality_score=found.quality_score,
        validation_success=found.validation_success,
        format_issue_share=found.format_issue_share,
        anomaly_share=found.anomaly_share,
        unknown_columns=list(found.unknown_columns),
        issue_counts=[IssueCount(kind=each.kind, severity=each.severity, count=each.count) for each in found.issues],
        issues_left_out=left_out,
        fields=[
            FieldQuality(
                metric=each.field,
                present=each.present,
                applicable=each.applicable,
                errors=each.errors,
                warnings=each.warnings,
                corrected=each.corrected,
                completeness=each.present / each.applicable if each.applicable else None,
            )
            for each in found.fields
        ],
        gate=gate_of(gate),
        run_id=run_id,
        computed=computed,
    )
