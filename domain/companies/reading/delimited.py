"""Reads CSV: separated by commas, semicolons, tabs or bars, quoted as RFC 4180 says."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, Final

from domain.companies.reading import child
from domain.companies.reading.encodings import encoding_of
from domain.companies.reading.gathering import Gathering
from domain.companies.reading.tables import LONGEST_CELL, FaultKind, FileFault

_SEPARATORS: Final = (",", ";", "\t", "|")
_SNIFFED: Final = 65_536
_SNIFFED_ROWS: Final = 20
# Of a line as it stands in the file: rows of numbers and names are far shorter.
_LONGEST_LINE: Final = 2**18


def main(given: BinaryIO, told: BinaryIO) -> None:
    """Read a file in a process of its own."""
    child.answer(read, given, told)


def read(data: bytes, gathering: Gathering) -> None:
    """Read a CSV file; its cells are text.  Raises `FileFault`."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = encoding_of(data)
    separator = max(_SEPARATORS, key=lambda each: _fit(data, encoding, each))
    gathering.take(_rows(data, encoding, separator))


def _rows(data: bytes, encoding: str, separator: str) -> Iterator[list[str]]:
    # Strict: a quote that is not closed would take all that follows for one cell.
    reader = csv.reader(_lines(data, encoding), delimiter=separator, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            kind = FaultKind.TOO_LONG if "field limit" in str(error) else FaultKind.FORMAT
            raise FileFault(kind, f"expected quoted or plain cells, got {str(error)!r}", row=row) from None
        yield cells


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """Return the lines with their ends: never all of them at once, nor one that is too long."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    line = 0
    while part := text.readline(_LONGEST_LINE + 1):
        line += 1
        if len(part) > _LONGEST_LINE:
            message = f"expected lines of at most {_LONGEST_LINE} characters, got a longer one"
            raise FileFault(FaultKind.TOO_LONG, message, row=line)
        yield part


def _fit(data: bytes, encoding: str, separator: str) -> tuple[int, int]:
    """Return how many separators of the first rows fit together: those of all rows of one length; and that length."""
    lengths: Counter[int] = Counter()
    try:
        for row, cells in enumerate(_rows(data[:_SNIFFED], encoding, separator)):
            if row == _SNIFFED_ROWS:
                break
            if any(cells):
                lengths[len(cells)] += 1
    except (FileFault, UnicodeError):
        # Cut off in the middle of a quoted cell, or of a character.
        pass
    return max(((rows * (length - 1), length) for length, rows in lengths.items()), default=(0, 0))
