"""Runs modules in processes of their own, and kills what does not come to an end."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Final

from domain.kernel.sandbox import Bounds, SandboxBroke

ROOT: Final = Path(__file__).resolve().parents[2]
_CONFINEMENT: Final = "domain.infra.confinement"
# At once: two hostile files may take the bounds of both.
_MOST: Final = 2
_CHUNK: Final = 2**16
# The process's whole environment: what is secret in ours is not in its.
ENVIRONMENT: Final = {
    "PYTHONIOENCODING": "utf-8",
    # Arrow's own allocator reserves more memory than the process may have.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "ARROW_IO_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # Each thread's own part of glibc's memory would count as 64 MB.
    "MALLOC_ARENA_MAX": "1",
}


def command_of(module: str, bounds: Bounds) -> list[str]:
    """Return what runs a module within bounds, in the folder `ROOT` and with the environment `ENVIRONMENT`."""
    return [sys.executable, "-B", "-m", _CONFINEMENT, module, str(bounds.seconds), str(bounds.memory)]


class ProcessSandbox:
    """A new process for each run: it starts in 30 ms, and what a hostile file did to one ends with it."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_MOST)

    async def run(self, module: str, given: bytes, bounds: Bounds) -> bytes:
        """Call `main(given, told)` of a module, and return what it told.  Raises `SandboxBroke`."""
        async with self._free:
            process = await asyncio.create_subprocess_exec(
                *command_of(module, bounds),
                stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT, env=ENVIRONMENT, start_new_session=True,
            )  # fmt: skip
            try:
                async with asyncio.timeout(bounds.seconds):
                    _, told = await asyncio.gather(_give(process, given), _listen(process, bounds.answer))
                    code = await process.wait()
            except TimeoutError:
                raise SandboxBroke(f"it took longer than {bounds.seconds} s") from None
            finally:
                await _end(process)
        if code:
            raise SandboxBroke(_death(code))
        return told


async def _give(process: Process, given: bytes) -> None:
    assert process.stdin is not None
    # Who has answered without reading all of it has closed its end.
    with suppress(BrokenPipeError, ConnectionResetError):
        for start in range(0, len(given), _CHUNK):
            process.stdin.write(given[start : start + _CHUNK])
            await process.stdin.drain()
    process.stdin.close()


async def _listen(process: Process, most: int) -> bytes:
    assert process.stdout is not None
    told = bytearray()
    while part := await process.stdout.read(_CHUNK):
        told += part
        if len(told) > most:
            raise SandboxBroke(f"it told more than {most} bytes")
    return bytes(told)


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    # Also where whoever waited for the answer has gone.
    await asyncio.shield(_reap(process))


async def _reap(process: Process) -> None:
    # asyncio does not see the end of a process while some of what it told waits to be read.
    assert process.stdout is not None
    while await process.stdout.read(_CHUNK):
        pass
    await process.wait()


def _death(code: int) -> str:
    if code > 0:
        return "the reader failed"
    if -code == getattr(signal, "SIGXCPU", None):
        return "the reader ran out of time"
    why = ", most likely for want of memory" if -code == signal.SIGABRT else ""
    return f"the reader was ended by {signal.Signals(-code).name}{why}"
