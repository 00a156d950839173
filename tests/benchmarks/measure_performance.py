"""`python -m tests.benchmarks.measure_performance`: ten years of a large portfolio, cold and warm."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from domain.infra.clock import SystemClock
from domain.kernel.actor import Actor
from domain.kernel.dates import session_close
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market import history, tables
from domain.market.models import Instrument
from domain.market.types import InstrumentKind, QuoteSource
from domain.portfolios.attribution import Grouping
from domain.portfolios.attributions import attribution, gains_of_measured
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.performances import AskedPerformance, Measured, performances
from domain.storage import statements
from domain.storage.statements import statement
from migrations import runner
from tests.factories.identity import make_person
from tests.factories.portfolios import open_portfolio
from tests.support.resources import open_test_resources

TRANSACTIONS, INSTRUMENTS, SESSIONS = 100_000, 500, 2_520
FIRST = date(2013, 1, 7)
WARM_MS, CLOSES_MS = 500.0, 50.0
_ROUNDS = 5

_INSERT = statement("""
    INSERT INTO transactions (id, tenant_id, portfolio_id, account_id, sequence, kind, trade_date, settlement_date,
        instrument_id, quantity, price, amount, currency, source, needs_review, idempotency_key, input_digest,
        recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
""")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: from nothing, with the ledger known, with all known; and of parts of the last."""

    cold: float
    ledger_known: float
    warm: float
    closes: float
    contributions: float
    sessions: int


async def measure(folder: Path, transactions: int, instruments: int, sessions: int) -> Times:
    """Build a portfolio in a database of its own and measure its performance."""
    url = f"sqlite:{folder / 'performance.sqlite3'}"
    await runner.upgrade(url)
    async with open_test_resources(url, folder, folder) as resources:
        owner = (await make_person(resources, "owner@example.com")).actor
        days = [day for number in range(2 * sessions) if (day := FIRST + timedelta(number)).weekday() < 5][:sessions]
        rows = await _add_market(resources, instruments, days)
        portfolio = await open_portfolio(resources, owner)
        await _add_ledger(resources, portfolio, rows, days, transactions)
        return await _times(resources, owner, portfolio.id, rows, days)


async def _times(
    resources: Resources, owner: Actor, portfolio_id: UUID, rows: Sequence[Instrument], days: Sequence[date]
) -> Times:
    close = session_close(days[-1])

    async def performance() -> Measured:
        asked = AskedPerformance(portfolio_id, days[0], days[-1], rows[0].symbol)
        (found,) = await performances(owner, [asked], close, resources.compute, lambda _: None)
        assert found is not None
        assert np.isfinite(found.performance.time_weighted_return)
        return found

    async def contributions() -> None:
        gains = await gains_of_measured(found, resources.compute)
        await attribution(owner, found, gains, Grouping.POSITION, resources.compute)

    async def closes() -> None:
        lines = await history.closes(list(found.past.history.market.instruments.values()), days[-1], close)
        history.carried(lines, history.sessions_of(lines, days[0].toordinal(), days[-1].toordinal()))

    cold = await _timed(performance())
    history.forget()
    ledger_known = await _timed(performance())
    found = await performance()
    return Times(
        cold,
        ledger_known,
        statistics.median([await _timed(performance()) for _ in range(_ROUNDS)]),
        statistics.median([await _timed(closes()) for _ in range(_ROUNDS)]),
        statistics.median([await _timed(contributions()) for _ in range(_ROUNDS)]),
        len(found.performance.sessions),
    )


async def _timed(doing: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await doing
    return (time.perf_counter() - begun) * 1000


async def _add_market(resources: Resources, count: int, days: Sequence[date]) -> list[Instrument]:
    rows = [
        Instrument(
            number=number,
            symbol="SP500" if number == 1 else f"P{number:03}",
            name=f"Number {number}",
            kind=InstrumentKind.STOCK,
            currency="USD",
            first_session=days[0],
            source="made up",
        )
        for number in range(1, count + 1)
    ]
    chance = np.random.default_rng(7)
    async with resources.unit_of_work(Actor(is_system=True)):
        await Instrument.bulk_create(rows)
        for row in rows:
            walk = np.round(50 * np.exp(np.cumsum(chance.normal(0.0002, 0.01, len(days)))), 4)
            known = [(row.number, day, price) for day, price in zip(days, walk.tolist(), strict=True)]
            await tables.add_closes(known, QuoteSource.HISTORY)
    return rows


async def _add_ledger(
    resources: Resources, portfolio: Portfolio, rows: Sequence[Instrument], days: Sequence[date], count: int
) -> None:
    account = await Account.get(portfolio_id=portfolio.id)
    now = str(SystemClock().now())
    head = (portfolio.tenant_id, portfolio.id, account.id)
    entries = list(_entries(head, rows, days, count, now))
    async with resources.unit_of_work(Actor(is_system=True)):
        for start in range(0, count, 10_000):
            await statements.execute_many(_INSERT, entries[start : start + 10_000])
        await Portfolio.filter(id=portfolio.id).update(version=count)


def _entries(
    head: tuple[Any, ...], rows: Sequence[Instrument], days: Sequence[date], count: int, now: str
) -> Iterator[tuple[Any, ...]]:
    for place in range(count):
        # Each turn over all instruments: bought, bought, a part sold, a dividend; and now and then money from outside.
        row, turn = rows[place % len(rows)], place // len(rows) % 4
        kind = "CONTRIBUTION" if place % 100 == 0 else ("BUY", "BUY", "SELL", "DIVIDEND")[turn]
        units = Decimal(4) if kind == "BUY" else Decimal(3)
        amount = {"CONTRIBUTION": Decimal(50_000), "BUY": -units * 50, "SELL": units * 50, "DIVIDEND": Decimal(2)}[kind]
        trades = kind in ("BUY", "SELL")
        day = str(days[place * len(days) // count])
        yield (
            *(new_id(), *head, place + 1, kind, day, day),
            None if kind == "CONTRIBUTION" else row.id,
            *((f"{units:.10f}", f"{50:.10f}") if trades else (None, None)),
            *(f"{amount:.8f}", "USD", "MANUAL", 0, f"key-{place + 1}", "0" * 64, now),
        )


def table(found: Times, transactions: int, instruments: int) -> str:
    """Return the figures in Markdown."""
    rows = [
        ("from nothing", found.cold, None),
        ("with the ledger known, no close", found.ledger_known, None),
        ("with all known", found.warm, WARM_MS),
        ("of it: the closes of all instruments", found.closes, CLOSES_MS),
        ("contributions of all positions, beside it", found.contributions, None),
    ]
    lines = [
        f"## Performance over {found.sessions:,} sessions, on SQLite",
        "",
        f"{transactions:,} transactions over {instruments} instruments.",
        "",
        "| | measured | limit |",
        "| --- | ---: | ---: |",
        *(
            f"| {title} | {value:,.0f} ms | {'' if limit is None else f'{limit:,.0f} ms'} |"
            for title, value, limit in rows
        ),
        "",
        f"Load: {os.getloadavg()[0]:.2f}.",
    ]
    return "\n".join(lines)


def report(transactions: int = TRANSACTIONS, instruments: int = INSTRUMENTS, sessions: int = SESSIONS) -> str:
    """Build, measure, and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), transactions, instruments, sessions))
    return table(found, transactions, instruments)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
