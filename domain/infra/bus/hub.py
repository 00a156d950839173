"""The bus: many listeners over one subscription a channel."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

import structlog
from broadcaster import Broadcast

from domain.infra.bus.mailbox import BusClosed, Mailbox
from domain.infra.bus.transport import NUDGE, Transport
from domain.infra.bus.wire import decode, encode
from domain.kernel.events import ConflationKey, Event

_log = structlog.get_logger(__name__)


class _Channel:
    """One channel's listeners in this process, and the sequence that its next event should carry."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.mailboxes: dict[Mailbox, None] = {}
        self.subscribed = asyncio.Event()
        self._expected: int | None = None
        self._puzzled = False

    def begin(self) -> None:
        """Let the listeners in: the channel is subscribed, from whatever sequence comes next."""
        self._expected = None
        self.subscribed.set()

    def receive(self, frame: str) -> None:
        """Tell every listener what a frame says.  It is decoded once, however many they are."""
        if frame == NUDGE:
            return
        sequence, _, text = frame.partition(" ")
        try:
            missed = self._has_gap(sequence) or not text
            event = decode(text) if text else None
        except ValueError as error:
            # A gap of one message: listeners read the state again.  A newer program may send many: one line tells it.
            if not self._puzzled:
                _log.warning("bus.undecodable", channel=self.name, error=str(error))
            missed, event = True, None
        self._puzzled = event is None and bool(text)
        if missed:
            self._resync()
        if event is not None:
            self._deliver(event)

    def _has_gap(self, sequence: str) -> bool:
        if not sequence:
            # The backend's own word for "missed", or a backend that loses nothing: no sequence to compare with.
            self._expected = None
            return False
        number = int(sequence)
        expected, self._expected = self._expected, number + 1
        return expected not in {None, number}

    def _deliver(self, event: Event) -> None:
        for mailbox in self.mailboxes:
            try:
                mailbox.deliver(self.name, event)
            except Exception:  # noqa: BLE001 (a conflation key is not ours: what it raises must not silence the others)
                _log.exception("bus.key_failed", channel=self.name, kind=type(event).__name__)
                mailbox.resync(self.name)

    def _resync(self) -> None:
        for mailbox in self.mailboxes:
            mailbox.resync(self.name)


class Hub:
    """A `Bus` over broadcaster.

    Each channel that has listeners has one task, which alone subscribes and unsubscribes it: broadcaster mixes up
    concurrent first subscribers, and breaks when it is cancelled while it subscribes.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._broadcast = Broadcast(backend=transport)
        self._channels: dict[str, _Channel] = {}
        self._readers: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def connected(self) -> bool:
        """Whether events reach other processes now; where not, all goes on, and listeners get a `Resync` afterwards."""
        return self._transport.connected

    async def open(self) -> None:
        """Connect.  Returns after a second at most, connected or not."""
        await self._broadcast.connect()

    async def close(self) -> None:
        """End every listener and disconnect."""
        self._closed = True
        for channel in self._channels.values():
            for mailbox in channel.mailboxes:
                mailbox.close()
            channel.mailboxes.clear()
            self._transport.nudge(channel.name)
        if self._readers:
            await asyncio.wait(self._readers)
        await self._broadcast.disconnect()

    async def publish(self, events: Sequence[Event]) -> None:
        """Announce events, each on its own channel: one round trip, in order.

        Never raises because the transport is out, and takes about a second at most: listeners get a `Resync` then.
        Raises `TypeError` for an event that cannot be carried, and announces none.
        """
        self._refuse_when_closed()
        for channel, text in [(event.own_channel, encode(event)) for event in events]:
            await self._broadcast.publish(channel, text)
        await self._transport.flush()

    async def doubt(self, channels: Collection[str]) -> None:
        """Tell who listens on these channels that something may have happened: each hears a `Resync`."""
        self._refuse_when_closed()
        for channel in channels:
            # A frame without an event is one that was missed.
            await self._broadcast.publish(channel, "")
        await self._transport.flush()

    @asynccontextmanager
    async def listen(self, *channels: str, conflate_by: ConflationKey | None = None) -> AsyncIterator[Mailbox]:
        """Listen on channels.  On entering, whatever is published after is heard, in the order of each channel.

        While the transport is out it enters all the same, and a `Resync` on each channel comes when it is back.
        """
        self._refuse_when_closed()
        mailbox = Mailbox(conflate_by)
        joined = [self._join(name, mailbox) for name in dict.fromkeys(channels)]
        try:
            for channel in joined:
                await channel.subscribed.wait()
            yield mailbox
        finally:
            for channel in joined:
                self._leave(channel, mailbox)

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise BusClosed("expected an open bus, but it was closed")

    def _join(self, name: str, mailbox: Mailbox) -> _Channel:
        channel = self._channels.get(name)
        if channel is None:
            channel = self._channels[name] = _Channel(name)
            reader = asyncio.create_task(self._read(channel), name=f"bus channel {name}")
            self._readers.add(reader)
            reader.add_done_callback(self._readers.discard)
        channel.mailboxes[mailbox] = None
        return channel

    def _leave(self, channel: _Channel, mailbox: Mailbox) -> None:
        channel.mailboxes.pop(mailbox, None)
        if not channel.mailboxes:
            self._transport.nudge(channel.name)

    async def _read(self, channel: _Channel) -> None:
        # Who joins while the last one's leaving is under way is heard at the next turn of this loop.
        while channel.mailboxes:
            async with self._broadcast.subscribe(channel.name) as messages:
                channel.begin()
                while channel.mailboxes:
                    channel.receive((await messages.get()).message)
                channel.subscribed.clear()
        del self._channels[channel.name]
        channel.subscribed.set()
