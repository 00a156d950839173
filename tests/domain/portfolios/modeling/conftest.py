import pytest

from domain.kernel.ids import new_id
from domain.portfolios.modeling import commands
from domain.portfolios.modeling.committing import commit_session
from domain.portfolios.models import Portfolio, Posting, Transaction
from tests.factories.portfolios import (
    TODAY,
    buy,
    contribution,
    record,
)


@pytest.fixture
async def base(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, contribution("1000"), buy("AAA", "30", "10"))
    return portfolio


@pytest.fixture
def begin(small_market, owner, base):
    async def run(name="If", *, actor=None, key=None, of=None, **more):
        async with small_market.unit_of_work(actor or owner) as work:
            return await commands.create_session(
                work, of or base.id, name=name, idempotency_key=key or str(new_id()), **more
            )

    return run


@pytest.fixture
def attempt(small_market, owner):
    async def run(session, *entries, actor=None, key=None, today=TODAY, **more):
        async with small_market.unit_of_work(actor or owner) as work:
            return (
                await commands.add_trades(
                    work, session.id, entries, idempotency_key=key or str(new_id()), today=today, **more
                )
            )[0]

    return run


@pytest.fixture
def commit(small_market, owner):
    async def run(session, version, *, actor=None, key=None):
        async with small_market.unit_of_work(actor or owner) as work:
            return (
                await commit_session(work, session.id, expected_version=version, idempotency_key=key or str(new_id()))
            )[0]

    return run


@pytest.fixture
def rows_of():
    """Say everything that is stored of a portfolio's ledger."""

    async def look(portfolio):
        fields = ("sequence", "kind", "trade_date", "quantity", "price", "amount", "idempotency_key", "details")
        transactions = await Transaction.filter(portfolio_id=portfolio.id).order_by("sequence").values_list(*fields)
        postings = await Posting.filter(portfolio_id=portfolio.id).order_by("id").values_list("book", "amount", "units")
        return (await Portfolio.get(id=portfolio.id)).version, transactions, postings

    return look
