"""The job that brings a file of figures to the gate, as an engine runs it."""

import asyncio
from dataclasses import replace

import pytest

from domain.companies.pipeline.events import RunChanged
from domain.companies.pipeline.jobs import INGEST_COMPANIES
from domain.companies.pipeline.loading import load_run
from domain.companies.pipeline.models import PipelineRun, QualityAlert
from domain.companies.pipeline.types import AlertRule, RunState
from domain.jobs import commands as jobs
from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM
from domain.kernel.jobs import JobState
from tests.factories.companies import cross_section
from tests.factories.company_files import ADMIN, csv_of, start
from workers.main import TASKS
from workers.runner import run_job
from workers.streams.schedule import run_schedule

# Importing the tasks registers their handlers.
__all__ = ["TASKS"]


@pytest.fixture
def data():
    return csv_of(cross_section(40, 3))


async def found(run):
    return await load_run(SYSTEM, run.id), await Job.get(id=run.job_id)


async def test_the_job_ends_with_the_run_before_the_gate(resources, data):
    run = await start(resources, data)

    assert await run_job(resources, run.job_id)

    run, job = await found(run)
    assert (run.state, job.state, job.progress) == (RunState.GATE_PASSED, JobState.SUCCEEDED, 1.0)
    assert job.owner_id == ADMIN.user_id


async def test_a_file_that_is_no_table_fails_its_run_and_is_not_tried_again(resources):
    run = await start(resources, b"%PDF-1.7")

    await run_job(resources, run.job_id)

    run, job = await found(run)
    assert (run.state, job.state, job.attempts) == (RunState.FAILED, JobState.SUCCEEDED, 1)


async def test_what_may_pass_is_tried_again_and_at_last_fails_the_run(resources, clock, data):
    run = await start(resources, data)

    class Broken:
        async def read(self, sha256):
            raise OSError("the disk is away")

    now = run
    broken = replace(resources, files=Broken())
    for attempt in range(1, INGEST_COMPANIES.attempts + 1):
        await run_job(broken, run.job_id)
        now, job = await found(run)
        last = attempt == INGEST_COMPANIES.attempts
        assert (now.state, job.state) == (
            (RunState.FAILED, JobState.FAILED) if last else (RunState.READING, JobState.QUEUED)
        )
        clock.advance(seconds=1_000)

    assert (now.fault_code, now.attempts) == ("INTERNAL", 4)
    assert [alert.rule for alert in await QualityAlert.all().order_by("sequence")] == [
        AlertRule.RUN_FAILED,
        AlertRule.SLOW_RUN,
    ]


async def test_what_has_passed_is_carried_on(resources, clock, data):
    run = await start(resources, data)

    class Away:
        def __init__(self):
            self.asked = 0

        async def read(self, sha256):
            self.asked += 1
            if self.asked == 1:
                raise OSError("the disk is away")
            return await resources.files.read(sha256)

    away = replace(resources, files=Away())
    await run_job(away, run.job_id)
    clock.advance(seconds=61)
    await run_job(away, run.job_id)

    run, job = await found(run)
    assert (run.state, run.attempts, job.state) == (RunState.GATE_PASSED, 2, JobState.SUCCEEDED)


async def test_a_job_that_is_stopped_fails_its_run(resources, data):
    run = await start(resources, data)
    files = resources.files

    class Stopping:
        async def read(self, sha256):
            async with resources.unit_of_work(ADMIN) as work:
                await jobs.cancel(work, run.job_id)
            return await files.read(sha256)

    await run_job(replace(resources, files=Stopping()), run.job_id)

    now, job = await found(run)
    assert (now.state, now.fault_code, job.state) == (RunState.FAILED, "CANCELLED", JobState.CANCELLED)


async def test_the_timetable_fails_a_run_whose_job_has_ended_without_it(resources, data):
    run = await start(resources, data)
    async with resources.unit_of_work(ADMIN) as work:
        await jobs.cancel(work, run.job_id)
    async with resources.bus.listen(RunChanged.channel(run_id=run.id)) as heard, asyncio.timeout(10):
        timetable = asyncio.create_task(run_schedule(resources))
        try:
            await heard.next()
        finally:
            timetable.cancel()

    now, _ = await found(run)
    assert (now.state, now.fault_code) == (RunState.FAILED, "CANCELLED")


async def test_one_file_s_fault_is_no_other_s(resources, data):
    bad, good = await start(resources, b"%PDF-1.7"), await start(resources, data)

    for run in (bad, good):
        await run_job(resources, run.job_id)

    states = {row.id: row.state for row in await PipelineRun.all()}
    assert (states[bad.id], states[good.id]) == (RunState.FAILED, RunState.GATE_PASSED)
