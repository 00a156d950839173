"""Looks through the archive that a workbook is, before anything reads it: what it unpacks to, and what it
must not hold.

Nothing that the archive says of itself is believed: each entry is unpacked, part by part, and thrown away.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from domain.companies.reading.tables import MOST_RATIO, MOST_UNPACKED, FaultKind, FileFault

_END: Final = b"PK\x05\x06"
_LONGEST_COMMENT: Final = 65_535
# Of the directory: a workbook has some dozen entries of about 70 bytes.
_LONGEST_DIRECTORY: Final = 2**17
_MOST_ENTRIES: Final = 1_000
_LOCAL_HEADER: Final = 30
# What is smaller may be packed any further: empty styles are.
_RATIO_COUNTS_FROM: Final = 2**20
_CHUNK: Final = 2**16
_LINK: Final = 0o120000
_KIND_OF_FILE: Final = 0o170000
_ENCRYPTED: Final = 0x1
_MACROS: Final = ("vbaproject", "macrosheets/", "dialogsheets/", "activex/")
_ARCHIVES: Final = (".zip", ".xlsx", ".xlsm", ".xlsb", ".xls", ".docx", ".7z", ".gz", ".jar")
_XML: Final = (".xml", ".rels", ".vml")
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# A cell in a column past ZZ or a row past 99,999: a grid that reaches there would be filled with empty cells.
_FAR_CELL: Final = re.compile(rb"""\br=["'](?:[A-Z]{3}|[A-Z]{0,2}[0-9]{6})""")
# The longest that a search across two parts must not miss.
_OVERLAP: Final = 16


def check(data: bytes) -> set[str]:
    """Return the names of the entries of an archive that may be read.  Raises `FileFault`."""
    entries = _entries(data)
    if not entries or len(entries) > _MOST_ENTRIES:
        raise FileFault(FaultKind.FORMAT, f"expected a workbook of 1 to {_MOST_ENTRIES} entries, got {len(entries)}")
    names = [entry.filename for entry in entries]
    if len(set(map(str.casefold, names))) < len(names):
        raise FileFault(FaultKind.ACTIVE_CONTENT, "expected entries of different names, got two of one name")
    for entry in entries:
        _check_entry(entry)
    _check_places(entries, len(data))
    _check_size(sum(entry.file_size for entry in entries), len(data))
    left = MOST_UNPACKED
    for entry in entries:
        left -= _check_content(data, entry, left)
    return set(names)


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    # Whoever packs 200,000 empty entries into 10 MB would have them all read by `zipfile` first.
    place = data.rfind(_END, max(0, len(data) - _LONGEST_COMMENT - 22))
    if place < 0 or len(data) < place + 22:
        raise FileFault(FaultKind.FORMAT, "expected a workbook, got an archive without an end")
    count, length = struct.unpack_from("<HI", data, place + 10)
    if count > _MOST_ENTRIES or length > _LONGEST_DIRECTORY:
        message = f"expected an archive of at most {_MOST_ENTRIES} entries, got a directory of {length} bytes"
        raise FileFault(FaultKind.UNPACKS_TOO_FAR, message)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError):
        raise FileFault(FaultKind.FORMAT, "expected a workbook, got an archive that is broken") from None


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.casefold()
    shown = repr(entry.filename[:100])
    if entry.flag_bits & _ENCRYPTED:
        raise FileFault(FaultKind.FORMAT, f"expected a workbook without a password, got {shown} encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileFault(FaultKind.FORMAT, f"expected entries packed by deflate, got {shown} packed otherwise")
    if entry.external_attr >> 16 & _KIND_OF_FILE == _LINK:
        raise FileFault(FaultKind.ACTIVE_CONTENT, f"expected files, got a symbolic link {shown}")
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
        raise FileFault(FaultKind.ACTIVE_CONTENT, f"expected names inside the workbook, got {shown}")
    if any(part in name for part in _MACROS):
        raise FileFault(FaultKind.ACTIVE_CONTENT, f"expected a workbook without macros, got {shown}")
    if name.endswith(_ARCHIVES):
        raise FileFault(FaultKind.ACTIVE_CONTENT, f"expected no archive inside the workbook, got {shown}")


def _check_places(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Entries that share bytes unpack to far more than the archive has."""
    free = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < free:
            raise FileFault(
                FaultKind.UNPACKS_TOO_FAR,
                f"expected entries one after another, got {entry.filename[:100]!r} over another one",
            )
        free = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    if free > end:
        raise FileFault(FaultKind.FORMAT, "expected a whole workbook, got one that is cut off")


def _check_size(unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED or (unpacked > _RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed):
        message = (
            f"expected at most {MOST_UNPACKED} bytes unpacked, and {MOST_RATIO} times those packed ({packed}), "
            f"got {unpacked}"
        )
        raise FileFault(FaultKind.UNPACKS_TOO_FAR, message)


def _check_content(data: bytes, entry: zipfile.ZipInfo, most: int) -> int:
    """Return to how many bytes an entry unpacks."""
    size, is_xml, before = 0, entry.filename.casefold().endswith(_XML), b""
    for part in _unpacked(data, entry):
        if size == 0:
            _check_beginning(part, entry.filename, is_xml=is_xml)
        size += len(part)
        if size > most or size > entry.file_size:
            _check_size(max(size, most + 1), entry.compress_size)
        if is_xml:
            _check_xml(before + part, entry.filename)
            before = part[-_OVERLAP:]
    if size != entry.file_size:
        raise FileFault(FaultKind.FORMAT, f"expected {entry.file_size} bytes of {entry.filename[:100]!r}, got {size}")
    if size > _RATIO_COUNTS_FROM and size > MOST_RATIO * entry.compress_size:
        _check_size(size, entry.compress_size)
    return size


def _check_beginning(part: bytes, name: str, *, is_xml: bool) -> None:
    if part.startswith(b"PK\x03\x04"):
        raise FileFault(FaultKind.ACTIVE_CONTENT, f"expected no archive inside the workbook, got {name[:100]!r}")
    # In UTF-16 a declaration would be spelled otherwise.
    if is_xml and (part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in part[:64]):
        raise FileFault(FaultKind.ENCODING, f"expected XML in UTF-8, got {name[:100]!r} in another encoding")


def _check_xml(part: bytes, name: str) -> None:
    if _DECLARATION.search(part):
        raise FileFault(FaultKind.ACTIVE_CONTENT, f"expected XML without a document type, got one in {name[:100]!r}")
    if "worksheets/" in name and (found := _FAR_CELL.search(part)):
        where = part[found.start() + 3 : found.start() + 14].decode("ascii", "replace").partition('"')[0]
        raise FileFault(FaultKind.TOO_LARGE, f"expected cells up to ZZ99999, got one at {where}")


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    start = entry.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise FileFault(FaultKind.FORMAT, f"expected an entry {entry.filename[:100]!r}, got none")
    name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
    start += _LOCAL_HEADER + name_length + extra_length
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        for place in range(0, len(packed), _CHUNK):
            yield bytes(packed[place : place + _CHUNK])
        return
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for place in range(0, len(packed), _CHUNK):
            waiting: bytes | memoryview = packed[place : place + _CHUNK]
            while waiting:
                yield unpacking.decompress(waiting, _CHUNK)
                waiting = unpacking.unconsumed_tail
        yield unpacking.flush()
    except zlib.error:
        raise FileFault(
            FaultKind.FORMAT, f"expected {entry.filename[:100]!r} packed by deflate, got other bytes"
        ) from None
