"""A live feed on loopback that speaks as Polygon does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from websockets.asyncio.server import Server, ServerConnection, serve

KEY = "a-key-of-the-tests"


class FeedStub:
    """Lets in whoever has the key, and tells what a test says."""

    def __init__(self) -> None:
        self.connections: list[ServerConnection] = []
        # What each connection has subscribed to, oldest first.
        self.subscribed: list[set[str]] = []
        self.refused = 0
        self.port = 0
        self._arrived = asyncio.Condition()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"ws://127.0.0.1:{self.port}"

    async def until_subscribed(self, times: int) -> ServerConnection:
        """Wait until so many connections have subscribed, and return the last one."""
        async with asyncio.timeout(20), self._arrived:
            await self._arrived.wait_for(lambda: len(self.subscribed) >= times)
        return self.connections[-1]

    async def until_refused(self) -> None:
        """Wait until somebody came with a wrong key."""
        async with asyncio.timeout(20), self._arrived:
            await self._arrived.wait_for(lambda: self.refused > 0)

    async def handle(self, connection: ServerConnection) -> None:
        """Greet, ask for the key, and keep the connection until it ends."""
        await connection.send(_status("connected", "Connected Successfully"))
        async for text in connection:
            asked = orjson.loads(text)
            if asked["action"] == "auth":
                if asked["params"] != KEY:
                    await connection.send(_status("auth_failed", f"no such key: {asked['params']}"))
                    await self._note(refused=1)
                    continue
                await connection.send(_status("auth_success", "authenticated"))
            else:
                await connection.send(_status("success", "subscribed"))
                self.connections.append(connection)
                self.subscribed.append(set(asked["params"].split(",")))
                await self._note()

    async def _note(self, refused: int = 0) -> None:
        async with self._arrived:
            self.refused += refused
            self._arrived.notify_all()


def _status(status: str, message: str) -> str:
    return orjson.dumps([{"ev": "status", "status": status, "message": message}]).decode()


def trade(symbol: str, price: float, at: int, sequence: int, size: int = 100) -> dict[str, Any]:
    """Return a trade as the feed writes it; `at` in milliseconds since 1970."""
    return {
        "ev": "T", "sym": symbol, "i": str(sequence), "x": 4, "p": price, "s": size, "c": [], "t": at, "q": sequence,
        "z": 3,
    }  # fmt: skip


def quote(symbol: str, bid: float, ask: float, at: int, sequence: int) -> dict[str, Any]:
    """Return what is bid and asked as the feed writes it."""
    return {
        "ev": "Q", "sym": symbol, "bx": 4, "bp": bid, "bs": 100, "ax": 7, "ap": ask, "as": 160, "c": 0, "t": at,
        "q": sequence, "z": 3,
    }  # fmt: skip


@asynccontextmanager
async def open_feed_stub() -> AsyncIterator[FeedStub]:
    """Listen on a free port of loopback."""
    stub = FeedStub()
    server: Server
    async with serve(stub.handle, "127.0.0.1", 0, compression=None) as server:
        stub.port = next(iter(server.sockets)).getsockname()[1]
        yield stub
