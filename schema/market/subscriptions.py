"""Live prices."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import strawberry

from domain.kernel.events import Event
from domain.kernel.ports import Resources
from domain.market import bars as history
from domain.market import frames, queries
from domain.market import types as domain
from domain.market.events import QuotesTicked
from domain.market.freshness import gone_stale
from domain.market.types import FeedPosition
from schema.context import Info
from schema.market.queries import Symbols, checked_symbols
from schema.market.quotes import Quote, present_quotes_of
from schema.shared.event_ids import EventKind, event_id, place_of
from schema.shared.live import Live, Position, Topic, Update
from schema.shared.permissions import Access, allowed
from schema.shared.scalars import BigInt

# Prices are looked through every 30 seconds; what has become stale in twice that is told, once.
_RECHECKED = timedelta(minutes=1)

# Where no feed has been loaded there is nothing to be after.
_NOWHERE = FeedPosition(UUID(int=0), 0)


@strawberry.type(description="A new price, or that some may have been missed.")
class PriceUpdate:
    """One event.  A GAP has no ticker and no price."""

    event_id: str = strawberry.field(
        description="Opaque: a place in the feed, for `since`. Names an epoch and a position in it."
    )
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    ticker: str | None = strawberry.field(description="Symbol of the instrument; null for a GAP.", default=None)
    price: Decimal | None = strawberry.field(description="Latest price, in the instrument's currency.", default=None)
    change: Decimal | None = strawberry.field(description="Price less the previous close.", default=None)
    change_percent: float | None = strawberry.field(
        description="Change in percent of the previous close.", default=None
    )
    volume: BigInt | None = strawberry.field(description="Units traded in the session so far.", default=None)
    at: datetime | None = strawberry.field(description="The market's time of the price.", default=None)
    quote: Quote | None = strawberry.field(description="The whole quote; null for a GAP.", default=None)


@strawberry.type
class MarketSubscription:
    """The subscriptions of the market."""

    @strawberry.subscription(
        description=(
            "The latest price of each ticker, then every change. A reader that falls behind is given the latest "
            "of each ticker only."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def price_update(
        self,
        info: Info,
        tickers: Symbols,
        since: Annotated[
            str | None,
            strawberry.argument(description="The `eventId` after which to go on, instead of a first SNAPSHOT."),
        ] = None,
    ) -> AsyncIterator[PriceUpdate]:
        """Follow the feed."""
        await history.known_instruments(checked_symbols(tickers))
        resources = info.context.resources
        return Live(
            bus=resources.bus,
            topic=prices(resources),
            keys=frozenset(tickers),
            keys_argument="tickers",
            since=since,
        )


def prices(resources: Resources) -> Topic[PriceUpdate]:
    """Return the one topic of prices: all subscribers share it, whatever they listen to."""
    source = _Prices(resources)
    return Topic(
        name="prices",
        channels=(QuotesTicked.channel(),),
        is_public=True,
        read=source.read,
        follow=source.follow,
        resume=source.resume,
        gap=source.gap,
        position_of=_position_of,
        recheck=source.recheck,
        # An event holds the latest quotes of its whole shard: the last one stands for those before.
        conflate_by=lambda event: event.shard if isinstance(event, QuotesTicked) else None,
    )


@dataclass(frozen=True, slots=True)
class _Prices:
    """What the topic of prices reads and sends."""

    resources: Resources

    async def read(self, keys: frozenset[str] | None) -> Sequence[Update[PriceUpdate]]:
        # The epoch first: a quote that is read after it is at least as young.
        position = await queries.feed_position() or _NOWHERE
        quotes = await queries.all_quotes(None if keys is None else sorted(keys))
        return await self._updates(position.epoch, quotes, EventKind.SNAPSHOT)

    async def follow(self, events: Sequence[Event]) -> Sequence[Update[PriceUpdate]]:
        return [
            update
            for event in events
            if isinstance(event, QuotesTicked)
            for update in await self._updates(event.epoch, event.quotes, EventKind.CHANGE)
        ]

    async def resume(self, keys: frozenset[str] | None, since: str) -> Sequence[Update[PriceUpdate]] | None:
        position = _decode(since)
        if position is None:
            return None
        ids = None
        if keys is not None:
            ids = [row.id for row in (await queries.instruments_by_symbol(sorted(keys))).values()]
        quotes = await frames.resume_quotes(position.epoch, position.sequence, ids)
        return None if quotes is None else await self._updates(position.epoch, quotes, EventKind.CHANGE)

    async def gap(self) -> Update[PriceUpdate]:
        position = await queries.feed_position() or _NOWHERE
        return Update(
            None,
            _order(position),
            PriceUpdate(event_id=event_id(str(position.epoch), position.sequence), kind=EventKind.GAP),
        )

    async def recheck(self) -> Sequence[Update[PriceUpdate]]:
        """Tell of prices that have become stale: a feed that falls silent says nothing itself."""
        position = await queries.feed_position() or _NOWHERE
        quotes = await gone_stale(self.resources.clock.now(), _RECHECKED)
        updates = await self._updates(position.epoch, quotes, EventKind.CHANGE)
        # After the price itself, and before the next.
        return [replace(update, position=(*update.position, 1)) for update in updates]

    async def _updates(self, epoch: UUID, quotes: Sequence[domain.Quote], kind: EventKind) -> list[Update[PriceUpdate]]:
        """Return the updates in the order of the feed: who has had one has had all before it."""
        rows = sorted(quotes, key=lambda row: row.sequence)
        shown = await present_quotes_of(self.resources.clock, rows)
        return [_update(FeedPosition(epoch, row.sequence), quote, kind) for row, quote in zip(rows, shown, strict=True)]


def _update(position: FeedPosition, quote: Quote, kind: EventKind) -> Update[PriceUpdate]:
    payload = PriceUpdate(
        event_id=event_id(str(position.epoch), position.sequence),
        kind=kind,
        ticker=quote.symbol,
        price=quote.price,
        change=quote.change,
        change_percent=quote.change_percent,
        volume=quote.volume,
        at=quote.at,
        quote=quote,
    )
    return Update(quote.symbol, _order(position), payload)


def _order(position: FeedPosition) -> Position:
    # Epochs are UUIDs of version 7, which sort by the time they were made.
    return (position.epoch.int, position.sequence)


def _position_of(since: str) -> Position | None:
    position = _decode(since)
    return None if position is None else _order(position)


def _decode(since: str) -> FeedPosition | None:
    """Return the place that an event id names, None for what is no event id of prices."""
    found = place_of(since)
    if found is None or len(found[1]) != 1:
        return None
    try:
        position = FeedPosition(UUID(found[0]), found[1][0])
    except ValueError:
        return None
    return position if 0 <= position.sequence < 2**63 else None
