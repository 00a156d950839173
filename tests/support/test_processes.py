"""Processes that tests start are waited for, ended in every way, and read."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.processes import Process, ProcessFailed
from tests.support.servers import free_port


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    module = ["http.server", "--bind", "127.0.0.1", str(free_port())]
    made = Process("server", module, {"PYTHONUNBUFFERED": "1"}, tmp_path, "Serving HTTP")
    yield made
    made.kill()


async def test_it_is_started_and_ended(process: Process) -> None:
    assert (process.is_running, process.exit_status) == (False, None)
    assert await process.start() < 10
    assert await process.is_ready()

    assert await process.end() < 5
    assert (process.is_running, process.exit_status) == (False, -signal.SIGTERM)
    assert await process.end() < 0.1
    with pytest.raises(ProcessFailed, match="expected server to run"):
        _ = process.pid


async def test_it_is_killed_and_started_again(process: Process) -> None:
    await process.start()
    first = process.pid
    process.kill()
    assert process.exit_status == -signal.SIGKILL

    await process.start()

    assert process.pid != first
    assert process.said().count("Serving HTTP") == 2


async def test_who_does_not_end_is_killed(process: Process) -> None:
    await process.start()
    async with process.frozen():
        began = time.monotonic()
        with pytest.raises(ProcessFailed, match=r"expected server to end within 0\.3 s"):
            await process.end(signal.SIGINT, seconds=0.3)

    assert time.monotonic() - began < 5
    assert process.exit_status == -signal.SIGKILL


async def test_what_cannot_start_says_why_and_a_traceback_is_found(tmp_path: Path) -> None:
    broken = Process("broken", ["tests.support.test_processes.nowhere"], {}, tmp_path, "ready")

    with pytest.raises(ProcessFailed, match="ModuleNotFoundError"):
        await broken.start()
    broken.check_log()
    place = broken.log_size()
    broken.log.write_text(broken.said() + "Traceback (most recent call last):\n  it broke\n")
    with pytest.raises(ProcessFailed, match="it broke"):
        broken.check_log(place)
