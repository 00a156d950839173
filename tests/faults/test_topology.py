"""Two APIs, two workers, PostgreSQL and Redis: what happens in one process is seen from every other."""

import asyncio
import re
import statistics
import time
from collections.abc import Mapping
from typing import Any

import asyncpg
import pytest

from domain.onboarding.demonstration import HABITS, INDIVIDUAL
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
from tests.support.clients import Client, crowd
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


async def until_job(client: Client, job_id: str, state: str, seconds: float) -> Mapping[str, Any]:
    async with asyncio.timeout(seconds):
        while True:
            job: Mapping[str, Any] = (await client.data(JOB, {"id": job_id}))["job"]
            if job["state"] == state:
                return job
            await asyncio.sleep(0.05)


async def test_the_demonstration_was_loaded_once_by_two_apis_that_started_together(installation):
    for server in installation.apis:
        for habit in HABITS:
            async with await signed_in(server, habit.owner) as client:
                edges = (await client.data(PORTFOLIOS))["viewer"]["portfolios"]["edges"]
            found = [(edge["node"]["name"], edge["node"]["positions"]["totalCount"]) for edge in edges]
            assert (habit.name, len(habit.symbols)) in found
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
                await asyncio.sleep(0.2)

    # A portfolio is valued at most once in 250 ms: an event that follows a tick waits for that.
    print(
        f"mutation to event on the other API: {min(waits) * 1000:.0f} to {max(waits) * 1000:.0f} ms, median "
        f"{statistics.median(waits) * 1000:.0f}"
    )
    assert min(waits) < 0.1
    assert max(waits) < 0.5


async def test_a_tick_reaches_subscribers_of_both_apis(installation):
    openings = [(server.url, PRICES, {"tickers": ["SP500"]}, None) for server in installation.apis]
    async with crowd(*openings) as (one, other):
        await asyncio.sleep(3)
        await one.until(lambda event: event["kind"] == "CHANGE")

        there = {place(event): event.at for event in other.events if event.value["kind"] == "CHANGE"}
        both = [abs(event.at - there[place(event)]) for event in one.events if place(event) in there]
        assert len(both) >= 3
        assert max(both) < 0.5
        print(f"one tick on two APIs: {len(both)} ticks, {max(both) * 1000:.1f} ms apart at most")


async def test_one_worker_replays_and_the_other_takes_over_when_it_is_killed(installation):
    async with crowd((installation.apis[0].url, PRICES, {"tickers": ["SP500"]}, None)) as (subscriber,):
        await subscriber.until(lambda event: event["kind"] == "CHANGE")
        before = await feed(installation)
        await asyncio.sleep(2)
        assert (await feed(installation))["term"] == before["term"]

        killed = leader(installation)
        killed.kill()
        killed_at, number = time.monotonic(), len(subscriber.events)
        at_death = await feed(installation)
        event = await subscriber.until(lambda event: event["kind"] == "CHANGE", TAKE_OVER_SECONDS, since=number)

        print(f"another worker led the replay {event.at - killed_at:.1f} s after kill -9")
        await subscriber.until(lambda event: event["kind"] == "CHANGE", since=number + 3)
        after = await feed(installation)
        assert after["term"] == at_death["term"] + 1
        assert after["market_at"] > at_death["market_at"] >= before["market_at"]
        places = [place(event) for event in subscriber.events]
        assert places == sorted(set(places))
        assert "GAP" not in {event.value["kind"] for event in subscriber.events}
        assert leader(installation) is not killed


async def test_a_refresh_of_marks_asked_on_an_api_is_run_by_a_worker(installation):
    async with await signed_in(installation.apis[0]) as client:
        asked_at = time.monotonic()
        payload = (await client.data(REFRESH_MARKS, {"input": {}}))["refreshMarks"]
        job = await until_job(client, payload["job"]["id"], "SUCCEEDED", 5)

    assert (job["attempts"], job["progress"]) == (1, 1.0)
    print(f"a job was done {time.monotonic() - asked_at:.2f} s after it was asked for")


async def test_a_job_whose_worker_was_killed_is_run_again_and_has_its_effect_once(installation):
    async with await signed_in(installation.apis[0]) as client:
        ids = await portfolios_of_individual(installation)
        for number in range(len(ids), 60):
            await new_portfolio(client, f"one of many {number}")
        ids = await portfolios_of_individual(installation)
        # Whoever marks this portfolio, the last of the second batch, waits for us.
        connection = await asyncpg.connect(installation.postgres.url)
        held = connection.transaction()
        await held.start()
        await connection.execute("SELECT 1 FROM portfolios WHERE id = $1 FOR UPDATE", ids[-1])
        places = installation.places()
        job_id = (await client.data(REFRESH_MARKS, {"input": {}}))["refreshMarks"]["job"]["id"]
        await until_job(client, job_id, "RUNNING", 5)
        async with asyncio.timeout(5):
            while (await client.data(JOB, {"id": job_id}))["job"]["progress"] == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        running = [each for each in installation.workers if "a job runs" in each.said(places[each])]
        assert len(running) == 1

        running[0].kill()
        killed_at = time.monotonic()
        await held.rollback()
        job = await until_job(client, job_id, "SUCCEEDED", RUN_AGAIN_SECONDS)

        print(f"a job was done {time.monotonic() - killed_at:.1f} s after kill -9 of its worker")
        assert job["attempts"] == 2
        marks = await connection.fetch(
            "SELECT portfolio_id, session, count(*) FROM marks WHERE portfolio_id = ANY($1) GROUP BY 1, 2", ids
        )
        await connection.close()
        latest = max(mark["session"] for mark in marks)
        assert sorted(mark["portfolio_id"] for mark in marks if mark["session"] == latest) == sorted(ids)
        assert {mark["count"] for mark in marks} == {1}


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
