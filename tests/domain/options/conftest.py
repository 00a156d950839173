import pytest

from tests.factories.identity import make_person
from tests.factories.portfolios import open_portfolio, record, small_market

__all__ = ["small_market"]


@pytest.fixture
async def owner(small_market):
    return (await make_person(small_market, "owner@example.com")).actor


@pytest.fixture
async def portfolio(small_market, owner):
    return await open_portfolio(small_market, owner)


@pytest.fixture
def record_it(small_market, owner, portfolio):
    """Record entries in the portfolio as its owner."""

    async def run(*entries, **more):
        return await record(small_market, owner, portfolio.id, *entries, **more)

    return run
