"""What administrators do in the pipeline."""

from datetime import date
from typing import Final
from uuid import UUID

import strawberry

from domain.companies.pipeline import deciding, releasing, rules, starting
from domain.companies.pipeline.loading import load_run
from domain.files.queries import FileRow, files_by_id
from domain.kernel.errors import InvalidInput, NotFound
from schema.companies.quality.corrections import CorrectionDecision, CorrectionRule, rule_of
from schema.companies.quality.issues import IssueKind
from schema.companies.quality.runs import PipelineRun, run_of
from schema.context import Info
from schema.jobs.types import Job, find_jobs
from schema.shared.node import key_of, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)
_RUN = "The run as it is now."
_UPLOADED: Final = "Uploaded file"


@strawberry.input(description="A file of companies' figures to bring to the gate.")
class IngestCompaniesInput:
    """Which file, and of which day."""

    file_id: strawberry.ID = strawberry.field(description="The file, as `POST /files` has answered.")
    as_of: date | None = strawberry.field(
        description="The day that its figures are of: none in the future. By default today in New York.", default=None
    )
    idempotency_key: str | None = strawberry.field(
        description="Chosen by the client, 1 to 200 characters: the same key and file again answers the first run.",
        default=None,
    )
    publish_when_passed: bool = strawberry.field(
        description="Go through an open gate without waiting for `publishRun`.", default=False
    )
    source: str = strawberry.field(
        description="What the figures come from, shown beside each: 1 to 120 characters.", default=_UPLOADED
    )


@strawberry.input(description="What is decided of proposed corrections.")
class DecideCorrectionsInput:
    """Which, and what."""

    run_id: strawberry.ID = strawberry.field(description="The run.")
    decision: CorrectionDecision = strawberry.field(description="What is decided.")  # type: ignore[valid-type]
    correction_ids: list[strawberry.ID] | None = strawberry.field(
        description="Which: 1 to 1,000 that are pending; null for all that are.", default=None
    )
    reason: str | None = strawberry.field(description="Why: at most 1,000 characters.", default=None)


@strawberry.input(description="A decision to take back.")
class RollBackCorrectionsInput:
    """Which."""

    batch_id: strawberry.ID = strawberry.field(description="The decision.")
    reason: str | None = strawberry.field(description="Why: at most 1,000 characters.", default=None)


@strawberry.input(description="A run to publish.")
class PublishRunInput:
    """Which."""

    run_id: strawberry.ID = strawberry.field(description="The run.")
    override_reason: str | None = strawberry.field(
        description="Why a blocked gate is to be passed by: 1 to 1,000 characters, kept in the audit.", default=None
    )


@strawberry.input(description="A run to take back.")
class RollBackRunInput:
    """Which."""

    run_id: strawberry.ID = strawberry.field(description="The run.")
    reason: str | None = strawberry.field(description="Why: at most 1,000 characters.", default=None)


@strawberry.input(description="Which corrections of a kind are to be applied without anybody's word.")
class SetCorrectionRuleInput:
    """Of which kind, and from when on."""

    kind: IssueKind = strawberry.field(description="What they mend.")  # type: ignore[valid-type]
    least_confidence: float = strawberry.field(description="From this confidence on: 0 to 1.")
    enabled: bool = strawberry.field(description="Whether the rule is in force, for runs that are checked from now.")


