"""Adjusted closes by our own factors, on the market's tables."""

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import bars, corporate_actions, refreshing
from domain.market.corporate_actions import ActionTerms
from domain.market.events import BarsChanged
from domain.market.ingestion import DailyBar, batches, put_bars
from domain.market.types import ActionKind, InstrumentRow, QuoteSource
from domain.quant.adjustment import adjustment_factors
from domain.storage import statements
from tests.factories.live_market import TUESDAY, row_of
from tests.support.statements import counted_statements
from tests.support.yardstick import slowness

FIRST, COUNT = TUESDAY + timedelta(days=1), 9_000
NOW = datetime(2060, 1, 1, tzinfo=UTC)


async def _fill(market: Resources, row: InstrumentRow) -> list[float]:
    chance = np.random.default_rng(7)
    closes = np.round(50 * np.exp(np.cumsum(chance.normal(0.0, 0.01, COUNT))), 4).tolist()
    told = [
        DailyBar(
            row.number, FIRST + timedelta(place), None, None, None, close, close, None, None, None, QuoteSource.PROVIDER
        )
        for place, close in enumerate(closes)
    ]
    for part in batches(told):
        async with market.unit_of_work(SYSTEM) as work:
            await put_bars(work, part, [row.id])
    return [10.0, 11.0, *closes]


async def _record(market: Resources, place: int, **terms: object) -> None:
    async with market.unit_of_work(SYSTEM) as work:
        told = ActionTerms(symbol="AAA", ex_date=FIRST + timedelta(place), source="test", **terms)  # type: ignore[arg-type]
        await corporate_actions.record_action(work, told)


async def _readjust(market: Resources, row: InstrumentRow) -> int:
    async with market.unit_of_work(SYSTEM) as work:
        return await refreshing.readjust(work, row)


async def test_thirty_years_are_adjusted_in_stretches(live_market: Resources):
    row = await row_of("AAA")
    closes = await _fill(live_market, row)
    for place in range(0, COUNT - 1_000, 250):
        await _record(live_market, place, kind=ActionKind.DIVIDEND, cash=Decimal("0.25"))
    await _record(live_market, 500, kind=ActionKind.SPLIT, numerator=3, denominator=2)
    days = [FIRST.toordinal() - 2 + place for place in range(COUNT + 2)]

    with counted_statements() as sent:
        changed = await _readjust(live_market, row)
    again = await _readjust(live_market, row)
    took, changed_by_one = [], 0
    for place in (COUNT - 2, COUNT - 3, COUNT - 4):
        await _record(live_market, place, kind=ActionKind.DIVIDEND, cash=Decimal("0.5"))
        begun = time.perf_counter()
        changed_by_one = await _readjust(live_market, row)
        took.append(time.perf_counter() - begun)
    seconds = min(took)

    assert (changed, again, changed_by_one) == (COUNT - 1_250 + 2, 0, COUNT - 2)
    assert len(sent) == 3, "closes, actions, and one for all stretches"
    cash = [(FIRST.toordinal() + place, 0.25) for place in range(0, COUNT - 1_000, 250)]
    cash += [(FIRST.toordinal() + place, 0.5) for place in (COUNT - 4, COUNT - 3, COUNT - 2)]
    factors = adjustment_factors(days, closes, [(FIRST.toordinal() + 500, 1.5)], cash)
    last = await bars.bars(row, FIRST + timedelta(COUNT - 4_000), date(2090, 1, 1), NOW)
    assert last.adjusted_close.tolist() == pytest.approx((np.array(closes) * factors)[-4_000:].tolist(), rel=1e-9)
    # Others wait meanwhile where there is one connection.
    assert seconds < (0.05 if statements.is_sqlite() else 0.3) * slowness()
    print(f"{COUNT:,} closes adjusted: {seconds * 1e3:.0f} ms")


async def test_what_is_adjusted_already_is_not_told(live_market: Resources):
    row = await row_of("AAA")
    async with live_market.bus.listen(BarsChanged.channel()) as listener:
        assert await _readjust(live_market, row) == 0
        await _record(live_market, -1, kind=ActionKind.SPLIT, numerator=2, denominator=1)
        assert await _readjust(live_market, row) == 1

        assert await listener.next() == BarsChanged(instrument_ids=(row.id,))
    found = await bars.bars(row, date(2024, 5, 1), TUESDAY, NOW)
    assert (found.close.tolist(), found.adjusted_close.tolist()) == ([10, 11], [5, 11])
