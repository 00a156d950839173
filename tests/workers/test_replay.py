"""The replay as a stream: who leads, and what it goes on from."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest

from domain.kernel.events import Resync
from domain.kernel.ports import Resources
from domain.kernel.work import Work
from domain.market import bars, queries
from domain.market.events import QuotesTicked, SessionClosed
from domain.market.models import Feed
from domain.market.replay import SECONDS
from tests.factories.market import market, market_url
from workers.streams.replay import run_replay

FIRST = date(2022, 11, 30)


__all__ = ["market", "market_url"]


@asynccontextmanager
async def replaying(market: Resources, hook=None, *, session_seconds: float = 1.0) -> AsyncIterator[None]:
    task = asyncio.create_task(run_replay(market, session_seconds, 0.1, hook))
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def _next(listener) -> object:
    return await asyncio.wait_for(listener.next(), 10)


async def test_plays_sessions_one_after_the_other(market: Resources):
    closed: list[date] = []

    async def hook(work: Work, session: date) -> None:
        closed.append(session)

    async with market.bus.listen(SessionClosed.channel()) as listener, replaying(market, hook):
        events = [await _next(listener), await _next(listener)]

    assert events == [SessionClosed(session=FIRST), SessionClosed(session=date(2022, 12, 1))]
    assert closed[:2] == [FIRST, date(2022, 12, 1)]
    assert (await bars.sessions(FIRST, date(2022, 12, 1))) == [FIRST, date(2022, 12, 1)]


async def test_ticks_at_the_pace_that_was_asked(market: Resources):
    seconds = []
    async with market.bus.listen(QuotesTicked.channel()) as listener, replaying(market):
        for _ in range(11):
            event = await _next(listener)
            assert isinstance(event, QuotesTicked)
            seconds.append(event.market_at.hour * 3_600 + event.market_at.minute * 60 + event.market_at.second - 52_200)

    assert seconds == [*range(0, SECONDS, 2_340), SECONDS]


async def test_goes_on_from_the_last_tick(market: Resources):
    async with market.bus.listen(QuotesTicked.channel()) as listener, replaying(market):
        for _ in range(4):
            await _next(listener)
    before = await Feed.get(name="replay")

    async with market.bus.listen(QuotesTicked.channel()) as listener, replaying(market):
        event = await _next(listener)

    assert isinstance(event, QuotesTicked)
    assert event.epoch == before.epoch
    assert event.market_at > before.market_at
    assert min(quote.sequence for quote in event.quotes if quote.at == event.market_at) == before.sequence + 1


async def test_one_of_two_leads_and_the_other_takes_over(market: Resources):
    async with market.bus.listen(QuotesTicked.channel()) as listener, replaying(market):
        async with replaying(market):
            events = [await _next(listener) for _ in range(15)]
            terms = {(await Feed.get(name="replay")).term}
        assert not any(isinstance(event, Resync) for event in events)
        sequences = [event.sequence for event in events if isinstance(event, QuotesTicked)]
        assert sequences == sorted(set(sequences))
        assert terms == {1}


async def test_the_open_of_each_session_is_told_once(market: Resources):
    opened: list[date] = []

    async def hook(work: Work, session: date) -> None:
        opened.append(session)

    task = asyncio.create_task(run_replay(market, 1.0, 0.1, on_session_opened=hook))
    async with market.bus.listen(SessionClosed.channel()) as listener:
        for _ in range(2):
            await _next(listener)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert opened[:2] == [FIRST, date(2022, 12, 1)]
    assert len(opened) == len(set(opened))


async def test_who_waits_takes_over_when_the_leader_ends(market: Resources):
    first = asyncio.create_task(run_replay(market, 1.0, 0.1))
    async with market.bus.listen(QuotesTicked.channel()) as listener:
        await _next(listener)
        async with replaying(market):
            await asyncio.sleep(0.3)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            stopped = await Feed.get(name="replay")
            listener.drain()
            event = await _next(listener)

    assert isinstance(event, QuotesTicked)
    assert event.sequence > stopped.sequence
    assert (await Feed.get(name="replay")).term == 2


async def test_a_close_whose_hook_fails_is_not_known_and_is_tried_again(market: Resources, caplog):
    failed = asyncio.Event()

    async def hook(work: Work, session: date) -> None:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("the marks could not be asked for")

    async with market.bus.listen(SessionClosed.channel()) as listener, replaying(market, hook):
        await asyncio.wait_for(failed.wait(), 10)
        stopped = (await Feed.get(name="replay")).second
        sessions = await bars.sessions(FIRST, FIRST)
        event = await _next(listener)

    assert stopped < SECONDS
    assert sessions == []
    assert event == SessionClosed(session=FIRST)
    assert "the replay stopped at a tick" in caplog.text


async def test_waits_where_there_is_no_feed(resources: Resources):
    async with replaying(resources):
        await asyncio.sleep(0.1)

    assert await queries.all_quotes() == []
