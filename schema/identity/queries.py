"""Who asks."""

import strawberry

from domain.identity import queries
from schema.context import Info
from schema.identity.types import User, user_of
from schema.shared.permissions import Access, allowed


@strawberry.type
class IdentityQuery:
    """The queries of identity."""

    @strawberry.field(description="The user who asks; null without an access token.", metadata=allowed(Access.ANYBODY))
    async def viewer(self, info: Info) -> User | None:
        """Answer who asks."""
        row = await queries.viewer(info.context.actor)
        return None if row is None else user_of(row)
