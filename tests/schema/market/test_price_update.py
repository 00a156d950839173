"""Live prices."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from domain.kernel.errors import BadUserInput
from domain.kernel.events import Event
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market import queries
from domain.market.demonstration.prices import replayed_prices
from domain.market.models import Feed, FeedFrame
from schema.context import Context
from schema.market.subscriptions import prices
from schema.root import build_schema
from schema.shared.scalars import serialize_decimal
from tests.factories.market import Player, make_player
from tests.schema.market.conftest import DOCUMENTS, Ask

Follow = Callable[..., Any]


class Stream:
    """One subscriber."""

    def __init__(self, events: Any) -> None:
        self._events = events

    async def next(self) -> dict[str, Any]:
        """Wait for the next event.  Raises what the subscription ended with."""
        result = await asyncio.wait_for(anext(self._events), 10)
        if result.errors:
            raise result.errors[0].original_error or result.errors[0]
        event: dict[str, Any] = result.data["priceUpdate"]
        return event

    async def take(self, count: int) -> list[dict[str, Any]]:
        """Wait for so many events."""
        return [await self.next() for _ in range(count)]


@pytest.fixture
def follow(context: Callable[[], Context]) -> Follow:
    @asynccontextmanager
    async def follow(tickers: list[str], since: str | None = None) -> AsyncIterator[Stream]:
        events = await build_schema().subscribe(
            DOCUMENTS,
            variable_values={"tickers": tickers, "since": since},
            context_value=context(),
            operation_name="Prices",
        )
        try:
            yield Stream(events)
        finally:
            await events.aclose()

    return follow


@pytest.fixture
async def player(market: Resources) -> Player:
    player = await make_player(market)
    await player.tick(0)
    return player


async def test_first_a_snapshot_then_every_change(follow: Follow, player: Player, ask: Ask):
    async with follow(["SP500", "AAPL"]) as stream:
        first = await stream.take(2)
        for second in (39, 78):
            await player.tick(second)
        changes = [await stream.next()]
        while changes[-1]["at"] != "2022-11-30T14:31:18.000Z" or changes[-1]["ticker"] != "SP500":
            changes.append(await stream.next())

    assert [(event["kind"], event["ticker"], event["price"]) for event in first] == [
        ("SNAPSHOT", "AAPL", "140.76"),
        ("SNAPSHOT", "SP500", "3957.63"),
    ]
    assert {event["kind"] for event in changes} == {"CHANGE"}
    assert {event["ticker"] for event in changes} <= {"AAPL", "SP500"}
    assert [event["at"] for event in changes if event["ticker"] == "SP500"] == [
        "2022-11-30T14:30:39.000Z",
        "2022-11-30T14:31:18.000Z",
    ]
    assert len({event["eventId"] for event in changes}) == len(changes)
    fresh = (await ask("Instrument", symbol="SP500"))["instrument"]["quote"]
    assert {name: fresh[name] for name in changes[-1]["quote"]} == changes[-1]["quote"]
    assert changes[-1]["quote"]["price"] == changes[-1]["price"]


async def test_resumes_after_an_event_and_misses_nothing(follow: Follow, player: Player, market: Resources):
    tickers = list(replayed_prices().symbols)
    async with follow(tickers) as stream:
        seen = (await stream.take(26))[-1]["eventId"]
    told = []
    for second in (39, 78, 117):
        before = player.standing.position.sequence
        await player.tick(second)
        moved = [quote for quote in player.standing.quotes if quote.sequence > before]
        told += [(quote.symbol, serialize_decimal(quote.price)) for quote in sorted(moved, key=lambda q: q.sequence)]

    async with follow(tickers, since=seen) as stream:
        events = await stream.take(len(told))
        async with follow(tickers, since=events[4]["eventId"]) as another:
            rest = await another.take(len(told) - 5)
        await player.tick(156)
        live = await stream.next()

    assert {event["kind"] for event in events} == {"CHANGE"}
    assert [(event["ticker"], event["price"]) for event in events] == told
    assert rest == events[5:]
    assert live["at"] == "2022-11-30T14:32:36.000Z"


async def test_who_has_had_all_is_sent_only_what_is_new(follow: Follow, player: Player):
    async with follow(["SP500"]) as stream:
        seen = (await stream.next())["eventId"]

    async with follow(["SP500"], since=seen) as stream:
        waiting = asyncio.create_task(stream.next())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await player.tick(39)
        event = await waiting

    assert (event["kind"], event["at"]) == ("CHANGE", "2022-11-30T14:30:39.000Z")


async def _gap(follow: Follow, since: str) -> list[tuple[str, str | None]]:
    async with follow(["SP500"], since=since) as stream:
        events = await stream.take(2)
    assert events[0] | {"eventId": None, "kind": None} == dict.fromkeys(events[0])
    return [(event["kind"], event["ticker"]) for event in events]


async def test_what_cannot_be_resumed_is_a_gap_and_a_snapshot(follow: Follow, player: Player):
    expected = [("GAP", None), ("SNAPSHOT", "SP500")]
    async with follow(["SP500"]) as stream:
        seen = (await stream.next())["eventId"]
    await player.tick(39)

    for nonsense in ("", "zzz", "\U0001f600", "x" * 10_000):
        assert await _gap(follow, nonsense) == expected
    await FeedFrame.all().delete()
    assert await _gap(follow, seen) == expected
    await Feed.filter(name="replay").update(epoch=new_id())
    assert await _gap(follow, seen) == expected


async def test_a_new_epoch_is_followed_though_its_positions_are_lower(
    follow: Follow, player: Player, market: Resources
):
    async with follow(["SP500"]) as stream:
        await stream.next()
        await Feed.filter(name="replay").update(epoch=new_id(), sequence=0, lease_until=None)
        again = await make_player(market)
        await again.tick(39)
        event = await stream.next()

    assert (event["kind"], event["price"]) == (
        "CHANGE",
        serialize_decimal((await queries.quotes_by_symbol(["SP500"]))["SP500"].price),
    )


async def test_a_slow_listener_keeps_the_latest_of_every_instrument(market: Resources, player: Player):
    topic = prices(market)
    async with (
        market.bus.listen(*topic.channels, conflate_by=topic.conflate_by) as slow,
        market.bus.listen(*topic.channels) as fast,
    ):
        for second in range(39, 39 * 50, 39):
            await player.tick(second)
        for _ in range(49):
            await asyncio.wait_for(fast.next(), 10)
        events = [event for event in slow.drain() if isinstance(event, Event)]

    assert len(events) == 1
    updates = await topic.follow(events)
    assert {update.key: update.payload.price for update in updates} == {
        quote.symbol: quote.price for quote in player.standing.quotes
    }
    assert [update.position for update in updates] == sorted(update.position for update in updates)


@pytest.mark.parametrize(
    ("tickers", "message"),
    [
        (["AAPL", "NO"], "expected symbols of known instruments, got 'NO'"),
        ([], "expected 1 to 100 symbols, got 0"),
        (["AAPL"] * 101, "expected 1 to 100 symbols, got 101"),
    ],
)
async def test_refuses_tickers_that_are_none(follow: Follow, tickers: list[str], message: str):
    async with follow(tickers) as stream:
        with pytest.raises(BadUserInput) as refused:
            await stream.next()

    assert refused.value.message == message
