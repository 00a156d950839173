"""`python -m tests.benchmarks.measure_company_pipeline`: a file of figures to the gate, through it, corrected, back."""

import asyncio
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from domain.companies.pipeline.deciding import decide_corrections, roll_back_corrections
from domain.companies.pipeline.ingesting import ingest
from domain.companies.pipeline.models import CorrectionBatch
from domain.companies.pipeline.releasing import publish_run, roll_back_run
from domain.companies.pipeline.types import Decision, RunState
from domain.kernel.dates import trade_day
from domain.kernel.ports import Resources
from migrations import runner
from tests.factories.companies import Cells, a_week_before
from tests.factories.company_files import ADMIN, csv_of, no_report, start
from tests.factories.wide_companies import wide_cross_section
from tests.support.databases import PostgresDatabases
from tests.support.resources import open_test_resources
from tests.support.servers import ServerMissing, open_folder, start_postgres

SIZES = (1_250, 12_500)
LIMITS = {1_250: 2.0, 12_500: 15.0}
HELD_MS, MEMORY_MB = 50.0, 300.0
# Cells with a percent sign: 4 in 100 companies, which the gate lets through.
_SPOILED = 25


@dataclass(frozen=True, slots=True)
class Step:
    """Seconds that one step took, seconds of CPU in this process, and the longest time that it held the event loop, in
    milliseconds; the most memory meanwhile, in MB.
    """

    name: str
    seconds: float
    busy: float
    held: float
    memory: float


async def measure(url: str, folder: Path, companies: int) -> list[Step]:
    """Carry two weeks of so many companies through the pipeline, in a database of their own."""
    await runner.upgrade(url)
    wide = wide_cross_section(companies, 3)
    weeks = [csv_of(_spoiled({**wide, **a_week_before(wide, 4)})), csv_of(_spoiled(wide))]
    async with open_test_resources(url, folder, folder) as resources:
        today = trade_day(resources.clock.now())
        # As the server does once it has started.
        gc.collect()
        gc.freeze()
        steps = [await _timed("start", asyncio.sleep(0))]
        runs = []
        for number, data in enumerate(weeks):
            run = await start(resources, data, as_of=today - timedelta(days=7 * (1 - number)))
            runs.append(run.id)
            steps.append(await _timed(f"week {number + 1}: to the gate", _ingest(resources, run.id)))
            steps.append(await _timed(f"week {number + 1}: published", _publish(resources, run.id)))
        second = runs[1]
        decide = decide_corrections(resources, ADMIN, second, Decision.APPROVE)
        steps.append(await _timed("corrections approved and published", decide))
        (batch,) = await CorrectionBatch.all()
        steps.append(await _timed("corrections rolled back", roll_back_corrections(resources, ADMIN, batch.id)))
        steps.append(await _timed("run rolled back", _roll_back(resources, second)))
        return steps


async def _ingest(resources: Resources, run_id: Any) -> None:
    found = await ingest(resources, run_id, no_report)
    assert found["state"] in (RunState.GATE_PASSED, RunState.GATE_BLOCKED), found


async def _publish(resources: Resources, run_id: Any) -> None:
    await publish_run(resources, ADMIN, run_id, override_reason="measured")


async def _roll_back(resources: Resources, run_id: Any) -> None:
    async with resources.unit_of_work(ADMIN) as work:
        await roll_back_run(work, run_id)


def _spoiled(cells: Cells) -> Cells:
    margins = [
        f"{float(text) * 100:.2f}%" if text and row % _SPOILED == 0 else text
        for row, text in enumerate(cells["net_margin"])
    ]
    return {**cells, "net_margin": margins}


async def _timed(name: str, step: Awaitable[object]) -> Step:
    gaps: list[float] = []
    memory = [_resident()]
    watching = asyncio.create_task(_watch(gaps, memory))
    await asyncio.sleep(0)
    begun, busy = time.perf_counter(), time.process_time()
    await step
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    await asyncio.sleep(0.002)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return Step(name, seconds, busy, max(gaps, default=0.0), max(memory))


async def _watch(gaps: list[float], memory: list[float]) -> None:
    """Note how long the event loop does not come back, in milliseconds, and how much memory there is, in MB."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.0005)
        gaps.append((time.perf_counter() - begun) * 1000 - 0.5)
        if len(gaps) % 50 == 0:
            memory.append(_resident())


def _resident() -> float:
    """Return the memory that this process has, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def table(database: str, companies: int, columns: int, steps: Sequence[Step]) -> str:
    """Return the figures in Markdown."""
    limit = LIMITS.get(companies)
    before, whole = steps[0].memory, steps[3].seconds + steps[4].seconds
    wanted = "" if limit is None else f", to be at most {limit:g} s"
    lines = [
        f"## {companies:,} companies of {columns} columns through the pipeline, on {database}",
        "",
        "| | s | s of CPU | loop held | memory |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(_row(step, before) for step in steps[1:]),
        "",
        f"Whole, with a week before: {whole:.2f} s{wanted}. The loop is to be held {HELD_MS:g} ms at most, and",
        f"{MEMORY_MB:g} MB to be taken beside the {before:,.0f} MB of the start. Load: {os.getloadavg()[0]:.2f}.",
        "",
    ]
    return "\n".join(lines)


def _row(step: Step, before: float) -> str:
    taken = step.memory - before
    return f"| {step.name} | {step.seconds:.2f} | {step.busy:.2f} | {step.held:,.0f} ms | {taken:,.0f} MB |"


async def _on_sqlite(companies: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        steps = await measure(f"sqlite:{Path(name) / 'companies.sqlite3'}", Path(name), companies)
        return table("SQLite", companies, len(wide_cross_section(30, 3)), steps)


async def _on_postgres(companies: int) -> str:
    with open_folder("foliograph-postgres-") as folder, tempfile.TemporaryDirectory() as name:
        try:
            server = start_postgres(folder)
        except ServerMissing as missing:
            return f"No PostgreSQL: {missing}\n"
        try:
            url = await PostgresDatabases(server).empty()
            steps = await measure(url, Path(name), companies)
            return table("PostgreSQL", companies, len(wide_cross_section(30, 3)), steps)
        finally:
            server.stop()


_DATABASES: dict[str, Callable[[int], Awaitable[str]]] = {"sqlite": _on_sqlite, "postgres": _on_postgres}


def report(sizes: Sequence[int] = SIZES) -> str:
    """Measure each size on each database in a process of its own, and return the figures in Markdown."""
    told = []
    for size in sizes:
        for database in _DATABASES:
            command = [sys.executable, "-m", "tests.benchmarks.measure_company_pipeline", database, str(size)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            told.append(done.stdout if done.returncode == 0 else f"{database}, {size}: {done.stderr[-500:]}\n")
    return "\n".join(told)


async def _main(database: str, companies: int) -> None:
    print(await _DATABASES[database](companies))


if __name__ == "__main__":
    # One size and database in a process: the peak of memory is that of the process.
    if len(sys.argv) > 1:
        asyncio.run(_main(sys.argv[1], int(sys.argv[2])))
    else:
        print(report())
