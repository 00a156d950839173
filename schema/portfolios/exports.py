"""Portfolios and trades as files to download."""

import json
from datetime import date, datetime
from uuid import UUID

import strawberry

from domain.files.keeping import Written
from domain.jobs.queries import jobs_by_id
from domain.kernel.errors import NotFound
from domain.market.queries import market_now
from domain.portfolios.checks import digest
from domain.portfolios.exports import queries
from domain.portfolios.jobs import EXPORT_PORTFOLIO
from schema.context import Info
from schema.files.keeping import kept
from schema.files.types import File, find_files
from schema.jobs.types import Job, find_jobs
from schema.shared.extension import extends
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

# Entries that are written well within the time that a request may take.
_AT_ONCE = 10_000

ExportFormat = strawberry.enum(queries.ExportFormat, name="ExportFormat", description=queries.ExportFormat.__doc__)
TradesFormat = strawberry.enum(queries.TradesFormat, name="TradesFormat", description=queries.TradesFormat.__doc__)


@strawberry.input(description="A portfolio to write as a file.")
class ExportPortfolioInput:
    """Which, as what, and when."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio, with its amounts seen by the user.")
    format: ExportFormat = strawberry.field(description="What it is written as.")  # type: ignore[valid-type]
    as_of: datetime | None = strawberry.field(
        description="Entries up to its day, and positions at that instant; null: all, and now.", default=None
    )


@strawberry.input(description="Trades to write as a file, for a broker.")
class ExportTradesInput:
    """Of which portfolio, as what, and of which days."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio, with its amounts seen by the user.")
    format: TradesFormat = strawberry.field(description="What they are written as.")  # type: ignore[valid-type]
    since: date | None = strawberry.field(description="With a trade date from this one on.", default=None)
    until: date | None = strawberry.field(description="With a trade date up to this one.", default=None)


@strawberry.type(description="The file that was written, or why there is none.")
class ExportPayload:
    """The answer of what writes files."""

    file: File | None = strawberry.field(description="The file: the user's own.", default=None)
    url: str | None = strawberry.field(
        description="Where it is downloaded by GET, with the header `Authorization: Bearer …`; a path of this server.",
        default=None,
    )
    job: Job | None = strawberry.field(
        description="The job that writes it, where the ledger has more than 10,000 entries: its `file` is the result.",
        default=None,
    )
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class ExportsMutation:
    """The mutations that write files."""

    @strawberry.mutation(
        description=(
            "Write a portfolio as a file. Its ledger, as CSV, is imported again to the same: one row for each entry "
            "that stands; reversals and what they cancel are left out. A ledger of more than 10,000 entries is "
            "written by a job."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(ExportPayload)
    async def export_portfolio(self, info: Info, input: ExportPortfolioInput) -> ExportPayload:
        """Write it, and keep the file."""
        resources = info.context.resources
        size = await queries.size_of(info.context.actor, _key(input.portfolio_id))
        if size > _AT_ONCE:
            return await _enqueue(info, input)
        written = await queries.write_portfolio(
            info.context.actor,
            resources.compute,
            _key(input.portfolio_id),
            input.format,
            as_of=input.as_of,
            now=await market_now(resources.clock),
        )
        return await _kept(info, written)

    @strawberry.mutation(
        description="Write the trades of a portfolio as a file, in order of their recording.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(ExportPayload)
    async def export_trades(self, info: Info, input: ExportTradesInput) -> ExportPayload:
        """Write them, and keep the file."""
        resources = info.context.resources
        written = await queries.write_trades(
            info.context.actor,
            resources.compute,
            _key(input.portfolio_id),
            input.format,
            since=input.since,
            until=input.until,
            now=await market_now(resources.clock),
        )
        return await _kept(info, written)


async def _kept(info: Info, written: Written) -> ExportPayload:
    file, url = await kept(info.context, written)
    return ExportPayload(file=file, url=url)


async def _enqueue(info: Info, input: ExportPortfolioInput) -> ExportPayload:
    actor = info.context.actor
    arguments = {
        "portfolio_id": _key(input.portfolio_id),
        "user_id": actor.user_id,
        "tenant_id": actor.tenant_id,
        "format": queries.ExportFormat(input.format).value,
        "as_of": None if input.as_of is None else input.as_of.isoformat(),
    }
    async with info.context.unit_of_work() as work:
        job_id = await work.enqueue(EXPORT_PORTFOLIO, arguments, run_once_key=f"export:{digest(*arguments.values())}")
    return ExportPayload(job=(await find_jobs(info.context, [job_id]))[0])


@extends(Job)
@strawberry.type
class JobWithFile:
    """What exports add to a job."""

    @strawberry.field(
        description=(
            "The file that it has written, downloaded as `/files/` and its id; null for jobs that write none, and "
            "before its end."
        )
    )
    async def file(self, info: Info, root: strawberry.Parent[Job]) -> File | None:
        """Find the file that the job's result names."""
        key = stored_key("Job", root.id)
        (row,) = [None] if key is None else await jobs_by_id(info.context.actor, [key])
        told = None if row is None or row.result is None else json.loads(row.result).get("file_id")
        return None if told is None else (await find_files(info.context, [UUID(told)]))[0]


def _key(value: str) -> UUID:
    key = stored_key("Portfolio", value)
    if key is None:
        raise NotFound("no such portfolio", field=("portfolio_id",))
    return key