@strawberry.type(description="The run that was started, or why there is none.")
class IngestCompaniesPayload:
    """The answer of `ingestCompanies`."""

    run: PipelineRun | None = strawberry.field(description=_RUN, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The run with what was decided, or why nothing was.")
class DecideCorrectionsPayload:
    """The answer of `decideCorrections`."""

    run: PipelineRun | None = strawberry.field(description=_RUN, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The run without what was decided, or why it still is.")
class RollBackCorrectionsPayload:
    """The answer of `rollBackCorrections`."""

    run: PipelineRun | None = strawberry.field(description=_RUN, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The run that was published, or why it was not.")
class PublishRunPayload:
    """The answer of `publishRun`."""

    run: PipelineRun | None = strawberry.field(description=_RUN, default=None)
    published: int | None = strawberry.field(
        description="Of how many companies figures became known; null where a job has yet to do it.", default=None
    )
    job: Job | None = strawberry.field(
        description="The job that publishes it, where its file has more than 5,000 rows; null where it is done.",
        default=None,
    )
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The run that was taken back, or why it was not.")
class RollBackRunPayload:
    """The answer of `rollBackRun`."""

    run: PipelineRun | None = strawberry.field(description=_RUN, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The rule as it was set, or why it was not.")
class SetCorrectionRulePayload:
    """The answer of `setCorrectionRule`."""

    rule: CorrectionRule | None = strawberry.field(description="The rule.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class QualityMutation:
    """The mutations of the pipeline."""

    @strawberry.mutation(
        description=(
            "Have an uploaded file read and checked by a job, as far as the gate: `pipelineRun` says where it stands. "
            "CSV, JSON, XLSX, XLSB or Parquet, of at most 10 MB."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(IngestCompaniesPayload)
    async def ingest_companies(self, info: Info, input: IngestCompaniesInput) -> IngestCompaniesPayload:
        """Start a run in a unit of work."""
        file = await _file(info, input.file_id)
        async with info.context.unit_of_work() as work:
            row = await starting.start_run(
                work,
                name=file.name,
                source=input.source,
                sha256=file.sha256,
                size=file.size,
                as_of=input.as_of,
                publish_when_passed=input.publish_when_passed,
                idempotency_key=input.idempotency_key,
            )
        return IngestCompaniesPayload(run=run_of(row))

    @strawberry.mutation(
        description=(
            "Approve or reject proposed corrections; report and gate follow. What is approved can be rolled back. Of a "
            "run that is published, the corrected figures become known at once."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(DecideCorrectionsPayload)
    async def decide_corrections(self, info: Info, input: DecideCorrectionsInput) -> DecideCorrectionsPayload:
        """Decide of them."""
        meant = None
        if input.correction_ids is not None:
            meant = [_correction(each) for each in input.correction_ids]
        row = await deciding.decide_corrections(
            info.context.resources,
            info.context.actor,
            key_of("PipelineRun", input.run_id, "run_id"),
            input.decision,
            correction_ids=meant,
            reason=input.reason,
        )
        return DecideCorrectionsPayload(run=run_of(row))

    @strawberry.mutation(
        description=(
            "Take back one decision: its corrections are proposed again, and figures that were published with it are "
            "published without."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(RollBackCorrectionsPayload)
    async def roll_back_corrections(self, info: Info, input: RollBackCorrectionsInput) -> RollBackCorrectionsPayload:
        """Take it back."""
        row = await deciding.roll_back_corrections(
            info.context.resources,
            info.context.actor,
            key_of("CorrectionBatch", input.batch_id, "batch_id"),
            reason=input.reason,
        )
        return RollBackCorrectionsPayload(run=run_of(row))

    @strawberry.mutation(
        description=(
            "Make the figures of a run known, with the corrections that were approved. A blocked gate needs a reason "
            "to be passed by, else it is refused with GATE_BLOCKED. More than 5,000 rows are published by a job."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(PublishRunPayload)
    async def publish_run(self, info: Info, input: PublishRunInput) -> PublishRunPayload:
        """Publish it."""
        resources, actor, reason = info.context.resources, info.context.actor, input.override_reason
        key = key_of("PipelineRun", input.run_id, "run_id")
        if ((await load_run(actor, key)).rows or 0) > releasing.MOST_AT_ONCE:
            async with info.context.unit_of_work() as work:
                row, job_id = await releasing.publish_later(work, key, override_reason=reason)
            return PublishRunPayload(run=run_of(row), job=(await find_jobs(info.context, [job_id]))[0])
        released = await releasing.publish_run(resources, actor, key, override_reason=reason)
        return PublishRunPayload(run=run_of(released.run), published=released.companies)

    @strawberry.mutation(
        description=(
            "Take back all that a run has made known, its later corrections too: what stood before stands again. "
            "Refused with BUILT_UPON where later figures repeat values of it."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(RollBackRunPayload)
    async def roll_back_run(self, info: Info, input: RollBackRunInput) -> RollBackRunPayload:
        """Take it back in a unit of work."""
        key = key_of("PipelineRun", input.run_id, "run_id")
        async with info.context.unit_of_work() as work:
            row = await releasing.roll_back_run(work, key, reason=input.reason)
        return RollBackRunPayload(run=run_of(row))

    @strawberry.mutation(
        description="Say from which confidence on corrections of one kind are applied by themselves.",
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(SetCorrectionRulePayload)
    async def set_correction_rule(self, info: Info, input: SetCorrectionRuleInput) -> SetCorrectionRulePayload:
        """Set it in a unit of work."""
        async with info.context.unit_of_work() as work:
            row = await rules.set_correction_rule(work, input.kind, input.least_confidence, is_enabled=input.enabled)
        return SetCorrectionRulePayload(rule=rule_of(row))


async def _file(info: Info, file_id: str) -> FileRow:
    (found,) = await files_by_id(info.context.actor, [key_of("File", file_id, "file_id")])
    if found is None:
        raise NotFound("no such file", field=("file_id",))
    return found


def _correction(given: str) -> UUID:
    key = stored_key("DataCorrection", given)
    if key is None:
        raise InvalidInput("expected ids of corrections, got another", field=("correction_ids",))
    return key
