"""A portfolio of many transactions over many instruments, written row by row into a database of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market import feed, queries, tables
from domain.market.models import Feed, Instrument
from domain.market.types import InstrumentKind, Quote, QuoteSource
from domain.portfolios.models import Account, Portfolio
from domain.storage import statements
from domain.storage.statements import statement
from migrations import runner
from tests.factories.identity import make_person
from tests.factories.portfolios import NOW, TODAY, open_portfolio
from tests.support.resources import open_test_resources

INSTRUMENTS = 500
FIRST_DAY = date(2012, 11, 26)
# Of ten buys, sales and dividends; a lot is sold in several parts, and never more than is there.
_PATTERN = ("BUY", "BUY", "SELL", "BUY", "SELL", "BUY", "DIVIDEND", "SELL", "BUY", "SELL")

_TRANSACTIONS = statement("""
    INSERT INTO transactions (id, tenant_id, portfolio_id, account_id, sequence, kind, trade_date, settlement_date,
        instrument_id, quantity, price, fees, amount, currency, source, needs_review, idempotency_key, input_digest,
        recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
""")
_POSTINGS = statement("""
    INSERT INTO postings (id, tenant_id, portfolio_id, account_id, transaction_id, book, currency, amount,
        instrument_id, units)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
""")
_AUDITED = statement("""
    INSERT INTO audit_entries (id, tenant_id, action, subject_kind, subject_id, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6)
""")


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the portfolio is, and whose it is."""

    url: str
    folder: Path
    owner: Actor
    portfolio_id: UUID
    symbols: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Home:
    """What stands in every row."""

    tenant_id: UUID
    portfolio_id: UUID
    account_id: UUID


async def build(folder: Path, transactions: int, instruments: int = INSTRUMENTS) -> Subject:
    """Make a database with the market and the portfolio."""
    url = f"sqlite:{folder / 'ledger.sqlite3'}"
    await runner.upgrade(url)
    async with open_test_resources(url, folder, folder) as resources:
        owner = (await make_person(resources, "owner@example.com")).actor
        rows = await _add_market(resources, instruments)
        portfolio = await open_portfolio(resources, owner)
        await _add_ledger(resources, portfolio, rows, transactions)
    return Subject(url, folder, owner, portfolio.id, [row.symbol for row in rows])


async def _add_market(resources: Resources, count: int) -> list[Instrument]:
    rows = [
        Instrument(
            number=number,
            symbol=f"L{number:03}",
            name=f"Number {number}",
            kind=InstrumentKind.STOCK,
            exchange="XNYS",
            currency="USD",
            first_session=FIRST_DAY,
            source="made up",
        )
        for number in range(1, count + 1)
    ]
    async with resources.unit_of_work(Actor(is_system=True)):
        await Feed.create(
            name=queries.REPLAY,
            epoch=new_id(),
            sequence=count,
            session=TODAY,
            second=9_000,
            market_at=NOW,
            data_version=1,
        )
        await Instrument.bulk_create(rows)
        # The close of every week, for ten years.
        weeks = [FIRST_DAY + timedelta(days=7 * week) for week in range(-1, (TODAY - FIRST_DAY).days // 7)]
        for row in rows:
            closes = [(row.number, day, _price(row.number, day)) for day in weeks]
            await tables.add_closes(closes, QuoteSource.HISTORY)
        await feed.put_quotes([_quote(row) for row in rows])
    return rows


def _price(number: int, day: date) -> float:
    return 10.0 + number % 97 + (day.toordinal() % 89) / 8


def _quote(row: Instrument) -> Quote:
    return Quote(
        instrument_id=row.id,
        symbol=row.symbol,
        name=row.name,
        price=Decimal("50.25"),
        previous_close=Decimal(50),
        open=Decimal(50),
        high=None,
        low=None,
        volume=None,
        session=TODAY,
        at=NOW,
        received_at=NOW,
        source=QuoteSource.REPLAY,
        sequence=row.number,
    )


async def _add_ledger(
    resources: Resources, portfolio: Portfolio, rows: Sequence[Instrument], transactions: int
) -> None:
    account = await Account.get(portfolio_id=portfolio.id)
    home = _Home(portfolio.tenant_id, portfolio.id, account.id)
    now = str(resources.clock.now().astimezone(UTC))
    async with resources.unit_of_work(Actor(is_system=True)):
        for chunk in _chunks(_ledger(home, rows, transactions, now)):
            await statements.execute_many(_TRANSACTIONS, [each[0] for each in chunk])
            await statements.execute_many(_POSTINGS, [line for each in chunk for line in each[1]])
            audited = [(new_id(), home.tenant_id, "transaction.buy", "Transaction", each[0][0], now) for each in chunk]
            await statements.execute_many(_AUDITED, audited)
        await Portfolio.filter(id=portfolio.id).update(version=transactions)


_Entry = tuple[tuple[Any, ...], list[tuple[Any, ...]]]


def _chunks(entries: Iterator[_Entry], size: int = 10_000) -> Iterator[list[_Entry]]:
    chunk: list[_Entry] = []
    for entry in entries:
        chunk.append(entry)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _ledger(home: _Home, rows: Sequence[Instrument], count: int, now: str) -> Iterator[_Entry]:
    days = (TODAY - FIRST_DAY).days
    for place in range(count):
        row, turn = rows[place % len(rows)], place // len(rows)
        # Nothing of TODAY: what is appended comes at the end.
        day = FIRST_DAY + timedelta(days=place * days // count)
        yield _entry(home, row.id, _PATTERN[turn % len(_PATTERN)], place + 1, day, now)


def _entry(home: _Home, instrument_id: UUID, kind: str, sequence: int, day: date, now: str) -> _Entry:
    key = new_id()
    quantity = Decimal("4.5") if kind == "BUY" else Decimal("3.25")
    price = Decimal(10 + sequence % 89)
    fees = Decimal("0.35")
    money = quantity * price
    amount = -money - fees if kind == "BUY" else money - fees if kind == "SELL" else money
    trades = kind != "DIVIDEND"
    stored = (
        *(key, home.tenant_id, home.portfolio_id, home.account_id, sequence, kind, str(day), str(day), instrument_id),
        f"{quantity:.10f}" if trades else None,
        f"{price:.10f}" if trades else None,
        f"{fees:.8f}" if trades else None,
        *(f"{amount:.8f}", "USD", "MANUAL", 0, f"key-{sequence}", "0" * 64, now),
    )
    line = _line_maker(home, key)
    lines = [
        line("CASH", money=amount),
        line("TRADING" if trades else "INCOME", money=-money if kind != "BUY" else money),
    ]
    if trades:
        units = quantity if kind == "BUY" else -quantity
        lines += [
            line("FEES", money=fees),
            line("HOLDINGS", units=units, instrument_id=instrument_id),
            line("TRADING", units=-units, instrument_id=instrument_id),
        ]
    return stored, lines


def _line_maker(home: _Home, transaction_id: UUID) -> Callable[..., tuple[Any, ...]]:
    def line(
        book: str, *, money: Decimal | None = None, units: Decimal | None = None, instrument_id: UUID | None = None
    ) -> tuple[Any, ...]:
        owner = (new_id(), home.tenant_id, home.portfolio_id, home.account_id, transaction_id, book)
        if money is not None:
            return (*owner, "USD", f"{money:.8f}", None, None)
        return (*owner, None, None, instrument_id, f"{units:.10f}")

    return line


def instants() -> list[datetime]:
    """Return instants of all ten years."""
    return [NOW - timedelta(days=number) for number in range(1, (TODAY - FIRST_DAY).days, 173)]
