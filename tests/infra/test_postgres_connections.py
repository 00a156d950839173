"""A server that hangs up on sessions that have not begun, as one does that is asked for many at one moment."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import pytest
from tortoise.transactions import in_transaction

from domain.infra.database import open_database
from domain.storage import statements
from domain.storage.statements import statement

_ONE = statement("SELECT 1")


@dataclass
class Gate:
    """Stands before a server; closes so many of the connections that come after the first without an answer."""

    url: str
    closes: int = 0
    closed: int = 0
    passed: int = 0

    async def let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.passed and self.closed < self.closes:
            self.closed += 1
            # After the question whether it would be encrypted.
            await reader.read(8)
            writer.close()
            return
        self.passed += 1
        parts = urlsplit(self.url)
        to_server = await asyncio.open_connection(parts.hostname, parts.port)
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(_pass(reader, to_server[1]), _pass(to_server[0], writer))


async def _pass(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while read := await source.read(65_536):
        sink.write(read)
        await sink.drain()
    sink.close()


@pytest.fixture
async def gate(postgres_databases) -> AsyncIterator[Gate]:
    url = await postgres_databases.migrated()
    made = Gate(url)
    server = await asyncio.start_server(made.let_in, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    parts = urlsplit(url)
    user, _, _ = parts.netloc.rpartition("@")
    before = urlunsplit(parts._replace(netloc=f"{user}@{host}:{port}"))
    async with open_database(before, pool=5):
        yield made
    server.close()
    await postgres_databases.discard(url)


async def begin() -> int:
    async with in_transaction():
        rows = await statements.fetch(_ONE)
        await asyncio.sleep(0.02)
    return int(rows[0][0])


@pytest.mark.parametrize("closes", [1, 2])
async def test_another_connection_is_made_for_one_that_broke_before_it_had_begun(gate, closes):
    await begin()
    gate.closes = closes

    found = await asyncio.gather(*(begin() for _ in range(20)))

    assert found == [1] * 20
    assert gate.closed == closes


async def test_a_server_that_hangs_up_on_everybody_is_told(gate):
    await begin()
    gate.closes = 1_000

    found = await asyncio.gather(*(begin() for _ in range(20)), return_exceptions=True)

    # The one that was there goes on.
    assert 1 in found
    failed = [each for each in found if each != 1]
    assert failed
    assert {type(each).__name__ for each in failed} <= {"ConnectionError", "DBConnectionError"}
