"""Portfolios and trades as files to download."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from uuid import UUID

import strawberry

from domain.files.commands import store_file
from domain.kernel.errors import NotFound
from domain.market.queries import market_now
from domain.portfolios.exports import queries
from domain.portfolios.exports.queries import Written
from schema.context import Info
from schema.files.types import File, file_of
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

# A ledger of a hundred thousand entries takes some 20 MB.
_LARGEST = 256 * 1024 * 1024

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
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class ExportsMutation:
    """The mutations that write files."""

    @strawberry.mutation(
        description=(
            "Write a portfolio as a file. Its ledger, as CSV, is imported again to the same: one row for each entry "
            "that stands; reversals and what they cancel are left out."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(ExportPayload)
    async def export_portfolio(self, info: Info, input: ExportPortfolioInput) -> ExportPayload:
        """Write it, and keep the file."""
        resources = info.context.resources
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
    async def content() -> AsyncIterator[bytes]:
        yield written.content

    # Its bytes lie in the store before a row says so.
    sha256, size = await info.context.resources.files.keep(content(), limit=_LARGEST)
    async with info.context.unit_of_work() as work:
        row = await store_file(work, name=written.name, content_type=written.content_type, size=size, sha256=sha256)
    file = file_of(row)
    return ExportPayload(file=file, url=f"/files/{file.id}")


def _key(value: str) -> UUID:
    key = stored_key("Portfolio", value)
    if key is None:
        raise NotFound("no such portfolio", field=("portfolio_id",))
    return key
