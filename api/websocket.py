"""GraphQL over WebSocket: the graphql-transport-ws protocol, and no other.

A connection is CONNECTED, then READY (acknowledged), then over.  In CONNECTED it may say `connection_init` once,
within `init_timeout`; in READY it is on behalf of one actor, until the proof of identity ends or the session is
revoked.  What is against the protocol closes it with the protocol's code: see `CloseCode`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
import strawberry
import structlog

from api.authentication import TOKEN_PARAMETERS
from api.documents import Documents
from api.errors import ERRORS, ErrorFormat
from api.fanout import Fanout
from api.frames import frame_channel
from api.operations import OpenContext, Operations
from api.outlet import AsgiOutlet, Flusher, FrameOutlet, Outlet
from api.sharing import Selections
from api.sockets import CloseCode, Refused, SocketLimits, Sockets
from api.strict_json import loads
from domain.kernel.actor import Actor
from domain.kernel.errors import BadRequest, Failure, Unauthenticated
from schema.context import Client

SUBPROTOCOL: Final = "graphql-transport-ws"
# A client's id of an operation is repeated in every message to it.
_LONGEST_ID: Final = 255
_LONGEST_REASON: Final = 123

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Authenticate = Callable[[Mapping[str, Any]], Awaitable[Actor]]

_log = structlog.get_logger(__name__)


class Phase(Enum):
    """Where a connection is."""

    CONNECTED = auto()
    READY = auto()


@dataclass(eq=False, kw_only=True)
class WebSocketEndpoint:
    """The ASGI application of the WebSocket route: `WebSocketRoute("/graphql", WebSocketEndpoint(…))`.

    `authenticate` says on whose behalf the `payload` of `connection_init` asks, NOBODY's without a token, and raises
    `Unauthenticated`.  `open_context` makes the context of one operation, or of one event.
    """

    schema: strawberry.Schema
    documents: Documents
    authenticate: Authenticate
    open_context: OpenContext
    limits: SocketLimits = field(default_factory=SocketLimits)
    errors: ErrorFormat = ERRORS
    sockets: Sockets = field(init=False)
    fanout: Fanout = field(default_factory=Fanout)
    selections: Selections = field(default_factory=Selections)
    _flusher: Flusher | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.sockets = Sockets(self.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection to its end."""
        await receive()
        if _has_token(scope):
            await _deny(scope, send, 400, b"expected the token in connection_init, got one in the URL")
            return
        origin = _header(scope, b"origin")
        if origin is not None and not self.limits.allows_origin(origin):
            await send({"type": "websocket.close", "code": 1008})
            return
        offered = scope.get("subprotocols") or []
        if SUBPROTOCOL not in offered:
            # A browser learns the code only if one of its subprotocols was chosen.
            await send({"type": "websocket.accept", "subprotocol": offered[0] if offered else None})
            await send(
                {"type": "websocket.close", "code": CloseCode.SUBPROTOCOL, "reason": "Subprotocol not acceptable"}
            )
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        await Connection(self, scope, receive, send, self._outlet(scope, send)).run()

    def _outlet(self, scope: Scope, send: Send) -> Outlet:
        channel = frame_channel(scope)
        if channel is None:
            return AsgiOutlet(send, self.limits.send_timeout)
        if self._flusher is None:
            self._flusher = Flusher()
        return FrameOutlet(channel, self._flusher, self.limits.send_timeout)


