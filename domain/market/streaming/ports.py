"""What live feeds need from the world, made real in `domain/infra/sockets.py`."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol


class SocketClosed(Exception):
    """The connection could not be made, or has ended; the message says how."""


class FeedSocket(Protocol):
    """One open connection of messages."""

    async def send(self, frame: bytes) -> None:
        """Send a message.  Raises `SocketClosed`."""
        ...

    async def receive(self) -> str | bytes:
        """Wait for a message.  Raises `SocketClosed`."""
        ...


class OpenSocket(Protocol):
    """Opens connections."""

    def __call__(self, url: str) -> AbstractAsyncContextManager[FeedSocket]:
        """Connect, for as long as the context lasts.  Raises `SocketClosed` on entering."""
        ...
