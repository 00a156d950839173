"""What was left out is listed with its reason; where everything must run, it fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOT

TESTS = """
import pytest
from tests.support.left_out import leave_out

def test_with_a_tool(): leave_out("no Chromium: apt-get install chromium")
def test_with_it_too(): leave_out("no Chromium: apt-get install chromium")
def test_of_another_folder(): pytest.skip("nothing to compare with")
def test_that_runs(): pass
"""


def run(folder: Path, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_planted.py").write_text(TESTS)
    (folder / "conftest.py").write_text("from tests.conftest import pytest_terminal_summary\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--rootdir={folder}", str(folder)]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_each_reason_is_listed_once(tmp_path: Path) -> None:
    done = run(tmp_path, "")

    listed = done.stdout.partition("Left out, and why")[2].splitlines()[1:3]
    assert listed == ["   2  no Chromium: apt-get install chromium", "   1  nothing to compare with"]
    assert done.stdout.rstrip().splitlines()[-1].startswith("======"), done.stdout
    assert "1 passed, 3 skipped" in done.stdout.splitlines()[-1]
    assert done.returncode == 0


@pytest.mark.parametrize("ci", ["true", "1"])
def test_nothing_is_left_out_where_all_must_run(tmp_path: Path, ci: str) -> None:
    done = run(tmp_path, ci)

    assert "2 failed, 1 passed, 1 skipped" in done.stdout.splitlines()[-1]
    assert "must not be left out when CI=true: no Chromium" in done.stdout
    assert done.returncode == 1
