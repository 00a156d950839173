"""`optionChain` and `optionExpiries`: stored quotes, or a model's in the demonstration."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories.chain_rows import STRIKES, chain_rows
from tests.factories.market import make_player
from tests.schema.options.conftest import OWN, ask
from tests.support.graphql import GraphQLClient, codes
from tests.support.statements import counted_statements

NOVEMBER, JANUARY = date(2024, 11, 15), date(2025, 1, 17)


async def test_a_stored_chain_tells_what_its_prices_imply(quoted_market):
    market = await quoted_market([*chain_rows(NOVEMBER), *chain_rows(JANUARY)])

    with counted_statements() as sent:
        found = await ask(market, "ChainWithForward", symbol="AAA", expiry=str(NOVEMBER), strikes=100)

    assert len(sent) <= 8
    assert (found["source"], found["spot"], found["forwardPairs"]) == ("STORED", 10.0, 6)
    assert found["rate"] == pytest.approx(0.04, abs=1e-4)
    assert found["dividendYield"] == pytest.approx(0, abs=1e-4)
    assert [float(each["strike"]) for each in found["calls"]] == list(STRIKES)
    call = found["calls"][4]
    assert call["contractSymbol"] == "AAA241115C00010000"
    assert call["impliedVolatility"] == pytest.approx(0.3, abs=1e-3)
    assert call["delta"] - found["puts"][4]["delta"] == pytest.approx(1, abs=1e-3)
    assert call["unavailable"] == []
    assert Decimal(call["bid"]) < Decimal(call["mid"]) < Decimal(call["ask"])


async def test_the_front_ends_document_is_answered(quoted_market):
    market = await quoted_market(chain_rows(NOVEMBER))

    found = await ask(market, "OptionChain", symbol="AAA", expiry=str(NOVEMBER))

    assert found["underlying"]["symbol"] == "AAA"
    assert found["at"] == "2024-05-14T20:00:00.000Z"
    assert {each["openInterest"] for each in (*found["calls"], *found["puts"])} == {70}


async def test_what_a_price_does_not_say_has_its_reason(quoted_market):
    rows = chain_rows(NOVEMBER)
    name, asof, *_ = rows[0].split(",")
    rows[0] = f"{name},{asof},,2.5,70,10"
    market = await quoted_market(rows)

    found = await ask(market, "ChainWithForward", symbol="AAA", expiry=str(NOVEMBER))

    lowest = found["calls"][0]
    assert (lowest["bid"], lowest["mid"], lowest["impliedVolatility"], lowest["delta"]) == (None,) * 4
    reasons = {each["field"]: each["reason"] for each in lowest["unavailable"]}
    assert reasons == dict.fromkeys(
        ("bid", "mid", "impliedVolatility", "delta", "gamma", "theta", "vega", "rho"), "NO_PRICE"
    )


async def test_expiries_are_those_of_which_quotes_are_stored(quoted_market):
    market = await quoted_market([*chain_rows(JANUARY), *chain_rows(NOVEMBER)])

    found = await ask(market, "OptionExpiries", symbol="AAA")
    without = await ask(market, "OptionExpiries", symbol="BBB")

    assert (found["source"], found["expiries"]) == ("STORED", [str(NOVEMBER), str(JANUARY)])
    assert without["expiries"] == [], "in a market of providers no model stands in"
    assert await ask(market, "ChainWithForward", symbol="AAA", expiry="2024-06-21") is None
    assert await ask(market, "ChainWithForward", symbol="BBB", expiry=str(NOVEMBER)) is None
    assert await ask(market, "OptionExpiries", symbol="AAA241115C00010000") is None


async def test_the_demonstration_has_chains_of_a_model_and_says_so(market):
    player = await make_player(market)
    await player.tick(0)
    expiries = await ask(market, "OptionExpiries", symbol="AAPL")

    found = await ask(market, "OptionChain", symbol="AAPL", expiry=expiries["expiries"][1])
    source = (await ask(market, "ChainWithForward", symbol="AAPL", expiry=expiries["expiries"][1], strikes=4))["source"]

    assert (expiries["source"], source, len(expiries["expiries"])) == ("MODEL", "MODEL", 6)
    assert len(found["calls"]) == len(found["puts"]) >= 5
    deltas = [each["delta"] for each in found["calls"]]
    assert deltas == sorted(deltas, reverse=True)
    spot = found["spot"]
    below = [each["impliedVolatility"] for each in found["puts"] if float(each["strike"]) < 0.9 * spot]
    above = [each["impliedVolatility"] for each in found["calls"] if float(each["strike"]) > spot]
    assert min(below) > max(above)
    fridays = [date.fromisoformat(each) for each in expiries["expiries"]]
    assert all(15 <= (day + timedelta(days=4 - day.weekday())).day <= 21 for day in fridays)
    assert await ask(market, "OptionChain", symbol="AAPL", expiry=str(fridays[0] + timedelta(days=1))) is None
    assert await ask(market, "OptionChain", symbol="NOBODY", expiry=str(fridays[0])) is None


@pytest.mark.parametrize("strikes", [0, 251])
async def test_strikes_are_bounded(live_market, strikes):
    variables = {"symbol": "AAA", "expiry": str(NOVEMBER), "strikes": strikes}

    response = await GraphQLClient(live_market).execute(OWN, variables, operation="ChainWithForward")

    assert codes(response) == ["BAD_USER_INPUT"]


async def test_contracts_of_a_split_are_shown_and_not_read(quoted_market):
    rows = chain_rows(NOVEMBER)
    market = await quoted_market([*rows, rows[8].replace("AAA", "AAA1")])

    found = await ask(market, "ChainWithForward", symbol="AAA", expiry=str(NOVEMBER))

    adjusted, plain = (each for each in found["calls"] if float(each["strike"]) == 10)
    assert (plain["contractSymbol"], adjusted["contractSymbol"]) == ("AAA241115C00010000", "AAA1241115C00010000")
    assert plain["impliedVolatility"] == pytest.approx(0.3, abs=1e-3)
    assert adjusted["mid"] == plain["mid"]
    assert {each["reason"] for each in adjusted["unavailable"]} == {"NOT_APPLICABLE"}
