"""Foliograph in both of its shapes, as processes of their own: embedded on SQLite, and many on PostgreSQL and Redis."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.left_out import leave_out
from tests.support.processes import Api, Installation, api, migrate, worker
from tests.support.servers import ServerMissing, fast_storage, open_folder, start_postgres, start_redis

REPLAY = {"FOLIOGRAPH_PROFILE": "demo", "FOLIOGRAPH_REPLAY_TICK_SECONDS": "0.5"}


@pytest.fixture(scope="session")
def many_processes() -> Iterator[Installation]:
    """Two APIs and two workers, which were all started at one moment on a database that only the migrations knew."""
    with open_folder("foliograph-faults-", parent=fast_storage()) as folder:
        try:
            postgres, redis = start_postgres(folder / "postgres", durable=True), start_redis(folder / "redis")
        except ServerMissing as missing:
            leave_out(str(missing))
        settings = REPLAY | {
            "FOLIOGRAPH_DATA_DIR": str(folder / "state"),
            "FOLIOGRAPH_DATABASE_URL": postgres.url,
            "FOLIOGRAPH_REDIS_URL": redis.url,
        }
        asyncio.run(migrate(**settings))
        started = Installation(
            postgres=postgres,
            redis=redis,
            apis=[api(f"api-{number}", folder / "logs", **settings) for number in (1, 2)],
            keys=folder / "state" / "keys" / "signing-keys.json",
            workers=[worker(f"worker-{number}", folder / "logs", **settings) for number in (1, 2)],
        )
        try:
            asyncio.run(started.heal())
            yield started
        finally:
            started.end()


@pytest.fixture
async def installation(many_processes: Installation) -> Installation:
    """Two APIs, two workers, PostgreSQL and Redis; what an earlier test has killed was started again."""
    await many_processes.heal()
    return many_processes


@pytest.fixture(scope="session")
def loaded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of embedded mode, with the demonstration loaded.  For copies only."""
    folder = tmp_path_factory.mktemp("loaded")
    loading = api("loading", folder, FOLIOGRAPH_DATA_DIR=str(folder / "data"), **REPLAY)

    async def load() -> None:
        await loading.start()
        await loading.end()

    asyncio.run(load())
    return folder / "data"


@pytest.fixture
async def embedded(loaded_folder: Path, tmp_path: Path) -> AsyncIterator[Api]:
    """A server of embedded mode with the demonstration, not started yet."""
    await asyncio.to_thread(shutil.copytree, loaded_folder, tmp_path / "data")
    made = api("embedded", tmp_path, FOLIOGRAPH_DATA_DIR=str(tmp_path / "data"), **REPLAY)
    yield made
    made.kill()
