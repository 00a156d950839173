"""`python -m tests.benchmarks.measure_risk`: all risk of a portfolio in one query, and of many after the close."""

import asyncio
import gc
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from domain.calculations import answers
from domain.calculations.models import CalculationRun
from domain.kernel.actor import Actor
from domain.kernel.dates import session_close
from domain.kernel.ports import Resources
from domain.market import history, tables
from domain.market.models import Instrument
from domain.market.types import InstrumentKind, QuoteSource
from domain.portfolios import histories, valuations
from domain.risk import reading
from domain.risk.batch import BATCH, risk_runs, store_runs
from domain.risk.builtin_factors import BUILT_IN
from migrations import runner
from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.factories.portfolios import FRIDAY, buy, contribution, open_portfolio, record, weekdays_until
from tests.support.graphql import GraphQLClient
from tests.support.resources import open_test_resources

POSITIONS, SESSIONS, ROUNDS = 63, 1_260, 20
PORTFOLIOS = (50, 200)
COLD_MS, STORED_MS, HELD_MS = 200.0, 20.0, 50.0
FEW = 10

QUERY = """
query($id: ID!, $from: Date!, $to: Date!, $at: DateTime!) {
  portfolio(id: $id) {
    id
    risk(from: $from, to: $to) {
      id volatility sharpeRatio maxDrawdown beta
      historical: valueAtRisk { fraction amount }
      normal: valueAtRisk(method: NORMAL) { fraction amount }
      contributions { symbol contribution }
    }
    factorExposures(asOf: $at) { id rSquared exposures { factor { code } beta } }
    stressTest(scenario: "PANDEMIC_2020", asOf: $at) { id fraction }
    greeks(asOf: $at) { id delta deltaAdjustedExposure }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one query: median, 95th percentile, and the longest time that it held the event loop."""

    median: float
    p95: float
    held: float


@dataclass(frozen=True, slots=True)
class Times:
    """From nothing, with closes in memory, with runs that another process has stored, with runs stored and their
    data in memory, with all of it in memory; and seconds of batches by size.
    """

    nothing: Latency
    new: Latency
    foreign: Latency
    stored: Latency
    kept: Latency
    batches: dict[int, float]


async def measure(
    folder: Path, positions: int, sessions: int, rounds: int, portfolios: Sequence[int] = PORTFOLIOS
) -> Times:
    """Build a market and portfolios in a database of its own, and measure what risk costs."""
    url = f"sqlite:{folder / 'risk.sqlite3'}"
    await runner.upgrade(url)
    async with open_test_resources(url, folder, folder) as resources:
        owner = (await make_person(resources, "owner@example.com")).actor
        days = weekdays_until(FRIDAY, sessions)
        symbols = await add_market(resources, positions, days)
        key = global_id("Portfolio", await hold(resources, owner, symbols, days[0]))
        client = GraphQLClient(resources, owner)
        # As the server does once it has started.
        gc.collect()
        gc.freeze()

        async def ask(last: date) -> None:
            given = {"id": key, "from": str(days[0]), "to": str(last), "at": session_close(last).isoformat()}
            await client.data(QUERY, given)

        async def forget_all() -> None:
            history.forget()
            await forget_runs()

        async def forget_runs() -> None:
            await forget_data()
            await CalculationRun.all().delete()

        async def forget_data() -> None:
            await forget_answers()
            reading._remembered.clear()
            reading._returns_kept.clear()
            valuations._past.clear()
            histories._columns.clear()

        async def forget_answers() -> None:
            await resources.runs.settle()
            answers._kept.clear()

        async def forget_nothing() -> None:
            await resources.runs.settle()

        async def timed(before: Callable[[], Awaitable[None]]) -> Latency:
            return await _latency(rounds, before, lambda: ask(days[-1]))

        await ask(days[-1])
        nothing, new = await timed(forget_all), await timed(forget_runs)
        foreign = await timed(forget_data)
        stored, kept = await timed(forget_answers), await timed(forget_nothing)
        batches = {count: await _batch(resources, owner, symbols, days, count) for count in portfolios}
        return Times(nothing, new, foreign, stored, kept, batches)


async def _latency(rounds: int, before: Callable[[], Awaitable[None]], ask: Callable[[], Awaitable[None]]) -> Latency:
    took, held = [], []
    for _ in range(rounds):
        await before()
        gaps: list[float] = []
        watching = asyncio.create_task(_watch(gaps))
        await asyncio.sleep(0)
        begun = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0.002)
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        held.append(max(gaps, default=0.0))
    return Latency(float(np.median(took)), float(np.percentile(took, 95)), max(held))


