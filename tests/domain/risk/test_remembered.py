"""What holdings came to is kept while the closes are the very same, and no longer."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.dates import session_close
from domain.market import history, tables
from domain.market.closes_by_hand import set_close
from domain.market.models import Instrument
from domain.market.queries import instruments_by_symbol, market_now
from domain.market.types import QuoteSource
from domain.portfolios.queries import Asked, valuations
from domain.risk.reading import held_over, holdings_data, prepare, realized_returns
from domain.risk.reading_types import AskedHoldings
from domain.risk.remembered import Remembered
from domain.risk.types import AskedReturns
from tests.factories.portfolios import FRIDAY, buy, option, record
from tests.factories.risk import DAYS

AT = session_close(FRIDAY)


@pytest.fixture
def asks(risk_market, owner):
    async def run(portfolio_id, as_of=AT):
        now = await market_now(risk_market.clock)
        (valuation,) = await valuations(owner, [Asked(portfolio_id, as_of)], now)
        assert valuation is not None
        return AskedHoldings(valuation, DAYS[1], FRIDAY, ("SP500",))

    return run


@pytest.fixture
def read(risk_market):
    async def run(asked):
        now = await market_now(risk_market.clock)
        (found,) = await holdings_data([asked], now, risk_market.compute, lambda _: None)
        return found

    return run


async def test_the_same_is_answered_from_memory(holding, asks, read):
    portfolio_id = await holding("1000", AAA="10")

    first, second = await read(await asks(portfolio_id)), await read(await asks(portfolio_id))

    assert second is first


async def test_another_ledger_is_computed_anew(risk_market, owner, holding, asks, read):
    portfolio_id = await holding("1000", AAA="10")
    first = await read(await asks(portfolio_id))
    await record(risk_market, owner, portfolio_id, buy("BBB", "1", "100", FRIDAY))

    second = await read(await asks(portfolio_id))

    assert [each.symbol for each in second.holdings.held] == ["AAA", "BBB"]
    assert second.digest != first.digest


async def test_closes_that_change_are_seen(holding, asks, read):
    portfolio_id = await holding("1000", AAA="10")
    first = await read(await asks(portfolio_id))
    row = await Instrument.get(symbol="AAA")
    await tables.add_closes([(row.number, DAYS[5], 1.0)], QuoteSource.HISTORY)
    history.forget()

    second = await read(await asks(portfolio_id))

    # Whatever a second close of a day comes to: it is computed of what is read now.
    assert second is not first
    assert np.isfinite(second.holdings.total).all()


async def test_what_is_of_now_is_not_kept(holding, asks, read):
    asked = await asks(await holding("1000", AAA="10"), None)

    assert await read(asked) is not await read(asked)


@pytest.fixture
def returned(risk_market, owner):
    async def run(portfolio_id, benchmark="SP500", last=FRIDAY):
        now = await market_now(risk_market.clock)
        asked = AskedReturns(portfolio_id, DAYS[1], last, benchmark)
        (found,) = await realized_returns(owner, [asked], now, risk_market.compute, lambda _: None)
        return found

    return run


async def test_the_same_returns_are_answered_from_memory(holding, returned):
    portfolio_id = await holding("1000", AAA="10")

    first, other, second = [await returned(portfolio_id, each) for each in ("SP500", "MTUM", "SP500")]

    assert second is first
    assert other.digest != first.digest
    assert (await returned(portfolio_id, last=DAYS[-2])).observations == first.observations - 1


async def test_returns_of_another_ledger_are_computed_anew(risk_market, owner, holding, returned):
    portfolio_id = await holding("1000", AAA="10")
    first = await returned(portfolio_id)
    await record(risk_market, owner, portfolio_id, buy("BBB", "1", "90", DAYS[-2]))

    second = await returned(portfolio_id)

    assert second.returns[:-2].tolist() == first.returns[:-2].tolist()
    # A share of 100 that was bought for 90.
    assert second.returns[-2] > first.returns[-2]


@pytest.mark.parametrize("symbol", ["AAA", "SP500"])
async def test_returns_of_closes_that_change_are_computed_anew(risk_market, holding, returned, symbol):
    portfolio_id = await holding("1000", AAA="10")
    first = await returned(portfolio_id)
    (row,) = (await instruments_by_symbol([symbol])).values()
    async with risk_market.unit_of_work(SYSTEM) as work:
        await set_close(work, row, FRIDAY, Decimal(120))
    history.forget()

    second = await returned(portfolio_id)

    changed = (second.returns[-1] - first.returns[-1], second.compared[-1] - first.compared[-1])
    assert (changed[0] > 0.05, changed[1] > 0.1) == (symbol == "AAA", symbol == "SP500")


async def test_returns_with_options_are_computed_each_time(risk_market, owner, holding, returned):
    portfolio_id = await holding("1000", AAA="10")
    await record(risk_market, owner, portfolio_id, option("AAA230120C00100000", "1", "5", DAYS[-2]))

    assert await returned(portfolio_id) is not await returned(portfolio_id)


async def test_no_more_is_kept_than_fits(risk_market, holding, asks):
    asked = await asks(await holding("1000", AAA="10"))
    now = await market_now(risk_market.clock)
    (prepared,) = await prepare([asked], now, lambda _: None)
    data = held_over(asked, prepared)
    size = data.holdings.moves.size + data.holdings.gains.size + data.compared.size
    kept, other = Remembered(capacity=size), replace(asked, first=DAYS[2])

    kept.keep(asked, prepared, data)
    assert kept.find(asked, prepared) is data
    kept.keep(other, prepared, data)
    assert (kept.find(asked, prepared), kept.find(other, prepared)) == (None, data)
    # The same again takes no more room.
    kept.keep(other, prepared, data)
    assert kept.find(other, prepared) is data
