"""Explanations: parts that sum to the number, exactly, and why a part is missing."""

from decimal import Decimal

import numpy as np
import pytest

from domain.kernel.dates import session_close
from domain.portfolios.entries import Income, Transfer, TransferredLot
from domain.portfolios.types import TransactionKind
from schema.shared.node import global_id
from tests.factories.performance import add_rate
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    add_instruments,
    buy,
    contribution,
    record,
    reverse,
    sell,
    withdrawal,
)
from tests.schema.portfolios.test_performance import OWN
from tests.support.statements import counted_statements

HISTORY = (
    contribution("1000", MONDAY),
    buy("AAA", "30", "10", MONDAY, fees="3"),
    buy("AAA", "10", "11", TUESDAY),
    sell("AAA", "35", "12", WEDNESDAY),
    Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal(7), trade_date=THURSDAY),
    contribution("50", THURSDAY),
)


def instant(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
def explained(ask, portfolio):
    """Explain the portfolio's valuation; check that its lines sum, and return it with the lines by name."""

    async def run(as_of=None, **more):
        at = None if as_of is None else instant(as_of)
        key = global_id("Portfolio", portfolio.id)
        valuation = (await ask(OWN["ExplainValuation"], id=key, asOf=at, **more))["valuation"]
        found = valuation["explain"]
        lines = [edge["node"] for edge in found.pop("lines")["edges"]]
        assert found["totalValue"] == valuation["totalValue"]
        amounts = [line["amount"] for line in lines]
        if valuation["totalValue"] is not None:
            assert sum(map(Decimal, amounts)) == Decimal(valuation["totalValue"])
        for line in lines:
            if line["kind"] is None:
                assert sum(Decimal(each["amount"]) for each in line["entries"]) == Decimal(line["units"])
            else:
                assert sum(Decimal(each["quantity"]) for each in line["lots"]) == abs(Decimal(line["units"]))
        return found, {line["name"]: line for line in lines}

    return run


async def test_a_valuation(small_market, owner, portfolio, explained):
    await record(small_market, owner, portfolio.id, *HISTORY)

    found, lines = await explained()

    assert found["id"] == global_id("ValuationExplanation", portfolio.id, "", "")
    assert (found["currency"], found["version"], found["rates"]) == ("USD", 6, [])
    aaa, cash = lines["AAA"], lines["USD"]
    assert (aaa["units"], aaa["price"], aaa["priceSource"], aaa["rate"], aaa["amount"]) == (
        "5",
        "15.5",
        "QUOTE",
        "1",
        "77.5",
    )
    assert aaa["lots"] == [{"openedOn": "2022-11-15", "quantity": "5", "cost": "55", "baseCost": "55"}]
    assert cash["entries"] == [
        {"kind": "BUY", "count": 2, "amount": "-413"},
        {"kind": "CONTRIBUTION", "count": 2, "amount": "1050"},
        {"kind": "DIVIDEND", "count": 1, "amount": "7"},
        {"kind": "SELL", "count": 1, "amount": "420"},
    ]
    assert (cash["units"], cash["amount"], cash["lots"]) == ("1064", "1064", [])


async def test_a_valuation_as_it_was(small_market, owner, portfolio, explained):
    await record(small_market, owner, portfolio.id, *HISTORY)

    found, lines = await explained(session_close(TUESDAY))

    assert found["id"] == global_id("ValuationExplanation", portfolio.id, session_close(TUESDAY), "")
    assert (lines["AAA"]["price"], lines["AAA"]["priceSource"]) == ("11", "CLOSE")
    assert lines["AAA"]["priceAt"] == instant(session_close(TUESDAY))
    assert [each["quantity"] for each in lines["AAA"]["lots"]] == ["30", "10"]
    assert lines["AAA"]["lotCount"] == 2
    assert [(each["kind"], each["amount"]) for each in lines["USD"]["entries"]] == [
        ("BUY", "-413"),
        ("CONTRIBUTION", "1000"),
    ]


async def test_rates_with_their_parts(small_market, owner, portfolio, explained):
    await add_rate("USDEUR", ("0.8", "0.8", "0.8", "0.8", "0.5"))
    await record(small_market, owner, portfolio.id, contribution("100", MONDAY, currency="EUR"), buy("EEE", "3", "20"))

    found, lines = await explained(session_close(FRIDAY))

    assert found["rates"] == [
        {
            "currency": "EUR",
            "rate": "2",
            "parts": [
                {
                    "symbol": "USDEUR",
                    "price": "0.5",
                    "at": instant(session_close(FRIDAY)),
                    "source": "HISTORY",
                    "inverted": True,
                }
            ],
        }
    ]
    assert (lines["EEE"]["rate"], lines["EEE"]["amount"]) == ("2", "120")
    assert (lines["EUR"]["units"], lines["EUR"]["amount"]) == ("40", "80")


async def test_what_cannot_be_priced_says_what_would_mend_it(small_market, owner, portfolio, explained):
    (symbol,) = await add_instruments(1)
    await record(
        small_market, owner, portfolio.id, contribution("9", MONDAY, currency="EUR"), buy(symbol, "1", "9", WEDNESDAY)
    )

    found, lines = await explained(session_close(WEDNESDAY))

    assert found["totalValue"] is None
    (price,), (rate,) = lines[symbol]["unavailable"], lines["EUR"]["unavailable"]
    assert (price["field"], price["reason"]) == ("amount", "NO_PRICE")
    assert price["mend"] == "load bars of this instrument that reach back to this time"
    assert (rate["field"], rate["reason"], rate["mend"]) == ("amount", "NOT_COVERED", "load bars of the rate EURUSD")
    assert lines["USD"]["amount"] == "-9"


async def test_no_more_lots_than_a_hundred(small_market, owner, portfolio, ask):
    await record(small_market, owner, portfolio.id, *[buy("AAA", "1", "10", MONDAY) for _ in range(101)])

    found = await ask(OWN["ExplainValuation"], id=global_id("Portfolio", portfolio.id), first=1)

    (line,) = [edge["node"] for edge in found["valuation"]["explain"]["lines"]["edges"]]
    assert (line["lotCount"], len(line["lots"])) == (101, 100)
    assert found["valuation"]["explain"]["lines"]["pageInfo"]["hasNextPage"] is True


async def test_what_was_reversed_is_in_no_explanation(small_market, owner, portfolio, explained):
    await record(small_market, owner, portfolio.id, *HISTORY)
    _, before = await explained()
    await reverse(small_market, owner, await record(small_market, owner, portfolio.id, buy("BBB", "1", "90", MONDAY)))

    _, after = await explained()

    assert after == before


async def test_a_performance(small_market, owner, portfolio, ask):
    lot = TransferredLot(opened_on=MONDAY, quantity=Decimal(2), cost_basis=Decimal(5))
    transfer = Transfer(
        kind=TransactionKind.TRANSFER_IN, symbol="BBB", quantity=Decimal(2), lots=(lot,), trade_date=FRIDAY
    )
    await record(
        small_market, owner, portfolio.id, *HISTORY, transfer, withdrawal("1", WEDNESDAY), withdrawal("5", SATURDAY)
    )
    variables = {"id": global_id("Portfolio", portfolio.id), "from": "2022-11-14", "to": "2022-11-18"}

    performance = (await ask(OWN["ExplainPerformance"], **variables))["performance"]
    with counted_statements() as sent:
        await ask(OWN["ExplainPerformance"], **variables)

    found = performance["explain"]
    flows, parts, prices = (
        [edge["node"] for edge in found[name]["edges"]] for name in ("flows", "subPeriods", "prices")
    )
    assert found["id"] == global_id("PerformanceExplanation", portfolio.id, MONDAY, FRIDAY, "SP500")
    assert found["days"] == 5
    assert [(each["date"], each["amount"], each["currency"], each["units"]) for each in flows] == [
        ("2022-11-14", "1000", "USD", None),
        ("2022-11-16", "-1", "USD", None),
        ("2022-11-17", "50", "USD", None),
        ("2022-11-18", "190", None, "2"),
    ]
    assert flows[3]["instrument"]["symbol"] == "BBB"
    assert [(each["from"], each["to"], each["startValue"], each["flow"], each["endValue"]) for each in parts] == [
        ("2022-11-14", "2022-11-15", "0", "1000", "1027"),
        ("2022-11-16", "2022-11-16", "1027", "-1", "1066"),
        ("2022-11-17", "2022-11-17", "1066", "50", "1128"),
        ("2022-11-18", "2022-11-18", "1128", "190", "1323"),
    ]
    linked = np.prod([1 + each["timeWeightedReturn"] for each in parts]) - 1
    assert linked == pytest.approx(performance["timeWeightedReturn"], abs=1e-12)
    assert [(each["instrument"]["symbol"], each["source"], each["count"]) for each in prices] == [
        ("AAA", "HISTORY", 5),
        ("BBB", "HISTORY", 5),
    ]
    assert (prices[0]["first"], prices[0]["last"]) == ("2022-11-14", "2022-11-18")
    # The portfolio, the market's now, a performance (5), instruments of flows, and sources of closes.
    assert len(sent) == 7


async def test_a_performance_of_nothing(portfolio, ask):
    variables = {"id": global_id("Portfolio", portfolio.id), "from": "2022-11-14", "to": "2022-11-18"}

    found = (await ask(OWN["ExplainPerformance"], **variables))["performance"]["explain"]

    assert [found[name]["edges"] for name in ("flows", "prices")] == [[], []]
    assert all(edge["node"]["timeWeightedReturn"] in (None, 0) for edge in found["subPeriods"]["edges"])
