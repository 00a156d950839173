"""`python -m api`: migrates where one process is all there is, loads the demonstration, and serves."""

import asyncio
import fcntl
import gc
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import api.startup  # noqa: F401 - before all that is heavy
from api import greeting
from api.app import create_app
from api.serving import Server
from domain.infra.crypto.secrets import load_secrets
from domain.infra.database import Turn, is_sqlite, sqlite_path, turn
from domain.infra.settings import InvalidSettings, Settings, load_settings
from domain.infra.telemetry import configure_logging
from domain.onboarding.demonstration import load_demonstration
from domain.wiring import open_resources
from migrations import runner

_BACKLOG = 2048


class CannotStart(Exception):
    """The reason, in one line."""


def main() -> int:
    """Serve until SIGINT or SIGTERM; return 2 with one line when it cannot start."""
    gc.freeze()
    gc.enable()
    try:
        settings = load_settings()
        configure_logging(settings)
        with _alone(settings), _listening(settings) as listener:
            # What lacks its keys has changed nothing.
            load_secrets(settings)
            with _ending_at_once():
                asyncio.run(_prepare(settings))
            _serve(settings, listener)
    except (InvalidSettings, CannotStart, runner.NoDatabase) as problem:
        print(f"foliograph: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


async def _prepare(settings: Settings) -> None:
    """Bring the database up to date where no step of its own does, and load the demonstration where it is wanted."""
    if is_sqlite(settings.database):
        await runner.upgrade(settings.database)
    elif missing := await runner.pending(settings.database):
        raise CannotStart(f"the database lacks {', '.join(missing)}: run python -m migrations upgrade")
    if settings.loads_demo_data:
        # Several APIs may start at once: the first one loads, the others find that nothing is missing.
        async with turn(settings.database, Turn.LOAD_DEMONSTRATION), open_resources(settings) as resources:
            await load_demonstration(resources)


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """Let Ctrl-C end the process where it stands: what it was about to store is stored whole or not at all.

    A loop that is cancelled while SQLite's thread is at work leaves a traceback of that thread.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(settings: Settings, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    server = Server(create_app(settings), lambda: greeting.say(settings, port), settings.trusted_proxies)
    server.run(sockets=[listener])


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything else: whoever finds it taken has changed nothing."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
            listener.listen(_BACKLOG)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise CannotStart(
                f"cannot listen on {settings.host}:{settings.port}: {reason}; set PORT to another one"
            ) from None
        yield listener


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Keep a second process away from a SQLite file: it has one writer."""
    if not is_sqlite(settings.database):
        yield
        return
    # Beside the file, which may lie elsewhere than in the data folder: two of those may name one file.
    folder = sqlite_path(settings.database).resolve().parent
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"cannot write to FOLIOGRAPH_DATA_DIR {settings.data_dir}: {error.strerror}") from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise CannotStart(f"cannot write to {folder}, the folder of the database: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart(
                f"another process uses {folder}: stop it, or set FOLIOGRAPH_DATA_DIR to another folder"
            ) from None
        yield


if __name__ == "__main__":
    sys.exit(main())
