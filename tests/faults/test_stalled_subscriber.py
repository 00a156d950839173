"""A subscriber that stops reading is dropped, and costs nobody anything."""

import asyncio
import json
import select
import statistics
import sys
import time
from contextlib import AsyncExitStack

import pytest
from websockets.asyncio.client import ClientConnection

from tests.api.websocket.crowd import ServedProcess, raw_subscriber, served_process, subscriber
from tests.benchmarks import dataset, ticking

pytestmark = [pytest.mark.faults, pytest.mark.skipif(sys.platform != "linux", reason="measured by /proc")]

STALLED = 20
HEALTHY = 20
RATE = 400  # ticks a second
EVICTED_SECONDS = 10.0
MEGABYTE = 1_000_000


async def follow(connection: ClientConnection, latencies: list[float]) -> None:
    """Read for ever; keep, in seconds, how long each event took."""
    async for text in connection:
        volume = json.loads(text)["payload"]["data"]["priceUpdate"]["volume"]
        if len(volume) == 16:
            latencies.append((ticking.stamp() - int(volume)) / 1e6)


async def p99(server: ServedProcess, latencies: list[float]) -> float:
    """Publish for two seconds and return the 99th percentile."""
    latencies.clear()
    await server.publish(RATE, 2.0)
    assert len(latencies) > RATE
    return sorted(latencies)[len(latencies) * 99 // 100]


async def test_readers_that_stall_are_dropped_and_others_do_not_notice():
    latencies: list[float] = []
    async with served_process() as server, AsyncExitStack() as opened_here:
        symbols = dataset.symbols(dataset.LIVE_SYMBOLS)
        readers = [await subscriber(server.url, symbols[:10]) for _ in range(HEALTHY)]
        for reader in readers:
            opened_here.push_async_callback(reader.close)
        following = [asyncio.create_task(follow(reader, latencies)) for reader in readers]
        for task in following:
            opened_here.callback(task.cancel)
        await asyncio.sleep(0.5)
        alone = await p99(server, latencies)
        memory = server.memory
        stalled = [raw_subscriber(server.port, symbols) for _ in range(STALLED)]
        begun = time.monotonic()

        poll = select.poll()
        for opened in stalled:
            opened_here.callback(opened.close)
            poll.register(opened, select.POLLHUP | select.POLLERR)
        hung_up: set[int] = set()
        beside: list[float] = []
        most = 0
        while len(hung_up) < STALLED and time.monotonic() - begun < EVICTED_SECONDS + 2:
            beside.append(await p99(server, latencies))
            most = max(most, server.memory)
            hung_up |= {number for number, _ in poll.poll(0)}
        evicted = time.monotonic() - begun

        assert len(hung_up) == STALLED
        assert evicted <= EVICTED_SECONDS
        assert most - memory < 5 * MEGABYTE
        # On machines that do other things meanwhile the tail is theirs: a pause is in one of the spans, what stalled
        # readers would cost is in all of them.
        assert statistics.median(beside) < max(0.05, alone * 1.5)
