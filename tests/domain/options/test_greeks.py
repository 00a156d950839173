"""Greeks of a portfolio's options, exactly."""

from datetime import date, timedelta

import pytest

from domain.kernel.absence import AbsenceReason
from domain.kernel.dates import session_close
from domain.options.greeks import NAMES, NOTHING, portfolio_greeks, underlying_closes
from domain.portfolios.types import Side
from domain.quant import black_scholes
from domain.quant.implied_volatility import implied_volatility
from tests.factories.portfolios import NOW, add_underlying, buy, contribution, option, value
from tests.support.statements import counted_statements

CALL, PUT = "UND221216C00140000", "UND230120P00130000"
YEAR = timedelta(days=365)


@pytest.fixture
async def held(small_market, record_it, portfolio):
    """Two calls bought, three puts sold, ten shares; the underlying stands at 140."""
    await add_underlying()
    await record_it(
        contribution("100000"), option(CALL, "2", "5"), option(PUT, "3", "6", side=Side.SELL), buy("AAA", "10", "14")
    )
    return portfolio


@pytest.fixture
def asked(owner):
    async def run(portfolio, after_expiry=None):
        valuation = await value(owner, portfolio.id)
        closes = await underlying_closes([valuation], NOW)
        return valuation, portfolio_greeks(valuation, closes, after_expiry)

    return run


def exact(valuation, symbol, strike, expiry, *, is_call):
    """Greeks of one unit, at the volatility that the price in the portfolio implies."""
    (price,) = {float(each.price) for each in valuation.positions if each.instrument.symbol == symbol}
    years = (session_close(expiry) - NOW) / YEAR
    volatility = implied_volatility(price, 140, strike, years, 0, 0, is_call)
    return black_scholes.value(140, strike, years, 0, 0, volatility, is_call)


async def test_a_long_call_and_a_short_put_add_up(held, asked):
    valuation, found = await asked(held)

    call = exact(valuation, CALL, 140, date(2022, 12, 16), is_call=True)
    put = exact(valuation, PUT, 130, date(2023, 1, 20), is_call=False)
    by_symbol = {each.symbol: each.greeks for each in found.positions}
    assert list(by_symbol) == ["AAA", CALL, PUT]
    assert by_symbol["AAA"] is None
    for name, of in zip(NAMES, ("delta", "gamma", "theta_per_day", "vega_per_point", "rho_per_point"), strict=True):
        units = (200 * float(getattr(call, of)), -300 * float(getattr(put, of)))
        assert getattr(by_symbol[CALL], name) == pytest.approx(units[0], rel=1e-9), name
        assert getattr(by_symbol[PUT], name) == pytest.approx(units[1], rel=1e-9), name
        assert getattr(found.total, name) == pytest.approx(sum(units), rel=1e-9), name
    assert found.absences == ()
    # AAA stands at 15.5.
    assert found.delta_adjusted_exposure == pytest.approx(155 + 140 * found.total.delta, rel=1e-4)


async def test_after_its_expiry_an_option_has_no_greeks_and_counts_as_what_it_gives(held, asked):
    _, found = await asked(held, date(2022, 12, 16))

    by_symbol = {each.symbol: each.greeks for each in found.positions}
    # At 140 the call at 140 is exercised for nothing.
    assert {getattr(by_symbol[CALL], name) for name in NAMES} == {0.0}
    assert found.total == by_symbol[PUT]
    assert found.delta_adjusted_exposure == pytest.approx(155 + 140 * by_symbol[PUT].delta, rel=1e-4)


async def test_what_is_exercised_counts_as_shares(small_market, record_it, portfolio, asked):
    await add_underlying()
    await record_it(
        contribution("100000"),
        option("UND221216C00130000", "2", "12"),
        option("UND221216P00150000", "1", "12"),
        option("UND221216P00120000", "5", "1"),
    )

    _, found = await asked(portfolio, date(2023, 1, 1))

    assert found.delta_adjusted_exposure == pytest.approx(200 * 140 - 100 * 140)
    assert found.total.delta == 0


async def test_an_option_without_a_price_has_no_greeks_nor_has_the_total(small_market, record_it, portfolio, asked):
    await add_underlying(latest=None, closes=[100.0] * 5)
    await record_it(contribution("100000"), option(CALL, "2", "5"))

    _, found = await asked(portfolio)

    assert found.positions[0].greeks == NOTHING
    assert found.total == NOTHING
    assert found.delta_adjusted_exposure is None
    reasons = {each.field: each.reason for each in found.absences}
    assert reasons[CALL] == reasons["deltaAdjustedExposure"] == AbsenceReason.NO_PRICE
    assert {name: reasons[name] for name in NAMES} == dict.fromkeys(NAMES, AbsenceReason.UNDEFINED)


async def test_without_options_there_is_nothing_to_add_and_nothing_to_read(small_market, record_it, portfolio, owner):
    await record_it(contribution("1000"), buy("AAA", "10", "14"))
    valuation = await value(owner, portfolio.id)

    with counted_statements() as sent:
        closes = await underlying_closes([valuation], NOW)
    found = portfolio_greeks(valuation, closes)

    assert sent == []
    assert {getattr(found.total, name) for name in NAMES} == {0.0}
    assert found.delta_adjusted_exposure == pytest.approx(155)
