"""Counts attempts: exactly, over a window that slides, for one process or for all that share a Redis.

When Redis is out, each process counts by itself with half the limit: attempts are still counted, and nothing fails.
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from domain.kernel.errors import RateLimited
from domain.kernel.ports import AttemptLimiter

_KEYS_AT_MOST: Final = 100_000
_REDIS_TIMEOUT: Final = 0.5
_CONNECTIONS: Final = 8
# After Redis has failed it is left alone for so many seconds, that not every attempt waits for it.
_REDIS_PAUSE: Final = 1.0

# The times of the attempts that were admitted, newest first, at most `limit` of them.  Answers 0, or the milliseconds
# to wait.  Redis' own clock, so that the clocks of its clients do not matter.
_ADMIT: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local earliest = redis.call('LINDEX', KEYS[1], limit - 1)
if earliest and now - tonumber(earliest) < window then return tonumber(earliest) + window - now end
redis.call('LPUSH', KEYS[1], now)
redis.call('LTRIM', KEYS[1], 0, limit - 1)
redis.call('PEXPIRE', KEYS[1], window)
return 0
"""

_log = structlog.get_logger(__name__)


class MemoryAttemptLimiter:
    """Counts in this process.  `now` is a clock that never goes back, in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._admitted: OrderedDict[str, deque[float]] = OrderedDict()

    async def admit(self, key: str, *, limit: int, seconds: float) -> None:
        """Count one attempt of this key.  Raises `RateLimited` when there were `limit` within the last `seconds`."""
        now = self._now()
        times = self._admitted.pop(key, None) or deque()
        while times and now - times[0] >= seconds:
            times.popleft()
        # Whoever tried last is forgotten last.
        self._admitted[key] = times
        if len(times) >= limit:
            raise _limited(limit, seconds, times[-limit] + seconds - now)
        times.append(now)
        if len(self._admitted) > _KEYS_AT_MOST:
            self._admitted.popitem(last=False)

    async def forget(self, key: str) -> None:
        """Forget the attempts of this key: the last one succeeded."""
        self._admitted.pop(key, None)


class RedisAttemptLimiter:
    """Counts for every process that shares the Redis; in memory, at half the limit, while Redis is out."""

    def __init__(self, redis: "Redis", now: Callable[[], float] = time.monotonic) -> None:
        self._script = redis.register_script(_ADMIT)
        self._redis = redis
        self._now = now
        self._fallback = MemoryAttemptLimiter(now)
        self._resumes_at = 0.0

    async def admit(self, key: str, *, limit: int, seconds: float) -> None:
        """Count one attempt of this key.  Raises `RateLimited` when there were `limit` within the last `seconds`."""
        if self._now() < self._resumes_at:
            await self._fallback.admit(key, limit=max(1, limit // 2), seconds=seconds)
            return
        try:
            wait = int(await self._script(keys=[_name(key)], args=[limit, int(seconds * 1000)]))
        except (RedisError, OSError) as error:
            self._pause(error)
            await self._fallback.admit(key, limit=max(1, limit // 2), seconds=seconds)
            return
        if wait:
            raise _limited(limit, seconds, wait / 1000)

    async def forget(self, key: str) -> None:
        """Forget the attempts of this key: the last one succeeded."""
        await self._fallback.forget(key)
        if self._now() < self._resumes_at:
            return
        try:
            await self._redis.delete(_name(key))
        except (RedisError, OSError) as error:
            self._pause(error)

    def _pause(self, error: Exception) -> None:
        self._resumes_at = self._now() + _REDIS_PAUSE
        _log.warning("attempts_counted_in_memory", reason=str(error))


@asynccontextmanager
async def open_attempt_limiter(redis_url: str | None) -> AsyncIterator[AttemptLimiter]:
    """Count in the Redis of this address, or without one in this process."""
    if redis_url is None:
        yield MemoryAttemptLimiter()
        return
    # Bounded: hundreds of attempts at once would otherwise open as many connections, and time out over it.
    pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
        redis_url,
        max_connections=_CONNECTIONS,
        timeout=_REDIS_TIMEOUT,
        socket_timeout=_REDIS_TIMEOUT,
        socket_connect_timeout=_REDIS_TIMEOUT,
    )
    redis = Redis.from_pool(pool)
    try:
        yield RedisAttemptLimiter(redis)
    finally:
        await redis.aclose()


def _name(key: str) -> str:
    return f"foliograph:attempts:{key}"


def _limited(limit: int, seconds: float, wait: float) -> RateLimited:
    return RateLimited(
        f"expected at most {limit} attempts in {seconds / 60:g} minutes, got one more; "
        f"try again in {max(1, math.ceil(wait))} s",
        retry_after=max(wait, 0.001),
    )
