"""A small schema with prices that many watch, an account that only its owner sees, and the endpoint that serves it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

import strawberry
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from strawberry.types import Info

from api.documents import Documents
from api.fanout import Fanout
from api.sockets import SocketLimits
from api.websocket import WebSocketEndpoint
from domain.kernel.actor import NOBODY, Actor, Role
from domain.kernel.errors import NothingThere, Unauthenticated, Unavailable
from domain.kernel.events import Bus, Event
from schema.context import Client
from schema.shared.limits import Limits
from schema.shared.live import Live, Topic, Update

PRICES = """subscription Prices($tickers: [String!]!, $since: String) {
  priceUpdate(tickers: $tickers, since: $since) {
    eventId kind ticker price change changePercent volume at
    quote { id price change changePercent at source quality stale }
  }
}"""
ACCOUNT = "subscription Account($since: String) { accountUpdate(since: $since) { kind sequence seenBy } }"
COUNT = "subscription Count($to: Int!) { count(to: $to) }"


@dataclass(frozen=True, kw_only=True)
class Ticked(Event):
    CHANNEL: ClassVar[str] = "test:ticks"

    ticker: str
    sequence: int
    price: Decimal
    volume: str = "1"
    at: datetime = datetime(2022, 1, 3, 21, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class AccountChanged(Event):
    CHANNEL: ClassVar[str] = "test:account:{user_id}"

    user_id: UUID
    sequence: int


@dataclass(frozen=True, kw_only=True)
class TestSessionsRevoked(Event):
    __test__ = False
    CHANNEL: ClassVar[str] = "test:sessions"

    session_ids: tuple[UUID, ...]


@strawberry.enum
class Kind(Enum):
    SNAPSHOT = "SNAPSHOT"
    CHANGE = "CHANGE"
    GAP = "GAP"


@strawberry.enum
class Source(Enum):
    REPLAY = "REPLAY"


@strawberry.enum
class Quality(Enum):
    GOOD = "GOOD"


@strawberry.type
class Quote:
    id: strawberry.ID
    price: Decimal
    change: Decimal
    change_percent: Decimal
    at: datetime
    source: Source
    quality: Quality
    stale: bool


@strawberry.type
class PriceUpdate:
    event_id: str
    kind: Kind
    ticker: str | None = None
    price: Decimal | None = None
    change: Decimal | None = None
    change_percent: Decimal | None = None
    volume: str | None = None
    at: datetime | None = None
    quote: Quote | None = None


@strawberry.type
class AccountUpdate:
    kind: Kind
    sequence: int

    @strawberry.field
    def seen_by(self, info: Info[Any, None]) -> str:
        EXECUTED.append(info.context.actor)
        return str(info.context.actor.user_id)


EXECUTED: list[Actor] = []


@dataclass
class Market:
    """The latest price of every ticker, and all that were."""

    bus: Bus
    latest: dict[str, Ticked] = field(default_factory=dict)
    past: list[Ticked] = field(default_factory=list)
    sequence: int = 0
    reads: int = 0
    followed: int = 0
    is_out: bool = False
    # Set and cleared by tests that want to hold a read.
    may_read: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_read.set()

    def set(self, ticker: str, price: str, volume: str = "1") -> Ticked:
        """Store a price without telling anybody."""
        self.sequence += 1
        ticked = Ticked(ticker=ticker, sequence=self.sequence, price=Decimal(price), volume=volume)
        self.latest[ticker] = ticked
        if len(self.past) < 1000:
            self.past.append(ticked)
        return ticked

    async def tick(self, ticker: str, price: str, volume: str = "1") -> Ticked:
        """Store a price and announce it."""
        ticked = self.set(ticker, price, volume)
        await self.bus.publish([ticked])
        return ticked

    def topic(self) -> Topic[PriceUpdate]:
        return Topic(
            name="prices",
            channels=(Ticked.CHANNEL,),
            is_public=True,
            read=self.read,
            follow=self.follow,
            resume=self.resume,
            gap=self.gap,
            conflate_by=lambda event: event.ticker,  # type: ignore[attr-defined]
            position_of=lambda since: (int(since),) if since.isdigit() else None,
        )

    async def read(self, keys: frozenset[str] | None) -> Sequence[Update[PriceUpdate]]:
        self.reads += 1
        if self.is_out:
            raise Unavailable("the quotes do not answer")
        read = [update(ticked, Kind.SNAPSHOT) for key in keys or self.latest if (ticked := self.latest.get(key))]
        await self.may_read.wait()
        return read

    async def follow(self, events: Sequence[Event]) -> Sequence[Update[PriceUpdate]]:
        self.followed += len(events)
        return [update(event, Kind.CHANGE) for event in events if isinstance(event, Ticked)]

    async def resume(self, keys: frozenset[str] | None, since: str) -> Sequence[Update[PriceUpdate]] | None:
        if not since.isdigit():
            return None
        later = [ticked for ticked in self.past if ticked.sequence > int(since)]
        return [update(ticked, Kind.CHANGE) for ticked in later if keys is None or ticked.ticker in keys]

    async def gap(self) -> Update[PriceUpdate]:
        return Update(None, (), PriceUpdate(event_id=str(self.sequence), kind=Kind.GAP))


def update(ticked: Ticked, kind: Kind) -> Update[PriceUpdate]:
    quote = Quote(
        id=strawberry.ID(f"quote:{ticked.ticker}"),
        price=ticked.price,
        change=Decimal("1.25"),
        change_percent=Decimal("0.6123"),
        at=ticked.at,
        source=Source.REPLAY,
        quality=Quality.GOOD,
        stale=False,
    )
    payload = PriceUpdate(
        event_id=str(ticked.sequence),
        kind=kind,
        ticker=ticked.ticker,
        price=ticked.price,
        change=quote.change,
        change_percent=quote.change_percent,
        volume=ticked.volume,
        at=ticked.at,
        quote=quote,
    )
    return Update(ticked.ticker, (ticked.sequence,), payload)


@dataclass
class Accounts:
    """A sequence for each user; who is barred sees nothing any more."""

    bus: Bus
    sequences: dict[UUID, int] = field(default_factory=dict)
    barred: set[UUID] = field(default_factory=set)

    async def change(self, user_id: UUID) -> None:
        self.sequences[user_id] = self.sequences.get(user_id, 0) + 1
        await self.bus.publish([AccountChanged(user_id=user_id, sequence=self.sequences[user_id])])

    def topic(self, actor: Actor) -> Topic[AccountUpdate]:
        user_id = actor.user_id
        assert user_id is not None

        def state(kind: Kind) -> Update[AccountUpdate]:
            if user_id in self.barred:
                raise NothingThere("expected an account of yours, got none")
            sequence = self.sequences.get(user_id, 0)
            return Update(None, (sequence,), AccountUpdate(kind=kind, sequence=sequence))

        async def read(keys: frozenset[str] | None) -> Sequence[Update[AccountUpdate]]:
            return [state(Kind.SNAPSHOT)]

        async def follow(events: Sequence[Event]) -> Sequence[Update[AccountUpdate]]:
            return [state(Kind.CHANGE)]

        async def resume(keys: frozenset[str] | None, since: str) -> None:
            return None

        async def gap() -> Update[AccountUpdate]:
            return Update(None, (), AccountUpdate(kind=Kind.GAP, sequence=0))

        return Topic(
            name=f"account:{user_id}",
            channels=(AccountChanged.channel(user_id=user_id),),
            is_public=False,
            read=read,
            follow=follow,
            resume=resume,
            gap=gap,
        )


@dataclass
class Context:
    actor: Actor
    request_id: str
    market: Market
    accounts: Accounts


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"hello {name}"

    @strawberry.field
    def who(self, info: Info[Context, None]) -> str:
        return str(info.context.actor.user_id)

    @strawberry.field
    def boom(self) -> str:
        raise ValueError("secret of the inside")

    @strawberry.field
    async def sleep(self) -> str:
        await asyncio.sleep(60)
        return "awake"


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def tick(self, info: Info[Context, None], ticker: str, price: str) -> int:
        return (await info.context.market.tick(ticker, price)).sequence


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def price_update(
        self, info: Info[Context, None], tickers: list[str], since: str | None = None
    ) -> AsyncIterator[PriceUpdate]:
        market = info.context.market
        unknown = [ticker for ticker in tickers if ticker.startswith("?")]
        if unknown:
            raise NothingThere("expected known tickers, got another")
        return Live(market.bus, market.topic(), frozenset(tickers), "tickers", since)

    @strawberry.subscription
    async def account_update(self, info: Info[Context, None], since: str | None = None) -> AsyncIterator[AccountUpdate]:
        actor = info.context.actor
        if actor.user_id is None:
            raise Unauthenticated("expected a token, got none")
        return Live(market_bus(info), info.context.accounts.topic(actor), since=since)

    @strawberry.subscription
    async def count(self, to: int) -> AsyncIterator[int]:
        for number in range(to):
            yield number
        if to > 100:
            raise ValueError("secret of the inside")

    @strawberry.subscription
    async def flood(self, info: Info[Context, None]) -> AsyncIterator[str]:
        while True:
            FLOODED.append(1)
            yield "x" * 10_000


FLOODED: list[int] = []


def market_bus(info: Info[Context, None]) -> Bus:
    return info.context.market.bus


SCHEMA = strawberry.Schema(Query, mutation=Mutation, subscription=Subscription)


@dataclass
class Site:
    """The endpoint with all that stands behind it."""

    bus: Bus
    limits: SocketLimits = field(default_factory=SocketLimits)
    actors: dict[str, Actor] = field(default_factory=dict)
    patience: float = 30.0

    def __post_init__(self) -> None:
        self.market = Market(self.bus)
        self.accounts = Accounts(self.bus)
        self.contexts: list[Context] = []
        self.endpoint = WebSocketEndpoint(
            schema=SCHEMA,
            documents=Documents(SCHEMA, Limits()),
            authenticate=self.authenticate,
            open_context=self.open_context,
            limits=self.limits,
            fanout=Fanout(self.patience),
        )
        self.app = Starlette(routes=[WebSocketRoute("/graphql", self.endpoint)])

    async def authenticate(self, parameters: Mapping[str, Any]) -> Actor:
        token = parameters.get("authorization")
        if token is None:
            return NOBODY
        actor = self.actors.get(str(token))
        if actor is None:
            raise Unauthenticated("expected a valid token, got another")
        return actor

    def open_context(self, actor: Actor, request_id: str, client: Client) -> Context:
        context = Context(actor, request_id, self.market, self.accounts)
        self.contexts.append(context)
        del self.contexts[:-100]
        return context


def user(number: int, *, expires_at: datetime | None = None) -> Actor:
    """A user, always the same for a number."""
    return Actor(
        user_id=UUID(int=number),
        session_id=UUID(int=1000 + number),
        roles=frozenset({Role.USER}),
        expires_at=expires_at,
    )
