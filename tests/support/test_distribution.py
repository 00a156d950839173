import subprocess
import sys
from pathlib import Path

from tests.support.distribution import scope_of

CONFTEST = """
from tests.support.distribution import ByFile

def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)
"""
TEST = """
import os
import pytest

@pytest.mark.parametrize("number", range(5))
def test_says_where_it_runs(number, testrun_uid):
    print(os.environ["PYTEST_XDIST_WORKER"], flush=True)
"""


def test_a_test_stays_with_its_file_or_its_folder() -> None:
    assert scope_of("tests/api/test_start.py::test_a[x::y/z]") == "tests/api/test_start.py"
    assert scope_of("tests/faults/test_kills.py::test_a") == scope_of("tests/faults/deep/test_b.py::test_c") == "faults"
    assert scope_of("tests/test_alone.py::test_a") == "tests/test_alone.py"


def test_the_tests_of_a_file_run_in_one_process(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    for name in ("test_a", "test_b"):
        (tmp_path / f"{name}.py").write_text(TEST)

    ran = subprocess.run(  # noqa: PLW1510
        [sys.executable, "-m", "pytest", "--numprocesses", "2", "--dist", "loadscope", "-v", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    processes = {
        name: {line.split("]")[0] for line in ran.stdout.splitlines() if "PASSED" in line and f"{name}.py" in line}
        for name in ("test_a", "test_b")
    }
    assert [len(found) for found in processes.values()] == [1, 1]
    assert processes["test_a"] != processes["test_b"]
