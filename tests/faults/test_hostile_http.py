"""What is sent to break the server, over a real socket: it is refused, and others do not notice."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from api.requests import HEAD_SECONDS
from tests.faults.asking import QUOTES
from tests.support.clients import Client
from tests.support.processes import Api

pytestmark = pytest.mark.faults

ROUNDS = 20
SLOWEST_HEALTH = 0.1
BODY_SECONDS = 10.0
LOGIN = 'login(input: {email: "demo_admin@foliograph.dev", password: "guess"}) { userErrors { code } }'


def request(body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = ["POST /graphql HTTP/1.1", "host: 127.0.0.1", "content-type: application/json", *headers]
    # With a status of its own for a document that is not executed.
    lines.append("accept: application/graphql-response+json")
    lines += [f"content-length: {len(body) if length is None else length}", "connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def document(text: str) -> bytes:
    return json.dumps({"query": text}).encode()


HOSTILE = {
    "an integer of 5,000 digits": request(b'{"query": "{ __typename }", "variables": {"n": ' + b"9" * 5_000 + b"}}"),
    "JSON 100,000 deep": request(b'{"query": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "a lone surrogate in the query": request(b'{"query": "{ instrument(symbol: \\"\\ud800\\") { id } }"}'),
    "a lone surrogate in a variable": request(b'{"query": "{ __typename }", "variables": {"s": "\\ud800"}}'),
    "bytes that are no text": request(b'{"query": "\xff\xfe"}'),
    "1,000 logins in one document": request(
        document("mutation {" + " ".join(f"a{n}: {LOGIN}" for n in range(1_000)) + "}")
    ),
    "three logins in one document": request(
        document("mutation {" + " ".join(f"a{n}: {LOGIN}" for n in range(3)) + "}")
    ),
    "a batch of logins": request(json.dumps([{"query": f"mutation {{ {LOGIN} }}"}] * 100).encode()),
    "a bomb of fragments": request(
        document(
            "{ ...f0 }"
            + "".join(f" fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(200))
            + " fragment f200 on Query { __typename }"
        )
    ),
    "a circle of fragments": request(document("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }")),
    "a body over the limit": request(b" " * 300_000),
    "an announced body over the limit": request(b"{", length=10**9),
    "a length that is no number": request(b"{}", "content-length: 1_0", length=2),
    "a header of 100 KB": request(document("{ __typename }"), "x-large: " + "a" * 100_000),
    "1,000 headers": request(document("{ __typename }"), *(f"x-{n}: {'a' * 100}" for n in range(1_000))),
    "a method that there is none of": b"BREW /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
}

HALF_HEADS = [b"", b"\r\n", b"POST /graphql HTTP/1.1\r\nhost: x\r\n"]


async def status_of(port: int, sent: bytes, seconds: float = 5.0) -> int:
    """Send bytes as they stand; return the status of the answer, 0 when the connection was closed without one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(seconds):
            with contextlib.suppress(ConnectionError):
                writer.write(sent)
                await writer.drain()
            with contextlib.suppress(ConnectionError):
                line = await reader.readline()
                return int(line.split()[1]) if line else 0
        return 0
    finally:
        writer.close()


@asynccontextmanager
async def health_watched(server: Api) -> AsyncIterator[list[float]]:
    """Ask for `/healthz` 50 times a second; yield the seconds that each answer took."""
    taken: list[float] = []

    async def watch() -> None:
        while True:
            begun = time.monotonic()
            assert await status_of(server.port, b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n") == 200
            taken.append(time.monotonic() - begun)
            await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    yield taken
    assert not watching.done(), watching.exception()
    watching.cancel()


def p99(taken: Sequence[float]) -> float:
    return sorted(taken)[len(taken) * 99 // 100]


async def test_hostile_requests_are_refused_and_hold_up_nobody(embedded):
    await embedded.start()
    async with Client(embedded.url) as nobody:
        await nobody.data(QUOTES, {"symbols": ["AAPL"]})
        slow = [asyncio.create_task(send_slowly(embedded.port)) for _ in range(20)]
        half_open = [asyncio.create_task(leave_open(embedded.port, HALF_HEADS[n % 3])) for n in range(300)]
        async with health_watched(embedded) as taken:
            for _ in range(ROUNDS):
                answers = {name: await status_of(embedded.port, sent) for name, sent in HOSTILE.items()}
                assert {name: status for name, status in answers.items() if not 400 <= status < 500} == {}
            heads = await asyncio.gather(*half_open)
        ended = await asyncio.gather(*slow)
        await nobody.data(QUOTES, {"symbols": ["AAPL"]})
        attempts = await nobody.ask(f"mutation {{ {LOGIN} }}")

    print(
        f"{ROUNDS * len(HOSTILE)} hostile requests; /healthz p99 {p99(taken) * 1000:.0f} ms, longest "
        f"{max(taken) * 1000:.0f} ms; 300 connections without a whole head ended after {max(heads)[0]:.1f} s at most, "
        f"20 slow bodies after {max(ended)[0]:.1f} s"
    )
    assert p99(taken) < SLOWEST_HEALTH
    assert {status for _, status in (*heads, *ended)} == {408}
    assert max(heads)[0] < HEAD_SECONDS + 2
    assert max(ended)[0] < BODY_SECONDS + 2
    # None of the logins was tried: the account is not locked.
    assert attempts.data == {"login": {"userErrors": [{"code": "INVALID_CREDENTIALS"}]}}
    embedded.check_log()


async def leave_open(port: int, sent: bytes) -> tuple[float, int]:
    """Connect and never finish the head of a request; return when that was ended, and the status."""
    begun = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        line = await asyncio.wait_for(reader.readline(), HEAD_SECONDS + 5)
        return time.monotonic() - begun, int(line.split()[1])
    finally:
        writer.close()


async def send_slowly(port: int) -> tuple[float, int]:
    """Send a byte of a body now and then, for ever; return when that was ended, and the status."""
    begun = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(b"", length=1_000))

    async def trickle() -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.3)

    trickling = asyncio.create_task(trickle())
    try:
        line = await asyncio.wait_for(reader.readline(), BODY_SECONDS + 5)
        return time.monotonic() - begun, int(line.split()[1])
    finally:
        trickling.cancel()
        writer.close()
