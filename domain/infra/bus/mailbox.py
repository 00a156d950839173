"""What waits for one listener: bounded, whatever the listener does."""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from itertools import count
from typing import Self

from domain.kernel.events import ConflationKey, Event, Resync

FACTS = 256
"""Events that may wait for one listener: who is further behind reads the state again sooner than it would catch up."""

KEYS = 4_096
"""Keys that may wait for one listener that conflates: about 4 MB of ticks."""


class BusClosed(RuntimeError):
    """The bus was used after it was closed."""


class Mailbox:
    """A `Listener` whose waiting events are bounded.  One task at a time may read it.

    With a conflation key, a later event takes the place of the waiting one of its key: keys come out in the order in
    which they first arrived, so that a busy key neither overtakes nor is overtaken by a quiet one.  When the mailbox is
    full, it is emptied into one `Resync` for each channel that lost something.  While a `Resync` waits, events of its
    channel are passed over: the state that its reader will read is younger than they are.
    """

    def __init__(self, conflate_by: ConflationKey | None = None, *, limit: int | None = None) -> None:
        self._key = conflate_by
        self._limit = limit or (KEYS if conflate_by else FACTS)
        self._ordinal = count()
        self._waiting: OrderedDict[Hashable, Event | Resync] = OrderedDict()
        self._unread_resyncs: set[str] = set()
        self._reader: asyncio.Future[None] | None = None
        self._closed = False

    def __len__(self) -> int:
        return len(self._waiting)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event | Resync:
        try:
            return await self.next()
        except BusClosed:
            raise StopAsyncIteration from None

    async def next(self) -> Event | Resync:
        """Wait for the next one.  Raises `BusClosed` once the bus is closed and nothing waits."""
        while not self._waiting:
            await self._arrival()
        _, item = self._waiting.popitem(last=False)
        if isinstance(item, Resync):
            self._unread_resyncs.discard(item.channel)
        return item

    def drain(self) -> list[Event | Resync]:
        """Return, without waiting, all that has arrived since."""
        items = list(self._waiting.values())
        self._waiting.clear()
        self._unread_resyncs.clear()
        return items

    def deliver(self, channel: str, event: Event) -> None:
        """Put an event of this channel in."""
        if channel in self._unread_resyncs:
            return
        key = next(self._ordinal) if self._key is None else self._key(event)
        if len(self._waiting) < self._limit or key in self._waiting:
            self._waiting[key] = event
            self._wake()
        else:
            self._overflow(channel)

    def resync(self, channel: str) -> None:
        """Tell that something on this channel may have been missed."""
        if channel not in self._unread_resyncs:
            self._unread_resyncs.add(channel)
            # A `Resync` is its own key: no event's key equals it.
            self._waiting[Resync(channel)] = Resync(channel)
            self._wake()

    def close(self) -> None:
        """End the listener once what waits has been read."""
        self._closed = True
        self._wake()

    def _overflow(self, channel: str) -> None:
        channels = [item.channel if isinstance(item, Resync) else item.own_channel for item in self._waiting.values()]
        self._waiting.clear()
        self._unread_resyncs.clear()
        for lost in dict.fromkeys((*channels, channel)):
            self.resync(lost)

    async def _arrival(self) -> None:
        if self._closed:
            raise BusClosed("expected an open bus, but it was closed")
        if self._reader is not None:
            raise RuntimeError("expected one task to read a listener at a time, but another already waits")
        self._reader = asyncio.get_running_loop().create_future()
        try:
            await self._reader
        finally:
            self._reader = None

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
