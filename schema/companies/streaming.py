"""All companies that a filter finds, a part at a time: for who wants them all, at the pace at which they are read."""

import time
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

import strawberry

from domain.companies.screening import Screened
from domain.companies.screens import Screens
from domain.kernel.errors import BadUserInput
from schema.companies.filters import CompanyFilter, CompanyOrder, filter_of, order_of
from schema.companies.loaders import CompanyLoaders
from schema.companies.positions import position_of_board
from schema.companies.screening import spend
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.cost import sized
from schema.shared.event_ids import EventKind, event_id, position_in
from schema.shared.permissions import Access, allowed

MOST_IN_A_PART = 100


@strawberry.type(description="That all were sent.")
class CompanyStreamEnd:
    """The summary."""

    total: int = strawberry.field(description="Companies that the filter finds.")
    sent: int = strawberry.field(description="Companies that this subscription was sent.")
    duration: float = strawberry.field(description="Seconds since it began.")


@strawberry.type(description="A part of the companies that a filter finds. The last event has none, and the summary.")
class CompanyStreamPart:
    """One event."""

    event_id: str = strawberry.field(description="Opaque: a place in the list as it was, for `since`.")
    kind: EventKind = strawberry.field(description="SNAPSHOT; or GAP, after which the list begins anew.")
    total_count: int = strawberry.field(description="Companies that the filter finds.")
    end: CompanyStreamEnd | None = strawberry.field(
        description="The summary; null but in the last event.", default=None
    )
    screened: strawberry.Private[Screened | None] = None
    rows: strawberry.Private[Sequence[int]] = ()

    @strawberry.field(
        description="The next companies, in the order asked: at most 100.", metadata=sized(MOST_IN_A_PART)
    )
    def companies(self, info: Info) -> list[Company]:
        """Show them."""
        if self.screened is None:
            return []
        board = self.screened.columns.board
        return [company_of(info.context, board, row) for row in self.rows]


@strawberry.type
class CompanyStreamSubscription:
    """The subscription of all that a filter finds."""

    @strawberry.subscription(
        description=(
            "The active companies that a filter finds, all of one moment, a part at a time and as fast as they are "
            "read; it ends by itself, with a summary."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def company_stream(
        self,
        info: Info,
        filter: Annotated[CompanyFilter | None, strawberry.argument(description="Which companies.")] = None,
        order_by: Annotated[CompanyOrder | None, strawberry.argument(description="In which order.")] = None,
        part_size: Annotated[int, strawberry.argument(description="Companies in a part: 1 to 100.")] = MOST_IN_A_PART,
        since: Annotated[
            str | None,
            strawberry.argument(
                description="The `eventId` after which to go on, of the same filter and order; a GAP where it is void."
            ),
        ] = None,
    ) -> AsyncIterator[CompanyStreamPart]:
        """Screen once, and send what was found."""
        if not 1 <= part_size <= MOST_IN_A_PART:
            raise BadUserInput(f"expected parts of 1 to {MOST_IN_A_PART} companies, got {part_size}")
        asked = (filter_of(filter), order_of(order_by))
        spend(info.context, *asked)
        screens = info.context.resources.shared(Screens)
        found = await screens.screened(screens.columns_of(await info.context.loaders(CompanyLoaders).board()), *asked)
        return _parts(found, part_size, since)


async def _parts(found: Screened, size: int, since: str | None) -> AsyncIterator[CompanyStreamPart]:
    began, at = time.monotonic(), position_of_board(found.columns.board)
    # Of another publication the same place is another one.
    epoch, total = f"{at.epoch}/{at.sequence}", len(found.rows)
    start = 0
    if since is not None:
        place = position_in(since, epoch)
        if place is None or not 0 <= place[0] <= total:
            yield CompanyStreamPart(event_id=event_id(epoch, 0), kind=EventKind.GAP, total_count=total)
        else:
            start = place[0]
    first = start
    for start in range(first, total, size):
        rows = found.rows[start : start + size].tolist()
        yield CompanyStreamPart(
            event_id=event_id(epoch, start + len(rows)),
            kind=EventKind.SNAPSHOT,
            total_count=total,
            screened=found,
            rows=rows,
        )
    yield CompanyStreamPart(
        event_id=event_id(epoch, total),
        kind=EventKind.SNAPSHOT,
        total_count=total,
        end=CompanyStreamEnd(total=total, sent=total - first, duration=time.monotonic() - began),
    )
