"""A small schema, with everything that the edge has to cope with, and the endpoint that serves it."""

import asyncio
import enum
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx
import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from strawberry.schema.config import StrawberryConfig

from api.documents import Documents, PersistedDocuments
from api.errors import ErrorFormat
from api.graphql import GraphQLEndpoint
from api.middleware import Edge, edge_middleware, request_id_of
from domain.kernel.actor import NOBODY, Actor
from domain.kernel.errors import (
    BadUserInput,
    Failure,
    InvalidInput,
    NotFound,
    RateLimited,
    Unauthenticated,
    Unavailable,
)
from schema.shared.cost import sized
from schema.shared.limits import Limits
from schema.shared.plain_fields import plain_without_arguments
from schema.shared.scalars import SCALARS, BigInt

SECRET = "postgresql://user:hunter2@db.internal/foliograph"


class DatabaseGone(Exception):
    """Stands for what a driver raises."""


@strawberry.enum
class Color(enum.Enum):
    RED = "r"
    BLUE = "b"


@strawberry.interface
class Node:
    id: strawberry.ID


@strawberry.type
class Unavailability:
    field: str
    reason: str


@strawberry.type
class Quote(Node):
    symbol: str
    price: Decimal | None = None
    volume: BigInt | None = None
    at: datetime | None = None
    day: date | None = None
    change: float | None = None
    rank: int | None = None
    stale: bool = False
    color: Color | None = None
    tags: list[str] = strawberry.field(default_factory=list, metadata=sized(3))
    unavailable: list[Unavailability] = strawberry.field(default_factory=list, metadata=sized(1))
    related: "Quote | None" = None

    @strawberry.field
    def shout(self) -> str:
        return self.symbol.upper() + "!"

    @strawberry.field
    async def slow(self) -> str:
        await asyncio.sleep(0)
        return self.symbol

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError(SECRET)

    @strawberry.field
    def broken_and_needed(self) -> str:
        raise RuntimeError(SECRET)

    @strawberry.field
    def greeting(self, name: str = "you") -> str:
        return f"{self.symbol} greets {name}"

    @strawberry.field(metadata=plain_without_arguments(lambda quote: quote.whispered(1)))
    def whisper(self, times: int = 1) -> str:
        return self.whispered(times)

    def whispered(self, times: int) -> str:
        return self.symbol.lower() * times


@strawberry.type
class Other(Node):
    word: str


@strawberry.type
class PageInfo:
    has_next_page: bool


@strawberry.type
class QuoteEdge:
    cursor: str
    node: Quote


@strawberry.type
class QuoteConnection:
    edges: list[QuoteEdge]
    page_info: PageInfo
    total_count: int


def quote(number: int = 1, **values: Any) -> Quote:
    """Return a quote; every third has a related one."""
    return Quote(
        id=strawberry.ID(f"q{number}"),
        symbol=f"S{number}",
        price=Decimal(number) / 4,
        volume=BigInt(10**12 + number),
        at=datetime(2024, 1, 2, 3, 4, 5, 678900, tzinfo=UTC),
        day=date(2024, 1, 2),
        change=number / 8,
        rank=number,
        color=Color.RED if number % 2 else None,
        tags=["a", "b"],
        unavailable=[Unavailability(field="price", reason="STALE")],
        related=quote(number + 100) if number % 3 == 0 else None,
        **values,
    )


@strawberry.input
class Filter:
    text: str | None = None
    at_least: Decimal | None = None
    any_of: "list[Filter] | None" = None


@strawberry.input
class LoginInput:
    email: str
    password: str


