"""Clients of a server in another process: GraphQL over HTTP, and graphql-transport-ws."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PATIENCE = 10.0
"""Seconds until an answer or an event is given up."""

LOGIN = """
mutation Login($input: LoginInput!) {
  login(input: $input) { session { accessToken refreshToken user { id } } userErrors { code message } }
}
"""


@dataclass(frozen=True)
class Answer:
    """One response: its status, and what it says."""

    status: int
    data: Mapping[str, Any] | None
    errors: Sequence[Mapping[str, Any]]

    @property
    def codes(self) -> list[str]:
        """The codes of the errors."""
        return [error["extensions"]["code"] for error in self.errors]


class Client:
    """Asks one server over HTTP, with a token or as nobody."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self.token = token
        # Neither proxies nor certificates: the server is on loopback.
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        self._http = httpx.AsyncClient(
            base_url=url,
            headers=headers,
            timeout=PATIENCE,
            trust_env=False,
            verify=False,  # noqa: S501
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, document: str, variables: Mapping[str, Any] | None = None) -> Answer:
        """Send a document.  Raises `httpx.TransportError` when no whole answer comes."""
        response = await self._http.post("/graphql", json={"query": document, "variables": variables})
        body = response.json()
        return Answer(response.status_code, body.get("data"), body.get("errors", ()))

    async def data(self, document: str, variables: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Send a document, and return the data of an answer without errors."""
        answer = await self.ask(document, variables)
        assert not answer.errors, answer
        assert answer.data is not None, answer
        return answer.data

    async def upload(self, content: bytes, name: str) -> str:
        """Put a file into the server's store; return its id."""
        headers = {"x-foliograph-preflight": "1", "content-type": "text/csv", "x-file-name": name}
        response = await self._http.post("/files", content=content, headers=headers)
        assert response.status_code == 201, response.text
        file_id: str = response.json()["fileId"]
        return file_id

    async def login(self, email: str, password: str) -> str:
        """Open a session; return its access token."""
        payload = (await self.data(LOGIN, {"input": {"email": email, "password": password}}))["login"]
        assert not payload["userErrors"], payload
        token: str = payload["session"]["accessToken"]
        return token


@dataclass(frozen=True)
class Event:
    """One event of a subscription, and when it came, by the monotonic clock."""

    at: float
    value: Mapping[str, Any]


@dataclass(eq=False)
class Subscriber:
    """One socket with one subscription.  All that comes is kept."""

    connection: ClientConnection
    events: list[Event] = field(default_factory=list)
    errors: list[Mapping[str, Any]] = field(default_factory=list)
    # The code and reason with which the server closed, and when; code 1006 where it said no farewell.
    closed: tuple[int, str, float] | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: "asyncio.Task[None] | None" = None

    @classmethod
    async def open(cls, url: str, document: str, variables: Mapping[str, Any], token: str | None = None) -> Self:
        """Connect to a server, and subscribe; `document` has one root field."""
        connection = await connect(
            url.replace("http", "ws", 1) + "/graphql",
            subprotocols=[Subprotocol("graphql-transport-ws")],
            max_size=None,
            compression=None,
            proxy=None,
            open_timeout=PATIENCE,
            ping_interval=None,
            # Nobody waits for a server that was killed to answer the closing frame.
            close_timeout=0.5,
        )
        payload = {} if token is None else {"Authorization": f"Bearer {token}"}
        await connection.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(await asyncio.wait_for(connection.recv(), PATIENCE)) == {"type": "connection_ack"}
        request = {"query": document, "variables": variables}
        await connection.send(json.dumps({"id": "1", "type": "subscribe", "payload": request}))
        subscriber = cls(connection)
        subscriber._reading = asyncio.create_task(subscriber._read())
        return subscriber

    async def close(self) -> None:
        """Hang up."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        await self.connection.close()

    async def until(
        self, wanted: Callable[[Mapping[str, Any]], bool], seconds: float = PATIENCE, *, since: int = 0
    ) -> Event:
        """Wait for the first event of this kind, from the one numbered `since` on."""
        looked_at = since
        async with asyncio.timeout(seconds):
            while True:
                while looked_at < len(self.events):
                    if wanted(self.events[looked_at].value):
                        return self.events[looked_at]
                    looked_at += 1
                assert self.closed is None, self.closed
                assert not self.errors, self.errors
                self._news.clear()
                await self._news.wait()

    async def ended(self, seconds: float = PATIENCE) -> tuple[int, str, float]:
        """Wait until the server has closed; return its code and reason, and when."""
        async with asyncio.timeout(seconds):
            while self.closed is None:
                self._news.clear()
                await self._news.wait()
            return self.closed

    async def _read(self) -> None:
        try:
            while True:
                self._take(json.loads(await self.connection.recv()))
                self._news.set()
        except ConnectionClosed as closed:
            code, reason = (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")
            self.closed = (code, reason, time.monotonic())
            self._news.set()

    def _take(self, message: Mapping[str, Any]) -> None:
        if message["type"] == "next" and not message["payload"].get("errors"):
            (value,) = message["payload"]["data"].values()
            self.events.append(Event(time.monotonic(), value))
        elif message["type"] != "ping":
            self.errors.append(message)


@asynccontextmanager
async def crowd(*openings: tuple[str, str, Mapping[str, Any], str | None]) -> AsyncIterator[list[Subscriber]]:
    """Open many subscribers, a few at a time, by the arguments of `Subscriber.open`; close them at the end."""
    gate = asyncio.Semaphore(20)

    async def open_one(arguments: tuple[str, str, Mapping[str, Any], str | None]) -> Subscriber:
        async with gate:
            return await Subscriber.open(*arguments)

    subscribers = await asyncio.gather(*map(open_one, openings))
    try:
        yield subscribers
    finally:
        await asyncio.gather(*(subscriber.close() for subscriber in subscribers))
