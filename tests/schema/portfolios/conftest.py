import pytest

from tests.factories.identity import make_person
from tests.factories.portfolios import open_portfolio, small_market
from tests.schema.portfolios.documents import DOCUMENTS
from tests.support.graphql import GraphQLClient

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
def client(small_market, owner):
    """Asks as the owner."""
    return GraphQLClient(small_market, owner)


@pytest.fixture
def ask(client):
    """Send a document of the front ends, or another one, as the owner or as another; return its first field."""

    async def send(document, *, actor=None, **variables):
        asking = client if actor is None else client.on_behalf_of(actor)
        data = await asking.data(DOCUMENTS.get(document, document), variables)
        return next(iter(data.values()))

    return send
