"""A running Foliograph, Node and the packages of the clients."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from api.graphiql.node import Node, find_node
from tests.clients.node_tests import Outcome, install_packages, run_file
from tests.support.left_out import leave_out
from tests.support.servers import free_port

_START_SECONDS = 100.0
_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def node() -> Node:
    """Node, with the clients' packages installed."""
    found = find_node()
    if found is None:
        leave_out("no Node 20 or newer, and no wheel of it: python -m pip install -r requirements/node.txt")
    try:
        install_packages(found)
    except (OSError, subprocess.SubprocessError) as error:
        leave_out(f"the npm packages of tests/clients could not be installed: {getattr(error, 'stderr', '') or error}")
    return found


@pytest.fixture(scope="session")
def foliograph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, served by a process of its own whose prices move five times a second."""
    folder = tmp_path_factory.mktemp("foliograph")
    port = free_port()
    variables = {
        "PORT": str(port),
        "FOLIOGRAPH_DATA_DIR": str(folder / "data"),
        "FOLIOGRAPH_PROFILE": "demo",
        "FOLIOGRAPH_REPLAY_TICK_SECONDS": "0.2",
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "api"], cwd=_ROOT, env={**os.environ, **variables}, stdout=output, stderr=output
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, address, log)
        yield address
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def outcomes_of(node: Node, foliograph: str) -> Callable[[str], dict[str, Outcome]]:
    """A function that runs a file of Node tests against the server, once, and returns how each test ended."""

    @cache
    def run(file: str) -> dict[str, Outcome]:
        return run_file(node, file, {"FOLIOGRAPH_URL": foliograph})

    return run


def _wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(URLError, ConnectionError, TimeoutError), urlopen(f"{address}/readyz", timeout=2):  # noqa: S310
            return
        time.sleep(0.1)
    pytest.fail(
        f"expected a server at {address} within {_START_SECONDS:.0f} s; its log ends:\n{log.read_text()[-2000:]}"
    )
