"""Replays the demonstration's last sessions as live ticks, and goes on for ever with sessions resampled from them.

Every worker runs this; one at a time leads.  The position is stored with the quotes of each tick, so that whoever
leads next goes on from the tick that was committed last.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.kernel.work import Work
from domain.market import feed, replaying
from domain.market.feed import Lease
from domain.market.replay import SECONDS
from domain.market.replaying import Standing

OnSession = Callable[[Work, date], Awaitable[None]]

# Real seconds: between two attempts to lead, and between two signs of life of who leads.
_ATTEMPT = 2.0
_PULSE = 2.0
_AFTER_ERROR = 1.0
# The part of a session's time that the market is closed before the next one, and at most so many seconds.
_NIGHT = 0.01
_LONGEST_NIGHT = 5.0

_log = logging.getLogger(__name__)


async def run_replay(
    resources: Resources,
    session_seconds: float,
    tick_seconds: float,
    on_session_closed: OnSession | None = None,
    owner: UUID | None = None,
    on_session_opened: OnSession | None = None,
) -> None:
    """Replay until cancelled.

    `session_seconds` and `tick_seconds` are real seconds: what one session takes, and between two ticks.
    `on_session_closed` is called in the unit of work that makes the closes of a session known, `on_session_opened` in
    that of its first tick.  `owner` is a name that the process keeps when it starts again, so that it need not wait for
    the end of its own lease; None for one of many.
    """
    stream = _Stream(resources, session_seconds, tick_seconds, on_session_closed, on_session_opened, owner or new_id())
    while True:
        try:
            await stream.run_once()
        except feed.LeadershipLost:
            _log.warning("another process leads the replay")
        except Exception:  # noqa: BLE001 - whatever it was, it is logged, and the replay goes on
            _log.exception("the replay stopped at a tick and goes on from the one before")
            await asyncio.sleep(_AFTER_ERROR)


class _Stream:
    """One process's part in the replay."""

    def __init__(
        self,
        resources: Resources,
        session_seconds: float,
        tick_seconds: float,
        on_session_closed: OnSession | None,
        on_session_opened: OnSession | None,
        owner: UUID,
    ) -> None:
        self._resources = resources
        self._owner = owner
        # A tick is at least one second of the market.
        self._interval = max(tick_seconds, session_seconds / SECONDS)
        self._stride = max(1, round(SECONDS * self._interval / session_seconds))
        self._night = min(session_seconds * _NIGHT, _LONGEST_NIGHT)
        self._on_session_closed = on_session_closed
        self._on_session_opened = on_session_opened

    async def run_once(self) -> None:
        """Try to lead; lead until it is lost."""
        async with self._resources.unit_of_work(SYSTEM) as work:
            lease = await feed.take_lease(work, self._owner)
        if lease is None:
            await asyncio.sleep(_ATTEMPT)
            return
        _log.info("this process leads the replay")
        try:
            standing = await replaying.read_standing()
            while True:
                standing = await self._play_session(lease, standing)
        finally:
            # Also when cancelled: another may lead at once.
            await self._give_up(lease)

    async def _give_up(self, lease: Lease) -> None:
        try:
            async with self._resources.unit_of_work(SYSTEM) as work:
                await feed.give_up_lease(work, lease)
        except Exception:  # noqa: BLE001 - logged
            # It ends by itself a little later; what ended the stream matters more.
            _log.exception("the lease of the replay was not given up")

    async def _play_session(self, lease: Lease, standing: Standing) -> Standing:
        """Play what is left of a session, or the next one when it has closed; return the standing after its close."""
        standing = await replaying.next_session(standing) if standing.second >= SECONDS else standing
        script = await replaying.script_of(standing)
        due = asyncio.get_running_loop().time()
        while standing.second < SECONDS:
            # From the open, which is a tick too, to the close, which is hit exactly.
            second = 0 if not standing.is_open else min(standing.second + self._stride, SECONDS)
            async with self._resources.unit_of_work(SYSTEM) as work:
                standing = await replaying.play(work, lease, standing, script, second)
                if second == 0 and self._on_session_opened is not None:
                    await self._on_session_opened(work, script.session)
                if second == SECONDS:
                    await replaying.close_session(work, script, standing)
                    if self._on_session_closed is not None:
                        await self._on_session_closed(work, script.session)
            # After a standstill the clock goes on from where it is: it never hurries.
            due = max(due + self._interval, asyncio.get_running_loop().time())
            await self._sleep_until(due, lease)
        await self._sleep_until(due + self._night, lease)
        return standing

    async def _sleep_until(self, due: float, lease: Lease) -> None:
        now = asyncio.get_running_loop().time
        while (remaining := due - now()) > _PULSE:
            await asyncio.sleep(_PULSE)
            async with self._resources.unit_of_work(SYSTEM) as work:
                await feed.renew_lease(work, lease)
            remaining = due - now()
        await asyncio.sleep(max(remaining, 0.0))
