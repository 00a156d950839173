"""Reads a file as the sandbox does, and measures the process that does."""

import subprocess
import sys
import time
from dataclasses import dataclass

from domain.companies.reading.reading import READERS, bounds_of, format_of
from domain.infra.sandbox import ENVIRONMENT, ROOT, command_of

# A process between, since what a process starts is charged with the memory of who started it.
_BETWEEN = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
sys.stderr.write(f"\\n{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss} {status}")
"""


@dataclass(frozen=True)
class Measured:
    """What a reading told, and what it took: seconds of the clock and of a processor, MiB of memory at most."""

    told: bytes
    status: int
    wall: float
    seconds: float
    mebibytes: float


def measured(data: bytes) -> Measured:
    """Read a file, and measure it."""
    kind = format_of(data)
    command = command_of(READERS[kind], bounds_of(kind))
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-S", "-c", _BETWEEN, *command],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env=ENVIRONMENT,
        check=True,
    )
    wall = time.perf_counter() - start
    seconds, kibibytes, status = run.stderr.rpartition(b"\n")[2].split()
    return Measured(run.stdout, int(status), wall, float(seconds), int(kibibytes) / 1024)
