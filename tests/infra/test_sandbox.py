"""A process of its own: bounded, without secrets, and ended in any case."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from domain.infra import sandbox as sandboxes
from domain.infra.sandbox import ProcessSandbox, command_of
from domain.kernel.sandbox import Bounds, SandboxBroke

BOUNDS = Bounds(seconds=5, memory=256 * 2**20, answer=1_000_000)

MODULES = {
    "echo": "def main(given, told): told.write(given.read())",
    "deaf": "def main(given, told): told.write(b'enough')",
    "loop": "def main(given, told):\n    while True: pass",
    "sleep": "import time\ndef main(given, told): time.sleep(60)",
    "shout": "def main(given, told):\n    while True: told.write(b'x' * 65536)",
    "hoard": "def main(given, told): told.write(b'x' * len(bytearray(2**30)))",
    "fail": "def main(given, told): raise ValueError('no')",
    "die": "import os\ndef main(given, told): os.abort()",
    "write": "def main(given, told):\n    with open(given.read(), 'wb') as file: file.write(b'x' * 10)",
    "environment": "import os\ndef main(given, told): told.write(repr(sorted(os.environ)).encode())",
    "files": "def main(given, told):\n    kept = [open('/dev/null') for _ in range(100)]\n    told.write(b'all')",
}


def _has_no_children() -> bool:
    """Whether nothing is left of the readers; servers that the tests share are children too."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and b"confinement" in command:
            return False
    return True


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProcessSandbox:
    """A sandbox that finds the modules above beside the product's own."""
    for name, source in MODULES.items():
        (tmp_path / f"tried_{name}.py").write_text(source + "\n")
    monkeypatch.setattr(sandboxes, "ENVIRONMENT", sandboxes.ENVIRONMENT | {"PYTHONPATH": str(tmp_path)})
    return ProcessSandbox()


@pytest.mark.parametrize("given", [b"", b"some", os.urandom(900_000)])
async def test_it_answers(sandbox: ProcessSandbox, given: bytes):
    assert await sandbox.run("tried_echo", given, BOUNDS) == given


async def test_who_does_not_listen_to_the_end_may_answer(sandbox: ProcessSandbox):
    assert await sandbox.run("tried_deaf", bytes(10 * 2**20), BOUNDS) == b"enough"


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("loop", "out of time|longer than 1 s"),
        ("sleep", "it took longer than 1 s"),
        ("shout", "it told more than 1000000 bytes"),
        ("hoard", "the reader failed"),
        ("fail", "the reader failed"),
        ("die", "the reader was ended by SIGABRT"),
        ("files", "the reader failed"),
        ("missing", "the reader failed"),
    ],
)
async def test_what_breaks_its_bounds_is_ended(sandbox: ProcessSandbox, module: str, message: str):
    start = time.monotonic()

    with pytest.raises(SandboxBroke, match=message):
        await sandbox.run(f"tried_{module}", b"", Bounds(seconds=1, memory=BOUNDS.memory, answer=BOUNDS.answer))

    assert time.monotonic() - start < 5
    assert _has_no_children()


async def test_who_tells_faster_than_is_read_is_ended_too(sandbox: ProcessSandbox, monkeypatch: pytest.MonkeyPatch):
    # What was told and not read stops the pipe: asyncio then waits for it before it says that the process has ended.
    monkeypatch.setattr(sandboxes, "_CHUNK", 16)

    async with asyncio.timeout(10):
        with pytest.raises(SandboxBroke, match="it told more than"):
            await sandbox.run("tried_shout", b"", Bounds(seconds=5, memory=BOUNDS.memory, answer=100_000))

    assert _has_no_children()


async def test_it_writes_no_file(sandbox: ProcessSandbox, tmp_path: Path):
    target = tmp_path / "written"

    with pytest.raises(SandboxBroke):
        await sandbox.run("tried_write", str(target).encode(), BOUNDS)

    assert not target.exists() or target.read_bytes() == b""


async def test_it_knows_no_secret(sandbox: ProcessSandbox, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOME_SECRET", "hush")

    names = (await sandbox.run("tried_environment", b"", BOUNDS)).decode()

    assert "PYTHONPATH" in names
    assert "SECRET" not in names
    assert "PATH'" not in names.replace("PYTHONPATH'", "")


async def test_who_goes_away_leaves_no_process(sandbox: ProcessSandbox):
    waiting = asyncio.create_task(sandbox.run("tried_sleep", b"", BOUNDS))
    await asyncio.sleep(0.3)

    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert _has_no_children()


async def test_two_run_at_once_and_others_wait(sandbox: ProcessSandbox):
    answers = await asyncio.gather(*(sandbox.run("tried_echo", bytes([number]), BOUNDS) for number in range(5)))

    assert answers == [bytes([number]) for number in range(5)]


def test_bounds_are_on_the_command_line():
    assert command_of("some.module", BOUNDS)[-3:] == ["some.module", "5", "268435456"]
