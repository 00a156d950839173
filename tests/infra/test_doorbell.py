"""The doorbell of an engine in this process."""

import asyncio
import time

import pytest

from domain.infra.doorbell import LocalDoorbell, open_doorbell
from domain.kernel.ids import new_id


@pytest.fixture
async def doorbell():
    async with open_doorbell(None) as opened:
        assert isinstance(opened, LocalDoorbell)
        yield opened


async def test_it_is_heard_at_once_and_once(doorbell):
    await doorbell.ring(new_id())
    await doorbell.ring(new_id())
    started = time.monotonic()
    await doorbell.wait(5)
    assert time.monotonic() - started < 0.5

    started = time.monotonic()
    await doorbell.wait(0.1)
    assert time.monotonic() - started >= 0.1


async def test_who_waits_is_woken(doorbell):
    waiting = asyncio.create_task(doorbell.wait(5))
    await asyncio.sleep(0)

    await doorbell.ring(new_id())

    async with asyncio.timeout(1):
        await waiting


@pytest.mark.parametrize("turns", range(5))
async def test_who_is_cancelled_while_it_rings_ends(doorbell, turns):
    """An engine that went on would keep its process from ending."""
    waiting = asyncio.create_task(doorbell.wait(5))
    await asyncio.sleep(0)
    await doorbell.ring(new_id())
    for _ in range(turns):
        await asyncio.sleep(0)
    if waiting.done():
        return

    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
