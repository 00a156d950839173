"""Finding portfolios."""

from uuid import UUID

import strawberry

from domain.portfolios import queries
from schema.context import Info
from schema.identity.types import User
from schema.portfolios.types import Portfolio, find_portfolios, portfolio_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.extension import extends
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed


@strawberry.type
class PortfoliosQuery:
    """The queries of portfolios."""

    @strawberry.field(
        description="A portfolio of the user's; null for what does not exist or is not theirs.",
        metadata=allowed(Access.USER),
    )
    async def portfolio(self, info: Info, id: strawberry.ID) -> Portfolio | None:
        """Find one portfolio."""
        key = stored_key("Portfolio", id)
        return None if key is None else (await find_portfolios(info.context, [key]))[0]


@extends(User)
@strawberry.type
class UserWithPortfolios:
    """What this slice adds to a user."""

    @strawberry.field(description="The user's portfolios, oldest first; none of another user's.")
    async def portfolios(
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
        page = await queries.portfolio_page(
            info.context.actor, root.key, request, with_total=selects(info, "totalCount")
        )
        return connection(page, node=portfolio_of, key=lambda row: (row.id,))
