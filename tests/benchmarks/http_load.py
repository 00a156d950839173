"""Requests a second: a few keep-alive connections, each of which asks again as soon as it is answered."""

import re
import selectors
import socket
import time
from dataclasses import dataclass

from tests.benchmarks.processes import ContestantFailed

CHUNK = 32_768
SILENCE_SECONDS = 10.0
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answered:
    """How often a request was answered, and the last body."""

    completed: int
    seconds: float
    body: bytes

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.completed / self.seconds


class _Connection:
    """One keep-alive connection with one request under way."""

    __slots__ = ("_got", "_request", "_total", "socket")

    def __init__(self, port: int, request: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SILENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # With a timeout each read would be two system calls.
        self.socket.setblocking(False)
        self._request = request
        self._got = b""
        self._total = 0

    def ask(self) -> None:
        """Send the request: small enough for the empty send buffer of a connection that waits for an answer."""
        self._got, self._total = b"", 0
        self.socket.sendall(self._request)

    def receive(self) -> bytes | None:
        """Read what is there; return the whole answer once it is complete."""
        read = self.socket.recv(CHUNK)
        if not read:
            raise ContestantFailed("the server closed a connection that was to be kept alive")
        self._got = self._got + read if self._got else read
        if not self._total:
            self._total = _answer_size(self._got)
        if not self._total or len(self._got) < self._total:
            return None
        return self._got


def _answer_size(answer: bytes) -> int:
    """Return the size of the whole answer, head included; 0 while the head is not complete."""
    head_end = answer.find(b"\r\n\r\n")
    if head_end < 0:
        return 0
    if not answer.startswith(b"HTTP/1.1 200"):
        raise ContestantFailed(f"expected status 200, got {answer[:400]!r}")
    length = _LENGTH.search(answer, 0, head_end)
    if length is None:
        raise ContestantFailed(f"expected a Content-Length, got {answer[:head_end]!r}")
    return head_end + 4 + int(length[1])


def load(port: int, request: bytes, connections: int, seconds: float) -> Answered:
    """Ask over `connections` connections for `seconds`; raises `ContestantFailed` at anything but a 200."""
    asking = [_Connection(port, request) for _ in range(connections)]
    try:
        with selectors.DefaultSelector() as selector:
            for connection in asking:
                selector.register(connection.socket, selectors.EVENT_READ, connection)
            return _ask_again_and_again(selector, asking, seconds)
    finally:
        for connection in asking:
            connection.socket.close()


def _ask_again_and_again(selector: selectors.BaseSelector, asking: list[_Connection], seconds: float) -> Answered:
    completed = 0
    answer = b""
    begun = time.perf_counter()
    for connection in asking:
        connection.ask()
    while (elapsed := time.perf_counter() - begun) < seconds or not completed:
        ready = selector.select(SILENCE_SECONDS)
        if not ready:
            raise ContestantFailed(f"no answer within {SILENCE_SECONDS:.0f} s")
        for key, _ in ready:
            whole = key.data.receive()
            if whole is not None:
                completed += 1
                answer = whole
                key.data.ask()
    return Answered(completed, elapsed, answer.partition(b"\r\n\r\n")[2])
