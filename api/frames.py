"""uvicorn's WebSocket protocol, with a way around ASGI for text frames that are ready to be written.

`uvicorn.Config(ws=FrameProtocol)` puts a `FrameChannel` into the scope of each connection, under `EXTENSION`.  What is
written through it may hold many frames, costs one system call, and never waits: who writes looks at `is_paused`, and
is told when it changes.
"""

import asyncio
import logging
import socket
import struct
from asyncio.transports import BaseTransport
from collections.abc import Callable, Mapping
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode
from websockets.http11 import Request
from websockets.protocol import State

EXTENSION = "foliograph.frames"

_FINAL_TEXT = 0x81
# What the kernel and the transport may each hold that was not sent yet: a reader that falls behind is noticed early,
# and is sent the present when it is back, not the past.
_WAITING_BYTES = 65_536
# How long the peer's kernel may hold its window shut, in milliseconds: it finds a stalled reader even when little is
# sent.
_STALLED_MS = 6_000
# Closing takes no time, and what was not sent is forgotten: the peer sees a reset.
_RESET = struct.pack("ii", 1, 0)
# At shutdown, how long the farewell may take that a stalled reader does not read, in seconds.
_FAREWELL_SECONDS = 1.0

# uvicorn writes a line with the whole URL for each connection: nothing says that there is no secret in it.
_logger = logging.getLogger("uvicorn.error.websocket")
_logger.setLevel(logging.WARNING)


def frame_header(length: int) -> bytes:
    """Return the header of a final, unmasked text frame whose payload has `length` bytes."""
    if length < 126:
        return bytes((_FINAL_TEXT, length))
    if length < 65_536:
        return bytes((_FINAL_TEXT, 126)) + length.to_bytes(2, "big")
    return bytes((_FINAL_TEXT, 127)) + length.to_bytes(8, "big")


def _do_nothing() -> None:
    pass


class FrameChannel:
    """The way around ASGI of one connection."""

    def __init__(self, protocol: "FrameProtocol") -> None:
        self._protocol = protocol
        self.is_paused = False
        self.on_pause: Callable[[], None] = _do_nothing
        self.on_resume: Callable[[], None] = _do_nothing

    def write(self, frames: bytes) -> None:
        """Write whole frames, after all that was sent through ASGI; what comes after the closing frame is dropped."""
        protocol = self._protocol
        if protocol.conn.state is State.OPEN and not protocol.transport.is_closing():
            protocol.transport.write(frames)

    def abort(self) -> None:
        """Drop the connection with all that still waits to be sent, here and in the kernel."""
        transport = self._protocol.transport
        opened = transport.get_extra_info("socket")
        if opened is not None and opened.fileno() >= 0:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()


class FrameProtocol(WebSocketsSansIOProtocol):
    """Hands a `FrameChannel` to the application, and keeps no reader that has stalled."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.logger = _logger
        self.channel = FrameChannel(self)

    def connection_made(self, transport: BaseTransport) -> None:
        """Bound what waits unsent."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=_WAITING_BYTES)
        opened = transport.get_extra_info("socket")
        if opened is not None and opened.family in {socket.AF_INET, socket.AF_INET6}:
            for option, value in (("TCP_NOTSENT_LOWAT", _WAITING_BYTES), ("TCP_USER_TIMEOUT", _STALLED_MS)):
                if hasattr(socket, option):
                    opened.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)

    def handle_connect(self, event: Request) -> None:
        """Put the channel into the scope, before the application sees it."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = self.channel

    def send_receive_event_to_app(self) -> None:
        """Close with 1007 what says that it is text and is not: uvicorn would log a traceback."""
        if self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            self.frames = []
            self.conn.send_close(CloseCode.INVALID_DATA)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()

    def pause_writing(self) -> None:
        """Tell who writes that the reader has fallen behind."""
        super().pause_writing()
        self.channel.is_paused = True
        self.channel.on_pause()

    def resume_writing(self) -> None:
        """Tell who writes that the reader has caught up."""
        super().resume_writing()
        self.channel.is_paused = False
        self.channel.on_resume()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget who writes: it holds on to this connection."""
        super().connection_lost(exc)
        self.channel.on_pause = self.channel.on_resume = _do_nothing

    def shutdown(self) -> None:
        """Say farewell with 1012; a reader that has stalled does not hold up the server's end."""
        super().shutdown()
        asyncio.get_running_loop().call_later(_FAREWELL_SECONDS, self.channel.abort)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def frame_channel(scope: Mapping[str, Any]) -> FrameChannel | None:
    """Return the way around ASGI, where the server has one."""
    found = (scope.get("extensions") or {}).get(EXTENSION)
    return found if isinstance(found, FrameChannel) else None
