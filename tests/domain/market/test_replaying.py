"""The replay on the market's tables."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from domain.kernel import dates
from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import bars, feed, frames, queries, replaying
from domain.market.demonstration.prices import replayed_prices
from domain.market.events import QuotesTicked, SessionClosed
from domain.market.feed import LeadershipLost
from domain.market.replay import SECONDS
from domain.market.types import FeedPosition, QuoteSource
from domain.storage.readings import price_of
from tests.factories.market import make_player
from tests.support.compute import ComputeHere
from tests.support.resources import ManualClock

FIRST = date(2022, 11, 30)
STEPS = (0, 39, 5_000, 11_700, 23_361, SECONDS)


async def _prices() -> dict[str, tuple[object, ...]]:
    return {
        quote.symbol: (quote.price, quote.open, quote.high, quote.low, quote.at, quote.sequence)
        for quote in await queries.all_quotes()
    }


async def test_a_tick_is_stored_whole(market: Resources):
    player = await make_player(market)

    await player.tick(0)
    await player.tick(39)

    quotes = {quote.symbol: quote for quote in await queries.all_quotes()}
    moved = [quote for quote in quotes.values() if quote.at == dates.session_open(FIRST) + timedelta(seconds=39)]
    index = quotes["SP500"]
    assert quotes == {quote.symbol: quote for quote in player.standing.quotes}
    assert 3 < len(moved) < 24
    assert index in moved
    assert (index.source, index.session, index.previous_close) == (QuoteSource.REPLAY, FIRST, Decimal("3957.63"))
    assert index.low is not None
    assert index.high is not None
    assert index.low <= index.price <= index.high
    assert index.open == Decimal("3957.63")
    assert {quote.sequence for quote in moved} == set(range(27, 27 + len(moved)))
    assert await queries.feed_position() == player.standing.position
    assert await queries.market_now(market.clock) == dates.session_open(FIRST) + timedelta(seconds=39)


async def test_whole_shards_are_announced_after_the_commit(market: Resources):
    player = await make_player(market)
    await player.tick(0)

    async with market.bus.listen(QuotesTicked.channel()) as listener:
        await player.tick(39)
        event = await listener.next()

    assert isinstance(event, QuotesTicked)
    assert event.quotes == player.standing.quotes
    assert (event.epoch, event.sequence) == (player.standing.position.epoch, player.standing.position.sequence)
    assert listener.drain() == []


async def test_a_restart_at_any_step_changes_nothing(market: Resources, clock: ManualClock):
    player = await make_player(market)
    for restart in range(len(STEPS)):
        script = player.script
        seen = []
        for step, second in enumerate(STEPS):
            if step == restart:
                clock.advance(seconds=11)
                player = await make_player(market)
            await player.tick(second)
            seen.append(player.standing.quotes)

        assert (player.script.paths == script.paths).all()
        for row in range(len(script.paths)):
            moves = zip(seen, seen[1:], STEPS[1:], strict=False)
            for before, after, second in ((earlier[row], later[row], second) for earlier, later, second in moves):
                assert before == after or after.price == price_of(float(script.paths[row, second]))
            assert seen[-1][row].price == price_of(float(script.closes[row]))
        await player.next_session()


async def test_the_close_is_the_real_one_and_is_known_at_once(market: Resources):
    player = await make_player(market)
    table = replayed_prices()
    ids = [instrument.id for instrument in player.standing.instruments]
    for second in STEPS[:-1]:
        await player.tick(second)
    before = await queries.closes_at(ids, datetime(2100, 1, 1, tzinfo=UTC))

    async with market.bus.listen(SessionClosed.channel()) as listener:
        await player.tick(SECONDS)
        event = await listener.next()

    after = await queries.closes_at(ids, await queries.market_now(market.clock))
    assert event == SessionClosed(session=FIRST)
    assert {close.session for close in before if close} == {date(2022, 11, 29)}
    assert {(close.session, close.source) for close in after if close} == {(FIRST, QuoteSource.HISTORY)}
    for instrument, close, quote in zip(player.standing.instruments, after, player.standing.quotes, strict=True):
        real = price_of(float(table.closes[1, table.symbols.index(instrument.symbol)]))
        assert close is not None
        assert close.price == quote.price == real


async def test_twenty_real_sessions_then_resampled_ones_and_never_back(market: Resources):
    player = await make_player(market)
    aapl = (await queries.instruments_by_symbol(["AAPL"]))["AAPL"]
    clocks = [await queries.market_now(market.clock)]

    for _ in range(23):
        await player.play_session()
        clocks.append(await queries.market_now(market.clock))

    now = clocks[-1]
    played = await bars.bars(aapl, FIRST, date(2100, 1, 1), now)
    assert list(played.sessions[:20]) == list(replayed_prices().sessions[1:])
    assert list(played.sessions[20:]) == [date(2022, 12, 29), date(2022, 12, 30), date(2023, 1, 3)]
    assert set(played.sources[:20]) == {QuoteSource.HISTORY}
    assert set(played.sources[20:]) == {QuoteSource.RESAMPLED}
    assert {quote.source for quote in await queries.all_quotes()} == {QuoteSource.RESAMPLED}
    assert clocks == sorted(clocks)
    assert len(set(clocks)) == len(clocks)
    returns = played.close[20:] / played.close[19:-1] - 1.0
    real = played.close[:20] / [140.76, *played.close[:19]] - 1.0
    assert all(min(abs(real - value)) < 1e-5 for value in returns)


async def test_nothing_is_later_than_the_clock(market: Resources):
    player = await make_player(market)
    everything = await queries.instruments_by_symbol(replayed_prices().symbols)
    ids = [instrument.id for instrument in everything.values()]
    horizon = datetime(2099, 1, 1, tzinfo=UTC)
    for second in (*STEPS, *STEPS):
        await player.tick(second)
        now = await queries.market_now(market.clock)
        known = dates.last_known_close(now)

        for quote in await queries.latest_quotes(ids):
            assert quote is not None
            assert quote.at <= now
        for close in (*await queries.closes_at(ids, horizon), *await queries.previous_closes(ids, horizon.date())):
            assert close is not None
            assert close.session <= known
        assert (await bars.bars(everything["AAPL"], FIRST, horizon.date(), horizon)).sessions[-1:] <= (known,)
        aligned = await bars.aligned_history(
            ComputeHere(), ["AAPL", "SP500"], date(2022, 11, 1), horizon.date(), horizon
        )
        assert aligned.sessions[-1] <= known
        assert max(await bars.sessions(date(2022, 11, 1), horizon.date())) <= known
        if second == SECONDS:
            await player.next_session()


async def test_who_is_replaced_stores_nothing_more(market: Resources, clock: ManualClock):
    old = await make_player(market)
    await old.tick(0)
    async with market.unit_of_work(SYSTEM) as work:
        assert await feed.take_lease(work, uuid4()) is None
    clock.advance(seconds=7)
    new = await make_player(market)
    await new.tick(39)
    stored = await _prices()

    with pytest.raises(LeadershipLost):
        await old.tick(39)
    with pytest.raises(LeadershipLost):
        async with market.unit_of_work(SYSTEM) as work:
            await feed.renew_lease(work, old.lease)

    assert await _prices() == stored
    assert await queries.feed_position() == new.standing.position


async def test_a_leader_that_gives_up_is_replaced_at_once(market: Resources):
    first = await make_player(market)
    async with market.unit_of_work(SYSTEM) as work:
        await feed.give_up_lease(work, first.lease)

    assert (await make_player(market)).lease.term == first.lease.term + 1


async def test_resumes_every_quote_after_a_position(market: Resources):
    player = await make_player(market)
    await player.tick(0)
    told = []
    start = player.standing.position
    for second in (39, 78, 117):
        before = player.standing.position.sequence
        await player.tick(second)
        told += sorted(
            (quote for quote in player.standing.quotes if quote.sequence > before), key=lambda quote: quote.sequence
        )
    aapl = player.standing.instruments[0].id

    assert await frames.resume_quotes(start.epoch, start.sequence) == told
    assert await frames.resume_quotes(start.epoch, start.sequence + 3) == told[3:]
    assert await frames.resume_quotes(start.epoch, start.sequence, [aapl]) == [
        quote for quote in told if quote.instrument_id == aapl
    ]
    assert await frames.resume_quotes(start.epoch, player.standing.position.sequence) == []


async def test_does_not_resume_what_it_does_not_have(market: Resources, clock: ManualClock):
    player = await make_player(market)
    await player.tick(0)
    position = player.standing.position
    await player.tick(39)
    later = player.standing.position

    assert await frames.resume_quotes(uuid4(), position.sequence) is None
    assert await frames.resume_quotes(position.epoch, later.sequence + 1) is None
    assert await frames.resume_quotes(position.epoch, -1) is None
    for minutes, second in ((6, 78), (5, 117)):
        clock.advance(minutes=minutes)
        await player.tick(second)
    assert await frames.resume_quotes(position.epoch, position.sequence) is None
    assert await frames.resume_quotes(position.epoch, later.sequence) is not None


async def test_without_a_feed_the_market_lives_in_real_time(resources: Resources):
    assert await queries.market_now(resources.clock) == resources.clock.now()
    assert await queries.feed_position() is None
    assert await frames.resume_quotes(uuid4(), 0) is None
    async with resources.unit_of_work(SYSTEM) as work:
        assert await feed.take_lease(work, uuid4()) is None


async def test_a_script_is_the_same_for_who_starts_in_the_middle(market: Resources):
    player = await make_player(market)
    await player.play_session()
    await player.tick(0)

    standing = await replaying.read_standing()

    assert standing.is_open
    assert (standing.session, standing.second) == (date(2022, 12, 1), 0)
    assert standing.position == FeedPosition(player.standing.position.epoch, player.standing.position.sequence)
    assert ((await replaying.script_of(standing)).paths == player.script.paths).all()
