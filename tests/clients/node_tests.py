"""Runs the tests that are written for Node, one process a file, so that pytest reports each of them by its name."""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.graphiql.node import Node

HOME = Path(__file__).parent
_DECLARED = re.compile(r'^test\("([^"]+)"', re.MULTILINE)
_INSTALL_SECONDS = 240.0
_RUN_SECONDS = 240.0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one test on Node ended; `detail` is what it threw."""

    passed: bool
    detail: str


def declared_names(file: str) -> list[str]:
    """Return the names of the tests that a file declares, each on a line that begins with `test(`."""
    return _DECLARED.findall((HOME / file).read_text("utf-8"))


def install_packages(node: Node) -> None:
    """Install the clients if the lock file has changed since they were. Raises as `Node.install` does."""
    stamp = HOME / "node_modules" / ".foliograph-lock"
    wanted = hashlib.sha256((HOME / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text("ascii") == wanted:
        return
    node.install(HOME, timeout=_INSTALL_SECONDS)
    stamp.write_text(wanted, "ascii")


def run_file(node: Node, file: str, variables: Mapping[str, str]) -> dict[str, Outcome]:
    """Run a file of tests with these variables added to the environment; return how each ended.

    Raises `AssertionError` when the tests that ended are not those the file declares.
    """
    reporter = f"--test-reporter={(HOME / 'reporter.mjs').as_uri()}"
    done = subprocess.run(
        [node.program, "--test", reporter, file],
        cwd=HOME,
        env={**os.environ, **variables},
        timeout=_RUN_SECONDS,
        check=False,
        capture_output=True,
        text=True,
    )
    ended = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    outcomes = {one["name"]: Outcome(passed=one["passed"], detail=one["detail"]) for one in ended}
    missing = [name for name in declared_names(file) if name not in outcomes]
    assert not missing, f"{file}: expected {missing} to run, but only {list(outcomes)} did\n{done.stdout}{done.stderr}"
    return outcomes
