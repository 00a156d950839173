"""`jobUpdate`: the job now, each change, and the end of the stream with the end of the job."""

import asyncio

import pytest

from api.fanout import Fanout
from domain.jobs import commands
from domain.kernel.actor import NOBODY
from domain.kernel.ids import new_id
from schema.context import Context
from schema.root import build_schema
from schema.shared.event_ids import event_id
from schema.shared.live import Live
from schema.shared.node import global_id
from tests.api.websocket.recorder import Watcher
from tests.schema.jobs.conftest import SPEC
from tests.schema.portfolios.documents import DOCUMENTS

PATIENCE = 10.0
DOCUMENT = DOCUMENTS["JobProgress"]


@pytest.fixture
def follow(resources, owner):
    """Follow a job; return an iterator over (kind, state, progress), which ends when the stream does."""

    async def run(job_id, since=None):
        events = await build_schema().subscribe(
            DOCUMENT,
            variable_values={"id": global_id("Job", job_id), "since": since},
            context_value=Context(actor=owner, resources=resources, request_id="test"),
        )
        async for result in events:
            assert result.errors is None
            assert result.data is not None
            update = result.data["jobUpdate"]
            yield update["kind"], update["job"]["state"], update["job"]["progress"]

    return run


async def rest(stream):
    async with asyncio.timeout(PATIENCE):
        return [event async for event in stream]


async def test_a_job_is_followed_to_its_end(follow, enqueue, as_system):
    job_id = await enqueue()
    stream = follow(job_id)
    seen = [await anext(stream)]
    held = await as_system(commands.claim, job_id, lease_seconds=10)
    seen.append(await anext(stream))
    await as_system(commands.renew, held, lease_seconds=10, progress=0.5)
    seen.append(await anext(stream))
    await as_system(commands.finish, held, None)
    seen += await rest(stream)

    assert seen == [
        ("SNAPSHOT", "QUEUED", 0),
        ("CHANGE", "RUNNING", 0),
        ("CHANGE", "RUNNING", 0.5),
        ("CHANGE", "SUCCEEDED", 1),
    ]


@pytest.mark.parametrize("end", ["cancel", "fail"])
async def test_every_end_is_the_end(follow, enqueue, as_system, end):
    job_id = await enqueue()
    stream = follow(job_id)
    await anext(stream)
    if end == "cancel":
        await as_system(commands.cancel, job_id)
    else:
        held = await as_system(commands.claim, job_id, lease_seconds=10)
        last = await anext(stream)
        assert last == ("CHANGE", "RUNNING", 0)
        # One attempt that fails is not the end.
        assert await as_system(commands.fail, held, SPEC, code="X", message="x")
        assert await anext(stream) == ("CHANGE", "QUEUED", 0)
        await as_system(commands.cancel, job_id)

    assert await rest(stream) == [("CHANGE", "CANCELLED", 0)]


async def test_of_a_job_that_has_ended_the_end_is_said(follow, enqueue, as_system):
    job_id = await enqueue()
    await as_system(commands.cancel, job_id)

    assert await rest(follow(job_id)) == [("SNAPSHOT", "CANCELLED", 0)]
    for version, expected in (
        (1, [("CHANGE", "CANCELLED", 0)]),
        # Its end was seen: it is said again, so that the stream ends all the same.
        (2, [("CHANGE", "CANCELLED", 0)]),
        (3, [("GAP", "CANCELLED", 0), ("SNAPSHOT", "CANCELLED", 0)]),
    ):
        assert await rest(follow(job_id, event_id(job_id.hex, version))) == expected
    assert await rest(follow(job_id, "nonsense")) == [("GAP", "CANCELLED", 0), ("SNAPSHOT", "CANCELLED", 0)]


async def test_who_has_seen_the_present_waits_for_what_is_new(follow, enqueue, as_system):
    job_id = await enqueue()
    stream = follow(job_id, event_id(job_id.hex, 1))
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0.1)
    assert not waiting.done()

    await as_system(commands.cancel, job_id)

    assert await asyncio.wait_for(waiting, PATIENCE) == ("CHANGE", "CANCELLED", 0)
    assert await rest(stream) == []


async def test_strangers_and_nobody_follow_nothing(client, enqueue, stranger):
    own, missing = global_id("Job", await enqueue()), global_id("Job", new_id())
    for key in (own, missing, "nonsense", ""):
        response = await client.on_behalf_of(stranger).subscribe(DOCUMENT, {"id": key})
        (error,) = response["errors"]
        assert (error["extensions"]["code"], error["message"]) == ("NOT_FOUND", "no such job")
        response = await client.on_behalf_of(NOBODY).subscribe(DOCUMENT, {"id": key})
        assert response["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.fixture
def watch(client, owner):
    """Join those who share the updates of one job; what they are sent are (kind, state)."""
    fanout = Fanout()

    async def execute(_actor, payload):
        return payload.kind, payload.job.state

    async def join(job_id, since=None):
        live = await client.subscribe(DOCUMENT, {"id": global_id("Job", job_id), "since": since})
        assert isinstance(live, Live)
        watcher = Watcher(live, owner)
        await fanout.join(watcher.member, "selection", execute)
        return watcher

    return join


async def end_of(watcher):
    async with asyncio.timeout(PATIENCE):
        while not watcher.errors:  # noqa: ASYNC110 (a recorder has no one to tell)
            await asyncio.sleep(0.01)
    assert watcher.errors == [None]
    return watcher.sent


async def begun(watcher):
    async with asyncio.timeout(PATIENCE):
        while not watcher.sent:  # noqa: ASYNC110 (a recorder has no one to tell)
            await asyncio.sleep(0.01)


async def test_all_who_share_a_job_come_to_its_end_once(watch, enqueue, as_system):
    job_id = await enqueue()
    watchers = [await watch(job_id), await watch(job_id), await watch(job_id, event_id(job_id.hex, 1))]
    for watcher in watchers[:2]:
        await begun(watcher)

    await as_system(commands.cancel, job_id)

    assert [await end_of(watcher) for watcher in watchers] == [
        [("SNAPSHOT", "QUEUED"), ("CHANGE", "CANCELLED")],
        [("SNAPSHOT", "QUEUED"), ("CHANGE", "CANCELLED")],
        [("CHANGE", "CANCELLED")],
    ]
    # Who comes later finds the end.
    assert await end_of(await watch(job_id)) == [("SNAPSHOT", "CANCELLED")]
    assert await end_of(await watch(job_id, event_id(job_id.hex, 1))) == [("CHANGE", "CANCELLED")]
    assert await end_of(await watch(job_id, "nonsense")) == [("GAP", "CANCELLED"), ("SNAPSHOT", "CANCELLED")]


async def test_a_reader_who_is_behind_comes_to_the_end_when_it_is_back(watch, enqueue, as_system):
    job_id = await enqueue()
    behind, other = await watch(job_id), await watch(job_id)
    await begun(behind)
    await begun(other)
    behind.outlet.fall_behind()
    await as_system(commands.cancel, job_id)
    assert await end_of(other) == [("SNAPSHOT", "QUEUED"), ("CHANGE", "CANCELLED")]
    assert behind.errors == []

    behind.outlet.catch_up()

    assert await end_of(behind) == [("SNAPSHOT", "QUEUED"), ("CHANGE", "CANCELLED")]
