"""Redis dies under live subscribers of two APIs, and an API under subscribers that come back."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.faults.asking import (
    JOB,
    LOGIN_DEMO,
    PORTFOLIO,
    PORTFOLIO_LIVE,
    PRICES,
    QUOTES,
    RECORD,
    REFRESH_MARKS,
    contribution,
    new_portfolio,
    place,
    signed_in,
)
from tests.support.clients import Answer, Client, Event, Subscriber, crowd
from tests.support.processes import Installation
from tests.support.yardstick import slowness

pytestmark = pytest.mark.faults

SYMBOLS = ("AAPL", "MSFT", "JPM", "SP500", "XOM", "KO")
BACK_SECONDS = 2.0
OUT_SECONDS = 1.5
# What an answer may take that has to give up on Redis first.
SLOWEST_SECONDS = 3.0
# Two ticks a second go on: between two of them, all that was pushed is read and compared in this process.
AGREED_SECONDS = 6.0
END_SECONDS = 4.0


def tickers_of(number: int) -> list[str]:
    """One to three symbols, not the same for all."""
    return [SYMBOLS[(number + step) % len(SYMBOLS)] for step in range(1 + number % 3)]


@asynccontextmanager
async def watched(installation: Installation, portfolio_id: str, token: str) -> AsyncIterator[list[Subscriber]]:
    """160 subscribers of prices and 40 of a portfolio, half of them on each API; all have their first state."""
    servers = itertools.cycle(installation.apis)
    prices = [(next(servers).url, PRICES, {"tickers": tickers_of(number)}, None) for number in range(160)]
    portfolios = [(next(servers).url, PORTFOLIO_LIVE, {"id": portfolio_id}, token) for _ in range(40)]
    async with crowd(*prices, *portfolios) as subscribers:
        for subscriber in subscribers:
            await subscriber.until(lambda event: event["kind"] == "SNAPSHOT")
        yield subscribers


@asynccontextmanager
async def asked_meanwhile(client: Client, portfolio_id: str) -> AsyncIterator[list[tuple[float, Answer]]]:
    """Ask an API all the time, for what needs Redis and for what does not; yield the answers, with their seconds."""
    answers: list[tuple[float, Answer]] = []
    requests: Iterator[tuple[str, Callable[[int], dict[str, Any]]]] = itertools.cycle(
        [
            (QUOTES, lambda _: {"symbols": ["AAPL"]}),
            (PORTFOLIO, lambda _: {"id": portfolio_id}),
            (RECORD, lambda number: contribution(portfolio_id, f"{client.url}-{number}")),
            (LOGIN_DEMO, lambda _: {}),
            (REFRESH_MARKS, lambda _: {"input": {"portfolioId": portfolio_id}}),
        ]
    )

    async def ask() -> None:
        for number in itertools.count():
            document, variables = next(requests)
            begun = time.monotonic()
            answer = await client.ask(document, variables(number))
            answers.append((time.monotonic() - begun, answer))
            await asyncio.sleep(0.02)

    asking = asyncio.create_task(ask())
    try:
        yield answers
        # What was asked is answered.
        for _ in range(2):
            await asyncio.sleep(0.05)
    finally:
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking


async def agree(subscribers: Sequence[Subscriber], client: Client, portfolio_id: str, seconds: float) -> None:
    """Wait until the last push of every subscriber equals a fresh read: ticks go on, so that it is tried again."""
    async with asyncio.timeout(seconds):
        while True:
            fresh = await read_afresh(client, portfolio_id)
            late = [subscriber for subscriber in subscribers if not is_right(subscriber, fresh)]
            if not late:
                return
            await asyncio.sleep(0.02)


async def read_afresh(client: Client, portfolio_id: str) -> dict[str, str]:
    quotes, portfolio = await asyncio.gather(
        client.data(QUOTES, {"symbols": list(SYMBOLS)}), client.data(PORTFOLIO, {"id": portfolio_id})
    )
    found = {quote["symbol"]: quote["price"] for quote in quotes["quotes"]}
    return found | {"version": portfolio["portfolio"]["version"], "value": portfolio["portfolio"]["valuation"]}


def is_right(subscriber: Subscriber, fresh: dict[str, Any]) -> bool:
    last: dict[str, Any] = {}
    for event in subscriber.events:
        if "portfolio" in event.value:
            last["version"] = event.value["portfolio"]["version"]
            last["value"] = event.value["portfolio"]["valuation"]
        elif event.value["ticker"] is not None:
            last[event.value["ticker"]] = event.value["price"]
    return all(fresh[name] == value for name, value in last.items())


def back_after(subscriber: Subscriber, since: int) -> float:
    """When this subscriber had a GAP, and after it a SNAPSHOT of everything it asked for."""
    events = subscriber.events[since:]
    kinds = [event.value["kind"] for event in events]
    assert "GAP" in kinds, kinds
    after = events[kinds.index("GAP") + 1 :]
    wanted = {event.value.get("ticker") for event in subscriber.events[:since]}
    snapshots: dict[str | None, Event] = {}
    for event in after:
        if event.value["kind"] == "SNAPSHOT":
            snapshots.setdefault(event.value.get("ticker"), event)
    assert set(snapshots) == wanted, (set(snapshots), wanted)
    return max(event.at for event in snapshots.values())


async def test_subscribers_of_two_apis_are_back_after_redis_was_killed(installation):
    places = installation.places()
    async with contextlib.AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(await signed_in(server)) for server in installation.apis]
        token = clients[0].token
        assert token is not None
        portfolio_id = await new_portfolio(clients[0], "watched while Redis is out")
        subscribers = await stack.enter_async_context(watched(installation, portfolio_id, token))
        async with contextlib.AsyncExitStack() as asking:
            answers = [await asking.enter_async_context(asked_meanwhile(client, portfolio_id)) for client in clients]
            await asyncio.sleep(1)

            installation.redis.kill()
            had = {subscriber: len(subscriber.events) for subscriber in subscribers}
            await asyncio.sleep(OUT_SECONDS)
            await asyncio.to_thread(installation.redis.start)
            returned_at = time.monotonic()
            await asyncio.sleep(BACK_SECONDS)

            backs = [back_after(subscriber, had[subscriber]) - returned_at for subscriber in subscribers]
            now = {subscriber: len(subscriber.events) for subscriber in subscribers}
        for subscriber in subscribers:
            assert subscriber.closed is None
            if "ticker" in subscriber.events[0].value:
                # Live, not only read again.  Half of all prices move at a tick.
                await subscriber.until(lambda event: event["kind"] == "CHANGE", 8, since=now[subscriber])
        await agree(subscribers, clients[1], portfolio_id, AGREED_SECONDS * slowness())

    given = [answer for each in answers for answer in each]
    slowest = max(seconds for seconds, _ in given)
    print(f"all 200 back {max(backs):.2f} s after Redis; {len(given)} answers meanwhile, slowest {slowest:.2f} s")
    assert max(backs) < BACK_SECONDS
    assert [answer for _, answer in given if answer.status >= 500 or answer.errors] == []
    assert slowest < SLOWEST_SECONDS
    installation.check_logs(places)


async def test_processes_end_and_start_while_redis_is_out(installation):
    places = installation.places()
    installation.redis.kill()

    restarted = (installation.apis[0], installation.workers[0])
    ended = await asyncio.gather(*(process.end() for process in restarted))
    started = await asyncio.gather(*(process.start() for process in restarted))
    print(f"while Redis is out, processes end in {max(ended):.1f} s and start in {max(started):.1f} s")
    assert max(ended) < END_SECONDS
    async with await signed_in(installation.apis[0]) as client:
        asked = (await client.data(REFRESH_MARKS, {"input": {}}))["refreshMarks"]["job"]
        assert asked["state"] == "QUEUED"
        await asyncio.to_thread(installation.redis.start)
        async with asyncio.timeout(10):
            while (await client.data(JOB, {"id": asked["id"]}))["job"]["state"] != "SUCCEEDED":  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    installation.check_logs(places)


async def test_a_subscriber_resumes_at_an_api_that_was_restarted(installation):
    server = installation.apis[0]
    async with crowd((server.url, PRICES, {"tickers": ["SP500"]}, None)) as (subscriber,):
        await subscriber.until(lambda event: event["kind"] == "CHANGE")
        last = subscriber.events[-1]

    server.kill()
    await server.start()

    await resumes_after(server.url, last)


async def test_a_subscriber_resumes_at_an_embedded_server_that_was_killed(embedded):
    await embedded.start()
    async with crowd((embedded.url, PRICES, {"tickers": ["SP500"]}, None)) as (subscriber,):
        await subscriber.until(lambda event: event["kind"] == "CHANGE")
        await asyncio.sleep(1.2)
        # Not the last one: what came after it is to be told again.
        last = subscriber.events[-2]

    embedded.kill()
    await embedded.start()

    told = await resumes_after(embedded.url, last)
    assert told[0].value == {**subscriber.events[-1].value, "kind": "CHANGE"}


async def resumes_after(url: str, last: Event) -> list[Event]:
    """Come back with `since`, and return what is told: CHANGEs only, in order, each after the last one seen."""
    async with crowd((url, PRICES, {"tickers": ["SP500"], "since": last.value["eventId"]}, None)) as (again,):
        await again.until(lambda _: True)
        await again.until(lambda _: True, since=len(again.events) + 1)

        assert {event.value["kind"] for event in again.events} == {"CHANGE"}
        places = [place(event) for event in again.events]
        assert places == sorted(set(places))
        assert places[0] > place(last)
        return again.events


async def test_since_that_nobody_knows_any_more_is_a_gap_and_a_snapshot(installation):
    url = installation.apis[1].url
    async with crowd((url, PRICES, {"tickers": ["SP500"], "since": "unheard-of"}, None)) as (subscriber,):
        await subscriber.until(lambda event: event["kind"] == "SNAPSHOT")

        assert [event.value["kind"] for event in subscriber.events[:2]] == ["GAP", "SNAPSHOT"]
