import asyncio

import pytest
from redis.asyncio import Redis

from domain.infra import rates
from domain.infra.rates import MemoryAttemptLimiter, RedisAttemptLimiter, open_attempt_limiter
from domain.kernel.errors import RateLimited
from tests.support.servers import start_redis


class Seconds:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


async def admitted(limiter, key, *, limit, seconds=60.0, attempts):
    outcomes = await asyncio.gather(
        *(limiter.admit(key, limit=limit, seconds=seconds) for _ in range(attempts)), return_exceptions=True
    )
    assert all(outcome is None or isinstance(outcome, RateLimited) for outcome in outcomes), outcomes
    return outcomes.count(None)


@pytest.fixture(params=["memory", "redis"])
def store_url(request):
    return request.getfixturevalue("redis_server").url if request.param == "redis" else None


@pytest.fixture
async def limiter(store_url):
    if store_url:
        async with Redis.from_url(store_url) as redis:
            await redis.flushdb()
    async with open_attempt_limiter(store_url) as opened:
        yield opened


async def test_of_300_at_once_exactly_100_are_admitted(limiter):
    assert await admitted(limiter, "key", limit=100, attempts=300) == 100


async def test_keys_are_counted_apart_and_forgotten(limiter):
    assert await admitted(limiter, "one", limit=3, attempts=5) == 3
    assert await admitted(limiter, "two", limit=3, attempts=5) == 3

    await limiter.forget("one")

    assert await admitted(limiter, "one", limit=3, attempts=5) == 3
    assert await admitted(limiter, "two", limit=3, attempts=5) == 0


async def test_the_window_slides(limiter):
    assert await admitted(limiter, "key", limit=2, seconds=0.2, attempts=3) == 2

    await asyncio.sleep(0.25)

    assert await admitted(limiter, "key", limit=2, seconds=0.2, attempts=3) == 2


async def test_the_refusal_says_when_to_come_back(limiter):
    await admitted(limiter, "key", limit=1, attempts=1)

    with pytest.raises(RateLimited) as limited:
        await limiter.admit("key", limit=1, seconds=60)

    assert 59 < limited.value.retry_after <= 60


async def test_what_was_refused_does_not_count():
    clock = Seconds()
    limiter = MemoryAttemptLimiter(clock)
    assert await admitted(limiter, "key", limit=2, seconds=10, attempts=100) == 2

    clock.now += 10

    assert await admitted(limiter, "key", limit=2, seconds=10, attempts=100) == 2


async def test_memory_is_bounded_and_whoever_tried_last_is_kept(monkeypatch):
    monkeypatch.setattr(rates, "_KEYS_AT_MOST", 3)
    limiter = MemoryAttemptLimiter(Seconds())
    for key in ("a", "b", "c", "a", "d"):
        await admitted(limiter, key, limit=5, attempts=1)

    assert list(limiter._admitted) == ["c", "a", "d"]


async def test_two_processes_share_the_count(redis_url):
    async with open_attempt_limiter(redis_url) as one, open_attempt_limiter(redis_url) as other:
        admissions = await asyncio.gather(
            admitted(one, "key", limit=10, attempts=20), admitted(other, "key", limit=10, attempts=20)
        )

    assert sum(admissions) == 10


async def test_nothing_is_left_in_redis_after_the_window(redis_url):
    async with open_attempt_limiter(redis_url) as limiter, Redis.from_url(redis_url) as redis:
        await admitted(limiter, "key", limit=10, seconds=30, attempts=20)

        (name,) = await redis.keys("*")
        assert 0 < await redis.ttl(name) <= 30
        assert len(await redis.execute_command("LRANGE", name, 0, -1)) == 10


async def test_without_redis_half_is_admitted_and_nothing_fails(server_folder):
    server = start_redis(server_folder)
    clock = Seconds()
    try:
        async with Redis.from_url(server.url, socket_timeout=0.5, socket_connect_timeout=0.5) as redis:
            limiter = RedisAttemptLimiter(redis, clock)
            assert await admitted(limiter, "before", limit=10, attempts=20) == 10
            server.kill()

            assert await admitted(limiter, "key", limit=10, attempts=20) == 5
            await limiter.forget("key")
            assert await admitted(limiter, "key", limit=10, attempts=20) == 5
            assert await admitted(limiter, "single", limit=1, attempts=5) == 1

            server.restart()
            clock.now += 2
            assert await admitted(limiter, "key", limit=10, attempts=20) == 10
    finally:
        server.stop()
