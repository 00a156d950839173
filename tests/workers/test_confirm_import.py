"""Imports of many rows are recorded by a job, all of them or none."""

import json

import pytest

from domain.jobs.models import Job
from domain.kernel.jobs import JobState
from domain.portfolios.imports.models import Import
from domain.portfolios.models import Transaction
from domain.portfolios.types import ImportState, RowState
from schema.portfolios import import_mutations
from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.factories.imports import preview, states
from tests.factories.portfolios import open_portfolio, small_market
from tests.support.graphql import GraphQLClient
from workers.main import TASKS
from workers.runner import run_job

__all__ = ["small_market"]

CONFIRM = """
mutation($input: ConfirmImportInput!) {
  confirmImport(input: $input) { import { state } portfolio { version } job { id } userErrors { code field } }
}
"""
HEADER = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n"
ROWS = [f"2022-11-14,AAA,YAHOO,USD,10,{number},buy,0,\n" for number in range(1, 6)]
SALE = "2022-11-15,AAA,YAHOO,USD,10,{},sell,0,\n"


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """More than three rows are many."""
    monkeypatch.setattr(import_mutations, "_AT_ONCE", 3)


@pytest.fixture
async def owner(small_market):
    return (await make_person(small_market, "owner@example.com")).actor


@pytest.fixture
async def portfolio(small_market, owner):
    return await open_portfolio(small_market, owner)


@pytest.fixture
def confirm(small_market, owner):
    async def run(importing, **more):
        given = {"importId": global_id("Import", importing.id), "idempotencyKey": "one", **more}
        return (await GraphQLClient(small_market, owner).data(CONFIRM, {"input": given}))["confirmImport"]

    return run


def test_its_task_is_registered():
    assert [task for task in TASKS if hasattr(task, "confirm_import")]


async def test_many_rows_are_recorded_by_a_job(small_market, owner, portfolio, confirm):
    importing = await preview(small_market, owner, portfolio.id, HEADER + "".join(ROWS))

    payload = await confirm(importing)
    again = await confirm(importing)

    assert (payload["import"]["state"], payload["portfolio"]["version"]) == ("PREVIEWED", 0)
    assert payload["job"] is not None
    assert again["job"] == payload["job"]
    assert await Transaction.all().count() == 0
    job = await Job.get()
    assert await run_job(small_market, job.id)
    job = await Job.get()
    assert job.state is JobState.SUCCEEDED
    assert json.loads(job.result) == {"import_id": str(importing.id), "recorded": 5, "refused": 0}
    assert await states(importing) == [RowState.RECORDED] * 5
    assert {row.recorded_by for row in await Transaction.all()} == {owner.user_id}
    done = await confirm(importing)
    assert (done["import"]["state"], done["job"]) == ("CONFIRMED", None)


async def test_what_the_ledger_refuses_is_in_the_rows(small_market, owner, portfolio, confirm):
    importing = await preview(small_market, owner, portfolio.id, HEADER + "".join(ROWS) + SALE.format(16))
    await confirm(importing)

    assert await run_job(small_market, (await Job.get()).id)

    assert json.loads((await Job.get()).result) == {"import_id": str(importing.id), "recorded": 0, "refused": 1}
    assert await states(importing) == [*[RowState.NEW] * 5, RowState.REFUSED]
    assert (await Import.get(id=importing.id)).state is ImportState.PREVIEWED
    assert await Transaction.all().count() == 0


async def test_what_can_be_refused_at_once_is(small_market, owner, portfolio, confirm):
    importing = await preview(
        small_market, owner, portfolio.id, HEADER + "".join(ROWS) + "2022-11-14,ZZZ,Y,USD,1,1,buy,0,\n"
    )

    payload = await confirm(importing)

    assert payload["userErrors"] == [{"code": "ROWS_REFUSED", "field": ["skipRefused"]}]
    assert await Job.all().count() == 0
    stranger = (await make_person(small_market, "stranger@example.com")).actor
    given = {"importId": global_id("Import", importing.id), "idempotencyKey": "one"}
    found = await GraphQLClient(small_market, stranger).data(CONFIRM, {"input": given})
    assert found["confirmImport"]["userErrors"] == [{"code": "NOT_FOUND", "field": ["importId"]}]
