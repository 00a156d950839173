"""Watching portfolios."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

import strawberry

from domain.kernel.actor import Actor
from domain.kernel.errors import NothingThere
from domain.kernel.events import Bus, Event
from domain.kernel.ports import Clock
from domain.market.events import QuotesTicked
from domain.market.queries import feed_position, market_now
from domain.market.types import FeedPosition
from domain.portfolios import queries
from domain.portfolios.events import PortfolioChanged, PortfolioShared
from domain.portfolios.queries import Asked, PortfolioRow
from domain.portfolios.types import Valuation
from schema.context import Info
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.event_ids import EventKind, event_id, position_in
from schema.shared.live import Live, Topic, Update
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed

Payload = TypeVar("Payload")

# Where nothing drives the market.
_NO_FEED = FeedPosition(UUID(int=0), 0)


@strawberry.type(description="A portfolio as it is now.")
class PortfolioUpdate:
    """One event of `portfolioUpdate`."""

    event_id: str = strawberry.field(description="Names this event: for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    portfolio: Portfolio = strawberry.field(description="The portfolio; its valuation is of this event.")


@strawberry.type
class PortfoliosSubscription:
    """The subscriptions of portfolios."""

    @strawberry.subscription(
        description=(
            "A portfolio with its present valuation, then one event for each change of it by its ledger or by prices, "
            "at most one in 250 ms."
        ),
        metadata=allowed(Access.USER),
    )
    async def portfolio_update(
        self, info: Info, portfolio_id: strawberry.ID, since: str | None = None
    ) -> AsyncIterator[PortfolioUpdate]:
        """Follow one portfolio."""
        key = stored_key("Portfolio", portfolio_id)
        if key is None:
            raise NothingThere("no such portfolio")
        resources = info.context.resources
        watched = _Portfolio(info.context.actor, key, resources.bus, resources.clock)
        await watched.state()
        return Live(resources.bus, watched.topic(), since=since)


class Watched(ABC, Generic[Payload]):
    """One portfolio as one user sees it, at what it is worth now: `shown` makes an event of that."""

    # What the streams are named after, and seconds between two of its events at least.
    NAME: ClassVar[str]
    INTERVAL: ClassVar[float]
    # Beside the ledger, shares and prices.
    MORE_CHANNELS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, actor: Actor, key: UUID, bus: Bus, clock: Clock) -> None:
        self._actor = actor
        self._key = key
        self._bus = bus
        self.clock = clock
        # What this topic has told all who follow it.
        self._told: Valuation | None = None

    @abstractmethod
    async def shown(self, name: str, kind: EventKind, row: PortfolioRow, valuation: Valuation) -> Payload:
        """Return the event of this name.  Raises `NothingThere` where the user may not see it."""

    def topic(self) -> Topic[Payload]:
        """Return the stream that all sockets of this user share."""
        return Topic(
            name=f"{self.NAME}:{self._key}:{self._actor.user_id}",
            channels=(
                PortfolioChanged.channel(portfolio_id=self._key),
                # Who may not see it any more is told at once.
                PortfolioShared.channel(portfolio_id=self._key),
                QuotesTicked.CHANNEL,
                *self.MORE_CHANNELS,
            ),
            is_public=False,
            read=self._read,
            follow=self._follow,
            resume=self._resume,
            gap=self._gap,
            minimum_interval=self.INTERVAL,
        )

    async def state(self) -> tuple[PortfolioRow, Valuation, FeedPosition]:
        """Read the portfolio afresh: its row, its worth, and where the feed was before.

        Raises `NothingThere` when the user does not see it, any more.
        """
        # The position is read first: what changes in between is then announced again, not missed.
        feed = await feed_position() or _NO_FEED
        row = (await queries.portfolios_by_id(self._actor, [self._key]))[0]
        now = await market_now(self.clock)
        valuation = (await queries.valuations(self._actor, [Asked(self._key, None)], now))[0]
        if row is None or valuation is None:
            raise NothingThere("no such portfolio")
        return row, valuation, feed

    async def _update(self, kind: EventKind) -> tuple[Update[Payload], Valuation]:
        row, valuation, feed = await self.state()
        position = (valuation.version, feed.sequence)
        payload = await self.shown(event_id(self._epoch(feed), *position), kind, row, valuation)
        # Epochs are UUIDs of version 7, which sort by the time they were made.
        return Update(None, (feed.epoch.int, *position), payload), valuation

    def _epoch(self, feed: FeedPosition) -> str:
        return f"{self._key.hex}.{feed.epoch.hex}"

    async def _read(self, _: frozenset[str] | None) -> Sequence[Update[Payload]]:
        update, valuation = await self._update(EventKind.SNAPSHOT)
        # Only the first: who joins later has read more than those before have been told.
        self._told = self._told or valuation
        return [update]

    def forgets(self, events: Sequence[Event]) -> bool:
        """Whether these events change more than what the portfolio is worth: then it is told again in any case."""
        del events
        return False

    async def _follow(self, events: Sequence[Event]) -> Sequence[Update[Payload]]:
        if self.forgets(events):
            self._told = None
        update, valuation = await self._update(EventKind.CHANGE)
        # A tick of what is not held changes nothing here.
        if valuation == self._told:
            return []
        self._told = valuation
        return [update]

    async def _resume(self, _keys: frozenset[str] | None, since: str) -> Sequence[Update[Payload]] | None:
        _, valuation, feed = await self.state()
        position = (valuation.version, feed.sequence)
        asked = position_in(since, self._epoch(feed))
        if asked is None or len(asked) != len(position) or any(a > b for a, b in zip(asked, position, strict=True)):
            return None
        self._told = self._told or valuation
        return [] if asked == position else [(await self._update(EventKind.CHANGE))[0]]

    async def _gap(self) -> Update[Payload]:
        return (await self._update(EventKind.GAP))[0]


class _Portfolio(Watched[PortfolioUpdate]):
    """The portfolio itself."""

    NAME = "portfolio"
    # It is valued at most this often, however many prices move.
    INTERVAL = 0.25

    async def shown(self, name: str, kind: EventKind, row: PortfolioRow, valuation: Valuation) -> PortfolioUpdate:
        """Return the portfolio with its worth."""
        return PortfolioUpdate(event_id=name, kind=kind, portfolio=portfolio_of(row, live=valuation))
