import pytest

from domain.kernel.ports import Resources
from tests.factories.market import load_market


@pytest.fixture
async def market(resources: Resources) -> Resources:
    """Every port, over a database with the demonstration."""
    await load_market(resources)
    return resources
