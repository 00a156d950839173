"""Both engines on the same table: in one process, and across processes through a real Redis."""

import asyncio
import os
import signal
import time
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from domain.infra.clock import SystemClock
from domain.infra.doorbell import SaqDoorbell, open_doorbell
from domain.infra.transaction import units_of_work
from domain.jobs import commands
from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.ids import new_id
from domain.kernel.jobs import JobSpec, JobState
from tests.support.left_out import leave_out
from tests.support.servers import ServerMissing, start_redis
from workers import engines, registry, runner
from workers.engines import open_engine

OWNER = Actor(user_id=new_id())
SPEC = JobSpec(kind="test.job", timeout=30.0, attempts=3, retry_delay=0.1)


class Deaf:
    """A doorbell that nobody hears."""

    async def ring(self, job_id):
        pass


@asynccontextmanager
async def ported(resources, redis_url):
    """The same ports in real time, with a doorbell of their own."""
    clock = SystemClock()
    async with open_doorbell(redis_url) as doorbell:
        work = units_of_work(clock, resources.bus, doorbell)
        yield replace(resources, clock=clock, job_doorbell=doorbell, unit_of_work=work)


@pytest.fixture(params=["embedded", "saq"])
def own_redis_url(request):
    return request.getfixturevalue("redis_url") if request.param == "saq" else None


@pytest.fixture
async def ports(resources, own_redis_url):
    async with ported(resources, own_redis_url) as opened:
        yield opened


@pytest.fixture
def enqueue(ports):
    async def run(spec=SPEC, *, unheard=False, **arguments):
        opened = units_of_work(ports.clock, ports.bus, Deaf()) if unheard else ports.unit_of_work
        async with opened(OWNER) as work:
            return await work.enqueue(spec, arguments)

    return run


@pytest.fixture
def handle(monkeypatch):
    def register(handler, spec=SPEC):
        monkeypatch.setitem(registry._HANDLERS, spec.kind, (spec, handler))

    return register


async def ended(*job_ids, seconds=10.0):
    """Wait until jobs have ended, and return their rows."""
    async with asyncio.timeout(seconds):
        while True:
            rows = [await Job.get(id=job_id) for job_id in job_ids]
            if all(row.state.is_final for row in rows):
                return rows
            await asyncio.sleep(0.02)


async def test_a_job_is_run_as_soon_as_it_is_asked_for(ports, enqueue, handle):
    async def handler(run):
        return {"size": run.arguments["size"]}

    handle(handler)
    async with open_engine(ports):
        # The engine has looked once, and waits.
        await asyncio.sleep(0.3)
        started = time.monotonic()
        (row,) = await ended(await enqueue(size=3))

    assert (row.state, row.attempts, row.result) == (JobState.SUCCEEDED, 1, '{"size": 3}')
    assert time.monotonic() - started < engines._SWEEP_SECONDS * 0.75


async def test_a_job_whose_doorbell_was_not_heard_is_found_by_the_sweep(ports, enqueue, handle, monkeypatch):
    monkeypatch.setattr(engines, "_SWEEP_SECONDS", 0.2)

    async def handler(run):
        return None

    handle(handler)
    waiting = await enqueue(unheard=True)
    async with open_engine(ports):
        await ended(waiting, seconds=5)
        (row,) = await ended(await enqueue(unheard=True), seconds=5)

    assert (row.state, row.attempts) == (JobState.SUCCEEDED, 1)


async def test_a_job_that_fails_is_tried_again(ports, enqueue, handle, monkeypatch):
    monkeypatch.setattr(engines, "_SWEEP_SECONDS", 0.2)
    calls = []

    async def handler(run):
        calls.append(time.monotonic())
        if len(calls) < 3:
            raise RuntimeError
        return {}

    handle(handler)
    async with open_engine(ports):
        (row,) = await ended(await enqueue())

    assert (row.state, row.attempts, len(calls)) == (JobState.SUCCEEDED, 3, 3)
    assert calls[1] - calls[0] >= 0.1
    assert calls[2] - calls[1] >= 0.2


async def test_each_of_many_jobs_is_run_once_and_two_at_a_time(ports, enqueue, handle):
    runs, now, most = [], 0, 0

    async def handler(run):
        nonlocal now, most
        now += 1
        most = max(most, now)
        runs.append(run.arguments["n"])
        await asyncio.sleep(0.02)
        now -= 1

    handle(handler)
    async with open_engine(ports):
        rows = await ended(*[await enqueue(n=n) for n in range(20)], seconds=20)

    assert {(row.state, row.attempts) for row in rows} == {(JobState.SUCCEEDED, 1)}
    assert sorted(runs) == list(range(20))
    assert most == 2


async def test_a_job_is_cancelled_while_it_runs(ports, enqueue, handle):
    begun = asyncio.Event()

    async def handler(run):
        while True:
            await run.report(0.5)
            begun.set()
            await asyncio.sleep(0.02)

    handle(handler)
    async with open_engine(ports):
        job_id = await enqueue()
        await begun.wait()
        async with ports.unit_of_work(OWNER) as work:
            await commands.cancel(work, job_id)
        (row,) = await ended(job_id)

    assert (row.state, row.progress) == (JobState.CANCELLED, 0.5)


