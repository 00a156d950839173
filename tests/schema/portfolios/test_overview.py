"""Exposures and the overview through the API: by hand, in parts that sum, and explained where they are missing."""

from decimal import Decimal

import pytest

from domain.kernel.dates import session_close
from domain.portfolios.types import Side
from schema.shared.node import global_id
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    add_underlying,
    buy,
    contribution,
    option,
    record,
    sell,
    short_sale,
)
from tests.support.statements import counted_statements

CALL, PUT = "UND221216C00140000", "UND221216P00130000"


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
async def shares(small_market, owner, portfolio):
    """40 AAA at 15.5 and five BBB owed at 94: 620 long, 470 short."""
    await record(
        small_market,
        owner,
        portfolio.id,
        contribution("1000", MONDAY),
        buy("AAA", "50", "10", MONDAY),
        sell("AAA", "10", "11", TUESDAY),
        short_sale("BBB", "5", "90", TUESDAY),
    )
    return global_id("Portfolio", portfolio.id)


@pytest.fixture
async def options(small_market, owner, portfolio, shares):
    await add_underlying()
    await record(
        small_market,
        owner,
        portfolio.id,
        option(CALL, "2", "5", FRIDAY),
        option(PUT, "1", "2", FRIDAY, side=Side.SELL),
    )
    return shares


async def test_the_exposures_of_shares_by_hand(ask, shares):
    found = (await ask("Exposures", id=shares))["exposures"]

    # 1,000 - 500 + 110 + 450 in cash.
    equity = 1060 + 620 - 470

    def amount(number):
        return {"amount": str(number), "fraction": number / equity}

    assert found["long"] == amount(620)
    assert found["short"] == amount(-470)
    assert found["gross"] == amount(1090)
    assert found["net"] == amount(150)
    assert found["notional"] == amount(1090)
    assert found["deltaAdjusted"] == {"amount": 150.0, "fraction": 150 / equity}
    assert [each["sector"] for each in found["sectors"]] == [None]
    assert found["unavailable"] == []


async def test_the_exposures_of_options(ask, options):
    """Two calls on 100 units each at 140, and one put that was written."""
    positions = {
        edge["node"]["instrument"]["symbol"]: edge["node"]
        for edge in (await ask("Positions", id=options))["positions"]["edges"]
    }

    found = (await ask("Exposures", id=options))["exposures"]

    call, put = Decimal(positions[CALL]["marketValue"]), Decimal(positions[PUT]["marketValue"])
    assert call > 0 > put
    assert Decimal(found["long"]["amount"]) == 620 + call
    assert Decimal(found["short"]["amount"]) == -470 + put
    assert Decimal(found["notional"]["amount"]) == 620 + 470 + 200 * 140 + 100 * 140
    # A call's delta is between 0 and 1, that of a written put too.
    assert 150 < found["deltaAdjusted"]["amount"] < 150 + 300 * 140
    energy, none = found["sectors"]
    assert (energy["sector"], none["sector"]) == ("Energy", None)
    assert Decimal(energy["net"]["amount"]) == call + put
    for side in ("long", "short", "gross", "net"):
        assert Decimal(energy[side]["amount"]) + Decimal(none[side]["amount"]) == Decimal(found[side]["amount"])


async def test_an_expired_option_is_exposed_to_nothing(small_market, owner, portfolio, ask, shares):
    await add_underlying()
    await record(small_market, owner, portfolio.id, option("UND221117C00130000", "1", "5", MONDAY))

    found = (await ask("Exposures", id=shares))["exposures"]

    assert (found["notional"]["amount"], found["deltaAdjusted"]["amount"]) == ("1090", 150.0)
    assert Decimal(found["long"]["amount"]) > 620


async def test_what_cannot_be_priced_is_said(small_market, owner, portfolio, ask, shares):
    await record(small_market, owner, portfolio.id, buy("EEE", "1", "20", MONDAY))

    found = (await ask("Exposures", id=shares))["exposures"]

    # What has a price of its own is known all the same.
    assert found["short"] == {"amount": "-470", "fraction": None}
    assert [each["field"] for each in found["unavailable"]] == ["long", "gross", "net", "notional", "deltaAdjusted"]
    assert all("EEE" in each["message"] for each in found["unavailable"])
    assert [found[name]["amount"] for name in ("long", "gross", "net", "notional", "deltaAdjusted")] == [None] * 5


