"""`portfolioUpdate`: first the present, then each change; whatever happened, the last push equals a fresh read."""

import asyncio
import random
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from api.fanout import Fanout
from domain.kernel.actor import NOBODY
from domain.kernel.errors import NothingThere
from domain.kernel.ids import new_id
from domain.market import queries
from domain.market.models import Feed
from schema.context import Context
from schema.root import build_schema
from schema.shared.event_ids import event_id
from schema.shared.node import global_id
from tests.api.websocket.recorder import Watcher
from tests.factories.portfolios import (
    MONDAY,
    NOW,
    TODAY,
    buy,
    contribution,
    open_portfolio,
    record,
    reverse,
    sell,
    tick,
    withdrawal,
)
from tests.schema.portfolios.documents import DOCUMENTS
from tests.support.graphql import GraphQLClient

FRESH = """query($id: ID!) { portfolio(id: $id) {
    id valuation { id totalValue dayChange dayChangePercent unrealizedGain at } } }"""
PATIENCE = 10.0


class Stream:
    """One subscription, event by event."""

    def __init__(self, events):
        self._events = events

    async def next(self):
        result = await asyncio.wait_for(anext(self._events), PATIENCE)
        if result.errors:
            raise result.errors[0].original_error or result.errors[0]
        return result.data["portfolioUpdate"]

    async def until(self, at):
        """Return the events up to the one whose newest price is of this instant."""
        events = [await self.next()]
        while events[-1]["portfolio"]["valuation"]["at"] != instant(at):
            events.append(await self.next())
        return events


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
async def grown(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, contribution("1000", MONDAY), buy("AAA", "30", "10", MONDAY))
    return portfolio


@pytest.fixture
def follow(small_market, owner):
    @asynccontextmanager
    async def run(portfolio_id, *, since=None, actor=None):
        events = await build_schema().subscribe(
            DOCUMENTS["PortfolioLive"],
            variable_values={"id": portfolio_id, "since": since},
            context_value=Context(actor=actor or owner, resources=small_market, request_id="test"),
        )
        try:
            yield Stream(aiter(events))
        finally:
            await events.aclose()

    return run


@pytest.fixture
def fresh(ask, grown):
    async def read():
        return await ask(FRESH, id=global_id("Portfolio", grown.id))

    return read


async def test_first_comes_the_present(follow, fresh, grown):
    async with follow(global_id("Portfolio", grown.id)) as stream:
        event = await stream.next()

    assert event["kind"] == "SNAPSHOT"
    # 700 and 30 x 15.5.
    assert event["portfolio"]["valuation"]["totalValue"] == "1165"
    assert event["portfolio"] == await fresh()


async def test_then_each_change_of_the_ledger_and_of_prices(small_market, owner, follow, fresh, grown):
    async with follow(global_id("Portfolio", grown.id)) as stream:
        seen = [await stream.next()]
        first = await record(small_market, owner, grown.id, contribution("35", TODAY))
        seen.append(await stream.next())
        assert seen[-1]["portfolio"] == await fresh()
        await tick(small_market, NOW + timedelta(seconds=1), AAA="16.5")
        seen.append(await stream.next())
        assert seen[-1]["portfolio"] == await fresh()
        await reverse(small_market, owner, first)
        seen.append(await stream.next())
        assert seen[-1]["portfolio"] == await fresh()

    assert [event["kind"] for event in seen] == ["SNAPSHOT", "CHANGE", "CHANGE", "CHANGE"]
    assert [event["portfolio"]["valuation"]["totalValue"] for event in seen] == ["1165", "1200", "1230", "1195"]
    assert [event["portfolio"]["valuation"]["dayChange"] for event in seen] == ["45", "45", "75", "75"]
    assert len({event["eventId"] for event in seen}) == 4


