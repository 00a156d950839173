"""What would hold up the event loop runs beside it."""

import asyncio
import threading
import time

import pytest

from domain.infra.compute import open_compute


async def test_the_loop_goes_on_while_it_runs():
    async with open_compute() as compute:
        running = asyncio.create_task(compute.run(time.sleep, 0.2))
        ticks = 0
        while not running.done():
            await asyncio.sleep(0.01)
            ticks += 1

    assert ticks > 5


async def test_it_answers_or_raises_what_the_function_does():
    async with open_compute() as compute:
        assert await compute.run(divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await compute.run(divmod, 7, 0)
        assert (await compute.run(threading.current_thread)).name.startswith("compute")