class Connection:
    """One connection: reads messages, checks them against the protocol, and starts and stops operations."""

    def __init__(self, endpoint: WebSocketEndpoint, scope: Scope, receive: Receive, send: Send, outlet: Outlet) -> None:
        self._endpoint = endpoint
        self._limits = endpoint.limits
        self._receive = receive
        self._send = send
        self._outlet = outlet
        client = scope.get("client")
        self._client = Client(address=client[0] if client else "", user_agent=_header(scope, b"user-agent") or "")
        self._phase = Phase.CONNECTED
        self._deadline = asyncio.timeout(self._limits.init_timeout)
        # With what to close when the deadline is over.
        self._ending = Refused(CloseCode.INIT_TIMEOUT, "Connection initialisation timeout")
        self._is_ending = False
        self._allowance = Allowance(self._limits.messages_per_second, self._limits.message_burst)
        self._operations: Operations | None = None

    async def run(self) -> None:
        """Serve the connection to its end."""
        refused: Refused | None = None
        try:
            self._endpoint.sockets.admit(self, self._client.address)
            self._outlet.on_stall = self._stalled
            async with self._deadline:
                await self._serve()
        except Refused as error:
            refused = error
        except TimeoutError:
            if not self._deadline.expired():
                raise
            refused = self._ending
        except Exception:  # noqa: BLE001 - the client is told, whatever it is
            _log.exception("websocket.failed")
            refused = Refused(CloseCode.INTERNAL, "Internal error")
        finally:
            await self._finish(refused)

    def end(self, code: CloseCode, reason: str) -> None:
        """Close the connection, soon."""
        if self._is_ending or self._deadline.expired():
            return
        self._is_ending = True
        self._ending = Refused(code, reason)
        if self._operations is not None:
            self._operations.stop()
        self._deadline.reschedule(asyncio.get_running_loop().time())

    def _stalled(self) -> None:
        _log.info("websocket.stalled", seconds=self._limits.send_timeout)
        self.end(CloseCode.TRY_AGAIN_LATER, "Too slow")

    async def _finish(self, refused: Refused | None) -> None:
        self._is_ending = True
        self._endpoint.sockets.forget(self)
        if self._operations is not None:
            await self._operations.close()
        if refused is not None:
            await self._say_goodbye(refused)
        self._outlet.close()

    async def _say_goodbye(self, refused: Refused) -> None:
        if self._outlet.is_paused:
            # It would wait behind what is not read.
            self._outlet.drop()
            return
        await self._outlet.drain()
        reason = refused.reason.encode()[:_LONGEST_REASON].decode(errors="ignore")
        try:
            await self._send({"type": "websocket.close", "code": int(refused.code), "reason": reason})
        except (OSError, RuntimeError):
            # The client was first.
            return

    async def _serve(self) -> None:
        while True:
            await self._outlet.wait_writable()
            received = await self._receive()
            if received["type"] == "websocket.disconnect":
                return
            if not self._allowance.take():
                raise Refused(CloseCode.TOO_MANY, "Too many messages")
            await self._handle(self._read(received))

    def _read(self, received: Mapping[str, Any]) -> dict[str, Any]:
        text = received.get("text")
        if text is None:
            raise Refused(CloseCode.BAD_MESSAGE, "Expected a text message, got a binary one")
        if len(text) > self._limits.message_bytes or len(text.encode(errors="replace")) > self._limits.message_bytes:
            raise Refused(CloseCode.TOO_LARGE, f"Expected at most {self._limits.message_bytes} bytes")
        try:
            message = loads(text)
        except BadRequest as error:
            raise Refused(CloseCode.BAD_MESSAGE, f"Invalid message: {error.message}") from None
        if not isinstance(message, dict):
            raise Refused(CloseCode.BAD_MESSAGE, "Invalid message: expected an object")
        return message

    async def _handle(self, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "connection_init":
                await self._initialise(_optional_object(message, "payload"))
            case "ping":
                self._answer_ping(_optional_object(message, "payload"))
            case "pong":
                _optional_object(message, "payload")
            case "subscribe":
                self._subscribe(message)
            case "complete":
                operation_id = _operation_id(message)
                if self._operations is not None:
                    self._operations.complete(operation_id)
            case _:
                raise Refused(CloseCode.BAD_MESSAGE, "Invalid message: expected a type of the protocol")

    async def _initialise(self, parameters: dict[str, Any] | None) -> None:
        if self._phase is not Phase.CONNECTED:
            raise Refused(CloseCode.TOO_MANY, "Too many initialisation requests")
        try:
            actor = await self._endpoint.authenticate(parameters or {})
        except Unauthenticated:
            raise Refused(CloseCode.FORBIDDEN, "Forbidden") from None
        except Failure as failure:
            raise Refused(CloseCode.TRY_AGAIN_LATER, failure.message) from None
        self._endpoint.sockets.identify(self, actor)
        self._phase = Phase.READY
        self._operations = Operations(self._endpoint, actor, self._client, self._outlet)
        if not self._is_ending:
            self._ending = Refused(CloseCode.UNAUTHORIZED, "Token expired")
            self._deadline.reschedule(_loop_time(actor.expires_at))
            self._outlet.put_text(b'{"type":"connection_ack"}')

    def _answer_ping(self, payload: dict[str, Any] | None) -> None:
        self._outlet.put_text(
            orjson.dumps({"type": "pong"} if payload is None else {"type": "pong", "payload": payload})
        )

    def _subscribe(self, message: dict[str, Any]) -> None:
        operation_id = _operation_id(message)
        payload = message.get("payload")
        if not isinstance(payload, dict) or not isinstance(payload.get("query"), str):
            raise Refused(CloseCode.BAD_MESSAGE, "Invalid message: expected payload.query to be a string")
        operation_name = payload.get("operationName")
        if operation_name is not None and not isinstance(operation_name, str):
            raise Refused(CloseCode.BAD_MESSAGE, "Invalid message: expected payload.operationName to be a string")
        variables = _optional_object(payload, "variables")
        _optional_object(payload, "extensions")
        if self._operations is None:
            raise Refused(CloseCode.UNAUTHORIZED, "Unauthorized")
        if operation_id in self._operations:
            raise Refused(CloseCode.DUPLICATE, f"Subscriber for {operation_id} already exists")
        self._operations.start(operation_id, payload["query"], operation_name, variables)


class Allowance:
    """So many a second, after a burst of so many."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._left = float(burst)
        self._at = time.monotonic()

    def take(self) -> bool:
        """Use one, where one is left."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def _operation_id(message: Mapping[str, Any]) -> str:
    operation_id = message.get("id")
    if not isinstance(operation_id, str) or not 0 < len(operation_id) <= _LONGEST_ID:
        raise Refused(CloseCode.BAD_MESSAGE, f"Invalid message: expected an id of 1 to {_LONGEST_ID} characters")
    return operation_id


def _optional_object(message: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    value = message.get(name)
    if value is not None and not isinstance(value, dict):
        raise Refused(CloseCode.BAD_MESSAGE, f"Invalid message: expected {name} to be an object")
    return value


def _loop_time(moment: datetime | None) -> float | None:
    if moment is None:
        return None
    return asyncio.get_running_loop().time() + (moment - datetime.now(UTC)).total_seconds()


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def _has_token(scope: Scope) -> bool:
    query = scope.get("query_string", b"").decode("latin-1")
    return any(name.lower() in TOKEN_PARAMETERS for name, _ in parse_qsl(query, keep_blank_values=True))


async def _deny(scope: Scope, send: Send, status: int, reason: bytes) -> None:
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": reason})
