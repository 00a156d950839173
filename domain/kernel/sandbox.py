"""Running what reads hostile bytes where it can do no harm."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one run may take: seconds, of the clock and of a processor; bytes of memory; bytes of its answer."""

    seconds: int
    memory: int
    answer: int


class SandboxBroke(Exception):
    """A run did not come to an answer within its bounds; the message says what it did instead, as `it took …`."""


class Sandbox(Protocol):
    """Runs a module in a process of its own, that has no secrets of ours, and answers in bytes.

    It can open no socket of ours and write no file, but nothing keeps it from the network: what stands behind an
    address that only this machine reaches needs a password of its own.
    """

    async def run(self, module: str, given: bytes, bounds: Bounds) -> bytes:
        """Call `main(given, told)` of a module, two binary streams, and return what it told.  Raises `SandboxBroke`."""
        ...
