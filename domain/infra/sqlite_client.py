"""Tortoise's SQLite client, but for how a transaction begins, what one that is cut short leaves behind, and who reads
meanwhile.
"""

import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError


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


class ImmediateSqliteClient(SqliteClient):
    """One connection that writes, in transactions that begin with BEGIN IMMEDIATE, and one that only reads.

    Who reads outside of a transaction sees what is committed, and waits for no transaction, however long.  Two that
    write would need a SQLite without the fault of resetting a log that the other one writes to.
    """

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._reader = SqliteClient(file_path, **kwargs, query_only="ON")

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(_ImmediateTransaction(self), self._lock)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[Any]]:
        """Answer one statement: how many rows it has changed, or found, and these."""
        run = super().execute_query
        if _only_reads(query):
            await self._open()
            run = self._reader.execute_query
        answer: tuple[int, Sequence[Any]] = await run(query, values)
        return answer

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Answer one statement with its rows by the names of their columns."""
        run = super().execute_query_dict
        if _only_reads(query):
            await self._open()
            run = self._reader.execute_query_dict
        answer: list[dict[str, Any]] = await run(query, values)
        return answer

    async def _open(self) -> None:
        # The one that writes makes the file, and its log.
        if self._connection is None:
            async with self.acquire_connection():
                pass

    async def close(self) -> None:
        """Close both connections."""
        # Who closes last tidies the log up, for which it has to write.
        await self._reader.close()
        await super().close()


def _only_reads(query: str) -> bool:
    return query.startswith("SELECT")


client_class = ImmediateSqliteClient


def get_client_class(_: dict[str, Any]) -> type[ImmediateSqliteClient]:
    """Answer Tortoise, which asks each engine for its client."""
    return ImmediateSqliteClient
