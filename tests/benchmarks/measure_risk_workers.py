"""`python -m tests.benchmarks.measure_risk_workers`: the risk of many portfolios, by one worker process and by several.

On PostgreSQL and Redis, as `docker-compose.yml` has them.  Not a part of `make bench`, whose processes share one core.
What workers use of the processor is told beside: they share the cores with PostgreSQL and with whatever else runs.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from domain.calculations.models import CalculationRun
from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM
from domain.kernel.jobs import JobState
from domain.kernel.ports import Resources
from domain.risk.jobs import COMPUTE_RISK
from tests.benchmarks.measure_risk import FEW, POSITIONS, SESSIONS, add_market, hold, some
from tests.factories.identity import make_person
from tests.factories.portfolios import FRIDAY, weekdays_until
from tests.support.processes import Process, migrate, worker
from tests.support.resources import open_test_resources
from tests.support.servers import fast_storage, open_folder, start_postgres, start_redis

# Four jobs of a hundred each.
PORTFOLIOS, WORKERS = 400, (1, 2)
_PATIENCE = 300.0
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Batch:
    """How long so many workers took for all portfolios, in seconds, and what they used of the processor for it."""

    workers: int
    portfolios: int
    seconds: float
    busy: float
    runs: int


async def measure(folder: Path, portfolios: int, workers: Sequence[int], sessions: int = SESSIONS) -> list[Batch]:
    """Build a market and portfolios in a database of its own, and have workers compute the risk of all of them."""
    postgres, redis = start_postgres(folder / "postgres"), start_redis(folder / "redis")
    settings = {
        "FOLIOGRAPH_PROFILE": "development",
        "FOLIOGRAPH_DATA_DIR": str(folder / "state"),
        "FOLIOGRAPH_DATABASE_URL": postgres.url,
        "FOLIOGRAPH_REDIS_URL": redis.url,
    }
    try:
        await migrate(**settings)
        async with open_test_resources(postgres.url, folder / "own", folder / "state" / "keys") as resources:
            await _build(resources, portfolios, weekdays_until(FRIDAY, sessions))
            return [await _computed(resources, folder, settings, each) for each in workers]
    finally:
        redis.stop()
        postgres.stop()


async def _build(resources: Resources, portfolios: int, days: Sequence[date]) -> None:
    owner = (await make_person(resources, "owner@example.com")).actor
    symbols = await add_market(resources, POSITIONS, days)
    for place in range(portfolios):
        await hold(resources, owner, some(symbols, place), days[0])


async def _computed(resources: Resources, folder: Path, settings: Mapping[str, str], count: int) -> Batch:
    """Have so many fresh workers compute all, from the start of the first job of a hundred to the end of the last."""
    await CalculationRun.all().delete()
    await Job.all().delete()
    async with _workers(folder, settings, count) as processes:
        before = sum(map(_seconds_of, processes))
        async with resources.unit_of_work(SYSTEM) as work:
            await work.enqueue(COMPUTE_RISK, {"session": FRIDAY.isoformat()})
        parts = await _done()
        busy = sum(map(_seconds_of, processes)) - before
    seconds = (max(end for _, end in parts) - min(start for start, _ in parts)).total_seconds()
    return Batch(count, await _portfolios(), seconds, busy, await CalculationRun.all().count())


@asynccontextmanager
async def _workers(folder: Path, settings: Mapping[str, str], count: int) -> AsyncIterator[list[Process]]:
    processes = [worker(f"worker-{count}-{number}", folder / "logs", **settings) for number in range(count)]
    try:
        for process in processes:
            process.launch()
        for process in processes:
            await process.wait_until_ready()
        yield processes
    finally:
        for process in processes:
            if process.is_running:
                await process.end()


async def _done() -> list[tuple[datetime, datetime]]:
    """Wait until all jobs are done; return when each has begun and ended, without the first, which asks for others."""
    async with asyncio.timeout(_PATIENCE):
        while await Job.filter(state__in=(JobState.QUEUED, JobState.RUNNING)).exists():  # noqa: ASYNC110 (of others)
            await asyncio.sleep(_LOOK_SECONDS)
    first, *others = await Job.all().order_by("id")
    assert {job.state for job in (first, *others)} == {JobState.SUCCEEDED}, first.failure_message
    return [(job.started_at, job.finished_at) for job in others or [first]]


async def _portfolios() -> int:
    return len(set(await CalculationRun.all().values_list("subject_id", flat=True)))


def _seconds_of(process: Process) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table(found: Sequence[Batch], cores: int) -> str:
    """Return the figures in Markdown."""
    return "\n".join(
        [
            f"## Risk of many portfolios of {FEW}, by worker processes on PostgreSQL",
            "",
            f"{cores} cores, for PostgreSQL as well.",
            "",
            "| workers | portfolios | seconds | ms a portfolio | ms of processor | runs |",
            "| ---: | ---: | ---: | ---: | ---: | ---: |",
            *(
                f"| {each.workers} | {each.portfolios} | {each.seconds:.1f} | "
                f"{1_000 * each.seconds / each.portfolios:.1f} | {1_000 * each.busy / each.portfolios:.1f} | "
                f"{each.runs} |"
                for each in found
            ),
            "",
            f"Load: {os.getloadavg()[0]:.2f}.",
        ]
    )


def report(portfolios: int = PORTFOLIOS, workers: Sequence[int] = WORKERS) -> str:
    """Build, measure, and return the table.  Raises `ServerMissing` without PostgreSQL or Redis."""
    with open_folder("foliograph-workers-", parent=fast_storage()) as folder:
        found = asyncio.run(measure(folder, portfolios, workers))
    return table(found, len(os.sched_getaffinity(0)))


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
