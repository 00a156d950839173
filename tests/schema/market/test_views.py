"""The market as a whole, and what is known of instruments: `operations_own/market.graphql`."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from domain.kernel.actor import NOBODY, SYSTEM
from domain.kernel.ports import Resources
from domain.market.corporate_actions import ActionTerms, record_action
from domain.market.demonstration.prices import REPLAYED, read_listings, read_prices
from domain.market.ingestion import DailyBar, put_bars
from domain.market.listing import list_instrument
from domain.market.providers.observed import ObservedNews, ObservedProfile, ObservedSeries, ObservedStatement
from domain.market.publications import storing
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.repairing import repaired, store_repairs, unadjusted
from domain.market.types import ActionKind, InstrumentKind, QuoteSource
from schema.context import Context
from schema.root import build_schema
from tests.factories.live_market import MONDAY, TUESDAY, row_of
from tests.factories.market import make_player
from tests.support.graphql import OPERATIONS
from tests.support.statements import counted_statements

DOCUMENT = (OPERATIONS.parent / "operations_own" / "market.graphql").read_text()
AT = datetime(2024, 5, 14, 17, 8, tzinfo=UTC)

Ask = Callable[..., Awaitable[dict[str, Any]]]


def asking(resources: Resources) -> Ask:
    async def ask(operation: str, **variables: Any) -> dict[str, Any]:
        result = await build_schema().execute(
            DOCUMENT,
            variable_values=variables,
            context_value=Context(actor=NOBODY, resources=resources, request_id="test"),
            operation_name=operation,
        )
        if result.errors:
            raise result.errors[0].original_error or result.errors[0]
        assert result.data is not None
        return result.data

    return ask


async def test_the_mood_of_the_demonstration(market: Resources):
    player = await make_player(market)
    await player.tick(0)
    await player.tick(11_700)
    ask = asking(market)
    await ask("MarketMood")

    with counted_statements() as sent:
        found = (await ask("MarketMood"))["market"]

    # The market's time four times, sectors, directions, the stocks and the benchmark twice each, and volumes.
    assert len(sent) == 11
    table = read_prices()
    past = table.closes[:-REPLAYED]
    stocks = [place for place, symbol in enumerate(table.symbols) if symbol in _stocks()]
    own = [past[:, place][~np.isnan(past[:, place])] for place in stocks]
    breadth, mood, setting = found["breadth"], found["sentiment"], found["regime"]
    assert breadth["counted"] == 20
    assert breadth["advancing"] + breadth["declining"] + breadth["unchanged"] == 20
    assert breadth["above50DayAverage"] == sum(each[-1] > each[-50:].mean() for each in own)
    assert breadth["above200DayAverage"] == sum(each[-1] > each[-200:].mean() for each in own)
    assert breadth["newHighs"] == sum(each[-1] >= each[-252:].max() for each in own)
    assert breadth["unavailable"] == []
    assert mood["momentum"] == breadth["above50DayAverage"] / 20
    assert [each["field"] for each in mood["unavailable"]] == ["volume"]
    index = past[:, table.symbols.index("SP500")]
    returns = index[1:] / index[:-1] - 1
    assert setting["session"] == table.sessions[-REPLAYED - 1].isoformat()
    assert setting["average200"] == pytest.approx(index[-200:].mean())
    assert setting["volatility"] == pytest.approx(returns[-21:].std(ddof=1) * 252**0.5)
    assert setting["yearChange"] == pytest.approx(index[-1] / index[-253] - 1)
    assert 0 <= setting["volatilityRank"] <= 1
    assert sum(each["stocks"] for each in found["sectors"]) == 20
    assert [each["sector"] for each in found["sectors"]] == sorted(each["sector"] for each in found["sectors"])
    assert all(each["advancing"] + each["declining"] <= each["stocks"] for each in found["sectors"])


def _stocks() -> set[str]:
    return {listing.symbol for listing in read_listings() if listing.kind is InstrumentKind.STOCK}


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        ("2008-10-10", "VOLATILE"),
        ("2022-09-12", "BEAR"),
        ("2016-03-11", "STABLE"),
        ("2013-06-03", "BULL"),
        ("2020-03-16", "VOLATILE"),
        ("1990-08-06", None),
    ],
)
async def test_regimes_of_the_past(market: Resources, day: str, regime: str | None):
    found = (await asking(market)("MarketMood", asOf=f"{day}T21:30:00Z"))["market"]["regime"]

    assert (found["regime"], found["session"]) == (regime, day)
    assert (found["unavailable"] == []) == (regime is not None)


async def test_an_empty_market_has_no_mood_and_says_why(live_market: Resources):
    found = (await asking(live_market)("MarketMood"))["market"]

    assert found["sectors"] == []
    assert (found["breadth"]["counted"], found["breadth"]["newHighs"]) == (3, None)
    assert [each["field"] for each in found["breadth"]["unavailable"]] == [
        "above50DayAverage", "above200DayAverage", "newHighs", "newLows"
    ]  # fmt: skip
    assert {each["reason"] for each in found["regime"]["unavailable"]} == {"INSUFFICIENT_HISTORY"}


async def test_what_an_instrument_is_and_how_far_its_data_reach(live_market: Resources):
    profile = ObservedProfile(
        symbol="ACME", name="Acme Widgets", kind=InstrumentKind.STOCK, exchange="XNAS", currency="USD",
        sector="Industrials", industry="Anvils", country="US", cusip="000000000", isin="US0000000001",
    )  # fmt: skip
    async with live_market.unit_of_work(SYSTEM) as work:
        row = await list_instrument(work, profile, "oracle")
    told = [_bar(row.number, MONDAY, 10.0), _bar(row.number, TUESDAY, 1_010.0)]
    right, repairs = repaired(told, [], 10.1)
    repairs += unadjusted(right, [10.0, 10.1], [], [(TUESDAY.toordinal(), 0.5)])
    async with live_market.unit_of_work(SYSTEM) as work:
        await put_bars(work, right, [row.id])
        await store_repairs(work, row, repairs, "oracle")
    ask = asking(live_market)

    found = (await ask("SecurityMaster", symbol="ACME"))["instrument"]
    other = (await ask("SecurityMaster", symbol="AAA"))["instrument"]

    assert {name: found[name] for name in ("industry", "country", "cusip", "isin")} == {
        "industry": "Anvils", "country": "US", "cusip": "000000000", "isin": "US0000000001"
    }  # fmt: skip
    assert found["symbols"] == [{"symbol": "ACME", "since": None, "until": None, "source": "oracle"}]
    assert (found["coverage"]["closes"], found["coverage"]["firstSession"]) == (2, MONDAY.isoformat())
    dividend, repair = [edge["node"] for edge in found["barRepairs"]["edges"]]
    assert (dividend["date"], dividend["kind"]) == (MONDAY.isoformat(), "DIVIDEND_NOT_ADJUSTED")
    assert dividend["prices"] == [{"column": "adjustedClose", "observed": 10.0, "repaired": 9.5}]
    assert (repair["date"], repair["kind"], repair["source"]) == (TUESDAY.isoformat(), "HUNDREDFOLD", "oracle")
    assert repair["prices"][3] == {"column": "close", "observed": 1_010.0, "repaired": 10.1}
    assert (other["industry"], other["symbols"], other["coverage"]["opens"]) == (None, [], 0)
    assert other["coverage"]["missing"][0].startswith("no open, high and low")


async def test_what_an_instrument_was_called(live_market: Resources):
    profile = ObservedProfile(symbol="ACME", name="Acme Widgets", kind=InstrumentKind.STOCK, currency="USD")
    terms = ActionTerms(
        kind=ActionKind.SYMBOL_CHANGE, symbol="AAA", other_symbol="ACME", ex_date=TUESDAY, source="an exchange"
    )
    async with live_market.unit_of_work(SYSTEM) as work:
        await list_instrument(work, profile, "oracle")
        for _ in range(2):
            await record_action(work, terms)

    found = (await asking(live_market)("SecurityMaster", symbol="ACME"))["instrument"]["symbols"]

    assert [(each["symbol"], each["since"], each["until"], each["source"]) for each in found] == [
        ("AAA", None, MONDAY.isoformat(), "an exchange"),
        ("ACME", TUESDAY.isoformat(), None, "an exchange"),
    ]


def _bar(number: int, session: date, close: float) -> DailyBar:
    return DailyBar(number, session, close, close, close, close, close, 100, None, None, QuoteSource.PROVIDER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AAA", ["AAA"]),
        ("b", ["BBB", "BRK.B"]),
        ("brk.b", ["BRK.B"]),
        (" inc", ["AAA", "BBB", "BRK.B", "SP500"]),
        ("us0000000001", ["ACME"]),
        ("widg", ["ACME"]),
        ("acme w", ["ACME"]),
        ("%", []),
        ("", []),
        ("x" * 500, []),
        ("\x00", []),
    ],
)
async def test_instruments_are_found(live_market: Resources, text: str, expected: list[str]):
    profile = ObservedProfile(symbol="ACME", name="Acme Widgets", isin="US0000000001")
    async with live_market.unit_of_work(SYSTEM) as work:
        await list_instrument(work, profile, "oracle")

    found = (await asking(live_market)("SearchInstruments", text=text, first=10))["searchInstruments"]

    assert [each["symbol"] for each in found] == expected


async def test_what_was_published_can_be_read(live_market: Resources):
    row = await row_of("AAA")
    news = [
        ObservedNews(key=f"n{place}", title=f"Title {place}", published_at=AT.replace(minute=place),
                     symbols=("AAA",) if place % 2 else ("BBB",), url="https://example.com/1")
        for place in range(5)
    ]  # fmt: skip
    statement = ObservedStatement(
        symbol="AAA", kind=StatementKind.INCOME, period=StatementPeriod.YEAR, fiscal_year=2023, fiscal_quarter=None,
        ends_on=date(2023, 12, 31), currency="USD", figures={"revenue": Decimal("1000.5"), "other": None},
    )  # fmt: skip
    series = ObservedSeries(
        code="JOBS", title="Jobs", units="Percent", frequency="Monthly",
        points=((date(2024, 1, 1), Decimal("4.2")), (date(2024, 2, 1), None), (date(2024, 3, 1), Decimal("4.4"))),
    )  # fmt: skip
    async with live_market.unit_of_work(SYSTEM) as work:
        await storing.store_news(work, "oracle", news)
        await storing.store_statements(work, row, "oracle", [statement])
        await storing.store_series(work, "oracle", [series])
    ask = asking(live_market)

    last = (await ask("News", last=2))["news"]
    before = (await ask("News", last=2, before=last["pageInfo"]["startCursor"]))["news"]
    own = (await ask("News", symbols=["AAA"], last=10))["news"]
    company = (await ask("Statements", symbol="AAA", kind="INCOME", period="YEAR"))["instrument"]
    found = (await ask("EconomicSeries", code="JOBS", **{"from": "2024-01-15", "to": "2024-12-31"}))["economicSeries"]

    assert [[edge["node"]["title"] for edge in page["edges"]] for page in (last, before, own)] == [
        ["Title 3", "Title 4"], ["Title 1", "Title 2"], ["Title 1", "Title 3"]
    ]  # fmt: skip
    assert [edge["node"]["title"] for edge in company["news"]["edges"]] == ["Title 1", "Title 3"]
    (line,) = [edge["node"] for edge in company["statements"]["edges"]]
    assert (line["fiscalYear"], line["endsOn"], line["source"]) == (2023, "2023-12-31", "oracle")
    assert line["lines"] == [{"name": "other", "value": None}, {"name": "revenue", "value": "1000.5"}]
    assert (found["title"], found["units"]) == ("Jobs", "Percent")
    assert found["points"] == {"dates": ["2024-02-01", "2024-03-01"], "values": [None, 4.4]}
    assert await ask("EconomicSeries", code="NO", **{"from": "2024-01-15", "to": "2024-12-31"}) == {
        "economicSeries": None
    }


async def test_bars_as_they_were_known(live_market: Resources):
    ask = asking(live_market)
    before = live_market.clock.now().isoformat()
    row = await row_of("AAA")
    live_market.clock.advance(hours=1)  # type: ignore[attr-defined]
    async with live_market.unit_of_work(SYSTEM) as work:
        await put_bars(work, [_bar(row.number, TUESDAY, 11.5)], [row.id])
    span = {"from": MONDAY.isoformat(), "to": TUESDAY.isoformat()}

    now = (await ask("BarsKnownAt", symbol="AAA", **span))["instrument"]["bars"]
    then = (await ask("BarsKnownAt", symbol="AAA", knownAt=before, **span))["instrument"]["bars"]

    assert [(bar["close"], bar["source"]) for bar in now] == [("10", "HISTORY"), ("11.5", "PROVIDER")]
    assert [(bar["close"], bar["source"]) for bar in then] == [("10", "HISTORY"), ("11", "HISTORY")]


async def _overview(events: Any) -> dict[str, Any]:
    result = await asyncio.wait_for(anext(events), 10)
    assert result.data is not None, result.errors
    found: dict[str, Any] = result.data["marketOverview"]
    return found


async def test_the_market_lives_and_is_told_once_a_second(market: Resources):
    player = await make_player(market)
    await player.tick(0)
    context = Context(actor=NOBODY, resources=market, request_id="test")
    events = await build_schema().subscribe(DOCUMENT, context_value=context, operation_name="MarketLive")
    try:
        first = await _overview(events)
        begun = time.monotonic()
        told: list[dict[str, Any]] = []
        for second in (39, 78, 117):
            await player.tick(second)
        while not told or told[-1]["overview"]["asOf"] != "2022-11-30T14:31:57.000Z":
            told.append(await _overview(events))
    finally:
        await events.aclose()

    assert (first["kind"], first["overview"]["asOf"]) == ("SNAPSHOT", "2022-11-30T14:30:00.000Z")
    assert {each["kind"] for each in told} == {"CHANGE"}
    # The first change at once, what came meanwhile a second later.
    assert len(told) <= 1 + (time.monotonic() - begun)
    assert [each["symbol"] for each in told[-1]["overview"]["indices"]] == ["SP500"]
    assert len(told[-1]["overview"]["sectors"]) > 3
