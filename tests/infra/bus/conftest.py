from collections.abc import AsyncIterator

import pytest

from domain.infra.bus.hub import Hub
from domain.infra.bus.opening import open_bus


@pytest.fixture(params=["memory", "redis"])
def bus_url(request) -> str | None:
    """The address of the bus: each test that asks for it runs on both transports."""
    return request.getfixturevalue("redis_url") if request.param == "redis" else None


@pytest.fixture
async def bus(bus_url: str | None) -> AsyncIterator[Hub]:
    async with open_bus(bus_url) as opened:
        yield opened
