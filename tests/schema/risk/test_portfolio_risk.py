"""`portfolioRisk`: first the present, then each change; whatever happened, the last push equals a fresh read."""

import asyncio
import random
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.errors import NothingThere
from domain.market import history
from domain.market.events import BarsChanged
from domain.risk import live, reading
from schema.context import Context
from schema.root import build_schema
from schema.shared.node import global_id
from tests.factories.portfolios import NOW, TODAY, buy, contribution, option, tick, withdrawal
from tests.factories.risk import DAYS
from tests.schema.risk.documents import DOCUMENTS
from tests.support.statements import counted_statements

PATIENCE = 10.0


@pytest.fixture
async def portfolio(holding):
    return await holding("1000", AAA="10", BBB="20")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A tenth of a second between two events, so that a test takes less."""
    monkeypatch.setattr("schema.risk.subscriptions._Risk.INTERVAL", 0.1)


@pytest.fixture
def follow(risk_market, owner):
    @asynccontextmanager
    async def run(portfolio_id, *, since=None, actor=None):
        events = await build_schema().subscribe(
            DOCUMENTS["RiskLive"],
            variable_values={"id": portfolio_id, "since": since},
            context_value=Context(actor=actor or owner, resources=risk_market, request_id="test"),
        )
        stream = aiter(events)

        async def following():
            result = await asyncio.wait_for(anext(stream), PATIENCE)
            if result.errors:
                raise result.errors[0].original_error or result.errors[0]
            assert result.data is not None
            return result.data["portfolioRisk"]

        try:
            yield following
        finally:
            await events.aclose()

    return run


@pytest.fixture
def fresh(ask, portfolio):
    """Return what a query says of the same numbers."""

    async def read():
        found = await ask("RiskFresh", id=portfolio, **{"from": str(DAYS[-252]), "to": str(TODAY)})
        return {
            **found["risk"],
            "totalValue": found["valuation"]["totalValue"],
            "deltaAdjustedExposure": found["greeks"]["deltaAdjustedExposure"],
        }

    return read


def told(event):
    return {name: value for name, value in event["risk"].items() if name not in ("id", "unavailable")}


async def test_first_comes_the_present(follow, fresh, portfolio):
    async with follow(portfolio) as following:
        event = await following()

    assert event["kind"] == "SNAPSHOT"
    assert (event["risk"]["totalValue"], event["risk"]["observations"]) == ("4000", 252)
    assert told(event) == await fresh()


async def test_what_is_null_is_named_with_a_reason(book, follow, holding):
    empty = await holding()
    async with follow(empty) as following:
        nothing = (await following())["risk"]
        await book(empty, contribution("1000"))
        cash = (await following())["risk"]

    named = {each["field"]: each["reason"] for each in nothing["unavailable"]}
    assert (nothing["volatility"], nothing["historical"]["fraction"], nothing["normal"]["amount"]) == (None, None, None)
    assert named == dict.fromkeys(("volatility", "beta", "historical", "normal"), "UNDEFINED")
    assert (cash["volatility"], cash["historical"]["fraction"]) == (0, None)
    assert {each["field"]: each["reason"] for each in cash["unavailable"]} == dict.fromkeys(
        ("historical", "normal"), "UNDEFINED"
    )


async def test_money_of_no_known_rate_is_named(book, follow, portfolio):
    await book(portfolio, contribution("1000", currency="EUR"))
    async with follow(portfolio) as following:
        risk = (await following())["risk"]

    assert risk["totalValue"] is None
    assert {each["field"] for each in risk["unavailable"]} == {"totalValue", "EUR"}


async def test_then_each_change_of_the_ledger_and_of_prices(risk_market, book, follow, fresh, portfolio):
    async with follow(portfolio) as following:
        seen = [await following()]
        await book(portfolio, contribution("1000", TODAY), buy("CCC", "5", "100", TODAY))
        seen.append(await following())
        assert told(seen[-1]) == await fresh()
        await tick(risk_market, NOW + timedelta(seconds=1), AAA="120")
        seen.append(await following())
        assert told(seen[-1]) == await fresh()

    assert [event["kind"] for event in seen] == ["SNAPSHOT", "CHANGE", "CHANGE"]
    assert [event["risk"]["totalValue"] for event in seen] == ["4000", "5000", "5200"]
    assert len({event["eventId"] for event in seen}) == 3


async def test_options_are_told_too(book, follow, fresh, portfolio):
    await book(portfolio, option("AAA230120C00100000", "1", "5", TODAY))

    async with follow(portfolio) as following:
        event = await following()

    assert told(event) == await fresh()
    assert event["risk"]["deltaAdjustedExposure"] > 3_000


async def test_a_price_reads_no_closes_again(risk_market, follow, portfolio):
    async with follow(portfolio) as following:
        await following()
        with counted_statements() as sent:
            await tick(risk_market, NOW + timedelta(seconds=1), AAA="120")
            await following()

    assert not [each for each in sent if "daily_bars" in each]


async def test_closes_that_change_are_told_with_the_next_price_of_anything(risk_market, follow, portfolio, monkeypatch):
    read = []
    prepare = reading.prepare

    async def counted(*arguments):
        read.append(1)
        return await prepare(*arguments)

    monkeypatch.setattr(live, "prepare", counted)
    async with follow(portfolio) as following:
        await following()
        history.forget()
        async with risk_market.unit_of_work(SYSTEM) as work:
            work.emit(BarsChanged(instrument_ids=()))
        await tick(risk_market, NOW + timedelta(seconds=1), DDD="101")
        event = await following()

    assert event["kind"] == "CHANGE"
    assert len(read) >= 2


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_last_push_equals_a_fresh_read(risk_market, book, follow, fresh, portfolio, seed):
    dice = random.Random(seed)
    async with follow(portfolio) as following:
        await following()
        for second in range(1, 13):
            if dice.random() < 0.4:
                entry = dice.choice([contribution, withdrawal])(str(dice.randint(1, 40)), TODAY)
                await book(portfolio, entry)
            else:
                await tick(risk_market, NOW + timedelta(seconds=second), AAA=f"{dice.randint(9000, 11000) / 100}")
            if dice.random() < 0.4:
                await asyncio.sleep(dice.random() / 5)
        await tick(risk_market, NOW + timedelta(seconds=99), AAA="250", BBB="10")
        expected = await fresh()
        events = [await following()]
        while told(events[-1])["totalValue"] != expected["totalValue"]:
            events.append(await following())

    assert told(events[-1]) == expected


async def test_who_has_seen_everything_is_told_what_is_new(book, follow, portfolio):
    async with follow(portfolio) as following:
        seen = (await following())["eventId"]

    async with follow(portfolio, since=seen) as following:
        await book(portfolio, contribution("1", TODAY))
        event = await following()

    assert (event["kind"], event["risk"]["totalValue"]) == ("CHANGE", "4001")


async def test_who_comes_from_elsewhere_has_a_gap(follow, fresh, portfolio):
    async with follow(portfolio, since="nonsense") as following:
        events = [await following(), await following()]

    assert [event["kind"] for event in events] == ["GAP", "SNAPSHOT"]
    assert told(events[-1]) == await fresh()


async def test_another_s_risk_is_not_there(follow, portfolio, stranger, veiled):
    for key in (portfolio, global_id("Portfolio", "x"), "x"):
        with pytest.raises(NothingThere):
            async with follow(key, actor=stranger) as following:
                await following()
    await veiled(portfolio)
    with pytest.raises(NothingThere):
        async with follow(portfolio, actor=stranger) as following:
            await following()
