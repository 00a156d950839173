"""The bus inside one process."""

import asyncio

from broadcaster import Event as Message

from domain.infra.bus.transport import NUDGE, Transport

_TURN = 1_000
"""Messages that wait before a publisher gives the readers a turn: otherwise one that never sleeps fills the memory."""


class MemoryBackend(Transport):
    """Hands on what is published to a channel that somebody reads, and forgets the rest."""

    def __init__(self) -> None:
        self._subscribed: set[str] = set()
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()

    @property
    def connected(self) -> bool:
        """Always: there is nobody else to reach."""
        return True

    async def connect(self) -> None:
        """Do nothing."""

    async def disconnect(self) -> None:
        """Let the reader, which broadcaster has cancelled, end."""
        await asyncio.sleep(0)

    async def subscribe(self, group: str) -> None:
        """Hand on what is published to this channel from now on."""
        self._subscribed.add(group)

    async def unsubscribe(self, group: str) -> None:
        """Forget what is published to this channel from now on."""
        self._subscribed.discard(group)

    async def publish(self, channel: str, message: str) -> None:
        """Hand over one message."""
        if channel in self._subscribed:
            self._inbox.put_nowait(Message(channel, f" {message}"))

    async def flush(self) -> None:
        """Give the readers a turn when much is waiting."""
        if self._inbox.qsize() > _TURN:
            await asyncio.sleep(0)

    def nudge(self, channel: str) -> None:
        """Wake the channel's reader."""
        self._inbox.put_nowait(Message(channel, NUDGE))

    async def next_published(self) -> Message:
        """Wait for the next message."""
        return await self._inbox.get()
