"""A market of a few instruments whose every price is written here, portfolios on it, and what is recorded in them.

The market's clock stands on Monday 21 November 2022, 12:00 in New York, in a session that is open.
"""

import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from domain.infra.bus.opening import open_bus
from domain.infra.clock import SystemClock
from domain.infra.database import open_database
from domain.infra.doorbell import open_doorbell
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.dates import NEW_YORK, session_close
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market import feed, queries, tables
from domain.market.events import QuotesTicked
from domain.market.models import Feed, Instrument
from domain.market.types import InstrumentKind, Quote, QuoteSource
from domain.portfolios import commands
from domain.portfolios.entries import CashMovement, Entry, OptionTrade, Trade
from domain.portfolios.models import Portfolio, Transaction
from domain.portfolios.queries import Asked, valuations
from domain.portfolios.types import Side, TransactionKind, Valuation
from tests.support.databases import Databases
from tests.support.resources import ManualClock, open_test_resources

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2022, 11, 14 + day) for day in range(5))
SATURDAY: Final = date(2022, 11, 19)
TODAY: Final = date(2022, 11, 21)
SESSIONS: Final = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)

# Five closes, oldest first, None where there was none; then the latest quote, None for what does not trade any more.
PRICES: Final[Mapping[str, tuple[Sequence[str | None], str | None]]] = {
    "AAA": (("10", "11", "12", "13", "14"), "15.5"),
    "BBB": (("100", "90", "80", "85", "95"), "94"),
    "NEW": ((None, None, None, "50", "55"), "60"),
    "EEE": (("20", "20", "20", "20", "20"), "21"),
    "OLD": (("30", "31", None, None, None), None),
    "SP500": (("3900", "3910", "3920", "3930", "3940"), "3950"),
}

_numbers = itertools.count(1)


