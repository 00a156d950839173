"""Contestants as processes of their own: started on the servers' core, spoken to by lines, ended by their id."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

START_SECONDS = 60.0
END_SECONDS = 5.0
BUSY_GENERATOR = 0.9
BUSY_SERVER = 0.85
ROOT = Path(__file__).resolve().parents[2]


class ContestantFailed(Exception):
    """A contestant did not start, ended early, or answered what it must not."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What a server says in its first line: where it listens, and what the requests to it carry."""

    port: int
    versions: dict[str, str]
    portfolio_id: str = ""
    path: str = "/graphql"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cores:
    """The core of the server measured and the core of the load generator; None where cores cannot be chosen."""

    server: int | None
    load: int | None

    @classmethod
    def choose(cls) -> Self:
        """Return the first two cores this process may use; the same one twice where there is but one."""
        if sys.platform != "linux":
            return cls(None, None)
        allowed = sorted(os.sched_getaffinity(0))
        return cls(allowed[0], allowed[1 % len(allowed)])

    def __str__(self) -> str:
        """Say it as the report does."""
        if self.server is None:
            return "cores not pinned (only Linux can)"
        if self.server == self.load:
            return f"server and load generator share core {self.server}: the figures are too low"
        return f"server on core {self.server}, load generator on core {self.load}"


def pin(core: int | None) -> None:
    """Confine this process, and the ones it starts from now on, to one core."""
    if core is not None and sys.platform == "linux":
        os.sched_setaffinity(0, {core})


class Effort:
    """How busy the load generator, which is this process, and the server measured are, from 0 to 1 of a core."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._begun = time.monotonic(), time.process_time(), server.busy_seconds()

    def is_unfair(self) -> bool:
        """Whether a server with more than enough to do was held up, by the load generator or by others on its core."""
        at, own, served = self._begun
        seconds = time.monotonic() - at
        if (time.process_time() - own) / seconds > BUSY_GENERATOR:
            return True
        now = self._server.busy_seconds()
        return served is not None and now is not None and (now - served) / seconds < BUSY_SERVER


@contextlib.contextmanager
def pinned(core: int | None, back_to: int | None) -> Iterator[None]:
    """Start processes on `core`: they inherit it before their first thread is born."""
    pin(core)
    try:
        yield
    finally:
        pin(back_to)


class Server:
    """One contestant that runs, until the block is left."""

    def __init__(self, name: str, command: Sequence[str], cores: Cores) -> None:
        self.name = name
        self._command = list(command)
        self._cores = cores
        self._complaints = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115 - closed in __exit__
        self._lines = b""
        self._process: subprocess.Popen[bytes] | None = None
        self._ready: Ready | None = None

    def __enter__(self) -> Self:
        """Start it and wait for its first line.  Raises `ContestantFailed`."""
        with pinned(self._cores.server, self._cores.load):
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                start_new_session=True,  # Ctrl-C reaches the driver alone, which then ends its servers
            )
        try:
            said = self.read_line(START_SECONDS)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self._ready = Ready(
            port=said["port"],
            versions=said["versions"],
            portfolio_id=said.get("portfolioId", ""),
            path=said.get("path", "/graphql"),
            headers=said.get("headers", {}),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it: asked first, then killed."""
        process = self._running
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._complaints.close()

    @property
    def ready(self) -> Ready:
        """What it said when it had started."""
        if self._ready is None:
            raise ContestantFailed(f"{self.name} has not started")
        return self._ready

    def busy_seconds(self) -> float | None:
        """Return how long it has computed so far, all its threads together; None where the system does not say."""
        statistics = Path(f"/proc/{self._running.pid}/stat")
        if not statistics.exists():
            return None
        # The name before the last bracket may hold anything.
        fields = statistics.read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def publish(self, rate: float, seconds: float) -> None:
        """Ask for live prices: `rate` ticks a second, one symbol each.  It answers with a line when done."""
        pipe = self._running.stdin
        if pipe is None:
            raise ContestantFailed(f"{self.name} has no standard input")
        try:
            pipe.write(json.dumps({"rate": rate, "seconds": seconds}).encode() + b"\n")
            pipe.flush()
        except BrokenPipeError as error:
            raise ContestantFailed(f"{self.name} ended early: {self._last_words()}") from error

    def read_line(self, patience: float) -> dict[str, Any]:
        """Return its next line, a JSON object; raises `ContestantFailed` after `patience` seconds."""
        pipe = self._running.stdout
        if pipe is None:
            raise ContestantFailed(f"{self.name} has no standard output")
        deadline = time.monotonic() + patience
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while b"\n" not in self._lines:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise ContestantFailed(f"{self.name} said nothing within {patience:.0f} s: {self._last_words()}")
                read = os.read(pipe.fileno(), 65_536)
                if not read:
                    raise ContestantFailed(f"{self.name} ended early: {self._last_words()}")
                self._lines += read
        line, self._lines = self._lines.split(b"\n", 1)
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise ContestantFailed(f"{self.name}: expected a line of JSON, got {line[:200]!r}") from error
        return said

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise ContestantFailed(f"{self.name} has not started")
        return self._process

    def _last_words(self) -> str:
        self._complaints.seek(0)
        return " | ".join(self._complaints.read().strip().splitlines()[-3:]) or "no message"
