"""`ingestionSources`, `pollIngestionSource`: where files are looked for, for administrators."""

from dataclasses import replace

import pytest

from domain.companies.polling.polling import poll
from domain.infra.feeds.folder import FolderSource
from domain.jobs.models import Job
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from tests.support.graphql import GraphQLClient, codes

ADMIN = Actor(user_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))
SOURCES = """
{ ingestionSources {
    id name polledAt answeredAt fault
    files { totalCount edges { node { name size state message attempts runId } } }
} }
"""
POLL = """
mutation($input: PollIngestionSourceInput!) {
  pollIngestionSource(input: $input) { job { id state } userErrors { code field } }
}
"""


@pytest.fixture
def watched(resources, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    return folder, replace(resources, company_sources={"folder": FolderSource(folder, ["*.csv"])})


async def test_a_source_says_what_was_found(watched):
    folder, resources = watched
    admin = GraphQLClient(resources, ADMIN)
    (before,) = (await admin.data(SOURCES))["ingestionSources"]
    (folder / "a.csv").write_bytes(b"ticker,name\nAAPL,Apple\n")

    async def report(_):
        pass

    await poll(resources, "folder", report)
    (after,) = (await admin.data(SOURCES))["ingestionSources"]

    assert (before["name"], before["polledAt"], before["files"]["totalCount"]) == ("folder", None, 0)
    assert (after["id"], after["fault"]) == (before["id"], None)
    assert after["polledAt"] == after["answeredAt"] is not None
    (edge,) = after["files"]["edges"]
    assert edge["node"]["runId"] is not None
    del edge["node"]["runId"]
    assert edge["node"] == {"name": "a.csv", "size": 23, "state": "TAKEN", "message": None, "attempts": 1}


async def test_it_is_looked_at_by_a_job_that_waits_once(watched):
    admin = GraphQLClient(watched[1], ADMIN)

    first, second = [(await admin.data(POLL, {"input": {"name": "folder"}}))["pollIngestionSource"] for _ in range(2)]

    assert first == second
    assert first["job"]["state"] == "QUEUED"
    assert [job.kind for job in await Job.all()] == ["companies.poll_source"]


async def test_one_that_is_not_configured_is_not_found(watched):
    answer = await GraphQLClient(watched[1], ADMIN).data(POLL, {"input": {"name": "s3"}})

    assert answer["pollIngestionSource"] == {"job": None, "userErrors": [{"code": "NOT_FOUND", "field": ["name"]}]}
    assert await Job.all().count() == 0


async def test_only_administrators_may_see_them(watched):
    user = Actor(user_id=new_id(), roles=frozenset({Role.USER}))

    assert codes(await GraphQLClient(watched[1], user).execute(SOURCES)) == ["FORBIDDEN"]
    assert codes(await GraphQLClient(watched[1], user).execute(POLL, {"input": {"name": "folder"}})) == ["FORBIDDEN"]
