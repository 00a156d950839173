"""What every request and response has, whatever route it takes: an id, bounds, and headers."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ERRORS, ErrorFormat, SlowBody, failure_response
from domain.kernel.errors import BadRequest, Failure, PayloadTooLarge, Unavailable

REQUEST_ID_HEADER: Final = "x-request-id"
# Below, compression costs more than it saves; above level 4, time and hardly a byte.
COMPRESSED_SIZE: Final = 1024
COMPRESSION_LEVEL: Final = 4

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_LOCALHOST: Final = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?"
# What watches a process asks it by these.
_OWN_HOSTS: Final = ("localhost", "127.0.0.1", "::1", "[::1]")
_STRICT_TRANSPORT: Final = "max-age=63072000; includeSubDomains"
_SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "",
}
_REQUEST_HEADERS: Final = (
    "authorization",
    "content-type",
    "idempotency-key",
    REQUEST_ID_HEADER,
    "x-file-name",
    "x-foliograph-preflight",
)


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """How long a body may be, in bytes, and how long it may take, in seconds."""

    size: int = 256 * 1024
    seconds: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """How strict the edge is.

    `allowed_hosts` are the names under which a browser may ask, beside those of this machine; empty: any name.
    `bodies` holds the limits of paths that are not limited like the others. `errors` formats what goes wrong outside
    GraphQL.
    """

    allowed_hosts: Sequence[str] = ()
    allowed_origins: Sequence[str] = ()
    allows_localhost: bool = False
    requires_https: bool = True
    body: BodyLimit = BodyLimit()
    bodies: Mapping[str, BodyLimit] = field(default_factory=dict)
    errors: ErrorFormat = ERRORS


def edge_middleware(edge: Edge) -> list[Middleware]:
    """Return the middleware of the application, outermost first."""
    return [
        Middleware(Envelope, edge=edge),
        Middleware(
            TrustedHostMiddleware,
            allowed_hosts=[*edge.allowed_hosts, *_OWN_HOSTS] if edge.allowed_hosts else ["*"],
            www_redirect=False,
        ),
        Middleware(
            CORSMiddleware,
            allow_origins=list(edge.allowed_origins),
            allow_origin_regex=_LOCALHOST if edge.allows_localhost else None,
            allow_methods=["POST"],
            allow_headers=list(_REQUEST_HEADERS),
            expose_headers=[REQUEST_ID_HEADER],
            allow_credentials=False,
            max_age=600,
        ),
        Middleware(GZipMiddleware, minimum_size=COMPRESSED_SIZE, compresslevel=COMPRESSION_LEVEL),
        Middleware(Guard, edge=edge),
    ]


def request_id_of(scope: Scope) -> str:
    """Return the id of a request or connection: the one that the client sent, if it is one, or a new one."""
    state = scope.setdefault("state", {})
    if "request_id" not in state:
        sent = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
        state["request_id"] = sent if _REQUEST_ID.fullmatch(sent) else uuid4().hex
    found = state["request_id"]
    assert isinstance(found, str)
    return found


class Envelope:
    """Gives each request its id and each response its headers."""

    def __init__(self, app: ASGIApp, edge: Edge) -> None:
        self._app = app
        self._headers = dict(_SECURITY_HEADERS)
        if edge.requires_https:
            self._headers["strict-transport-security"] = _STRICT_TRANSPORT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; a WebSocket only gets an id."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID_HEADER] = request_id
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Guard:
    """Refuses bodies that are too long or too slow; what nobody caught below becomes an error without details.

    The application's `receive` raises `PayloadTooLarge` or `SlowBody`.
    """

    def __init__(self, app: ASGIApp, edge: Edge) -> None:
        self._app = app
        self._edge = edge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; other kinds of connection pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._edge.bodies.get(scope["path"], self._edge.body)
        has_started = False

        async def watched_send(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            _check_announced(Headers(scope=scope).get("content-length"), limit)
            await self._app(scope, _limited(receive, limit), watched_send)
        except (Exception, asyncio.CancelledError) as error:
            if has_started:
                # Half an answer must not look like a whole one: the server closes the connection.
                raise
            if isinstance(error, asyncio.CancelledError):
                # Requests are cancelled by the server's end alone, which waits no longer.
                error = Unavailable("the server is ending; try again")
            await failure_response(error, request_id_of(scope), self._edge.errors)(scope, receive, send)


def _check_announced(length: str | None, limit: BodyLimit) -> None:
    if length is None:
        return
    # int() would take "1_0" and "٣" too; more digits than these are more than any limit.
    if not (length.isascii() and length.isdigit()):
        raise BadRequest("expected a number as content-length, got something else")
    if len(length) > 15 or int(length) > limit.size:
        raise _too_large(limit)


def _too_large(limit: BodyLimit) -> Failure:
    return PayloadTooLarge(f"expected a body of at most {limit.size} bytes, got more")


def _limited(receive: Receive, limit: BodyLimit) -> Receive:
    got = 0
    is_complete = False
    deadline = asyncio.get_running_loop().time() + limit.seconds

    async def limited() -> Message:
        nonlocal got, is_complete
        if is_complete:
            return await receive()
        waiting = asyncio.timeout_at(deadline)
        try:
            async with waiting:
                message = await receive()
        except TimeoutError:
            if not waiting.expired():
                raise
            raise SlowBody(f"expected the whole body within {limit.seconds:g} s, got a part of it") from None
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            is_complete = not message.get("more_body", False)
            if got > limit.size:
                raise _too_large(limit)
        return message

    return limited
