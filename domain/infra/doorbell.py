"""Tells the engines that a job is waiting: in this process by an event, across machines by saq on Redis."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from saq.queue.redis import RedisQueue

# What saq calls in a worker, with the job's id.
SAQ_FUNCTION = "run_job"
# A runner that is silent for so long is dead; saq then hands the id to another.
SAQ_HEARTBEAT_SECONDS = 3

# Whoever asked for the job waits no longer than this for a Redis that does not answer.
_PATIENCE_SECONDS = 1.0
_GOOD_BYE_SECONDS = 1.0

_log = structlog.get_logger("domain.infra.doorbell")


class LocalDoorbell:
    """Wakes the engine of this process."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    async def ring(self, job_id: UUID) -> None:
        """Wake the engine, which looks into the table itself."""
        del job_id
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait until it rings, at most so long."""
        # Not `wait_for`, which on Python 3.11 forgets that it was cancelled when it rings at that very moment.
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()


class SaqDoorbell:
    """Hands the job's id to saq.  What is lost on the way, the engines' sweep of the table finds."""

    def __init__(self, queue: RedisQueue) -> None:
        self.queue = queue

    async def ring(self, job_id: UUID) -> None:
        """Enqueue the id, unless it is queued already; never raises because Redis is out."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self.queue.enqueue(
                    SAQ_FUNCTION,
                    key=str(job_id),
                    job_id=str(job_id),
                    timeout=0,
                    heartbeat=SAQ_HEARTBEAT_SECONDS,
                    retries=1_000,
                    ttl=-1,
                )
        # A timeout is an OSError too.
        except (RedisError, OSError) as error:
            _log.warning("a job was not announced; the sweep will find it", job_id=str(job_id), error=str(error))


@asynccontextmanager
async def open_doorbell(redis_url: str | None) -> AsyncIterator[LocalDoorbell | SaqDoorbell]:
    """Open the doorbell of this configuration."""
    if redis_url is None:
        yield LocalDoorbell()
        return
    # Workers wait on this connection for the next job, however long that takes: it has no timeout of its own.
    redis = Redis.from_url(redis_url, socket_connect_timeout=1, socket_timeout=None)
    queue = RedisQueue(redis, name="foliograph")
    try:
        yield SaqDoorbell(queue)
    finally:
        # A Redis that is out, or hangs, cannot be told good-bye.
        with suppress(RedisError, OSError):
            async with asyncio.timeout(_GOOD_BYE_SECONDS):
                await queue.disconnect()
        await redis.aclose()
