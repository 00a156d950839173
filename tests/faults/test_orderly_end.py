"""SIGTERM and Ctrl-C: clients are told, what is under way is answered, and nobody is waited for in vain."""

import asyncio
import contextlib
import signal
import socket
import time

import asyncpg
import pytest

from schema.shared.node import stored_key
from tests.faults.asking import PORTFOLIO_LIVE, PRICES, RECORD, contribution, new_portfolio, place, signed_in
from tests.support.clients import crowd

pytestmark = pytest.mark.faults

SERVICE_RESTART = 1012
TOLD_SECONDS = 1.0
HELD_SECONDS = 1.8
CTRL_C_SECONDS = 2.0


async def test_sigterm_tells_200_sockets_to_come_back_and_answers_what_is_under_way(installation):
    ending, other = installation.apis
    places = installation.places()
    async with contextlib.AsyncExitStack() as stack:
        connection = await asyncpg.connect(installation.postgres.url)
        stack.push_async_callback(connection.close)
        client = await stack.enter_async_context(await signed_in(ending))
        portfolio_id = await new_portfolio(client, "written to while the server ends")
        prices = [(ending.url, PRICES, {"tickers": ["SP500"]}, None) for _ in range(160)]
        portfolios = [(ending.url, PORTFOLIO_LIVE, {"id": portfolio_id}, client.token) for _ in range(40)]
        subscribers = await stack.enter_async_context(crowd(*prices, *portfolios))
        for subscriber in subscribers:
            await subscriber.until(lambda event: event["kind"] == "SNAPSHOT")
        held = connection.transaction()
        await held.start()
        row_id = stored_key("Portfolio", portfolio_id)
        await connection.execute("SELECT 1 FROM portfolios WHERE id = $1 FOR UPDATE", row_id)
        under_way = asyncio.create_task(client.ask(RECORD, contribution(portfolio_id, "under way")))
        await asyncio.sleep(0.2)

        told_at = time.monotonic()
        ended = asyncio.create_task(ending.end(signal.SIGTERM))
        closed = await asyncio.gather(*(subscriber.ended() for subscriber in subscribers))
        last = subscribers[0].events[-1]
        await asyncio.sleep(max(0.0, told_at + HELD_SECONDS - time.monotonic()))
        await held.rollback()
        answer = await under_way
        seconds = await ended

        latest = max(at for _, _, at in closed) - told_at
        print(f"200 sockets closed in {latest:.2f} s; the API ended in {seconds:.2f} s, {HELD_SECONDS} of them held up")
        assert {code for code, _, _ in closed} == {SERVICE_RESTART}
        assert latest < TOLD_SECONDS
        assert (answer.status, answer.errors) == (200, ())
        assert answer.data is not None
        assert answer.data["recordTransaction"]["portfolio"]["version"] == 1
        assert seconds < HELD_SECONDS + 1.5
        assert ending.exit_status in {0, -signal.SIGTERM}
        installation.check_logs(places)
        resumed = (other.url, PRICES, {"tickers": ["SP500"], "since": last.value["eventId"]}, None)
        async with crowd(resumed) as (elsewhere,):
            first = await elsewhere.until(lambda _: True)
            assert first.value["kind"] == "CHANGE"
            assert place(first) > place(last)


async def test_ctrl_c_ends_the_embedded_server_soon(embedded):
    await embedded.start()
    async with await signed_in(embedded) as client, contextlib.AsyncExitStack() as stack:
        subscribers = await stack.enter_async_context(
            crowd(*((embedded.url, PRICES, {"tickers": ["SP500", "AAPL"]}, None) for _ in range(30)))
        )
        portfolio_id = await new_portfolio(client, "watched")
        live = (embedded.url, PORTFOLIO_LIVE, {"id": portfolio_id}, client.token)
        subscribers += await stack.enter_async_context(crowd(*[live] * 10))
        for subscriber in subscribers:
            await subscriber.until(lambda event: event["kind"] == "SNAPSHOT")
        # One who never finished what it began to say.
        silent = stack.enter_context(socket.create_connection(("127.0.0.1", embedded.port)))
        silent.sendall(
            b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"
        )

        seconds = await embedded.end(signal.SIGINT)
        assert b" 503 " in silent.recv(100)
        codes = {(await subscriber.ended())[0] for subscriber in subscribers}

    print(f"Ctrl-C ended the embedded server in {seconds:.2f} s with 41 connections open")
    assert seconds < CTRL_C_SECONDS
    assert codes == {SERVICE_RESTART}
    assert embedded.exit_status == 0
    embedded.check_log()


async def test_workers_end_soon_and_the_other_leads_at_once(installation):
    async with crowd((installation.apis[0].url, PRICES, {"tickers": ["SP500"]}, None)) as (subscriber,):
        await subscriber.until(lambda event: event["kind"] == "CHANGE")
        places = installation.places()
        for worker in installation.workers:
            seconds = await worker.end(signal.SIGTERM)
            number = len(subscriber.events)
            assert seconds < 2
            assert worker.exit_status == 0
            await worker.start()
            # Whoever led has given it up: nobody waits for the end of a lease.
            await subscriber.until(lambda event: event["kind"] == "CHANGE", 4, since=number)
        installation.check_logs(places)
