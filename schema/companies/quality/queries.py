"""What administrators ask of the pipeline."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain.companies.pipeline import queries
from domain.companies.pipeline.deciding import preview_corrections
from domain.companies.pipeline.queries import RunRow
from domain.companies.pipeline.rules import correction_rules
from domain.companies.pipeline.types import Decision
from domain.kernel.errors import BadUserInput, NotFound, Refusal
from schema.companies.quality.corrections import CorrectionDecision, CorrectionRule, rule_of
from schema.companies.quality.reports import QualityReport, report_of
from schema.companies.quality.runs import PipelineRun, PipelineRunState, find_runs, run_of
from schema.context import Info
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.node import global_id, stored_key
from schema.shared.permissions import Access, allowed

OnlyRuns = Annotated[
    PipelineRunState | None,  # type: ignore[valid-type]
    strawberry.argument(description="Only those in this state."),
]
MeantCorrections = Annotated[
    list[strawberry.ID] | None, strawberry.argument(description="Which: 1 to 1,000; null for all that are pending.")
]


@strawberry.type(description="What one run came to, beside others. Shares are fractions.")
class QualityPoint:
    """A point."""

    run_id: strawberry.ID = strawberry.field(description="The run.")
    as_of: date = strawberry.field(description="The day that its figures are of.")
    finished_at: datetime | None = strawberry.field(description="When it stood before the gate, in real time.")
    state: PipelineRunState = strawberry.field(description="Where it stands.")  # type: ignore[valid-type]
    gate_passed: bool = strawberry.field(description="Whether its gate is open.")
    quality_score: float = strawberry.field(description="0 to 100.")
    schema_coverage: float = strawberry.field(description="The share of the catalogue that it has columns for.")
    data_completeness: float = strawberry.field(description="The share of values that are there, of those that can be.")
    validation_success: float = strawberry.field(description="The share of cells without an error.")
    format_issue_share: float = strawberry.field(description="The share of rows with format issues.")


@strawberry.type(description="What a run would come to if this were decided; nothing is changed.")
class CorrectionsPreview:
    """A preview."""

    id: strawberry.ID = strawberry.field(description="Names the run with what is asked of it.")
    report: QualityReport = strawberry.field(description="What its table would come to, and its gate.")


@strawberry.type
class QualityQuery:
    """The queries of the pipeline."""

    @strawberry.field(description="A run; null for what does not exist.", metadata=allowed(Access.ADMIN))
    async def pipeline_run(self, info: Info, id: strawberry.ID) -> PipelineRun | None:
        """Find one."""
        key = stored_key("PipelineRun", id)
        return None if key is None else (await find_runs(info.context, [key]))[0]

    @strawberry.field(description="Runs, the newest first.", metadata=allowed(Access.ADMIN))
    async def pipeline_runs(
        self,
        info: Info,
        state: OnlyRuns = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[PipelineRun]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(UUID,))
        total = selects(info, "totalCount")
        page = await queries.run_page(info.context.actor, request, state=state, with_total=total)
        return connection(page, node=run_of, key=lambda row: (row.id,))

    @strawberry.field(
        description=(
            "What the runs of these days came to, by day: at most 1,000, else BAD_USER_INPUT. Failed ones have nothing."
        ),
        metadata={**allowed(Access.ADMIN), **sized(100)},
    )
    async def quality_trend(
        self,
        info: Info,
        from_: Annotated[date, strawberry.argument(name="from", description="First day.")],
        to: Annotated[date, strawberry.argument(description="Last day.")],
    ) -> list[QualityPoint]:
        """Read them."""
        return [_point(row) for row in await queries.quality_trend(info.context.actor, from_, to)]

    @strawberry.field(
        description="Rules by which corrections are applied without anybody's word: at most 18. None at first.",
        metadata={**allowed(Access.ADMIN), **sized(18)},
    )
    async def correction_rules(self, info: Info) -> list[CorrectionRule]:
        """Read them."""
        return [rule_of(row) for row in await correction_rules(info.context.actor)]

    @strawberry.field(
        description="What a run would come to if corrections were decided; null for a run that does not exist.",
        metadata=allowed(Access.ADMIN),
    )
    async def preview_corrections(
        self,
        info: Info,
        run_id: strawberry.ID,
        decision: CorrectionDecision = Decision.APPROVE,  # type: ignore[valid-type]
        correction_ids: MeantCorrections = None,
    ) -> CorrectionsPreview | None:
        """Examine its table with them."""
        key = stored_key("PipelineRun", run_id)
        if key is None:
            return None
        meant = None if correction_ids is None else [_correction(each) for each in correction_ids]
        info.context.spend_computing(0.5)
        try:
            found = await preview_corrections(info.context.resources, info.context.actor, key, decision, meant)
        except NotFound:
            return None
        except Refusal as refused:
            raise BadUserInput(refused.message) from None
        return CorrectionsPreview(
            id=global_id("CorrectionsPreview", key, decision, *(correction_ids or ("all",))),
            report=report_of(key, found.report, found.gate, left_out=found.issues_left_out, computed=found.issues),
        )


def _correction(given: str) -> UUID:
    key = stored_key("DataCorrection", given)
    if key is None:
        raise BadUserInput("expected ids of corrections, got another")
    return key


def _point(row: RunRow) -> QualityPoint:
    return QualityPoint(
        run_id=global_id("PipelineRun", row.id),
        as_of=row.as_of,
        finished_at=row.finished_at,
        state=row.state,
        gate_passed=row.gate_passed,
        quality_score=row.quality_score,
        schema_coverage=row.schema_coverage,
        data_completeness=row.data_completeness,
        validation_success=row.validation_success,
        format_issue_share=row.format_issue_share,
    )
