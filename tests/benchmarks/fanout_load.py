"""Many graphql-transport-ws subscribers in one process: events counted frame by frame, each with its latency.

A published event carries its time of publication in `volume`: `STAMP_BASE` and the microseconds of the monotonic
clock, always 16 digits, so that reading it costs no JSON parser.  A frame without one is looked at in full.
"""

import json
import selectors
import socket
import time
from array import array
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks import dataset, documents
from tests.benchmarks.processes import ContestantFailed, Ready

STAMP_BASE = 10**15
STAMP_DIGITS = 16
CHUNK = 32_768
OPEN_SECONDS = 30.0
_STAMP = b'"volume":'
_TEXT_FRAME = 0x81
_PING_FRAME = 0x89
_PONG_FRAME = 0x8A


def client_frame(message: dict[str, Any]) -> bytes:
    """Return a text frame as a client sends it: masked, with a mask of zeros."""
    return _masked_frame(_TEXT_FRAME, json.dumps(message, separators=(",", ":")).encode())


def _masked_frame(opcode: int, payload: bytes) -> bytes:
    if len(payload) < 126:
        head = bytes((opcode, 0x80 | len(payload)))
    else:
        head = bytes((opcode, 0x80 | 126)) + len(payload).to_bytes(2, "big")
    return head + bytes(4) + payload


def server_frame(payload: bytes) -> bytes:
    """Return a text frame as a server sends it: not masked."""
    if len(payload) < 126:
        return bytes((_TEXT_FRAME, len(payload))) + payload
    return bytes((_TEXT_FRAME, 126)) + len(payload).to_bytes(2, "big") + payload


@dataclass
class Received:
    """What came in since the last `clear`.  Times in microseconds of the monotonic clock."""

    stamped: int = 0
    snapshots: int = 0
    sample: dict[str, Any] = field(default_factory=dict)  # the data of the last snapshot
    latencies: "array[int]" = field(default_factory=lambda: array("q"))
    arrivals: list[tuple[int, int]] = field(default_factory=list)

    def clear(self) -> None:
        """Forget everything but the sample."""
        self.stamped = self.snapshots = 0
        self.latencies = array("q")
        self.arrivals = []

    def between(self, begin: int, end: int) -> tuple[int, list[int]]:
        """Return how many events arrived from `begin` to `end`, and their latencies, in order of size."""
        count = offset = 0
        chosen: list[int] = []
        for at, events in self.arrivals:
            if begin <= at < end:
                count += events
                chosen.extend(self.latencies[offset : offset + events])
            offset += events
        return count, sorted(chosen)


