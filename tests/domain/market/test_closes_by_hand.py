"""Past closes set by hand: what is shown, what was known before, what sources tell meanwhile, and the way back."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM, Actor, Role
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market import bars, corporate_actions, history, overrides, refreshing
from domain.market.corporate_actions import ActionTerms
from domain.market.events import BarsChanged
from domain.market.ingestion import DailyBar, put_bars
from domain.market.models import PriceOverride
from domain.market.types import ActionKind, Bars, QuoteSource
from domain.storage import statements
from domain.storage.statements import statement
from tests.factories.live_market import MONDAY, TUESDAY, row_of
from tests.support.resources import ManualClock

WEDNESDAY, THURSDAY = date(2024, 5, 15), date(2024, 5, 16)
NOW = datetime(2024, 5, 17, 12, tzinfo=UTC)
ADMIN = Actor(user_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))
_REVISIONS = statement("SELECT close, source FROM bar_revisions ORDER BY session, replaced_at")


async def _set(market: Resources, session: date, price: str) -> PriceOverride:
    async with market.unit_of_work(ADMIN) as work:
        return await overrides.override_price(work, "AAA", Decimal(price), "a wrong print", session)


async def _withdraw(market: Resources, session: date) -> PriceOverride:
    async with market.unit_of_work(ADMIN) as work:
        return await overrides.withdraw_override(work, "AAA", session)


async def _tell(market: Resources, *told: tuple[date, float]) -> None:
    row = await row_of("AAA")
    given = [
        DailyBar(
            row.number, day, close - 0.5, close + 1, close - 1, close, close, 1_000, close, 7, QuoteSource.PROVIDER
        )
        for day, close in told
    ]
    async with market.unit_of_work(SYSTEM) as work:
        await put_bars(work, given, [row.id])
        await refreshing.readjust(work, row)


async def _bars(known_at: datetime | None = None) -> Bars:
    return await bars.bars(await row_of("AAA"), MONDAY, THURSDAY, NOW, known_at=known_at)


async def _revisions() -> Sequence[tuple[float, str]]:
    return [tuple(row) for row in await statements.fetch(_REVISIONS)]


async def test_it_stands_and_what_was_known_before_is_known(live_market: Resources, clock: ManualClock):
    before = clock.now()
    clock.advance(hours=1)

    row = await _set(live_market, MONDAY, "10.5")

    found = await _bars()
    assert (found.close.tolist(), found.adjusted_close.tolist()) == ([10.5, 11], [10.5, 11])
    assert found.sources == (QuoteSource.OVERRIDE, QuoteSource.HISTORY)
    assert (row.session, row.price, row.replaced) == (MONDAY, Decimal("10.5"), Decimal(10))
    earlier = await _bars(known_at=before)
    assert (earlier.close.tolist(), earlier.sources[0]) == ([10, 11], QuoteSource.HISTORY)
    assert (await _bars(known_at=clock.now())).close.tolist() == [10.5, 11]


async def test_its_high_and_low_hold_it_and_the_rest_stays(live_market: Resources):
    await _tell(live_market, (WEDNESDAY, 12.0))

    await _set(live_market, WEDNESDAY, "15")

    found = await _bars()
    assert [column.tolist()[2] for column in (found.open, found.high, found.low, found.close)] == [11.5, 15, 11, 15]
    assert (found.volume[2], found.vwap[2], found.trades[2]) == (1_000, 12, 7)


async def test_what_sources_tell_meanwhile_is_kept_and_comes_back(live_market: Resources, clock: ManualClock):
    await _tell(live_market, (WEDNESDAY, 12.0))
    clock.advance(hours=1)
    await _set(live_market, WEDNESDAY, "15")
    set_at = clock.now()
    clock.advance(hours=1)
    await _tell(live_market, (WEDNESDAY, 12.5), (THURSDAY, 13.0))
    assert (await _bars()).close.tolist() == [10, 11, 15, 13]
    clock.advance(hours=1)

    row = await _withdraw(live_market, WEDNESDAY)

    found = await _bars()
    assert (found.close.tolist(), found.high[2]) == ([10, 11, 12.5, 13], 13.5)
    assert found.sources[2] is QuoteSource.PROVIDER
    assert (row.withdrawn_at, row.withdrawn_by) == (clock.now(), ADMIN.user_id)
    assert (await _bars(known_at=set_at)).close.tolist() == [10, 11, 15, 13]
    assert await _revisions() == [(12.0, "PROVIDER"), (15.0, "OVERRIDE")], "nothing stands behind it any more"
    await _tell(live_market, (WEDNESDAY, 12.75))
    assert (await _bars()).close.tolist() == [10, 11, 12.75, 13], "and sources are heard again"


async def test_one_set_anew_goes_back_to_what_was_observed(live_market: Resources, clock: ManualClock):
    for price in ("40", "41"):
        clock.advance(hours=1)
        await _set(live_market, TUESDAY, price)
    first, second = await PriceOverride.all().order_by("id")
    assert (first.replaced, second.replaced) == (Decimal(11), Decimal(11))
    assert [row.withdrawn_at is None for row in (first, second)] == [False, True]

    await _withdraw(live_market, TUESDAY)

    assert (await _bars()).close.tolist() == [10, 11]
    assert (await _bars()).sources[1] is QuoteSource.HISTORY


async def test_closes_before_a_dividend_are_adjusted_by_the_close_that_is_set(live_market: Resources):
    terms = ActionTerms(kind=ActionKind.DIVIDEND, symbol="AAA", ex_date=THURSDAY, source="oracle", cash=Decimal(1))
    async with live_market.unit_of_work(SYSTEM) as work:
        await corporate_actions.record_action(work, terms)
    await _tell(live_market, (TUESDAY, 10.0), (WEDNESDAY, 10.0), (THURSDAY, 9.0))
    assert (await _bars()).adjusted_close.tolist() == pytest.approx([9, 9, 9, 9])

    await _set(live_market, WEDNESDAY, "20")
    assert (await _bars()).adjusted_close.tolist() == pytest.approx([9.5, 9.5, 19, 9])

    await _withdraw(live_market, WEDNESDAY)
    assert (await _bars()).adjusted_close.tolist() == pytest.approx([9, 9, 9, 9])


async def test_what_was_computed_of_it_is_void(live_market: Resources):
    row = await row_of("AAA")
    async with live_market.bus.listen(BarsChanged.channel()) as listener:
        for change, expected in ((_set(live_market, MONDAY, "10.5"), 10.5), (_withdraw(live_market, MONDAY), 10.0)):
            await change

            assert await listener.next() == BarsChanged(instrument_ids=(row.id,))
            history.forget()
            (line,) = await history.closes([row], TUESDAY, NOW)
            assert line.closes.tolist() == [expected, 11]

    (job,) = await Job.all()
    assert job.kind == "market.recompute_session", "one waits for both"
    assert json.loads(job.arguments) == {"session": "2024-05-13"}


async def test_what_is_set_of_sessions_is_found_as_it_was(live_market: Resources, clock: ManualClock):
    await _set(live_market, MONDAY, "10.5")
    set_at = clock.now()
    clock.advance(hours=1)
    await _withdraw(live_market, MONDAY)
    await _set(live_market, TUESDAY, "12")
    key = (await row_of("AAA")).id

    assert {day: row.price for day, row in (await overrides.closes_set(key, MONDAY, TUESDAY)).items()} == {
        TUESDAY: Decimal(12)
    }
    assert list(await overrides.closes_set(key, MONDAY, TUESDAY, set_at)) == [MONDAY]
    assert await overrides.closes_set(key, MONDAY, MONDAY) == {}
    assert await overrides.active_prices() == {}, "none of them is a latest price"


async def test_refuses_a_session_without_a_close_and_one_that_is_not_set(live_market: Resources):
    with pytest.raises(NotFound, match="expected a session of AAA whose close is known, got 2024-05-16"):
        await _set(live_market, THURSDAY, "1")
    with pytest.raises(NotFound, match="expected a close on 2024-05-13 of AAA that was set by hand, got none"):
        await _withdraw(live_market, MONDAY)

    assert await PriceOverride.all().count() == await Job.all().count() == 0
    assert (await _bars()).close.tolist() == [10, 11]
