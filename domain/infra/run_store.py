"""Writes finished calculations in the background."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from domain.calculations.commands import keep_runs
from domain.infra.transaction import UnitOfWork
from domain.kernel.actor import SYSTEM
from domain.kernel.runs import Run

_log = structlog.get_logger(__name__)

# Runs that may wait, and what one transaction writes: 2 ms or so on SQLite.
_WAITING, _BATCH = 1_000, 50
# How long the last ones may take when the process ends.
_SECONDS = 2.0


class BackgroundRunStore:
    """A queue of bounded length; what cannot be written is dropped, and costs a recomputation."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work
        self._waiting: asyncio.Queue[Run] = asyncio.Queue(_WAITING)

    def keep(self, run: Run) -> None:
        """Have a run written soon."""
        with suppress(asyncio.QueueFull):
            self._waiting.put_nowait(run)

    async def settle(self) -> None:
        """Wait until what was given to keep is written, or dropped."""
        await self._waiting.join()

    async def write(self) -> None:
        """Write runs as they come, until cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < _BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            try:
                async with self._unit_of_work(SYSTEM) as work:
                    await keep_runs(work, batch)
            except Exception as error:  # noqa: BLE001 - whatever the database says, answers must go on
                _log.warning("calculations were not stored", count=len(batch), error=type(error).__name__)
            finally:
                for _ in batch:
                    self._waiting.task_done()


@asynccontextmanager
async def open_run_store(unit_of_work: UnitOfWork) -> AsyncIterator[BackgroundRunStore]:
    """Open the store; at the end what waits is written, within two seconds."""
    store = BackgroundRunStore(unit_of_work)
    task = asyncio.create_task(store.write())
    try:
        yield store
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(store.settle(), _SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
