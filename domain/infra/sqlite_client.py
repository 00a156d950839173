"""Tortoise's SQLite client, but for how a transaction begins."""

import sqlite3
from typing import Any

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.exceptions import OperationalError


class _ImmediateTransaction(SqliteTransactionWrapper):
    async def begin(self) -> None:
        # A deferred transaction takes the write lock at its first write, when it is too late to wait for it: what
        # was read before may have changed, and SQLite answers "database is locked" at once.
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error


class ImmediateSqliteClient(SqliteClient):
    """One connection; transactions begin with BEGIN IMMEDIATE."""

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(_ImmediateTransaction(self), self._lock)


client_class = ImmediateSqliteClient


def get_client_class(_: dict[str, Any]) -> type[ImmediateSqliteClient]:
    """Answer Tortoise, which asks each engine for its client."""
    return ImmediateSqliteClient
