import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.jobs import JobSpec
from tests.factories.identity import make_person
from tests.schema.portfolios.documents import DOCUMENTS
from tests.support.graphql import GraphQLClient

SPEC = JobSpec(kind="test.job", attempts=2, retry_delay=3.0)


@pytest.fixture
async def owner(resources):
    return (await make_person(resources, "owner@example.com")).actor


@pytest.fixture
async def stranger(resources):
    return (await make_person(resources, "stranger@example.com")).actor


@pytest.fixture
def client(resources, owner):
    """Asks as the owner."""
    return GraphQLClient(resources, owner)


@pytest.fixture
def ask(client):
    """Send a document of the front ends, or another one; return its first field."""

    async def send(document, *, actor=None, **variables):
        asking = client if actor is None else client.on_behalf_of(actor)
        data = await asking.data(DOCUMENTS.get(document, document), variables)
        return next(iter(data.values()))

    return send


@pytest.fixture
def enqueue(resources, owner):
    async def run(actor=owner):
        async with resources.unit_of_work(actor) as work:
            return await work.enqueue(SPEC, {})

    return run


@pytest.fixture
def as_system(resources):
    """Run one command of jobs in a unit of work of the system."""

    async def run(command, *arguments, **named):
        async with resources.unit_of_work(SYSTEM) as work:
            return await command(work, *arguments, **named)

    return run
