"""Whatever happens, in whatever order: the last push is a fresh read, and nothing comes twice or out of order."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from api.fanout import Fanout
from domain.infra.bus.opening import open_bus
from tests.api.websocket.feed import Feed, FeedMoved, settle
from tests.api.websocket.recorder import Watcher

KEYS = "ABC"


@settings(max_examples=60, deadline=None)
@given(data=st.data(), conflates=st.booleans())
def test_the_last_push_is_a_fresh_read(data: st.DataObject, conflates: bool):
    asyncio.run(_live_through(data, conflates))


async def _live_through(data: st.DataObject, conflates: bool) -> None:
    async with open_bus(None) as bus:
        story = Story(data, Feed(bus, Fanout(), conflates=conflates))
        for _ in range(data.draw(st.integers(5, 40))):
            await data.draw(st.sampled_from(story.chapters))()
        await story.end()
        for watcher in story.watchers:
            _check(watcher, story.feed)
            watcher.outlet.close()
            watcher.member.leave()


class Story:
    """What may happen."""

    def __init__(self, data: st.DataObject, feed: Feed) -> None:
        self._draw = data.draw
        self.feed = feed
        self.watchers: list[Watcher] = []
        self._joining: list[asyncio.Task[Watcher]] = []
        often = (self.move, settle)
        self.chapters = (
            *often,
            *often,
            self.join,
            self.resume_since,
            self.fall_behind,
            self.catch_up,
            self.lose,
            self.hold,
        )
        for key in KEYS:
            feed.store(key)

    async def move(self) -> None:
        keys = self._draw(st.text(KEYS, min_size=1, max_size=5))
        await self.feed.bus.publish([self.feed.store(key) for key in keys])

    async def join(self, since: int | None = None) -> None:
        keys = self._draw(st.sampled_from(["A", "AB", "ABC", None]))
        self.watchers.append(self.feed.watcher(keys, since=since))
        self._joining.append(asyncio.create_task(self.watchers[-1].join(self.feed.fanout)))

    async def resume_since(self) -> None:
        await self.join(self._draw(st.integers(0, self.feed.sequence)))

    async def fall_behind(self) -> None:
        if self.watchers:
            self._draw(st.sampled_from(self.watchers)).outlet.fall_behind()

    async def catch_up(self) -> None:
        for watcher in self.watchers:
            watcher.outlet.catch_up()

    async def lose(self) -> None:
        self.feed.store(self._draw(st.sampled_from(KEYS)))
        if FeedMoved.CHANNEL in self.feed.bus._channels:
            self.feed.miss()

    async def hold(self) -> None:
        """Let reads take until the next time."""
        if self.feed.may_read.is_set():
            self.feed.may_read.clear()
        else:
            self.feed.may_read.set()

    async def end(self) -> None:
        self.feed.may_read.set()
        await asyncio.gather(*self._joining)
        await self.catch_up()
        for _ in range(5):
            await settle()


def _check(watcher: Watcher, feed: Feed) -> None:
    """The last of each key is the present; positions rise but after a gap."""
    live = watcher.member.live
    keys = live.keys if live.keys is not None else frozenset(feed.latest)
    seen: dict[str, int] = {}
    for kind, key, sequence in watcher.sent:
        if kind == "GAP":
            seen.clear()
            continue
        assert key in keys
        assert sequence > seen.get(key, -1), watcher.sent
        seen[key] = sequence
    since = int(live.since) if live.since is not None else 0
    assert seen == {key: feed.latest[key] for key in keys if feed.latest[key] > since or key in seen}, watcher.sent
