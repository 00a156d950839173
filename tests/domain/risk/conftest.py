import pytest

from domain.market.queries import market_now
from domain.portfolios.queries import Asked, valuations
from domain.risk.reading import holdings_data
from domain.risk.reading_types import AskedHoldings
from tests.factories.identity import make_person
from tests.factories.portfolios import FRIDAY
from tests.factories.risk import DAYS, hold, risk_market

__all__ = ["risk_market"]

PROXIES = ("SP500", "SIZE", "VLUE", "MTUM")


@pytest.fixture
async def owner(risk_market):
    return (await make_person(risk_market, "owner@example.com")).actor


@pytest.fixture
def holding(risk_market, owner):
    """Open a portfolio of so many units of each, and return its id."""

    async def run(cash="0", **units):
        return (await hold(risk_market, owner, cash, **units)).id

    return run


@pytest.fixture
def held(risk_market, owner):
    """Return what a portfolio holds over the sessions before."""

    async def run(portfolio_id, first=DAYS[1], last=FRIDAY, as_of=None, symbols=PROXIES, window=5_000):
        now = await market_now(risk_market.clock)
        (valuation,) = await valuations(owner, [Asked(portfolio_id, as_of)], now)
        assert valuation is not None
        asked = AskedHoldings(valuation, first, last, symbols, window)
        (found,) = await holdings_data([asked], now, risk_market.compute, lambda _: None)
        return found

    return run