async def _watch(gaps: list[float]) -> None:
    """Note how long the event loop does not come back, in milliseconds."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.0005)
        gaps.append((time.perf_counter() - begun) * 1000 - 0.5)


async def add_market(resources: Resources, count: int, days: Sequence[date]) -> list[str]:
    """Add shares, and all that factors stand on; return the symbols of the shares."""
    proxies = sorted({row.proxy for row in BUILT_IN if row.is_active})
    symbols = [*(f"P{number:03}" for number in range(count)), *proxies]
    chance = np.random.default_rng(7)
    market = chance.normal(0.0003, 0.01, len(days))
    async with resources.unit_of_work(Actor(is_system=True)):
        for number, symbol in enumerate(symbols, 1):
            own = 0.0 if symbol == "SP500" else chance.normal(0, 0.01, len(days))
            await Instrument.create(
                number=number,
                symbol=symbol,
                name=symbol,
                kind=InstrumentKind.STOCK if number <= count else InstrumentKind.ETF,
                currency="USD",
                first_session=days[0],
                source="made up",
            )
            closes = np.round(50 * np.exp(np.cumsum(market + own)), 4).tolist()
            known = [(number, day, price) for day, price in zip(days, closes, strict=True)]
            await tables.add_closes(known, QuoteSource.HISTORY)
    return symbols[:count]


async def hold(resources: Resources, owner: Actor, symbols: Sequence[str], day: date) -> UUID:
    """Open a portfolio that buys all of these on a day; return its id."""
    portfolio = await open_portfolio(resources, owner)
    entries = [buy(symbol, str(1 + place % 7), "50", day) for place, symbol in enumerate(symbols)]
    await record(resources, owner, portfolio.id, contribution("100000", day), *entries)
    key: UUID = portfolio.id
    return key


def some(symbols: Sequence[str], place: int) -> list[str]:
    """Return ten of the symbols: others at each place."""
    return sorted({symbols[(place + step * 7) % len(symbols)] for step in range(min(FEW, len(symbols)))})


async def _batch(resources: Resources, owner: Actor, symbols: Sequence[str], days: Sequence[date], count: int) -> float:
    """Return the seconds that it takes to compute the usual numbers of so many new portfolios of ten positions."""
    ids = [await hold(resources, owner, some(symbols, place), days[0]) for place in range(count)]
    now = session_close(days[-1]) + timedelta(hours=1)
    begun = time.perf_counter()
    for start in range(0, count, BATCH):
        runs = await risk_runs(ids[start : start + BATCH], days[-1], now, resources.compute, resources.clock)
        async with resources.unit_of_work(Actor(is_system=True)) as work:
            await store_runs(work, runs)
    return time.perf_counter() - begun


def table(found: Times, positions: int, sessions: int) -> str:
    """Return the figures in Markdown."""
    rows = [
        ("from nothing: no close in memory, no run stored", found.nothing, None),
        ("closes in memory, no run stored", found.new, COLD_MS),
        ("runs stored by another process", found.foreign, COLD_MS),
        ("runs stored", found.stored, STORED_MS),
        ("runs in memory", found.kept, STORED_MS),
    ]
    lines = [
        f"## Risk of {positions} positions over {sessions:,} sessions in one query, on SQLite",
        "",
        f"At 95 %. The event loop is to be held {HELD_MS:.0f} ms at most.",
        "",
        "| | median | p95 | limit | loop held |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            f"| {title} | {each.median:,.0f} ms | {each.p95:,.0f} ms | {'' if limit is None else f'{limit:,.0f} ms'} | "
            f"{each.held:,.0f} ms |"
            for title, each, limit in rows
        ),
        "",
        *(
            f"The usual numbers of {count} portfolios of {FEW}: {seconds:.1f} s, {count / seconds:.0f} a second"
            for count, seconds in found.batches.items()
        ),
        "",
        f"Load: {os.getloadavg()[0]:.2f}.",
    ]
    return "\n".join(lines)


def report(positions: int = POSITIONS, sessions: int = SESSIONS, rounds: int = ROUNDS) -> str:
    """Build, measure, and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), positions, sessions, rounds))
    return table(found, positions, sessions)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
