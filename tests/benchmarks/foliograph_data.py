"""The data in Foliograph: quotes in its tables, the portfolio recorded as a user would, ticks on its bus."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx

from domain.kernel.events import Bus
from domain.kernel.ids import new_id
from domain.market import feed, queries, tables
from domain.market.events import SHARD, QuotesTicked
from domain.market.models import Feed, Instrument
from domain.market.types import InstrumentKind, Quote, QuoteSource
from tests.benchmarks import dataset, ticking
from tests.benchmarks.processes import ContestantFailed

SESSION = date(2022, 12, 28)
DAY_BEFORE = date(2022, 12, 27)
TRADED = date(2022, 12, 20)
MARKET_AT = datetime(2022, 12, 28, 20, 59, tzinfo=UTC)

REGISTER = """mutation Register($input: RegisterInput!) {
  register(input: $input) { session { accessToken } userErrors { code message } }
}"""
CREATE = """mutation CreatePortfolio($input: CreatePortfolioInput!) {
  createPortfolio(input: $input) { portfolio { id } userErrors { code message } }
}"""
RECORD = """mutation RecordTransaction($input: RecordTransactionInput!) {
  recordTransaction(input: $input) { transaction { id } userErrors { code message } }
}"""


async def fill_market() -> list[Quote]:
    """Store the instruments and their quotes; return the quotes of those that are live, which share one shard."""
    stored = dataset.build()["instruments"]
    quotes = [await _add_instrument(number, entry) for number, entry in enumerate(stored, start=1)]
    await feed.put_quotes(quotes)
    await Feed.create(
        name=queries.REPLAY,
        epoch=new_id(),
        sequence=len(quotes),
        session=SESSION,
        second=0,
        market_at=MARKET_AT,
        data_version=1,
    )
    return quotes[: dataset.LIVE_SYMBOLS]


async def _add_instrument(number: int, entry: dict[str, Any]) -> Quote:
    is_live = number <= dataset.LIVE_SYMBOLS
    instrument = await Instrument.create(
        number=number if is_live else SHARD + number,
        symbol=entry["symbol"],
        name=entry["name"],
        kind=InstrumentKind(entry["kind"]),
        exchange=entry["exchange"],
        currency=entry["currency"],
        sector=entry["sector"],
        first_session=TRADED,
        source="benchmark",
    )
    quote = entry["quote"]
    await tables.add_closes([(instrument.number, DAY_BEFORE, float(quote["previousClose"]))], QuoteSource.HISTORY)
    return Quote(
        instrument_id=instrument.id,
        symbol=instrument.symbol,
        name=instrument.name,
        price=Decimal(quote["price"]),
        previous_close=Decimal(quote["previousClose"]),
        open=Decimal(quote["open"]),
        high=Decimal(quote["high"]),
        low=Decimal(quote["low"]),
        volume=int(quote["volume"]),
        session=SESSION,
        at=MARKET_AT,
        received_at=datetime.now(UTC),
        source=QuoteSource.REPLAY,
        sequence=number,
        bid=Decimal(quote["price"]),
        ask=Decimal(quote["price"]),
        bid_size=100,
        ask_size=100,
    )


class Investor:
    """A user who records the portfolio over HTTP."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx.AsyncClient(timeout=30)
        self.headers: dict[str, str] = {}

    async def invest(self) -> str:
        """Register, create the portfolio, record its transactions; return its id."""
        async with self._http:
            credentials = {"email": "benchmark@example.com", "password": "a benchmark's password"}
            registered = await self._mutate("register", REGISTER, credentials)
            self.headers = {"Authorization": f"Bearer {registered['session']['accessToken']}"}
            created = await self._mutate("createPortfolio", CREATE, {"name": "Benchmark portfolio"})
            portfolio_id: str = created["portfolio"]["id"]
            held = dataset.build()["portfolio"]
            cost = sum(Decimal(position["costBasis"]) for position in held["positions"])
            brought = cost + Decimal(held["cash"][0]["amount"])
            await self._record(portfolio_id, {"contribution": {"amount": str(brought)}})
            for position in held["positions"]:
                trade = {
                    "symbol": position["symbol"],
                    "quantity": position["quantity"],
                    "price": position["averageCost"],
                }
                await self._record(portfolio_id, {"buy": trade})
            return portfolio_id

    async def _record(self, portfolio_id: str, transaction: dict[str, dict[str, str]]) -> None:
        (entry,) = transaction.values()
        entry["tradeDate"] = TRADED.isoformat()
        key = f"{next(iter(transaction))} {entry.get('symbol', '')}"
        written = {"portfolioId": portfolio_id, "idempotencyKey": key, "transaction": transaction}
        await self._mutate("recordTransaction", RECORD, written)

    async def _mutate(self, field: str, text: str, given: dict[str, Any]) -> dict[str, Any]:
        asked = {"query": text, "variables": {"input": given}}
        response = await self._http.post(self._url, json=asked, headers=self.headers)
        answer = response.json()
        payload = (answer.get("data") or {}).get(field)
        if answer.get("errors") or payload is None or payload["userErrors"]:
            raise ContestantFailed(f"expected {field} to be done, got {str(answer)[:400]}")
        done: dict[str, Any] = payload
        return done


class Ticker:
    """Publishes new quotes as the feed does: the whole shard in one event, those that have moved with a new place."""

    def __init__(self, bus: Bus, quotes: list[Quote], epoch_feed: Feed) -> None:
        self._bus = bus
        self._quotes = quotes
        self._epoch = epoch_feed.epoch
        self._sequence = epoch_feed.sequence
        self._next = itertools.cycle(range(len(quotes)))

    async def tick(self, count: int) -> None:
        """Move so many quotes, each once: of two moves of one quote in one step nobody would see the first."""
        for place in itertools.islice(self._next, min(count, len(self._quotes))):
            self._move(place)
        await self._bus.publish([self._event()])

    def _move(self, place: int) -> None:
        self._sequence += 1
        quote = self._quotes[place]
        previous = quote.previous_close or quote.price
        now = datetime.now(UTC)
        self._quotes[place] = replace(
            quote,
            price=previous + Decimal(self._sequence % 400 - 200) / 100,
            volume=ticking.stamp(),
            at=now,
            received_at=now,
            sequence=self._sequence,
        )

    def _event(self) -> QuotesTicked:
        return QuotesTicked(
            epoch=self._epoch,
            sequence=self._sequence,
            shard=0,
            market_at=MARKET_AT,
            quotes=tuple(self._quotes),
        )
