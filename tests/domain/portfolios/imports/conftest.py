import pytest

from domain.portfolios.models import Transaction
from tests.domain.portfolios.conftest import owner, portfolio, record_it, stored, stranger
from tests.factories import imports
from tests.factories.portfolios import small_market

__all__ = ["owner", "portfolio", "record_it", "small_market", "stored", "stranger"]


@pytest.fixture
def preview(small_market, owner, portfolio):
    """Read a file into the portfolio as its owner."""

    async def run(data, **more):
        return await imports.preview(small_market, owner, portfolio.id, data, **more)

    return run


@pytest.fixture
def confirm(small_market, owner):
    """Record an import as its owner."""

    async def run(importing, **more):
        return await imports.confirm(small_market, owner, importing.id, **more)

    return run


@pytest.fixture
def undo(small_market, owner):
    """Take an import back as its owner."""

    async def run(importing):
        return await imports.undo(small_market, owner, importing.id)

    return run


@pytest.fixture
def retry(small_market, owner):
    """Check an import's refused rows again, as its owner."""

    async def run(importing):
        return await imports.retry(small_market, owner, importing.id)

    return run


@pytest.fixture
def booked(portfolio):
    """Say what stands in the ledger, in the order in which it was recorded: kind, date, quantity, amount."""

    async def look():
        rows = await Transaction.filter(portfolio_id=portfolio.id).order_by("sequence")
        return [(row.kind, row.trade_date, row.quantity, row.amount) for row in rows]

    return look
