"""A market with the demonstration's prices, and a hand that moves its clock."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from domain.infra.bus.opening import open_bus
from domain.infra.clock import SystemClock
from domain.infra.database import open_database
from domain.infra.doorbell import open_doorbell
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import feed, replaying
from domain.market.demonstration.loading import load_demonstration
from domain.market.feed import Lease
from domain.market.models import LatestQuote
from domain.market.replay import SECONDS, Script
from domain.market.replaying import Standing
from tests.support.databases import Databases
from tests.support.resources import ManualClock, open_test_resources


async def fill_market(url: str) -> None:
    """Load the demonstration into a database: for `Databases.filled`, because it takes a second."""
    clock = SystemClock()
    async with (
        open_database(url),
        open_bus(None) as bus,
        open_doorbell(None) as doorbell,
        units_of_work(clock, bus, doorbell)(SYSTEM) as work,
    ):
        assert await load_demonstration(work)


@pytest.fixture
async def market_url(databases: Databases) -> AsyncIterator[str]:
    """The address of a database with the demonstration's market."""
    url = await databases.filled(fill_market)
    yield url
    await databases.discard(url)


@pytest.fixture
async def market(market_url: str, tmp_path: Path, keys_folder: Path, clock: ManualClock) -> AsyncIterator[Resources]:
    """Every port, over a database with the demonstration's market, loaded just now."""
    async with open_test_resources(market_url, tmp_path, keys_folder, clock) as opened:
        await LatestQuote.all().update(received_at=clock.now())
        yield opened


@dataclass(eq=False)
class Player:
    """Plays the replay without waiting."""

    resources: Resources
    lease: Lease
    standing: Standing
    script: Script

    async def tick(self, second: int) -> None:
        """Advance the market to this second of the session; at the last one close it."""
        async with self.resources.unit_of_work(SYSTEM) as work:
            self.standing = await replaying.play(work, self.lease, self.standing, self.script, second)
            if second == SECONDS:
                await replaying.close_session(work, self.script, self.standing)

    async def next_session(self) -> None:
        """Go to the session after the one that has closed."""
        self.standing = await replaying.next_session(self.standing)
        self.script = await replaying.script_of(self.standing)

    async def play_session(self) -> None:
        """Play a whole session in three ticks, and go to the next."""
        for second in (0, SECONDS // 2, SECONDS):
            await self.tick(second)
        await self.next_session()


async def make_player(resources: Resources) -> Player:
    """Take the lead, as a process does that has just started."""
    async with resources.unit_of_work(SYSTEM) as work:
        lease = await feed.take_lease(work, uuid4())
    assert lease is not None, "another one leads"
    standing = await replaying.read_standing()
    if standing.second == SECONDS:
        standing = await replaying.next_session(standing)
    return Player(resources, lease, standing, await replaying.script_of(standing))
