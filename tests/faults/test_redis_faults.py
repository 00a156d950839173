"""What a subscriber hears when Redis dies, freezes, refuses or forgets: never silence."""

import asyncio
import os
import signal
import time
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from redis.asyncio import Redis

from domain.infra.bus.opening import open_bus
from domain.kernel.events import Resync
from tests.infra.bus.samples import AAA, BBB, BusTicked, tick
from tests.support.left_out import leave_out
from tests.support.servers import ServerMissing, start_redis

pytestmark = pytest.mark.faults

BACK_SECONDS = 2.0
"""All listeners are live again this long after Redis is."""


@pytest.fixture
def server(server_folder):
    try:
        started = start_redis(server_folder)
    except ServerMissing as missing:
        leave_out(str(missing))
    yield started
    started.kill()


@pytest.fixture
async def bus(server):
    async with open_bus(server.url) as opened:
        yield opened


async def heard(listener, seconds: float = BACK_SECONDS):
    async with asyncio.timeout(seconds):
        return await listener.next()


async def until(condition, seconds: float):
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 (what a server does cannot be awaited)
            await asyncio.sleep(0.01)


async def publish_in_time(bus, events, seconds: float = 1.3):
    started = time.monotonic()
    await bus.publish(events)
    assert time.monotonic() - started < seconds


async def revive(server):
    # In a thread: the loop must be free to reconnect.
    await asyncio.to_thread(server.start)


@asynccontextmanager
async def frozen(server):
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


@pytest.mark.parametrize("down_seconds", [0.2, 3.0])
async def test_every_listener_is_back_after_kill_and_restart(server, bus, down_seconds):
    tickers = [f"T{number}" for number in range(50)]
    async with AsyncExitStack() as stack:
        listeners = [
            (ticker, await stack.enter_async_context(bus.listen(BusTicked.channel(ticker=ticker))))
            for ticker in tickers * 4
        ]
        server.kill()
        await until(lambda: not bus.connected, 1)
        await publish_in_time(bus, [tick(1, "T0")])
        await asyncio.sleep(down_seconds)
        await publish_in_time(bus, [tick(2, "T1")], 0.1)
        await revive(server)

        async with asyncio.timeout(BACK_SECONDS):
            for ticker, listener in listeners:
                assert await listener.next() == Resync(BusTicked.channel(ticker=ticker))
            await until(lambda: bus.connected, BACK_SECONDS)

        # T0 and T1 may be told a second time, by the publisher who lost their events.
        await asyncio.sleep(0.2)
        for _, listener in listeners:
            assert {type(item) for item in listener.drain()} <= {Resync}
        await bus.publish([tick(3, ticker) for ticker in tickers])
        for ticker, listener in listeners:
            assert await heard(listener) == tick(3, ticker)


async def test_every_listener_is_back_after_its_connection_was_killed(server, bus):
    async with bus.listen(AAA) as one, bus.listen(AAA, BBB) as other, Redis.from_url(server.url) as redis:
        await redis.client_kill_filter(_type="pubsub")

        assert await heard(one) == Resync(AAA)
        assert {await heard(other), await heard(other)} == {Resync(AAA), Resync(BBB)}
        await bus.publish([tick(1)])
        assert await heard(one) == tick(1)
        assert await heard(other) == tick(1)


async def test_a_publisher_whose_connection_was_killed_loses_nothing_in_silence(server, bus):
    async with bus.listen(AAA) as listener, Redis.from_url(server.url) as redis:
        for sequence in range(5):
            await redis.client_kill_filter(_type="normal", skipme=True)
            await bus.publish([tick(sequence)])
            assert await heard(listener) in {tick(sequence), Resync(AAA)}


async def test_a_frozen_redis_is_noticed_and_its_return_too(server, bus):
    async with bus.listen(AAA) as listener:
        async with frozen(server):
            frozen_at = time.monotonic()
            await publish_in_time(bus, [tick(1)])
            await publish_in_time(bus, [tick(2)], 0.1)
            await until(lambda: not bus.connected, 3)
            await asyncio.sleep(6 - (time.monotonic() - frozen_at))
            assert listener.drain() == []

        assert await heard(listener) == Resync(AAA)
        await until(lambda: bus.connected, BACK_SECONDS)
        await asyncio.sleep(0.5)
        listener.drain()
        await bus.publish([tick(3)])
        assert await heard(listener) == tick(3)