async def test_prices_of_what_is_not_held_are_no_news(small_market, owner, follow, grown):
    async with follow(global_id("Portfolio", grown.id)) as stream:
        await stream.next()
        for second in range(1, 4):
            await tick(small_market, NOW + timedelta(seconds=second), BBB=str(90 + second))
        await asyncio.sleep(0.6)
        await record(small_market, owner, grown.id, contribution("1", TODAY))

        assert (await stream.next())["portfolio"]["valuation"]["totalValue"] == "1166"


async def test_many_prices_are_few_events_and_the_last_is_the_newest(small_market, follow, fresh, grown):
    async with follow(global_id("Portfolio", grown.id)) as stream:
        await stream.next()
        last = NOW + timedelta(seconds=20)
        for second in range(1, 21):
            await tick(small_market, NOW + timedelta(seconds=second), AAA=f"16.{second:02}")
        events = await stream.until(last)

    assert len(events) < 10
    assert events[-1]["portfolio"] == await fresh()


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_last_push_equals_a_fresh_read(small_market, owner, follow, fresh, grown, seed):
    dice = random.Random(seed)
    async with follow(global_id("Portfolio", grown.id)) as stream:
        await stream.next()
        for second in range(1, 16):
            if dice.random() < 0.5:
                entry = dice.choice([contribution, withdrawal])(str(dice.randint(1, 99)), TODAY)
                await record(small_market, owner, grown.id, entry)
            else:
                price = f"{dice.randint(1000, 2000) / 100}"
                await tick(small_market, NOW + timedelta(seconds=second), AAA=price)
            if dice.random() < 0.3:
                await asyncio.sleep(dice.random() / 5)
        await tick(small_market, NOW + timedelta(seconds=99), AAA="20")
        last = (await stream.until(NOW + timedelta(seconds=99)))[-1]

    assert last["portfolio"] == await fresh()


async def test_who_has_seen_everything_is_told_what_is_new(small_market, owner, follow, grown):
    key = global_id("Portfolio", grown.id)
    async with follow(key) as stream:
        seen = (await stream.next())["eventId"]

    async with follow(key, since=seen) as stream:
        await record(small_market, owner, grown.id, contribution("1", TODAY))
        event = await stream.next()

    assert (event["kind"], event["portfolio"]["valuation"]["totalValue"]) == ("CHANGE", "1166")


async def test_who_was_away_is_told_the_present(small_market, owner, follow, fresh, grown):
    key = global_id("Portfolio", grown.id)
    async with follow(key) as stream:
        seen = (await stream.next())["eventId"]
    await record(small_market, owner, grown.id, contribution("1", TODAY), contribution("2", TODAY))
    await tick(small_market, NOW + timedelta(seconds=1), AAA="16.5")

    async with follow(key, since=seen) as stream:
        event = await stream.next()

    assert (event["kind"], event["portfolio"]) == ("CHANGE", await fresh())


async def test_who_comes_from_elsewhere_has_a_gap(small_market, follow, fresh, grown):
    key = global_id("Portfolio", grown.id)
    epoch = f"{grown.id.hex}.{(await Feed.get(name=queries.REPLAY)).epoch.hex}"
    elsewhere = [
        "nonsense",
        "",
        event_id(f"{grown.id.hex}.{new_id().hex}", 2, 10),
        event_id(f"{new_id().hex}.{epoch.split('.')[1]}", 2, 10),
        # What has not been yet.
        event_id(epoch, 3, 10),
        event_id(epoch, 2, 11),
        event_id(epoch, 2),
        event_id(epoch, 2, 10, 10),
    ]
    for since in elsewhere:
        async with follow(key, since=since) as stream:
            events = [await stream.next(), await stream.next()]
        assert [event["kind"] for event in events] == ["GAP", "SNAPSHOT"], since
        assert events[-1]["portfolio"] == await fresh()
    async with follow(key, since=event_id(epoch, 2, 9)) as stream:
        assert (await stream.next())["kind"] == "CHANGE"


