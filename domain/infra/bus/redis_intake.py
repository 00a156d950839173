"""The half of the Redis backend that hears: subscriptions on one connection, mended as long as the process lives."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from domain.infra.bus.patience import delay
from domain.infra.bus.transport import MISSED

EVERYWHERE = "*"
"""A channel that every process hears: a message on it means `MISSED` on all."""

_CONNECT_SECONDS = 1.0
_CONFIRM_SECONDS = 1.0
_PING_SECONDS = 0.7
"""The age of silence at which we ask; as much again, and the server is given up for dead."""

_log = structlog.get_logger(__name__)


class RedisIntake:
    """Hears the wanted channels and hands on what comes.

    The rule that keeps subscribers from hanging in silence: a confirmation from Redis that no `subscribe` waits for, be
    it late or after a new connection, is handed on as `MISSED`.
    """

    def __init__(self, pool: ConnectionPool, prefix: str, hand_on: Callable[[str, str], None]) -> None:
        self.live = asyncio.Event()
        self._pool = pool
        self._prefix = prefix
        self._hand_on = hand_on
        self._wanted: set[str] = set()
        self._confirmations: dict[str, asyncio.Future[None]] = {}
        # redis-py's connection is only partly typed.
        self._connection: Any = None
        self._heard = False

    async def run(self) -> None:
        """Keep a connection, until cancelled."""
        failures = 0
        while True:
            try:
                await self._hear_until_lost()
            except Exception as error:  # noqa: BLE001 (whatever it was: if this loop ends, every subscriber waits in silence)
                failures = 1 if self.live.is_set() else failures + 1
                if failures == 1:
                    _log.warning("bus.intake_lost", error=repr(error), channels=len(self._wanted))
            self.live.clear()
            await asyncio.sleep(delay(failures))

    async def subscribe(self, channel: str) -> None:
        """Want a channel.  Returns when Redis confirms it; at once without a connection; after a second at most."""
        self._wanted.add(channel)
        if not self._is_connected():
            return
        confirmation = self._confirmations[channel] = asyncio.get_running_loop().create_future()
        try:
            with suppress(TimeoutError, OSError, RedisError):
                async with asyncio.timeout(_CONFIRM_SECONDS):
                    await self._connection.send_command("SUBSCRIBE", self._prefix + channel)
                    await confirmation
        finally:
            self._confirmations.pop(channel, None)

    async def unsubscribe(self, channel: str) -> None:
        """Want a channel no more."""
        self._wanted.discard(channel)
        if self._is_connected():
            with suppress(TimeoutError, OSError, RedisError):
                async with asyncio.timeout(_CONFIRM_SECONDS):
                    await self._connection.send_command("UNSUBSCRIBE", self._prefix + channel)

    def _is_connected(self) -> bool:
        # A closed connection of redis-py opens itself anew when something is sent, without subscriptions.
        return self._connection is not None and bool(self._connection.is_connected)

    async def _hear_until_lost(self) -> None:
        connection: Any = self._pool.make_connection()  # type: ignore[no-untyped-call]
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await connection.connect()
            await self._hear(connection)
        finally:
            self._connection = None
            for confirmation in self._confirmations.values():
                if not confirmation.done():
                    confirmation.set_result(None)
            with suppress(OSError, RedisError):
                await connection.disconnect(nowait=True)

    async def _hear(self, connection: Any) -> None:
        async with asyncio.timeout(None) as patience:
            watch = asyncio.create_task(self._watch(connection, patience), name="bus watch")
            try:
                # From here on `subscribe` sends by itself, so that no channel falls between.
                self._connection = connection
                names = [self._prefix + channel for channel in (*self._wanted, EVERYWHERE)]
                await connection.send_command("SUBSCRIBE", *names)
                while True:
                    self._take(await connection.read_response())
            finally:
                watch.cancel()
                await asyncio.gather(watch, return_exceptions=True)

    async def _watch(self, connection: Any, patience: asyncio.Timeout) -> None:
        """Ask a silent server for a sign of life, and end `patience` when none comes."""
        with suppress(TimeoutError, OSError, RedisError):
            while await self._hears_within(_PING_SECONDS) or await self._answers(connection):
                pass
        patience.reschedule(asyncio.get_running_loop().time())

    async def _answers(self, connection: Any) -> bool:
        self._heard = False
        async with asyncio.timeout(_PING_SECONDS):
            await connection.send_command("PING")
        await asyncio.sleep(_PING_SECONDS)
        return self._heard

    async def _hears_within(self, seconds: float) -> bool:
        self._heard = False
        await asyncio.sleep(seconds)
        return self._heard

    def _take(self, reply: list[Any]) -> None:
        self._heard = True
        if reply[0] == b"message":
            channel = self._channel(reply[1])
            if channel == EVERYWHERE:
                self._miss_everything()
            else:
                self._hand_on(channel, reply[2].decode("utf-8", "replace"))
        elif reply[0] == b"subscribe":
            self._confirm(self._channel(reply[1]))

    def _channel(self, name: bytes) -> str:
        return name.decode("utf-8", "replace")[len(self._prefix) :]

    def _confirm(self, channel: str) -> None:
        confirmation = self._confirmations.get(channel)
        if channel == EVERYWHERE:
            _log.info("bus.intake_live", channels=len(self._wanted))
            self.live.set()
        elif confirmation is not None and not confirmation.done():
            confirmation.set_result(None)
        elif channel in self._wanted:
            self._hand_on(channel, MISSED)

    def _miss_everything(self) -> None:
        for channel in self._wanted:
            self._hand_on(channel, MISSED)
