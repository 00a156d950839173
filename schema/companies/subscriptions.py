"""Live numbers of companies."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from domain.companies.board import Board
from domain.companies.changes import changed_after
from domain.companies.events import CompaniesChanged
from domain.companies.screens import Screens
from domain.companies.types import ChangePosition
from domain.kernel.errors import BadUserInput
from domain.kernel.events import Event
from domain.kernel.ports import Resources
from schema.companies.loaders import CompanyLoaders
from schema.companies.positions import named, order_of, position_of_board, read_position, resumed
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.event_ids import EventKind
from schema.shared.live import Live, Topic, Update
from schema.shared.permissions import Access, allowed

MOST_TICKERS = 100
# So many take some milliseconds.
_AT_ONCE = 1_000


@strawberry.type(description="A company whose numbers are known anew, or that some may have been missed.")
class CompanyMetricsUpdate:
    """One event.  A GAP has no ticker and no company."""

    event_id: str = strawberry.field(description="Opaque: a place among the changes of companies, for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    ticker: str | None = strawberry.field(description="Ticker of the company; null for a GAP.", default=None)
    board: strawberry.Private[Board | None] = None
    row: strawberry.Private[int] = -1

    @strawberry.field(description="The company with its numbers as of this event; null for a GAP.")
    def company(self, info: Info) -> Company | None:
        """Show it."""
        return None if self.board is None else company_of(info.context, self.board, self.row)


@strawberry.type
class CompaniesSubscription:
    """The subscriptions of companies."""

    @strawberry.subscription(
        description=(
            "The numbers of companies as they are, then each time that something is made known or taken back of one of "
            "them. An unknown ticker is an error that names it."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def company_metrics(
        self,
        info: Info,
        tickers: Annotated[
            list[str], strawberry.argument(description="Tickers, exactly as they are spelled: 1 to 100.")
        ],
        since: Annotated[
            str | None,
            strawberry.argument(description="The `eventId` after which to go on, instead of a first SNAPSHOT."),
        ] = None,
    ) -> AsyncIterator[CompanyMetricsUpdate]:
        """Follow what is made known."""
        if not 1 <= len(tickers) <= MOST_TICKERS:
            raise BadUserInput(f"expected 1 to {MOST_TICKERS} tickers, got {len(tickers)}")
        board = await info.context.loaders(CompanyLoaders).board()
        if unknown := sorted(set(tickers) - set(board.tickers)):
            raise BadUserInput(f"expected tickers of companies, got {', '.join(unknown)[:200]}")
        resources = info.context.resources
        return Live(
            bus=resources.bus,
            topic=_topic(resources),
            keys=frozenset(tickers),
            keys_argument="tickers",
            since=since,
        )


def _topic(resources: Resources) -> Topic[CompanyMetricsUpdate]:
    """Return the one topic of numbers: all subscribers share it, whichever companies they follow."""
    source = _Metrics(resources)
    return Topic(
        name="company metrics",
        channels=(CompaniesChanged.CHANNEL,),
        is_public=True,
        read=source.read,
        follow=source.follow,
        resume=source.resume,
        gap=source.gap,
        position_of=resumed,
    )


@dataclass(frozen=True, slots=True)
class _Metrics:
    """What the topic reads and sends."""

    resources: Resources

    async def read(self, keys: frozenset[str] | None) -> Sequence[Update[CompanyMetricsUpdate]]:
        board = (await self.resources.shared(Screens).columns()).board
        wanted = board.tickers if keys is None else keys
        rows = sorted(board.tickers[ticker] for ticker in wanted if ticker in board.tickers)
        return await _updates(board, rows, EventKind.SNAPSHOT, position_of_board(board))

    async def follow(self, events: Sequence[Event]) -> Sequence[Update[CompanyMetricsUpdate]]:
        first = min(event.sequence for event in events if isinstance(event, CompaniesChanged))
        columns = await self.resources.shared(Screens).columns()
        return await _updates(columns.board, changed_after(columns, first - 1), EventKind.CHANGE)

    async def resume(self, keys: frozenset[str] | None, since: str) -> Sequence[Update[CompanyMetricsUpdate]] | None:
        asked = read_position(since)
        columns = await self.resources.shared(Screens).columns()
        at = position_of_board(columns.board)
        if asked is None or asked.epoch != at.epoch or asked.sequence > at.sequence:
            return None
        rows = changed_after(columns, asked.sequence)
        companies = columns.board.companies
        wanted = [row for row in rows if keys is None or companies[row].ticker in keys]
        return await _updates(columns.board, wanted, EventKind.CHANGE)

    async def gap(self) -> Update[CompanyMetricsUpdate]:
        at = position_of_board((await self.resources.shared(Screens).columns()).board)
        return Update(None, order_of(at), CompanyMetricsUpdate(event_id=named(at), kind=EventKind.GAP))


async def _updates(
    board: Board, rows: Sequence[int], kind: EventKind, at: ChangePosition | None = None
) -> list[Update[CompanyMetricsUpdate]]:
    """Return updates in the order of changes, each where its company last changed if not `at` one position."""
    epoch = position_of_board(board).epoch
    found = []
    for number, row in enumerate(rows, 1):
        company = board.companies[row]
        own = at or ChangePosition(epoch, company.sequence)
        payload = CompanyMetricsUpdate(event_id=named(own), kind=kind, ticker=company.ticker, board=board, row=row)
        found.append(Update(company.ticker, order_of(own), payload))
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)
    return found
