"""Exports of many entries are written by a job, whose result is a file of whoever asked for it."""

import pytest

from domain.jobs.models import Job
from domain.kernel.actor import NOBODY
from domain.kernel.jobs import JobState
from domain.portfolios.exports import queries
from schema.portfolios import exports
from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.factories.portfolios import buy, contribution, open_portfolio, record, small_market
from tests.support.graphql import GraphQLClient
from workers.main import TASKS
from workers.runner import run_job

__all__ = ["small_market"]

EXPORT = """
mutation($input: ExportPortfolioInput!) {
  exportPortfolio(input: $input) { file { sha256 } url job { id state file { id } } userErrors { code field message } }
}
"""
RESULT = "query($id: ID!) { node(id: $id) { ... on Job { state file { name contentType sha256 size } } } }"


@pytest.fixture
async def owner(small_market):
    return (await make_person(small_market, "owner@example.com")).actor


@pytest.fixture
async def portfolio(small_market, owner):
    portfolio = await open_portfolio(small_market, owner)
    await record(small_market, owner, portfolio.id, contribution("1000"), buy("AAA", "30", "10"))
    return portfolio


@pytest.fixture
def export(small_market, owner, portfolio):
    async def run(actor=owner, **more):
        given = {"portfolioId": global_id("Portfolio", portfolio.id), "format": "CSV", **more}
        return (await GraphQLClient(small_market, actor).data(EXPORT, {"input": given}))["exportPortfolio"]

    return run


def test_its_task_is_registered():
    assert [task for task in TASKS if hasattr(task, "export_portfolio")]


@pytest.mark.parametrize("format_", ["CSV", "JSON", "XLSX"])
async def test_the_job_writes_what_the_request_would(small_market, owner, export, monkeypatch, format_):
    at_once = await export(format=format_)
    monkeypatch.setattr(exports, "_AT_ONCE", 1)

    payload = await export(format=format_, asOf="2022-11-18T21:00:00Z")
    assert (payload["file"], payload["url"], payload["userErrors"]) == (None, None, [])
    assert (payload["job"]["state"], payload["job"]["file"]) == ("QUEUED", None)
    assert (await export(format=format_, asOf="2022-11-18T21:00:00Z"))["job"] == payload["job"]
    assert await run_job(small_market, (await Job.get()).id)

    found = (await GraphQLClient(small_market, owner).data(RESULT, {"id": payload["job"]["id"]}))["node"]
    assert found["state"] == "SUCCEEDED"
    content = await small_market.files.read(found["file"]["sha256"])
    assert len(content) == found["file"]["size"]
    if format_ == "CSV":
        assert at_once["job"] is None
        assert content == await small_market.files.read(at_once["file"]["sha256"])


async def test_the_file_is_of_whoever_asked(small_market, export, monkeypatch):
    monkeypatch.setattr(exports, "_AT_ONCE", 1)
    stranger = (await make_person(small_market, "stranger@example.com")).actor
    payload = await export()
    await run_job(small_market, (await Job.get()).id)

    assert (await GraphQLClient(small_market, stranger).data(RESULT, {"id": payload["job"]["id"]}))["node"] is None
    refused = await export(stranger)
    assert [(each["code"], each["field"]) for each in refused["userErrors"]] == [("NOT_FOUND", ["portfolioId"])]
    assert await Job.all().count() == 1


async def test_a_job_that_may_no_longer_see_the_portfolio_writes_nothing(small_market, export, monkeypatch, portfolio):
    monkeypatch.setattr(exports, "_AT_ONCE", 1)
    await export()
    job = await Job.get()
    await Job.filter(id=job.id).update(arguments=job.arguments.replace(str(portfolio.owner_id), str(NOBODY.tenant_id)))

    await run_job(small_market, job.id)

    assert (await Job.get()).failure_code == "NOT_FOUND"


async def test_more_than_one_file_is_made_of_is_refused(export, monkeypatch):
    monkeypatch.setattr(queries, "_MOST_ENTRIES", 1)

    payload = await export()

    ((code, message),) = [(each["code"], each["message"]) for each in payload["userErrors"]]
    assert code == "INVALID_INPUT"
    assert message == "expected at most 1 entries, got 2: export the trades of a span of days"
    assert await Job.all().count() == 0


async def test_a_finished_job_of_another_kind_has_no_file(small_market, owner, export, monkeypatch):
    monkeypatch.setattr(exports, "_AT_ONCE", 1)
    payload = await export()
    job = await Job.get()
    await Job.filter(id=job.id).update(state=JobState.SUCCEEDED, result='{"marked": 1}')

    found = (await GraphQLClient(small_market, owner).data(RESULT, {"id": payload["job"]["id"]}))["node"]

    assert found == {"state": "SUCCEEDED", "file": None}
