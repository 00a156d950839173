import pytest

from domain.audit.models import AuditEntry
from domain.portfolios.models import Account, Portfolio, Posting, Transaction
from tests.factories.identity import make_person
from tests.factories.portfolios import open_portfolio, record, small_market

__all__ = ["small_market"]


@pytest.fixture
async def owner(small_market):
    return (await make_person(small_market, "owner@example.com")).actor


@pytest.fixture
async def stranger(small_market):
    return (await make_person(small_market, "stranger@example.com")).actor


@pytest.fixture
async def portfolio(small_market, owner):
    return await open_portfolio(small_market, owner)


@pytest.fixture
def record_it(small_market, owner, portfolio):
    """Record entries in the portfolio as its owner."""

    async def run(*entries, **more):
        return await record(small_market, owner, portfolio.id, *entries, **more)

    return run


@pytest.fixture
def refused(record_it, stored):
    """Record an entry that must be refused; return the refusal, after a look that nothing was stored."""

    async def run(expected, *entries, **more):
        before = await stored()
        with pytest.raises(expected) as raised:
            await record_it(*entries, **more)
        assert await stored() == before
        return raised.value

    return run


@pytest.fixture
def stored():
    """Say how much is stored, and each portfolio's version."""

    async def look():
        rows = [await model.all().count() for model in (Transaction, Posting, AuditEntry, Account)]
        return rows, await Portfolio.all().values_list("id", "version")

    return look
