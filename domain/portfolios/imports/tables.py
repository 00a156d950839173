"""The text of a file to its table: where the header stands, what separates columns, and which line a row begins at."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.kernel.errors import InvalidInput
from domain.kernel.text import forbidden_character
from domain.portfolios.imports.mapping import Field, Format

MOST_ROWS: Final = 50_000
# A preamble longer than this is none.
_HEADER_WITHIN: Final = 40
_SAMPLE: Final = 65_536
_SEPARATORS: Final = (",", ";", "\t", "|")
# A quoted text over more lines is one whose quote was never closed.
_MOST_LINES: Final = 50


@dataclass(frozen=True, slots=True)
class Record:
    """The cells that begin at a line, counted from 1; `lines` is over how many they run."""

    line: int
    cells: Sequence[str]
    lines: int

    @property
    def is_unclosed(self) -> bool:
        """Whether a quote in it was most likely not closed."""
        return self.lines > _MOST_LINES


@dataclass(frozen=True, slots=True)
class Table:
    """A file of a known format: where each column stands, its rows, and the lines before the header.

    `is_clean`: no character of the file is one that no text may have.
    """

    format: Format
    separator: str
    header: Sequence[str]
    columns: Mapping[Field, int]
    records: Sequence[Record]
    preamble: str
    is_clean: bool


def table_of(text: str, formats: Iterable[Format]) -> Table:
    """Return the table of the format that fits its header best.  Raises `InvalidInput`."""
    formats = list(formats)
    found_format, separator, place = _best(text, formats)
    found = _records(text, separator)
    before: list[str] = []
    for _ in range(place):
        before.extend(next(found).cells)
    header = [_name(cell) for cell in next(found).cells]
    columns = columns_of(found_format, header)
    records: list[Record] = []
    for record in found:
        if not any(cell and not cell.isspace() for cell in record.cells):
            continue
        # Some exports repeat the header before each section.
        if _name(record.cells[0]) == header[0] and [_name(cell) for cell in record.cells] == header:
            continue
        if len(records) == MOST_ROWS:
            raise InvalidInput(f"expected at most {MOST_ROWS} rows, got more: split the file", field=("file_id",))
        records.append(record)
    return Table(found_format, separator, header, columns, records, " ".join(before), forbidden_character(text) is None)


def columns_of(kind: Format, header: Sequence[str]) -> dict[Field, int]:
    """Return where the columns of a format stand in a header of names in lower case."""
    return {
        field: next(header.index(name) for name in names if name in header)
        for field, names in kind.columns.items()
        if any(name in header for name in names)
    }


def _best(text: str, formats: Sequence[Format]) -> tuple[Format, str, int]:
    best: tuple[int, Format, str, int] | None = None
    for separator in _SEPARATORS:
        for place, record in enumerate(_sample(text, separator)):
            header = [_name(cell) for cell in record.cells]
            for kind in formats:
                columns = columns_of(kind, header)
                if all(field in columns for field in kind.required) and (best is None or len(columns) > best[0]):
                    best = (len(columns), kind, separator, place)
    if best is None:
        raise InvalidInput(_missing(formats), field=("file_id",))
    return best[1:]


def _missing(formats: Sequence[Format]) -> str:
    if len(formats) == 1:
        names = ", ".join(formats[0].columns[field][0] for field in formats[0].required)
        return f"expected a header with the columns {names} in the first {_HEADER_WITHIN} lines, got none"
    known = ", ".join(sorted(kind.name for kind in formats))
    return f"expected the header of a known format ({known}) in the first {_HEADER_WITHIN} lines, got none"


def _sample(text: str, separator: str) -> Iterator[Record]:
    try:
        for place, record in enumerate(_records(text[:_SAMPLE], separator)):
            if place == _HEADER_WITHIN:
                return
            yield record
    except InvalidInput:
        # By another separator it may be read; if by none, the header is missing.
        return


def _records(text: str, separator: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidInput(f"expected separated columns in line {line}, got: {error}", field=("file_id",)) from None
        if cells:
            yield Record(line, cells, reader.line_num - line + 1)
        line = reader.line_num + 1


def _name(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).casefold()
