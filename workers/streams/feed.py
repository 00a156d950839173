"""Follows a provider's live feed: socket, screening, buffer, and quotes in the database and on the bus.

Every worker runs this; one at a time leads, and another leads within ten seconds of its end.  What has not been
published when a leader dies is lost: the next price of each instrument mends it.
"""

import asyncio
import logging
import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market import calendar, feed, live_quotes, queries
from domain.market.feed import Lease
from domain.market.providers.provider import Credentials
from domain.market.queries import LIVE
from domain.market.sourcing.connections import put_connection
from domain.market.sourcing.types import ConnectionState
from domain.market.streaming.buffer import TickBuffer
from domain.market.streaming.client import FeedClient
from domain.market.streaming.dialect import Dialect
from domain.market.streaming.ports import FeedSocket, OpenSocket, SocketClosed
from domain.market.streaming.screening import Screen
from domain.market.streaming.summary import summarised
from domain.market.streaming.types import Tick
from domain.market.types import InstrumentRow

# Seconds: between two attempts to lead, and between two signs of life of who leads.
_ATTEMPT: Final = 2.0
_PULSE: Final = 2.0
_AFTER_ERROR: Final = 1.0
# Between two publications, and between two looks at a connection on which nothing comes.
_STEP: Final = 0.1
_LOOK: Final = 1.0
# Between two looks at which instruments there are.
_REVIEW: Final = 60.0
# Ticks of one publication, and instruments that are followed.
_BATCH: Final = 20_000
_MOST_FOLLOWED: Final = 10_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A live feed that is configured; `url` is the dialect's own unless the configuration names another."""

    dialect: Dialect
    credentials: Credentials
    url: str


async def run_feed(resources: Resources, source: Source, open_socket: OpenSocket, owner: UUID | None = None) -> None:
    """Follow the feed until cancelled, whenever no other process does.

    `owner` is a name that the process keeps when it starts again; None for one of many.
    """
    own = owner or new_id()
    while True:
        try:
            await _run_once(resources, source, open_socket, own)
        except* feed.LeadershipLost:
            _log.warning("another process follows the feed of %s", source.dialect.name)
        except* Exception:  # noqa: BLE001 - whatever it was, it is logged, and the feed is followed anew
            _log.exception("the feed of %s stopped and is followed anew", source.dialect.name)
            await asyncio.sleep(_AFTER_ERROR)


async def _run_once(resources: Resources, source: Source, open_socket: OpenSocket, owner: UUID) -> None:
    """Try to lead; lead until it is lost."""
    async with resources.unit_of_work(SYSTEM) as work:
        is_live = await live_quotes.open_live_feed(work)
        lease = await feed.take_lease(work, owner, LIVE) if is_live else None
    if lease is None:
        await asyncio.sleep(_ATTEMPT)
        return
    _log.info("this process follows the feed of %s", source.dialect.name)
    try:
        leader = _Leader(resources, source, open_socket, lease)
        async with asyncio.TaskGroup() as group:
            group.create_task(leader.follow_for_ever())
            group.create_task(leader.publish_for_ever())
    finally:
        # Also when cancelled: another may lead at once.
        await _give_up(resources, source, lease)


async def _give_up(resources: Resources, source: Source, lease: Lease) -> None:
    try:
        async with resources.unit_of_work(SYSTEM) as work:
            await feed.give_up_lease(work, lease)
            await put_connection(work, source.dialect.name, ConnectionState.DISCONNECTED)
    except Exception:  # noqa: BLE001 - logged
        # It ends by itself a little later; what ended the stream matters more.
        _log.exception("the lease of the feed was not given up")


@dataclass(eq=False)
class _Following:
    """What is followed on one connection."""

    instruments: dict[str, InstrumentRow]
    screen: Screen
    client: FeedClient
    since: datetime
    reviewed_at: float


