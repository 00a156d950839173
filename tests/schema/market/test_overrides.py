"""What sources say of a price, and what an administrator says in their place: `operations_own/market.graphql`."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market.consensus import Observation, consensus
from domain.market.quote_changes import QuoteChange
from domain.market.types import QuoteSource
from schema.context import Context
from schema.root import build_schema
from tests.factories.live_market import publish, row_of
from tests.factories.market import make_player
from tests.support.graphql import OPERATIONS
from tests.support.resources import ManualClock
from tests.support.statements import counted_statements

DOCUMENT = (OPERATIONS.parent / "operations_own" / "market.graphql").read_text()
# 11:00 in New York on a trading day.
MORNING = datetime(2024, 5, 15, 15, 0, tzinfo=UTC)
ADMIN = Actor(user_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))

Ask = Callable[..., Awaitable[dict[str, Any]]]


def _asking(resources: Resources) -> Ask:
    async def ask(operation: str, **variables: Any) -> dict[str, Any]:
        result = await build_schema().execute(
            DOCUMENT,
            variable_values=variables,
            context_value=Context(actor=ADMIN, resources=resources, request_id="test"),
            operation_name=operation,
        )
        assert result.errors is None, result.errors
        assert result.data is not None
        return result.data

    return ask


@pytest.fixture
def ask_live(live_market: Resources, clock: ManualClock) -> Ask:
    clock.advance(MORNING - clock.now())
    return _asking(live_market)


async def _tell(resources: Resources, price: str, *others: str, at: datetime = MORNING) -> None:
    told = [
        Observation(provider=f"source{place}", price=Decimal(each), at=at, weight=Decimal("0.9"))
        for place, each in enumerate((price, *others))
    ]
    found = consensus(told)
    assert found is not None
    row = await row_of("AAA")
    await publish(
        resources,
        QuoteChange(instrument=row, at=found.at, source=QuoteSource.PROVIDER, price=found.price, consensus=found),
    )


async def test_disagreement_is_kept_and_can_be_asked_for(live_market: Resources, ask_live: Ask):
    await _tell(live_market, "12", "12.001", "15")

    with counted_statements() as sent:
        (quote,) = (await ask_live("QuoteSources", symbols=["AAA"]))["quotes"]

    assert len(sent) == 2
    assert (quote["price"], quote["quality"], quote["bid"]) == ("12.0005", "GOOD", None)
    assert quote["qualityReasons"] == [
        "2 of 3 sources agree within 0.1%",
        "source2 is an outlier: 15 against 12.0005",
    ]
    found = quote["consensus"]
    assert (found["method"], found["price"], found["grade"]) == ("WEIGHTED_AVERAGE", "12.0005", "GOOD")
    assert found["agreement"] == pytest.approx(2 / 3)
    assert [(each["provider"], each["price"], each["counts"], each["agrees"]) for each in found["sources"]] == [
        ("source0", "12", True, True),
        ("source1", "12.001", True, True),
        ("source2", "15", False, False),
    ]


async def test_a_price_set_by_hand_stands_until_it_is_withdrawn(
    live_market: Resources, ask_live: Ask, clock: ManualClock
):
    await _tell(live_market, "12")

    answer = await ask_live("OverridePrice", input={"symbol": "AAA", "price": "42.5", "reason": "an error upstream"})
    assert answer["overridePrice"]["userErrors"] == []
    await _tell(live_market, "13", at=MORNING + timedelta(seconds=5))
    (quote,) = (await ask_live("QuoteSources", symbols=["AAA"]))["quotes"]
    assert (quote["price"], quote["source"], quote["quality"]) == ("42.5", "OVERRIDE", "GOOD")
    assert quote["qualityReasons"] == ["set by an administrator"]
    assert quote["consensus"] is None

    clock.advance(minutes=6)
    gone = await ask_live("WithdrawPriceOverride", input={"symbol": "AAA"})
    assert gone["withdrawPriceOverride"]["userErrors"] == []
    (quote,) = (await ask_live("QuoteSources", symbols=["AAA"]))["quotes"]
    assert (quote["price"], quote["source"]) == ("12", "PROVIDER")
    assert quote["qualityReasons"][-1] == "it is older than five minutes"
    await _tell(live_market, "14", at=clock.now())
    (quote,) = (await ask_live("QuoteSources", symbols=["AAA"]))["quotes"]
    assert quote["price"] == "14"

    history = (await ask_live("PriceOverrides", symbol="AAA"))["instrument"]["priceOverrides"]
    (edge,) = history["edges"]
    assert (edge["node"]["price"], edge["node"]["replaced"], edge["node"]["reason"]) == (
        "42.5",
        "12",
        "an error upstream",
    )
    assert edge["node"]["withdrawnAt"] is not None


async def test_one_set_anew_remembers_what_stood_before_the_first(live_market: Resources, ask_live: Ask):
    await _tell(live_market, "12")
    for price in ("40", "41"):
        await ask_live("OverridePrice", input={"symbol": "AAA", "price": price, "reason": "by hand"})

    history = (await ask_live("PriceOverrides", symbol="AAA"))["instrument"]["priceOverrides"]["edges"]

    assert [(each["node"]["price"], each["node"]["replaced"]) for each in history] == [("40", "12"), ("41", "12")]
    assert [each["node"]["withdrawnAt"] is None for each in history] == [False, True]
    await ask_live("WithdrawPriceOverride", input={"symbol": "AAA"})
    assert (await ask_live("QuoteSources", symbols=["AAA"]))["quotes"][0]["price"] == "12"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"symbol": "NO"}, "NOT_FOUND", ["symbol"]),
        ({"price": "0"}, "INVALID_INPUT", ["price"]),
        ({"price": "-1"}, "INVALID_INPUT", ["price"]),
        ({"price": "1e400"}, "INVALID_INPUT", ["price"]),
        ({"price": "1.00000000001"}, "INVALID_INPUT", ["price"]),
        ({"reason": " "}, "INVALID_INPUT", ["reason"]),
        ({"reason": "x" * 501}, "INVALID_INPUT", ["reason"]),
    ],
)
async def test_refuses_what_is_no_price_or_no_reason(
    live_market: Resources, ask_live: Ask, changed: dict[str, str], code: str, field: list[str]
):
    given = {"symbol": "AAA", "price": "1", "reason": "by hand"} | changed

    answer = (await ask_live("OverridePrice", input=given))["overridePrice"]

    assert answer["priceOverride"] is None
    assert [(each["code"], each["field"]) for each in answer["userErrors"]] == [(code, field)]
    gone = (await ask_live("WithdrawPriceOverride", input={"symbol": "AAA"}))["withdrawPriceOverride"]
    assert [each["code"] for each in gone["userErrors"]] == ["NOT_FOUND"]


async def test_the_replay_obeys_at_its_next_tick(market: Resources):
    ask = _asking(market)
    player = await make_player(market)
    await player.tick(0)
    before = (await ask("QuoteSources", symbols=["AAPL"]))["quotes"][0]["price"]

    await ask("OverridePrice", input={"symbol": "AAPL", "price": "1000", "reason": "to see what comes of it"})
    await player.tick(39)
    (during,) = (await ask("QuoteSources", symbols=["AAPL"]))["quotes"]
    await ask("WithdrawPriceOverride", input={"symbol": "AAPL"})
    await player.tick(78)
    (after,) = (await ask("QuoteSources", symbols=["AAPL"]))["quotes"]

    assert (during["price"], during["source"]) == ("1000", "OVERRIDE")
    assert after["source"] == "REPLAY"
    assert abs(float(after["price"]) / float(before) - 1) < 0.01
