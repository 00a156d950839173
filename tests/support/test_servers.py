"""Private servers come up, survive being killed with their address, and are gone when they are stopped."""

import os
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from tests.support import servers
from tests.support.left_out import leave_out
from tests.support.servers import PrivateServer, ServerFailed, ServerMissing, start_postgres, start_redis


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def query(url: str, *statements: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return await connection.fetchval(statements[-1])
    finally:
        await connection.close()


@pytest.fixture(params=["machine", "wheel"])
def source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the programs come from: for "wheel", the machine seems to have none."""
    if request.param == "wheel":
        monkeypatch.setattr(servers, "_POSTGRES_FOLDERS", ())
        monkeypatch.setattr("tests.support.servers.shutil.which", lambda _: None)
    return str(request.param)


async def test_postgres_keeps_address_and_commits_when_killed(server_folder: Path, source: str) -> None:
    try:
        server = start_postgres(server_folder, durable=True)
    except ServerMissing as missing:
        leave_out(f"{missing} ({source})")
    try:
        await query(server.url, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)", "SELECT 1")
        first = server.pid

        server.kill()
        assert not alive(first)
        with pytest.raises(ConnectionRefusedError):
            await asyncpg.connect(server.url)
        server.start()

        assert await query(server.url, "SELECT n FROM kept") == 7
        assert server.pid != first
    finally:
        server.stop()


async def test_redis_keeps_address_when_killed(server_folder: Path, source: str) -> None:
    try:
        server = start_redis(server_folder, durable=True)
    except ServerMissing as missing:
        leave_out(f"{missing} ({source})")
    try:
        async with Redis.from_url(server.url) as client:
            await client.set("kept", "7")
        first = server.pid

        server.kill()
        assert not alive(first)
        server.start()

        async with Redis.from_url(server.url) as client:
            assert await client.get("kept") == b"7"
        assert server.pid != first
    finally:
        server.stop()


def test_stop_leaves_no_process(server_folder: Path) -> None:
    server = start_redis(server_folder)
    pid = server.pid

    server.stop()
    server.stop()

    assert not alive(pid)
    with pytest.raises(ServerFailed, match="stopped"):
        _ = server.pid


def test_a_server_that_dies_at_once_tells_why(server_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "START_TIMEOUT", 0.3)
    server = PrivateServer(
        url="redis://nowhere",
        command=["/bin/sh", "-c", "echo expected a port >&2; exit 3"],
        log=server_folder / "server.log",
        answers=lambda _: False,
    )

    with pytest.raises(ServerFailed, match="expected a port"):
        server.start()


async def test_no_password_no_entry(postgres_server: servers.Server) -> None:
    if not isinstance(postgres_server, PrivateServer):
        pytest.skip("the server named by TEST_DATABASE_URL has rules of its own")
    without = postgres_server.url.partition("@")[2]

    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(f"postgresql://postgres:wrong@{without}")
