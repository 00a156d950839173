"""A subscription that is followed alone sees what a member of a group sees."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest

from domain.infra.bus.hub import Hub
from domain.infra.bus.opening import open_bus
from domain.kernel.events import Event, Resync
from schema.shared.live import Follower, Live, Topic, Update


@dataclass(frozen=True, kw_only=True)
class LiveCounted(Event):
    CHANNEL: ClassVar[str] = "live:counted"

    value: int


class Counter:
    """One number, and who is told of it."""

    def __init__(self, bus: Hub, minimum_interval: float = 0.0) -> None:
        self.bus = bus
        self.value = 1
        self.calls: list[int] = []
        self.topic: Topic[tuple[str, int]] = Topic(
            name="counter",
            channels=(LiveCounted.CHANNEL,),
            is_public=True,
            read=self.read,
            follow=self.follow,
            resume=self.resume,
            gap=self.gap,
            minimum_interval=minimum_interval,
            position_of=lambda since: (int(since),),
        )

    async def count(self, value: int | None = None) -> None:
        self.value = self.value + 1 if value is None else value
        await self.bus.publish([LiveCounted(value=self.value)])

    async def read(self, keys: frozenset[str] | None) -> Sequence[Update[tuple[str, int]]]:
        return [Update(None, (self.value,), ("SNAPSHOT", self.value))]

    async def follow(self, events: Sequence[Event]) -> Sequence[Update[tuple[str, int]]]:
        self.calls.append(len(events))
        return [Update(None, (e.value,), ("CHANGE", e.value)) for e in events if isinstance(e, LiveCounted)]

    async def resume(self, keys: frozenset[str] | None, since: str) -> Sequence[Update[tuple[str, int]]] | None:
        if int(since) > self.value:
            return None
        return [Update(None, (value,), ("CHANGE", value)) for value in range(int(since) + 1, self.value + 1)]

    async def gap(self) -> Update[tuple[str, int]]:
        return Update(None, (), ("GAP", 0))

    def live(self, since: str | None = None) -> Live[tuple[str, int]]:
        return Live(self.bus, self.topic, since=since)


@pytest.fixture
async def bus() -> AsyncIterator[Hub]:
    async with open_bus(None) as opened:
        yield opened


async def take(live: Live[tuple[str, int]], number: int) -> list[tuple[str, int]]:
    return [await asyncio.wait_for(anext(live), 1) for _ in range(number)]


async def test_snapshot_then_changes(bus: Hub):
    counter = Counter(bus)
    live = counter.live()
    assert await take(live, 1) == [("SNAPSHOT", 1)]
    await counter.count()
    await counter.count()

    assert await take(live, 2) == [("CHANGE", 2), ("CHANGE", 3)]
    await live.aclose()


async def test_what_was_seen_is_passed_over(bus: Hub):
    counter = Counter(bus)
    live = counter.live()
    await take(live, 1)
    for value in (1, 3, 2, 3, 4):
        await counter.count(value)

    assert await take(live, 2) == [("CHANGE", 3), ("CHANGE", 4)]
    await live.aclose()


async def test_since_brings_the_changes_after_it(bus: Hub):
    counter = Counter(bus)
    counter.value = 3
    live = counter.live("1")

    assert await take(live, 2) == [("CHANGE", 2), ("CHANGE", 3)]
    await live.aclose()


async def test_since_that_nobody_remembers_is_a_gap(bus: Hub):
    live = Counter(bus).live("9")

    assert await take(live, 2) == [("GAP", 0), ("SNAPSHOT", 1)]
    await live.aclose()


async def test_nothing_up_to_since_is_sent_again(bus: Hub):
    counter = Counter(bus)
    counter.value = 5
    live = counter.live("5")
    waiting = asyncio.create_task(take(live, 1))
    await asyncio.sleep(0.02)
    await counter.count(4)
    await counter.count(6)

    assert await waiting == [("CHANGE", 6)]
    await live.aclose()


async def test_after_a_resync_positions_begin_anew(bus: Hub):
    counter = Counter(bus)
    counter.value = 7
    live = counter.live()
    await take(live, 1)
    counter.value = 2
    bus._channels[LiveCounted.CHANNEL]._resync()
    assert await take(live, 2) == [("GAP", 0), ("SNAPSHOT", 2)]
    await counter.count()

    assert await take(live, 1) == [("CHANGE", 3)]
    await live.aclose()


async def test_what_arrives_within_the_interval_is_followed_together(bus: Hub):
    counter = Counter(bus, minimum_interval=0.1)
    async with counter.live().listen() as listener:
        follower = Follower(counter.topic, listener)
        await counter.count()
        await follower.next()
        begun = time.monotonic()
        for _ in range(3):
            await counter.count()
        await follower.next()

        assert time.monotonic() - begun > 0.08
        assert counter.calls == [1, 3]


class Scripted:
    """A listener that hears what it is told."""

    def __init__(self, *heard: Event | Resync) -> None:
        self._heard = list(heard)

    def __aiter__(self) -> AsyncIterator[Event | Resync]:
        raise NotImplementedError

    async def next(self) -> Event | Resync:
        return self._heard.pop(0)

    def drain(self) -> list[Event | Resync]:
        drained, self._heard = self._heard, []
        return drained


async def test_resync_anywhere_means_that_the_state_is_read_again(bus: Hub):
    counter = Counter(bus)
    follower = Follower(counter.topic, Scripted(LiveCounted(value=1), Resync("live:counted"), LiveCounted(value=2)))

    assert await follower.next() is None
    assert counter.calls == []
