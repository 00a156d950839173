"""A provider of quotes on loopback that can be in twelve moods, and how it is asked."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

import orjson

from domain.kernel.web import Answer, Request
from domain.market.providers.asked import QuotesAsked
from domain.market.providers.observed import ObservedQuote
from domain.market.providers.provider import (
    Credentials,
    Endpoint,
    FaultKind,
    Parsed,
    Provider,
    ProviderFault,
    Tier,
)
from domain.market.providers.reading import json_of, record_of

KEY = "a-key-of-the-tests"


class Mood(StrEnum):
    """How a provider does."""

    HEALTHY = "healthy"
    SLOW = "slow"
    HANGING = "hanging"
    BUSY = "429 with Retry-After"
    BROKEN = "500"
    HALF_A_BODY = "half a body"
    GARBAGE = "garbage JSON"
    WRONG_TYPES = "wrong types"
    STALE = "stale data"
    WRONG_SYMBOL = "wrong symbol"
    RESET = "connection reset"
    ERROR_IN_200 = "error inside a 200"


@dataclass(eq=False)
class ProviderStub:
    """Tells one price of every symbol, after `delay` seconds, in its mood."""

    price: str
    now: Callable[[], datetime]
    mood: Mood = Mood.HEALTHY
    delay: float = 0.0
    # Seconds that an answer takes in the slow mood.
    slowness: float = 1.5
    port: int = 0
    # Where several wait for one another: none of them answers before all were asked.
    barrier: asyncio.Barrier | None = None
    calls: int = 0
    keys: set[str] = field(default_factory=set)
    connections: set["asyncio.Task[None]"] = field(default_factory=set)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests until the connection ends."""
        task = asyncio.current_task()
        assert task is not None
        self.connections.add(task)
        task.add_done_callback(self.connections.discard)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(head, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        asked = parse_qs(urlsplit(head.split(b" ", 2)[1].decode()).query)
        self.keys |= set(asked.get("key", []))
        symbols = asked["symbols"][0].split(",")
        if self.mood is Mood.HANGING:
            await asyncio.Event().wait()
        if self.barrier is not None:
            await self.barrier.wait()
        await asyncio.sleep(self.slowness if self.mood is Mood.SLOW else self.delay)
        if self.mood is Mood.RESET:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
            raise ConnectionResetError
        status, extra, body = self._content(symbols)
        length = len(body) * 2 if self.mood is Mood.HALF_A_BODY else len(body)
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n{extra}\r\n".encode() + body)
        await writer.drain()
        if self.mood is Mood.HALF_A_BODY:
            raise ConnectionResetError

    def _content(self, symbols: list[str]) -> tuple[int, str, bytes]:
        if self.mood is Mood.BUSY:
            return 429, "Retry-After: 30\r\n", b"too many calls"
        if self.mood is Mood.BROKEN:
            return 500, "", b"<html>oops</html>"
        if self.mood is Mood.GARBAGE:
            return 200, "", b'{"quotes": [{"symbol": "AAA", "price": 1'
        if self.mood is Mood.ERROR_IN_200:
            return 200, "", b'{"error": "the key ' + KEY.encode() + b' may not do this"}'
        return 200, "", orjson.dumps({"quotes": [self._quote(symbol) for symbol in symbols]})

    def _quote(self, symbol: str) -> dict[str, object]:
        at = self.now() - (timedelta(days=30) if self.mood is Mood.STALE else timedelta(0))
        return {
            "symbol": "ZZZ" if self.mood is Mood.WRONG_SYMBOL else symbol,
            "price": {"is": "no number"} if self.mood is Mood.WRONG_TYPES else self.price,
            "at": at.isoformat(),
        }

    def provider(self, name: str, priority: int = 1) -> Provider:
        """Return what it is to those who ask it."""
        return Provider(
            name=name,
            title=name.title(),
            base_url=f"http://127.0.0.1:{self.port}",
            tier=Tier.PROFESSIONAL,
            priority=priority,
            reliability=0.9,
            quotes=Endpoint(_build, _parse, most=50),
        )


def _build(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    return Request(
        url=f"{base_url}/quotes",
        parameters={"symbols": ",".join(asked.symbols)},
        secret_parameters={"key": credentials.key},
    )


def _parse(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    found = record_of(json_of(answer), "the answer")
    if (error := found.text("error")) is not None:
        raise ProviderFault(FaultKind.REFUSED, error)
    quotes = [
        ObservedQuote(symbol=each.needed_text("symbol"), price=each.needed_price("price"), at=each.needed_instant("at"))
        for each in found.records("quotes")
    ]
    return Parsed(tuple(quotes))


@asynccontextmanager
async def open_provider_stub(price: str, now: Callable[[], datetime]) -> AsyncIterator[ProviderStub]:
    """Listen on a free port of loopback."""
    stub = ProviderStub(price, now)
    server = await asyncio.start_server(stub.handle, "127.0.0.1", 0)
    stub.port = server.sockets[0].getsockname()[1]
    try:
        yield stub
    finally:
        server.close()
        # Those that hang, too.
        for task in list(stub.connections):
            task.cancel()
        await asyncio.gather(*stub.connections, return_exceptions=True)
