"""Messages are gathered into few writes, in order; a reader that stays behind is dropped."""

import asyncio
from collections.abc import MutableMapping
from typing import Any, cast

import pytest

from api.frames import FrameChannel, frame_header
from api.outlet import AsgiOutlet, Flusher, FrameOutlet, Message


class Channel:
    """A channel that keeps what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.is_aborted = False
        self.is_paused = False

    def write(self, frames: bytes) -> None:
        self.written.append(frames)

    def abort(self) -> None:
        self.is_aborted = True


def outlet_on(channel: Channel, flusher: Flusher, send_timeout: float = 5.0) -> FrameOutlet:
    return FrameOutlet(cast(FrameChannel, channel), flusher, send_timeout)


@pytest.mark.parametrize(
    ("length", "header"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65_535, b"\x81\x7e\xff\xff"),
        (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_header_holds_the_length(length: int, header: bytes):
    assert frame_header(length) == header


async def test_messages_gather_into_one_write_in_order():
    channel, other = Channel(), Channel()
    flusher = Flusher()
    outlet, quiet = outlet_on(channel, flusher), outlet_on(other, flusher)
    message = Message(b"tail}")
    outlet.put(b"{1:", message)
    outlet.put_text(b"answer")
    outlet.put(b"{22:", message)
    await asyncio.sleep(0.01)

    assert channel.written == [b"\x81\x08{1:tail}\x81\x06answer\x81\x09{22:tail}"]
    assert other.written == []
    quiet.put(b"", message)
    await quiet.drain()
    assert other.written == [b"\x81\x05tail}"]


async def test_the_first_message_goes_at_once_and_the_next_ones_together():
    channel = Channel()
    outlet = outlet_on(channel, Flusher())
    message = Message(b"}")
    for _ in range(5):
        outlet.put(b"{", message)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert len(channel.written) == 1
    await asyncio.sleep(0.02)

    assert len(channel.written) == 2
    assert b"".join(channel.written).count(b"{}") == 5


async def test_many_connections_leave_the_loop_room():
    flusher = Flusher()
    channels = [Channel() for _ in range(250)]
    for channel in channels:
        outlet_on(channel, flusher).put(b"", Message(b"}"))
    await asyncio.sleep(0)
    assert 0 < sum(len(channel.written) for channel in channels) < 250
    await asyncio.sleep(0.02)

    assert [len(channel.written) for channel in channels] == [1] * 250


async def test_reader_that_stays_behind_is_dropped_and_told_of():
    channel = Channel()
    outlet = outlet_on(channel, Flusher(), send_timeout=0.05)
    told: list[str] = []
    outlet.on_pause = lambda: told.append("pause")
    outlet.on_resume = lambda: told.append("resume")
    outlet.on_stall = lambda: told.append("stall")
    real = cast(Any, channel)
    real.on_pause()
    real.on_resume()
    await asyncio.sleep(0.1)
    assert (told, channel.is_aborted) == (["pause", "resume"], False)

    real.on_pause()
    await asyncio.sleep(0.1)
    await asyncio.wait_for(outlet.wait_writable(), 0.1)
    assert (told, channel.is_aborted) == (["pause", "resume", "pause", "stall"], True)


async def test_server_that_takes_no_more_pauses_and_stalls_the_fallback():
    taken: list[str] = []
    may_take = asyncio.Event()

    async def send(message: MutableMapping[str, Any]) -> None:
        await may_take.wait()
        taken.append(message["text"])

    outlet = AsgiOutlet(send, send_timeout=0.2)
    told: list[str] = []
    outlet.on_pause = lambda: told.append("pause")
    outlet.on_resume = lambda: told.append("resume")
    outlet.on_stall = lambda: told.append("stall")
    for number in range(5):
        outlet.put_text(str(number).encode() * 20_000)
    await asyncio.sleep(0.05)
    assert told == ["pause"]
    may_take.set()
    await asyncio.wait_for(outlet.wait_writable(), 0.1)
    assert told == ["pause", "resume"]
    assert [text[0] for text in taken] == list("01234")

    may_take.clear()
    for _ in range(5):
        outlet.put_text(b"x" * 20_000)
    await asyncio.sleep(0.4)
    assert told == ["pause", "resume", "pause", "stall"]


async def test_fallback_survives_a_connection_that_is_gone():
    async def send(_: MutableMapping[str, Any]) -> None:
        raise OSError("gone")

    outlet = AsgiOutlet(send, send_timeout=0.1)
    outlet.put_text(b"1")
    await outlet.drain()
    outlet.put_text(b"2")
    await asyncio.wait_for(outlet.drain(), 0.05)
    outlet.close()
