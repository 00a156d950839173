"""`python -m tests.benchmarks.measure_companies`: screens of companies at a steady rate, and how boards are loaded."""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from domain.companies.board import PLACES, Boards
from domain.companies.catalogue import METRICS
from domain.companies.preparing import prepare
from domain.companies.publishing import publish
from domain.companies.tables import read_table
from domain.companies.types import Publication, Record
from domain.infra.clock import SystemClock
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from migrations import runner
from tests.benchmarks.measure_company_search import made_companies, query_of
from tests.factories.companies import a_week_before, cross_section
from tests.support.databases import PostgresDatabases
from tests.support.graphql import OPERATIONS, GraphQLClient
from tests.support.resources import open_test_resources
from tests.support.servers import fast_storage, open_folder, start_postgres

COUNTS, SECONDS, A_SECOND = (12_500, 125_000), 6.0, 50
P95_MS, SQLITE_FACTOR, LARGE_FACTOR, HELD_MS = 60.0, 3.0, 2.0, 50.0
BEFORE, LATEST = date(2026, 8, 17), date(2026, 8, 24)
# Written by parts, each a transaction.
_PART = 12_500
_DOCUMENTS = {
    name: print_ast(document)
    for name, document in separate_operations(parse((OPERATIONS / "companies.graphql").read_text())).items()
}


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of requests at a steady rate, of the longest time that the event loop was held, and of one's CPU."""

    median: float
    p95: float
    held: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured of one database with so many companies; milliseconds but for `kinds`, by kind of screen."""

    database: str
    companies: int
    loaded: Latency
    changed: Latency
    kinds: dict[str, Latency]


def records_of(count: int, seed: int, as_of: date) -> list[Record]:
    """Return companies with all numbers: those of the generator, and the others drawn within their bounds."""
    cells = cross_section(count, seed)
    if as_of < LATEST:
        cells = a_week_before(cells, seed)
    table = read_table(list(cells), list(cells.values()))
    chance = np.random.default_rng(seed + 1)
    known = {code: numbers for code, numbers in table.numbers.items() if code in PLACES}
    for metric in METRICS:
        low, high = metric.minimum or 1.0, min(metric.maximum or 1e8, 1e6)
        drawn = np.round(chance.uniform(low, high, count), 3)
        known.setdefault(metric.code, np.where(chance.random(count) < 0.05, np.nan, drawn))
    rows = np.array([known[code] for code in PLACES]).T.tolist()
    names = [each["name"] for each in made_companies(count)]
    texts = zip(names, *(table.texts(code) for code in ("sector", "industry")), strict=True)
    return [
        Record(
            ticker=f"C{number:06}",
            texts={"name": name, "sector": sector, "industry": industry, "exchange": "XNYS", "rating": "Buy"},
            figures={code: value for code, value in zip(PLACES, row, strict=True) if value == value},  # noqa: PLR0124
            quality=97.0,
        )
        for number, (row, (name, sector, industry)) in enumerate(zip(rows, texts, strict=True))
    ]


async def make_known(resources: Resources, records: Sequence[Record], as_of: date) -> None:
    """Publish records, part by part."""
    for start in range(0, len(records), _PART):
        publication = Publication(
            source="a feed", as_of=as_of, covered=list(PLACES), records=records[start : start + _PART]
        )
        prepared = await prepare(publication, datetime(2100, 1, 1, tzinfo=UTC), resources.compute)
        async with resources.unit_of_work(SYSTEM) as work:
            await publish(work, prepared)


def _asked(kind: str, number: int) -> dict[str, Any]:
    """Return the variables of the screen of this number, no two alike."""
    some = number % 97
    ranges: dict[str, list[dict[str, Any]]] = {
        "ranges": [
            {"metric": "PER", "atLeast": 5 + some / 10, "atMost": 45},
            {"metric": "ROE", "atLeast": 1 + some / 20},
            {"metric": "MARKET_CAP_USD_MN", "atLeast": 100},
        ],
        "standings": [
            {"metric": "PER", "measure": "PERCENTILE", "within": "INDUSTRY", "atMost": 60 + some / 10},
            {"metric": "ROE", "measure": "Z_SCORE", "within": "SECTOR", "atLeast": -1 + some / 100},
        ],
        "changes": [{"metric": "PER", "measure": "CHANGE_PERCENT", "since": str(BEFORE), "atLeast": -4 + some / 50}],
    }
    order = ("ROE", "PER", "MARKET_CAP_USD_MN", "RETURN_1Y")[number % 4]
    return {
        "filter": {"metrics": ranges[kind], "not": {"industry": "Utilities 3"}},
        "orderBy": {"metric": order, "direction": "DESC" if number % 2 else "ASC"},
        "first": 50,
    }


KINDS = ("ranges", "standings", "changes", "search", "top performers")


class _Asking:
    """Asks one kind of question after another, no two alike."""

    def __init__(self, client: GraphQLClient, kind: str, companies: Sequence[dict[str, Any]]) -> None:
        self._client, self._kind, self._companies = client, kind, companies
        self._chance, self._number = random.Random(2), 0

    async def ask(self) -> None:
        """Ask once."""
        number, self._number = self._number, self._number + 1
        if self._kind == "search":
            query = query_of(number, self._companies, self._chance)[1]
            await self._client.data(_DOCUMENTS["Search"], {"query": query, "first": 10})
        elif self._kind == "top performers":
            metric = ("ROE", "PER", "DIVIDEND_YIELD", "RETURN_1Y")[number % 4]
            data = await self._client.data(_DOCUMENTS["TopPerformers"], {"metric": metric, "first": 10 + number % 90})
            assert data["topPerformers"]["edges"]
        else:
            data = await self._client.data(_DOCUMENTS["Companies"], _asked(self._kind, number))
            assert data["companies"]["edges"], self._kind


async def measure(url: str, folder: Path, count: int, seconds: float) -> Found:
    """Fill a database with companies, and measure."""
    await runner.upgrade(url)
    async with open_test_resources(url, folder, folder) as opened:
        clock = SystemClock()
        resources = replace(
            opened, clock=clock, unit_of_work=units_of_work(clock, opened.bus, opened.job_doorbell), _shared={}
        )
        latest = records_of(count, 7, LATEST)
        await make_known(resources, records_of(count, 7, BEFORE), BEFORE)
        await make_known(resources, latest, LATEST)
        client = GraphQLClient(resources)

        async def load() -> None:
            await Boards(resources).latest()

        async def follow() -> None:
            await resources.shared(Boards).latest()

        loaded = await _latency(load, 3, 1.0)
        await follow()
        await make_known(resources, latest[:100], LATEST)
        changed = await _latency(follow, 1, 1.0)
        kinds = {}
        companies = made_companies(count)
        for kind in KINDS:
            asking = _Asking(client, kind, companies)
            await asking.ask()
            kinds[kind] = await _latency(asking.ask, round(seconds * A_SECOND), 1 / A_SECOND)
        return Found("PostgreSQL" if url.startswith("postgres") else "SQLite", count, loaded, changed, kinds)


async def _latency(ask: Callable[[], Awaitable[None]], times: int, interval: float) -> Latency:
    """Ask at a steady rate, whether the answers before have come or not; what counts is when each was due."""
    took: list[float] = []
    gaps: list[float] = []

    async def one(due: float) -> None:
        await ask()
        took.append((time.perf_counter() - due) * 1000)

    watching = asyncio.create_task(_watch(gaps))
    begun, used = time.perf_counter(), time.process_time()
    asking = []
    for number in range(times):
        due = begun + number * interval
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        asking.append(asyncio.create_task(one(due)))
    await asyncio.gather(*asking)
    cpu = (time.process_time() - used) * 1000 / times
    await asyncio.sleep(0.002)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return Latency(float(np.median(took)), float(np.percentile(took, 95)), max(gaps, default=0.0), cpu)


async def _watch(gaps: list[float]) -> None:
    """Note how long the event loop does not come back, in milliseconds."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.0005)
        gaps.append((time.perf_counter() - begun) * 1000 - 0.5)


