"""What runs of a reader in a process of its own: bytes in, a table or a fault out."""

from collections.abc import Callable
from typing import BinaryIO

from domain.companies.reading.gathering import Gathering
from domain.companies.reading.tables import MOST_PACKED, FaultKind, FileFault
from domain.companies.reading.wire import TableWriter

Read = Callable[[bytes, Gathering], None]


def answer(read: Read, given: BinaryIO, told: BinaryIO) -> None:
    """Read one file, and write what comes of it."""
    writer = TableWriter(told)
    try:
        data = given.read(MOST_PACKED + 1)
        read(data, Gathering(writer))
    except FileFault as fault:
        writer.fault(fault)
    except MemoryError:
        message = "expected a file that can be read within the memory there is for it, got one that needs more"
        writer.fault(FileFault(FaultKind.TOO_LARGE, message))
