"""Places where files of companies' figures are looked for, as administrators see them."""

from datetime import datetime
from uuid import UUID

import strawberry

from domain.companies.polling import queries
from domain.companies.polling.jobs import POLL_COMPANY_SOURCE
from domain.companies.polling.queries import SourceFileRow, SourcePollRow
from domain.companies.polling.types import FileState
from domain.kernel.errors import NotFound
from schema.context import Info
from schema.jobs.types import Job, find_jobs
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

SourceFileState = strawberry.enum(
    FileState,
    name="SourceFileState",
    description="What became of a file. TAKEN: a run has it. FAILED: it is asked for again. REFUSED: it is not taken.",
)


@strawberry.type(description="A file that was found at a source, as it was last found.")
class SourceFile:
    """A file."""

    id: strawberry.ID = strawberry.field(description="Names the source and the file.")
    name: str = strawberry.field(description="What the source calls it.")
    size: int = strawberry.field(description="Its length in bytes.")
    state: SourceFileState = strawberry.field(description="What became of it.")  # type: ignore[valid-type]
    message: str | None = strawberry.field(description="Why it was not taken; null where it was.")
    attempts: int = strawberry.field(description="How often this version of it was asked for.")
    found_at: datetime = strawberry.field(description="When it was last asked for, in real time.")
    run_id: strawberry.ID | None = strawberry.field(description="The run that has it: `pipelineRun(id:)`.")


@strawberry.type(
    description=(
        "A place where files of companies' figures are looked for: a folder each minute, all others each hour. What is "
        "new there becomes a run, which is published where it passes its gate."
    )
)
class IngestionSource:
    """A source."""

    id: strawberry.ID = strawberry.field(description="Names the source.")
    name: str = strawberry.field(description="`folder`, `s3` or `sftp`, as the settings have it.")
    row: strawberry.Private[SourcePollRow | None]

    @strawberry.field(description="When it was looked at last, in real time; null before the first time.")
    def polled_at(self) -> datetime | None:
        """Say when."""
        return None if self.row is None else self.row.polled_at

    @strawberry.field(description="When it last answered.")
    def answered_at(self) -> datetime | None:
        """Say when."""
        return None if self.row is None else self.row.answered_at

    @strawberry.field(description="Why it did not answer the last time; null where it did.")
    def fault(self) -> str | None:
        """Say why."""
        return None if self.row is None else self.row.fault

    @strawberry.field(description="Its files, in the order in which they were first found.")
    async def files(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[SourceFile]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await queries.file_page(self.name, request, with_total=selects(info, "totalCount"))
        return connection(page, node=_file_of, key=lambda row: (row.id,))


def _file_of(row: SourceFileRow) -> SourceFile:
    return SourceFile(
        id=global_id("SourceFile", row.source, row.name),
        name=row.name,
        size=row.size,
        state=row.state,
        message=row.message,
        attempts=row.attempts,
        found_at=row.found_at,
        run_id=None if row.run_id is None else global_id("PipelineRun", row.run_id),
    )


@strawberry.input(description="A source to look at now.")
class PollIngestionSourceInput:
    """Which."""

    name: str = strawberry.field(description="`folder`, `s3` or `sftp`: one that is configured.")


@strawberry.type(description="The job that looks at the source, or why there is none.")
class PollIngestionSourcePayload:
    """The answer of `pollIngestionSource`."""

    job: Job | None = strawberry.field(description="The job: its result counts files.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class SourcesQuery:
    """The queries of sources."""

    @strawberry.field(
        description="The sources that are configured, by name: at most 3.",
        metadata={**allowed(Access.ADMIN), **sized(3)},
    )
    async def ingestion_sources(self, info: Info) -> list[IngestionSource]:
        """Show them."""
        names = sorted(info.context.resources.company_sources)
        found = await queries.last_polls(names)
        return [
            IngestionSource(id=global_id("IngestionSource", name), name=name, row=found.get(name)) for name in names
        ]


@strawberry.type
class SourcesMutation:
    """The mutations of sources."""

    @strawberry.mutation(description="Look at a source now.", metadata=allowed(Access.ADMIN))
    @answers_refusals(PollIngestionSourcePayload)
    async def poll_ingestion_source(self, info: Info, input: PollIngestionSourceInput) -> PollIngestionSourcePayload:
        """Have a job look."""
        if input.name not in info.context.resources.company_sources:
            message = f"expected a source that is configured, got {input.name[:40]!r}"
            raise NotFound(message, field=("name",))
        async with info.context.unit_of_work() as work:
            key = f"poll_company_source:{input.name}"
            job_id = await work.enqueue(POLL_COMPANY_SOURCE, {"source": input.name}, run_once_key=key)
        return PollIngestionSourcePayload(job=(await find_jobs(info.context, [job_id]))[0])
