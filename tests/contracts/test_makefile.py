"""The commands of a newcomer begin well: what is missing is named, and Ctrl-C is quiet."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.support.left_out import leave_out
from tests.support.source import ROOT

TOO_OLD = 'case "$*" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac'
NO_VENV = 'case "$*" in *version_info*) ;; --version) echo Python 3.11.99 ;; *) exit 1 ;; esac'
SERVES = """case "$*" in
    "-m api") trap 'echo stopped; exit 0' INT; echo serving; while :; do sleep 0.05; done ;;
esac"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clone in a folder with a space in its name, on a machine with a shell and make, and nothing else."""
    if not shutil.which("make"):
        leave_out("no make on this machine")
    clone = tmp_path / "a clone"
    (clone / "requirements").mkdir(parents=True)
    (clone / "requirements" / "run.txt").touch()
    shutil.copy(ROOT / "Makefile", clone)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "make", "rm", "cmp", "cp", "sleep"):
        (programs / name).symlink_to(shutil.which(name) or name)
    return clone


def program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make(folder: Path, target: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PATH": str(folder.parent / "bin")}
    environment.pop("MAKEFLAGS", None)
    return subprocess.Popen(
        ["make", target],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A job in the background ignores it, and so do its children: a terminal's job does not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - nothing but this is done there
    )


@pytest.mark.parametrize(
    ("python", "message"),
    [
        (None, "expected Python 3.11 or newer as python3, found none"),
        (TOO_OLD, "expected Python 3.11 or newer as python3, found Python 3.9.2"),
        (NO_VENV, "expected python3 to make a virtual environment: on Debian and Ubuntu, install python3-venv"),
    ],
)
def test_a_python_that_will_not_do(folder: Path, python: str | None, message: str) -> None:
    if python:
        program(folder.parent / "bin" / "python3", python)

    with make(folder, "run") as running:
        _, complaint = running.communicate(timeout=20)

    assert complaint.splitlines()[0] == message
    assert running.returncode == 2
    assert not (folder / ".venv").exists()


def test_packages_are_installed_once_and_again_when_the_lock_changes(folder: Path) -> None:
    program(folder / ".venv" / "bin" / "python", 'case "$*" in "-m pip"*) echo "$*" >>pip.log ;; esac')
    log = folder / "pip.log"

    for _ in range(2):
        make(folder, "run-environment").communicate(timeout=20)
    assert log.read_text() == "-m pip install --quiet --require-hashes -r requirements/run.txt\n"

    (folder / "requirements" / "run.txt").write_text("changed\n")
    make(folder, "run-environment").communicate(timeout=20)
    assert len(log.read_text().splitlines()) == 2


def test_an_install_that_failed_is_done_again(folder: Path) -> None:
    program(folder / ".venv" / "bin" / "python", 'case "$*" in "-m pip"*) echo "$*" >>pip.log; exit 1 ;; esac')

    for _ in range(2):
        with make(folder, "run-environment") as running:
            running.communicate(timeout=20)
        assert running.returncode == 2

    assert len((folder / "pip.log").read_text().splitlines()) == 2


def test_control_c_reaches_the_server_and_make_says_nothing(folder: Path) -> None:
    program(folder / ".venv" / "bin" / "python", SERVES)

    with make(folder, "run") as running:
        assert running.stdout
        while running.stdout.readline() != "serving\n":
            pass
        # As a terminal does: to everybody in the foreground.
        os.killpg(running.pid, signal.SIGINT)
        printed, complaint = running.communicate(timeout=5)

    assert printed == "stopped\n"
    # GNU Make 4.3 sometimes finds that its child has ended before it could wait for it, and says so.
    assert [line for line in complaint.splitlines() if "wait" not in line.lower()] == []
