"""Databases for single tests, each a copy of a template that was migrated once in the session."""

import asyncio
import itertools
import secrets
import shutil
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from migrations import runner
from tests.support.servers import Server


class Maintenance:
    """A connection to a server's maintenance database, in a thread of its own: it outlives the loops of the tests."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._connection: asyncpg.Connection | None = None

    async def create(self, name: str, *, template: str | None = None) -> str:
        """Create a database, empty or a copy of `template`, to which nobody may be connected; return its address."""
        # Files are copied, not logged page by page: half the time, on a server that waits for no disk.
        await self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template1"}" STRATEGY FILE_COPY')
        return urlunsplit(urlsplit(self._server.url)._replace(path=f"/{name}"))

    async def drop(self, name: str) -> None:
        """Drop a database, and end whatever is connected to it."""
        await self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Disconnect, and end the thread."""
        asyncio.run_coroutine_threadsafe(self._disconnect(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _execute(self, statement: str) -> None:
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._there(statement), self._loop))

    async def _there(self, statement: str) -> None:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self._server.url)
        await self._connection.execute(statement)

    async def _disconnect(self) -> None:
        if self._connection is not None:
            await self._connection.close()


Fill = Callable[[str], Awaitable[None]]
"""Given the address of a database with all tables, adds rows to it, and leaves it closed."""


class Databases(Protocol):
    """Makes databases of one engine."""

    async def empty(self) -> str:
        """Return the address of a database without tables."""
        ...

    async def migrated(self) -> str:
        """Return the address of a database with all tables and no rows."""
        ...

    async def filled(self, fill: Fill) -> str:
        """Return the address of a database with the rows that `fill` makes: it is called once in the session."""
        ...

    async def discard(self, url: str) -> None:
        """Remove a database that a test is done with."""
        ...


class SqliteFiles:
    """Databases as files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)
        self._template: Path | None = None
        self._filled: dict[Fill, Path] = {}

    async def empty(self) -> str:
        """Return the address of a file that does not exist yet."""
        return f"sqlite:{self._next()}"

    async def migrated(self) -> str:
        """Return the address of a file with all tables and no rows."""
        if self._template is None:
            template = self._next()
            await runner.upgrade(f"sqlite:{template}")
            self._template = template
        return self._copy(self._template)

    async def filled(self, fill: Fill) -> str:
        """Return the address of a file with the rows that `fill` makes."""
        if fill not in self._filled:
            url = await self.migrated()
            await fill(url)
            self._filled[fill] = Path(url.removeprefix("sqlite:"))
        return self._copy(self._filled[fill])

    async def discard(self, url: str) -> None:
        """Remove the file and its journals."""
        path = Path(url.removeprefix("sqlite:"))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()

    def _copy(self, template: Path) -> str:
        path = self._next()
        shutil.copyfile(template, path)
        return f"sqlite:{path}"

    def _next(self) -> Path:
        return self.folder / f"{next(self._numbers)}.sqlite3"


class PostgresDatabases:
    """Databases of one PostgreSQL server, which other sessions may be using too."""

    def __init__(self, server: Server) -> None:
        self._maintenance = Maintenance(server)
        self._prefix = f"foliograph_test_{secrets.token_hex(4)}"
        self._numbers = itertools.count(1)
        self._made: list[str] = []
        self._template: str | None = None
        self._filled: dict[Fill, str] = {}

    async def empty(self) -> str:
        """Return the address of a database without tables."""
        return await self._create(None)

    async def migrated(self) -> str:
        """Return the address of a database with all tables and no rows."""
        if self._template is None:
            url = await self._create(None)
            await runner.upgrade(url)
            self._template = _name(url)
        return await self._create(self._template)

    async def filled(self, fill: Fill) -> str:
        """Return the address of a database with the rows that `fill` makes."""
        if fill not in self._filled:
            url = await self.migrated()
            await fill(url)
            self._filled[fill] = _name(url)
        return await self._create(self._filled[fill])

    async def discard(self, url: str) -> None:
        """Drop the database, and end whatever is connected to it."""
        await self._maintenance.drop(_name(url))
        self._made.remove(_name(url))

    async def discard_all(self) -> None:
        """Drop what is left, templates too, and disconnect."""
        for name in self._made:
            await self._maintenance.drop(name)
        self._made.clear()
        self._maintenance.close()

    async def _create(self, template: str | None) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        url = await self._maintenance.create(name, template=template)
        self._made.append(name)
        return url


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")
