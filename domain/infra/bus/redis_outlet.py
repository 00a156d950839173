"""The half of the Redis backend that publishes: what waits goes in one round trip, and what was lost is owned up to."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog
from redis.asyncio import ConnectionPool, Redis

from domain.infra.bus.patience import delay
from domain.infra.bus.redis_intake import EVERYWHERE

_FLUSH_SECONDS = 1.0
_SEND_SECONDS = 1.0
_TOGETHER = 500
"""Messages in one call: a few milliseconds of Redis, which does nothing else meanwhile."""

_WAITING = 50_000
"""Messages that may wait for one round trip: a publisher that does not wait must not fill the memory."""

_OWED = 10_000
"""Channels remembered as missed before it is said of all channels."""

_SEQUENCE_SECONDS = 86_400
"""Life of a channel's sequence after its last message.  A new one is a gap to who still listens: it costs one read."""

_PUBLISH = """
for index, key in ipairs(KEYS) do
  local sequence = redis.call('INCR', key)
  redis.call('EXPIRE', key, ARGV[1])
  redis.call('PUBLISH', ARGV[2 * index], sequence .. ' ' .. ARGV[2 * index + 1])
end
"""

_log = structlog.get_logger(__name__)


class _Batch:
    """What goes in the next round trip, and those who wait for it."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.settled = asyncio.Event()


class RedisOutlet:
    """Publishes at most once: nothing is sent again.

    On a channel that lost a message, a frame without an event is published when Redis is back.
    """

    def __init__(self, pool: ConnectionPool, prefix: str) -> None:
        self.is_out = False
        self._pool = pool
        self._prefix = prefix
        self._script = Redis(connection_pool=pool).register_script(_PUBLISH)
        self._batch = _Batch()
        self._work = asyncio.Event()
        self._owed: set[str] = set()

    def put(self, channel: str, message: str) -> None:
        """Take a message; while Redis is out, or far too many wait, it is owed."""
        if self.is_out or len(self._batch.messages) >= _WAITING:
            self._owe(channel)
        else:
            self._batch.messages.append((channel, message))
        self._work.set()

    async def flush(self) -> None:
        """Wait until what was put is sent or owed: a second at most.  Who gives up waiting has published even so."""
        if self._batch.messages:
            with suppress(TimeoutError):
                async with asyncio.timeout(_FLUSH_SECONDS):
                    await self._batch.settled.wait()

    async def run(self) -> None:
        """Send what is put, until cancelled."""
        try:
            while True:
                await self._work.wait()
                self._work.clear()
                if not await self._sent(self._next_batch()) or self._owed:
                    await self._pay()
        finally:
            await self._pool.disconnect()

    async def _sent(self, batch: _Batch) -> bool:
        try:
            await self._send(batch.messages)
        except Exception as error:  # noqa: BLE001 (whatever it was: if this loop ends, nothing is ever published again)
            self.is_out = True
            behind = self._next_batch()
            for channel, _ in (*batch.messages, *behind.messages):
                self._owe(channel)
            behind.settled.set()
            _log.warning("bus.outlet_lost", error=repr(error), channels=len(self._owed))
        batch.settled.set()
        return not self.is_out

    async def _pay(self) -> None:
        """Publish `MISSED` on every channel that lost a message, for as long as it takes."""
        failures = 0
        while self._owed:
            owed, self._owed = self._owed, set()
            try:
                await self._send([(channel, "") for channel in owed])
            except Exception as error:  # noqa: BLE001 (as above)
                failures += 1
                for channel in owed:
                    self._owe(channel)
                _log.debug("bus.outlet_out", error=repr(error), failures=failures)
                await asyncio.sleep(delay(failures))
        self.is_out = False
        _log.info("bus.outlet_live", failures=failures)

    async def _send(self, messages: Sequence[tuple[str, str]]) -> None:
        for first in range(0, len(messages), _TOGETHER):
            some = messages[first : first + _TOGETHER]
            keys = [f"{self._prefix}sequence:{channel}" for channel, _ in some]
            arguments: list[Any] = [_SEQUENCE_SECONDS]
            for channel, message in some:
                arguments += (self._prefix + channel, message)
            async with asyncio.timeout(_SEND_SECONDS):
                await self._script(keys, arguments)

    def _next_batch(self) -> _Batch:
        batch, self._batch = self._batch, _Batch()
        return batch

    def _owe(self, channel: str) -> None:
        self._owed.add(channel)
        if len(self._owed) > _OWED:
            self._owed = {EVERYWHERE}
