"""The bus through Redis: a backend for broadcaster that survives whatever happens to the server.

broadcaster's own backend is deaf after the first dropped connection (decisions/0002-own-bus-backend.md).
"""

import asyncio
from contextlib import suppress

from broadcaster import Event as Message
from redis.asyncio import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from domain.infra.bus.redis_intake import RedisIntake
from domain.infra.bus.redis_outlet import RedisOutlet
from domain.infra.bus.transport import NUDGE, Transport

_OPEN_SECONDS = 1.0


class RedisBackend(Transport):
    """One connection that hears, one that publishes, each with a task that mends it."""

    def __init__(self, url: str) -> None:
        """Connect to nothing yet.  Raises `ValueError` for what is no Redis URL."""
        pool = _pool(url)
        # Redis keeps databases apart but not their channels: the number goes into the name.
        prefix = f"foliograph:{pool.connection_kwargs.get('db', 0)}:"
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._intake = RedisIntake(pool, prefix, self._hand_on)
        self._outlet = RedisOutlet(pool, prefix)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def connected(self) -> bool:
        """Whether every wanted channel is subscribed, and the last publication was taken."""
        return self._intake.live.is_set() and not self._outlet.is_out

    async def connect(self) -> None:
        """Begin.  Waits a second at most for the first connection."""
        self._tasks = [
            asyncio.create_task(self._intake.run(), name="bus intake"),
            asyncio.create_task(self._outlet.run(), name="bus outlet"),
        ]
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_OPEN_SECONDS):
                    await self._intake.live.wait()
        except BaseException:
            await self.disconnect()
            raise

    async def disconnect(self) -> None:
        """End both tasks and their connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # broadcaster has cancelled its reader without waiting for its end.
        await asyncio.sleep(0)

    async def subscribe(self, group: str) -> None:
        """Return when Redis has confirmed it; where it does not, soon, and `MISSED` follows when it has."""
        await self._intake.subscribe(group)

    async def unsubscribe(self, group: str) -> None:
        """Stop hearing this channel."""
        await self._intake.unsubscribe(group)

    async def publish(self, channel: str, message: str) -> None:
        """Hand over one message."""
        self._outlet.put(channel, message)

    async def flush(self) -> None:
        """Wait until what was published is taken or given up: a second at most."""
        await self._outlet.flush()

    def nudge(self, channel: str) -> None:
        """Wake the channel's reader."""
        self._hand_on(channel, NUDGE)

    async def next_published(self) -> Message:
        """Wait for the next message.  Never raises: an exception here would end broadcaster's only reader for good."""
        return await self._inbox.get()

    def _hand_on(self, channel: str, frame: str) -> None:
        self._inbox.put_nowait(Message(channel, frame))


def _pool(url: str) -> ConnectionPool:
    named = ConnectionPool.from_url(url)
    # What a URL says about time, retries or decoding would break the bounds and the mending of this bus.
    settled = {
        "socket_timeout": None,
        "socket_connect_timeout": 1.0,
        "health_check_interval": 0,
        "retry": Retry(NoBackoff(), 0),
        "decode_responses": False,
        "protocol": 2,
    }
    return ConnectionPool(named.connection_class, **(named.connection_kwargs | settled))
