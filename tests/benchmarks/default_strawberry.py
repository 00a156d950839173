"""Strawberry as its documentation teaches it, with no tuning: `strawberry.asgi` on uvicorn, data in memory.

Quotes and the instruments of positions come by dataloaders, as if they were read.  (With plain resolvers, which data in
memory would allow, it answers about 1.7 times as fast.)

`python -m tests.benchmarks.default_strawberry`
"""

import asyncio
import itertools
import json
import socket
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from importlib.metadata import version
from typing import Any, TypeVar, get_args, get_type_hints

import strawberry
import uvicorn
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.types import Info

from tests.benchmarks import dataset, ticking

Type = TypeVar("Type")


@strawberry.enum
class InstrumentKind(Enum):
    STOCK = "STOCK"
    ETF = "ETF"
    INDEX = "INDEX"


@strawberry.enum
class PositionKind(Enum):
    LONG = "LONG"


@strawberry.enum
class QuoteSource(Enum):
    HISTORY = "HISTORY"
    REPLAY = "REPLAY"
    RESAMPLED = "RESAMPLED"


@strawberry.enum
class DataQuality(Enum):
    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    FAIR = "FAIR"
    POOR = "POOR"
    INVALID = "INVALID"


@strawberry.enum
class EventKind(Enum):
    SNAPSHOT = "SNAPSHOT"
    CHANGE = "CHANGE"
    GAP = "GAP"


@strawberry.enum
class UnavailableReason(Enum):
    NO_PRICE = "NO_PRICE"
    NOT_COVERED = "NOT_COVERED"
    STALE = "STALE"


@strawberry.type
class Unavailable:
    field: str
    reason: UnavailableReason
    message: str
    mend: str | None


@strawberry.type
class Quote:
    id: strawberry.ID
    symbol: str
    price: Decimal | None
    change: Decimal | None
    change_percent: float | None
    open: Decimal | None
    high: Decimal | None
    low: Decimal | None
    previous_close: Decimal | None
    volume: str | None
    at: datetime | None
    source: QuoteSource
    quality: DataQuality
    stale: bool
    unavailable: list[Unavailable]


@strawberry.type
class Instrument:
    id: strawberry.ID
    symbol: str
    name: str
    kind: InstrumentKind
    exchange: str | None
    currency: str
    sector: str | None

    @strawberry.field
    async def quote(self, info: Info) -> Quote | None:
        quote: Quote | None = await loaders(info)["quote"].load(self.symbol)
        return quote


@strawberry.type
class InstrumentEdge:
    node: Instrument


@strawberry.type
class InstrumentConnection:
    edges: list[InstrumentEdge]


@strawberry.type
class Unpriced:
    symbol: str
    reason: UnavailableReason


@strawberry.type
class Cash:
    currency: str
    amount: Decimal


@strawberry.type
class PortfolioValuation:
    id: strawberry.ID
    total_value: Decimal | None
    invested_value: Decimal | None
    cash_balance: Decimal | None
    cost_basis: Decimal | None
    unrealized_gain: Decimal | None
    day_change: Decimal | None
    day_change_percent: float | None
    at: datetime | None
    unpriced: list[Unpriced]
    unavailable: list[Unavailable]


@strawberry.type
class Position:
    id: strawberry.ID
    symbol: strawberry.Private[str]
    kind: PositionKind
    quantity: Decimal
    average_cost: Decimal | None
    cost_basis: Decimal | None
    price: Decimal | None
    market_value: Decimal | None
    unrealized_gain: Decimal | None
    weight: float | None
    unavailable: list[Unavailable]

    @strawberry.field
    async def instrument(self, info: Info) -> Instrument:
        instrument: Instrument = await loaders(info)["instrument"].load(self.symbol)
        return instrument


@strawberry.type
class PositionEdge:
    node: Position


@strawberry.type
class PositionConnection:
    total_count: int
    edges: list[PositionEdge]


@strawberry.type
class Portfolio:
    id: strawberry.ID
    name: str
    base_currency: str
    version: int

    @strawberry.field
    async def valuation(self, as_of: datetime | None = None) -> PortfolioValuation | None:
        return DATA.valuation

    @strawberry.field
    async def cash(self, as_of: datetime | None = None) -> list[Cash]:
        return DATA.cash

    @strawberry.field
    async def positions(self, as_of: datetime | None = None, first: int = 50) -> PositionConnection:
        edges = [PositionEdge(node=position) for position in DATA.positions[:first]]
        return PositionConnection(total_count=len(DATA.positions), edges=edges)


@strawberry.type
class PriceEvent:
    event_id: str
    kind: EventKind
    ticker: str
    price: Decimal | None
    change: Decimal | None
    change_percent: float | None
    volume: str | None
    at: datetime | None
    quote: Quote | None


