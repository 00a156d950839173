"""The head of a request has its bounds; whatever else a client takes time for is not touched by them."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api import requests
from api.requests import HEAD_BYTES, BoundedProtocol

SECONDS = 0.2
ASK = b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n"
TELL = b"POST /length HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def slow(_: Request) -> PlainTextResponse:
    await asyncio.sleep(2 * SECONDS)
    return PlainTextResponse("late")


async def length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(requests, "HEAD_SECONDS", SECONDS)
    app = Starlette(routes=[Route("/slow", slow), Route("/length", length, methods=["POST"])])
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=BoundedProtocol, log_config=None, lifespan="off", timeout_keep_alive=30)
    server = uvicorn.Server(config)
    # Signals belong to pytest.
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    ticking = asyncio.create_task(server.main_loop())
    yield listening.getsockname()[1]
    server.should_exit = True
    await ticking
    await server.shutdown(sockets=[listening])


@pytest.fixture
async def streams(port: int) -> AsyncIterator[Streams]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    yield reader, writer
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The status and the body of the next response."""
    async with asyncio.timeout(5):
        head = await reader.readuntil(b"\r\n\r\n")
        (size,) = [line.split(b": ")[1] for line in head.lower().splitlines() if line.startswith(b"content-length")]
        return int(head.split()[1]), await reader.readexactly(int(size))


@pytest.mark.parametrize("begun", [b"", b"\r\n", b"GET /slow HTTP/1.1\r\nhost: x\r\n"])
async def test_a_head_that_takes_too_long_is_408(streams: Streams, begun: bytes):
    reader, writer = streams
    writer.write(begun)

    assert await answer(reader) == (408, b"")
    assert await reader.read() == b""


async def test_a_head_that_comes_drop_by_drop_is_408_too(streams: Streams):
    reader, writer = streams

    async def trickle() -> None:
        for byte in ASK[:-2]:
            writer.write(bytes([byte]))
            await asyncio.sleep(SECONDS / 8)

    trickling = asyncio.create_task(trickle())
    status, _ = await answer(reader)
    trickling.cancel()

    assert status == 408


async def test_a_head_that_is_too_large_is_refused(streams: Streams):
    reader, writer = streams
    writer.write(ASK[:-2] + b"x-large: " + b"a" * HEAD_BYTES + b"\r\n\r\n")

    status, _ = await answer(reader)

    assert status in {400, 431}


async def test_a_head_without_end_is_431(streams: Streams):
    reader, writer = streams
    writer.write(ASK[:-2] + b"x-large: ")
    for _ in range(7):
        writer.write(b"a" * 10_000)
        await asyncio.sleep(0.005)

    assert await answer(reader) == (431, b"")


async def test_an_answer_and_a_body_may_take_longer(streams: Streams):
    reader, writer = streams
    writer.write(ASK)
    assert await answer(reader) == (200, b"late")

    writer.write(TELL)
    await asyncio.sleep(2 * SECONDS)
    writer.write(b"a" * 100_000)
    assert await answer(reader) == (200, b"100000")


async def test_a_connection_is_kept_between_requests(streams: Streams):
    reader, writer = streams
    for _ in range(2):
        writer.write(TELL + b"a" * 100_000)
        assert await answer(reader) == (200, b"100000")
        await asyncio.sleep(2 * SECONDS)


async def test_requests_may_come_together(streams: Streams):
    reader, writer = streams
    writer.write(ASK * 3)

    assert [await answer(reader) for _ in range(3)] == [(200, b"late")] * 3


async def test_half_a_head_behind_a_request_takes_nothing_from_its_answer(streams: Streams):
    reader, writer = streams
    writer.write(ASK + ASK[:-2])

    assert await answer(reader) == (200, b"late")
    assert await answer(reader) == (408, b"")
