"""What has changed of companies, for clients that keep them."""

from typing import Annotated
from uuid import UUID

import strawberry

from domain.companies.changes import ChangePlace, changed_since
from domain.companies.screens import Screens
from domain.companies.types import ChangePosition
from domain.kernel.errors import BadUserInput
from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.connection import cursor_of, parts_of
from schema.shared.cost import sized
from schema.shared.permissions import Access, allowed

MOST_CHANGES = 100
# What comes after nothing that was ever known.
_NOTHING = ChangePlace(ChangePosition(UUID(int=0), 0))


@strawberry.type(description="A company that is in no list any more.")
class CompanyTombstone:
    """A company that left."""

    id: strawberry.ID = strawberry.field(description="Its id, by which it is still found.")
    ticker: str = strawberry.field(description="Its ticker.")


@strawberry.type(description="What has changed of companies since a cursor, oldest change first.")
class CompanyChanges:
    """One page of changes."""

    changed: list[Company] = strawberry.field(
        description="Companies that are new or known anew, as they are now: at most 100.",
        metadata=sized(MOST_CHANGES),
    )
    left: list[CompanyTombstone] = strawberry.field(
        description="Companies that have left the lists: at most 100.", metadata=sized(10)
    )
    cursor: str = strawberry.field(description="Where this page ends: for `since`, now or later.")
    has_more: bool = strawberry.field(description="Whether more has changed: ask again with this cursor.")
    begins_anew: bool = strawberry.field(
        description=(
            "Whether the cursor was of another epoch, as after a database was set up anew: what the client keeps is to "
            "be thrown away, and this page is the first of all companies."
        )
    )


@strawberry.type
class ChangesQuery:
    """The query of changes."""

    @strawberry.field(
        description=(
            "What has changed of companies since a cursor, for clients that keep them: all active ones without a "
            "cursor. Who changes again meanwhile comes again later, so that nothing is passed over."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def company_changes(
        self,
        info: Info,
        since: Annotated[str | None, strawberry.argument(description="The cursor of the page before.")] = None,
        first: Annotated[int, strawberry.argument(description="At most so many: 1 to 100.")] = MOST_CHANGES,
    ) -> CompanyChanges:
        """Read the board."""
        if not 1 <= first <= MOST_CHANGES:
            raise BadUserInput(f"expected first from 1 to {MOST_CHANGES}, got {first}")
        place = None if since is None else _place(since)
        board = await info.context.loaders(CompanyLoaders).board()
        found = changed_since(info.context.resources.shared(Screens).columns_of(board), place, first)
        companies = [company_of(info.context, board, row) for row in found.rows]
        next_place = found.next or _NOTHING
        return CompanyChanges(
            changed=[each for each in companies if each.is_active],
            left=[CompanyTombstone(id=each.id, ticker=each.ticker) for each in companies if not each.is_active],
            cursor=cursor_of((next_place.at.epoch, next_place.at.sequence, next_place.ticker)),
            has_more=found.has_more,
            begins_anew=found.begins_anew,
        )


def _place(since: str) -> ChangePlace:
    epoch, sequence, ticker = parts_of("since", since, (UUID, int, str))
    return ChangePlace(ChangePosition(epoch, sequence), ticker)
