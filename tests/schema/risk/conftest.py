import pytest

from domain.calculations import answers
from domain.portfolios.sharing import share_portfolio
from domain.portfolios.types import SharePermission
from schema.shared.node import global_id, stored_key
from tests.factories.identity import make_person
from tests.factories.portfolios import record
from tests.factories.risk import hold, risk_market
from tests.schema.risk.documents import DOCUMENTS
from tests.support.graphql import GraphQLClient

__all__ = ["risk_market"]


@pytest.fixture
async def owner(risk_market):
    return (await make_person(risk_market, "owner@example.com")).actor


@pytest.fixture
async def stranger(risk_market):
    return (await make_person(risk_market, "stranger@example.com")).actor


@pytest.fixture
def client(risk_market, owner):
    """Asks as the owner."""
    return GraphQLClient(risk_market, owner)


@pytest.fixture
def holding(risk_market, owner):
    """Open a portfolio of so many units of each, and return its global id."""

    async def run(cash="0", **units):
        return global_id("Portfolio", (await hold(risk_market, owner, cash, **units)).id)

    return run


@pytest.fixture
def ask(client):
    """Send a document by its name, as the owner or as another; return its first field."""

    async def send(name, *, actor=None, **variables):
        asking = client if actor is None else client.on_behalf_of(actor)
        return next(iter((await asking.data(DOCUMENTS[name], variables)).values()))

    return send


@pytest.fixture
def forget(risk_market):
    """Wait until all runs are stored, and forget what is kept in memory."""

    async def run():
        await risk_market.runs.settle()
        answers._kept.clear()

    return run


@pytest.fixture
def book(risk_market, owner):
    """Record entries into a portfolio."""

    async def run(portfolio_id, *entries):
        key = stored_key("Portfolio", portfolio_id)
        assert key is not None
        await record(risk_market, owner, key, *entries)

    return run


@pytest.fixture
def veiled(risk_market, owner, stranger):
    """Share a portfolio, without its amounts, with the stranger."""

    async def run(portfolio_id):
        key = stored_key("Portfolio", portfolio_id)
        assert key is not None
        async with risk_market.unit_of_work(owner) as work:
            await share_portfolio(
                work,
                key,
                email="stranger@example.com",
                permission=SharePermission.VIEWER,
                hides_amounts=True,
            )

    return run
