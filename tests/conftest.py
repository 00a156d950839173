"""Fixtures that any test may ask for. Where a new test goes, and which fixture it wants, says `tests/README.md`."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.executor import EXECUTOR_CACHE

from domain.infra.database import open_database
from domain.kernel.ports import Resources
from tests.support import finalised_models, network
from tests.support.databases import Databases, PostgresDatabases, SqliteFiles
from tests.support.distribution import ByFile
from tests.support.left_out import leave_out, list_left_out
from tests.support.resources import ManualClock, open_test_resources
from tests.support.servers import Server, ServerMissing, fast_storage, open_folder, start_postgres, start_redis

_blocked = pytest.MonkeyPatch()


def pytest_configure() -> None:
    """Cut the network, and forget how the developer's own Foliograph is configured."""
    for name in [name for name in os.environ if name.startswith("FOLIOGRAPH_") or name == "PORT"]:
        _blocked.delenv(name)
    network.block(_blocked)
    finalised_models.reuse(_blocked)


def pytest_unconfigure() -> None:
    """Give both back."""
    _blocked.undo()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Keep the tests of a file in one process, where `make test` runs them in two."""
    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Close with what was left out."""
    list_left_out(terminalreporter)


@pytest.fixture(scope="module", autouse=True)
def frozen_garbage() -> None:
    """Let the garbage collector pass over what stays to the end, all tests among it: to walk it takes half a second.

    A test that thaws it finds all as ever; the next file freezes it again.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """A folder for the data of a server that this test starts, and stops, by itself."""
    with open_folder("foliograph-server-") as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The PostgreSQL that all tests share: the one named by TEST_DATABASE_URL, or a private one."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield Server(url)
        return
    with open_folder("foliograph-postgres-", parent=fast_storage()) as folder:
        try:
            server = start_postgres(folder)
        except ServerMissing as missing:
            leave_out(str(missing))
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Server]:
    """The Redis that all tests share: the one named by TEST_REDIS_URL, or a private one."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield Server(url)
        return
    with open_folder("foliograph-redis-") as folder:
        try:
            server = start_redis(folder)
        except ServerMissing as missing:
            leave_out(str(missing))
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture
async def redis_url(redis_server: Server) -> str:
    """The address of an empty Redis."""
    async with Redis.from_url(redis_server.url) as client:
        await client.flushdb()
    return redis_server.url


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """The maker of SQLite databases."""
    return SqliteFiles(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: Server) -> Iterator[PostgresDatabases]:
    """The maker of PostgreSQL databases."""
    made = PostgresDatabases(postgres_server)
    yield made
    asyncio.run(made.discard_all())


@pytest.fixture(params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """The maker of databases of one engine: each test that asks for a database runs on both."""
    # Tortoise keeps statements by the connection's name, "default" on both engines, in the spelling of the first.
    EXECUTOR_CACHE.clear()
    made: Databases = request.getfixturevalue(f"{request.param}_databases")
    return made


@pytest.fixture
async def empty_database_url(databases: Databases) -> AsyncIterator[str]:
    """The address of a database without tables."""
    url = await databases.empty()
    yield url
    await databases.discard(url)


@pytest.fixture
async def database_url(databases: Databases) -> AsyncIterator[str]:
    """The address of a database with all tables and no rows."""
    url = await databases.migrated()
    yield url
    await databases.discard(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[BaseDBAsyncClient]:
    """The open connection of a database with all tables and no rows: models can be used."""
    async with open_database(database_url) as connection:
        yield connection


@pytest.fixture
def clock() -> ManualClock:
    """Real time, which stands still until the test moves it."""
    return ManualClock()


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for signing keys, made once for all tests."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def resources(
    database_url: str, tmp_path: Path, keys_folder: Path, clock: ManualClock
) -> AsyncIterator[Resources]:
    """Every port over a database with all tables and no rows; passwords are cheap, and the time is `clock`'s."""
    async with open_test_resources(database_url, tmp_path, keys_folder, clock) as opened:
        yield opened
