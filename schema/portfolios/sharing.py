"""Portfolios that are shared with others."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.kernel.errors import NotFound
from domain.portfolios import shares, sharing
from domain.portfolios import types as domain
from domain.portfolios.shares import ShareRow
from schema.context import Context, Info
from schema.identity.types import User
from schema.portfolios.grants import GrantLoaders
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

SharePermission = strawberry.enum(
    domain.SharePermission, name="SharePermission", description="VIEWER: to see a portfolio. EDITOR: to record, too."
)
PortfolioPermission = strawberry.enum(
    domain.PortfolioPermission,
    name="PortfolioPermission",
    description="What somebody may do: OWNER everything, EDITOR see and record, VIEWER see.",
)

_EMAIL = "Address of who is to see it. The answer does not tell whether somebody has an account with it."
_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)


@strawberry.type(description="That a portfolio is shared with an address. Seen by the portfolio's owner alone.")
class PortfolioShare(Node):
    """A share."""

    email: str = strawberry.field(description="The address, in lower case, with the domain in ASCII.")
    permission: SharePermission = strawberry.field(description="What they may do.")  # type: ignore[valid-type]
    hides_amounts: bool = strawberry.field(description="Whether they see weights and returns, but no money.")
    created_at: datetime = strawberry.field(description="When it was first shared with them, in real time.")


@extends(Portfolio)
@strawberry.type
class PortfolioSharing:
    """With whom it is shared, and what who asks may do."""

    @strawberry.field(description="What the user may do with it; null when it was taken back this moment.")
    async def permission(self, info: Info, root: strawberry.Parent[Portfolio]) -> PortfolioPermission | None:  # type: ignore[valid-type]
        """Show the user's permission."""
        grant = await info.context.loaders(GrantLoaders).grants.load(root.key)
        return None if grant is None else grant.permission

    @strawberry.field(
        description=(
            "Whether its amounts are hidden from the user: money and quantities are null, with the reason "
            "NOT_APPLICABLE, and transactions, marks and cash are empty; weights, percents and returns are there."
        )
    )
    async def hides_amounts(self, info: Info, root: strawberry.Parent[Portfolio]) -> bool:
        """Show whether amounts are hidden."""
        grant = await info.context.loaders(GrantLoaders).grants.load(root.key)
        return grant is None or grant.hides_amounts

    @strawberry.field(
        description="With whom its owner shares it, by address; at most 100. Empty for all but the owner.",
        metadata=sized(10),
    )
    async def shares(self, info: Info, root: strawberry.Parent[Portfolio]) -> list[PortfolioShare]:
        """Show the shares."""
        return [_share_of(row) for row in await info.context.loaders(GrantLoaders).shares.load(root.key)]


@extends(User)
@strawberry.type
class UserWithSharedPortfolios:
    """What others share with a user."""

    @strawberry.field(description="What others share with the user, oldest first; nothing of another user's.")
    async def shared_portfolios(
        self,
        info: Info,
        root: strawberry.Parent[User],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Portfolio]:
        """Show a page of the portfolios."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await shares.shared_page(info.context.actor, root.key, request, with_total=selects(info, "totalCount"))
        return connection(page, node=portfolio_of, key=lambda row: (row.id,))


@strawberry.input(description="A portfolio of the user's own, and with whom to share it.")
class SharePortfolioInput:
    """Which, with whom, and how."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    email: str = strawberry.field(description=_EMAIL)
    permission: SharePermission = strawberry.field(description="What they may do.")  # type: ignore[valid-type]
    hides_amounts: bool = strawberry.field(
        description="Show weights and returns, but no money and no quantities: to a VIEWER only.", default=False
    )


@strawberry.input(description="A portfolio of the user's own, and from whom to take it back.")
class UnsharePortfolioInput:
    """Which, and from whom."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    email: str = strawberry.field(description="The address that it is shared with.")


@strawberry.type(description="The share with its portfolio, or why there is none.")
class SharePortfolioPayload:
    """The answer of `sharePortfolio`."""

    share: PortfolioShare | None = strawberry.field(description="The share as it is now.", default=None)
    portfolio: Portfolio | None = strawberry.field(description="The portfolio.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The portfolio that is not shared any more, or why it still is.")
class UnsharePortfolioPayload:
    """The answer of `unsharePortfolio`."""

    portfolio: Portfolio | None = strawberry.field(description="The portfolio.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class SharingMutation:
    """The mutations of sharing."""

    @strawberry.mutation(
        description=(
            "Share a portfolio of the user's own with who has an account with an address; again with other terms "
            "changes them. An address without an account is listed all the same, and gives nobody access, then or "
            "later: share again once they have one."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(SharePortfolioPayload)
    async def share_portfolio(self, info: Info, input: SharePortfolioInput) -> SharePortfolioPayload:
        """Share it in a unit of work."""
        portfolio_id = _key(input.portfolio_id)
        async with info.context.unit_of_work() as work:
            share, portfolio = await sharing.share_portfolio(
                work,
                portfolio_id,
                email=input.email,
                permission=input.permission,
                hides_amounts=input.hides_amounts,
            )
        return SharePortfolioPayload(share=_share_of(share), portfolio=portfolio_of(portfolio))

    @strawberry.mutation(
        description="Take a portfolio back, at once: what follows it live ends, too.", metadata=allowed(Access.USER)
    )
    @answers_refusals(UnsharePortfolioPayload)
    async def unshare_portfolio(self, info: Info, input: UnsharePortfolioInput) -> UnsharePortfolioPayload:
        """Take it back in a unit of work."""
        portfolio_id = _key(input.portfolio_id)
        async with info.context.unit_of_work() as work:
            portfolio = await sharing.unshare_portfolio(work, portfolio_id, email=input.email)
        return UnsharePortfolioPayload(portfolio=portfolio_of(portfolio))


def _share_of(row: ShareRow) -> PortfolioShare:
    return PortfolioShare(
        id=global_id("PortfolioShare", row.id),
        email=row.email,
        permission=row.permission,
        hides_amounts=row.hides_amounts,
        created_at=row.created_at,
    )


def _key(value: str) -> UUID:
    key = stored_key("Portfolio", value)
    if key is None:
        raise NotFound("no such portfolio", field=("portfolio_id",))
    return key


@loads_nodes("PortfolioShare")
async def _find_shares(context: Context, keys: Sequence[UUID]) -> list[PortfolioShare | None]:
    rows = await shares.shares_by_id(context.actor, keys)
    return [None if row is None else _share_of(row) for row in rows]