class Data:
    """Everything served, in memory, and who listens to it."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.quotes = {entry["symbol"]: read(Quote, entry["quote"]) for entry in stored["instruments"]}
        self.instruments = {entry["symbol"]: read(Instrument, entry) for entry in stored["instruments"]}
        portfolio = stored["portfolio"]
        self.portfolio = read(Portfolio, portfolio)
        self.valuation = read(PortfolioValuation, portfolio["valuation"])
        self.cash = [read(Cash, entry) for entry in portfolio["cash"]]
        self.positions = [read(Position, entry) for entry in portfolio["positions"]]
        self.sequence = 0
        self._listeners: dict[str, set[asyncio.Queue[PriceEvent]]] = {symbol: set() for symbol in self.quotes}
        self._next_symbol = itertools.cycle(dataset.symbols(dataset.LIVE_SYMBOLS))

    @contextmanager
    def listening(self, tickers: list[str]) -> Iterator["asyncio.Queue[PriceEvent]"]:
        """Give a queue that receives every event of these symbols."""
        queue: asyncio.Queue[PriceEvent] = asyncio.Queue()
        for ticker in tickers:
            self._listeners[ticker].add(queue)
        try:
            yield queue
        finally:
            for ticker in tickers:
                self._listeners[ticker].discard(queue)

    def event(self, kind: EventKind, ticker: str) -> PriceEvent:
        """Return the latest quote of a symbol as an event."""
        quote = self.quotes[ticker]
        return PriceEvent(
            event_id=f"bench-{self.sequence}",
            kind=kind,
            ticker=ticker,
            price=quote.price,
            change=quote.change,
            change_percent=quote.change_percent,
            volume=quote.volume,
            at=quote.at,
            quote=quote,
        )

    async def tick(self, count: int) -> None:
        """Publish `count` new quotes, one symbol after the other."""
        for symbol in itertools.islice(self._next_symbol, count):
            self.sequence += 1
            change = Decimal(self.sequence % 400 - 200) / 100
            previous = self.quotes[symbol].previous_close or Decimal(1)
            self.quotes[symbol] = replace(
                self.quotes[symbol],
                price=previous + change,
                change=change,
                change_percent=float(change / previous * 100),
                volume=str(ticking.stamp()),
                at=datetime.now(UTC),
            )
            event = self.event(EventKind.CHANGE, symbol)
            for queue in self._listeners[symbol]:
                queue.put_nowait(event)


@strawberry.type
class Query:
    @strawberry.field
    async def instrument(self, symbol: str) -> Instrument | None:
        return DATA.instruments.get(symbol)

    @strawberry.field
    async def instruments(self, first: int) -> InstrumentConnection:
        page = itertools.islice(DATA.instruments.values(), first)
        return InstrumentConnection(edges=[InstrumentEdge(node=instrument) for instrument in page])

    @strawberry.field
    async def portfolio(self, id: strawberry.ID) -> Portfolio | None:
        return DATA.portfolio if id == DATA.portfolio.id else None


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def price_update(self, tickers: list[str], since: str | None = None) -> AsyncGenerator[PriceEvent, None]:
        with DATA.listening(tickers) as events:
            for ticker in tickers:
                yield DATA.event(EventKind.SNAPSHOT, ticker)
            while True:
                yield await events.get()


class Endpoint(GraphQL[dict[str, Any], None]):
    """The endpoint with dataloaders made for each request."""

    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        return {
            "quote": DataLoader(load_fn=load_quotes),
            "instrument": DataLoader(load_fn=load_instruments),
        }


async def load_quotes(symbols: list[str]) -> list[Quote | None]:
    return [DATA.quotes.get(symbol) for symbol in symbols]


async def load_instruments(symbols: list[str]) -> list[Instrument]:
    return [DATA.instruments[symbol] for symbol in symbols]


def loaders(info: Info) -> dict[str, DataLoader[str, Any]]:
    """Return this request's dataloaders."""
    context: dict[str, DataLoader[str, Any]] = info.context
    return context


def read(kind: type[Type], entry: Mapping[str, Any]) -> Type:
    """Make an object of a GraphQL type from stored JSON, whose decimals, times and enums are strings."""
    values = {}
    for name, hint in get_type_hints(kind).items():
        first, *others = name.split("_")
        key = first + "".join(word.capitalize() for word in others)
        if key in entry:
            values[name] = converted(hint, entry[key])
    return kind(**values)


def converted(hint: Any, value: Any) -> Any:
    """Return the stored value as its type says."""
    for possible in (hint, *get_args(hint)):
        if possible is Decimal:
            return Decimal(value)
        if possible is datetime:
            return datetime.fromisoformat(value)
        if isinstance(possible, type) and issubclass(possible, Enum):
            return possible(value)
    return value


async def main() -> None:
    """Serve until the driver is gone."""
    listening = socket.create_server(("127.0.0.1", 0))
    schema = strawberry.Schema(Query, subscription=Subscription)
    server = uvicorn.Server(uvicorn.Config(Endpoint(schema), log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    packages = ("strawberry-graphql", "graphql-core", "uvicorn", "websockets", "uvloop", "httptools")
    ready = {
        "port": listening.getsockname()[1],
        "versions": {name: version(name) for name in packages},
        "portfolioId": DATA.portfolio.id,
    }
    print(json.dumps(ready), flush=True)
    await ticking.obey_driver(DATA.tick)
    server.should_exit = True
    await serving


DATA = Data(dataset.build())

if __name__ == "__main__":
    asyncio.run(main())
