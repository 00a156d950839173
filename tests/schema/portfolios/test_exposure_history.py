"""Worth and exposures over time: at each session what a valuation at its close says, options among them."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.dates import session_close
from domain.portfolios.types import Side
from schema.shared.node import global_id
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    SESSIONS,
    TUESDAY,
    WEDNESDAY,
    add_underlying,
    buy,
    contribution,
    option,
    record,
    short_sale,
    withdrawal,
)
from tests.support.graphql import codes


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
async def held(small_market, owner, portfolio):
    """Shares of either side, a call that is alive, a put that was written, and a call that expires on Wednesday."""
    await add_underlying()
    await record(
        small_market,
        owner,
        portfolio.id,
        contribution("10000", MONDAY),
        buy("AAA", "30", "10", MONDAY),
        short_sale("BBB", "5", "90", TUESDAY),
        option("UND221216C00140000", "2", "5", MONDAY),
        option("UND221216P00130000", "1", "2", TUESDAY, side=Side.SELL),
        option("UND221116C00130000", "1", "7", MONDAY),
        withdrawal("50", WEDNESDAY),
    )
    return global_id("Portfolio", portfolio.id)


def near(found, expected):
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert abs(Decimal(one) - Decimal(other)) < Decimal("1e-6"), (one, other)


async def test_each_session_is_worth_what_a_valuation_says(ask, held):
    found = (await ask("ValueHistory", id=held, **{"from": "2022-11-01", "to": "2022-12-31"}))["valueHistory"]

    assert found["dates"] == [day.isoformat() for day in SESSIONS]
    valued = [(await ask("Portfolio", id=held, asOf=instant(session_close(day))))["valuation"] for day in SESSIONS]
    near(found["totalValue"], [each["totalValue"] for each in valued])
    near(found["investedValue"], [each["investedValue"] for each in valued])
    near(found["cashBalance"], [each["cashBalance"] for each in valued])
    near(found["netFlows"], ["10000", "0", "-50", "0", "0"])
    assert found["unavailable"] == []


async def test_each_session_is_exposed_to_what_exposures_say(ask, held):
    found = (await ask("ExposureHistory", id=held, **{"from": "2022-11-15", "to": "2022-11-18"}))["exposureHistory"]

    days = SESSIONS[1:]
    assert found["dates"] == [day.isoformat() for day in days]
    exposed = [(await ask("Exposures", id=held, asOf=instant(session_close(day))))["exposures"] for day in days]
    for name in ("long", "short", "gross", "net", "notional", "deltaAdjusted"):
        near(found[name], [each[name]["amount"] for each in exposed])
    assert [each["sector"] for each in found["sectors"]] == ["Energy", None]
    for place, sector in enumerate(found["sectors"]):
        for name in ("long", "short"):
            near(sector[name], [each["sectors"][place][name]["amount"] for each in exposed])


async def test_what_is_not_known_is_null_and_said(small_market, owner, portfolio, ask, held):
    await record(small_market, owner, portfolio.id, buy("EEE", "1", "20", WEDNESDAY))

    found = (await ask("ValueHistory", id=held, **{"from": "2022-11-14", "to": "2022-11-18"}))["valueHistory"]

    assert [each is None for each in found["totalValue"]] == [False, False, True, True, True]
    assert [each["field"] for each in found["unavailable"]] == ["EUR"]


async def test_a_portfolio_without_transactions_has_no_history(ask, portfolio):
    key = global_id("Portfolio", portfolio.id)
    found = (await ask("ExposureHistory", id=key, **{"from": "2022-11-14", "to": "2022-11-18"}))["exposureHistory"]

    assert all(amount == "0" for amount in found["gross"])
    assert found["unavailable"] == []


async def test_a_range_that_ends_before_it_begins_is_refused(client, held):
    document = 'query($id: ID!) { portfolio(id: $id) { valueHistory(from: "2022-11-18", to: "2022-11-17") { dates } } }'

    found = await client.execute(document, {"id": held})

    assert codes(found) == ["BAD_USER_INPUT"]


async def test_another_s_history_is_not_seen(ask, held, stranger):
    for name in ("ValueHistory", "ExposureHistory"):
        assert (
            await ask(name, id=held, actor=stranger, **{"from": date(2022, 1, 1).isoformat(), "to": FRIDAY.isoformat()})
            is None
        )