def table(found: Sequence[Found]) -> str:
    """Return the figures in Markdown."""
    bounds = (
        f"Pages of 50 companies with all 39 fields, filtered and ordered, {A_SECOND} a second: on PostgreSQL at most "
        f"{P95_MS:.0f} ms at p95, on SQLite {SQLITE_FACTOR:.0f} times that, of ten times the companies "
        f"{LARGE_FACTOR:.0f} times that; the event loop held for at most {HELD_MS:.0f} ms. Searches, and those that do "
        "best, as often: at most 20 ms."
    )
    lines = [
        "## Companies",
        "",
        bounds,
        "",
        "| database | companies | what | median | p95 | loop held | CPU |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for each in found:
        rows = {"load a board": each.loaded, "100 companies changed": each.changed, **each.kinds}
        lines += [
            f"| {each.database} | {each.companies:,} | {what} | {one.median:.1f} ms | {one.p95:.1f} ms "
            f"| {one.held:.0f} ms | {one.cpu:.1f} ms |"
            for what, one in rows.items()
        ]
    return "\n".join(lines)


async def _both(counts: Sequence[int], seconds: float) -> list[Found]:
    found = []
    with open_folder("foliograph-bench-", parent=fast_storage()) as servers, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = start_postgres(servers)
        made = PostgresDatabases(server)
        try:
            for count in counts:
                found.append(await measure(await made.empty(), folder, count, seconds))
                found.append(await measure(f"sqlite:{folder / f'{count}.sqlite3'}", folder, count, seconds))
            await made.discard_all()
        finally:
            server.stop()
    return found


def report(counts: Sequence[int] = COUNTS, seconds: float = SECONDS) -> str:
    """Measure, and return the figures in Markdown."""
    return table(asyncio.run(_both(counts, seconds)))


if __name__ == "__main__":
    print(report(tuple(int(each) for each in sys.argv[1:]) or COUNTS))
