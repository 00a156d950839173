"""What an exception of the infrastructure means to whoever asked."""

import errno
import sqlite3

import asyncpg
import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from tortoise.exceptions import DBConnectionError, IntegrityError, OperationalError

from domain.infra.outages import failure_of
from domain.kernel.errors import StorageFull, Unavailable


def caused_by(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConnectionResetError("reset"), Unavailable),
        (TimeoutError(), Unavailable),
        (RedisConnectionError("refused"), Unavailable),
        (DBConnectionError("refused"), Unavailable),
        (OperationalError(asyncpg.AdminShutdownError("bye")), Unavailable),
        (OperationalError(asyncpg.DeadlockDetectedError("deadlock")), Unavailable),
        (OperationalError(sqlite3.OperationalError("database is locked")), Unavailable),
        (caused_by(RuntimeError("outer"), asyncpg.TooManyConnectionsError("full")), Unavailable),
        (OperationalError(sqlite3.OperationalError("database or disk is full")), StorageFull),
        (OperationalError(asyncpg.DiskFullError("no space")), StorageFull),
        (OSError(errno.ENOSPC, "no space"), StorageFull),
        (OSError(errno.EDQUOT, "quota"), StorageFull),
        (OSError(errno.ENOENT, "no file"), None),
        (OperationalError(sqlite3.OperationalError("no such table: x")), None),
        (IntegrityError("duplicate"), None),
        (RuntimeError("bug"), None),
    ],
)
def test_an_outage_is_told_from_a_bug(error, expected):
    failure = failure_of(error)

    assert failure is None if expected is None else isinstance(failure, expected)
    # Nothing of the inside is said.
    assert failure is None or not {"refused", "deadlock", "reset", "quota"} & set(failure.message.split())


def test_causes_that_go_in_a_circle_are_looked_at_once():
    first, second = RuntimeError("a"), RuntimeError("b")
    first.__cause__, second.__cause__ = second, first

    assert failure_of(first) is None