async def test_an_idle_listener_of_a_frozen_redis_is_resynced(server, bus):
    async with bus.listen(AAA) as listener:
        async with frozen(server):
            await until(lambda: not bus.connected, 3)

        assert await heard(listener) == Resync(AAA)


async def test_a_process_that_was_held_up_keeps_its_connection(bus):
    async with bus.listen(AAA) as listener:
        for _ in range(2):
            await asyncio.sleep(0.8)
            time.sleep(2)  # noqa: ASYNC251 (holding up the loop is what is tried)
        await asyncio.sleep(0.5)

        assert bus.connected
        assert listener.drain() == []


async def test_who_comes_while_redis_is_down_enters_at_once_and_is_resynced(server, bus):
    server.kill()
    await until(lambda: not bus.connected, 1)

    started = time.monotonic()
    async with bus.listen(AAA) as listener, bus.listen(AAA, BBB) as other:
        assert time.monotonic() - started < 0.1
        await revive(server)

        assert await heard(listener) == Resync(AAA)
        assert {await heard(other), await heard(other)} == {Resync(AAA), Resync(BBB)}
        await bus.publish([tick(1)])
        assert await heard(listener) == tick(1)


async def test_who_comes_while_redis_is_frozen_enters_soon_and_is_resynced(server, bus):
    async with AsyncExitStack() as stack:
        async with frozen(server):
            started = time.monotonic()
            listener = await stack.enter_async_context(bus.listen(AAA))
            assert time.monotonic() - started < 1.5

        assert await heard(listener) == Resync(AAA)


async def test_who_leaves_while_redis_is_down_is_forgotten(server, bus):
    async with bus.listen(AAA):
        server.kill()
        await until(lambda: not bus.connected, 1)
    async with bus.listen(BBB) as listener:
        await revive(server)
        assert await heard(listener) == Resync(BBB)

        async with Redis.from_url(server.url) as redis:
            assert {name.decode().split(":", 2)[2] for name in await redis.pubsub_channels()} == {"*", BBB}


async def test_a_bus_opened_while_redis_is_down_works_when_it_comes(server):
    server.kill()
    started = time.monotonic()
    async with open_bus(server.url) as bus, bus.listen(AAA) as listener:
        assert time.monotonic() - started < 1.5
        assert not bus.connected
        await publish_in_time(bus, [tick(1)])
        await revive(server)

        assert await heard(listener) == Resync(AAA)
        await until(lambda: bus.connected, BACK_SECONDS)
        assert set(listener.drain()) <= {Resync(AAA)}
        await bus.publish([tick(2)])
        assert await heard(listener) == tick(2)


async def test_what_redis_refused_to_publish_is_a_resync(server, bus):
    async with bus.listen(AAA) as listener, bus.listen(BBB) as other, Redis.from_url(server.url) as redis:
        await redis.config_set("maxmemory", 1)
        await publish_in_time(bus, [tick(1)])
        assert not bus.connected
        await redis.config_set("maxmemory", 0)

        assert await heard(listener) == Resync(AAA)
        await until(lambda: bus.connected, BACK_SECONDS)
        assert other.drain() == []
        await bus.publish([tick(2)])
        assert await heard(listener) == tick(2)


async def test_losses_on_very_many_channels_are_a_resync_on_all(server, bus):
    async with bus.listen(AAA) as listener, open_bus(server.url) as elsewhere, elsewhere.listen(BBB) as other:
        async with Redis.from_url(server.url) as redis:
            await redis.config_set("maxmemory", 1)
            await bus.publish([tick(1, f"T{number}") for number in range(10_001)])
            await redis.config_set("maxmemory", 0)

        assert await heard(listener) == Resync(AAA)
        assert await heard(other) == Resync(BBB)


async def test_a_redis_that_forgot_its_sequences_is_a_resync(server, bus):
    async with bus.listen(AAA) as listener, Redis.from_url(server.url) as redis:
        await bus.publish([tick(n) for n in range(3)])
        for n in range(3):
            assert await heard(listener) == tick(n)
        await redis.flushall()
        await bus.publish([tick(3)])

        assert await heard(listener) == Resync(AAA)
        await bus.publish([tick(4)])
        assert await heard(listener) == tick(4)


async def test_closes_in_time_while_redis_is_frozen(server):
    async with frozen(server):
        os.kill(server.pid, signal.SIGCONT)
        async with open_bus(server.url) as bus, bus.listen(AAA):
            os.kill(server.pid, signal.SIGSTOP)
            await publish_in_time(bus, [tick(1)])
            started = time.monotonic()

        assert time.monotonic() - started < 2.5
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}
