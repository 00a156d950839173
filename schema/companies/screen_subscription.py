"""Live screens: who enters and who leaves, and why."""

from collections.abc import AsyncIterator, Sequence
from hashlib import sha256
from typing import Annotated, Final

import strawberry

from domain.companies.events import CompaniesChanged
from domain.companies.filter_text import filter_text
from domain.companies.filters import BY_TICKER, Filter, Measured
from domain.companies.memberships import Move, Moves, Reason, moves
from domain.companies.screening import Screened
from domain.companies.screens import Screens
from domain.kernel.events import Event
from domain.kernel.ports import Resources
from schema.companies.catalogue import CompanyMetric, metric_of
from schema.companies.filters import CompanyFilter, MetricMeasure, filter_of
from schema.companies.loaders import CompanyLoaders
from schema.companies.positions import named, order_of, position_of_board, read_position, resumed
from schema.companies.screening import spend
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.cost import sized
from schema.shared.event_ids import EventKind
from schema.shared.live import Live, Topic, Update
from schema.shared.permissions import Access, allowed

_MOST: Final = 100
# Seconds between two events, however often something is made known.
_INTERVAL: Final = 1.0
_NOBODY: Final = Moves((), ())


@strawberry.type(description="A condition of a screen that is judged otherwise than before.")
class MoveReason:
    """Why a company entered or left."""

    field: str = strawberry.field(
        description=(
            "Which field: the code of a metric, or the name of a field of `Company`; `isActive` for a company that "
            "came to the lists or left them."
        )
    )
    metric: CompanyMetric | None = strawberry.field(description="The metric; null for what is none.")
    measure: MetricMeasure | None = strawberry.field(  # type: ignore[valid-type]
        description="What of the metric; null for what is none."
    )
    before: float | None = strawberry.field(description="The number before; null for none, and for what is no number.")
    after: float | None = strawberry.field(description="The number now; null for none, and for what is no number.")


@strawberry.type(description="A company that entered a screen or left it.")
class CompanyMove:
    """One company."""

    company: Company = strawberry.field(description="The company as it is now.")
    reasons: list[MoveReason] = strawberry.field(
        description="The conditions that are judged otherwise than before: at most 50.", metadata=sized(3)
    )


