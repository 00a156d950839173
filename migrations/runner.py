"""Brings a database to the present schema, or back.  One folder of migrations serves SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from aerich import Command
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError

from domain.infra.database import APP, is_sqlite, sqlite_path, tortoise_config

_FOLDER = Path(__file__).resolve().parent

# Any constant will do; every process that migrates takes the lock of this number.
_ADVISORY_LOCK = 4_703_118_253


async def upgrade(url: str) -> list[str]:
    """Apply the migrations that are missing; return their names.  Processes that start together wait for one
    another.
    """
    async with _alone(url), _aerich(url) as command:
        return await command.upgrade()


async def downgrade(url: str, version: int) -> list[str]:
    """Undo this version and all later ones, latest first; return their names.

    `version` is the number at the start of a migration's name.
    """
    async with _alone(url), _aerich(url) as command:
        undone: list[str] = []
        latest = -1
        for name in reversed(await command.get_applied_migrations(APP)):
            if int(name.split("_", 1)[0]) >= version:
                undone += await command.downgrade(latest, delete=False)
        return undone


async def pending(url: str) -> list[str]:
    """Return the names of the migrations that the database lacks."""
    async with _aerich(url) as command:
        try:
            applied = set(await command.get_applied_migrations(APP))
        except OperationalError:
            # The table of migrations comes with the first of them.
            applied = set()
        return [name for name in await command.history() if name not in applied]


@asynccontextmanager
async def _aerich(url: str) -> AsyncIterator[Command]:
    if is_sqlite(url):
        sqlite_path(url).parent.mkdir(parents=True, exist_ok=True)
    config = tortoise_config(url, with_aerich=True)
    # In a context of its own: aerich takes the one it finds for its own, and would close a running server's
    # connections.
    async with TortoiseContext() as context:
        await context.init(config=config)
        command = Command(config, app=APP, location=str(_FOLDER))
        await command.init()
        yield command


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[None]:
    # A SQLite file has one process, which holds the data folder.
    if is_sqlite(url):
        yield
        return
    connection = await asyncpg.connect(url.replace("postgres://", "postgresql://", 1))
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _ADVISORY_LOCK)
        yield
    finally:
        await connection.close()
