"""What a process of the sandbox runs: `python -m domain.infra.confinement MODULE SECONDS BYTES`.

It bounds itself, then calls `main(stdin, stdout)` of the module.
"""

import sys
from importlib import import_module

if sys.platform != "win32":
    import resource

# Files open at once: those of three streams, and of what is being imported.
_FILES = 32


def confine(seconds: int, memory: int) -> None:
    """Bound this process for good: its memory, its time on a processor, its open files; no file grows, no core is
    dumped.  Windows has no such bounds: there it ends by the clock of whoever started it alone.
    """
    if sys.platform == "win32":
        return
    # At the first bound the system says why it ends the process, by SIGXCPU; at the second it only does.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    confine(int(sys.argv[2]), int(sys.argv[3]))
    import_module(sys.argv[1]).main(sys.stdin.buffer, sys.stdout.buffer)
    sys.stdout.buffer.flush()
