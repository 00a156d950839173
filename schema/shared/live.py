"""Live subscriptions: what a subscription resolver returns, and how it is followed.

A resolver returns a `Live`.  Subscriptions whose topics have one name share the topic: a transport may then read,
execute and encode each event once for all of them.  Followed by itself, as an async iterator, a `Live` gives the same
events.

The order is always: listen, read, follow.  What happens between listening and reading is then seen twice, and the
second time is passed over by its position.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from domain.kernel.events import Bus, ConflationKey, Event, Listener, Resync

Payload = TypeVar("Payload")
Position = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Update(Generic[Payload]):
    """One event of a subscription: the root value that its selection is executed on.

    `key` says which of the topic's keys it is about (None: all of them); `position` orders it within its key.
    """

    key: str | None
    position: Position
    payload: Payload


def _never(_update: Update[Any]) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Topic(Generic[Payload]):
    """A stream of updates that many subscriptions may share.

    `name` is equal for two topics when every update of one is also right for the other: it names the object and,
    unless `is_public`, the actor.  The selection of a public topic is executed as nobody, so that it cannot hold what
    only one may see. `minimum_interval`, in seconds, passes between two calls of `follow`; what arrives meanwhile is
    handed over together.

    `recheck` is called every `recheck_interval` seconds: what has changed though no event said so, as by time that has
    passed, with positions of its own.

    All of these may raise: a `Failure` ends the subscription with that error, but for `Unavailable` and what nobody
    foresaw, after which the state is read again.  `read` and `resume` are called for one subscriber while others are
    live: what they read must not change what `follow` tells the others.
    """

    name: str
    channels: tuple[str, ...]
    is_public: bool
    # The present state of these keys (None: of all), as SNAPSHOT updates.
    read: Callable[[frozenset[str] | None], Awaitable[Sequence[Update[Payload]]]]
    # What these events of the bus mean: CHANGE updates, by position.
    follow: Callable[[Sequence[Event]], Awaitable[Sequence[Update[Payload]]]]
    # The CHANGE updates after the event id `since`, or None when they cannot all be had.
    resume: Callable[[frozenset[str] | None, str], Awaitable[Sequence[Update[Payload]] | None]]
    # The GAP update that comes before a new SNAPSHOT.
    gap: Callable[[], Awaitable[Update[Payload]]]
    conflate_by: ConflationKey | None = None
    minimum_interval: float = 0.0
    recheck: Callable[[], Awaitable[Sequence[Update[Payload]]]] | None = None
    recheck_interval: float = 30.0
    # The position that an event id names, where one sequence counts for all keys: nothing up to it is sent to who
    # resumes there.
    position_of: Callable[[str], Position | None] | None = None
    # Whether nothing comes after this update: who is sent it has come to the end of the subscription.
    is_last: Callable[[Update[Payload]], bool] = _never


class Follower(Generic[Payload]):
    """Turns what a listener hears into updates, at the pace of the topic."""

    def __init__(self, topic: Topic[Payload], listener: Listener) -> None:
        self._topic = topic
        self._listener = listener
        self._not_before = 0.0
        self._recheck_at = time.monotonic() + topic.recheck_interval

    async def next(self) -> Sequence[Update[Payload]] | None:
        """Wait for the next updates; None says that something was perhaps missed, and the state must be read again."""
        first = await self._first()
        if first is None:
            assert self._topic.recheck is not None
            self._recheck_at = time.monotonic() + self._topic.recheck_interval
            return await self._topic.recheck()
        if (delay := self._not_before - time.monotonic()) > 0:
            await asyncio.sleep(delay)
        heard = [first, *self._listener.drain()]
        self._not_before = time.monotonic() + self._topic.minimum_interval
        events = [event for event in heard if isinstance(event, Event)]
        return await self._topic.follow(events) if len(events) == len(heard) else None

    async def _first(self) -> Event | Resync | None:
        """Wait for what is heard first; None when it is time to look without having heard anything."""
        if self._topic.recheck is None:
            return await self._listener.next()
        remaining = self._recheck_at - time.monotonic()
        if remaining <= 0:
            return None
        try:
            async with asyncio.timeout(remaining):
                return await self._listener.next()
        except TimeoutError:
            return None


@dataclass(eq=False)
class Live(Generic[Payload]):
    """One subscriber's share of a topic: the keys it wants, and the event after which it resumes.

    `keys_argument` names the argument of the subscription field that holds the keys: it decides who receives an
    update, and is no part of what makes two subscriptions alike; nor is `since`.
    """

    bus: Bus
    topic: Topic[Payload]
    keys: frozenset[str] | None = None
    keys_argument: str | None = None
    since: str | None = None
    _updates: AsyncGenerator[Payload] | None = field(default=None, init=False, repr=False)

    async def opening(self) -> list[Update[Payload]]:
        """Read what this subscriber is sent first: a SNAPSHOT; or the CHANGEs since, or a GAP and a SNAPSHOT."""
        if self.since is None:
            return list(await self.topic.read(self.keys))
        changes = await self.topic.resume(self.keys, self.since)
        if changes is not None:
            return list(changes)
        return await self.after_gap()

    async def after_gap(self) -> list[Update[Payload]]:
        """Read what follows when something was missed."""
        return [await self.topic.gap(), *await self.topic.read(self.keys)]

    def floors(self) -> dict[str | None, Position]:
        """Return, for each key, the position that `since` names, as far as the topic can tell."""
        if self.since is None or self.topic.position_of is None:
            return {}
        position = self.topic.position_of(self.since)
        return {} if position is None else dict.fromkeys(self.keys or (None,), position)

    def wants(self, update: Update[Payload]) -> bool:
        """Whether the update is about one of this subscriber's keys."""
        return self.keys is None or update.key is None or update.key in self.keys

    def listen(self) -> AbstractAsyncContextManager[Listener]:
        """Listen to the topic's channels."""
        return self.bus.listen(*self.topic.channels, conflate_by=self.topic.conflate_by)

    def __aiter__(self) -> AsyncIterator[Payload]:
        """Follow the topic alone."""
        if self._updates is None:
            self._updates = self._follow_alone()
        return self._updates

    async def __anext__(self) -> Payload:
        """Wait for the next update."""
        return await anext(aiter(self))

    async def aclose(self) -> None:
        """Stop following."""
        if self._updates is not None:
            await self._updates.aclose()

    async def _follow_alone(self) -> AsyncGenerator[Payload]:
        async with self.listen() as listener:
            follower = Follower(self.topic, listener)
            seen = self.floors()
            present: Sequence[Update[Payload]] = await self.opening()
            while True:
                for update in present:
                    seen[update.key] = update.position
                    yield update.payload
                    if self.topic.is_last(update):
                        return
                while (updates := await follower.next()) is not None:
                    for update in updates:
                        if self.wants(update) and update.position > seen.get(update.key, ()):
                            seen[update.key] = update.position
                            yield update.payload
                            if self.topic.is_last(update):
                                return
                # Positions may have begun anew, so that what was seen before says nothing.
                seen = {}
                present = await self.after_gap()
