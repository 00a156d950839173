"""Running one job: whatever its handler does, the job's row says what came of it."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.infra.clock import SystemClock
from domain.infra.transaction import units_of_work
from domain.jobs import commands
from domain.jobs.events import JobChanged
from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.errors import InvalidInput, NotFound, Unavailable
from domain.kernel.ids import new_id
from domain.kernel.jobs import JobSpec, JobState
from workers import registry, runner
from workers.runner import run_job

OWNER = Actor(user_id=new_id())
SPEC = JobSpec(kind="test.job", timeout=5.0, attempts=2, retry_delay=60.0)


@pytest.fixture
def job(resources, monkeypatch):
    """Enqueue a job that this handler carries out; return its id."""

    async def make(handler, spec=SPEC):
        monkeypatch.setitem(registry._HANDLERS, spec.kind, (spec, handler))
        async with resources.unit_of_work(OWNER) as work:
            return await work.enqueue(spec, {"size": 3})

    return make


def raising(error):
    async def handler(run):
        raise error

    return handler


async def test_what_a_handler_returns_is_kept(resources, job):
    async def handler(run):
        assert run.resources is resources
        return {"doubled": run.arguments["size"] * 2}

    job_id = await job(handler)

    assert await run_job(resources, job_id) is True

    row = await Job.get(id=job_id)
    assert (row.state, row.attempts, row.progress, json.loads(row.result)) == (
        JobState.SUCCEEDED,
        1,
        1.0,
        {"doubled": 6},
    )
    assert await run_job(resources, job_id) is False


async def test_nothing_to_return_is_nothing(resources, job):
    async def handler(run):
        return None

    job_id = await job(handler)
    await run_job(resources, job_id)

    row = await Job.get(id=job_id)
    assert row.state is JobState.SUCCEEDED
    assert [row.result] == [None]


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (InvalidInput("expected a fish, got a bird"), "INVALID_INPUT", "expected a fish, got a bird"),
        (NotFound("no such portfolio"), "NOT_FOUND", "no such portfolio"),
        (Unavailable("later"), "UNAVAILABLE", "later"),
        (ConnectionRefusedError("10.0.0.7 refused"), "UNAVAILABLE", "the database does not answer; try again"),
        (RuntimeError("the password is hunter2"), "INTERNAL", "internal error; see the log"),
        (KeyError("session"), "INTERNAL", "internal error; see the log"),
    ],
)
async def test_a_failure_is_explained_without_the_inside(resources, job, clock, error, code, message):
    job_id = await job(raising(error))

    assert await run_job(resources, job_id) is True

    row = await Job.get(id=job_id)
    assert (row.state, row.failure_code, row.failure_message) == (JobState.QUEUED, code, message)
    assert row.due_at == clock.now() + timedelta(seconds=60)
    assert await run_job(resources, job_id) is False
    clock.advance(seconds=60)
    assert await run_job(resources, job_id) is True
    assert (await Job.get(id=job_id)).state is JobState.FAILED


async def test_a_second_attempt_may_succeed(resources, job, clock):
    calls = []

    async def handler(run):
        calls.append(run)
        if len(calls) == 1:
            raise RuntimeError
        return {}

    job_id = await job(handler)
    await run_job(resources, job_id)
    clock.advance(seconds=60)
    await run_job(resources, job_id)

    row = await Job.get(id=job_id)
    assert (row.state, row.attempts) == (JobState.SUCCEEDED, 2)


async def test_a_job_that_takes_too_long_is_stopped(resources, job):
    stopped = []

    async def handler(run):
        try:
            await asyncio.sleep(60)
        finally:
            stopped.append(True)

    job_id = await job(handler, replace(SPEC, timeout=0.05, attempts=1))
    await run_job(resources, job_id)

    row = await Job.get(id=job_id)
    assert (row.state, row.failure_code, row.failure_message) == (
        JobState.FAILED,
        "TIMEOUT",
        "expected an end within 0.05 s",
    )
    assert stopped == [True]


async def test_a_timeout_of_something_inside_is_not_the_job_s(resources, job):
    async def handler(run):
        async with asyncio.timeout(0.01):
            await asyncio.sleep(60)

    job_id = await job(handler)
    await run_job(resources, job_id)

    assert (await Job.get(id=job_id)).failure_code == "UNAVAILABLE"


async def test_a_kind_that_nobody_knows_fails_at_once(resources):
    async with resources.unit_of_work(OWNER) as work:
        job_id = await work.enqueue(JobSpec(kind="of.tomorrow"), {})

    assert await run_job(resources, job_id) is True

    row = await Job.get(id=job_id)
    assert (row.state, row.attempts, row.failure_code) == (JobState.FAILED, 1, "UNKNOWN_KIND")
    assert row.failure_message == "no handler for of.tomorrow in this version"


async def test_progress_is_told_and_stored(resources, job):
    async def handler(run):
        for fraction in (0.25, 0.5):
            await run.report(fraction)

    job_id = await job(handler)
    async with resources.bus.listen(JobChanged.channel(job_id=job_id)) as listener:
        await run_job(resources, job_id)
        versions = [(await listener.next()).version for _ in range(4)]

    # Started, twice further, ended.
    assert versions == [2, 3, 4, 5]


async def test_a_job_stops_where_it_reports_once_it_was_asked_to(resources, job):
    reports = []

    async def handler(run):
        for fraction in (0.1, 0.2, 0.3):
            await run.report(fraction)
            reports.append(fraction)
            async with resources.unit_of_work(OWNER) as work:
                await commands.cancel(work, job_id)

    job_id = await job(handler)
    await run_job(resources, job_id)

    row = await Job.get(id=job_id)
    assert (row.state, row.failure_code, reports) == (JobState.CANCELLED, None, [0.1])


async def test_a_job_that_was_cancelled_before_is_not_started(resources, job):
    job_id = await job(raising(AssertionError("was started")))
    async with resources.unit_of_work(OWNER) as work:
        await commands.cancel(work, job_id)

    assert await run_job(resources, job_id) is False


async def test_a_job_whose_workers_all_ended_is_given_up(resources, job, clock):
    job_id = await job(raising(AssertionError("was started a third time")))
    for _ in range(SPEC.attempts):
        async with resources.unit_of_work(SYSTEM) as work:
            assert await commands.claim(work, job_id, lease_seconds=1) is not None
        clock.advance(seconds=2)

    await run_job(resources, job_id)

    row = await Job.get(id=job_id)
    assert (row.state, row.attempts, row.failure_code) == (JobState.FAILED, 3, "ABANDONED")


async def test_who_has_lost_a_job_stores_nothing(resources, job, clock):
    async def handler(run):
        if clock.now() > started:
            return {"by": "the second"}
        clock.advance(seconds=runner.LEASE_SECONDS + 1)
        assert await run_job(resources, job_id) is True
        return {"by": "the first"}

    started = clock.now()
    job_id = await job(handler)

    assert await run_job(resources, job_id) is True

    row = await Job.get(id=job_id)
    assert (row.state, row.attempts, json.loads(row.result)) == (JobState.SUCCEEDED, 2, {"by": "the second"})


async def test_a_job_that_runs_keeps_its_lease_and_beats(resources, job, monkeypatch):
    monkeypatch.setattr(runner, "LEASE_SECONDS", 0.4)
    monkeypatch.setattr(runner, "_RENEW_SECONDS", 0.05)
    clock = SystemClock()
    real = replace(resources, clock=clock, unit_of_work=units_of_work(clock, resources.bus, resources.job_doorbell))
    beats = []

    async def beat():
        beats.append(await Job.get(id=job_id))

    async def handler(run):
        await asyncio.sleep(0.8)
        assert await run_job(real, job_id) is False

    job_id = await job(handler)
    await run_job(real, job_id, beat)

    row = await Job.get(id=job_id)
    assert (row.state, row.attempts) == (JobState.SUCCEEDED, 1)
    assert len(beats) >= 5
    leases = [each.lease_until for each in beats]
    assert leases == sorted(leases)
    assert leases[-1] > leases[0]


async def test_a_run_that_is_cancelled_leaves_its_job_to_be_taken_over(resources, job, clock):
    begun = asyncio.Event()

    async def handler(run):
        begun.set()
        await asyncio.sleep(60)

    job_id = await job(handler)
    running = asyncio.create_task(run_job(resources, job_id))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    row = await Job.get(id=job_id)
    assert (row.state, row.failure_code) == (JobState.RUNNING, None)
    clock.advance(seconds=runner.LEASE_SECONDS + 1)
    async with resources.unit_of_work(SYSTEM) as work:
        taken = await commands.claim(work, job_id, lease_seconds=1)
    assert taken is not None
    assert taken.attempt == 2
