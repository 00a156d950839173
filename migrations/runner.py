"""Brings a database to the present schema, or back.  One folder of migrations serves SQLite and PostgreSQL."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from aerich import Command
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError

from domain.infra.database import APP, Turn, is_sqlite, sqlite_path, tortoise_config, turn

_FOLDER = Path(__file__).resolve().parent

_CONNECT_SECONDS = 10.0


class NoDatabase(Exception):
    """The database does not answer, or does not let us in; the message is one line."""


async def upgrade(url: str) -> list[str]:
    """Apply the migrations that are missing; return their names.  Processes that start together wait for one
    another.  Raises `NoDatabase`.
    """
    await _knock(url)
    async with turn(url, Turn.MIGRATE), _aerich(url) as command:
        return await command.upgrade()


async def downgrade(url: str, version: int) -> list[str]:
    """Undo this version and all later ones, latest first; return their names.

    `version` is the number at the start of a migration's name.  Raises `NoDatabase`.
    """
    await _knock(url)
    async with turn(url, Turn.MIGRATE), _aerich(url) as command:
        undone: list[str] = []
        latest = -1
        for name in reversed(await command.get_applied_migrations(APP)):
            if int(name.split("_", 1)[0]) >= version:
                undone += await command.downgrade(latest, delete=False)
        return undone


async def pending(url: str) -> list[str]:
    """Return the names of the migrations that the database lacks.  Raises `NoDatabase`."""
    await _knock(url)
    async with _aerich(url) as command:
        try:
            applied = set(await command.get_applied_migrations(APP))
        except OperationalError:
            # The table of migrations comes with the first of them.
            applied = set()
        return [name for name in await command.history() if name not in applied]


async def _knock(url: str) -> None:
    try:
        if is_sqlite(url):
            sqlite_path(url).parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(sqlite_path(url))) as file:
                file.execute("PRAGMA schema_version")
        else:
            await (await asyncpg.connect(url, timeout=_CONNECT_SECONDS)).close()
    # What a wrong address or password, a missing server, and a file of another kind raise; a timeout is an OSError.
    except (OSError, ValueError, OverflowError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        lines = str(error).splitlines() or [type(error).__name__]
        raise NoDatabase(f"cannot open the database: {lines[0]}") from None


@asynccontextmanager
async def _aerich(url: str) -> AsyncIterator[Command]:
    config = tortoise_config(url, with_aerich=True)
    # In a context of its own: aerich takes the one it finds for its own, and would close a running server's
    # connections.
    async with TortoiseContext() as context:
        await context.init(config=config)
        command = Command(config, app=APP, location=str(_FOLDER))
        await command.init()
        yield command
