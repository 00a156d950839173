"""Members of a group: what each is sent, in which order, and how often it is read and executed."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.fanout import Fanout
from domain.infra.bus.hub import Hub
from domain.infra.bus.opening import open_bus
from domain.kernel.actor import NOBODY, Actor
from domain.kernel.errors import NothingThere, Unavailable
from domain.kernel.events import Event
from schema.shared.live import Live, Topic, Update
from tests.api.websocket.prices_app import user
from tests.api.websocket.recorder import EXECUTIONS, Watcher

Sent = tuple[str, str | None, int]


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
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

    def store(self, key: str) -> Moved:
        self.sequence += 1
        self.latest[key] = self.sequence
        self.past.append((key, self.sequence))
        return Moved(key=key, sequence=self.sequence)

    async def move(self, *keys: str) -> None:
        await self.bus.publish([self.store(key) for key in keys])
        await settle()

    def miss(self) -> None:
        self.bus._channels[Moved.CHANNEL]._resync()

    def topic(self) -> Topic[Sent]:
        return Topic(
            name="feed",
            channels=(Moved.CHANNEL,),
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
        return [self.update("CHANGE", event.key, event.sequence) for event in events if isinstance(event, Moved)]

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


@pytest.fixture
async def make_feed() -> AsyncIterator[Callable[..., Feed]]:
    async with open_bus(None) as bus:
        EXECUTIONS.clear()
        yield lambda patience=30.0, **named: Feed(bus, Fanout(patience), **named)


@pytest.fixture
def feed(make_feed: Callable[..., Feed]) -> Feed:
    made = make_feed()
    for key in "ABC":
        made.store(key)
    return made


async def test_first_a_snapshot_of_its_keys_and_then_their_changes(feed: Feed):
    watcher = await feed.watch("AC")
    await feed.move("A", "B")
    await feed.move("C")

    assert watcher.sent == [("SNAPSHOT", "A", 1), ("SNAPSHOT", "C", 3), ("CHANGE", "A", 4), ("CHANGE", "C", 6)]


async def test_without_keys_everything(feed: Feed):
    watcher = await feed.watch(None)
    await feed.move("B", "D")

    assert watcher.take()[3:] == [("CHANGE", "B", 4), ("CHANGE", "D", 5)]


async def test_events_are_executed_once_for_all_and_not_for_nobody(feed: Feed):
    watchers = [await feed.watch(keys) for keys in ("A", "AB", "ABC", "A")]
    EXECUTIONS.clear()
    await feed.move("A", "Z")

    assert len(EXECUTIONS) == 1
    assert [watcher.sent[-1] for watcher in watchers] == [("CHANGE", "A", 4)] * 4
    assert len(feed.fanout) == 1


async def test_many_who_join_at_once_share_the_reading(feed: Feed):
    watchers = [feed.watcher("AB" if number % 2 else "BC") for number in range(500)]
    for watcher in watchers:
        await watcher.join(feed.fanout)
    await settle()

    assert feed.reads == [frozenset("ABC")]
    assert len(EXECUTIONS) == 3
    assert watchers[0].sent == [("SNAPSHOT", "B", 2), ("SNAPSHOT", "C", 3)]
    assert watchers[1].sent == [("SNAPSHOT", "A", 1), ("SNAPSHOT", "B", 2)]


async def test_what_happens_while_the_snapshot_is_read_comes_after_it_and_once(feed: Feed):
    feed.may_read.clear()
    watcher = await feed.watch("AB")
    await feed.move("A")
    assert watcher.sent == []
    feed.may_read.set()
    await settle()

    assert watcher.sent == [("SNAPSHOT", "A", 1), ("SNAPSHOT", "B", 2), ("CHANGE", "A", 4)]


async def test_what_the_snapshot_holds_already_is_passed_over(feed: Feed):
    early = await feed.watch("AB")
    moved = feed.store("A")
    late = await feed.watch("AB")
    await feed.bus.publish([moved])
    await settle()
    await feed.move("A", "B")

    assert early.sent[2:] == [("CHANGE", "A", 4), ("CHANGE", "A", 5), ("CHANGE", "B", 6)]
    assert late.sent == [("SNAPSHOT", "A", 4), ("SNAPSHOT", "B", 2), ("CHANGE", "A", 5), ("CHANGE", "B", 6)]


async def test_order_is_kept_when_events_are_repeated_or_late(feed: Feed):
    watcher = await feed.watch("A")
    older, newer = feed.store("A"), feed.store("A")
    for event in (newer, older, newer):
        await feed.bus.publish([event])
        await settle()

    assert watcher.sent[1:] == [("CHANGE", "A", 5)]


async def test_since_brings_the_changes_and_nothing_older(feed: Feed):
    await feed.watch("A")
    watcher = await feed.watch("AB", since=1)
    repeated = Moved(key="A", sequence=1)
    await feed.bus.publish([repeated])
    await feed.move("A")

    assert watcher.sent == [("CHANGE", "B", 2), ("CHANGE", "A", 4)]


async def test_changes_while_resuming_come_once(feed: Feed):
    feed.may_read.clear()
    watcher = feed.watcher("AB", since=1)
    joining = asyncio.create_task(watcher.join(feed.fanout))
    await settle()
    await feed.move("A", "B")
    feed.may_read.set()
    await joining
    await settle()

    assert watcher.sent == [("CHANGE", "B", 2), ("CHANGE", "A", 4), ("CHANGE", "B", 5)]


async def test_position_that_is_held_no_more_is_a_gap_and_a_snapshot(feed: Feed):
    watcher = await feed.watch("A", since=99)

    assert watcher.sent == [("GAP", None, 0), ("SNAPSHOT", "A", 1)]


async def test_after_a_resync_everybody_is_sent_a_gap_and_a_snapshot(feed: Feed):
    watchers = [await feed.watch(keys) for keys in ("A", "BC", None)]
    for watcher in watchers:
        watcher.take()
    feed.reads.clear()
    feed.store("A")
    feed.miss()
    await settle()
    await feed.move("A")

    assert feed.reads == [None]
    assert watchers[0].sent == [("GAP", None, 0), ("SNAPSHOT", "A", 4), ("CHANGE", "A", 5)]
    assert watchers[1].sent == [("GAP", None, 0), ("SNAPSHOT", "B", 2), ("SNAPSHOT", "C", 3)]
    assert watchers[2].sent[0] == ("GAP", None, 0)


async def test_resync_may_begin_the_positions_anew(feed: Feed):
    watcher = await feed.watch("A")
    feed.sequence, feed.latest, feed.past = 0, {}, []
    feed.store("A")
    feed.miss()
    await settle()
    await feed.move("A")

    assert watcher.sent[1:] == [("GAP", None, 0), ("SNAPSHOT", "A", 1), ("CHANGE", "A", 2)]


async def test_resync_while_a_snapshot_is_read_is_not_forgotten(feed: Feed):
    feed.may_read.clear()
    watcher = await feed.watch("A")
    feed.store("A")
    feed.miss()
    await settle()
    feed.may_read.set()
    await settle()

    assert watcher.sent == [("SNAPSHOT", "A", 4)]


async def test_thousand_members_are_back_within_a_second(feed: Feed):
    watchers = [feed.watcher("ABC"[: number % 3 + 1]) for number in range(1000)]
    for watcher in watchers:
        await watcher.join(feed.fanout)
    await settle()
    for watcher in watchers:
        watcher.take()
    begun = time.monotonic()
    feed.miss()
    await settle()

    assert all(watcher.sent[:2] == [("GAP", None, 0), ("SNAPSHOT", "A", 1)] for watcher in watchers)
    assert time.monotonic() - begun < 1


async def test_paused_reader_is_sent_the_latest_of_each_key(feed: Feed):
    watcher, other = await feed.watch("AB"), await feed.watch("AB")
    watcher.outlet.fall_behind()
    for _ in range(5):
        await feed.move("A", "B")
    assert len(watcher.sent) == 2
    watcher.outlet.catch_up()
    await feed.move("A")

    assert watcher.sent[2:] == [("CHANGE", "A", 12), ("CHANGE", "B", 13), ("CHANGE", "A", 14)]
    assert len(other.sent) == 2 + 10 + 1


async def test_paused_reader_of_facts_misses_none_or_is_told(make_feed: Callable[..., Feed]):
    feed = make_feed(conflates=False)
    watcher = await feed.watch("A")
    watcher.outlet.fall_behind()
    for _ in range(3):
        await feed.move("A")
    watcher.outlet.catch_up()
    assert watcher.take() == [("CHANGE", "A", number) for number in (1, 2, 3)]

    watcher.outlet.fall_behind()
    for _ in range(300):
        await feed.move("A")
    watcher.outlet.catch_up()
    await settle()
    await feed.move("A")

    assert watcher.sent == [("GAP", None, 0), ("SNAPSHOT", "A", 303), ("CHANGE", "A", 304)]


async def test_reader_that_is_paused_before_its_snapshot_has_it_later_and_fresh(feed: Feed):
    watcher = feed.watcher("A")
    watcher.outlet.fall_behind()
    await watcher.join(feed.fanout)
    await settle()
    await feed.move("A")
    assert watcher.sent == []
    watcher.outlet.catch_up()
    await settle()

    assert watcher.sent == [("SNAPSHOT", "A", 4)]


async def test_resync_while_paused_is_told_when_the_reader_is_back(feed: Feed):
    watcher = await feed.watch("A")
    watcher.take()
    watcher.outlet.fall_behind()
    feed.miss()
    await settle()
    watcher.outlet.catch_up()
    await settle()

    assert watcher.sent == [("GAP", None, 0), ("SNAPSHOT", "A", 1)]


async def test_updates_about_everything_reach_who_has_keys(make_feed: Callable[..., Feed]):
    feed = make_feed(has_keys=False)
    watcher = await feed.watch("A")
    await feed.move("B")

    assert watcher.sent == [("CHANGE", "B", 1)]


async def test_who_leaves_is_sent_nothing_and_the_last_one_ends_the_group(feed: Feed):
    first, second = await feed.watch("A"), await feed.watch("A")
    first.member.leave()
    await feed.move("A")
    assert len(first.sent) == 1
    assert len(second.sent) == 2
    second.member.leave()
    await settle()

    assert len(feed.fanout) == 0
    assert not [task for task in asyncio.all_tasks() if "feed" in task.get_name()]
    again = await feed.watch("A")
    assert again.sent == [("SNAPSHOT", "A", 4)]


async def test_private_topics_are_shared_by_one_user_alone(make_feed: Callable[..., Feed]):
    feed = make_feed(is_public=False)
    await feed.watch("A", actor=user(1))
    await feed.watch("A", actor=user(1))
    await feed.watch("A", actor=user(2))
    EXECUTIONS.clear()
    await feed.move("A")

    assert len(feed.fanout) == 2
    assert sorted(str(actor.user_id) for actor in EXECUTIONS) == [str(user(1).user_id), str(user(2).user_id)]


async def test_public_topics_are_executed_as_nobody(feed: Feed):
    await feed.watch("A", actor=user(1))
    await feed.move("A")

    assert set(EXECUTIONS) == {NOBODY}


async def test_lost_access_ends_the_subscription_with_its_error(make_feed: Callable[..., Feed]):
    feed = make_feed(is_public=False)
    watchers = [await feed.watch("A", actor=user(1)) for _ in range(2)]
    feed.error = NothingThere("expected a feed of yours, got none")
    await feed.move("A")

    assert [watcher.errors for watcher in watchers] == [[feed.error], [feed.error]]
    assert [watcher.sent for watcher in watchers] == [[], []]
    assert len(feed.fanout) == 0


@pytest.mark.parametrize("error", [Unavailable("the store does not answer"), ConnectionError("reset")])
async def test_what_cannot_be_read_now_is_read_later(feed: Feed, error: Exception):
    feed.error = error
    watcher = await feed.watch("A")
    feed.error = None
    await asyncio.sleep(0.1)
    assert watcher.take() == [("SNAPSHOT", "A", 1)]

    feed.error = error
    await feed.move("A")
    feed.error = None
    await asyncio.sleep(0.1)

    assert watcher.sent == [("GAP", None, 0), ("SNAPSHOT", "A", 4)]
    assert watcher.errors == []


async def test_patience_has_an_end(make_feed: Callable[..., Feed]):
    feed = make_feed(patience=0.1)
    feed.error = Unavailable("the store does not answer")
    watcher = await feed.watch("A")
    await asyncio.sleep(0.5)

    assert watcher.errors == [feed.error]
    assert len(feed.fanout) == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), conflates=st.booleans())
def test_whatever_happens_the_last_push_is_a_fresh_read(data: st.DataObject, conflates: bool):
    asyncio.run(_whatever_happens(data, conflates))


async def _whatever_happens(data: st.DataObject, conflates: bool) -> None:
    async with open_bus(None) as bus:
        feed = Feed(bus, Fanout(), conflates=conflates)
        for key in "ABC":
            feed.store(key)
        watchers: list[Watcher] = []
        joining: list[asyncio.Task[Watcher]] = []
        for _ in range(data.draw(st.integers(5, 40))):
            match data.draw(st.sampled_from(["move", "move", "move", "join", "since", "pause", "resume", "miss", "hold", "settle"])):
                case "move":
                    await bus.publish([feed.store(key) for key in data.draw(st.text("ABC", min_size=1, max_size=5))])
                case "join" | "since" as how:
                    keys = data.draw(st.sampled_from(["A", "AB", "ABC", None]))
                    since = data.draw(st.integers(0, feed.sequence)) if how == "since" else None
                    watchers.append(feed.watcher(keys, since=since))
                    joining.append(asyncio.create_task(watchers[-1].join(feed.fanout)))
                case "pause" if watchers:
                    data.draw(st.sampled_from(watchers)).outlet.fall_behind()
                case "resume":
                    for watcher in watchers:
                        watcher.outlet.catch_up()
                case "miss" if Moved.CHANNEL in bus._channels:
                    feed.miss()
                case "hold":
                    feed.may_read.clear() if feed.may_read.is_set() else feed.may_read.set()
                case "settle":
                    await settle()
        feed.may_read.set()
        await asyncio.gather(*joining)
        for watcher in watchers:
            watcher.outlet.catch_up()
        for _ in range(5):
            await settle()
        for watcher in watchers:
            _check(watcher, feed)
            watcher.outlet.close()
            watcher.member.leave()


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
