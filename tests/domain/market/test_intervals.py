"""Bars of any length: weeks and months of sessions, and parts of sessions by the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Resources
from domain.market import corporate_actions, intraday
from domain.market.corporate_actions import ActionTerms
from domain.market.ingestion import DailyBar, put_bars
from domain.market.intervals import interval_bars, longer
from domain.market.providers.asked import BarLength
from domain.market.providers.observed import ObservedBar
from domain.market.types import ActionKind, BarInterval, Bars, QuoteSource
from tests.factories.live_market import MONDAY, TUESDAY, row_of

NOW = datetime(2024, 5, 31, 22, tzinfo=UTC)
OPEN = datetime(2024, 5, 28, 13, 30, tzinfo=UTC)


def _nothing(_: int) -> None:
    """Spend nothing."""


def _daily(sessions: list[date], closes: list[float], volumes: list[float]) -> Bars:
    close = np.array(closes)
    return Bars(
        sessions=tuple(sessions),
        open=close - 1,
        high=close + 2,
        low=close - 2,
        close=close,
        adjusted_close=close / 2,
        volume=np.array(volumes),
        sources=(QuoteSource.PROVIDER,) * len(closes),
        vwap=close.copy(),
        trades=np.arange(1.0, len(closes) + 1),
    )


def test_weeks_by_hand():
    friday, monday, tuesday, next_monday = (date(2024, 5, day) for day in (24, 27, 28, 31))
    daily = _daily([friday, monday, tuesday, next_monday + timedelta(days=3)], [20, 30, 10, 40], [5, 1, 3, 2])

    found = longer(daily, [], BarInterval.WEEK)

    assert found.sessions == (friday, tuesday, date(2024, 6, 3))
    assert found.open.tolist() == [19, 29, 39]
    assert found.high.tolist() == [22, 32, 42]
    assert found.low.tolist() == [18, 8, 38]
    assert (found.close.tolist(), found.adjusted_close.tolist()) == ([20, 10, 40], [10, 5, 20])
    assert (found.volume.tolist(), found.trades.tolist()) == ([5, 4, 2], [1, 5, 4])
    assert found.vwap.tolist() == [20, 15, 40]


def test_a_split_within_a_month_and_a_figure_that_is_not_covered():
    days = [date(2023, 12, 29), date(2024, 1, 2), date(2024, 1, 3), date(2024, 1, 4)]
    daily = _daily(days, [100, 100, 20, 25], [7, 10, 50, 50])
    daily = replace(daily, trades=np.array([1, np.nan, 1, 1]))

    # 5 for 1 on the third.
    found = longer(daily, [(days[2].toordinal(), 5.0)], BarInterval.MONTH)

    assert found.sessions == (days[0], days[3])
    assert found.open.tolist() == [99, 99 / 5]
    assert found.high.tolist() == [102, 27]
    assert found.low.tolist() == [98, 18]
    assert found.close.tolist() == [100, 25]
    assert found.volume.tolist() == [7, 150], "in units after it"
    assert found.vwap.tolist() == pytest.approx([100, (20 * 50 + 20 * 50 + 25 * 50) / 150])
    assert np.isnan(found.trades).tolist() == [False, True]


def test_nothing_traded_has_no_average():
    daily = _daily([MONDAY, TUESDAY], [10, 11], [0, 0])

    found = longer(daily, [], BarInterval.WEEK)

    assert found.volume.tolist() == [0]
    assert np.isnan(found.vwap).tolist() == [True]


async def test_weeks_as_they_are_stored(live_market: Resources):
    row = await row_of("AAA")
    friday, monday = date(2024, 5, 17), date(2024, 5, 20)
    told = [
        DailyBar(row.number, day, close, close, close, close, close, 100, None, None, QuoteSource.PROVIDER)
        for day, close in ((friday, 12.0), (monday, 6.5))
    ]
    async with live_market.unit_of_work(SYSTEM) as work:
        await put_bars(work, told, [row.id])
        terms = ActionTerms(
            kind=ActionKind.SPLIT, symbol="AAA", ex_date=monday, source="test", numerator=2, denominator=1
        )
        await corporate_actions.record_action(work, terms)

    weeks = await interval_bars(row, MONDAY, monday, BarInterval.WEEK, NOW, _nothing)
    month = await interval_bars(row, MONDAY, monday, BarInterval.MONTH, NOW, _nothing)
    none = await interval_bars(row, date(2023, 1, 1), date(2023, 2, 1), BarInterval.WEEK, NOW, _nothing)

    assert (weeks.sessions, weeks.close.tolist()) == ((friday, monday), [12, 6.5])
    assert np.isnan(weeks.high).tolist() == [True, False], "of two of its sessions only closes are known"
    assert (month.sessions, month.close.tolist()) == ((monday,), [6.5])
    assert none.sessions == ()


def _part(minutes_on: int, close: str, volume: int | None = 10) -> ObservedBar:
    price = Decimal(close)
    return ObservedBar(
        session=OPEN.date(),
        at=OPEN + timedelta(minutes=minutes_on),
        open=price,
        high=price + 1,
        low=price - 1,
        close=price,
        volume=volume,
        vwap=price,
        trades=2,
    )


async def _put_parts(market: Resources, *bars: ObservedBar) -> None:
    row = await row_of("AAA")
    async with market.unit_of_work(SYSTEM) as work:
        await intraday.put_intraday(work, row, BarLength.FIVE_MINUTES, bars)


async def test_parts_of_a_session_and_the_hours_they_are_in(live_market: Resources):
    row = await row_of("AAA")
    await _put_parts(live_market, _part(0, "10"), _part(25, "12", 30), _part(30, "13"))
    # The hour goes on: what was told of it first still counts.
    await _put_parts(live_market, _part(30, "13.5"), _part(35, "9", None))

    fives = await interval_bars(row, OPEN.date(), OPEN.date(), BarInterval.FIVE_MINUTES, NOW, _nothing)
    hours = await interval_bars(row, OPEN.date(), OPEN.date(), BarInterval.HOUR, NOW, _nothing)
    minutes = await interval_bars(row, OPEN.date(), OPEN.date(), BarInterval.MINUTE, NOW, _nothing)

    assert fives.begins == tuple(OPEN + timedelta(minutes=each) for each in (0, 25, 30, 35))
    assert (fives.close.tolist(), fives.sessions) == ([10, 12, 13.5, 9], (OPEN.date(),) * 4)
    assert np.isnan(fives.adjusted_close).all()
    assert hours.begins == (OPEN - timedelta(minutes=30), OPEN + timedelta(minutes=30))
    assert (hours.open.tolist(), hours.close.tolist()) == ([10, 13.5], [12, 9])
    assert (hours.high.tolist(), hours.low.tolist()) == ([13, 14.5], [9, 8])
    assert hours.vwap.tolist()[0] == pytest.approx((10 * 10 + 12 * 30) / 40)
    assert hours.volume.tolist()[0] == 40
    assert np.isnan(hours.volume).tolist() == [False, True]
    assert hours.trades.tolist() == [4, 4]
    assert minutes.begins == ()


async def test_a_part_that_has_not_ended_is_not_told(live_market: Resources):
    row = await row_of("AAA")
    await _put_parts(live_market, _part(0, "10"), _part(5, "11"))

    async def at(now: datetime) -> int:
        return len((await interval_bars(row, MONDAY, OPEN.date(), BarInterval.FIVE_MINUTES, now, _nothing)).begins)

    assert await at(OPEN + timedelta(minutes=5)) == 1
    assert await at(OPEN + timedelta(minutes=9, seconds=59)) == 1
    assert await at(OPEN + timedelta(minutes=10)) == 2


async def test_what_cannot_be_asked_of_parts_of_sessions(live_market: Resources, monkeypatch: pytest.MonkeyPatch):
    row = await row_of("AAA")
    await _put_parts(live_market, _part(0, "10"), _part(5, "11"))

    with pytest.raises(BadUserInput, match="an interval of a session or longer with knownAt, got HOUR"):
        await interval_bars(row, MONDAY, TUESDAY, BarInterval.HOUR, NOW, _nothing, known_at=NOW)
    monkeypatch.setattr(intraday, "MAXIMUM_BARS", 1)
    with pytest.raises(BadUserInput, match="at most 1 bars, got more"):
        await interval_bars(row, MONDAY, OPEN.date(), BarInterval.FIVE_MINUTES, NOW, _nothing)
