"""Jobs, as the API shows them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.jobs import queries
from domain.jobs.queries import JobRow
from domain.kernel.jobs import JobState as StateOfJob
from schema.context import Context
from schema.shared.node import Node, global_id, loads_nodes

JobState = strawberry.enum(StateOfJob, name="JobState", description="Where a job stands. The last three are final.")


@strawberry.type(description="Why a job has not succeeded.")
class JobFailure:
    """The latest failure of a job."""

    code: str = strawberry.field(description="What kind of failure it was.")
    message: str = strawberry.field(description="What happened.")


@strawberry.type(description="Work that goes on after its request was answered.")
class Job(Node):
    """A job."""

    kind: str = strawberry.field(description="What it does.")
    state: JobState = strawberry.field(description="Where it stands.")  # type: ignore[valid-type]
    progress: float = strawberry.field(description="How much of it is done, as a fraction.")
    created_at: datetime = strawberry.field(description="When it was asked for.")
    started_at: datetime | None = strawberry.field(description="When its latest attempt began; null before the first.")
    finished_at: datetime | None = strawberry.field(description="When it ended; null before.")
    attempts: int = strawberry.field(description="How many times it was started.")
    failure: JobFailure | None = strawberry.field(
        description="Why its latest attempt failed; null when none did. A job with attempts left tries again."
    )


def job_of(row: JobRow) -> Job:
    """Return a job as the API shows it."""
    failed = row.failure_code is not None and row.state is not StateOfJob.SUCCEEDED
    return Job(
        id=global_id("Job", row.id),
        kind=row.kind,
        state=row.state,
        progress=row.progress,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        attempts=row.attempts,
        failure=JobFailure(code=row.failure_code or "", message=row.failure_message or "") if failed else None,
    )


async def find_jobs(context: Context, keys: Sequence[UUID]) -> list[Job | None]:
    """Return the jobs of these ids, None where the actor sees none."""
    rows = await queries.jobs_by_id(context.actor, keys)
    return [None if row is None else job_of(row) for row in rows]


loads_nodes("Job")(find_jobs)
