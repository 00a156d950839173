"""Two APIs, two workers, PostgreSQL and Redis: what happens in one process is seen from every other."""

import asyncio
import contextlib
import re
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import asyncpg
import pytest

from domain.onboarding.demonstration import HABITS, INDIVIDUAL
from domain.portfolios.marking import BATCH
from tests.faults.asking import (
    JOB,
    PORTFOLIO_LIVE,
    PORTFOLIOS,
    PRICES,
    RECORD,
    REFRESH_MARKS,
    contribution,
    new_portfolio,
    place,
    signed_in,
)
from tests.support.clients import Client, Subscriber, crowd
from tests.support.processes import Installation, Process

pytestmark = pytest.mark.faults

TAKE_OVER_SECONDS = 10.0
# The lease of a job, the sweep that finds it, and a moment.
RUN_AGAIN_SECONDS = 15.0
LEADS = re.compile(r"this process leads the replay")


def leader(installation: Installation) -> Process:
    """The worker whose log was the last to say that it leads."""
    said = {worker: worker.said() for worker in installation.workers}
    leading = [(list(LEADS.finditer(text)), worker, text) for worker, text in said.items()]
    times = {
        text[text.rindex("\n", 0, found[-1].start()) + 1 :][:27]: worker for found, worker, text in leading if found
    }
    return times[max(times)]


async def until_job(
    client: Client, job_id: str, wanted: Callable[[Mapping[str, Any]], bool], seconds: float
) -> Mapping[str, Any]:
    async with asyncio.timeout(seconds):
        while True:
            job: Mapping[str, Any] = (await client.data(JOB, {"id": job_id}))["job"]
            if wanted(job):
                return job
            await asyncio.sleep(0.02)


POSITIONS = {"Retirement savings": 16, "Family wealth": 17, "Equity book": 30}


async def test_the_demonstration_was_loaded_once_by_two_apis_that_started_together(installation):
    for server in installation.apis:
        for habit in HABITS:
            async with await signed_in(server, habit.owner) as client:
                edges = (await client.data(PORTFOLIOS))["viewer"]["portfolios"]["edges"]
            found = [(edge["node"]["name"], edge["node"]["positions"]["totalCount"]) for edge in edges]
            assert (habit.name, POSITIONS[habit.name]) in found
            assert sum(name == habit.name for name, _ in found) == 1
    installation.check_logs({})


async def test_a_mutation_on_one_api_reaches_a_subscriber_on_the_other(installation):
    one, other = installation.apis
    waits = []
    async with await signed_in(one) as client:
        portfolio_id = await new_portfolio(client, "seen from the other")
        live = (other.url, PORTFOLIO_LIVE, {"id": portfolio_id}, client.token)
        async with crowd(live) as (subscriber,):
            await subscriber.until(lambda event: event["kind"] == "SNAPSHOT")
            for number in range(1, 11):
                answer = await client.data(RECORD, contribution(portfolio_id, f"key-{number}"))
                answered = time.monotonic()
                version = answer["recordTransaction"]["portfolio"]["version"]
                event = await subscriber.until(lambda event: event["portfolio"]["version"] == version, 2)  # noqa: B023
                waits.append(event.at - answered)
                assert event.value["portfolio"]["valuation"]["cashBalance"] == str(number)
                # A portfolio is valued at most once in 250 ms, and prices move all the time: each transaction comes
                # at another moment between two valuations.
                await asyncio.sleep(0.022 * number)

    print(
        f"mutation to event on the other API: {min(waits) * 1000:.0f} to {max(waits) * 1000:.0f} ms, median "
        f"{statistics.median(waits) * 1000:.0f}"
    )
    assert min(waits) < 0.1
    assert max(waits) < 0.5


async def test_ticks_of_the_one_worker_that_replays_reach_subscribers_of_both_apis(installation):
    before = await feed(installation)
    openings = [(server.url, PRICES, {"tickers": ["SP500"]}, None) for server in installation.apis]
    async with crowd(*openings) as (one, other):
        await asyncio.sleep(2.2)
        await one.until(lambda event: event["kind"] == "CHANGE")

        there = {place(event): event.at for event in other.events if event.value["kind"] == "CHANGE"}
        apart = [abs(event.at - there[place(event)]) for event in one.events if place(event) in there]
        print(f"one tick on two APIs: {len(apart)} ticks, {max(apart) * 1000:.1f} ms apart at most")
        assert len(apart) >= 3
        assert max(apart) < 0.5
    after = await feed(installation)
    assert (after["term"], after["lease_owner"]) == (before["term"], before["lease_owner"])
    assert after["sequence"] > before["sequence"]


