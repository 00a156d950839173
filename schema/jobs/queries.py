"""Looking after jobs."""

import strawberry

from schema.context import Info
from schema.jobs.types import Job, find_jobs
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed


@strawberry.type
class JobsQuery:
    """The queries of jobs."""

    @strawberry.field(
        description="A job that the user has asked for; administrators see those of the system too.",
        metadata=allowed(Access.USER),
    )
    async def job(self, info: Info, id: strawberry.ID) -> Job | None:
        """Find one job."""
        key = stored_key("Job", id)
        return None if key is None else (await find_jobs(info.context, [key]))[0]
