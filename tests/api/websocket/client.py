"""A client of graphql-transport-ws that checks nothing by itself, and a server in this process to speak to."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from api.frames import FrameProtocol
from tests.api.websocket.prices_app import Site

PATIENCE = 5.0


class Served:
    """A site that is being served."""

    def __init__(self, site: Site, port: int, server: uvicorn.Server) -> None:
        self.site = site
        self.port = port
        self.server = server

    def url(self, query: str = "") -> str:
        return f"ws://127.0.0.1:{self.port}/graphql{query}"

    @asynccontextmanager
    async def client(
        self,
        *,
        origin: str | None = None,
        subprotocols: Sequence[str] = ("graphql-transport-ws",),
        query: str = "",
        init: dict[str, Any] | None | bool = True,
    ) -> AsyncIterator["Client"]:
        """Connect, and be acknowledged unless `init` is False.  `init` is the payload of connection_init."""
        async with connect(
            self.url(query),
            origin=Origin(origin) if origin else None,
            subprotocols=[Subprotocol(name) for name in subprotocols] or None,
            max_size=None,
            proxy=None,
        ) as connection:
            client = Client(connection)
            if init is not False:
                await client.send({"type": "connection_init", **({"payload": init} if isinstance(init, dict) else {})})
                assert await client.receive() == {"type": "connection_ack"}
            yield client


class Client:
    """One connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: object) -> None:
        await self.connection.send(json.dumps(message))

    async def subscribe(self, id: str, query: str, variables: dict[str, Any] | None = None) -> Self:
        await self.send({"id": id, "type": "subscribe", "payload": {"query": query, "variables": variables}})
        return self

    async def receive(self) -> dict[str, Any]:
        """Return the next message."""
        text = await asyncio.wait_for(self.connection.recv(), PATIENCE)
        assert isinstance(text, str)
        message: dict[str, Any] = json.loads(text)
        return message

    async def next(self, field: str) -> dict[str, Any]:
        """Return what the next `next` message says of one field."""
        message = await self.receive()
        assert message["type"] == "next", message
        found: dict[str, Any] = message["payload"]["data"][field]
        return found

    async def nothing(self, seconds: float = 0.1) -> None:
        """Fail if a message comes."""
        try:
            message = await asyncio.wait_for(self.connection.recv(), seconds)
        except TimeoutError:
            return
        raise AssertionError(f"expected nothing, got {message!r}")

    async def closed(self, patience: float = PATIENCE) -> tuple[int, str]:
        """Read to the end; return the code and reason with which the server closed."""
        try:
            async with asyncio.timeout(patience):
                while True:
                    await self.connection.recv()
        except ConnectionClosed as closed:
            assert closed.rcvd is not None, "expected a closing frame"
            return closed.rcvd.code, closed.rcvd.reason


@asynccontextmanager
async def serve(site: Site, *, through_asgi: bool = False) -> AsyncIterator[Served]:
    """Serve a site on a free port, with our protocol or with uvicorn's own."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        site.app,
        ws="websockets-sansio" if through_asgi else FrameProtocol,
        ws_per_message_deflate=False,
        ws_max_size=site.limits.message_bytes,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    # Signals belong to pytest.
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    ticking = asyncio.create_task(server.main_loop())
    try:
        yield Served(site, listening.getsockname()[1], server)
    finally:
        server.should_exit = True
        await ticking
        await server.shutdown(sockets=[listening])
