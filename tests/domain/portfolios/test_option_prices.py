"""Options that nobody quotes: priced by the model, and after their expiry by what they gave."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from domain.kernel.dates import session_close
from domain.portfolios.types import PositionKind, PriceSource, Side
from domain.quant import black_scholes
from domain.quant.volatility import annualized_volatility
from domain.storage.readings import price_of
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    THURSDAY,
    TODAY,
    UNDERLYING_CLOSES,
    add_underlying,
    buy,
    close_session,
    contribution,
    new_york,
    option,
    tick,
    value,
)
from tests.support.statements import counted_statements

YEAR = timedelta(days=365)
CALL, PUT = "UND221216C00140000", "UND221216P00140000"
EXPIRY = session_close(date(2022, 12, 16))


def model(spot, at, closes, *, is_call=True, strike=140.0, expiry=EXPIRY):
    """What the model should say, from the closes that it should be told."""
    volatility = annualized_volatility(np.array(closes)[-252:])
    return black_scholes.value(spot, strike, (expiry - at) / YEAR, 0.0, 0.0, volatility, is_call)


@pytest.fixture
async def underlying(small_market):
    return await add_underlying()


@pytest.fixture
async def held(underlying, record_it, portfolio):
    await record_it(contribution("100000"), option(CALL, "2", "5"), option(PUT, "3", "6", side=Side.SELL))
    return portfolio


async def positions(owner, portfolio, as_of=None, now=NOW):
    found = await value(owner, portfolio.id, as_of, now)
    return {each.instrument.symbol: each for each in found.positions}


async def test_a_call_is_worth_what_the_model_says(held, owner):
    call = (await positions(owner, held))[CALL]

    expected = model(140.0, NOW, UNDERLYING_CLOSES)
    assert call.kind is PositionKind.LC
    assert call.price == price_of(float(expected.price))
    assert (call.price_source, call.price_at) == (PriceSource.MODEL, NOW)
    assert call.delta == float(expected.delta)
    assert call.underlying_price == Decimal(140)
    assert call.market_value == call.price * 200


async def test_a_call_less_a_put_is_the_forward(held, owner):
    """Without interest and dividends a call less a put of one strike is the spot less the strike."""
    found = await positions(owner, held)

    assert abs(found[CALL].price - found[PUT].price) < Decimal("1e-8")
    assert found[PUT].kind is PositionKind.SP
    assert found[PUT].market_value == found[PUT].price * -300
    assert found[CALL].delta - found[PUT].delta == pytest.approx(1, abs=1e-12)


async def test_what_it_changed_by_in_a_day_is_the_model_s(held, owner):
    found: Any = await value(owner, held.id)
    call = next(each for each in found.positions if each.instrument.symbol == CALL)

    # Friday's close, at a volatility of the closes before Friday.
    before = price_of(float(model(UNDERLYING_CLOSES[-1], session_close(FRIDAY), UNDERLYING_CLOSES[:-1]).price))
    assert call.day_change == (call.price - before) * 200
    assert found.day_change == sum(each.day_change for each in found.positions)
    assert (await positions(owner, held, session_close(FRIDAY)))[CALL].price == before


async def test_it_was_worth_something_in_the_past_too(held, owner):
    at = session_close(FRIDAY)

    call = (await positions(owner, held, at))[CALL]

    assert call.price == price_of(float(model(UNDERLYING_CLOSES[-1], at, UNDERLYING_CLOSES[:-1]).price))
    assert (call.price_source, call.price_at) == (PriceSource.MODEL, at)


async def test_it_moves_with_its_underlying(small_market, held, owner):
    at = new_york(TODAY, 13)
    before = (await positions(owner, held))[CALL]
    await tick(small_market, at, UND="145")

    after = (await positions(owner, held, None, at))[CALL]

    assert after.price == price_of(float(model(145.0, at, UNDERLYING_CLOSES).price)) > before.price
    assert after.price_at == at


async def test_from_its_expiry_on_it_is_worth_what_it_gave(small_market, underlying, record_it, owner, portfolio):
    """It expired at Thursday's close, whatever the underlying has cost since."""
    symbol = "UND221117C00130000"
    await record_it(contribution("1000"), option(symbol, "1", "5", MONDAY))
    thursday = UNDERLYING_CLOSES[-2]
    worth = price_of(thursday) - 130

    at_expiry = (await positions(owner, portfolio, session_close(THURSDAY)))[symbol]
    hour_before = (await positions(owner, portfolio, new_york(THURSDAY, 15)))[symbol]
    after = await value(owner, portfolio.id)

    assert (at_expiry.price, at_expiry.price_source, at_expiry.delta) == (worth, PriceSource.INTRINSIC, 0.0)
    assert hour_before.price_source is PriceSource.MODEL
    assert at_expiry.day_change == (worth - hour_before.price) * 100
    (late,) = after.positions
    assert (late.price, late.price_source, late.price_at) == (worth, PriceSource.INTRINSIC, session_close(THURSDAY))
    assert late.day_change == 0
    assert worth > 0


