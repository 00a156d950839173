"""Workers that follow a live feed, on PostgreSQL and Redis: one is killed, and prices go on."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
import pytest

from tests.factories.live_market import fill_live_market
from tests.faults.asking import PRICES
from tests.support.clients import crowd
from tests.support.feed_stub import KEY, FeedStub, open_feed_stub, trade
from tests.support.left_out import leave_out
from tests.support.processes import Api, Process, api, migrate, worker
from tests.support.servers import ServerMissing, fast_storage, open_folder, start_postgres, start_redis

pytestmark = pytest.mark.faults

TAKE_OVER_SECONDS = 10.0
FOLLOWS = "this process follows the feed"


@dataclass(eq=False)
class Following:
    """An API, two workers, and the feed that they follow."""

    api: Api
    workers: list[Process]
    stub: FeedStub

    def leader(self) -> Process:
        """Return the worker that follows the feed."""
        (found,) = [each for each in self.workers if each.is_running and FOLLOWS in each.said()]
        return found

    async def say(self, connection: int, price: float, place: int) -> None:
        """Let one price be traded on a connection."""
        at = int(datetime.now(UTC).timestamp() * 1000)
        await self.stub.connections[connection].send(orjson.dumps([trade("AAA", price, at, place)]).decode())


@pytest.fixture
async def following() -> AsyncIterator[Following]:
    with open_folder("foliograph-feed-", parent=fast_storage()) as folder:
        try:
            postgres, redis = start_postgres(folder / "postgres"), start_redis(folder / "redis")
        except ServerMissing as missing:
            leave_out(str(missing))
        async with open_feed_stub() as stub:
            settings = {
                "FOLIOGRAPH_PROFILE": "development",
                "FOLIOGRAPH_DATA_DIR": str(folder / "state"),
                "FOLIOGRAPH_DATABASE_URL": postgres.url,
                "FOLIOGRAPH_REDIS_URL": redis.url,
                "FOLIOGRAPH_POLYGON_KEY": KEY,
                "FOLIOGRAPH_FEED": "polygon",
                "FOLIOGRAPH_FEED_URL": stub.url,
                "FOLIOGRAPH_ALLOW_PRIVATE_ADDRESSES": "true",
                # Nothing is asked of the provider itself.
                "FOLIOGRAPH_POLYGON_URL": "http://127.0.0.1:9",
            }
            await migrate(**settings)
            await fill_live_market(postgres.url)
            made = Following(
                api("api", folder / "logs", **settings),
                [worker(f"worker-{number}", folder / "logs", **settings) for number in (1, 2)],
                stub,
            )
            try:
                await made.api.start()
                await made.workers[0].start()
                await made.workers[1].start()
                yield made
            finally:
                for process in (*made.workers, made.api):
                    process.kill()
                postgres.stop()
                redis.stop()


async def test_another_worker_follows_the_feed_within_ten_seconds(following: Following):
    await following.stub.until_subscribed(1)
    async with crowd((following.api.url, PRICES, {"tickers": ["AAA"]}, None)) as (subscriber,):
        await following.say(0, 12.25, 1)
        first = await subscriber.until(lambda event: event["price"] == "12.25")
        leader = following.leader()

        leader.kill()
        begun = time.monotonic()
        await following.stub.until_subscribed(2)
        taken_over = time.monotonic() - begun
        await following.say(1, 12.5, 2)
        second = await subscriber.until(lambda event: event["price"] == "12.5")

    assert taken_over < TAKE_OVER_SECONDS
    assert first.value["kind"] == second.value["kind"] == "CHANGE"
    assert following.leader() is not leader
    assert following.stub.subscribed[0] == following.stub.subscribed[1]
    print(f"another worker followed the feed after {taken_over:.1f} s")
