"""SQL that both databases understand, for what is read as arrays and written by the thousand."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient

_ANY_OF = re.compile(r"= ANY\(\$\d+::\w+\[\]\)")
_PARAMETER = re.compile(r"\$\d+(::\w+)?")

# Some 10 ms of a connection.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in PostgreSQL's words and in SQLite's."""

    postgres: str
    sqlite: str


def statement(text: str) -> Statement:
    """Return a statement written in PostgreSQL's words for both.

    Its parameters stand in the order of their numbers, each once; a list is compared by `= ANY($1::uuid[])`.
    """
    text = " ".join(text.split())
    return Statement(text, _PARAMETER.sub("?", _ANY_OF.sub("IN (SELECT value FROM json_each(?))", text)))


def connection() -> BaseDBAsyncClient:
    """Return the connection, inside a transaction the transaction's own."""
    current: BaseDBAsyncClient = connections.get("default")
    return current


def is_sqlite() -> bool:
    """Whether the database is SQLite."""
    return connection().capabilities.dialect == "sqlite"


def sees_uncommitted() -> bool:
    """Whether what is read now is read inside an open transaction."""
    return isinstance(connection(), TransactionalDBClient)


async def fetch(asked: Statement, *parameters: Any) -> Sequence[Any]:
    """Return the rows, which unpack like tuples.  On SQLite, UUIDs, dates, times and decimals come as text."""
    if is_sqlite():
        _, rows = await connection().execute_query(asked.sqlite, [_for_sqlite(value) for value in parameters])
    else:
        _, rows = await connection().execute_query(asked.postgres, list(parameters))
    return rows


async def execute_many(told: Statement, rows: Sequence[Sequence[Any]]) -> None:
    """Execute a statement once for each row."""
    if is_sqlite():
        await connection().execute_many(told.sqlite, [[_for_sqlite(value) for value in row] for row in rows])
    else:
        await connection().execute_many(told.postgres, [list(row) for row in rows])


async def execute_batches(told: Statement, rows: Iterable[Sequence[Any]]) -> None:
    """Execute a statement once for each of many rows, a batch after the other; rows are made as they are needed."""
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        await execute_many(told, batch)


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (list, tuple)):
        return json.dumps(value, default=str)
    return value
