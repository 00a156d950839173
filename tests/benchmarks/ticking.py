"""The publisher of the Python contestants: the same pace and the same bound as the Node ones'."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from tests.benchmarks import dataset
from tests.benchmarks.fanout_load import STAMP_BASE

Tick = Callable[[int], Awaitable[None]]

STEP_SECONDS = 0.002
OWED_SECONDS = 0.05  # what a busy server could not publish in this time is never published


def stamp() -> int:
    """Return the time of publication as an event's `volume` carries it."""
    return STAMP_BASE + time.monotonic_ns() // 1000


async def commands() -> AsyncIterator[dict[str, Any]]:
    """Yield what the driver asks for, line by line, until it has closed standard input."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


async def publish(rate: float, seconds: float, tick: Tick, longest_step: float = STEP_SECONDS) -> int:
    """Call `tick` with the number of ticks due, `rate` a second; return how many were published.

    Steps are no longer than it takes each symbol to have one tick.
    """
    step = min(longest_step, dataset.LIVE_SYMBOLS / rate)
    begun = due = time.monotonic()
    published = passed_over = 0
    most = max(1, int(rate * OWED_SECONDS))
    while (elapsed := time.monotonic() - begun) < seconds:
        owed = int(elapsed * rate) - published - passed_over
        passed_over += max(0, owed - most)
        if owed > 0:
            await tick(min(owed, most))
            published += min(owed, most)
        # What a step itself takes is part of it.
        due = max(due + step, time.monotonic())
        await asyncio.sleep(due - time.monotonic())
    return published


async def obey_driver(tick: Tick, longest_step: float = STEP_SECONDS) -> None:
    """Publish as the driver asks, and return when it is gone."""
    async for command in commands():
        published = await publish(command["rate"], command["seconds"], tick, longest_step)
        print(json.dumps({"published": published}), flush=True)
