"""What is announced of a unit of work, and when."""

import asyncio

import pytest
from tortoise import connections

from domain.infra.bus.opening import open_bus
from domain.infra.clock import SystemClock
from domain.infra.doorbell import LocalDoorbell
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM
from domain.kernel.events import Resync
from tests.infra.bus.samples import AAA, tick


@pytest.fixture
async def bus():
    async with open_bus(None) as opened:
        yield opened


@pytest.fixture
def unit_of_work(database, bus):
    return units_of_work(SystemClock(), bus, LocalDoorbell())


async def roll_back(unit_of_work) -> None:
    async with unit_of_work(SYSTEM) as work:
        work.emit(tick(1))
        raise KeyError


async def commit_what_breaks(unit_of_work) -> None:
    async with unit_of_work(SYSTEM) as work:
        work.emit(tick(1))
        # Cancelled as a deadline would cancel it, at its next wait: in the commit.
        task = asyncio.current_task()
        assert task is not None
        task.cancel()


async def test_what_was_committed_is_announced(unit_of_work, bus):
    async with bus.listen(AAA) as listener:
        async with unit_of_work(SYSTEM) as work:
            work.emit(tick(1))
            await asyncio.sleep(0)
            assert listener.drain() == []

        assert await listener.next() == tick(1)


async def test_what_was_rolled_back_is_not_announced(unit_of_work, bus):
    async with bus.listen(AAA) as listener:
        with pytest.raises(KeyError):
            await roll_back(unit_of_work)
        await asyncio.sleep(0.01)

        assert listener.drain() == []


async def test_a_commit_that_was_cut_short_is_a_resync(unit_of_work, bus):
    async with bus.listen(AAA) as listener:
        with pytest.raises(asyncio.CancelledError):
            await asyncio.create_task(commit_what_breaks(unit_of_work))

        assert await asyncio.wait_for(listener.next(), 1) == Resync(AAA)
        assert listener.drain() == []
        async with unit_of_work(SYSTEM) as work:
            await connections.get("default").execute_query("SELECT 1")
            work.emit(tick(2))
        assert await listener.next() == tick(2)
