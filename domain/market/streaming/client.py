"""One connection to a live feed as a machine of states: frames in, ticks and frames out, no I/O and no clock."""

from collections.abc import Sequence

import orjson

from domain.market.providers.provider import Credentials
from domain.market.sourcing.types import ConnectionState
from domain.market.streaming.dialect import Dialect
from domain.market.streaming.types import Message, Notice, NoticeKind, Tick

# Seconds before connecting again: from the first pause, twice as long each time, to the longest.
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
# Seconds without a frame while the market is open, after which a connection is taken for dead.
SILENCE = 30.0
# Of what a feed says, so much is kept.
_LONGEST_REASON = 200


class FeedClient:
    """A feed's client.  The driver tells it what happened, sends what `take_frames` returns, and ends the connection
    where `is_over`.

    Once FAILED it stays so: the same key would be refused again.
    """

    def __init__(self, dialect: Dialect, credentials: Credentials, symbols: Sequence[str]) -> None:
        self._dialect = dialect
        self._credentials = credentials
        self._symbols = list(symbols)
        self._frames: list[bytes] = []
        self._failures = 0
        self._is_crowded = False
        self._heard_at = 0.0
        self.state = ConnectionState.DISCONNECTED
        # Why there is no connection, in the feed's words; None while there is one.
        self.reason: str | None = None
        self.is_over = True
        # Events that could not be read.
        self.garbled = 0

    def connect(self, now: float) -> None:
        """Say that a socket is being opened; `now` in seconds of a clock that never goes back."""
        assert self.state is not ConnectionState.FAILED, "expected a client that has not failed"
        self.state = ConnectionState.CONNECTING
        self.is_over = False
        self._is_crowded = False
        self._frames.clear()
        self._heard_at = now

    def receive(self, frame: bytes | str, now: float) -> list[Tick]:
        """Take a frame, and return the ticks in it."""
        ticks: list[Tick] = []
        for message in self._read(frame):
            # What cannot be read is no sign of life.
            self._heard_at = now
            if isinstance(message, Notice):
                self._heed(message)
            else:
                ticks.append(message)
        if ticks:
            # Not sooner: a feed that lets us in and ends it at once would be called without a pause.
            self._failures = 0
        return ticks

    def take_frames(self) -> list[bytes]:
        """Return what is to be sent, once."""
        frames, self._frames = self._frames, []
        return frames

    def close(self, reason: str) -> None:
        """Say that the connection has ended, or could not be made."""
        if not self.is_over:
            # Otherwise the feed has said why.
            self.reason = self._without_secrets(reason)[:_LONGEST_REASON]
        self.is_over = True
        self._frames.clear()
        if self.state is not ConnectionState.FAILED:
            self.state = ConnectionState.RECONNECTING
            self._failures += 1

    def stop(self) -> None:
        """Say that the feed is no longer followed."""
        self.is_over = True
        self._frames.clear()
        if self.state is not ConnectionState.FAILED:
            self.state = ConnectionState.DISCONNECTED

    def pause(self, chance: float) -> float:
        """Return the seconds to wait before connecting again, for a random `chance` from 0 to 1.

        Between half and all of the step, so that many clients that were cut off together do not come back together.
        """
        step = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(max(self._failures - 1, 0), 10))
        return (_LONGEST_PAUSE if self._is_crowded else step) * (0.5 + 0.5 * chance)

    def is_silent(self, now: float, *, is_market_open: bool) -> bool:
        """Whether nothing has come for too long.  Outside of the market's hours silence says nothing."""
        # A greeting is due whatever the hour.
        is_due = is_market_open or self.state is ConnectionState.CONNECTING
        return is_due and not self.is_over and now - self._heard_at > SILENCE

    def _read(self, frame: bytes | str) -> list[Message]:
        try:
            events = orjson.loads(frame)
        except orjson.JSONDecodeError:
            events = None
        if not isinstance(events, list):
            self.garbled += 1
            return []
        messages: list[Message] = []
        for event in events:
            try:
                read = self._dialect.read.get(event[self._dialect.kind_field])
                message = read(event) if read is not None else None
            except (KeyError, TypeError, ValueError, OverflowError):
                self.garbled += 1
                continue
            if message is not None:
                messages.append(message)
        return messages

    def _heed(self, notice: Notice) -> None:
        if self.state is ConnectionState.FAILED:
            return
        if notice.kind is NoticeKind.GREETED:
            self._frames.append(self._dialect.authenticate(self._credentials))
        elif notice.kind is NoticeKind.AUTHENTICATED:
            self.state = ConnectionState.CONNECTED
            self.reason = None
            if self._symbols:
                self._frames.append(self._dialect.subscribe(self._symbols))
        elif notice.kind is not NoticeKind.SUBSCRIBED:
            self._end(notice)

    def _end(self, notice: Notice) -> None:
        self.is_over = True
        self.reason = self._without_secrets(notice.message)[:_LONGEST_REASON]
        self._is_crowded = notice.kind is NoticeKind.CROWDED
        if notice.kind is NoticeKind.REFUSED:
            self.state = ConnectionState.FAILED

    def _without_secrets(self, message: str) -> str:
        # A feed may repeat what it was sent.
        for secret in (self._credentials.key, self._credentials.secret):
            message = message.replace(secret, "…") if secret else message
        return message
