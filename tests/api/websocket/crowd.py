"""The small schema in a process of its own, and sockets that speak to it byte by byte."""

import asyncio
import contextlib
import json
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.api.websocket.prices_app import PRICES
from tests.benchmarks.fanout_load import client_frame

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class ServedProcess:
    """A server that was started."""

    process: Process
    port: int
    complaints: bytes = b""

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/graphql"

    @property
    def memory(self) -> int:
        """Resident memory in bytes."""
        [line] = [
            line
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
            if line.startswith("VmRSS:")
        ]
        return int(line.split()[1]) * 1024

    async def publish(self, rate: float, seconds: float) -> None:
        """Publish so many ticks a second, and return when that is done."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"rate": rate, "seconds": seconds}).encode() + b"\n")
        await self.process.stdout.readline()

    async def ended(self, patience: float) -> int:
        """Wait until it has ended by itself; return its status and keep what it has complained of."""
        assert self.process.stderr is not None
        async with asyncio.timeout(patience):
            self.complaints = await self.process.stderr.read()
            return await self.process.wait()


@asynccontextmanager
async def served_process() -> AsyncIterator[ServedProcess]:
    """Start the server, and see that it ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.api.websocket.served", cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            ready = json.loads(await process.stdout.readline())
        yield ServedProcess(process, ready["port"])
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
        # Its pipes are closed with this, not when they are collected.
        process._transport.close()  # type: ignore[attr-defined]


async def subscriber(url: str, tickers: list[str], **options: Any) -> ClientConnection:
    """Connect and subscribe to prices."""
    connection = await connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], proxy=None, **options)
    await connection.send('{"type":"connection_init"}')
    await connection.recv()
    await connection.send(
        json.dumps({"id": "1", "type": "subscribe", "payload": {"query": PRICES, "variables": {"tickers": tickers}}})
    )
    return connection


def raw_subscriber(port: int, tickers: list[str]) -> socket.socket:
    """Subscribe to prices with a small receive buffer, and read nothing."""
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.settimeout(10)
    opened.connect(("127.0.0.1", port))
    opened.sendall(
        b"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += opened.recv(1)
    payload = {"query": PRICES, "variables": {"tickers": tickers}}
    opened.sendall(client_frame({"type": "connection_init"}))
    opened.sendall(client_frame({"id": "1", "type": "subscribe", "payload": payload}))
    return opened
