"""Whatever happens, in whatever order: the last push is a fresh read, and nothing comes twice or out of order."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from api.fanout import Fanout
from domain.infra.bus.opening import open_bus
from tests.api.websocket.feed import Feed, FeedMoved, settle
from tests.api.websocket.recorder import Watcher


@settings(max_examples=60, deadline=None)
@given(data=st.data(), conflates=st.booleans())
def test_whatever_happens_the_last_push_is_a_fresh_read(data: st.DataObject, conflates: bool):
    asyncio.run(_whatever_happens(data, conflates))


ACTIONS = ("move", "move", "move", "join", "since", "pause", "resume", "lose", "hold", "settle", "settle")


async def _whatever_happens(data: st.DataObject, conflates: bool) -> None:
    async with open_bus(None) as bus:
        feed = Feed(bus, Fanout(), conflates=conflates)
        for key in "ABC":
            feed.store(key)
        watchers: list[Watcher] = []
        joining: list[asyncio.Task[Watcher]] = []
        for _ in range(data.draw(st.integers(5, 40))):
            match data.draw(st.sampled_from(ACTIONS)):
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
                case "lose":
                    feed.store(data.draw(st.sampled_from("ABC")))
                    if FeedMoved.CHANNEL in bus._channels:
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