async def test_a_job_of_a_worker_that_died_is_taken_over(ports, enqueue, handle, monkeypatch):
    monkeypatch.setattr(runner, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(runner, "_RENEW_SECONDS", 0.25)
    monkeypatch.setattr(engines, "_SWEEP_SECONDS", 0.2)
    runs = []

    async def handler(run):
        runs.append(time.monotonic())

    handle(handler)
    job_id = await enqueue(unheard=True)
    # Another worker has started it, and says nothing more.
    async with ports.unit_of_work(SYSTEM) as work:
        await commands.claim(work, job_id, lease_seconds=1.0)
    claimed = time.monotonic()
    async with open_engine(ports):
        (row,) = await ended(job_id)

    assert (row.state, row.attempts, len(runs)) == (JobState.SUCCEEDED, 2, 1)
    assert 0.9 < runs[0] - claimed < 4


async def test_an_engine_that_is_closed_leaves_nothing_running(ports, enqueue, handle):
    begun, let_go = asyncio.Event(), []

    async def handler(run):
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            # It still reaches the database.
            let_go.append(await Job.all().count())

    handle(handler)
    before = asyncio.all_tasks()
    started = time.monotonic()
    async with open_engine(ports):
        job_id = await enqueue()
        await begun.wait()
        started = time.monotonic()

    assert time.monotonic() - started < 2
    assert let_go == [1]
    assert (await Job.get(id=job_id)).state is JobState.RUNNING
    left = {task for task in asyncio.all_tasks() - before if "worker" in repr(task.get_coro()).lower()}
    assert left == set()


async def test_an_engine_outlives_what_it_cannot_run(ports, enqueue, handle, monkeypatch):
    """What goes wrong outside the handler is left to the sweep, and the next job is run all the same."""
    monkeypatch.setattr(engines, "_SWEEP_SECONDS", 0.2)
    broken = [True]

    async def run_job_of_an_outage(*arguments, **named):
        if broken:
            broken.clear()
            raise ConnectionResetError("the database is away")
        return await runner.run_job(*arguments, **named)

    async def handler(run):
        return None

    monkeypatch.setattr(engines, "run_job", run_job_of_an_outage)
    handle(handler)
    async with open_engine(ports):
        (row,) = await ended(await enqueue(), seconds=5)

    assert (row.state, row.attempts, broken) == (JobState.SUCCEEDED, 1, [])


@pytest.fixture
def databases(sqlite_databases, request):
    """One engine of databases is enough for what Redis does."""
    return sqlite_databases


@pytest.fixture
def server(server_folder):
    try:
        started = start_redis(server_folder)
    except ServerMissing as missing:
        leave_out(str(missing))
    yield started
    started.kill()


@pytest.mark.faults
async def test_a_redis_that_is_away_or_frozen_holds_nobody_up(resources, server):
    async with ported(resources, server.url) as ports:
        assert isinstance(ports.job_doorbell, SaqDoorbell)

        async def ask():
            started = time.monotonic()
            async with ports.unit_of_work(OWNER) as work:
                await work.enqueue(SPEC, {})
            return time.monotonic() - started

        assert await ask() < 1
        os.kill(server.pid, signal.SIGSTOP)
        try:
            assert await ask() < 2
        finally:
            os.kill(server.pid, signal.SIGCONT)
        server.kill()
        assert await ask() < 2
        await asyncio.to_thread(server.start)
        assert await ask() < 2

    assert await Job.all().count() == 4


@pytest.mark.faults
async def test_jobs_go_on_after_redis_was_killed(resources, server, handle, monkeypatch):
    monkeypatch.setattr(engines, "_SWEEP_SECONDS", 0.2)

    async def handler(run):
        return None

    handle(handler)
    async with ported(resources, server.url) as ports, open_engine(ports):

        async def ask():
            async with ports.unit_of_work(OWNER) as work:
                return await work.enqueue(SPEC, {})

        await ended(await ask())
        server.kill()
        missed = await ask()
        await asyncio.sleep(1)
        await asyncio.to_thread(server.start)
        rows = await ended(missed, await ask(), seconds=20)

    assert {row.state for row in rows} == {JobState.SUCCEEDED}


@pytest.mark.faults
async def test_an_engine_can_be_started_before_redis(resources, server, handle, monkeypatch):
    monkeypatch.setattr(engines, "_SWEEP_SECONDS", 0.2)

    async def handler(run):
        return None

    handle(handler)
    server.kill()
    async with ported(resources, server.url) as ports, open_engine(ports):
        async with ports.unit_of_work(OWNER) as work:
            job_id = await work.enqueue(SPEC, {})
        await asyncio.sleep(1.5)
        await asyncio.to_thread(server.start)
        (row,) = await ended(job_id, seconds=20)

    assert row.state is JobState.SUCCEEDED


@pytest.mark.faults
async def test_two_engines_share_the_work(resources, redis_url, handle):
    runs = []

    async def handler(run):
        runs.append(run.arguments["n"])
        await asyncio.sleep(0.02)

    handle(handler)
    async with (
        ported(resources, redis_url) as first,
        ported(resources, redis_url) as second,
        open_engine(first),
        open_engine(second),
    ):
        made = []
        for n in range(20):
            async with first.unit_of_work(OWNER) as work:
                made.append(await work.enqueue(SPEC, {"n": n}))
        rows = await ended(*made, seconds=20)

    assert {(row.state, row.attempts) for row in rows} == {(JobState.SUCCEEDED, 1)}
    assert sorted(runs) == list(range(20))


async def test_a_queue_that_goes_away_while_a_job_ends_is_no_fault_of_the_worker(monkeypatch):
    async def lost(worker):
        raise ConnectionError("connection refused")

    monkeypatch.setattr("saq.Worker.process", lost)
    worker = object.__new__(engines._QuietWorker)

    assert await worker.process() is False
