"""Booking corporate actions, as a job: asked for when one is recorded, and at the open of a session."""

import json

from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM
from domain.kernel.jobs import JobState
from domain.portfolios.jobs import BOOK_ACTIONS
from domain.portfolios.models import ActionBooking, Transaction
from tests.factories.corporate_actions import tell
from tests.factories.identity import make_person
from tests.factories.portfolios import TODAY, buy, open_portfolio, record, small_market
from workers import main
from workers.runner import run_job

__all__ = ["small_market"]


async def test_the_open_of_a_session_books_what_is_due(small_market):
    owner = (await make_person(small_market, "owner@example.com")).actor
    for name in ("One", "Two"):
        opened = await open_portfolio(small_market, owner, name)
        await record(small_market, owner, opened.id, buy("AAA", "10", "12"))
    await open_portfolio(small_market, owner, "Empty")
    await tell(small_market)
    async with small_market.unit_of_work(SYSTEM) as work:
        await main._book_actions(work, TODAY)
        # Two leaders after one another ask for one job.
        await main._book_actions(work, TODAY)
    job = await Job.get()

    assert await run_job(small_market, job.id)

    job = await Job.get()
    assert (job.kind, job.state) == (BOOK_ACTIONS.kind, JobState.SUCCEEDED)
    assert json.loads(job.result) == {"today": "2022-11-21", "booked": 2, "joined": 0, "refused": 0, "corrected": 0}
    assert await ActionBooking.all().count() == await Transaction.filter(kind="SPLIT").count() == 2


async def test_one_portfolio_can_be_asked_for(small_market):
    owner = (await make_person(small_market, "owner@example.com")).actor
    opened = [await open_portfolio(small_market, owner, name) for name in ("One", "Two")]
    for each in opened:
        await record(small_market, owner, each.id, buy("AAA", "10", "12"))
    await tell(small_market)
    async with small_market.unit_of_work(SYSTEM) as work:
        job_id = await work.enqueue(BOOK_ACTIONS, {"portfolio_id": opened[1].id})

    await run_job(small_market, job_id)

    assert [each.portfolio_id for each in await Transaction.filter(kind="SPLIT")] == [opened[1].id]
