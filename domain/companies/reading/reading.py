"""A file's bytes to its table: read in a process of its own, with bounds on its time and memory."""

import re
from importlib.util import find_spec
from typing import Final

from domain.companies.reading.tables import MOST_PACKED, FaultKind, FileFault, FileFormat, Table
from domain.companies.reading.wire import table_from
from domain.kernel.ports import Compute
from domain.kernel.sandbox import Bounds, Sandbox, SandboxBroke

# A file of 800,000 cells takes about 1.5 s and 120 MB.  Memory is counted as addresses, of which Arrow takes more than
# it fills.
_BOUNDS: Final = Bounds(seconds=10, memory=256 * 2**20, answer=32 * 2**20)
_BOUNDS_OF_ARROW: Final = Bounds(seconds=10, memory=512 * 2**20, answer=32 * 2**20)
READERS: Final = {
    FileFormat.CSV: "domain.companies.reading.delimited",
    FileFormat.JSON: "domain.companies.reading.documents",
    FileFormat.XLSX: "domain.companies.reading.workbooks",
    FileFormat.XLSB: "domain.companies.reading.workbooks",
    FileFormat.PARQUET: "domain.companies.reading.parquet",
}
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook, or one with a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\x89PNG", "a picture"),
)
_XLSB_ENTRY: Final = b"xl/workbook.bin"
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


async def read_table(data: bytes, *, sandbox: Sandbox, compute: Compute) -> Table:
    """Return the table that a file of any known format holds.  Raises `FileFault`."""
    kind = format_of(data)
    if kind is FileFormat.PARQUET and find_spec("pyarrow") is None:
        raise FileFault(FaultKind.FORMAT, "expected the extra `parquet` to be installed, which reads Parquet files")
    try:
        answer = await sandbox.run(READERS[kind], data, bounds_of(kind))
    except SandboxBroke as error:
        raise FileFault(
            FaultKind.READER_BROKE, f"expected a file that can be read, got one over which {error}"
        ) from None
    return await compute.run(table_from, answer, kind)


def bounds_of(kind: FileFormat) -> Bounds:
    """Return what reading a file of this format may take."""
    return _BOUNDS_OF_ARROW if kind is FileFormat.PARQUET else _BOUNDS


def format_of(data: bytes) -> FileFormat:
    """Return the format of a file by its first bytes: its name may say anything.  Raises `FileFault`."""
    if len(data) > MOST_PACKED:
        raise FileFault(FaultKind.TOO_LARGE, f"expected a file of at most {MOST_PACKED} bytes, got {len(data)}")
    if not data:
        raise FileFault(FaultKind.EMPTY, "expected a header and rows, got an empty file")
    for start, what in _OTHERS:
        if data.startswith(start):
            raise FileFault(FaultKind.FORMAT, f"expected CSV, JSON, XLSX, XLSB or Parquet, got {what}")
    if data.startswith(b"PK"):
        return FileFormat.XLSB if _XLSB_ENTRY in data else FileFormat.XLSX
    if data.startswith((b"PAR1", b"PARE")):
        return FileFormat.PARQUET
    return FileFormat.JSON if _JSON.match(_without_nothing(data[:64])) else FileFormat.CSV


def _without_nothing(start: bytes) -> bytes:
    """In UTF-16 every second byte is nothing."""
    return start.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
