"""Runs in a thread what would hold up the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

Result = TypeVar("Result")


class ThreadCompute:
    """One thread: numpy lets the loop run while it works, and two would only fight for the other core."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool

    async def run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Run a pure function in the thread, and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)


@asynccontextmanager
async def open_compute() -> AsyncIterator[ThreadCompute]:
    """Open the thread, and let it finish at the end.

    Linear algebra stays in it: on cores that others use, its own threads wait for one another, which takes up to sixty
    times as long, and what comes of a sum would depend on their number.
    """
    with (
        threadpool_limits(limits=1, user_api="blas"),
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="compute") as pool,
    ):
        yield ThreadCompute(pool)
