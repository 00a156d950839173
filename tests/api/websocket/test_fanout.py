"""Members of a group: what each is sent, in which order, and how often it is read and executed."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from api.fanout import Fanout
from domain.infra.bus.opening import open_bus
from domain.kernel.actor import NOBODY
from domain.kernel.errors import NothingThere, Unavailable
from tests.api.websocket.feed import Feed, FeedMoved, settle
from tests.api.websocket.prices_app import user
from tests.api.websocket.recorder import EXECUTIONS


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
    repeated = FeedMoved(key="A", sequence=1)
    await feed.bus.publish([repeated])
    await settle()
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