async def test_what_expired_out_of_the_money_is_worth_nothing(underlying, record_it, owner, portfolio):
    await record_it(contribution("1000"), option("UND221117P00130000", "1", "5", MONDAY))

    (put,) = (await value(owner, portfolio.id)).positions

    assert (put.price, put.market_value) == (Decimal(0), Decimal(0))


async def test_at_the_close_of_its_last_day_it_is_worth_what_it_gives(
    small_market, underlying, record_it, owner, portfolio
):
    symbol = "UND221121C00130000"
    await record_it(contribution("1000"), option(symbol, "1", "5"))
    at = session_close(TODAY)
    await close_session(small_market, TODAY, UND="141", SP500="3950")

    live = (await positions(owner, portfolio, None, at))[symbol]
    past = (await positions(owner, portfolio, at, at))[symbol]

    assert (live.price, past.price) == (Decimal(11), Decimal(11))
    assert live.price_source is past.price_source is PriceSource.INTRINSIC
    assert live.day_change == past.day_change


async def test_a_history_that_is_too_short_is_said(small_market, record_it, owner, portfolio):
    """21 closes make 20 returns; NEWCO has 20 closes before today."""
    await add_underlying("NEWCO", UNDERLYING_CLOSES[:20])
    await record_it(contribution("1000"), option("NEWCO221216C00140000", "1", "5"))

    found = await value(owner, portfolio.id)

    (position,) = found.positions
    assert (position.price, position.price_source, position.delta) == (None, None, None)
    absence = position.absences[0]
    assert (absence.field, absence.reason) == ("price", "NO_PRICE")
    assert absence.mend == "load a price of NEWCO at this time, and at least 21 daily closes of it before"
    assert (found.total_value, found.cash_balance) == (None, Decimal(500))


async def test_an_underlying_without_a_price_gives_none(small_market, record_it, owner, portfolio):
    await add_underlying("GONE", latest=None)
    await record_it(contribution("1000"), option("GONE221216C00140000", "1", "5"))

    (live,) = (await value(owner, portfolio.id)).positions
    (past,) = (await value(owner, portfolio.id, session_close(FRIDAY))).positions

    assert live.price is None
    assert past.price_source is PriceSource.MODEL


async def test_the_statements_of_options(small_market, underlying, record_it, owner, portfolio):
    async def count(as_of=None):
        with counted_statements() as statements:
            await value(owner, portfolio.id, as_of)
        return len(statements)

    await record_it(contribution("100000"), buy("AAA", "1", "10"))
    await count()
    assert await count() == 3
    await record_it(option(CALL, "2", "5"), option("UND221117C00130000", "1", "5", MONDAY))
    await count()

    # The contracts, their underlyings, and the closes of the expired; volatilities are read once for a session.
    assert await count() == 6
    await count(session_close(FRIDAY))
    assert await count(session_close(FRIDAY)) == 6
    # An underlying that is held too is read with what is held.
    await record_it(buy("UND", "1", "139", FRIDAY))
    await count()
    assert await count() == 5