@strawberry.type
class Query:
    @strawberry.field
    def quote(self) -> Quote | None:
        return quote()

    @strawberry.field(metadata=sized(by="symbols"))
    def quotes(self, symbols: list[str]) -> list[Quote]:
        return [quote(number) for number, _ in enumerate(symbols)]

    @strawberry.field(metadata=sized(20, by="symbols"))
    def chosen_quotes(self, symbols: list[str] | None = None) -> list[Quote]:
        return [quote(number) for number, _ in enumerate(symbols or range(20))]

    @strawberry.field
    async def some_quotes(self, first: int = 5) -> list[Quote]:
        return [quote(number) for number in range(first)]

    @strawberry.field(metadata=sized(50))
    def odd_quotes(self) -> list[Quote | None] | None:
        return ODD

    @strawberry.field
    def page(self, first: int | None = None, last: int | None = None) -> QuoteConnection:
        rows = [quote(number) for number in range(first or last or 50)]
        edges = [QuoteEdge(cursor=row.id, node=row) for row in rows]
        return QuoteConnection(edges=edges, page_info=PageInfo(has_next_page=False), total_count=len(rows))

    @strawberry.field
    def node(self, id: strawberry.ID) -> Node | None:
        return Other(id=id, word="w") if id == "o" else quote()

    @strawberry.field
    def nodes(self) -> list[Node]:
        return [quote(2), Other(id=strawberry.ID("o"), word="w"), quote(3)]

    @strawberry.field
    def echo_decimal(self, value: Decimal) -> Decimal:
        return value

    @strawberry.field
    def echo_date_time(self, value: datetime) -> datetime:
        return value

    @strawberry.field
    def echo_date(self, value: date) -> date:
        return value

    @strawberry.field
    def echo_big_int(self, value: BigInt) -> BigInt:
        return value

    @strawberry.field
    def echo_text(self, value: str) -> str:
        return value

    @strawberry.field
    def echo_float(self, value: float) -> float:
        return value

    @strawberry.field
    def echo_int(self, value: int) -> int:
        return value

    @strawberry.field
    def echo_id(self, value: strawberry.ID) -> strawberry.ID:
        return value

    @strawberry.field
    def search(self, filter: Filter) -> int:
        return 1 if filter.text else 0

    @strawberry.field
    def nan(self) -> float:
        return float("nan")

    @strawberry.field
    async def fail(self, how: str) -> int | None:
        raise FAILURES[how]

    @strawberry.field
    async def wait(self, seconds: float) -> int:
        await asyncio.sleep(seconds)
        return 1

    @strawberry.field
    def color(self, color: Color) -> Color:
        return color


FAILURES: dict[str, Exception] = {
    "input": BadUserInput("expected first from 0 to 100, got 101"),
    "refusal": InvalidInput("expected a name, got none"),
    "missing": NotFound("no such thing"),
    "rate": RateLimited("slower", retry_after=2.5),
    "outage": DatabaseGone(SECRET),
    "bug": KeyError(SECRET),
    "timeout": TimeoutError(SECRET),
}


@strawberry.type
class Mutation:
    @strawberry.mutation
    def login(self, input: LoginInput) -> bool:
        LOGINS.append(input.email)
        return True

    @strawberry.mutation
    def touch(self) -> bool:
        return True


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self, count: int = 2) -> AsyncIterator[Quote]:
        for number in range(count):
            yield quote(number)

    @strawberry.subscription
    async def refused(self) -> AsyncIterator[int]:
        if FAILURES:
            raise Unavailable("try again")
        yield 1


ODD: list[Any] = []
LOGINS: list[str] = []

schema = strawberry.Schema(Query, Mutation, Subscription, types=[Other], config=StrawberryConfig(scalar_map=SCALARS))


@dataclass(frozen=True)
class Context:
    request_id: str = "test"
    actor: Actor = NOBODY


def translate(error: BaseException) -> Failure | None:
    """Do as the lead's does, for our stand-in."""
    return Unavailable("the database does not answer") if isinstance(error, DatabaseGone) else None


@dataclass
class Api:
    """The application, and a client of it."""

    limits: Limits = Limits()
    edge: Edge = Edge()
    actor: Actor = NOBODY
    deadline: float = 5.0
    persisted: PersistedDocuments = field(default_factory=PersistedDocuments)

    def __post_init__(self) -> None:
        self.documents = Documents(schema, self.limits)
        endpoint = GraphQLEndpoint(
            schema=schema,
            documents=self.documents,
            open_context=self._open_context,
            persisted=self.persisted,
            errors=ErrorFormat(translate),
            deadline=self.deadline,
        )
        self.app = Starlette(
            routes=[Route("/graphql", endpoint), Route("/boom", _boom)], middleware=edge_middleware(self.edge)
        )

    async def _open_context(self, request: Request) -> Context:
        if request.headers.get("authorization") == "Bearer stale":
            raise Unauthenticated("expected a valid token, got one that has expired")
        if request.headers.get("authorization") == "Bearer outage":
            raise DatabaseGone(SECRET)
        return Context(request_id_of(request.scope), self.actor)

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://localhost")

    async def post(
        self, query: object = None, accept: str = "application/graphql-response+json", **members: Any
    ) -> httpx.Response:
        if query is not None:
            members["query"] = query
        async with self.client() as client:
            return await client.post("/graphql", json=members, headers={"accept": accept})

    async def send(self, body: bytes, **headers: str) -> httpx.Response:
        async with self.client() as client:
            sent = {"content-type": "application/json", "accept": "application/graphql-response+json"}
            return await client.post("/graphql", content=body, headers={**sent, **headers})

    async def get(self, accept: str = "application/graphql-response+json", **parameters: str) -> httpx.Response:
        async with self.client() as client:
            return await client.get("/graphql", params=parameters, headers={"accept": accept})


async def _boom(_request: Request) -> Any:
    raise RuntimeError(SECRET)


def codes(response: httpx.Response) -> list[str]:
    """Return the codes of the errors of a response."""
    return [error["extensions"]["code"] for error in response.json()["errors"]]
