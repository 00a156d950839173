"""The GraphQL endpoint: GraphQL over HTTP, strictly.

Queries by GET and POST, mutations by POST only, subscriptions over WebSocket only; one operation a request; bodies of
`application/json`; answers of `application/graphql-response+json`, whose status says whether the operation was
executed, or of `application/json`, where whatever is well formed gets 200.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

import orjson
import strawberry
from graphql import OperationType
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.documents import DocumentRefused, Documents, PersistedDocuments, Prepared, may_see_schema
from api.errors import ERRORS, ErrorFormat, HttpRefusal, failure_response
from api.execution import RequestContext, execute, refusal
from api.middleware import request_id_of
from api.strict_json import loads
from domain.kernel.actor import Actor
from domain.kernel.errors import BadRequest, DeadlineExceeded, PersistedQueryNotFound
from domain.kernel.text import forbidden_character

DEADLINE_SECONDS: Final = 10.0

_MEMBERS: Final = frozenset({"query", "operationName", "variables", "extensions"})
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_PERSISTED_VERSION: Final = 1


class MediaType(StrEnum):
    """What an answer is sent as."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"

    @property
    def header(self) -> str:
        """The content-type."""
        return f"{self.value}; charset=utf-8"


class Context(RequestContext, Protocol):
    """What the endpoint needs to know of the context that resolvers get."""

    @property
    def actor(self) -> Actor:
        """Who asks."""
        ...


@dataclass(frozen=True, slots=True)
class Parameters:
    """One GraphQL request, as it was sent."""

    query: str | None
    operation_name: str | None
    variables: dict[str, Any] | None
    extensions: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class GraphQLEndpoint:
    """An ASGI application for one path.

    `open_context` authenticates the request and makes the context of its resolvers; what it raises is the answer.
    `deadline` is in seconds, from the last byte of the request to the answer.
    """

    schema: strawberry.Schema
    documents: Documents
    open_context: Callable[[Request], Awaitable[Context]]
    persisted: PersistedDocuments
    errors: ErrorFormat = ERRORS
    deadline: float = DEADLINE_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        request_id = request_id_of(request.scope)
        media_type = MediaType.JSON
        try:
            media_type = accepted(request.headers)
            parameters = await read_parameters(request)
            answer = await self._answer_in_time(request, parameters)
        except ClientDisconnect:
            raise
        except DocumentRefused as refused:
            return _response(refusal(refused, request_id, self.errors), media_type)
        except Exception as error:  # noqa: BLE001 - the answer to a bug is an error too
            return failure_response(error, request_id, self.errors, media_type.header)
        return _response(answer, media_type)

    async def _answer_in_time(self, request: Request, parameters: Parameters) -> dict[str, Any]:
        running = asyncio.timeout(self.deadline)
        try:
            async with running:
                return await self._answer(request, parameters)
        except TimeoutError:
            if running.expired():
                raise DeadlineExceeded(f"expected an answer within {self.deadline:g} s, got none") from None
            raise

    async def _answer(self, request: Request, parameters: Parameters) -> dict[str, Any]:
        context = await self.open_context(request)
        text, fingerprint = self._document(parameters)
        prepared = self.documents.prepare(
            text, parameters.operation_name, parameters.variables, privileged=may_see_schema(context.actor)
        )
        _check_method(request.method, prepared)
        if fingerprint is not None:
            self.persisted.store(text, fingerprint)
        return await execute(prepared, parameters.variables, context, self.schema, self.errors)

    def _document(self, parameters: Parameters) -> tuple[str, str | None]:
        """Return the document's text, and the hash under which it is to be kept, if any."""
        fingerprint = _persisted_hash(parameters.extensions)
        if parameters.query is not None:
            return parameters.query, fingerprint
        if fingerprint is None:
            raise BadRequest("expected a query, got none")
        text = self.persisted.find(fingerprint)
        if text is None:
            raise PersistedQueryNotFound("PersistedQueryNotFound")
        return text, None


