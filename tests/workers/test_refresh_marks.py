"""Refreshing marks, as a job: asked for by a user, or by the close of a session."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM, Role
from domain.kernel.ids import new_id
from domain.kernel.jobs import JobState
from domain.market import overrides
from domain.portfolios import marking
from domain.portfolios.jobs import REFRESH_MARKS
from domain.portfolios.models import Mark
from tests.factories.identity import make_person
from tests.factories.portfolios import (
    FRIDAY,
    NOW,
    THURSDAY,
    TODAY,
    buy,
    close_session,
    contribution,
    new_york,
    open_portfolio,
    record,
    small_market,
    value,
)
from tests.support.graphql import GraphQLClient
from workers import main
from workers.main import TASKS
from workers.runner import run_job
from workers.tasks import portfolios as tasks

__all__ = ["small_market"]


@pytest.fixture
async def owner(small_market):
    return (await make_person(small_market, "owner@example.com")).actor


@pytest.fixture
async def portfolio(small_market, owner):
    opened = await open_portfolio(small_market, owner)
    await record(small_market, owner, opened.id, contribution("100"), buy("AAA", "3", "10"))
    return opened


async def only_job():
    job = await Job.get()
    return job.id


def test_its_task_is_registered():
    assert tasks in TASKS


async def test_a_user_s_portfolios_are_marked(small_market, owner, portfolio):
    stranger = (await make_person(small_market, "stranger@example.com")).actor
    await open_portfolio(small_market, stranger)
    await GraphQLClient(small_market, owner).data("mutation { refreshMarks(input: {}) { job { id } } }")
    job_id = await only_job()

    assert await run_job(small_market, job_id)

    job = await Job.get()
    assert (job.state, json.loads(job.result)) == (JobState.SUCCEEDED, {"session": "2022-11-18", "marked": 1})
    mark = await Mark.get()
    # 70 and 3 x 14.
    assert (mark.portfolio_id, mark.session, mark.total_value) == (portfolio.id, FRIDAY, Decimal(112))


async def test_marks_older_than_a_year_go(small_market, owner, portfolio):
    old = {"tenant_id": portfolio.tenant_id, "portfolio_id": portfolio.id, "version": 0, "currency": "USD"}
    for days in (365, 366, 3000):
        await Mark.create(**old, session=FRIDAY - timedelta(days=days), recorded_at=small_market.clock.now())
    await GraphQLClient(small_market, owner).data("mutation { refreshMarks(input: {}) { job { id } } }")

    assert await run_job(small_market, await only_job())

    found = await Mark.all().order_by("session").values_list("session", flat=True)
    assert found == [FRIDAY - timedelta(days=365), FRIDAY]


async def test_the_close_of_a_session_marks_everybody_s(small_market, owner, portfolio):
    stranger = (await make_person(small_market, "stranger@example.com")).actor
    await open_portfolio(small_market, stranger)
    await close_session(small_market, TODAY, AAA="16")
    async with small_market.unit_of_work(SYSTEM) as work:
        await main._refresh_marks(work, TODAY)
        # Two leaders after one another ask for one job.
        await main._refresh_marks(work, TODAY)

    assert await run_job(small_market, await only_job())

    assert {(mark.session, mark.total_value) for mark in await Mark.all()} == {
        (TODAY, Decimal(118)),
        (TODAY, Decimal(0)),
    }
    assert json.loads((await Job.get()).result)["marked"] == 2


async def test_a_close_set_by_hand_renews_the_marks_of_its_session_and_adds_none(small_market, owner, portfolio):
    stranger = (await make_person(small_market, "stranger@example.com")).actor
    await open_portfolio(small_market, stranger)
    async with small_market.unit_of_work(SYSTEM) as work:
        await marking.mark_portfolios(work, [portfolio.id], FRIDAY, NOW)
    admin = replace(owner, roles=frozenset({Role.USER, Role.ADMIN}))

    async with small_market.unit_of_work(admin) as work:
        await overrides.override_price(work, "AAA", Decimal(20), "a wrong print", FRIDAY)
    assert await run_job(small_market, await only_job())

    mark = await Mark.get()
    # 70 and 3 x 20, where it was 3 x 14.
    assert (mark.portfolio_id, mark.session, mark.total_value) == (portfolio.id, FRIDAY, Decimal(130))
    assert json.loads((await Job.get()).result) == {"session": "2022-11-18", "renewed": 1}
    assert (await value(owner, portfolio.id, as_of=new_york(FRIDAY, 17))).total_value == Decimal(130)
    assert (await value(owner, portfolio.id, as_of=new_york(THURSDAY, 17))).total_value != Decimal(130)


async def test_to_run_it_twice_is_to_run_it_once(small_market, owner, portfolio):
    for _ in range(2):
        async with small_market.unit_of_work(SYSTEM) as work:
            job_id = await work.enqueue(REFRESH_MARKS, {"session": FRIDAY})
        await run_job(small_market, job_id)

    assert await Mark.all().count() == 1
    assert {job.state for job in await Job.all()} == {JobState.SUCCEEDED}


async def test_many_are_marked_in_batches_and_progress_is_said(small_market, owner, portfolio, monkeypatch):
    monkeypatch.setattr(marking, "BATCH", 2)
    monkeypatch.setattr(tasks, "BATCH", 2)
    for number in range(4):
        await open_portfolio(small_market, owner, f"Number {number}")
    async with small_market.unit_of_work(SYSTEM) as work:
        job_id = await work.enqueue(REFRESH_MARKS, {"session": FRIDAY})

    await run_job(small_market, job_id)

    job = await Job.get()
    # Asked for, started, three batches, ended.
    assert (job.version, json.loads(job.result)["marked"], await Mark.all().count()) == (6, 5, 5)


async def test_nobody_s_portfolio_is_nothing_to_do(small_market):
    async with small_market.unit_of_work(SYSTEM) as work:
        job_id = await work.enqueue(REFRESH_MARKS, {"session": FRIDAY, "owner_id": new_id()})

    await run_job(small_market, job_id)

    job = await Job.get()
    assert (job.state, json.loads(job.result)["marked"]) == (JobState.SUCCEEDED, 0)
