"""Stopping jobs."""

import strawberry

from domain.jobs import commands
from domain.kernel.errors import NotFound
from schema.context import Info
from schema.jobs.types import Job, job_of
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals


@strawberry.input(description="Which job is to stop.")
class CancelJobInput:
    """A job."""

    job_id: strawberry.ID = strawberry.field(description="The job's id.")


@strawberry.type(description="The job, or why it was not stopped.")
class CancelJobPayload:
    """The answer of `cancelJob`."""

    job: Job | None = strawberry.field(description="The job as it is now.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class JobsMutation:
    """The mutations of jobs."""

    @strawberry.mutation(
        description=(
            "Stop a job: one that waits at once, one that runs at the next place where it can stop. What it has "
            "done so far stays."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(CancelJobPayload)
    async def cancel_job(self, info: Info, input: CancelJobInput) -> CancelJobPayload:
        """Cancel it in a unit of work."""
        key = stored_key("Job", input.job_id)
        if key is None:
            raise NotFound("no such job", field=("job_id",))
        async with info.context.unit_of_work() as work:
            row = await commands.cancel(work, key)
        return CancelJobPayload(job=job_of(row))