def new_york(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an instant by New York's clocks, in UTC."""
    return datetime.combine(day, time(hour, minute), NEW_YORK).astimezone(UTC)


NOW: Final = new_york(TODAY, 12)


async def fill_small_market(url: str) -> None:
    """Add the instruments, their closes and quotes, and a feed that stands still."""
    clock = SystemClock()
    async with (
        open_database(url),
        open_bus(None) as bus,
        open_doorbell(None) as doorbell,
        units_of_work(clock, bus, doorbell)(SYSTEM),
    ):
        await Feed.create(
            name=queries.REPLAY,
            epoch=new_id(),
            sequence=10,
            session=TODAY,
            second=9_000,
            market_at=NOW,
            data_version=1,
        )
        for number, symbol in enumerate(PRICES, 1):
            await add_instrument(number, symbol, *PRICES[symbol])


async def add_instrument(
    number: int,
    symbol: str,
    closes: Sequence[str | None],
    latest: str | None,
    kind: InstrumentKind = InstrumentKind.STOCK,
    currency: str = "USD",
) -> None:
    """Add an instrument with a close for each session, None where there was none, and its latest quote."""
    instrument = await Instrument.create(
        number=number,
        symbol=symbol,
        name=f"{symbol} Inc.",
        kind=InstrumentKind.INDEX if symbol == "SP500" else kind,
        exchange=None if symbol == "SP500" else "XNYS",
        currency="EUR" if symbol == "EEE" else currency,
        sector=None,
        first_session=next(day for day, close in zip(SESSIONS, closes, strict=True) if close),
        source="made up",
    )
    known = [(day, close) for day, close in zip(SESSIONS, closes, strict=True) if close]
    await tables.add_closes([(number, day, float(close)) for day, close in known], QuoteSource.HISTORY)
    if latest is None:
        (_, previous), (session, latest) = known[-2:]
        quote = quote_of(
            instrument.id,
            symbol,
            latest,
            Decimal(previous),
            sequence=number,
            at=session_close(session),
            session=session,
        )
    else:
        quote = quote_of(instrument.id, symbol, latest, Decimal(known[-1][1]), sequence=number)
    await feed.put_quotes([quote])


def quote_of(
    key: UUID, symbol: str, price: str, previous: Decimal, *, sequence: int, at: datetime = NOW, session: date = TODAY
) -> Quote:
    return Quote(
        instrument_id=key,
        symbol=symbol,
        name=f"{symbol} Inc.",
        price=Decimal(price),
        previous_close=previous,
        open=previous,
        high=None,
        low=None,
        volume=None,
        session=session,
        at=at,
        received_at=NOW,
        source=QuoteSource.REPLAY,
        sequence=sequence,
    )


async def add_instruments(count: int) -> list[str]:
    """Add instruments that cost 10, then 11; return their symbols, in the order of the alphabet."""
    symbols = [f"X{number:03}" for number in range(count)]
    rows = [
        Instrument(
            number=1_000 + number,
            symbol=symbol,
            name=symbol,
            kind=InstrumentKind.STOCK,
            exchange="XNYS",
            currency="USD",
            first_session=MONDAY,
            source="made up",
        )
        for number, symbol in enumerate(symbols)
    ]
    await Instrument.bulk_create(rows)
    await tables.add_closes([(row.number, FRIDAY, 10.0) for row in rows], QuoteSource.HISTORY)
    await feed.put_quotes([quote_of(row.id, row.symbol, "11", Decimal(10), sequence=row.number) for row in rows])
    return symbols


@pytest.fixture
async def small_market(
    databases: Databases, tmp_path: Path, keys_folder: Path, clock: ManualClock
) -> AsyncIterator[Resources]:
    """Every port, over a database with the small market."""
    url = await databases.filled(fill_small_market)
    async with open_test_resources(url, tmp_path, keys_folder, clock) as opened:
        yield opened
    await databases.discard(url)


async def tick(resources: Resources, at: datetime, **prices: str) -> None:
    """Let instruments have new prices at an instant of today's session: `tick(resources, at, AAA="16")`."""
    stored = await Feed.get(name=queries.REPLAY)
    quotes = []
    for place, (symbol, price) in enumerate(prices.items(), 1):
        old = (await queries.quotes_by_symbol([symbol]))[symbol]
        assert old.previous_close is not None
        quotes.append(
            quote_of(old.instrument_id, symbol, price, old.previous_close, sequence=stored.sequence + place, at=at)
        )
    async with resources.unit_of_work(SYSTEM) as work:
        await feed.put_quotes(quotes)
        sequence = stored.sequence + len(quotes)
        await Feed.filter(name=queries.REPLAY).update(sequence=sequence, market_at=at)
        work.emit(QuotesTicked(epoch=stored.epoch, sequence=sequence, shard=0, market_at=at, quotes=tuple(quotes)))


async def close_session(resources: Resources, day: date, **closes: str) -> None:
    """Make the closes of a session known, and let the market's clock stand at it."""
    rows = await queries.instruments_by_symbol(list(closes))
    async with resources.unit_of_work(SYSTEM):
        await tables.add_closes(
            [(rows[symbol].number, day, float(close)) for symbol, close in closes.items()], QuoteSource.HISTORY
        )
    await tick(resources, session_close(day), **closes)


async def value(owner: Actor, portfolio_id: UUID, as_of: datetime | None = None, now: datetime = NOW) -> Valuation:
    """Value one portfolio, which its owner must see."""
    (found,) = await valuations(owner, [Asked(portfolio_id, as_of)], now)
    assert found is not None
    return found


def buy(symbol: str, quantity: str, price: str, day: date = MONDAY, *, fees: str | None = None, **more: Any) -> Trade:
    """Return a purchase."""
    return _trade(TransactionKind.BUY, symbol, quantity, price, day, fees, more)


def sell(symbol: str, quantity: str, price: str, day: date = MONDAY, *, fees: str | None = None, **more: Any) -> Trade:
    """Return a sale."""
    return _trade(TransactionKind.SELL, symbol, quantity, price, day, fees, more)


def _trade(
    kind: TransactionKind, symbol: str, quantity: str, price: str, day: date, fees: str | None, more: dict[str, Any]
) -> Trade:
    return Trade(
        kind=kind,
        symbol=symbol,
        quantity=Decimal(quantity),
        price=Decimal(price),
        fees=None if fees is None else Decimal(fees),
        trade_date=day,
        **more,
    )


def contribution(
    amount: str, day: date = MONDAY, *, currency: str | None = None, note: str | None = None
) -> CashMovement:
    """Return money that comes in."""
    return CashMovement(
        kind=TransactionKind.CONTRIBUTION, amount=Decimal(amount), currency=currency, trade_date=day, note=note
    )


def withdrawal(amount: str, day: date = MONDAY, *, currency: str | None = None) -> CashMovement:
    """Return money that goes out."""
    return CashMovement(kind=TransactionKind.WITHDRAWAL, amount=Decimal(amount), currency=currency, trade_date=day)


async def open_portfolio(resources: Resources, owner: Actor, name: str = "Savings", **more: Any) -> Portfolio:
    """Create a portfolio."""
    async with resources.unit_of_work(owner) as work:
        return await commands.create_portfolio(work, name=name, **more)


async def record(
    resources: Resources,
    owner: Actor,
    portfolio_id: UUID,
    *entries: Entry,
    key: str | None = None,
    today: date = TODAY,
    **more: Any,
) -> Transaction:
    """Record entries, each in a unit of work of its own, and return the last transaction; a key is for a single one."""
    transaction = None
    for entry in entries:
        async with resources.unit_of_work(owner) as work:
            transaction, _ = await commands.record_transaction(
                work,
                portfolio_id,
                entry,
                idempotency_key=f"key {next(_numbers)}" if key is None else key,
                today=today,
                **more,
            )
    assert transaction is not None, "expected at least one entry, got none"
    return transaction


async def reverse(
    resources: Resources, owner: Actor, transaction: Transaction, *, key: str | None = None, reason: str | None = None
) -> Transaction:
    """Reverse a transaction."""
    async with resources.unit_of_work(owner) as work:
        reversal, _ = await commands.reverse_transaction(
            work, transaction.id, idempotency_key=f"key {next(_numbers)}" if key is None else key, reason=reason
        )
    return reversal


UNDERLYING_CLOSES: Final = tuple(100.0 + (3.0 if number % 2 else 0.0) + number / 8 for number in range(300))


async def add_underlying(
    symbol: str = "UND", closes: Sequence[float] = UNDERLYING_CLOSES, latest: str | None = "140", sector: str = "Energy"
) -> Instrument:
    """Add an instrument with one close each weekday up to Friday, and a latest quote: for options on it."""
    days = weekdays_until(FRIDAY, len(closes))
    row = await Instrument.create(
        number=500 + next(_numbers),
        symbol=symbol,
        name=f"{symbol} Inc.",
        kind=InstrumentKind.STOCK,
        exchange="XNYS",
        currency="USD",
        sector=sector,
        first_session=days[0],
        source="made up",
    )
    await tables.add_closes(
        [(row.number, day, close) for day, close in zip(days, closes, strict=True)], QuoteSource.HISTORY
    )
    if latest is not None:
        await feed.put_quotes([quote_of(row.id, symbol, latest, Decimal(repr(closes[-1])), sequence=row.number)])
    return row


def weekdays_until(last: date, count: int) -> list[date]:
    """Return so many weekdays, the last of them given, oldest first."""
    days = [last - timedelta(days=back) for back in range(2 * count)]
    return [day for day in days if day.weekday() < 5][:count][::-1]


def option(
    symbol: str, quantity: str, price: str, day: date = FRIDAY, *, side: Side = Side.BUY, **more: Any
) -> OptionTrade:
    """Return an opening of option contracts."""
    return OptionTrade(
        kind=TransactionKind.OPTION_OPEN,
        symbol=symbol,
        quantity=Decimal(quantity),
        price=Decimal(price),
        side=side,
        trade_date=day,
        **more,
    )


def short_sale(symbol: str, quantity: str, price: str, day: date = MONDAY) -> Trade:
    """Return a short sale."""
    return _trade(TransactionKind.SHORT_SALE, symbol, quantity, price, day, None, {})
