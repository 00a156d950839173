"""What a transaction leaves behind when it is cut short: nothing, on either database."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import asyncpg
import pytest
from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.infra.database import is_sqlite, open_database

POOL = 2
ENOUGH = 2.0


@pytest.fixture
async def small_database(database_url: str) -> AsyncIterator[str]:
    """An open database with two connections at most; the table `kept` has one row for each number that was written."""
    async with open_database(database_url, pool=POOL) as connection:
        await connection.execute_script("CREATE TABLE kept (number INTEGER NOT NULL PRIMARY KEY)")
        yield database_url


def here() -> BaseDBAsyncClient:
    return cast(BaseDBAsyncClient, connections.get("default"))


async def put(number: int) -> None:
    await here().execute_query(f"INSERT INTO kept VALUES ({number})")  # noqa: S608 - a number


async def write(number: int) -> None:
    async with in_transaction():
        await put(number)
        await here().execute_query("SELECT 1")


async def kept() -> set[int]:
    _, rows = await here().execute_query("SELECT number FROM kept")
    return {row["number"] for row in rows}


async def writes_and_reads_go_on(first: int) -> None:
    """What broke meanwhile may fail once; then everything works, as many at once as there are connections."""
    async with asyncio.timeout(ENOUGH):
        await asyncio.gather(*(write(-first - number) for number in range(POOL)), return_exceptions=True)
        await asyncio.gather(*(write(number) for number in range(first, first + POOL + 1)))
        assert set(range(first, first + POOL + 1)) <= await kept()


async def test_who_was_cancelled_at_whatever_place_holds_up_nobody(small_database):
    for turns in range(60):
        task = asyncio.create_task(write(turns))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        # And once more, while it tidies up.
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await writes_and_reads_go_on(1_000)


async def test_who_was_cancelled_a_little_later_holds_up_nobody(small_database):
    for tenths in range(60):
        task = asyncio.create_task(write(tenths))
        await asyncio.sleep(tenths / 10_000)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await writes_and_reads_go_on(1_000)


async def test_what_is_done_after_a_cancelled_transaction_is_not_part_of_it(small_database):
    async def one_after_the_other() -> None:
        try:
            async with asyncio.timeout(0):
                await write(1)
        except TimeoutError:
            await put(2)

    await asyncio.create_task(one_after_the_other())

    assert await kept() == {2}


async def test_who_reads_waits_for_no_transaction_and_sees_what_is_committed(small_database):
    is_open, may_end = asyncio.Event(), asyncio.Event()

    async def write_long() -> None:
        async with in_transaction():
            await put(1)
            is_open.set()
            await may_end.wait()

    task = asyncio.create_task(write_long())
    await is_open.wait()
    async with asyncio.timeout(ENOUGH):
        assert await kept() == set()
    may_end.set()
    await task

    assert await kept() == {1}


class TestPostgres:
    """Connections that break."""

    @pytest.fixture
    async def database_url(self, postgres_databases) -> AsyncIterator[str]:
        url = await postgres_databases.migrated()
        yield url
        await postgres_databases.discard(url)

    async def cut(self, url: str) -> None:
        """End every connection but our own, as a restart of the server does."""
        connection = await asyncpg.connect(url)
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await connection.close()

    async def cut_while_writing(self, url: str, number: int) -> None:
        async with in_transaction():
            await put(number)
            await self.cut(url)
            await here().execute_query("SELECT 1")

    async def test_one_task_goes_on_after_its_connection_broke_between_transactions(self, small_database):
        for number in range(2 * POOL):
            await self.cut(small_database)
            await asyncio.gather(write(100 + number), return_exceptions=True)

            await writes_and_reads_go_on(1_000 + 100 * number)

    async def test_one_task_goes_on_after_its_connection_broke_inside_a_transaction(self, small_database):
        for number in range(2 * POOL):
            with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError)):
                await self.cut_while_writing(small_database, number)

            await writes_and_reads_go_on(1_000 + 100 * number)
        assert await kept() & set(range(2 * POOL)) == set()

    async def test_many_tasks_go_on_while_connections_break(self, small_database):
        stopping = asyncio.Event()

        async def write_on(first: int) -> int:
            written = 0
            for number in range(first, first + 1_000_000):
                if stopping.is_set():
                    return written
                try:
                    await write(number)
                    written += 1
                except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
                    continue
            return written

        tasks = [asyncio.create_task(write_on(first * 1_000_000)) for first in range(4)]
        for _ in range(20):
            await asyncio.sleep(0.02)
            await self.cut(small_database)
        stopping.set()
        counts = await asyncio.wait_for(asyncio.gather(*tasks), ENOUGH)

        assert min(counts) > 0
        assert len(await kept()) >= sum(counts)
        await writes_and_reads_go_on(100_000_000)


async def test_long_reads_leave_one_connection_free(small_database):
    await kept()
    long, readers = "SELECT pg_sleep(1)", POOL - 1
    if is_sqlite(small_database):
        long, readers = (
            "SELECT (WITH c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c LIMIT 2000000) SELECT max(n) FROM c)",
            2,
        )

    long_ones = [asyncio.create_task(here().execute_query(long)) for _ in range(readers)]
    for number in range(20):
        await asyncio.sleep(0)
        assert await kept() == set(), number

    assert not any(task.done() for task in long_ones)
    await asyncio.gather(*long_ones)
