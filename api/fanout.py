"""Subscriptions that are alike share one execution: each event is read, executed and encoded once for all of them.

Alike are subscriptions of one topic, with one document, operation and variables but for those that only say which keys
and since when, and on behalf of one actor unless the topic is public.  They form a `Group`; each is a `Member` with
keys of its own.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any

import orjson
import structlog

from api.members import Audience, Member, MemberState, Opened
from api.outlet import Message
from domain.kernel.actor import NOBODY, Actor
from domain.kernel.errors import Failure, Unavailable
from schema.shared.live import Follower, Live, Position, Topic, Update

_log = structlog.get_logger(__name__)

# How long the loop may be held by one group, in seconds.
_TURN = 0.005
_FIRST_RETRY = 0.05
_LAST_RETRY = 1.0

Execute = Callable[[Actor, object], Awaitable[Mapping[str, Any]]]


class Group:
    """Follows one topic for all members, and executes one selection for them."""

    def __init__(self, live: Live[Any], execute: Execute, patience: float, on_empty: Callable[[], None]) -> None:
        self._topic: Topic[Any] = live.topic
        self._actor = NOBODY
        self._first = live
        self._execute = execute
        self._patience = patience
        self._on_empty = on_empty
        self._members: dict[Member, None] = {}
        self._audience = Audience()
        # Who is not live: updates go to their backlogs.
        self._waiting: dict[Member, None] = {}
        self._openings: dict[Member, None] = {}
        self._has_openings = asyncio.Event()
        self._is_listening = asyncio.Event()
        self._wanted: Counter[str | None] = Counter()
        self._seen: dict[str | None, Position] = {}
        self._tasks = [
            asyncio.create_task(self._guard(self._follow_for_ever), name=f"follow {self._topic.name}"),
            asyncio.create_task(self._guard(self._open_for_ever), name=f"open {self._topic.name}"),
        ]

    def __len__(self) -> int:
        """Return the number of members."""
        return len(self._members)

    async def add(self, member: Member) -> None:
        """Take in a member and see to what it is sent first.  Raises what the topic's `resume` raises."""
        member.group = self
        if not self._topic.is_public:
            self._actor = member.actor
        self._members[member] = None
        self._waiting[member] = None
        self._wanted.update(member.live.keys or (None,))
        if member.live.since is None:
            self._queue(member)
            return
        await self._is_listening.wait()
        changes = await self._topic.resume(member.live.keys, member.live.since)
        if changes is None:
            member.has_missed = True
            self._queue(member)
            return
        opened = await self._encode_all(changes)
        member.seen = member.live.floors()
        self._open(member, opened)

    def remove(self, member: Member) -> None:
        """Let a member go; without members the group ends."""
        if member.group is not self:
            return
        member.group = None
        del self._members[member]
        self._wanted.subtract(member.live.keys or (None,))
        self._openings.pop(member, None)
        self._waiting.pop(member, None)
        self._audience.discard(member)
        member.backlog.clear()
        if not self._members:
            self._on_empty()
            for task in self._tasks:
                task.cancel()

    def withdraw(self, member: Member) -> None:
        """Keep back what comes for a member."""
        self._audience.discard(member)
        self._waiting[member] = None

    def restore(self, member: Member) -> None:
        """Send a member what was kept back, or read the state again for it."""
        if member.must_open or member.backlog.has_overflowed:
            member.has_missed = member.has_missed or member.backlog.has_overflowed
            self._queue(member)
        else:
            self._send_backlog(member)

    def _queue(self, member: Member) -> None:
        member.state = MemberState.OPENING
        member.must_open = True
        member.is_stale = False
        # What has happened until now will be read.
        member.backlog.clear()
        self._openings[member] = None
        self._has_openings.set()

    def _open(self, member: Member, opened: Sequence[Opened]) -> None:
        """Send what was read for a member, and what has happened since, and let it be live."""
        if member.group is None:
            return
        if member.is_stale:
            member.has_missed = member.has_missed or member.live.since is not None
            self._queue(member)
            return
        if member.outlet.is_paused:
            # It will be read when the reader is back: what was read now is the past then.
            member.state = MemberState.PAUSED
            return
        for update, message in opened:
            member.send(message)
            member.seen[update.key] = update.position
        if opened and self._topic.is_last(opened[-1][0]):
            self._end([member], None)
            return
        member.must_open = member.has_missed = False
        member.has_opened = True
        if member.backlog.has_overflowed:
            self.restore(member)
        else:
            self._send_backlog(member)

    def _send_backlog(self, member: Member) -> None:
        seen = member.seen
        for update, message in member.backlog.take():
            if update.position > seen.get(update.key, ()):
                member.send(message)
                seen[update.key] = update.position
                if self._topic.is_last(update):
                    self._end([member], None)
                    return
        member.seen = {key: position for key, position in seen.items() if position > self._seen.get(key, ())}
        member.state = MemberState.LIVE
        self._waiting.pop(member, None)
        self._audience.add(member)

    async def _open_for_ever(self) -> None:
        await self._is_listening.wait()
        retry = Retry(self._topic.name, self._patience)
        while True:
            await self._has_openings.wait()
            self._has_openings.clear()
            batch, self._openings = list(self._openings), {}
            try:
                await self._open_together(batch)
                retry.succeeded()
            except Exception as error:  # noqa: BLE001 - whatever it is, each member is told or tried again
                if retry.is_hopeless(error):
                    self._end(batch, error)
                else:
                    await retry.wait()
                    for member in batch:
                        if member.group is not None:
                            self._queue(member)

    async def _open_together(self, batch: Sequence[Member]) -> None:
        """Read once what all of these are sent first."""
        members = [member for member in batch if member.group is not None]
        if not members:
            return
        gap: list[Opened] = []
        if any(member.has_missed for member in members):
            update = await self._topic.gap()
            gap.append((update, await self._encode(update)))
        wanted = [member.live.keys for member in members]
        keys = None if None in wanted else frozenset[str]().union(*(keys for keys in wanted if keys is not None))
        opened = await self._encode_all(await self._topic.read(keys))
        for member in members:
            own = [one for one in opened if member.live.wants(one[0])]
            member.seen = {}
            self._open(member, gap + own if member.has_missed else own)

    async def _follow_for_ever(self) -> None:
        async with self._first.listen() as listener:
            self._is_listening.set()
            follower = Follower(self._topic, listener)
            retry = Retry(self._topic.name, self._patience)
            while True:
                try:
                    updates = await follower.next()
                    retry.succeeded()
                except Exception as error:  # noqa: BLE001 - whatever it is, each member is told or the state is read again
                    if retry.is_hopeless(error):
                        self._end(list(self._members), error)
                        return
                    await retry.wait()
                    updates = None
                if updates is None:
                    self._read_again()
                else:
                    await self._deliver(updates)

    async def _deliver(self, updates: Sequence[Update[Any]]) -> None:
        wanted = [update for update in updates if self._is_wanted(update)]
        turn_ends = time.monotonic() + _TURN
        for update in wanted:
            if update.position <= self._seen.get(update.key, ()):
                continue
            message = await self._encode(update)
            self._seen[update.key] = update.position
            self._audience.deliver(update, message)
            for member in self._waiting:
                if member.live.wants(update):
                    member.backlog.add(update, message)
            if self._topic.is_last(update):
                self._end([each for each in self._members if self._has_had(each, update)], None)
            if time.monotonic() > turn_ends:
                await asyncio.sleep(0)
                turn_ends = time.monotonic() + _TURN

    def _has_had(self, member: Member, update: Update[Any]) -> bool:
        return member.state is MemberState.LIVE and member.live.wants(update)

    def _is_wanted(self, update: Update[Any]) -> bool:
        return update.key is None or self._wanted[update.key] > 0 or self._wanted[None] > 0

    def _read_again(self) -> None:
        """Something was missed: each member is sent a GAP and the present state, and positions begin anew."""
        self._seen = {}
        for member in self._members:
            member.backlog.clear()
            member.seen = {}
            member.has_missed = member.has_missed or member.has_opened
            if member.state is MemberState.LIVE:
                self.withdraw(member)
                self._queue(member)
            elif member.state is MemberState.PAUSED:
                member.must_open = True
            elif member not in self._openings:
                member.is_stale = True

    async def _encode_all(self, updates: Sequence[Update[Any]]) -> list[Opened]:
        opened: list[Opened] = []
        turn_ends = time.monotonic() + _TURN
        for update in updates:
            opened.append((update, await self._encode(update)))
            if time.monotonic() > turn_ends:
                await asyncio.sleep(0)
                turn_ends = time.monotonic() + _TURN
        return opened

    async def _encode(self, update: Update[Any]) -> Message:
        return Message(orjson.dumps(await self._execute(self._actor, update.payload)) + b"}")

    def _end(self, members: Sequence[Member], error: Exception | None) -> None:
        for member in members:
            if member.group is self:
                self.remove(member)
                member.on_end(error)

    async def _guard(self, task: Callable[[], Awaitable[None]]) -> None:
        """Let no member wait for a task that has ended."""
        try:
            await task()
        except Exception as error:  # noqa: BLE001 - whatever it is, each member is told
            _log.exception("fanout.group_failed", topic=self._topic.name)
            self._end(list(self._members), error)


