"""A server that does no work, to learn what the load generators themselves can take.

Any POST is answered with the same bytes.  A subscriber gets its snapshots; then every socket is written to as fast as
it takes frames, many in one write.  `python -m tests.benchmarks.dummy`
"""

import asyncio
import json
from typing import ClassVar, cast

import uvloop

from tests.benchmarks import ticking
from tests.benchmarks.fanout_load import client_frame, server_frame

BODY = json.dumps({"data": {"instrument": {"id": "x" * 480}}}).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
UPGRADE = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)
ACKNOWLEDGED = server_frame(b'{"type":"connection_ack"}')
INIT = client_frame({"type": "connection_init", "payload": {}})
FRAMES_PER_WRITE = 16
STEP_SECONDS = 0.0005


def event_frame(kind: str, volume: int) -> bytes:
    """Return an event of the size that the real ones have."""
    quote = {"id": "Q" * 60, "price": "123.45", "change": "-0.45", "at": "2022-12-28T21:00:00.000Z", "source": "REPLAY"}
    event = {"kind": kind, "ticker": "BM01", "volume": str(volume), "padding": "x" * 90, "quote": quote}
    message = {"id": "1", "type": "next", "payload": {"data": {"priceUpdate": event}}}
    return server_frame(json.dumps(message, separators=(",", ":")).encode())


class Dummy(asyncio.Protocol):
    """One connection."""

    subscribers: ClassVar[set["Dummy"]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast("asyncio.WriteTransport", transport)  # uvloop's is of a class of its own
        self.full = False

    def connection_lost(self, _: Exception | None) -> None:
        """Forget the subscriber."""
        self.subscribers.discard(self)

    def pause_writing(self) -> None:
        """Stop: the reader is behind."""
        self.full = True

    def resume_writing(self) -> None:
        """Go on."""
        self.full = False

    def data_received(self, data: bytes) -> None:
        """Answer by the first bytes alone."""
        if data.startswith(b"POST"):
            self.transport.write(ANSWER)
        elif data.startswith(b"GET"):
            self.transport.write(UPGRADE)
        elif data.startswith(INIT):
            self.transport.write(ACKNOWLEDGED)
        else:
            message = json.loads(data[data.index(b'{"id"') :])
            tickers = message["payload"]["variables"]["tickers"]
            self.transport.write(event_frame("SNAPSHOT", 1) * len(tickers))
            self.subscribers.add(self)


async def blast(seconds: float) -> None:
    """Write to every subscriber whose socket takes it."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until:
        frames = event_frame("CHANGE", ticking.stamp()) * FRAMES_PER_WRITE
        for subscriber in Dummy.subscribers:
            if not subscriber.full:
                subscriber.transport.write(frames)
        await asyncio.sleep(STEP_SECONDS)


async def main() -> None:
    """Serve until the driver is gone."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Dummy, "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1], "versions": {}}), flush=True)
    async for command in ticking.commands():
        await blast(command["seconds"])
        print(json.dumps({"published": 0}), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