async def test_a_feed_that_begins_anew_is_followed(small_market, follow, fresh, grown):
    async with follow(global_id("Portfolio", grown.id)) as stream:
        await stream.next()
        await Feed.filter(name=queries.REPLAY).update(epoch=new_id(), sequence=0)
        await tick(small_market, NOW + timedelta(seconds=1), AAA="16.5")

        assert (await stream.next())["portfolio"] == await fresh()


async def test_strangers_and_nobody_follow_nothing(client, follow, stranger, grown):
    own, missing = global_id("Portfolio", grown.id), global_id("Portfolio", new_id())
    for key in (own, missing, "nonsense"):
        response = await client.on_behalf_of(stranger).subscribe(DOCUMENTS["PortfolioLive"], {"id": key})
        (error,) = response["errors"]
        assert (error["extensions"]["code"], error["message"]) == ("NOT_FOUND", "no such portfolio")
        response = await client.on_behalf_of(NOBODY).subscribe(DOCUMENTS["PortfolioLive"], {"id": key})
        assert response["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_right_that_was_lost_ends_the_stream(small_market, owner, client, grown):
    live = await client.subscribe(DOCUMENTS["PortfolioLive"], {"id": global_id("Portfolio", grown.id)})
    await anext(aiter(live))
    await type(grown).filter(id=grown.id).update(owner_id=new_id())
    await tick(small_market, NOW + timedelta(seconds=1), AAA="16.5")

    with pytest.raises(NothingThere):
        await asyncio.wait_for(anext(aiter(live)), PATIENCE)


@pytest.fixture
def watch(small_market, owner):
    """Join those who share one portfolio's updates; what they are sent are (kind, total value)."""
    fanout = Fanout()

    async def execute(_actor, payload):
        return payload.kind, str(payload.portfolio.live.total_value)

    async def join(portfolio_id):
        client = GraphQLClient(small_market, owner)
        live = await client.subscribe(DOCUMENTS["PortfolioLive"], {"id": global_id("Portfolio", portfolio_id)})
        watcher = Watcher(live, owner)
        await fanout.join(watcher.member, "selection", execute)
        return watcher

    return join


async def sent(watcher, count):
    async with asyncio.timeout(PATIENCE):
        while len(watcher.sent) < count:  # noqa: ASYNC110 (a recorder has no one to tell)
            await asyncio.sleep(0.01)
    return watcher.sent


async def test_who_joins_between_a_change_and_its_news_takes_it_from_nobody(small_market, watch, grown):
    first = await watch(grown.id)
    await sent(first, 1)
    # Within the interval that passes between two events, so that the second is waited for.
    await tick(small_market, NOW + timedelta(seconds=1), AAA="16")
    await sent(first, 2)
    await tick(small_market, NOW + timedelta(seconds=2), AAA="17")

    second = await watch(grown.id)

    assert await sent(second, 1) == [("SNAPSHOT", "1210.00000000")]
    assert await sent(first, 3) == [
        ("SNAPSHOT", "1165.00000000"),
        ("CHANGE", "1180.00000000"),
        ("CHANGE", "1210.00000000"),
    ]
    await asyncio.sleep(0.4)
    # And who had it already is not told again.
    assert second.sent == [("SNAPSHOT", "1210.00000000")]
    for watcher in (first, second):
        watcher.member.leave()


async def test_an_empty_portfolio_can_be_followed(small_market, owner, follow):
    empty = await open_portfolio(small_market, owner, "Empty")
    async with follow(global_id("Portfolio", empty.id)) as stream:
        assert (await stream.next())["portfolio"]["valuation"]["totalValue"] == "0"
        await record(small_market, owner, empty.id, contribution("5"), buy("AAA", "1", "10"), sell("AAA", "1", "10"))
        events = [await stream.next()]
        while events[-1]["portfolio"]["valuation"]["totalValue"] != "5":
            events.append(await stream.next())

    assert {event["kind"] for event in events} == {"CHANGE"}