@strawberry.type(description="Who is in a screen, or who has entered and left it, or that some of it was missed.")
class CompanyScreenUpdate:
    """One event."""

    event_id: str = strawberry.field(description="Opaque: a place among the changes of companies, for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    total_count: int = strawberry.field(description="How many companies are in it now.")
    entered_count: int = strawberry.field(description="How many have entered since the event before; 0 but for CHANGE.")
    left_count: int = strawberry.field(description="How many have left since the event before; 0 but for CHANGE.")
    screened: strawberry.Private[Screened]
    moved: strawberry.Private[Moves]

    @strawberry.field(
        description="Of a SNAPSHOT those that are in it, by ticker: at most 100; `companies` shows the others.",
        metadata=sized(_MOST),
    )
    def companies(self, info: Info) -> list[Company]:
        """Show them."""
        rows = self.screened.rows[:_MOST].tolist() if self.kind is EventKind.SNAPSHOT else []
        return [company_of(info.context, self.screened.columns.board, row) for row in rows]

    @strawberry.field(description="Of a CHANGE who has entered, by ticker: at most 100.", metadata=sized(10))
    def entered(self, info: Info) -> list[CompanyMove]:
        """Show them."""
        return [self._move(info, move) for move in self.moved.entered[:_MOST]]

    @strawberry.field(description="Of a CHANGE who has left, by ticker: at most 100.", metadata=sized(10))
    def left(self, info: Info) -> list[CompanyMove]:
        """Show them."""
        return [self._move(info, move) for move in self.moved.left[:_MOST]]

    def _move(self, info: Info, move: Move) -> CompanyMove:
        company = company_of(info.context, self.screened.columns.board, move.row)
        return CompanyMove(company=company, reasons=[_reason(each) for each in move.reasons])


def _reason(of: Reason) -> MoveReason:
    if isinstance(of.what, Measured):
        metric, measure = metric_of(of.what.code), of.what.measure
        return MoveReason(field=of.what.code, metric=metric, measure=measure, before=of.before, after=of.after)
    return MoveReason(field=of.what, metric=None, measure=None, before=of.before, after=of.after)


@strawberry.type
class ScreenSubscription:
    """The subscription of screens."""

    @strawberry.subscription(
        description=(
            "Who is in a screen, then who enters and who leaves it, and why: at most one event for each time that "
            "something is made known of companies, and one a second. Where nobody moves nothing is said."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def company_screen(
        self,
        info: Info,
        filter: Annotated[CompanyFilter, strawberry.argument(description="Which companies.")],
        since: Annotated[
            str | None,
            strawberry.argument(description="The `eventId` after which to go on, instead of a first SNAPSHOT."),
        ] = None,
    ) -> AsyncIterator[CompanyScreenUpdate]:
        """Follow a filter."""
        asked = filter_of(filter)
        resources = info.context.resources
        spend(info.context, asked, BY_TICKER)
        columns = resources.shared(Screens).columns_of(await info.context.loaders(CompanyLoaders).board())
        # What cannot be answered is refused here, before anything is followed.
        await resources.shared(Screens).screened(columns, asked, BY_TICKER)
        return Live(resources.bus, _Screen(resources, asked).topic(), since=since)


class _Screen:
    """One filter, as the topic reads and tells it."""

    def __init__(self, resources: Resources, asked: Filter) -> None:
        self._resources = resources
        self._asked = asked
        # What this topic has told all who follow it.
        self._told: Screened | None = None

    def topic(self) -> Topic[CompanyScreenUpdate]:
        """Return the stream that all who watch this filter share."""
        return Topic(
            name=f"company screen {sha256(filter_text(self._asked).encode()).hexdigest()}",
            channels=(CompaniesChanged.CHANNEL,),
            is_public=True,
            read=self._read,
            follow=self._follow,
            resume=self._resume,
            gap=self._gap,
            minimum_interval=_INTERVAL,
            position_of=resumed,
        )

    async def _screened(self) -> Screened:
        screens = self._resources.shared(Screens)
        return await screens.screened(await screens.columns(), self._asked, BY_TICKER)

    async def _read(self, _keys: frozenset[str] | None) -> Sequence[Update[CompanyScreenUpdate]]:
        found = await self._screened()
        # Only the first: who joins later has read more than those before have been told.
        self._told = self._told or found
        return [_update(EventKind.SNAPSHOT, found)]

    async def _follow(self, _events: Sequence[Event]) -> Sequence[Update[CompanyScreenUpdate]]:
        found = await self._screened()
        before, self._told = self._told or found, found
        moved = await self._resources.compute.run(moves, before, found)
        return [_update(EventKind.CHANGE, found, moved)] if moved.entered or moved.left else []

    async def _resume(self, _keys: frozenset[str] | None, since: str) -> Sequence[Update[CompanyScreenUpdate]] | None:
        found = await self._screened()
        if read_position(since) != position_of_board(found.columns.board):
            return None
        self._told = self._told or found
        return []

    async def _gap(self) -> Update[CompanyScreenUpdate]:
        return _update(EventKind.GAP, await self._screened())


def _update(kind: EventKind, found: Screened, moved: Moves = _NOBODY) -> Update[CompanyScreenUpdate]:
    at = position_of_board(found.columns.board)
    payload = CompanyScreenUpdate(
        event_id=named(at),
        kind=kind,
        total_count=len(found.rows),
        entered_count=len(moved.entered),
        left_count=len(moved.left),
        screened=found,
        moved=moved,
    )
    return Update(None, order_of(at), payload)
