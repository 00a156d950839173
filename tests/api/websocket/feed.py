"""A sequence of numbers for a few keys, to be followed by members of a group."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from api.fanout import Fanout
from domain.infra.bus.hub import Hub
from domain.kernel.actor import NOBODY, Actor
from domain.kernel.events import Event
from schema.shared.live import Live, Topic, Update
from tests.api.websocket.recorder import Watcher

Sent = tuple[str, str | None, int]


@dataclass(frozen=True, kw_only=True)
class FeedMoved(Event):
    CHANNEL: ClassVar[str] = "fanout:moved"

    key: str
    sequence: int


@dataclass
class Feed:
    """A sequence of numbers for a few keys."""

    bus: Hub
    fanout: Fanout
    is_public: bool = True
    conflates: bool = True
    has_keys: bool = True
    latest: dict[str, int] = field(default_factory=dict)
    past: list[tuple[str, int]] = field(default_factory=list)
    sequence: int = 0
    reads: list[frozenset[str] | None] = field(default_factory=list)
    may_read: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    def __post_init__(self) -> None:
        self.may_read.set()

    def store(self, key: str) -> FeedMoved:
        self.sequence += 1
        self.latest[key] = self.sequence
        self.past.append((key, self.sequence))
        return FeedMoved(key=key, sequence=self.sequence)

    async def move(self, *keys: str) -> None:
        await self.bus.publish([self.store(key) for key in keys])
        await settle()

    def miss(self) -> None:
        self.bus._channels[FeedMoved.CHANNEL]._resync()

    def topic(self) -> Topic[Sent]:
        return Topic(
            name="feed",
            channels=(FeedMoved.CHANNEL,),
            is_public=self.is_public,
            read=self.read,
            follow=self.follow,
            resume=self.resume,
            gap=self.gap,
            conflate_by=(lambda event: event.key) if self.conflates else None,  # type: ignore[attr-defined]
            position_of=lambda since: (int(since),),
        )

    def update(self, kind: str, key: str, sequence: int) -> Update[Sent]:
        return Update(key if self.has_keys else None, (sequence,), (kind, key, sequence))

    async def read(self, keys: frozenset[str] | None) -> Sequence[Update[Sent]]:
        self.reads.append(keys)
        state = dict(self.latest)
        await self.may_read.wait()
        if self.error:
            raise self.error
        return [self.update("SNAPSHOT", key, state[key]) for key in sorted(state) if keys is None or key in keys]

    async def follow(self, events: Sequence[Event]) -> Sequence[Update[Sent]]:
        if self.error:
            raise self.error
        return [self.update("CHANGE", event.key, event.sequence) for event in events if isinstance(event, FeedMoved)]

    async def resume(self, keys: frozenset[str] | None, since: str) -> Sequence[Update[Sent]] | None:
        if int(since) > self.sequence:
            return None
        await self.may_read.wait()
        later = [one for one in self.past if one[1] > int(since) and (keys is None or one[0] in keys)]
        return [self.update("CHANGE", *one) for one in later]

    async def gap(self) -> Update[Sent]:
        return Update(None, (), ("GAP", None, 0))

    def watcher(self, keys: str | None, *, since: int | None = None, actor: Actor = NOBODY) -> Watcher:
        wanted = None if keys is None else frozenset(keys)
        return Watcher(Live(self.bus, self.topic(), wanted, "keys", None if since is None else str(since)), actor)

    async def watch(self, keys: str | None, *, since: int | None = None, actor: Actor = NOBODY) -> Watcher:
        watcher = await self.watcher(keys, since=since, actor=actor).join(self.fanout)
        await settle()
        return watcher


async def settle() -> None:
    """Let everything that can go on without time go on."""
    for _ in range(60):
        await asyncio.sleep(0)
