"""Jobs through the API: their state, and stopping them."""

import pytest

from domain.jobs import commands
from domain.jobs.models import Job
from domain.kernel.actor import NOBODY, SYSTEM, Role
from domain.kernel.ids import new_id
from domain.kernel.jobs import JobState
from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.schema.jobs.conftest import SPEC
from tests.schema.portfolios.documents import DOCUMENTS
from tests.support.graphql import codes
from tests.support.statements import counted_statements


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def test_a_job_from_its_beginning_to_its_end(ask, enqueue, as_system, clock):
    job_id = await enqueue()
    key = global_id("Job", job_id)
    created = instant(clock.now())
    assert await ask("Job", id=key) == {
        "id": key,
        "kind": "test.job",
        "state": "QUEUED",
        "progress": 0,
        "createdAt": created,
        "startedAt": None,
        "finishedAt": None,
        "attempts": 0,
        "failure": None,
    }
    clock.advance(seconds=1)
    held = await as_system(commands.claim, job_id, lease_seconds=10)
    await as_system(commands.renew, held, lease_seconds=10, progress=0.25)
    running = await ask("Job", id=key)
    assert (running["state"], running["progress"], running["attempts"]) == ("RUNNING", 0.25, 1)
    assert running["startedAt"] == instant(clock.now())
    await as_system(commands.fail, held, SPEC, code="UNAVAILABLE", message="later")
    waiting = await ask("Job", id=key)
    assert (waiting["state"], waiting["failure"]) == ("QUEUED", {"code": "UNAVAILABLE", "message": "later"})
    clock.advance(seconds=3)
    held = await as_system(commands.claim, job_id, lease_seconds=10)
    await as_system(commands.finish, held, {"secret of the inside": 1})
    ended = await ask("Job", id=key)
    assert (ended["state"], ended["progress"], ended["attempts"]) == ("SUCCEEDED", 1, 2)
    # What a later attempt has mended is no failure.
    assert (ended["failure"], ended["finishedAt"]) == (None, instant(clock.now()))


async def test_a_job_is_cancelled(ask, enqueue):
    job_id = await enqueue()
    key = global_id("Job", job_id)

    assert await ask("CancelJob", input={"jobId": key}) == {"job": {"id": key, "state": "CANCELLED"}, "userErrors": []}

    again = await ask("CancelJob", input={"jobId": key})
    assert (again["job"], [(e["code"], e["field"]) for e in again["userErrors"]]) == (
        None,
        [("NOT_CANCELLABLE", ["jobId"])],
    )


async def test_a_job_that_runs_is_running_until_it_stops(ask, enqueue, as_system):
    job_id = await enqueue()
    await as_system(commands.claim, job_id, lease_seconds=10)

    payload = await ask("CancelJob", input={"jobId": global_id("Job", job_id)})

    assert payload["job"]["state"] == "RUNNING"
    assert (await Job.get(id=job_id)).cancel_requested is True


async def test_who_sees_which_job(ask, resources, enqueue, stranger, owner):
    admin = (await make_person(resources, "admin@example.com", Role.ADMIN)).actor
    own, of_system = [global_id("Job", await enqueue(actor)) for actor in (owner, SYSTEM)]
    document = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    for actor, expected in (
        (owner, [True, False]),
        (admin, [False, True]),
        (stranger, [False, False]),
        (NOBODY, [False, False]),
    ):
        found = await ask(document, actor=actor, ids=[own, of_system])
        assert [node is not None for node in found] == expected, actor
        if actor is not NOBODY:
            assert [await ask("Job", actor=actor, id=key) is not None for key in (own, of_system)] == expected


async def test_a_stranger_s_job_is_as_none_at_all(ask, enqueue, stranger):
    key = global_id("Job", await enqueue())
    keys = [key, global_id("Job", new_id()), global_id("Portfolio", new_id()), "nonsense", ""]

    assert [await ask("Job", actor=stranger, id=each) for each in keys] == [None] * 5
    refused = [await ask("CancelJob", actor=stranger, input={"jobId": each}) for each in keys]

    assert all(each == refused[0] for each in refused)
    assert [(e["code"], e["message"], e["field"]) for e in refused[0]["userErrors"]] == [
        ("NOT_FOUND", "no such job", ["jobId"])
    ]
    assert (await Job.get()).state is JobState.QUEUED


@pytest.mark.parametrize("name", ["Job", "CancelJob"])
async def test_nobody_is_asked_to_sign_in(client, enqueue, name):
    key = global_id("Job", await enqueue())
    variables = {"id": key} if name == "Job" else {"input": {"jobId": key}}

    response = await client.on_behalf_of(NOBODY).execute(DOCUMENTS[name], variables)

    assert codes(response) == ["UNAUTHENTICATED"]


async def test_the_statements_of_a_job(ask, enqueue):
    key = global_id("Job", await enqueue())

    with counted_statements() as reading:
        await ask("Job", id=key)
    with counted_statements() as cancelling:
        await ask("CancelJob", input={"jobId": key})

    assert (len(reading), len(cancelling)) == (1, 3), "\n".join([*reading, *cancelling])
