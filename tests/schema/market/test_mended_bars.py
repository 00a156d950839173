"""What was done to bars, beside them: `MendedBars` of `operations_own/market.graphql`."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import queries
from domain.market.ingestion import put_bars
from domain.market.quote_changes import QuoteChange
from domain.market.repairing import repaired, store_repairs, unadjusted
from domain.market.types import QuoteSource
from tests.factories.live_market import MONDAY, TODAY, TUESDAY, publish, row_of
from tests.schema.market.test_overrides import ADMIN, _asking
from tests.schema.market.test_views import _bar, asking
from tests.support.resources import ManualClock
from tests.support.statements import counted_statements

SPAN = {"from": MONDAY.isoformat(), "to": TODAY.isoformat()}
MORNING = datetime(2024, 5, 15, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(clock: ManualClock) -> None:
    clock.advance(MORNING - clock.now())


async def _mended(market: Resources, interval: str = "DAY", **more: Any) -> list[dict[str, Any]]:
    found = await asking(market)("MendedBars", symbol="AAA", interval=interval, **SPAN, **more)
    bars: list[dict[str, Any]] = found["instrument"]["bars"]
    return bars


async def _repair(market: Resources) -> None:
    row = await row_of("AAA")
    right, repairs = repaired([_bar(row.number, MONDAY, 10.0), _bar(row.number, TUESDAY, 1_010.0)], [], 10.1)
    repairs += unadjusted(right, [10.0, 10.1], [], [(TUESDAY.toordinal(), 0.5)])
    async with market.unit_of_work(SYSTEM) as work:
        await put_bars(work, right, [row.id])
        await store_repairs(work, row, repairs, "oracle")


async def test_a_repair_stands_beside_its_bar(live_market: Resources, clock: ManualClock):
    before = clock.now()
    clock.advance(hours=1)
    await _repair(live_market)

    first, second = await _mended(live_market)

    assert (first["repair"]["kind"], first["repair"]["date"]) == ("DIVIDEND_NOT_ADJUSTED", MONDAY.isoformat())
    assert first["repair"]["prices"] == [{"column": "adjustedClose", "observed": 10.0, "repaired": 9.5}]
    assert (second["source"], second["repair"]["kind"]) == ("REPAIRED", "HUNDREDFOLD")
    assert (second["repair"]["reason"], second["repair"]["source"]) == ("a hundred times too high", "oracle")
    assert second["repair"]["prices"][3] == {"column": "close", "observed": 1_010.0, "repaired": 10.1}
    assert [bar["repair"] for bar in await _mended(live_market, knownAt=before.isoformat())] == [None, None]
    assert [bar["repair"] for bar in await _mended(live_market, "WEEK")] == [None]


async def test_what_is_told_right_later_is_no_repair_any_more(live_market: Resources):
    await _repair(live_market)
    row = await row_of("AAA")
    async with live_market.unit_of_work(SYSTEM) as work:
        await put_bars(work, [_bar(row.number, TUESDAY, 10.2)], [row.id])

    _, second = await _mended(live_market)

    assert (second["close"], second["source"], second["repair"]) == ("10.2", "PROVIDER", None)


async def test_a_close_set_by_hand_says_who_and_why_until_it_is_withdrawn(live_market: Resources, clock: ManualClock):
    ask = _asking(live_market)
    given = {"symbol": "AAA", "price": "10.5", "session": MONDAY.isoformat(), "reason": "a wrong print"}

    told = (await ask("OverridePrice", input=given))["overridePrice"]
    first, second = await _mended(live_market)

    assert told["userErrors"] == []
    assert (first["close"], first["source"]) == ("10.5", "OVERRIDE")
    assert first["override"] == told["priceOverride"]
    assert (first["override"]["replaced"], first["override"]["reason"]) == ("10", "a wrong print")
    assert (first["override"]["session"], first["override"]["withdrawnAt"]) == (MONDAY.isoformat(), None)
    assert (second["override"], second["source"]) == (None, "HISTORY")
    set_at = clock.now()
    clock.advance(hours=1)
    gone = (await ask("WithdrawPriceOverride", input={"symbol": "AAA", "session": MONDAY.isoformat()}))[
        "withdrawPriceOverride"
    ]
    assert (gone["userErrors"], gone["priceOverride"]["session"]) == ([], MONDAY.isoformat())
    first, _ = await _mended(live_market)
    assert (first["close"], first["source"], first["override"]) == ("10", "HISTORY", None)
    was, _ = await _mended(live_market, knownAt=set_at.isoformat())
    assert (was["close"], was["override"]["id"]) == ("10.5", told["priceOverride"]["id"])
    assert ADMIN.user_id is not None


async def test_a_close_changes_no_quote_and_a_latest_price_no_bar(live_market: Resources):
    ask = _asking(live_market)
    await ask("OverridePrice", input={"symbol": "AAA", "price": "42", "reason": "the latest"})
    await ask(
        "OverridePrice", input={"symbol": "AAA", "price": "9", "reason": "a close", "session": TUESDAY.isoformat()}
    )

    (quote,) = (await ask("QuoteSources", symbols=["AAA"]))["quotes"]
    bars = await _mended(live_market)

    assert (quote["price"], quote["source"]) == ("42", "OVERRIDE")
    assert [bar["close"] for bar in bars] == ["10", "9"]
    await ask("WithdrawPriceOverride", input={"symbol": "AAA"})
    assert [bar["close"] for bar in await _mended(live_market)] == ["10", "9"], "each is withdrawn by itself"


async def test_the_quote_of_the_session_after_it_has_it_as_its_previous_close(live_market: Resources):
    row = await row_of("AAA")
    told = QuoteChange(instrument=row, at=MORNING, source=QuoteSource.PROVIDER, price=Decimal(12))
    await publish(live_market, told)
    ask = _asking(live_market)
    closes: list[tuple[Decimal, Decimal | None, int]] = []

    for session, price in ((MONDAY, "9"), (TUESDAY, "10"), (TUESDAY, None)):
        given = {"symbol": "AAA", "session": session.isoformat()}
        if price is None:
            await ask("WithdrawPriceOverride", input=given)
        else:
            await ask("OverridePrice", input=given | {"price": price, "reason": "by hand"})
        (quote,) = await queries.latest_quotes([row.id])
        assert quote is not None
        closes.append((quote.price, quote.previous_close, quote.sequence))

    # Only what changes a quote moves the feed.
    expected = [(Decimal(12), Decimal(11), 1), (Decimal(12), Decimal(10), 2), (Decimal(12), Decimal(11), 3)]
    assert closes == expected


async def test_refuses_a_session_without_a_close(live_market: Resources):
    given = {"symbol": "AAA", "price": "1", "reason": "by hand", "session": TODAY.isoformat()}

    answer = (await _asking(live_market)("OverridePrice", input=given))["overridePrice"]

    assert [(each["code"], each["field"]) for each in answer["userErrors"]] == [("NOT_FOUND", ["session"])]


async def test_each_costs_one_statement_and_only_where_it_is_selected(live_market: Resources):
    await _repair(live_market)
    ask = asking(live_market)
    with counted_statements() as plain:
        await ask("BarsKnownAt", symbol="AAA", **SPAN)
    with counted_statements() as mended:
        await _mended(live_market)

    assert len(mended) == len(plain) + 2
