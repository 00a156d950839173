"""What the hub asks of a broadcaster backend, and the text that travels through broadcaster.

A frame is `<sequence> <event>`: the sequence of its channel, empty where nothing can be lost, and the event as `wire`
writes it.  A frame without an event says that something on its channel may have been missed.
"""

from abc import ABC, abstractmethod
from typing import Final

from broadcaster import BroadcastBackend

MISSED: Final = " "
"""The frame that a backend makes when it cannot know what was published on a channel."""

NUDGE: Final = ""
"""The frame that wakes a channel's reader without telling it anything."""


class Transport(BroadcastBackend, ABC):
    """A backend that outlives its server.  No method of broadcaster's raises; `publish` hands over, `flush` waits."""

    @property
    @abstractmethod
    def connected(self) -> bool:
        """Whether other processes hear us and we hear them, as far as is known."""

    @abstractmethod
    async def flush(self) -> None:
        """Wait until all that was published is on its way or given up: about a second at most."""

    @abstractmethod
    def nudge(self, channel: str) -> None:
        """Let `next_published` return a `NUDGE` on this channel, in this process alone."""
