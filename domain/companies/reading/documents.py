"""Reads JSON: an array of objects, one a row, or an object of arrays, one a column."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from domain.companies.reading import child
from domain.companies.reading.encodings import encoding_of
from domain.companies.reading.gathering import Gathering
from domain.companies.reading.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, FaultKind, FileFault

_SPACE: Final = re.compile(r"[ \t\r\n]*")
# Digits of a number: more are no number of a company, and thousands take long to read.
_LONGEST_NUMBER: Final = 40


def main(given: BinaryIO, told: BinaryIO) -> None:
    """Read a file in a process of its own."""
    child.answer(read, given, told)


def read(data: bytes, gathering: Gathering) -> None:
    """Read a JSON file.  Raises `FileFault`."""
    text = data.decode(encoding_of(data))
    try:
        columns, rows = _table(text)
    except RecursionError:
        raise FileFault(FaultKind.FORMAT, "expected values of cells, got values nested too deep") from None
    if not columns:
        raise FileFault(FaultKind.EMPTY, "expected at least one object or column, got none")
    gathering.take_columns(columns)
    gathering.take_rows(enumerate(rows, 1))


def _table(text: str) -> tuple[list[str], Iterator[list[Any]]]:
    start = _skipped(text, 0)
    if text[start : start + 1] == "[":
        return _of_objects(text, start + 1)
    if text[start : start + 1] == "{":
        return _of_columns(text, start)
    raise FileFault(FaultKind.FORMAT, "expected an array of objects or an object of arrays, got neither")


def _of_objects(text: str, place: int) -> tuple[list[str], Iterator[list[Any]]]:
    """Read object by object: many small ones would take twenty times the memory of their text."""
    columns: dict[str, int] = {}
    rows: list[list[Any]] = []
    cells = 0
    for row, pairs in enumerate(_elements(text, place), 1):
        if not isinstance(pairs, _Pairs):
            raise FileFault(FaultKind.FORMAT, "expected an object for each row, got something else", row=row)
        if row > MOST_ROWS or (cells := cells + len(pairs)) > MOST_CELLS:
            message = f"expected at most {MOST_ROWS} rows and {MOST_CELLS} cells, got more"
            raise FileFault(FaultKind.TOO_MANY_ROWS, message, row=row)
        rows.append(_placed(pairs, columns, row))
    return list(columns), iter(rows)


def _placed(pairs: "_Pairs", columns: dict[str, int], row: int) -> list[Any]:
    found: list[Any] = [None] * len(columns)
    seen: set[str] = set()
    for name, value in pairs:
        if name in seen:
            raise FileFault(FaultKind.FORMAT, "expected each name once, got one twice", row=row, column=name[:100])
        seen.add(name)
        place = columns.setdefault(name, len(columns))
        if place >= MOST_COLUMNS:
            message = f"expected at most {MOST_COLUMNS} columns, got more"
            raise FileFault(FaultKind.TOO_MANY_COLUMNS, message, row=row)
        if place == len(found):
            found.append(None)
        found[place] = {} if isinstance(value, _Pairs) else value
    return found


def _of_columns(text: str, place: int) -> tuple[list[str], Iterator[list[Any]]]:
    pairs, end = _decoded(text, place, None)
    if _skipped(text, end) != len(text):
        raise FileFault(FaultKind.FORMAT, "expected nothing behind the object, got more")
    if len(pairs) > MOST_COLUMNS:
        raise FileFault(FaultKind.TOO_MANY_COLUMNS, f"expected at most {MOST_COLUMNS} columns, got {len(pairs)}")
    length = None
    for name, values in pairs:
        if not isinstance(values, list) or isinstance(values, _Pairs):
            raise FileFault(
                FaultKind.FORMAT, "expected an array for each column, got something else", column=name[:100]
            )
        if length is not None and len(values) != length:
            message = f"expected columns of one length, {length}, got one of {len(values)}"
            raise FileFault(FaultKind.FORMAT, message, column=name[:100])
        length = len(values)
    names = [name for name, _ in pairs]
    rows = zip(*(values for _, values in pairs), strict=True)
    return names, ([{} if isinstance(each, _Pairs) else each for each in row] for row in rows)


class _Pairs(list[tuple[str, Any]]):
    """The names and values of an object, also those that are there twice."""


def _integer(digits: str) -> int:
    # What is cut off is too large for 64 bits all the same.
    return int(digits[:_LONGEST_NUMBER])


_read_at: Final = json.JSONDecoder(object_pairs_hook=_Pairs, parse_int=_integer, parse_constant=float).raw_decode


def _decoded(text: str, place: int, row: int | None) -> tuple[Any, int]:
    try:
        return _read_at(text, place)
    except json.JSONDecodeError as error:
        message = f"expected JSON, got something else at line {error.lineno}, column {error.colno}"
        raise FileFault(FaultKind.FORMAT, message, row=row) from None


def _elements(text: str, place: int) -> Iterator[Any]:
    """Return the elements of an array whose bracket stands before this place."""
    row = 0
    place = _skipped(text, place)
    while text[place : place + 1] != "]" or row:
        row += 1
        found, place = _decoded(text, place, row)
        yield found
        place = _skipped(text, place)
        sign = text[place : place + 1]
        if sign == "]":
            break
        if sign != ",":
            raise FileFault(FaultKind.FORMAT, f"expected a comma or a closing bracket, got {sign!r}", row=row)
        place = _skipped(text, place + 1)
    if _skipped(text, place + 1) != len(text):
        raise FileFault(FaultKind.FORMAT, "expected nothing behind the array, got more")


def _skipped(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    assert found is not None
    return found.end()