class Retry:
    """How long it is tried again to read a topic that cannot be read."""

    def __init__(self, topic: str, patience: float) -> None:
        self._topic = topic
        self._patience = patience
        self._since: float | None = None
        self._delay = _FIRST_RETRY

    def succeeded(self) -> None:
        """It was read."""
        self._since = None
        self._delay = _FIRST_RETRY

    def is_hopeless(self, error: Exception) -> bool:
        """Whether to give up: at once after a failure that says why, and otherwise when patience is at its end."""
        if isinstance(error, Failure) and not isinstance(error, Unavailable):
            return True
        now = time.monotonic()
        if self._since is None:
            self._since = now
            _log.warning("fanout.unreadable", topic=self._topic, exc_info=error)
        return now - self._since > self._patience

    async def wait(self) -> None:
        """Wait before it is tried again, longer each time."""
        await asyncio.sleep(self._delay)
        self._delay = min(self._delay * 2, _LAST_RETRY)


class Fanout:
    """All groups of this process."""

    def __init__(self, patience: float = 30.0) -> None:
        self._patience = patience
        self._groups: dict[Hashable, Group] = {}

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self._groups)

    async def join(self, member: Member, selection: Hashable, execute: Execute) -> None:
        """Let a member have its opening and then every update.

        `selection` is equal for what selects the same fields with the same variables, `execute` executes it for one
        event.  Raises what the topic raises while it resumes.
        """
        actor = member.actor
        topic = member.live.topic
        who = None if topic.is_public else (actor.tenant_id, actor.user_id, actor.roles)
        name = (topic.name, selection, who)
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = Group(member.live, execute, self._patience, lambda: self._forget(name))
        try:
            await group.add(member)
        except BaseException:
            member.leave()
            raise

    def _forget(self, name: Hashable) -> None:
        del self._groups[name]
