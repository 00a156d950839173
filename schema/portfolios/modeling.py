"""Modeling sessions, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import strawberry

from domain.portfolios.modeling import queries
from domain.portfolios.modeling.queries import SnapshotRow
from domain.portfolios.modeling.snapshots import impacts_in
from domain.portfolios.queries import Asked, PortfolioRow, transaction_page
from schema.context import Context, Info
from schema.identity.types import User
from schema.portfolios.modeling_impacts import ModelingImpacts, impacts_of
from schema.portfolios.modeling_loaders import ModelingLoaders
from schema.portfolios.transactions import Transaction, sequence_of, transaction_of
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes


@strawberry.type(description="What a modeling session came to when it was saved.")
class ModelingSnapshot(Node):
    """Stored impacts."""

    name: str = strawberry.field(description="What its author calls it.")
    version: int = strawberry.field(description="Version of the session's portfolio when it was saved.")
    created_at: datetime = strawberry.field(description="When it was saved, in real time.")
    impacts: ModelingImpacts = strawberry.field(description="What the session's trades changed, at the prices of then.")


@strawberry.type(
    description=(
        "A portfolio on which trades are tried. It is seen by who made it alone; nothing of it counts in another "
        "portfolio, until it is committed."
    )
)
class ModelingSession(Node):
    """A fork."""

    name: str = strawberry.field(description="What its author calls it.")
    base_version: int = strawberry.field(description="Version of `base` that it began with.")
    created_at: datetime = strawberry.field(description="When it was made.")
    committed_at: datetime | None = strawberry.field(
        description="When its trades became transactions of `base`; null before. Then nothing more is tried in it."
    )
    row: strawberry.Private[PortfolioRow]

    @strawberry.field(
        description=(
            "`base` as it was at `baseVersion`, with the trades that were tried: ask it anything. Its `rebalancePlan`, "
            "by the targets of `base`, suggests trades."
        )
    )
    def portfolio(self) -> Portfolio:
        """Show the fork."""
        return portfolio_of(self.row)

    @strawberry.field(description="The portfolio that it was made of, as it is now.")
    async def base(self, info: Info) -> Portfolio | None:
        """Find the base through the loader."""
        found = await self._base(info)
        return None if found is None else portfolio_of(found)

    @strawberry.field(description="Whether `base` has gone on since: its version is no longer `baseVersion`.")
    async def base_is_behind(self, info: Info) -> bool:
        """Compare the versions."""
        found = await self._base(info)
        return found is not None and found.version != self.row.fork_version

    @strawberry.field(
        description=(
            "What the trades change, at the same prices: at `asOf` as a valuation has it, now by default. Trades after "
            "`asOf` are not in it."
        )
    )
    async def impacts(self, info: Info, as_of: datetime | None = None) -> ModelingImpacts | None:
        """Compare before and after."""
        found = await info.context.loaders(ModelingLoaders).impacts.load(Asked(self.row.id, as_of))
        return None if found is None else impacts_of(found)

    @strawberry.field(description="What was tried, in order of trade date and sequence.")
    async def pro_forma_trades(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Transaction]:
        """Show a page of the session's own transactions."""
        request = requested(first, after, last, before, key=(date.fromisoformat, sequence_of))
        page = await transaction_page(info.context.actor, self.row.id, request, with_total=selects(info, "totalCount"))
        return connection(page, node=transaction_of, key=lambda row: (row.trade_date, row.sequence))

    @strawberry.field(description="What was saved of it, oldest first.")
    async def snapshots(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[ModelingSnapshot]:
        """Show a page of the snapshots."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await queries.snapshot_page(
            info.context.actor, self.row.id, request, with_total=selects(info, "totalCount")
        )
        return connection(page, node=snapshot_of, key=lambda row: (row.id,))

    async def _base(self, info: Info) -> PortfolioRow | None:
        assert self.row.fork_of_id is not None, "a session is a fork"
        return await info.context.loaders(ModelingLoaders).bases.load(self.row.fork_of_id)


@extends(User)
@strawberry.type
class UserWithModelingSessions:
    """What sessions add to a user."""

    @strawberry.field(description="The user's modeling sessions, of all portfolios, oldest first.")
    async def modeling_sessions(
        self,
        info: Info,
        root: strawberry.Parent[User],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[ModelingSession]:
        """Show a page of the sessions."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await queries.session_page(
            info.context.actor, request, with_total=selects(info, "totalCount"), owner_id=root.key
        )
        return connection(page, node=session_of, key=lambda row: (row.id,))


@extends(Portfolio)
@strawberry.type
class PortfolioWithModelingSessions:
    """What sessions add to a portfolio."""

    @strawberry.field(description="The modeling sessions that who asks has made of it, oldest first.")
    async def modeling_sessions(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[ModelingSession]:
        """Show a page of the sessions."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await queries.session_page(
            info.context.actor,
            request,
            with_total=selects(info, "totalCount"),
            base_id=root.key,
        )
        return connection(page, node=session_of, key=lambda row: (row.id,))

    @strawberry.field(description="The modeling session whose portfolio this is; null for one that is real.")
    async def modeling_session(self, info: Info, root: strawberry.Parent[Portfolio]) -> ModelingSession | None:
        """Find the session of a fork."""
        if root.beginning is None:
            return None
        row = await info.context.loaders(ModelingLoaders).sessions.load(root.key)
        return None if row is None else session_of(row)


def session_of(row: PortfolioRow) -> ModelingSession:
    """Return a session as the API shows it."""
    return ModelingSession(
        id=global_id("ModelingSession", row.id),
        name=row.name,
        base_version=row.fork_version or 0,
        created_at=row.created_at,
        committed_at=row.committed_at,
        row=row,
    )


def snapshot_of(row: SnapshotRow) -> ModelingSnapshot:
    """Return a snapshot as the API shows it."""
    return ModelingSnapshot(
        id=global_id("ModelingSnapshot", row.id),
        name=row.name,
        version=row.version,
        created_at=row.created_at,
        impacts=impacts_of(impacts_in(row.result), row.id),
    )


@loads_nodes("ModelingSession")
async def find_sessions(context: Context, keys: Sequence[UUID]) -> list[ModelingSession | None]:
    """Return the sessions of these ids, None where the actor sees none."""
    rows = await queries.sessions_by_id(context.actor, keys)
    return [None if row is None else session_of(row) for row in rows]


@loads_nodes("ModelingSnapshot")
async def _find_snapshots(context: Context, keys: Sequence[UUID]) -> list[ModelingSnapshot | None]:
    rows = await queries.snapshots_by_id(context.actor, keys)
    return [None if row is None else snapshot_of(row) for row in rows]
