"""A bus, a site and a server for each test; `served` runs each test below ASGI and through it."""

from collections.abc import AsyncIterator

import pytest

from api.sockets import SocketLimits
from domain.infra.bus.hub import Hub
from domain.infra.bus.opening import open_bus
from tests.api.websocket.client import Served, serve
from tests.api.websocket.prices_app import Site, user

LIMITS = SocketLimits(
    allowed_origins=("https://app.example.com", "http://localhost:*"), messages_per_second=10_000, message_burst=10_000
)


@pytest.fixture
async def bus() -> AsyncIterator[Hub]:
    async with open_bus(None) as opened:
        yield opened


@pytest.fixture
def limits() -> SocketLimits:
    """Overridden by tests of one limit."""
    return LIMITS


@pytest.fixture
def site(bus: Hub, limits: SocketLimits) -> Site:
    return Site(bus, limits, {f"user-{number}": user(number) for number in range(1, 6)})


@pytest.fixture(params=["frames", "asgi"])
async def served(site: Site, request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    async with serve(site, through_asgi=request.param == "asgi") as opened:
        yield opened
