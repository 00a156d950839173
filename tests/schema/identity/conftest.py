import pytest

from tests.support.graphql import OPERATIONS, GraphQLClient

DOCUMENT = (OPERATIONS / "identity.graphql").read_text()


@pytest.fixture
def client(resources):
    return GraphQLClient(resources)


@pytest.fixture
def ask(client):
    """Send an operation of the front ends' document, as nobody or as another."""

    async def send(operation, payload=None, *, actor=None):
        asking = client if actor is None else client.on_behalf_of(actor)
        variables = None if payload is None else {"input": payload}
        data = await asking.data(DOCUMENT, variables, operation=operation)
        return next(iter(data.values()))

    return send
