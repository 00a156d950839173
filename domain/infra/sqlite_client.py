"""Tortoise's SQLite client, but for how a transaction begins, and what one that is cut short leaves behind."""

import sqlite3
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
    """One connection; transactions begin with BEGIN IMMEDIATE."""

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(_ImmediateTransaction(self), self._lock)


client_class = ImmediateSqliteClient


def get_client_class(_: dict[str, Any]) -> type[ImmediateSqliteClient]:
    """Answer Tortoise, which asks each engine for its client."""
    return ImmediateSqliteClient
