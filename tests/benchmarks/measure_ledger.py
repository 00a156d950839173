"""How fast a large portfolio is: valued at any date, written to, rebuilt; and how that grows with its ledger."""

import asyncio
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from domain.kernel.ports import Resources
from domain.portfolios import ledgers
from domain.portfolios.examination import examination
from domain.portfolios.models import Portfolio
from tests.benchmarks.ledger_data import INSTRUMENTS, Subject, build, instants
from tests.factories.portfolios import TODAY, buy, record, value
from tests.support.resources import open_test_resources

LARGE, SMALL = 100_000, 10_000
APPENDED = 40
# How many days before the end late entries come, and how many each time.
LATE_DAYS, LATE = (1, 365, 9 * 365), 5

VALUATION_MS, APPEND_MS, LATE_MS, REBUILD_S, MEMORY_MB = 100.0, 20.0, 300.0, 10.0, 300.0
# Ten times as many transactions: linear is 10, and some more is noise.
MOST_GROWTH, MOST_APPEND_GROWTH = 15.0, 2.0


@dataclass(frozen=True, slots=True)
class Times:
    """What was measured on one portfolio: milliseconds, but for the rebuild, in seconds and megabytes."""

    transactions: int
    valuations: Sequence[float]
    appends: Sequence[float]
    late: Sequence[float]
    rebuild: float
    memory: float
    examination: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A number beside its limit."""

    title: str
    value: float
    unit: str
    limit: float

    @property
    def met(self) -> bool:
        """Whether it is within the limit."""
        return self.value <= self.limit


def measure(transactions: int, tell: Callable[[str], None], *, instruments: int = INSTRUMENTS) -> Times:
    """Build a portfolio and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        tell(f"a ledger of {transactions:,} transactions")
        subject = asyncio.run(build(Path(folder), transactions, instruments))
        seconds, megabytes = _rebuilt_alone(subject)
        valued, appended, late, examined = asyncio.run(_times(subject))
    return Times(transactions, valued, appended, late, seconds, megabytes, examined)


def report(sizes: tuple[int, int], tell: Callable[[str], None]) -> str:
    """Measure a small and a large portfolio, and return the table."""
    was_off = not gc.isenabled()
    gc.enable()  # as it is where this is served
    try:
        small, large = (measure(size, tell) for size in sizes)
    finally:
        if was_off:
            gc.disable()
    return table(figures(small, large), large)


def figures(small: Times, large: Times) -> list[Figure]:
    """Return what is aimed at."""
    return [
        Figure("valuation at any date, median", statistics.median(large.valuations), "ms", VALUATION_MS),
        Figure("valuation at any date, longest", max(large.valuations), "ms", VALUATION_MS),
        Figure("appending at the end, median", statistics.median(large.appends), "ms", APPEND_MS),
        Figure("late entry, a day to nine years before the end, longest", max(large.late), "ms", LATE_MS),
        Figure("rebuild from nothing", large.rebuild, "s", REBUILD_S),
        Figure("memory of a rebuild", large.memory, "MB", MEMORY_MB),
        Figure("rebuild, times that of a tenth", large.rebuild / small.rebuild, "×", MOST_GROWTH),
        Figure(
            "appending, times that to a tenth",
            statistics.median(large.appends) / statistics.median(small.appends),
            "×",
            MOST_APPEND_GROWTH,
        ),
    ]


def table(found: Sequence[Figure], large: Times) -> str:
    """Return the figures in Markdown."""
    lines = [
        f"## A portfolio of {large.transactions:,} transactions over 500 instruments, on SQLite",
        "",
        "| | measured | limit | |",
        "| --- | ---: | ---: | --- |",
        *(
            f"| {each.title} | {each.value:,.1f} {each.unit} | {each.limit:,.0f} {each.unit} | "
            f"{'met' if each.met else '**missed**'} |"
            for each in found
        ),
        "",
        f"Every invariant examined on every row: {large.examination / 1000:,.1f} s. Load: {os.getloadavg()[0]:.2f}.",
    ]
    return "\n".join(lines)


async def _times(subject: Subject) -> tuple[list[float], list[float], list[float], float]:
    async with open_test_resources(subject.url, subject.folder, subject.folder) as resources:
        await value(subject.owner, subject.portfolio_id)
        valued = [await _timed(value(subject.owner, subject.portfolio_id, at)) for at in instants()]
        appended = await _appended(resources, subject, APPENDED, TODAY)
        late = [
            each
            for back in LATE_DAYS
            for each in await _appended(resources, subject, LATE, TODAY - timedelta(days=back))
        ]
        examined = await _timed(examination(subject.owner, subject.portfolio_id))
        found = await examination(subject.owner, subject.portfolio_id)
        assert found is not None
        assert found.holds, [check for check in found.checks if not check.holds]
    return valued, appended, late, examined


async def _appended(resources: Resources, subject: Subject, count: int, day: date) -> list[float]:
    times = []
    for number in range(count):
        entry = buy(subject.symbols[number % len(subject.symbols)], "1.5", "10", day, settlement_date=day)
        times.append(await _timed(record(resources, subject.owner, subject.portfolio_id, entry)))
    return times


async def _timed(doing: Awaitable[object]) -> float:
    """Return the milliseconds that this takes; nothing of it has begun before."""
    begun = time.perf_counter()
    await doing
    return (time.perf_counter() - begun) * 1000


def _rebuilt_alone(subject: Subject) -> tuple[float, float]:
    """Return the seconds and the megabytes of a rebuild in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.measure_ledger"]
    command += [subject.url, str(subject.folder), str(subject.portfolio_id)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    seconds, megabytes = json.loads(told.stdout)
    return seconds, megabytes


async def _rebuild(url: str, folder: Path, portfolio_id: UUID) -> tuple[float, float]:
    async with open_test_resources(url, folder, folder):
        portfolio = await Portfolio.get(id=portfolio_id)
        gc.collect()
        before, begun = _resident(), time.perf_counter()
        found = await ledgers.ledger(portfolio)
        seconds = time.perf_counter() - begun
        assert found.version == portfolio.version
        return seconds, _peak() - before


def _resident() -> float:
    """Return the megabytes that this process has in memory now; where only the most is told, that."""
    pages = Path("/proc/self/statm")
    if not pages.exists():
        return _peak()
    return int(pages.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1024**2


def _peak() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        # What `getrusage` says begins with what the process that started this one had.
        told = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(told.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes, but bytes on macOS.
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


def main() -> None:
    """Rebuild one ledger, and say how long it took and how much memory."""
    url, folder, portfolio_id = sys.argv[1:]
    print(json.dumps(asyncio.run(_rebuild(url, Path(folder), UUID(portfolio_id)))))


if __name__ == "__main__":
    main()
