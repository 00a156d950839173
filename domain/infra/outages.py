"""What an exception of the infrastructure means to whoever asked."""

import asyncio
import errno
import sqlite3

import asyncpg
from redis.exceptions import RedisError
from tortoise.exceptions import DBConnectionError, OperationalError

from domain.kernel.errors import Failure, StorageFull, Unavailable

_UNREACHABLE = (
    DBConnectionError,
    RedisError,
    ConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # What asyncpg says of a connection that breaks while it is used.
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.LockNotAvailableError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncio.TimeoutError,
)


def failure_of(error: BaseException) -> Failure | None:
    """Return the failure that an exception, or what it was made of, stands for; None when it is a bug."""
    for cause in _causes(error):
        if _is_full(cause):
            return StorageFull("nothing more can be stored until space is freed; nothing was changed")
        if isinstance(cause, _UNREACHABLE) or _is_locked(cause):
            return Unavailable("the database does not answer; try again")
    return None


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop()
        if cause is None or cause in found:
            continue
        found.append(cause)
        waiting += [cause.__cause__, cause.__context__]
        # Tortoise wraps the driver's exception as the argument of its own.
        if isinstance(cause, OperationalError | DBConnectionError):
            waiting += [argument for argument in cause.args if isinstance(argument, BaseException)]
    return found


def _is_full(error: BaseException) -> bool:
    if isinstance(error, asyncpg.DiskFullError):
        return True
    if isinstance(error, sqlite3.OperationalError):
        return "disk is full" in str(error) or "disk I/O error" in str(error)
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _is_locked(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
