"""The table of jobs: who may start one, who has lost it, and who may see and stop it."""

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audit.models import AuditEntry
from domain.jobs import commands, queries
from domain.jobs.errors import Fenced, NotCancellable
from domain.jobs.events import JobChanged
from domain.jobs.models import Job
from domain.kernel.actor import NOBODY, SYSTEM, Actor, Role
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.jobs import JobSpec, JobState

SPEC = JobSpec(kind="test.job", attempts=3, retry_delay=3.0)
OWNER = Actor(user_id=new_id(), roles=frozenset({Role.USER}))
LEASE = 10.0


@pytest.fixture
def enqueue(resources):
    async def run(actor=OWNER, spec=SPEC, **more):
        async with resources.unit_of_work(actor) as work:
            return await work.enqueue(spec, {"n": 1, "id": new_id()}, **more)

    return run


@pytest.fixture
def as_system(resources):
    """Run one command of jobs in a unit of work of the system."""

    async def run(command, *arguments, **named):
        async with resources.unit_of_work(SYSTEM) as work:
            return await command(work, *arguments, **named)

    return run


@pytest.fixture
def claim(as_system):
    async def run(job_id):
        return await as_system(commands.claim, job_id, lease_seconds=LEASE)

    return run


async def snapshot(job_id):
    (row,) = await Job.filter(id=job_id).values()
    return row


async def test_a_job_waits_with_what_it_was_given(resources, enqueue, clock):
    async with resources.unit_of_work(OWNER) as work:
        job_id = await work.enqueue(SPEC, {"session": clock.now().date(), "owner_id": OWNER.user_id, "none": None})

    job = await Job.get(id=job_id)
    assert (job.kind, job.state, job.version, job.attempts, job.progress) == ("test.job", JobState.QUEUED, 1, 0, 0.0)
    assert (job.owner_id, job.tenant_id, job.created_at, job.due_at) == (
        OWNER.user_id,
        OWNER.tenant_id,
        clock.now(),
        clock.now(),
    )
    assert json.loads(job.arguments) == {
        "session": clock.now().date().isoformat(),
        "owner_id": str(OWNER.user_id),
        "none": None,
    }


