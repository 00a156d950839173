"""Rows as a reader finds them, to a table as it is written: where the header stands, what its columns are called, and
which cells are refused.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from domain.companies.columns import is_header
from domain.companies.reading.tables import (
    LONGEST_CELL,
    LONGEST_HEADER,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_REFUSED,
    MOST_ROWS,
    Cell,
    FaultKind,
    FileFault,
    Refused,
)
from domain.companies.reading.wire import TableWriter
from domain.kernel.text import forbidden_character

# A title, a date or a note may stand before the header.
HEADER_WITHIN: Final = 20
_LARGEST_INTEGER: Final = 2**63
# What a spreadsheet would run: `=…`, in full width too, and what older ones take for the same, such as `+cmd|'…'!A1` or
# `@SUM(…)`.  A lone sign, `-`, `+5.1%` and `@name` are data.
_FORMULA: Final = re.compile(r"\s*(?:[=＝]|[-+@－＋＠][^\W\d_][\w.]*[(|!])")

Row = Sequence[Any]


class Gathering:
    """Takes the rows of one file, and writes them as a table.  Methods raise `FileFault`."""

    def __init__(self, writer: TableWriter) -> None:
        self._writer = writer
        self._columns: list[str] = []
        self._rows = 0
        self._refused: list[Refused] = []
        self._refused_count = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Take all rows.

        The header is the first of 20 with names of fields, or else the first filled over more than half of the widest.
        """
        numbered = ((number, row) for number, row in enumerate(map(_trimmed, rows), 1) if row)
        first = list(islice(numbered, HEADER_WITHIN))
        if not first:
            raise FileFault(FaultKind.EMPTY, "expected a header and rows, got none")
        filled = [sum(not _is_empty(cell) for cell in row) for _, row in first]
        wide = next(place for place, count in enumerate(filled) if 2 * count > max(filled))
        place = next((place for place, (_, row) in enumerate(first) if is_header(row)), wide)
        number, header = first[place]
        self.take_columns(header, number)
        self.take_rows(_chained(first[place + 1 :], numbered))

    def take_columns(self, names: Row, number: int = 1) -> None:
        """Take the header, which stands in this row; those without a name, or with another's, are given one."""
        if len(names) > MOST_COLUMNS:
            raise FileFault(
                FaultKind.TOO_MANY_COLUMNS, f"expected at most {MOST_COLUMNS} columns, got {len(names)}", row=number
            )
        seen: set[str] = set()
        for place, given in enumerate(names, 1):
            name = _name(given, place, number)
            count, free = 1, name
            while free in seen:
                count += 1
                free = f"{name} ({count})"
            seen.add(free)
            self._columns.append(free)
        self._writer.columns(self._columns)

    def take_rows(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Take rows with where they stand, and end the table."""
        width = len(self._columns)
        most = min(MOST_ROWS, MOST_CELLS // width)
        for number, row in rows:
            if len(row) > width:
                self.refuse(number, None, FaultKind.ROW_LENGTH, f"expected {width} cells, got {len(row)}")
                continue
            if self._rows == most:
                message = f"expected at most {most} rows of {width} columns, got more: split the file"
                raise FileFault(FaultKind.TOO_MANY_ROWS, message, row=number)
            cells = [self._cell(cell, number, place) for place, cell in enumerate(row)]
            self._writer.row(number, cells + [None] * (width - len(cells)))
            self._rows += 1
        self._writer.end(self._rows, self._refused, self._refused_count)

    def refuse(self, row: int, column: str | None, kind: FaultKind, message: str) -> None:
        """Note that a cell or a row is refused."""
        self._refused_count += 1
        if len(self._refused) < MOST_REFUSED:
            self._refused.append(Refused(row, column, kind, message))

    def _cell(self, given: Any, row: int, place: int) -> Cell:
        if type(given) is str:
            return self._text(given, row, place)
        if given is None or _is_number(given):
            return given  # type: ignore[no-any-return]
        if isinstance(given, date | time):
            return _day(given)
        message = f"expected a text, a finite number, a truth value or a date, got {_shown(given)}"
        self.refuse(row, self._columns[place], FaultKind.NOT_A_VALUE, message)
        return None

    def _text(self, given: str, row: int, place: int) -> Cell:
        if len(given) > LONGEST_CELL:
            message = f"expected at most {LONGEST_CELL} characters, got {len(given)}"
            raise FileFault(FaultKind.TOO_LONG, message, row=row, column=self._columns[place])
        text = given.strip()
        if not text:
            return None
        if not text.isprintable() and (found := forbidden_character(text)) is not None:
            self.refuse(row, self._columns[place], FaultKind.CHARACTER, f"expected text, got one with {found}")
            return None
        if text[0] in "=＝-+@－＋＠" and _FORMULA.match(text):
            self.refuse(
                row, self._columns[place], FaultKind.FORMULA, f"expected a value, got the formula {text[:40]!r}"
            )
            return None
        return text


def _trimmed(row: Row) -> Row:
    """Return a row without what is empty at its end."""
    length = len(row)
    while length and _is_empty(row[length - 1]):
        length -= 1
    return row[:length]


def _is_empty(cell: Any) -> bool:
    return cell is None or (type(cell) is str and (not cell or cell.isspace()))


def _chained(first: list[tuple[int, Row]], rest: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    yield from first
    yield from rest


def _name(given: Any, place: int, row: int) -> str:
    name = "" if given is None else " ".join(str(given).split())
    if len(name) > LONGEST_HEADER:
        message = f"expected a name of at most {LONGEST_HEADER} characters, got {len(name)}"
        raise FileFault(FaultKind.TOO_LONG, message, row=row, column=f"column {place}")
    if (found := forbidden_character(name)) is not None:
        raise FileFault(
            FaultKind.CHARACTER, f"expected a name, got one with {found}", row=row, column=f"column {place}"
        )
    return name or f"column {place}"


def _is_number(given: Any) -> bool:
    """Whether this is a truth value, or a number that JSON and 64 bits hold."""
    if isinstance(given, float):
        return math.isfinite(given)
    return isinstance(given, int) and -_LARGEST_INTEGER <= given < _LARGEST_INTEGER


def _day(given: date | time) -> Cell:
    """Return a day; as text, where there is a time of day as well."""
    if isinstance(given, datetime):
        return given.date() if given.time() == time() and given.tzinfo is None else given.isoformat()
    return given if isinstance(given, date) else given.isoformat()


def _shown(given: Any) -> str:
    if isinstance(given, float):
        return repr(given)
    if isinstance(given, int):
        return "an integer of more than 64 bits"
    if isinstance(given, list | dict):
        return "a list" if isinstance(given, list) else "an object"
    return "bytes" if isinstance(given, bytes) else "another kind of value"
