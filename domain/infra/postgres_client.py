"""Tortoise's PostgreSQL client, but for what a connection that breaks, or a task that is cancelled, leaves behind.

Tortoise's own keeps the connection for ever when a transaction cannot begin, and the task in a dead transaction when
the connection cannot be given back.
"""

from types import TracebackType
from typing import Any

import asyncpg
import structlog
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import PoolConnectionWrapper, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections

_log = structlog.get_logger(__name__)


# A server that starts many sessions at one moment may hang up on some before they have begun.
_ATTEMPTS = 3


async def _acquire(pool: Any) -> Any:
    """Return a connection of the pool.  One that broke while it was made has done nothing yet, so another is made."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return await pool.acquire()
        except ConnectionRefusedError:
            raise
        except ConnectionError as error:
            _log.info("a connection broke as it was made", error=repr(error))
    return await pool.acquire()


async def _give_back(pool: Any, connection: Any) -> None:
    """Return a connection to the pool, which drops it when it is broken: what was done with it is done."""
    try:
        await pool.release(connection)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        _log.info("a connection broke as it was given back", error=repr(error))


class _Connection(PoolConnectionWrapper[Any]):
    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.connection = await _acquire(self.client._pool)  # noqa: SLF001 - it is the client's other half
        return self.connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await _give_back(self.client._pool, self.connection)  # noqa: SLF001


class _Transaction(TransactionContextPooled):
    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        client: Any = self.client
        client._connection = await _acquire(client._parent._pool)  # noqa: SLF001
        try:
            await client.begin()
        except BaseException:
            await self._end()
            raise
        self.token = get_connections().set(self.connection_name, client)
        return client

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await (self.client.commit() if kind is None else self.client.rollback())
        finally:
            get_connections().reset(self.token)
            await self._end()

    async def _end(self) -> None:
        client: Any = self.client
        await _give_back(client._parent._pool, client._connection)  # noqa: SLF001


class LastingPostgresClient(AsyncpgDBClient):
    """A pool of connections, none of which is lost to it."""

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(TransactionWrapper(self), self._pool_init_lock)

    def acquire_connection(self) -> PoolConnectionWrapper[Any]:
        """Return the context in which a connection of the pool is held."""
        return _Connection(self, self._pool_init_lock)


client_class = LastingPostgresClient