@dataclass(eq=False)
class _Leader:
    """The process that follows the feed."""

    resources: Resources
    source: Source
    open_socket: OpenSocket
    lease: Lease
    buffer: TickBuffer = field(default_factory=TickBuffer)
    following: _Following | None = None
    told: ConnectionState | None = None

    async def follow_for_ever(self) -> None:
        """Keep a connection, each time with the instruments that there are then."""
        failures: FeedClient | None = None
        while True:
            following = await self._begin(failures)
            client = failures = following.client
            try:
                async with self.open_socket(self.source.url) as socket:
                    await self._listen(following, socket)
                client.close("the feed ended it")
            except SocketClosed as closed:
                client.close(str(closed))
            await self._tell(client)
            if client.state is ConnectionState.FAILED:
                # The same key would be refused again: only another configuration, and so another process, helps.
                await asyncio.Event().wait()
            await asyncio.sleep(client.pause(random.random()))  # noqa: S311 - spreads clients, keeps nothing secret

    async def publish_for_ever(self) -> None:
        """Publish what has come, in steps, and show that this process lives."""
        now = asyncio.get_running_loop().time
        pulse_due = 0.0
        waiting: list[Tick] = []
        while True:
            # What could not be published goes first when it can be.
            waiting = waiting or self.buffer.take(_BATCH)
            try:
                if now() >= pulse_due:
                    await self._pulse()
                    pulse_due = now() + _PULSE
                if waiting:
                    await self._publish(waiting)
                    waiting = []
            except feed.LeadershipLost:
                raise
            except Exception:  # noqa: BLE001 - whatever it was, it is logged and tried again
                _log.exception("quotes of the feed could not be published and wait")
                await asyncio.sleep(_AFTER_ERROR)
            await asyncio.sleep(_STEP if len(self.buffer) < _BATCH else 0)

    async def _pulse(self) -> None:
        async with self.resources.unit_of_work(SYSTEM) as work:
            await feed.renew_lease(work, self.lease)

    async def _publish(self, ticks: list[Tick]) -> None:
        following = self.following
        assert following is not None, "ticks come from a connection"
        changes = summarised(ticks, following.instruments, following.since)
        if changes:
            async with self.resources.unit_of_work(SYSTEM) as work:
                await live_quotes.publish(work, changes, self.lease)

    async def _begin(self, before: FeedClient | None) -> _Following:
        """Read what is to be followed, and go on with the client where that is the same."""
        rows = await queries.followed_instruments(_MOST_FOLLOWED)
        loop = asyncio.get_running_loop()
        instruments = {row.symbol: row for row in rows}
        if self.following is not None and before is not None and self.following.instruments == instruments:
            client, screen = before, self.following.screen
        else:
            quotes = await queries.latest_quotes([row.id for row in rows])
            known = {row.symbol: quote for row, quote in zip(rows, quotes, strict=True)}
            screen = Screen({name: None if quote is None else float(quote.price) for name, quote in known.items()})
            client = FeedClient(self.source.dialect, self.source.credentials, list(instruments))
        client.connect(loop.time())
        self.following = _Following(instruments, screen, client, self.resources.clock.now(), loop.time() + _REVIEW)
        await self._tell(client)
        return self.following

    async def _listen(self, following: _Following, socket: FeedSocket) -> None:
        """Take what comes until the connection is over."""
        client, loop = following.client, asyncio.get_running_loop()
        while not client.is_over:
            for frame in client.take_frames():
                await socket.send(frame)
            try:
                async with asyncio.timeout(_LOOK):
                    received = await socket.receive()
            except TimeoutError:
                await self._look(following, loop.time())
                continue
            before = client.state
            self._take(following, client.receive(received, loop.time()))
            if client.state is not before:
                following.since = self.resources.clock.now()
                await self._tell(client)
            if loop.time() >= following.reviewed_at:
                await self._look(following, loop.time())

    def _take(self, following: _Following, ticks: list[Tick]) -> None:
        now = int(self.resources.clock.now().timestamp() * 1_000_000)
        screen = following.screen
        self.buffer.put([tick for tick in ticks if screen.admits(tick, now)])

    async def _look(self, following: _Following, now: float) -> None:
        """End a connection that is dead, or that follows other instruments than there are now."""
        is_open = await calendar.is_open(self.resources.clock.now())
        if following.client.is_silent(now, is_market_open=is_open):
            raise SocketClosed("nothing has come for too long")
        if now >= following.reviewed_at:
            following.reviewed_at = now + _REVIEW
            rows = await queries.followed_instruments(_MOST_FOLLOWED)
            if {row.symbol for row in rows} != following.instruments.keys():
                raise SocketClosed("there are other instruments to follow")

    async def _tell(self, client: FeedClient) -> None:
        """Let others see where the connection stands."""
        if client.state is not self.told:
            _log.info("feed of %s: %s %s", self.source.dialect.name, client.state, client.reason or "")
            self.told = client.state
            async with self.resources.unit_of_work(SYSTEM) as work:
                await put_connection(work, self.source.dialect.name, client.state)
