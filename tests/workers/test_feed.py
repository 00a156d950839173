"""A live feed on a real socket: prices come through, and whatever breaks mends itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import orjson
import pytest

from domain.infra.sockets import open_socket
from domain.kernel.ports import Resources
from domain.market import live_quotes, queries
from domain.market.events import QuotesTicked
from domain.market.providers.provider import Credentials
from domain.market.sourcing.models import ProviderState
from domain.market.sourcing.types import ConnectionState
from domain.market.streaming.polygon import POLYGON
from domain.market.types import Quote, QuoteSource
from tests.factories.live_market import live_market
from tests.support.feed_stub import KEY, FeedStub, open_feed_stub, quote, trade
from tests.support.resources import ManualClock
from workers.streams import feed as stream
from workers.streams.feed import Source, run_feed

# The stub's address is private.
OPEN = partial(open_socket, allows_private=True)

__all__ = ["live_market"]

# 11:00 in New York on a trading day.
MORNING = datetime(2024, 5, 15, 15, 0, tzinfo=UTC)
AT = int(MORNING.timestamp() * 1000)


@pytest.fixture
async def stub() -> AsyncIterator[FeedStub]:
    async with open_feed_stub() as opened:
        yield opened


@asynccontextmanager
async def _followed(resources: Resources, stub: FeedStub, key: str = KEY) -> AsyncIterator[None]:
    source = Source(dialect=POLYGON, credentials=Credentials(key), url=stub.url)
    task = asyncio.create_task(run_feed(resources, source, OPEN))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def morning(clock: ManualClock) -> None:
    clock.advance(MORNING - clock.now())


async def _until(condition: Callable[[], Awaitable[Any]]) -> Any:
    async with asyncio.timeout(20):
        # What another task has committed tells nobody.
        while not (found := await condition()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found


async def _quote(symbol: str) -> Quote | None:
    return (await queries.quotes_by_symbol([symbol])).get(symbol)


async def _state() -> ConnectionState | None:
    row = await ProviderState.get_or_none(name="polygon")
    return None if row is None else row.connection


async def test_what_is_traded_is_the_latest_quote(live_market: Resources, morning: None, stub: FeedStub):
    async with _followed(live_market, stub), live_market.bus.listen(QuotesTicked.channel()) as listener:
        connection = await stub.until_subscribed(1)
        await connection.send(
            orjson.dumps(
                [
                    quote("AAA", 11.99, 12.01, AT, 1),
                    trade("AAA", 12.0, AT, 2),
                    trade("BBB", 95.5, AT, 3),
                    # A price ten times too high is no price until another confirms it.
                    trade("AAA", 120.0, AT + 1, 4),
                    {"ev": "T", "sym": "AAA", "p": "not a number"},
                ]
            ).decode()
        )
        event = await asyncio.wait_for(listener.next(), 20)
        found = await _quote("AAA")

    assert stub.subscribed == [{f"{kind}.{symbol}" for kind in ("T", "Q", "AM") for symbol in ("AAA", "BBB", "BRK.B")}]
    assert found is not None
    assert (found.price, found.at, found.source) == (Decimal(12), MORNING, QuoteSource.FEED)
    assert (found.previous_close, found.bid, found.ask, found.ask_size) == (
        Decimal(11), Decimal("11.99"), Decimal("12.01"), 160
    )  # fmt: skip
    assert isinstance(event, QuotesTicked)
    assert {each.symbol: each.price for each in event.quotes} == {"AAA": Decimal(12), "BBB": Decimal("95.5")}


async def test_a_connection_that_ends_is_made_again_and_all_is_followed_again(
    live_market: Resources, morning: None, stub: FeedStub
):
    async with _followed(live_market, stub):
        first = await stub.until_subscribed(1)
        await _until(lambda: _is(ConnectionState.CONNECTED))
        first.transport.abort()
        await _until(lambda: _is(ConnectionState.RECONNECTING))
        second = await stub.until_subscribed(2)
        await _until(lambda: _is(ConnectionState.CONNECTED))
        await second.send(orjson.dumps([trade("BRK.B", 404.5, AT, 1)]).decode())
        found = await _until(lambda: _quote("BRK.B"))

    assert stub.subscribed[0] == stub.subscribed[1]
    assert found.price == Decimal("404.5")
    assert await _state() is ConnectionState.DISCONNECTED


async def _is(state: ConnectionState) -> bool:
    return await _state() is state


async def test_a_key_that_is_refused_is_not_tried_again(
    live_market: Resources, morning: None, stub: FeedStub, caplog: pytest.LogCaptureFixture
):
    async with _followed(live_market, stub, key="wrong-key"):
        await stub.until_refused()
        await _until(lambda: _is(ConnectionState.FAILED))
        await asyncio.sleep(0.1)

    assert stub.refused == 1
    assert "wrong-key" not in caplog.text


async def test_another_follows_when_the_leader_dies(
    live_market: Resources, morning: None, stub: FeedStub, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(stream, "_ATTEMPT", 0.02)
    source = Source(dialect=POLYGON, credentials=Credentials(KEY), url=stub.url)
    leader = asyncio.create_task(run_feed(live_market, source, OPEN))
    await stub.until_subscribed(1)
    other = asyncio.create_task(run_feed(live_market, source, OPEN))
    try:
        await asyncio.sleep(0.2)
        assert len(stub.subscribed) == 1, "one follows at a time"
        # A process that is killed says nothing: its lease runs out.
        monkeypatch.setattr(stream, "_give_up", _says_nothing)
        leader.cancel()
        await asyncio.gather(leader, return_exceptions=True)
        await asyncio.sleep(0.1)
        assert len(stub.subscribed) == 1
        clock.advance(seconds=6.5)
        connection = await stub.until_subscribed(2)
        await connection.send(orjson.dumps([trade("AAA", 12.5, AT, 1)]).decode())
        found = await _until(lambda: _quote("AAA"))
    finally:
        other.cancel()
        await asyncio.gather(other, return_exceptions=True)

    assert found.price == Decimal("12.5")


async def _says_nothing(*_arguments: object) -> None:
    return None


async def test_prices_wait_while_they_cannot_be_stored(
    live_market: Resources, morning: None, stub: FeedStub, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(stream, "_AFTER_ERROR", 0.02)
    publish, failures = live_quotes.publish, iter(range(3))

    async def failing(*arguments: Any) -> Any:
        if next(failures, None) is not None:
            raise OSError("the database is away")
        return await publish(*arguments)

    monkeypatch.setattr(live_quotes, "publish", failing)
    async with _followed(live_market, stub):
        connection = await stub.until_subscribed(1)
        for place in range(10):
            await connection.send(orjson.dumps([trade("AAA", 12 + place / 100, AT + place, place + 1)]).decode())
        await _until(lambda: _costs("AAA", Decimal("12.09")))

    assert next(failures, None) is None


async def _costs(symbol: str, price: Decimal) -> bool:
    found = await _quote(symbol)
    return found is not None and found.price == price
