"""Foliograph's own processes as an operator runs them: started with an environment, waited for, and ended by their id.

Only what a test started is ever ended.  Waiting leaves the event loop free, so that sockets go on being read.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.servers import PrivateServer, free_port
from tests.support.source import ROOT

START_SECONDS = 60.0
"""Until a process that is not ready is given up; the first start loads the demonstration."""

_END_SECONDS = 20.0
_LOOK_SECONDS = 0.01
# What no log may hold: a bug, or a task that nobody waited for.
_COMPLAINTS = ("Traceback (most recent call last)", "never retrieved", "was never awaited", "was destroyed but")


class ProcessFailed(AssertionError):
    """A process ended, or stayed silent, where it should not have; carries the end of its log."""


@dataclass(eq=False)
class Process:
    """One process of Foliograph's, which can be ended in every way and started again.

    `ready_line` is what its log says once it serves.
    """

    name: str
    module: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    ready_line: str
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _begun_at: int = 0

    @property
    def log(self) -> Path:
        """The file that holds all it has ever written."""
        return self.folder / f"{self.name}.log"

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_status(self) -> int | None:
        """What it ended with, negative for a signal; None while it runs or was never started."""
        return None if self._process is None else self._process.poll()

    @property
    def pid(self) -> int:
        """The process id.  Raises `ProcessFailed` when it is not running."""
        if self._process is None or self._process.poll() is not None:
            raise ProcessFailed(f"expected {self.name} to run, but it has ended\n{self.end_of_log()}")
        return self._process.pid

    def launch(self) -> None:
        """Start it, and do not wait."""
        assert not self.is_running, f"expected {self.name} not to run yet"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._begun_at = self.log_size()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self.module],
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C belongs to the tests: they end their processes themselves.
                start_new_session=True,
            )

    async def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until it serves.  Raises `ProcessFailed` when it ends before, or takes longer."""
        deadline = time.monotonic() + seconds
        while not await self.is_ready():
            if not self.is_running or time.monotonic() > deadline:
                raise ProcessFailed(f"expected {self.name} to be ready within {seconds:g} s\n{self.end_of_log()}")
            await asyncio.sleep(_LOOK_SECONDS)

    async def start(self) -> float:
        """Start it and wait until it serves; return the seconds that this took."""
        begun = time.monotonic()
        self.launch()
        await self.wait_until_ready()
        return time.monotonic() - begun

    async def is_ready(self) -> bool:
        """Whether its log says that it serves."""
        return self.is_running and self.ready_line in self.said(self._begun_at)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    async def end(self, number: signal.Signals = signal.SIGTERM, seconds: float = _END_SECONDS) -> float:
        """Ask it to end; return the seconds that it took.  Raises `ProcessFailed` when it takes longer than that."""
        process = self._process
        if process is None:
            return 0.0
        begun = time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        while process.poll() is None:
            if time.monotonic() - begun > seconds:
                self.kill()
                raise ProcessFailed(f"expected {self.name} to end within {seconds:g} s\n{self.end_of_log()}")
            await asyncio.sleep(_LOOK_SECONDS)
        return time.monotonic() - begun

    @asynccontextmanager
    async def frozen(self) -> AsyncIterator[None]:
        """Stop it, as a machine that hangs would, until the block is left."""
        self.send(signal.SIGSTOP)
        try:
            yield
        finally:
            if self.is_running:
                self.send(signal.SIGCONT)

    def log_size(self) -> int:
        """The length of the log in bytes: a place in it, for `said`."""
        return self.log.stat().st_size if self.log.exists() else 0

    def said(self, since: int = 0) -> str:
        """Return what it has written after this place of its log."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(since)
            return log.read().decode(errors="replace")

    def check_log(self, since: int = 0) -> None:
        """Raise `ProcessFailed` when it has written a traceback, or the like, after this place of its log."""
        said = self.said(since)
        for words in _COMPLAINTS:
            if words in said:
                found = said[max(0, said.index(words) - 500) :][:8_000]
                raise ProcessFailed(f"expected {self.name} to have no complaint\n{found}")

    def end_of_log(self) -> str:
        """Return the last of what it wrote, for a message."""
        return self.said()[-3_000:]


@dataclass(eq=False)
class Api(Process):
    """`python -m api` on a port of its own."""

    port: int = 0

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    async def is_ready(self) -> bool:
        """Whether `/readyz` answers 200."""
        return self.is_running and await status_of(self.port, "/readyz") == 200


async def status_of(port: int, path: str, seconds: float = 2.0) -> int:
    """Return the status with which the server on this port answers a GET, 0 when it does not answer."""
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".encode())
                return int((await reader.readline()).split()[1])
            finally:
                writer.close()
    except (OSError, TimeoutError, IndexError):
        return 0


def api(name: str, folder: Path, **settings: str) -> Api:
    """Return an API process, not started yet.  `settings` are variables of its environment."""
    port = free_port()
    return Api(name, ["api"], _environment(settings | {"PORT": str(port)}), folder, "Foliograph is running", port=port)


def worker(name: str, folder: Path, **settings: str) -> Process:
    """Return a worker process, not started yet."""
    return Process(name, ["workers"], _environment(settings), folder, "worker is running")


async def migrate(**settings: str) -> None:
    """Run the step that brings a database up to date.  Raises `ProcessFailed`."""
    step = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "migrations", "upgrade"),
        cwd=ROOT,
        env=_environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output, _ = await step.communicate()
    if step.returncode:
        raise ProcessFailed(f"expected the migrations to succeed\n{output.decode()[-3_000:]}")


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    # An operator's Python keeps its bytecode: else each start would compile everything again.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **settings}


@dataclass(eq=False)
class Installation:
    """Many processes on one PostgreSQL and one Redis, as `docker-compose.yml` has them."""

    postgres: PrivateServer
    redis: PrivateServer
    apis: Sequence[Api]
    workers: Sequence[Process]
    # The file of the signing keys that all of them share.
    keys: Path

    @property
    def processes(self) -> list[Process]:
        """All of Foliograph's own."""
        return [*self.apis, *self.workers]

    async def heal(self) -> None:
        """Start what does not run, and wait until all serve: tests leave ruins."""
        for server in (self.postgres, self.redis):
            if not server.is_running:
                await asyncio.to_thread(server.start)
        for process in self.processes:
            if not process.is_running:
                process.launch()
        for process in self.processes:
            await process.wait_until_ready()

    def check_logs(self, since: Mapping[Process, int]) -> None:
        """Raise `ProcessFailed` when one has written a traceback, or the like, after its place in `since`."""
        for process in self.processes:
            process.check_log(since.get(process, 0))

    def places(self) -> dict[Process, int]:
        """Return where each log ends now."""
        return {process: process.log_size() for process in self.processes}

    def end(self) -> None:
        """End everything."""
        for process in self.processes:
            process.kill()
        self.redis.kill()
        self.postgres.stop()
