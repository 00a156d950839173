"""One subscription's place in a group: what it wants, what it was sent, and what waits for it.

A member is OPENING (what it is sent first is being read, or read again after something was missed), LIVE, or PAUSED
(its reader is behind).  What happens while it is not LIVE waits in its backlog.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Protocol

from api.outlet import Message, Outlet
from domain.kernel.actor import Actor
from schema.shared.live import Live, Position, Update

# What may wait for one member, in messages; beyond, it reads the state again.
_BACKLOG = 256

Opened = tuple[Update[Any], Message]


class MemberState(Enum):
    """Where a member is."""

    OPENING = auto()
    LIVE = auto()
    PAUSED = auto()


class Backlog:
    """What happened while a member was not live: the latest of each key where that is enough, or all within bounds."""

    __slots__ = ("_conflates", "_waiting", "has_overflowed")

    def __init__(self, conflates: bool) -> None:
        self._conflates = conflates
        self._waiting: dict[object, Opened] = {}
        self.has_overflowed = False

    def add(self, update: Update[Any], message: Message) -> None:
        """Keep this for later."""
        if self.has_overflowed:
            return
        name = update.key if self._conflates else (update.key, update.position)
        self._waiting.pop(name, None)
        self._waiting[name] = (update, message)
        if len(self._waiting) > _BACKLOG:
            self.clear()
            self.has_overflowed = True

    def take(self) -> list[Opened]:
        """Return what has gathered, in order, and forget it."""
        taken = list(self._waiting.values())
        self.clear()
        return taken

    def clear(self) -> None:
        """Forget everything."""
        self._waiting = {}
        self.has_overflowed = False


class Home(Protocol):
    """The group of a member."""

    def remove(self, member: "Member") -> None:
        """Let a member go."""
        ...

    def withdraw(self, member: "Member") -> None:
        """Keep back what comes for a member."""
        ...

    def restore(self, member: "Member") -> None:
        """Send a member what was kept back, or read the state again for it."""
        ...


@dataclass(eq=False, slots=True)
class Member:
    """One subscription of one connection.

    `on_end` is called once, with the error when it ends by one, unless the member leaves by itself.
    """

    live: Live[Any]
    actor: Actor
    outlet: Outlet
    prefix: bytes
    on_end: Callable[[Exception | None], None]
    backlog: Backlog
    state: MemberState = MemberState.OPENING
    # Positions that were sent already, where the group has not come so far yet.
    seen: dict[str | None, Position] = field(default_factory=dict)
    must_open: bool = True
    # The next opening begins with a GAP.
    has_missed: bool = False
    # Something was missed while the opening was read.
    is_stale: bool = False
    has_opened: bool = False
    group: "Home | None" = None

    def send(self, message: Message) -> None:
        """Send this event."""
        self.outlet.put(self.prefix, message)

    def is_news(self, update: Update[Any]) -> bool:
        """Whether the update was not sent yet; the group's own positions say the rest."""
        seen = self.seen.get(update.key)
        if seen is None:
            return True
        if update.position <= seen:
            return False
        del self.seen[update.key]
        return True

    def leave(self) -> None:
        """End the subscription."""
        if self.group is not None:
            self.group.remove(self)

    def pause(self) -> None:
        """The reader is behind."""
        if self.group is not None and self.state is MemberState.LIVE:
            self.group.withdraw(self)
            self.state = MemberState.PAUSED

    def resume(self) -> None:
        """The reader has caught up."""
        if self.group is not None and self.state is MemberState.PAUSED:
            self.group.restore(self)


class Audience:
    """Which live members want the updates of a key."""

    def __init__(self) -> None:
        self._steady: dict[str | None, dict[Member, None]] = {}
        # Members that were sent more of this key than the group has come to.
        self._ahead: dict[str | None, dict[Member, None]] = {}
        self._all: dict[Member, None] = {}

    def add(self, member: Member) -> None:
        """Let this member have what comes."""
        keys = member.live.keys
        if keys is None:
            self._all[member] = None
            return
        for key in (*keys, None):
            index = self._ahead if key in member.seen else self._steady
            index.setdefault(key, {})[member] = None

    def discard(self, member: Member) -> None:
        """Let this member have nothing more."""
        self._all.pop(member, None)
        for key in (*(member.live.keys or ()), None):
            for index in (self._steady, self._ahead):
                members = index.get(key)
                if members is not None:
                    members.pop(member, None)
                    if not members:
                        del index[key]

    def deliver(self, update: Update[Any], message: Message) -> None:
        """Send the update to who wants it and has not had it."""
        key = update.key
        for member in self._steady.get(key, ()):
            member.outlet.put(member.prefix, message)
        if self._all:
            for member in self._all:
                if member.is_news(update):
                    member.send(message)
        if key in self._ahead:
            self._deliver_ahead(update, message)

    def _deliver_ahead(self, update: Update[Any], message: Message) -> None:
        ahead = self._ahead[update.key]
        news = [member for member in ahead if member.is_news(update)]
        steady = self._steady.setdefault(update.key, {}) if news else {}
        for member in news:
            member.send(message)
            del ahead[member]
            steady[member] = None
        if not ahead:
            del self._ahead[update.key]
