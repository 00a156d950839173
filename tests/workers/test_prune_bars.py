"""Bars of parts of sessions go when they are older than they are kept; the longer ones that they are in stay."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import intraday
from domain.market.jobs import PRUNE_BARS
from domain.market.providers.asked import BarLength
from domain.market.providers.observed import ObservedBar
from domain.storage import statements
from domain.storage.statements import statement
from tests.factories.live_market import live_market, row_of
from tests.support.resources import ManualClock
from workers.main import TASKS
from workers.registry import Run, handler_of

# Importing the tasks registers their handlers.
__all__ = ["TASKS", "live_market"]

OPEN = datetime(2024, 5, 28, 13, 30, tzinfo=UTC)
_STORED = statement("""
    SELECT i.symbol, b.minutes, COUNT(*) FROM intraday_bars b JOIN instruments i ON i.number = b.instrument
    GROUP BY i.symbol, b.minutes ORDER BY i.symbol, b.minutes
""")


async def _put(market: Resources, symbol: str, count: int) -> None:
    bars = [
        ObservedBar(session=OPEN.date(), at=OPEN + timedelta(minutes=5 * place), close=Decimal(10))
        for place in range(count)
    ]
    async with market.unit_of_work(SYSTEM) as work:
        await intraday.put_intraday(work, await row_of(symbol), BarLength.FIVE_MINUTES, bars)


async def _stored() -> list[tuple[str, int, int]]:
    return [(symbol, minutes, count) for symbol, minutes, count in await statements.fetch(_STORED)]


async def test_what_is_old_goes_in_parts_and_hours_stay(
    live_market: Resources, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    await _put(live_market, "AAA", 12)
    await _put(live_market, "BBB", 3)
    # The last of the first is as old as it may be.
    clock.advance(OPEN + timedelta(minutes=55, days=90) - clock.now())
    monkeypatch.setattr(intraday, "_PART", 4)
    found = handler_of(PRUNE_BARS.kind)
    assert found is not None
    reported: list[float] = []

    async def report(fraction: float) -> None:
        reported.append(fraction)

    run = Run(replace(live_market, intraday_days=(7, 90, 200)), {}, report)
    first, again = await found[1](run), await found[1](run)

    assert (first, again) == ({"deleted": 14}, {"deleted": 0})
    assert len(reported) == 4, "in parts of four"
    assert await _stored() == [("AAA", 5, 1), ("AAA", 60, 2), ("BBB", 60, 1)]
    clock.advance(timedelta(days=200))
    assert await found[1](run) == {"deleted": 4}
    assert await _stored() == []
