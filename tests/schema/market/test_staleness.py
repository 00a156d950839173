"""A feed that falls silent turns its prices stale, and says so to who listens."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.kernel.actor import NOBODY
from domain.kernel.ports import Resources
from domain.market.quote_changes import QuoteChange
from domain.market.types import QuoteSource
from schema.context import Context
from schema.market.subscriptions import prices
from schema.root import build_schema
from schema.shared.live import Live
from tests.factories.live_market import publish, row_of
from tests.support.resources import ManualClock

# 11:00 in New York on a full trading day, 15 minutes before the close, and on the eve of a long weekend.
MORNING = datetime(2024, 5, 15, 15, 0, tzinfo=UTC)
EVENING = datetime(2024, 5, 15, 19, 59, tzinfo=UTC)
# The exchange closes at 13:00 on the day after Thanksgiving.
HALF_DAY = datetime(2024, 11, 29, 17, 59, tzinfo=UTC)

QUOTE = 'query { quotes(symbols: ["AAA"]) { price stale qualityReasons source quality } }'


@pytest.fixture
def ask_live(live_market: Resources) -> Callable[..., object]:
    async def ask() -> dict[str, object]:
        context = Context(actor=NOBODY, resources=live_market, request_id="test")
        result = await build_schema().execute(QUOTE, context_value=context)
        assert result.data is not None, result.errors
        quote: dict[str, object] = result.data["quotes"][0]
        return quote

    return ask


async def _tell(market: Resources, at: datetime) -> None:
    change = QuoteChange(instrument=await row_of("AAA"), at=at, source=QuoteSource.FEED, price=Decimal(12))
    await publish(market, change)


@pytest.mark.parametrize(
    ("told_at", "later", "is_stale"),
    [
        pytest.param(MORNING, timedelta(minutes=5), False, id="five minutes"),
        pytest.param(MORNING, timedelta(minutes=5, seconds=1), True, id="longer"),
        pytest.param(EVENING, timedelta(hours=10), False, id="the night, in which nothing can come"),
        pytest.param(EVENING, timedelta(hours=17, minutes=31), False, id="a minute after the next open"),
        pytest.param(EVENING, timedelta(hours=17, minutes=36), True, id="six minutes after it"),
        pytest.param(HALF_DAY, timedelta(hours=2), False, id="the afternoon of a half day"),
        pytest.param(EVENING - timedelta(minutes=9), timedelta(hours=10), True, id="silent since before the close"),
    ],
)
async def test_five_minutes_of_an_open_market_make_a_price_stale(
    live_market: Resources,
    clock: ManualClock,
    ask_live: Callable[..., object],
    told_at: datetime,
    later: timedelta,
    is_stale: bool,
):
    clock.advance(told_at - clock.now())
    await _tell(live_market, told_at)
    clock.advance(later)

    quote = await ask_live()  # type: ignore[misc]

    assert (quote["stale"], quote["source"], quote["quality"]) == (is_stale, "FEED", "GOOD")
    assert ("it is older than five minutes" in quote["qualityReasons"]) == is_stale


async def test_who_listens_is_told_once(live_market: Resources, clock: ManualClock):
    clock.advance(MORNING - clock.now())
    await _tell(live_market, MORNING)
    topic = replace(prices(live_market), recheck_interval=0.02)
    live = Live(bus=live_market.bus, topic=topic, keys=frozenset({"AAA"}))
    try:
        first = await asyncio.wait_for(anext(aiter(live)), 10)
        clock.advance(minutes=5, seconds=20)
        stale = await asyncio.wait_for(anext(live), 10)
        waiting = asyncio.ensure_future(anext(live))
        await asyncio.sleep(0.1)
        assert not waiting.done(), "the same is not told again"
        await _tell(live_market, clock.now())
        fresh = await asyncio.wait_for(waiting, 10)
    finally:
        await live.aclose()

    assert [(event.kind.value, event.quote.stale) for event in (first, stale, fresh) if event.quote] == [
        ("SNAPSHOT", False),
        ("CHANGE", True),
        ("CHANGE", False),
    ]
    assert stale.price == first.price
