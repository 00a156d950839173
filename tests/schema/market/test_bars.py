"""`Instrument.bars` and `barColumns` of any length: `BarsOfInterval` of `operations_own/market.graphql`."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Resources
from domain.market import intraday
from domain.market.providers.asked import BarLength
from domain.market.providers.observed import ObservedBar
from tests.factories.live_market import MONDAY, TODAY, TUESDAY, row_of
from tests.schema.market.test_views import asking
from tests.support.resources import ManualClock
from tests.support.statements import counted_statements

SPAN = {"from": MONDAY.isoformat(), "to": TODAY.isoformat()}
# Half an hour after the exchange has opened.
MORNING = datetime(2024, 5, 15, 14, 0, tzinfo=UTC)


async def _bars(market: Resources, interval: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await asking(market)("BarsOfInterval", symbol="AAA", interval=interval, **SPAN, **more))[
        "instrument"
    ]
    for name in ("open", "high", "low", "close", "adjustedClose", "volume", "vwap", "trades"):
        assert [bar[name] for bar in found["bars"]] == found["barColumns"][name], "the same, column by column"
    return found


@pytest.mark.parametrize("interval", ["WEEK", "MONTH"])
async def test_a_week_is_told_under_its_last_session(live_market: Resources, clock: ManualClock, interval: str):
    clock.advance(MORNING - clock.now())

    with counted_statements() as sent:
        found = await _bars(live_market, interval)

    (bar,) = found["bars"]
    assert (bar["date"], bar["beginsAt"], bar["close"], bar["adjustedClose"]) == (TUESDAY.isoformat(), None, "11", "11")
    assert [each["field"] for each in bar["unavailable"]] == ["open", "high", "low", "volume", "vwap", "trades"]
    assert (found["barColumns"]["dates"], found["barColumns"]["beginsAt"]) == ([TUESDAY.isoformat()], [])
    # The instrument; of each field the market's now, sessions and splits.
    assert len(sent) == 7


async def test_parts_of_a_session_are_as_they_were_traded(live_market: Resources, clock: ManualClock):
    clock.advance(MORNING - clock.now())
    told = [
        ObservedBar(
            session=TODAY, at=MORNING - timedelta(minutes=before), open=Decimal("11.5"), close=close, volume=7, trades=2
        )
        for before, close in ((30, Decimal("11.25")), (5, Decimal("11.75")), (0, Decimal(12)))
    ]
    async with live_market.unit_of_work(SYSTEM) as work:
        await intraday.put_intraday(work, await row_of("AAA"), BarLength.FIVE_MINUTES, told)

    with counted_statements() as sent:
        found = await _bars(live_market, "FIVE_MINUTES")

    first, second = found["bars"]
    assert (first["date"], first["beginsAt"], first["close"]) == ("2024-05-15", "2024-05-15T13:30:00.000Z", "11.25")
    assert (second["beginsAt"], second["close"], second["trades"]) == ("2024-05-15T13:55:00.000Z", "11.75", "2")
    assert first["adjustedClose"] is None
    assert first["unavailable"][-1] == {
        "field": "adjustedClose",
        "reason": "NOT_APPLICABLE",
        "message": "expected a session or longer: parts of sessions are as they were traded",
    }
    assert found["barColumns"]["beginsAt"] == [first["beginsAt"], second["beginsAt"]]
    assert len(sent) == 5
    (hour,) = (await _bars(live_market, "HOUR"))["bars"]
    assert (hour["beginsAt"], hour["open"], hour["close"], hour["volume"]) == (
        "2024-05-15T13:00:00.000Z", "11.5", "11.75", "14"
    )  # fmt: skip


async def test_parts_of_sessions_are_known_as_they_are_now_alone(live_market: Resources):
    with pytest.raises(BadUserInput, match="an interval of a session or longer with knownAt, got MINUTE"):
        await _bars(live_market, "MINUTE", knownAt="2024-05-15T00:00:00Z")
