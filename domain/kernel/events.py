"""Facts that are announced after they are stored, and the bus that carries them."""

from collections.abc import AsyncIterator, Callable, Collection, Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened.  Subclasses are frozen, keyword-only, and name their channel by a template over their
    fields.

    Fields are of the types that the bus can carry: str, int, bool, UUID, date, datetime, Decimal, None, enums,
    frozen dataclasses of these and tuples of these.
    """

    CHANNEL: ClassVar[str]

    @classmethod
    def channel(cls, **fields: object) -> str:
        """Return the channel that events with these field values travel on."""
        return cls.CHANNEL.format(**fields)

    @property
    def own_channel(self) -> str:
        """The channel that this event travels on."""
        return self.CHANNEL.format(**vars(self))


@dataclass(frozen=True, slots=True)
class Resync:
    """Something on this channel may have been missed: read the state again."""

    channel: str


class Listener(Protocol):
    """What one listener hears: events in order, and a `Resync` wherever one may be missing."""

    def __aiter__(self) -> AsyncIterator[Event | Resync]:
        """Iterate over what arrives, for ever."""
        ...

    async def next(self) -> Event | Resync:
        """Wait for the next one."""
        ...

    def drain(self) -> list[Event | Resync]:
        """Return, without waiting, all that has arrived since."""
        ...


ConflationKey = Callable[[Event], Hashable]


class Bus(Protocol):
    """Carries events from who made them to who listens, in this process and in others.  At most once."""

    @property
    def connected(self) -> bool:
        """Whether what is published now reaches other processes."""
        ...

    async def publish(self, events: Sequence[Event]) -> None:
        """Announce events, each on its own channel.  Never raises because the transport is out: listeners get a
        `Resync` then.
        """
        ...

    async def doubt(self, channels: Collection[str]) -> None:
        """Tell who listens on these channels, by a `Resync`, that something may have happened.  Never raises either."""
        ...

    def listen(self, *channels: str, conflate_by: ConflationKey | None = None) -> AbstractAsyncContextManager[Listener]:
        """Listen on channels.  On entering, the subscription is active: whatever is published after is heard.

        The mailbox is bounded.  With `conflate_by`, of several waiting events with one key only the latest is kept
        (ticks); without, an overflow empties the mailbox into one `Resync` (facts that may not be passed over).
        """
        ...


def event_types() -> dict[str, type[Event]]:
    """Return every event class by its name."""
    found: dict[str, type[Event]] = {}
    waiting: list[type[Any]] = [Event]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            found[kind.__name__] = kind
            waiting.append(kind)
    return found
