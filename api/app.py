"""The application: routes, middleware, and the lifespan that opens what they need."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from api import files, health
from api.authentication import Authenticator, key_set_route
from api.documents import Documents, PersistedDocuments
from api.embedded import embedded_worker
from api.errors import ErrorFormat
from api.graphiql import page as explorer
from api.graphql import GraphQLEndpoint
from api.middleware import BodyLimit, Edge, edge_middleware
from api.sockets import SocketLimits, follow_revocations
from api.websocket import WebSocketEndpoint
from domain.identity.events import SessionsRevoked
from domain.identity.queries import revoked_sessions
from domain.infra.settings import Settings
from domain.kernel.actor import Actor
from domain.kernel.ports import Resources
from domain.wiring import open_resources
from schema.context import Client, Context
from schema.root import build_schema
from schema.shared.limits import Limits

GRAPHQL_PATH = "/graphql"

# Every port of this machine: what runs on it may be a front end under development.
_LOCAL_ORIGINS = ("http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*")
_DEMO_SOCKETS = 5_000
_SESSION_CHECK_SECONDS = 30.0

OpenResources = Callable[[Settings], AbstractAsyncContextManager[Resources]]


@dataclass(frozen=True, slots=True)
class Served:
    """One process's endpoints, which share documents and live groups."""

    routes: list[BaseRoute]
    websocket: WebSocketEndpoint
    authenticator: Authenticator


def create_app(settings: Settings, opening: OpenResources = open_resources) -> Starlette:
    """Return the application.  Its lifespan opens the resources, and the worker where it is embedded."""
    errors = ErrorFormat()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            resources = await stack.enter_async_context(opening(settings))
            served = serve(settings, resources)
            app.router.routes.extend(served.routes)
            if settings.is_embedded:
                await stack.enter_async_context(embedded_worker(resources, settings))
            watching = asyncio.create_task(_close_revoked(resources, served))
            try:
                yield
            finally:
                watching.cancel()

    return Starlette(lifespan=lifespan, middleware=edge_middleware(_edge(settings, errors)))


def serve(settings: Settings, resources: Resources) -> Served:
    """Return the endpoints over these resources."""
    schema = build_schema()
    errors = ErrorFormat(resources.failure_of)
    authenticator = Authenticator(resources)
    limits = _limits(settings)
    documents = Documents(schema, limits)

    def open_context(actor: Actor, request_id: str, client: Client) -> Context:
        return Context(actor=actor, resources=resources, request_id=request_id, client=client)

    async def open_request(request: Request) -> Context:
        actor = await authenticator.of_request(request)
        return open_context(actor, request.state.request_id, _client(request))

    endpoint = GraphQLEndpoint(
        schema=schema,
        documents=documents,
        open_context=open_request,
        persisted=PersistedDocuments(),
        errors=errors,
        deadline=settings.request_timeout,
    )
    websocket = WebSocketEndpoint(
        schema=schema,
        documents=documents,
        authenticate=authenticator.of_connection,
        open_context=open_context,
        limits=_socket_limits(settings),
        errors=errors,
    )
    routes: list[BaseRoute] = [
        Route(GRAPHQL_PATH, endpoint, methods=None),
        WebSocketRoute(GRAPHQL_PATH, websocket),
        files.files_route(resources, authenticator, errors),
        files.downloads_route(resources, authenticator, errors),
        key_set_route(resources),
        *health.health_routes(
            probe_database=resources.probe_database, bus_is_connected=lambda: resources.bus.connected
        ),
    ]
    if settings.serves_graphiql:
        routes += [*explorer.routes(demo=settings.is_demo), Route("/", _to_explorer, methods=["GET"])]
    return Served(routes, websocket, authenticator)


async def _close_revoked(resources: Resources, served: Served) -> None:
    def forget(session_ids: Collection[UUID]) -> None:
        for session_id in session_ids:
            served.authenticator.forget(session_id)

    async def find_revoked(session_ids: Collection[UUID]) -> Collection[UUID]:
        forget(session_ids)
        return await revoked_sessions(session_ids)

    sockets = served.websocket.sockets
    await follow_revocations(resources.bus, SessionsRevoked.channel(), sockets, find_revoked, forget)


def _client(connection: HTTPConnection) -> Client:
    address = connection.client.host if connection.client else ""
    return Client(address=address, user_agent=connection.headers.get("user-agent", "")[:200])


async def _to_explorer(_: Request) -> Response:
    return RedirectResponse("/graphiql")


def _limits(settings: Settings) -> Limits:
    shown = settings.introspection if settings.introspection is not None else not settings.is_production
    return Limits(introspection=shown, suggestions=not settings.is_production)


def _socket_limits(settings: Settings) -> SocketLimits:
    usual = SocketLimits()
    per_user = settings.sockets_per_user or (_DEMO_SOCKETS if settings.is_demo else usual.sockets_per_user)
    per_address = settings.sockets_per_address or (_DEMO_SOCKETS if settings.is_demo else usual.sockets_per_address)
    return SocketLimits(
        allowed_origins=(*settings.allowed_origins, *(() if settings.is_production else _LOCAL_ORIGINS)),
        sockets_per_user=per_user,
        sockets_per_address=per_address,
        operation_timeout=settings.request_timeout,
    )


def _edge(settings: Settings, errors: ErrorFormat) -> Edge:
    return Edge(
        allowed_hosts=settings.allowed_hosts,
        allowed_origins=settings.allowed_origins,
        allows_localhost=not settings.is_production,
        requires_https=settings.is_production,
        bodies={files.PATH: BodyLimit(size=files.MAXIMUM_BYTES, seconds=60.0)},
        errors=errors,
    )
