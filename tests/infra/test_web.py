"""Asking other servers: bounded, to public addresses alone, and without telling anybody a secret."""

import asyncio
import gzip
import logging
import socket
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from domain.infra import addresses
from domain.infra.addresses import is_public
from domain.infra.http import open_web
from domain.infra.sockets import open_socket
from domain.kernel.web import Request, Unreachable
from domain.market.streaming.ports import SocketClosed
from tests.support.resources import ManualClock

SECRET = "a-secret-of-the-tests"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "fec0::1", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
        "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
        "ff02::1",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_known(address: str):
    assert is_public(address)


@asynccontextmanager
async def _canary(answer: bytes = b"") -> AsyncIterator[tuple[int, list[bytes]]]:
    heard: list[bytes] = []
    writers: list[asyncio.StreamWriter] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        heard.append(await reader.read(65_536))
        if answer:
            writer.write(answer)
            try:
                await writer.drain()
            except ConnectionError:
                # Who asked had read enough.
                return
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], heard
    finally:
        server.close()
        for writer in writers:
            writer.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/", "https://127.0.0.1:{port}/", "https://localhost:{port}/", "https://[::1]:{port}/",
        "https://2130706433:{port}/", "https://0x7f000001:{port}/", "https://127.1:{port}/", "https://0177.0.0.1:{port}/",
        "https://[::ffff:127.0.0.1]:{port}/", "https://127.0.0.1.:{port}/", "https://127.0.0.1/", "https://localhost/",
        "https://[::ffff:7f00:1]/", "https://2130706433/", "https://0/", "https://169.254.169.254/latest/meta-data",
        "ftp://127.0.0.1:{port}/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/", "https://user@127.0.0.1:{port}/",
        "https://example.com@127.0.0.1/", "//127.0.0.1/", "", "https://", "https://[::]/", "nonsense",
    ],
)  # fmt: skip
async def test_nothing_private_is_ever_reached(url: str, clock: ManualClock):
    async with _canary() as (port, heard), open_web(clock) as web:
        with pytest.raises(Unreachable):
            await web.get(Request(url=url.format(port=port)), within=2)

        assert heard == []


async def test_a_name_that_is_resolved_anew_does_not_lead_elsewhere(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    loop = asyncio.get_running_loop()
    resolved: list[str] = []

    async def rebinding(host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        resolved.append(host)
        address = "93.184.216.34" if len(resolved) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected: list[str] = []

    class Backend:
        async def connect_tcp(self, host: str, *_arguments: object) -> None:
            connected.append(host)
            raise OSError("not today")

    monkeypatch.setattr(loop, "getaddrinfo", rebinding)
    monkeypatch.setattr(addresses, "AutoBackend", Backend)
    async with open_web(clock) as web:
        with pytest.raises((Unreachable, OSError)):
            await web.get(Request(url="https://rebind.example/"), within=2)
        with pytest.raises(Unreachable):
            await web.get(Request(url="https://rebind.example/"), within=2)

    assert connected == ["93.184.216.34"]
    assert resolved == ["rebind.example"] * 2


async def test_where_one_address_is_dead_the_next_is_tried(clock: ManualClock, monkeypatch: pytest.MonkeyPatch):
    async def several(*_arguments: object, **_more: object) -> list[tuple[object, ...]]:
        found = ("127.0.0.2", "127.0.0.2", "127.0.0.3", "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    async with _canary(answer) as (port, heard), open_web(clock, allows_private=True) as web:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", several)
        told = await web.get(Request(url=f"http://many.example:{port}/"), within=5)

    assert (told.body, len(heard)) == (b"ok", 1)


async def test_secrets_are_sent_and_nowhere_written(clock: ManualClock, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Limit: 7\r\n\r\nok"
    async with _canary(answer) as (port, heard), open_web(clock, allows_private=True) as web:
        request = Request(
            url=f"http://127.0.0.1:{port}/x",
            headers={"A": "b"},
            secret_parameters={"key": SECRET},
            secret_headers={"X-Key": SECRET},
        )
        told = await web.get(request, within=5)

    assert (told.status, told.body, told.headers["x-limit"]) == (200, b"ok", "7")
    assert heard[0].count(SECRET.encode()) == 2
    assert SECRET not in caplog.text
    assert SECRET not in repr(request)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", 302),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n" + b"x" * 17_000_000, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf", None),
        (b"nonsense\r\n\r\n", None),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", None),
    ],
    ids=["a redirect is not followed", "too long", "half a body", "no HTTP", "no gzip"],
)
async def test_what_is_no_whole_answer_is_none(clock: ManualClock, answer: bytes, expected: int | None):
    async with _canary(answer) as (port, _), open_web(clock, allows_private=True) as web:
        asking = web.get(Request(url=f"http://127.0.0.1:{port}/"), within=10)
        if expected is None:
            with pytest.raises(Unreachable):
                await asking
        else:
            assert (await asking).status == expected


def _packed(content: bytes, encoding: str = "gzip") -> bytes:
    return (
        f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
    )


def _zeros(megabytes: int) -> bytes:
    packing = zlib.compressobj(9, wbits=31)
    return b"".join(packing.compress(bytes(2**20)) for _ in range(megabytes)) + packing.flush()


async def test_what_is_packed_is_unpacked(clock: ManualClock):
    async with open_web(clock, allows_private=True) as web:
        for content, body in ((gzip.compress(b"x" * 100_000), b"x" * 100_000), (b"", b"")):
            async with _canary(_packed(content)) as (port, heard):
                answer = await web.get(Request(url=f"http://127.0.0.1:{port}/"), within=5)

                assert answer.body == body
                assert b"accept-encoding: gzip\r\n" in heard[0].lower()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (_zeros(64), "gzip"),
        (gzip.compress(_zeros(64)), "gzip, gzip"),
        (gzip.compress(b"x" * 1_000)[:-9], "gzip"),
        (gzip.compress(b"x") + b"more", "gzip"),
        (b"x", "br"),
    ],
    ids=["too long unpacked", "packed twice", "half of it", "more behind it", "not asked for"],
)
async def test_what_is_packed_is_not_unpacked_beyond_bounds(clock: ManualClock, content: bytes, encoding: str):
    async with _canary(_packed(content, encoding)) as (port, _), open_web(clock, allows_private=True) as web:
        tracemalloc.start()
        try:
            with pytest.raises(Unreachable):
                await web.get(Request(url=f"http://127.0.0.1:{port}/"), within=5)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak < 40 * 2**20


