"""Where the messages of one connection go: gathered, and written together.

Over half of what a delivery costs is the system call that writes it, so that a connection is written to at most once
in `FLUSH_SECONDS`, with all that has gathered.  Where the server is not ours (`api/frames.py`), messages go through
ASGI, one by one.
"""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from api.frames import FrameChannel, frame_header

FLUSH_SECONDS = 0.004
# After so many writes the loop may do something else.
_FLUSH_AT_ONCE = 100
_WAITING_BYTES = 65_536

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Message:
    """What follows the id in a message that goes to many operations; the frame's header depends on the id's length."""

    __slots__ = ("_headers", "tail")

    def __init__(self, tail: bytes) -> None:
        self.tail = tail
        self._headers: dict[int, bytes] = {}

    def header(self, prefix_length: int) -> bytes:
        """Return the header of a text frame that holds this after a prefix of so many bytes."""
        header = self._headers.get(prefix_length)
        if header is None:
            header = self._headers[prefix_length] = frame_header(prefix_length + len(self.tail))
        return header


class Outlet(ABC):
    """Accepts the messages of one connection, in order, without waiting.

    Who sends more than answers looks at `is_paused`, which is true while the reader is behind, and is told by
    `on_pause` and `on_resume`.  A reader that stays behind for `send_timeout` seconds is dropped: `on_stall` is
    called.
    """

    def __init__(self, send_timeout: float) -> None:
        self._send_timeout = send_timeout
        self._stall: asyncio.TimerHandle | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self.is_paused = False
        self.on_pause: Callable[[], None] | None = None
        self.on_resume: Callable[[], None] | None = None
        self.on_stall: Callable[[], None] | None = None

    @abstractmethod
    def put(self, prefix: bytes, message: Message) -> None:
        """Send a message that begins with `prefix`."""

    @abstractmethod
    def put_text(self, text: bytes) -> None:
        """Send a message of this connection alone."""

    @abstractmethod
    async def drain(self) -> None:
        """Hand over what has gathered."""

    @abstractmethod
    def drop(self) -> None:
        """Forget what has gathered, and drop the connection where that can be done from here."""

    async def wait_writable(self) -> None:
        """Wait until the reader has caught up."""
        await self._writable.wait()

    def close(self) -> None:
        """Tell nobody any more, and let go who waits."""
        self.on_pause = self.on_resume = self.on_stall = None
        self._cancel_stall()
        self._writable.set()

    def _pause(self) -> None:
        self.is_paused = True
        self._writable.clear()
        if self._stall is None:
            self._stall = asyncio.get_running_loop().call_later(self._send_timeout, self._on_stalled)
        if self.on_pause is not None:
            self.on_pause()

    def _resume(self) -> None:
        self.is_paused = False
        self._writable.set()
        self._cancel_stall()
        if self.on_resume is not None:
            self.on_resume()

    def _cancel_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _on_stalled(self) -> None:
        self._stall = None
        stalled = self.on_stall
        self.close()
        self.drop()
        if stalled is not None:
            stalled()


class Flusher:
    """Flushes outlets: at once when all is quiet, and otherwise together, `FLUSH_SECONDS` after the last time."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[FrameOutlet] = deque()
        self._is_due = False
        self._not_before = 0.0

    def add(self, outlet: "FrameOutlet") -> None:
        """Flush this outlet soon.  To be called once until it was flushed."""
        self._waiting.append(outlet)
        if not self._is_due:
            self._is_due = True
            delay = self._not_before - self._loop.time()
            if delay > 0:
                self._loop.call_later(delay, self._flush)
            else:
                self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        waiting = self._waiting
        try:
            for _ in range(min(_FLUSH_AT_ONCE, len(waiting))):
                waiting.popleft().flush()
        finally:
            # Whatever one of them has raised, the others are not forgotten.
            if waiting:
                self._loop.call_soon(self._flush)
            else:
                self._is_due = False
                self._not_before = self._loop.time() + FLUSH_SECONDS


class FrameOutlet(Outlet):
    """Writes frames below ASGI."""

    def __init__(self, channel: FrameChannel, flusher: Flusher, send_timeout: float) -> None:
        super().__init__(send_timeout)
        self._channel = channel
        self._flusher = flusher
        self._loop = asyncio.get_running_loop()
        self._pieces: list[bytes] = []
        channel.on_pause, channel.on_resume = self._pause, self._resume

    def put(self, prefix: bytes, message: Message) -> None:
        """Send a message that begins with `prefix`."""
        pieces = self._pieces
        if not pieces:
            self._flusher.add(self)
        pieces += (message.header(len(prefix)), prefix, message.tail)

    def put_text(self, text: bytes) -> None:
        """Send a message of this connection alone."""
        self._pieces += (frame_header(len(text)), text)
        # An answer: whoever waits for it waits for nothing else.
        self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Write what has gathered."""
        if self._pieces:
            frames = b"".join(self._pieces)
            self._pieces.clear()
            self._channel.write(frames)

    async def drain(self) -> None:
        """Write what has gathered."""
        # The flusher still knows this outlet, and finds it empty.
        self.flush()

    def drop(self) -> None:
        """Drop the connection."""
        self._pieces.clear()
        self._channel.abort()


class AsgiOutlet(Outlet):
    """Sends messages through ASGI, from a task of its own."""

    def __init__(self, send: Send, send_timeout: float) -> None:
        super().__init__(send_timeout)
        self._send = send
        self._texts: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._is_judged_soon = False
        self._is_filled = asyncio.Event()
        self._is_empty = asyncio.Event()
        self._is_empty.set()
        self._task = asyncio.create_task(self._send_all())

    def put(self, prefix: bytes, message: Message) -> None:
        """Send a message that begins with `prefix`."""
        self.put_text(prefix + message.tail)

    def put_text(self, text: bytes) -> None:
        """Send a message of this connection alone."""
        if self._task.done():
            return
        self._texts.append(text)
        self._waiting_bytes += len(text)
        self._is_filled.set()
        self._is_empty.clear()
        if self._waiting_bytes > _WAITING_BYTES and not self._is_judged_soon:
            self._is_judged_soon = True
            # Not now: who sends to many is in the middle of a list that pausing changes.
            asyncio.get_running_loop().call_soon(self._judge)

    async def drain(self) -> None:
        """Wait until all is handed over, at most for the time that one message may take."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._send_timeout):
                await self._is_empty.wait()

    def drop(self) -> None:
        """Forget what has gathered; the connection ends with the application's call."""
        self._task.cancel()
        self._texts.clear()
        self._is_empty.set()

    def close(self) -> None:
        """Send nothing more."""
        super().close()
        self._task.cancel()

    def _judge(self) -> None:
        self._is_judged_soon = False
        if self._waiting_bytes > _WAITING_BYTES and not self.is_paused and not self._task.done():
            self._pause()

    async def _send_all(self) -> None:
        # An error of the server's means that the connection is gone, of which the application is told when it receives.
        with contextlib.suppress(Exception):
            while True:
                await self._is_filled.wait()
                self._is_filled.clear()
                while self._texts:
                    text = self._texts.popleft()
                    await self._send({"type": "websocket.send", "text": text.decode()})
                    self._waiting_bytes -= len(text)
                self._is_empty.set()
                if self.is_paused:
                    self._resume()
        self._is_empty.set()