def accepted(headers: Headers) -> MediaType:
    """Return the media type that the client likes best of those that there are.  Raises `HttpRefusal`."""
    best, best_quality = None, 0.0
    for part in ",".join(headers.getlist("accept") or ["*/*"]).split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = _quality(parameters)
        # The first of equals; a wildcard leaves the choice to us: what older clients understand.
        found = MediaType.JSON if name in {"*/*", "application/*"} else next((m for m in MediaType if m == name), None)
        if found is not None and quality > best_quality:
            best, best_quality = found, quality
    if best is None:
        raise HttpRefusal(
            406, f"expected {MediaType.GRAPHQL} or {MediaType.JSON} to be accepted, got other media types only"
        )
    return best


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


async def read_parameters(request: Request) -> Parameters:
    """Return what a request asks.  Raises `BadRequest`, and what the reading of the body raises."""
    if request.method == "GET":
        return _checked(_query_string(request))
    if request.method != "POST":
        raise HttpRefusal(405, f"expected GET or POST, got {request.method}", {"allow": "GET, POST"})
    _check_content_type(request.headers)
    members = loads(await request.body())
    if isinstance(members, list):
        raise BadRequest("expected one request, got a list: batching is off")
    if not isinstance(members, dict):
        raise BadRequest(f"expected an object, got {_kind(members)}")
    return _checked(members)


def _query_string(request: Request) -> dict[str, Any]:
    try:
        pairs = parse_qsl(
            request.scope["query_string"].decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=16
        )
    except ValueError:
        raise BadRequest("expected a query string of a few parameters in percent-encoded UTF-8, got another") from None
    members: dict[str, Any] = dict(pairs)
    if len(members) != len(pairs):
        raise BadRequest("expected each parameter once, got one twice")
    found = forbidden_character("".join(members.values()))
    if found is not None:
        raise BadRequest(f"expected text without control characters, got {found}")
    for name in {"variables", "extensions"} & members.keys():
        members[name] = loads(members[name])
    return members


def _check_content_type(headers: Headers) -> None:
    name, *parameters = (piece.strip().lower() for piece in headers.get("content-type", "").split(";"))
    charsets = [p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")]
    if name != MediaType.JSON or any(charset not in {"utf-8", "utf8"} for charset in charsets):
        raise HttpRefusal(415, f"expected {MediaType.JSON} in UTF-8, got {name or 'no content-type'}")
    if headers.get("content-encoding", "identity") != "identity":
        raise HttpRefusal(415, "expected a body that is not compressed, got a content-encoding")


def _checked(members: Mapping[str, Any]) -> Parameters:
    unknown = members.keys() - _MEMBERS
    if unknown:
        raise BadRequest(f"expected {', '.join(sorted(_MEMBERS))}, got {min(unknown)[:40]!r}")
    for name, kind in (("query", str), ("operationName", str), ("variables", dict), ("extensions", dict)):
        value = members.get(name)
        if value is not None and not isinstance(value, kind):
            raise BadRequest(f"expected {name} to be {'a string' if kind is str else 'an object'}, got {_kind(value)}")
    return Parameters(
        members.get("query"), members.get("operationName"), members.get("variables"), members.get("extensions")
    )


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return {dict: "an object", list: "a list", str: "a string", bool: "a boolean"}.get(type(value), "a number")


def _persisted_hash(extensions: Mapping[str, Any] | None) -> str | None:
    persisted = (extensions or {}).get("persistedQuery")
    if persisted is None:
        return None
    fingerprint = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(fingerprint, str) or _SHA256.fullmatch(fingerprint) is None:
        raise BadRequest(
            "expected extensions.persistedQuery.sha256Hash to be 64 hexadecimal digits, got something else"
        )
    if persisted.get("version") != _PERSISTED_VERSION:
        raise BadRequest(f"expected extensions.persistedQuery.version to be {_PERSISTED_VERSION}, got another")
    return fingerprint


def _check_method(method: str, prepared: Prepared) -> None:
    if prepared.kind is OperationType.SUBSCRIPTION:
        raise BadRequest(
            "expected a query or mutation, got a subscription: those go over WebSocket, graphql-transport-ws"
        )
    if method == "GET" and prepared.kind is not OperationType.QUERY:
        raise HttpRefusal(405, "expected a query, got a mutation: those go by POST", {"allow": "POST"})


def _response(answer: Mapping[str, Any], media_type: MediaType) -> Response:
    was_executed = "data" in answer
    status = 200 if was_executed or media_type is MediaType.JSON else 400
    return Response(orjson.dumps(answer), status, media_type=media_type.header)