async def test_a_job_is_taken_back_with_what_asked_for_it(resources):
    async def ask_and_fail():
        async with resources.unit_of_work(OWNER) as work:
            await work.enqueue(SPEC, {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ask_and_fail()

    assert await Job.all().count() == 0
    # Nor was the engine woken.
    waiting = asyncio.create_task(resources.job_doorbell.wait(5))
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_a_job_is_announced_and_rung_for_after_the_commit(resources, clock):
    stack = AsyncExitStack()
    async with resources.unit_of_work(OWNER) as work:
        job_id = await work.enqueue(SPEC, {})
        listener = await stack.enter_async_context(resources.bus.listen(JobChanged.channel(job_id=job_id)))
        assert listener.drain() == []
    assert await listener.next() == JobChanged(job_id=job_id, version=1)
    await stack.aclose()
    async with asyncio.timeout(1):
        await resources.job_doorbell.wait(5)


async def test_one_key_waits_once(enqueue, claim):
    first = await enqueue(run_once_key="marks:today")

    assert await enqueue(run_once_key="marks:today") == first
    other = await enqueue(run_once_key="marks:tomorrow")
    assert await claim(first) is not None
    # One that has started may have read what was there before.
    later = await enqueue(run_once_key="marks:today")

    assert len({first, other, later}) == 3
    assert await Job.all().count() == 3


async def test_a_job_that_waits_and_is_due_is_claimed_once(enqueue, claim, clock):
    job_id = await enqueue()
    clock.advance(seconds=1)

    claims = await asyncio.gather(*[claim(job_id) for _ in range(10)])

    (held,) = [each for each in claims if each is not None]
    assert (held.job_id, held.kind, held.attempt, held.arguments["n"]) == (job_id, "test.job", 1, 1)
    job = await Job.get(id=job_id)
    assert (job.state, job.attempts, job.version) == (JobState.RUNNING, 1, 2)
    assert (job.started_at, job.lease_until) == (clock.now(), clock.now() + timedelta(seconds=LEASE))


async def test_what_is_not_there_is_not_claimed(claim):
    assert await claim(new_id()) is None


async def test_a_job_whose_runner_is_silent_is_taken_over(as_system, enqueue, claim, clock):
    first = await claim(await enqueue())
    clock.advance(seconds=LEASE)
    assert await claim(first.job_id) is None
    assert await queries.jobs_to_start(clock.now()) == []

    clock.advance(seconds=1)
    assert await queries.jobs_to_start(clock.now()) == [first.job_id]
    second = await claim(first.job_id)

    assert (first.attempt, second.attempt) == (1, 2)
    before = await snapshot(first.job_id)
    for command, arguments in (
        (commands.finish, ({"by": "the first"},)),
        (commands.stop, ()),
    ):
        with pytest.raises(Fenced):
            await as_system(command, first, *arguments)
    with pytest.raises(Fenced):
        await as_system(commands.renew, first, lease_seconds=LEASE, progress=0.9)
    with pytest.raises(Fenced):
        await as_system(commands.fail, first, SPEC, code="X", message="x")
    assert await snapshot(first.job_id) == before
    await as_system(commands.finish, second, {"by": "the second"})
    assert json.loads((await Job.get(id=first.job_id)).result) == {"by": "the second"}


async def test_who_says_that_it_lives_keeps_its_job(as_system, enqueue, claim, clock):
    held = await claim(await enqueue())
    for _ in range(5):
        clock.advance(seconds=LEASE - 1)
        assert await as_system(commands.renew, held, lease_seconds=LEASE) is False
        assert await claim(held.job_id) is None

    # A sign of life alone is no news.
    assert (await Job.get(id=held.job_id)).version == 2


@pytest.mark.parametrize(("said", "stored"), [(0.25, 0.25), (-1.0, 0.0), (7.0, 1.0)])
async def test_progress_is_a_fraction(as_system, enqueue, claim, said, stored):
    held = await claim(await enqueue())

    await as_system(commands.renew, held, lease_seconds=LEASE, progress=said)

    job = await Job.get(id=held.job_id)
    assert (job.progress, job.version) == (stored, 3)


async def test_a_job_that_ends_says_so(as_system, enqueue, claim, clock):
    held = await claim(await enqueue())
    clock.advance(seconds=2)

    await as_system(commands.finish, held, {"marked": 3})

    job = await Job.get(id=held.job_id)
    assert (job.state, job.progress, job.finished_at) == (JobState.SUCCEEDED, 1.0, clock.now())
    assert [job.lease_until] == [None]
    assert await claim(held.job_id) is None
    with pytest.raises(Fenced):
        await as_system(commands.finish, held, None)


async def test_a_job_that_fails_is_tried_again_later_each_time(as_system, enqueue, claim, clock):
    job_id = await enqueue()
    for attempt, delay in ((1, 3), (2, 6)):
        held = await claim(job_id)
        await as_system(commands.renew, held, lease_seconds=LEASE, progress=0.5)
        assert await as_system(commands.fail, held, SPEC, code="X", message=f"failure {attempt}") is True
        job = await Job.get(id=job_id)
        assert (job.state, job.due_at) == (JobState.QUEUED, clock.now() + timedelta(seconds=delay))
        assert [job.finished_at] == [None]
        assert job.failure_message == f"failure {attempt}"
        assert await claim(job_id) is None
        clock.advance(seconds=delay)

    held = await claim(job_id)
    assert (await Job.get(id=job_id)).progress == 0.0
    assert await as_system(commands.fail, held, SPEC, code="Y", message="z" * 5000) is False

    job = await Job.get(id=job_id)
    assert (job.state, job.attempts, job.failure_code, len(job.failure_message)) == (JobState.FAILED, 3, "Y", 2000)
    assert job.finished_at == clock.now()


async def test_jobs_are_started_oldest_first(enqueue, claim, clock):
    made = []
    for _ in range(5):
        made.append(await enqueue())
        clock.advance(seconds=1)
    await claim(made[0])

    assert await queries.jobs_to_start(clock.now()) == made[1:]
    assert await queries.jobs_to_start(clock.now(), limit=2) == made[1:3]
    # Nothing before it is due.
    assert await queries.jobs_to_start(clock.now() - timedelta(seconds=4)) == [made[1]]


@pytest.fixture
def cancel(resources):
    async def run(job_id, actor=OWNER):
        async with resources.unit_of_work(actor) as work:
            return await commands.cancel(work, job_id)

    return run


async def test_a_job_that_waits_is_cancelled_at_once(enqueue, claim, cancel, clock):
    job_id = await enqueue()

    assert (await cancel(job_id)).state is JobState.CANCELLED

    job = await Job.get(id=job_id)
    assert (job.state, job.finished_at, job.version) == (JobState.CANCELLED, clock.now(), 2)
    assert await claim(job_id) is None
    entry = await AuditEntry.get(action="job.cancel")
    assert (entry.subject_id, entry.actor_id) == (job_id, OWNER.user_id)


async def test_a_job_that_runs_is_asked_to_stop(as_system, enqueue, claim, cancel):
    held = await claim(await enqueue())

    assert (await cancel(held.job_id)).state is JobState.RUNNING

    assert await as_system(commands.renew, held, lease_seconds=LEASE) is True
    await as_system(commands.stop, held)
    job = await Job.get(id=held.job_id)
    assert (job.state, job.failure_code) == (JobState.CANCELLED, None)
    assert job.finished_at is not None


async def test_a_job_that_fails_after_it_was_to_stop_is_not_tried_again(as_system, enqueue, claim, cancel):
    held = await claim(await enqueue())
    await cancel(held.job_id)

    assert await as_system(commands.fail, held, SPEC, code="X", message="x") is False

    assert (await Job.get(id=held.job_id)).state is JobState.CANCELLED


@pytest.mark.parametrize("end", ["finish", "stop", "fail"])
async def test_a_job_that_has_ended_cannot_be_cancelled(as_system, enqueue, claim, cancel, end):
    held = await claim(await enqueue())
    if end == "finish":
        await as_system(commands.finish, held, None)
    elif end == "stop":
        await as_system(commands.stop, held)
    else:
        await as_system(commands.fail, held, replace(SPEC, attempts=1), code="X", message="x")
    before = await snapshot(held.job_id)

    with pytest.raises(NotCancellable) as raised:
        await cancel(held.job_id)

    assert raised.value.field == ("job_id",)
    assert await snapshot(held.job_id) == before


STRANGER = Actor(user_id=new_id(), roles=frozenset({Role.USER}))
ADMIN = Actor(user_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))
ELSEWHERE = Actor(user_id=OWNER.user_id, tenant_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))


async def test_who_sees_which_job(enqueue):
    own, of_system = await enqueue(), await enqueue(SYSTEM)

    async def seen(actor):
        return [job is not None for job in await queries.jobs_by_id(actor, [own, of_system])]

    assert await seen(OWNER) == [True, False]
    assert await seen(ADMIN) == [False, True]
    assert await seen(SYSTEM) == [True, True]
    for actor in (STRANGER, NOBODY, ELSEWHERE):
        assert await seen(actor) == [False, False], actor


async def test_strangers_and_nobody_find_nothing_to_cancel(enqueue, cancel):
    job_id = await enqueue()
    answers = set()
    for actor, key in ((STRANGER, job_id), (NOBODY, job_id), (ADMIN, job_id), (STRANGER, new_id())):
        with pytest.raises(NotFound) as raised:
            await cancel(key, actor)
        answers.add((raised.value.message, raised.value.field))

    assert len(answers) == 1
    assert (await Job.get(id=job_id)).state is JobState.QUEUED


async def test_jobs_come_in_the_order_asked(enqueue):
    first, second = await enqueue(), await enqueue()

    found = await queries.jobs_by_id(OWNER, [second, new_id(), first])

    assert [job and job.id for job in found] == [second, None, first]