async def test_a_refresh_of_marks_asked_on_an_api_is_run_by_a_worker(installation):
    async with await signed_in(installation.apis[0]) as client:
        asked_at = time.monotonic()
        payload = (await client.data(REFRESH_MARKS, {"input": {}}))["refreshMarks"]
        job = await until_job(client, payload["job"]["id"], lambda job: job["state"] == "SUCCEEDED", 5)

    assert (job["attempts"], job["progress"]) == (1, 1.0)
    print(f"a job was done {time.monotonic() - asked_at:.2f} s after it was asked for")


async def test_others_go_on_with_what_killed_workers_were_doing(installation):
    async with contextlib.AsyncExitStack() as stack:
        client = await stack.enter_async_context(await signed_in(installation.apis[0]))
        prices = (installation.apis[0].url, PRICES, {"tickers": ["SP500"]}, None)
        (subscriber,) = await stack.enter_async_context(crowd(prices))
        await subscriber.until(lambda event: event["kind"] == "CHANGE")
        ids = await many_portfolios(installation, client)
        connection = await asyncpg.connect(installation.postgres.url)
        stack.push_async_callback(connection.close)
        # Whoever marks this portfolio, the last of the second batch, waits for us.
        held = connection.transaction()
        await held.start()
        await connection.execute("SELECT 1 FROM portfolios WHERE id = $1 FOR UPDATE", ids[-1])
        places = installation.places()
        job_id = (await client.data(REFRESH_MARKS, {"input": {}}))["refreshMarks"]["job"]["id"]
        await until_job(client, job_id, lambda job: job["state"] == "RUNNING" and job["progress"] > 0, 5)
        running = [each for each in installation.workers if "a job runs" in each.said(places[each])]
        leading = leader(installation)
        assert len(running) == 1

        running[0].kill()
        job_lost_at = time.monotonic()
        await held.rollback()
        if running[0] is not leading:
            await running[0].start()
            leading.kill()
        lead_lost_at, number, at_death = time.monotonic(), len(subscriber.events), await feed(installation)
        event = await subscriber.until(lambda event: event["kind"] == "CHANGE", TAKE_OVER_SECONDS, since=number)
        job = await until_job(client, job_id, lambda job: job["state"] == "SUCCEEDED", RUN_AGAIN_SECONDS)
        job_done_at = time.monotonic()

        print(
            f"after kill -9: another led the replay in {event.at - lead_lost_at:.1f} s, and had done the job in "
            f"{job_done_at - job_lost_at:.1f} s"
        )
        check_that_the_market_went_on(subscriber, at_death, await feed(installation))
        assert leader(installation) is not leading
        assert job["attempts"] == 2
        marks = await connection.fetch("SELECT portfolio_id, session FROM marks WHERE portfolio_id = ANY($1)", ids)
        latest = max(mark["session"] for mark in marks)
        assert sorted(mark["portfolio_id"] for mark in marks if mark["session"] == latest) == ids
        assert len({tuple(mark.values()) for mark in marks}) == len(marks)


def check_that_the_market_went_on(subscriber: Subscriber, before: asyncpg.Record, after: asyncpg.Record) -> None:
    """Nothing was missed, nothing was told twice, and the clock has not gone back."""
    assert after["term"] == before["term"] + 1
    assert after["market_at"] > before["market_at"]
    places = [place(event) for event in subscriber.events]
    assert places == sorted(set(places))
    assert "GAP" not in {event.value["kind"] for event in subscriber.events}


async def many_portfolios(installation: Installation, client: Client) -> list[Any]:
    """Return the ids of two batches of portfolios of one user, in order; the last has no mark yet."""
    missing = BATCH + 10 - len(await portfolios_of_individual(installation))
    for number in range(max(1, missing)):
        await new_portfolio(client, f"one of many {number}")
    return await portfolios_of_individual(installation)


async def feed(installation: Installation) -> asyncpg.Record:
    connection = await asyncpg.connect(installation.postgres.url)
    try:
        return await connection.fetchrow("SELECT term, sequence, market_at, lease_owner FROM feeds")
    finally:
        await connection.close()


async def portfolios_of_individual(installation: Installation) -> list[Any]:
    connection = await asyncpg.connect(installation.postgres.url)
    try:
        rows = await connection.fetch(
            "SELECT p.id FROM portfolios p JOIN users u ON u.id = p.owner_id WHERE u.email = $1 ORDER BY p.id",
            INDIVIDUAL.email,
        )
        return [row["id"] for row in rows]
    finally:
        await connection.close()
