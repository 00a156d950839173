"""The market as a whole, live."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import strawberry

from domain.kernel.events import Event
from domain.kernel.ports import Resources
from domain.market import queries
from domain.market.events import QuotesTicked
from domain.market.queries import market_now
from domain.market.types import FeedPosition
from schema.context import Info
from schema.market.queries import MarketOverview, overview_at
from schema.shared.event_ids import EventKind, event_id
from schema.shared.live import Live, Topic, Update
from schema.shared.permissions import Access, allowed

# Seconds between two events: whatever moves in between is in the next one.
_INTERVAL = 1.0
# Where no feed has been loaded there is nothing to be after.
_NOWHERE = FeedPosition(UUID(int=0), 0)


@strawberry.type(description="The market as a whole, or that some of it may have been missed.")
class MarketOverviewUpdate:
    """One event.  A GAP has no overview."""

    event_id: str = strawberry.field(description="Opaque: a place in the feed of quotes.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    overview: MarketOverview | None = strawberry.field(
        description="The market as it is, as `market` gives it; null for a GAP.", default=None
    )


@strawberry.type
class OverviewSubscription:
    """The subscription of the market as a whole."""

    @strawberry.subscription(
        description="The market as it is, then as it is after each change, at most once a second.",
        metadata=allowed(Access.ANYBODY),
    )
    async def market_overview(self, info: Info) -> AsyncIterator[MarketOverviewUpdate]:
        """Follow the feed of quotes."""
        resources = info.context.resources
        return Live(bus=resources.bus, topic=_topic(resources))


def _topic(resources: Resources) -> Topic[MarketOverviewUpdate]:
    source = _Overviews(resources)
    return Topic(
        name="market overview",
        channels=(QuotesTicked.channel(),),
        is_public=True,
        read=source.read,
        follow=source.follow,
        resume=source.resume,
        gap=source.gap,
        # What comes last stands for all before it.
        conflate_by=lambda _: "overview",
        minimum_interval=_INTERVAL,
    )


@dataclass(frozen=True, slots=True)
class _Overviews:
    """What the topic reads and sends."""

    resources: Resources

    async def read(self, keys: frozenset[str] | None) -> Sequence[Update[MarketOverviewUpdate]]:
        del keys  # There is one market.
        return [await self._update(EventKind.SNAPSHOT)]

    async def follow(self, events: Sequence[Event]) -> Sequence[Update[MarketOverviewUpdate]]:
        del events  # What they say is stored.
        return [await self._update(EventKind.CHANGE)]

    async def resume(self, keys: frozenset[str] | None, since: str) -> None:
        """Say that nothing can be resumed: an overview stands for itself."""
        del keys, since

    async def gap(self) -> Update[MarketOverviewUpdate]:
        return await self._update(EventKind.GAP)

    async def _update(self, kind: EventKind) -> Update[MarketOverviewUpdate]:
        position = await queries.feed_position() or _NOWHERE
        shown = None if kind is EventKind.GAP else overview_at(await market_now(self.resources.clock))
        payload = MarketOverviewUpdate(
            event_id=event_id(str(position.epoch), position.sequence), kind=kind, overview=shown
        )
        return Update(None, (position.epoch.int, position.sequence), payload)