async def test_fractions_of_nothing_are_null(small_market, owner, portfolio, ask):
    await record(small_market, owner, portfolio.id, buy("AAA", "1", "100", MONDAY))

    found = (await ask("Exposures", id=global_id("Portfolio", portfolio.id)))["exposures"]

    assert found["long"] == {"amount": "15.5", "fraction": None}


async def test_an_empty_portfolio_is_exposed_to_nothing(ask, portfolio):
    found = (await ask("Exposures", id=global_id("Portfolio", portfolio.id)))["exposures"]

    assert {found[name]["amount"] for name in ("long", "short", "gross", "net", "notional")} == {"0"}
    assert (found["deltaAdjusted"]["amount"], found["sectors"], found["unavailable"]) == (0.0, [], [])


async def test_the_overview(small_market, ask, options):
    found = (await ask("Overview", id=options))["overview"]

    # Ten units that had cost 10 were sold for 11.
    assert (found["realizedGain"], found["realizedYear"], found["unavailable"]) == ("10", 2022, [])
    assert found["positionCount"] == 4
    assert found["positionCounts"] == [{"kind": kind, "count": 1} for kind in ("LONG", "SHORT", "LC", "SP")]
    whole = await ask("Portfolio", id=options)
    for name in ("id", "totalValue", "unrealizedGain", "dayChange"):
        assert found["valuation"][name] == whole["valuation"][name]
    assert found["valuation"]["computedAt"] == instant(small_market.clock.now())
    assert found["exposures"]["gross"] == (await ask("Exposures", id=options))["exposures"]["gross"]


async def test_what_was_realized_later_is_not_in_an_earlier_overview(ask, shares):
    monday = (await ask("Overview", id=shares, asOf=instant(session_close(MONDAY))))["overview"]
    tuesday = (await ask("Overview", id=shares, asOf=instant(session_close(TUESDAY))))["overview"]

    assert (monday["realizedGain"], tuesday["realizedGain"]) == ("0", "10")


async def test_a_gain_without_a_rate_is_explained(small_market, owner, portfolio, ask):
    await record(small_market, owner, portfolio.id, buy("EEE", "2", "20", MONDAY), sell("EEE", "1", "20", TUESDAY))

    found = (await ask("Overview", id=global_id("Portfolio", portfolio.id)))["overview"]

    assert found["realizedGain"] is None
    assert [(each["field"], each["reason"]) for each in found["unavailable"]] == [("realizedGain", "NOT_COVERED")]


async def test_a_price_older_than_the_last_session_is_stale(small_market, owner, portfolio, ask, shares):
    assert (await ask("Overview", id=shares))["overview"]["valuation"]["stale"] is False
    friday = instant(session_close(FRIDAY))
    assert (await ask("Overview", id=shares, asOf=friday))["overview"]["valuation"]["stale"] is False

    # It has not traded since Tuesday.
    await record(small_market, owner, portfolio.id, buy("OLD", "1", "30", MONDAY))

    assert (await ask("Overview", id=shares))["overview"]["valuation"]["stale"] is True
    assert (await ask("Overview", id=shares, asOf=friday))["overview"]["valuation"]["stale"] is True
    tuesday = instant(session_close(TUESDAY))
    assert (await ask("Overview", id=shares, asOf=tuesday))["overview"]["valuation"]["stale"] is False


async def test_another_s_portfolio_shows_nothing(ask, shares, stranger):
    assert await ask("Overview", id=shares, actor=stranger) is None
    assert await ask("Exposures", id=shares, actor=stranger) is None


async def test_the_statements_of_an_overview(client, options):
    document = "query($id: ID!) { portfolio(id: $id) { overview { realizedGain valuation { totalValue } } } }"
    await client.data(document, {"id": options})

    with counted_statements() as statements:
        await client.data(document, {"id": options})

    # The portfolio; the clock, instruments, contracts, underlyings and quotes; the portfolio.
    assert len(statements) == 7, statements
