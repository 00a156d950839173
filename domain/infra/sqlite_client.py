"""Tortoise's SQLite client, but for how a transaction begins, what one that is cut short leaves behind, and who reads
meanwhile.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

# A connection answers one statement after the other, and the closes of many instruments take it tens of milliseconds:
# two such reads leave one free.
_READERS = 3


class _ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        # A deferred transaction takes the write lock at its first write, when it is too late to wait for it: what
        # was read before may have changed, and SQLite answers "database is locked" at once.
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error


class _Transaction(SqliteTransactionContext):
    """Frees the one connection however it ends: Tortoise's own keeps it for ever when the beginning is cancelled."""

    async def __aenter__(self) -> Any:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except BaseException:
            await self._undo()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        get_connections().reset(self.token)
        if kind is not None:
            await self._undo()
            return
        try:
            await self.connection.commit()
        except BaseException:
            await self._undo()
            raise
        self._trxlock.release()

    async def _undo(self) -> None:
        # The connection's thread does one thing after the other, and what it was told to do it does, even if nobody
        # waits any more.  A rollback without a transaction does nothing.
        try:
            if self.connection._connection:  # noqa: SLF001 - it is the context's own
                await self.connection._connection.rollback()  # noqa: SLF001
        finally:
            self._trxlock.release()


class _Reader(SqliteClient):
    """A connection that only reads, and how many statements it has been asked that it has not answered yet."""

    asked = 0

    @property
    def is_open(self) -> bool:
        return self._connection is not None


class ImmediateSqliteClient(SqliteClient):
    """One connection that writes, in transactions that begin with BEGIN IMMEDIATE, and three that only read.

    Who reads outside of a transaction sees what is committed, and waits for no transaction, however long.  Two that
    write would need a SQLite without the fault of resetting a log that the other one writes to.
    """

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._readers = [_Reader(file_path, **kwargs, query_only="ON") for _ in range(_READERS)]
        self._opening: asyncio.Task[None] | None = None

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(_ImmediateTransaction(self), self._lock)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[Any]]:
        """Answer one statement: how many rows it has changed, or found, and these."""
        answer: tuple[int, Sequence[Any]]
        if _only_reads(query):
            async with self._reading() as reader:
                answer = await reader.execute_query(query, values)
        else:
            answer = await super().execute_query(query, values)
        return answer

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Answer one statement with its rows by the names of their columns."""
        answer: list[dict[str, Any]]
        if _only_reads(query):
            async with self._reading() as reader:
                answer = await reader.execute_query_dict(query, values)
        else:
            answer = await super().execute_query_dict(query, values)
        return answer

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator["_Reader"]:
        """Give the reader that fewest wait for, the first of several."""
        await self._open()
        reader = min(self._readers, key=lambda each: each.asked)
        reader.asked += 1
        try:
            yield reader
        finally:
            reader.asked -= 1

    async def _open(self) -> None:
        """Open all connections, once.  Who is cancelled meanwhile leaves nothing half open, which would hang."""
        if self._opening is None or (self._opening.done() and not all(each.is_open for each in self._readers)):
            self._opening = asyncio.create_task(self._open_all())
        if not self._opening.done():
            await asyncio.shield(self._opening)

    async def _open_all(self) -> None:
        # The one that writes makes the file, and its log; where it is open, a transaction may have it.
        if self._connection is None:
            async with self.acquire_connection():
                pass
        for reader in self._readers:
            async with reader.acquire_connection():
                pass

    async def close(self) -> None:
        """Close all connections."""
        if self._opening is not None:
            await asyncio.wait([self._opening])
        # Who closes last tidies the log up, for which it has to write.
        for reader in self._readers:
            await reader.close()
        await super().close()


def _only_reads(query: str) -> bool:
    return query.startswith("SELECT")


client_class = ImmediateSqliteClient


def get_client_class(_: dict[str, Any]) -> type[ImmediateSqliteClient]:
    """Answer Tortoise, which asks each engine for its client."""
    return ImmediateSqliteClient