class Subscriber:
    """One socket with one subscription."""

    __slots__ = ("_cut_off", "_received", "socket", "tickers")

    def __init__(self, ready: Ready, number: int, received: Received) -> None:
        self.tickers = documents.tickers(number)
        self._received = received
        self._cut_off = b""
        self.socket = _shake_hands(ready)
        self.socket.sendall(client_frame({"type": "connection_init", "payload": {}}))
        self._await_acknowledgement()
        payload = {"query": documents.PRICES, "operationName": "Prices", "variables": {"tickers": self.tickers}}
        self.socket.sendall(client_frame({"id": "1", "type": "subscribe", "payload": payload}))
        # With a timeout each read would be two system calls.
        self.socket.setblocking(False)

    def _await_acknowledgement(self) -> None:
        said = b""
        while b"}" not in said:
            read = self.socket.recv(CHUNK)
            if not read:
                break
            said += read
        if b'"connection_ack"' not in said:
            raise ContestantFailed(f"expected connection_ack, got {said[:200]!r}")

    def receive(self) -> None:
        """Read what is there and count it."""
        read = self.socket.recv(CHUNK)
        if not read:
            raise ContestantFailed("the server closed a subscriber's socket")
        at = time.monotonic_ns() // 1000
        before = self._received.stamped
        self.take(self._cut_off + read if self._cut_off else read, at)
        if self._received.stamped > before:
            self._received.arrivals.append((at, self._received.stamped - before))

    def take(self, data: bytes, at: int) -> None:
        """Count each whole frame in `data` and keep the rest for the next call."""
        received = self._received
        latencies = received.latencies
        position, size = 0, len(data)
        while size - position >= 2:
            length = data[position + 1]
            start = position + 2
            if length == 126:
                if size - position < 4:
                    break
                length = data[position + 2] << 8 | data[position + 3]
                start = position + 4
            end = start + length
            if end > size:
                break
            # A space after the colon or none; what is not 16 digits, or stands in no frame of ours, is no number.
            digits = data.find(b'"', data.find(_STAMP, start, end) + len(_STAMP), end) + 1
            try:
                latencies.append(at + STAMP_BASE - int(data[digits : digits + STAMP_DIGITS]))
                received.stamped += 1
            except ValueError:
                self._look_at(data[position], data[start:end])
            position = end
        self._cut_off = data[position:]

    def _look_at(self, opcode: int, payload: bytes) -> None:
        """Handle the frame that carries no stamp: a snapshot, a ping, or the end."""
        if opcode == _PING_FRAME:
            self.socket.sendall(_masked_frame(_PONG_FRAME, payload))
            return
        if opcode != _TEXT_FRAME:
            raise ContestantFailed(f"expected text frames, got opcode {opcode:#x} with {payload[:120]!r}")
        message = json.loads(payload)
        if message["type"] == "ping":
            self.socket.sendall(client_frame({"type": "pong"}))
        elif message["type"] != "next" or message["payload"].get("errors"):
            raise ContestantFailed(f"expected an event, got {payload[:400]!r}")
        elif message["payload"]["data"]["priceUpdate"]["kind"] == "SNAPSHOT":
            self._received.snapshots += 1
            self._received.sample = message["payload"]["data"]


class Crowd:
    """All subscribers, read by one thread."""

    def __init__(self, ready: Ready, size: int) -> None:
        """Open `size` sockets, subscribe, and wait for every snapshot.  Raises `ContestantFailed`."""
        self.received = Received()
        self._selector = selectors.DefaultSelector()
        self._subscribers: list[Subscriber] = []
        try:
            for number in range(size):
                subscriber = Subscriber(ready, number, self.received)
                self._subscribers.append(subscriber)
                self._selector.register(subscriber.socket, selectors.EVENT_READ, subscriber)
            self._await_snapshots()
        except BaseException:
            self.close()
            raise

    @property
    def deliveries_per_tick(self) -> float:
        """Deliveries that one tick causes, averaged over the symbols."""
        return sum(len(subscriber.tickers) for subscriber in self._subscribers) / dataset.LIVE_SYMBOLS

    def receive(self, seconds: float) -> None:
        """Read for `seconds`."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            for key, _ in self._selector.select(left):
                key.data.receive()

    def drain(self, quiet: float, patience: float) -> None:
        """Read until nothing came for `quiet` seconds.  Raises `ContestantFailed` after `patience` seconds."""
        deadline = time.monotonic() + patience
        while ready := self._selector.select(quiet):
            for key, _ in ready:
                key.data.receive()
            if time.monotonic() > deadline:
                raise ContestantFailed(f"the server still sent events {patience:.0f} s after the last tick")

    def close(self) -> None:
        """Close every socket."""
        self._selector.close()
        for subscriber in self._subscribers:
            subscriber.socket.close()

    def _await_snapshots(self) -> None:
        expected = sum(len(subscriber.tickers) for subscriber in self._subscribers)
        deadline = time.monotonic() + OPEN_SECONDS
        received = self.received
        # A snapshot of a quote that was live before carries that tick's stamp.
        while received.snapshots + received.stamped < expected:
            if time.monotonic() > deadline:
                raise ContestantFailed(f"expected {expected} snapshots, got {received.snapshots + received.stamped}")
            self.receive(0.05)
        received.clear()


def _shake_hands(ready: Ready) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", ready.port), timeout=OPEN_SECONDS)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    opened.sendall(
        f"GET {ready.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {b64encode(bytes(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        read = opened.recv(CHUNK)
        if not read:
            break
        answer += read
    if not answer.startswith(b"HTTP/1.1 101"):
        opened.close()
        raise ContestantFailed(f"expected the upgrade to a WebSocket, got {answer[:200]!r}")
    return opened