async def test_who_does_not_answer_is_given_up(clock: ManualClock):
    async with _canary() as (port, _), open_web(clock, allows_private=True) as web:
        with pytest.raises(Unreachable, match=r"within 0\.1 s"):
            await web.get(Request(url=f"http://127.0.0.1:{port}/"), within=0.1)


def _resolving_to(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    async def several(_host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", several)


async def test_a_feed_is_found_at_any_of_its_addresses(monkeypatch: pytest.MonkeyPatch):
    async def greet(connection: ServerConnection) -> None:
        await connection.send("hello")

    async with serve(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for addresses_ in (("127.0.0.1", "127.0.0.2"), ("127.0.0.2", "127.0.0.3", "127.0.0.1")):
            _resolving_to(monkeypatch, *addresses_)
            async with open_socket(f"ws://feed.example:{port}", allows_private=True) as opened:
                assert await opened.receive() == b"hello"


async def test_a_feed_that_is_nowhere_is_told_as_closed(monkeypatch: pytest.MonkeyPatch):
    async with _canary() as (port, _):
        pass
    _resolving_to(monkeypatch, "127.0.0.2", "127.0.0.3")

    with pytest.raises(SocketClosed):
        async with open_socket(f"ws://feed.example:{port}", allows_private=True):
            pass


async def test_a_feed_that_refuses_is_not_asked_elsewhere(monkeypatch: pytest.MonkeyPatch):
    refusal = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    async with _canary(refusal) as (port, heard):
        _resolving_to(monkeypatch, "127.0.0.1", "localhost")

        with pytest.raises(SocketClosed, match="401"):
            async with open_socket(f"ws://feed.example:{port}", allows_private=True):
                pass

    assert len(heard) == 1


@pytest.mark.parametrize("private", [("93.184.216.34", "10.0.0.1"), ("127.0.0.1", "93.184.216.34")])
async def test_one_private_address_of_a_feed_is_one_too_many(private: tuple[str, str], monkeypatch: pytest.MonkeyPatch):
    async with _canary() as (_, heard):
        _resolving_to(monkeypatch, *private)

        with pytest.raises(SocketClosed, match="expected a public address"):
            async with open_socket("wss://feed.example"):
                pass

        assert heard == []


@pytest.mark.parametrize("url", ["ws://127.0.0.1:{port}", "wss://127.0.0.1:{port}", "wss://localhost/", "nonsense"])
async def test_no_feed_leads_to_a_private_address(url: str):
    async with _canary() as (port, heard):
        with pytest.raises(SocketClosed):
            async with open_socket(url.format(port=port)):
                pass

        assert heard == []
