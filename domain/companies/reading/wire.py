"""How a table comes out of the process that read it: lines of JSON, never anything that could be run.

First the columns, then each row as its number and its cells, then what was refused and how many rows there were; or a
fault, alone or behind rows that then count for nothing.
"""

import json
from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, Final

from domain.companies.reading.tables import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    Cell,
    FaultKind,
    FileFault,
    FileFormat,
    Refused,
    Table,
)

_DATE: Final = "date"
_PLAIN: Final = frozenset({str, float, int, bool, type(None)})
_encode: Final = json.JSONEncoder(
    allow_nan=False, check_circular=False, separators=(",", ":"), default=lambda day: {_DATE: day.isoformat()}
).encode


class TableWriter:
    """Writes a table, row by row."""

    def __init__(self, answer: BinaryIO) -> None:
        self._answer = answer

    def columns(self, names: Sequence[str]) -> None:
        """Write the columns: once, and first."""
        self._write({"columns": list(names)})

    def row(self, number: int, cells: Sequence[Cell]) -> None:
        """Write a row."""
        self._write([number, *cells])

    def end(self, rows: int, refused: Sequence[Refused], refused_count: int) -> None:
        """Write what was refused: once, and last."""
        told = [[each.row, each.column, each.kind, each.message] for each in refused]
        self._write({"rows": rows, "refused": told, "refused_count": refused_count})

    def fault(self, fault: FileFault) -> None:
        """Write that all is refused."""
        self._write({"fault": fault.kind, "message": fault.message, "row": fault.row, "column": fault.column})

    def _write(self, line: object) -> None:
        self._answer.write(_encode(line).encode("ascii") + b"\n")


def table_from(answer: bytes, kind: FileFormat) -> Table:
    """Return the table that was written.  Raises `FileFault`: the one that was written, or `READER_BROKE` for anything
    that is no table, since what reads a hostile file may have been taken over by it.
    """
    try:
        return _table(answer, kind)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise FileFault(FaultKind.READER_BROKE, "expected a table from the reader, got something else") from None


def _table(answer: bytes, kind: FileFormat) -> Table:
    lines = answer.splitlines()
    last = json.loads(lines[-1])
    if "fault" in last:
        raise FileFault(FaultKind(last["fault"]), _text(last["message"]), row=last["row"], column=last["column"])
    columns = tuple(map(_text, json.loads(lines[0])["columns"]))
    if not 0 < len(columns) <= MOST_COLUMNS or (len(lines) - 2) * len(columns) > MOST_CELLS:
        raise ValueError("too large")
    rows: list[tuple[Cell, ...]] = []
    numbers = array("I")
    known: dict[str, str] = {}
    for line in lines[1:-1]:
        number, *cells = json.loads(line)
        if len(cells) != len(columns):
            raise ValueError("a row of another length")
        numbers.append(number)
        rows.append(tuple(_cells(cells, known)))
    if last["rows"] != len(rows):
        raise ValueError("rows are missing")
    refused = tuple(
        Refused(int(row), column if column is None else _text(column), FaultKind(why), _text(message))
        for row, column, why, message in last["refused"]
    )
    return Table(kind, columns, rows, numbers, refused, int(last["refused_count"]))


def _cells(cells: list[Any], known: dict[str, str]) -> list[Cell]:
    """Return the cells of a row; texts that are equal, as those of sectors, become one object."""
    types = set(map(type, cells))
    if not types <= _PLAIN:
        cells = [date.fromisoformat(cell[_DATE]) if isinstance(cell, dict) else cell for cell in cells]
        if not set(map(type, cells)) <= _PLAIN | {date}:
            raise ValueError("no cell")
    if str in types:
        return [known.setdefault(cell, cell) if type(cell) is str else cell for cell in cells]
    return cells


def _text(text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_CELL:
        raise TypeError("no text")
    return text
