"""Observed quotes on the market's tables and on the bus."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.errors import Unavailable
from domain.kernel.ports import Resources
from domain.market import feed, frames, live_quotes, queries
from domain.market.consensus import Observation, consensus
from domain.market.consensus_rows import consensus_by_id
from domain.market.events import QuotesTicked
from domain.market.feed import LeadershipLost
from domain.market.models import Feed
from domain.market.quote_changes import Figures, QuoteChange, Sides
from domain.market.types import QuoteSource
from tests.factories.live_market import CLOSES, publish, row_of
from tests.support.resources import ManualClock
from tests.support.statements import counted_statements

AT = datetime(2024, 5, 15, 14, 0, tzinfo=UTC)


async def _change(symbol: str, price: str, at: datetime = AT, **more: object) -> QuoteChange:
    return QuoteChange(
        instrument=await row_of(symbol),
        at=at,
        source=QuoteSource.FEED,
        price=Decimal(price),
        **more,  # type: ignore[arg-type]
    )


async def test_what_was_told_is_the_latest_quote_and_on_the_bus(live_market: Resources):
    whole = Figures(open=Decimal("11.1"), high=Decimal(13), low=Decimal(11), volume=9_000)
    sides = Sides(bid=Decimal("12.49"), ask=Decimal("12.51"), bid_size=300, ask_size=100)
    changes = [await _change("AAA", "12.5", whole=whole, sides=sides), await _change("SP500", "5300.25")]

    async with live_market.bus.listen(QuotesTicked.channel()) as listener:
        told = await publish(live_market, *changes)
        event = await asyncio.wait_for(listener.next(), 10)

    stored = await queries.quotes_by_symbol(list(CLOSES))
    assert {quote.symbol: quote for quote in told} == stored
    first = stored["AAA"]
    assert (first.price, first.previous_close, first.change) == (Decimal("12.5"), Decimal(11), Decimal("1.5"))
    assert (first.open, first.high, first.low, first.volume) == (Decimal("11.1"), Decimal(13), Decimal(11), 9_000)
    assert (first.bid, first.ask, first.bid_size, first.ask_size) == (Decimal("12.49"), Decimal("12.51"), 300, 100)
    assert (first.sequence, stored["SP500"].sequence) == (1, 2)
    position = await queries.feed_position()
    assert position is not None
    assert position.sequence == 2
    assert isinstance(event, QuotesTicked)
    assert (event.epoch, event.sequence, event.shard) == (position.epoch, 2, 0)
    assert {quote.symbol: quote for quote in event.quotes} == stored
    assert await frames.resume_quotes(position.epoch, 0) == told
    assert await queries.market_now(live_market.clock) == live_market.clock.now(), "no replay's clock counts here"


async def test_an_event_stands_for_all_that_came_before_it(live_market: Resources):
    await publish(live_market, await _change("AAA", "12"))

    async with live_market.bus.listen(QuotesTicked.channel()) as listener:
        await publish(live_market, await _change("BBB", "95"))
        event = await asyncio.wait_for(listener.next(), 10)

    assert isinstance(event, QuotesTicked)
    assert [(quote.symbol, quote.sequence) for quote in event.quotes] == [("AAA", 1), ("BBB", 2)]


async def test_nothing_new_moves_nothing(live_market: Resources):
    change = await _change("AAA", "12")
    await publish(live_market, change)
    before = await queries.feed_position()

    assert await publish(live_market, await _change("AAA", "13", AT - timedelta(seconds=1))) == []
    assert await queries.feed_position() == before


async def test_writers_take_turns(live_market: Resources):
    changes = [await _change("AAA", str(10 + number), AT + timedelta(seconds=number)) for number in range(8)]

    told = await asyncio.gather(*(publish(live_market, change) for change in changes))

    sequences = [quote.sequence for quotes in told for quote in quotes]
    assert len(set(sequences)) == len(sequences), "each quote has its own place"
    assert (await queries.quotes_by_symbol(["AAA"]))["AAA"].price == 17


async def test_who_has_lost_the_lead_publishes_nothing(live_market: Resources, clock: ManualClock):
    async with live_market.unit_of_work(SYSTEM) as work:
        lost = await feed.take_lease(work, uuid4(), queries.LIVE)
    clock.advance(feed.LEASE + timedelta(seconds=1))
    async with live_market.unit_of_work(SYSTEM) as work:
        lease = await feed.take_lease(work, uuid4(), queries.LIVE)
        assert await feed.take_lease(work, uuid4(), queries.LIVE) is None
    change = await _change("AAA", "12")

    with pytest.raises(LeadershipLost):
        async with live_market.unit_of_work(SYSTEM) as work:
            await live_quotes.publish(work, [change], lost)
    assert await queries.quotes_by_symbol(["AAA"]) == {}
    async with live_market.unit_of_work(SYSTEM) as work:
        assert len(await live_quotes.publish(work, [change], lease)) == 1


async def test_where_the_replay_drives_there_is_no_live_feed(market: Resources):
    async with market.unit_of_work(SYSTEM) as work:
        assert not await live_quotes.open_live_feed(work)
    assert await Feed.all().count() == 1
    change = QuoteChange(instrument=await row_of("AAPL"), at=AT, source=QuoteSource.FEED, price=Decimal(1))

    with pytest.raises(Unavailable):
        await publish(market, change)


async def test_a_batch_is_a_few_statements(live_market: Resources):
    changes = [await _change(symbol, "50") for symbol in CLOSES]
    await publish(live_market, *changes)
    later = [await _change(symbol, "51", AT + timedelta(seconds=1)) for symbol in CLOSES]

    with counted_statements() as sent:
        await publish(live_market, *later)

    # Turn, quotes of the shard, the quotes written, frame, old frames, position.
    assert len(sent) == 6


async def test_what_providers_said_is_kept_with_the_price_they_came_to(live_market: Resources):
    told = [
        Observation(provider=name, price=Decimal(price), at=AT, weight=Decimal(1))
        for name, price in (("one", "12"), ("two", "12.001"), ("three", "15"))
    ]
    found = consensus(told)
    assert found is not None
    change = replace(await _change("AAA", str(found.price)), source=QuoteSource.PROVIDER, consensus=found)
    row = change.instrument

    await publish(live_market, change)

    assert await consensus_by_id([row.id, uuid4()]) == [found, None]
    (quote,) = (await queries.quotes_by_symbol(["AAA"])).values()
    assert (quote.grade, quote.reasons) == (found.grade, found.reasons)
    await publish(live_market, await _change("AAA", "13", AT + timedelta(seconds=1)))
    (quote,) = (await queries.quotes_by_symbol(["AAA"])).values()
    assert (quote.grade, quote.reasons, await consensus_by_id([row.id])) == (None, (), [None])
