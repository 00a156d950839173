"""A file as it was read, kept with its run: whatever is decided later is applied to this, and never to what came of it.

Pure.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson

from domain.companies import tables
from domain.companies.columns import match_columns
from domain.companies.reading.tables import Cell, FaultKind, FileFault
from domain.companies.reading.tables import Table as ReadTable

# The fastest: a file of 12,500 companies by 50 columns takes some 80 ms, and a third of its size.
_LEVEL: Final = 1
_KNOWN_NAMES: Final = 20


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that was left empty, or a row that was left out (`row` is then where it stands in the file)."""

    row: int
    column: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Staged:
    """The columns of a file that are fields, as texts; the names of those that are not; and what was refused."""

    names: tuple[str, ...]
    columns: Sequence[Sequence[str]]
    numbers: Sequence[int]
    unknown: tuple[str, ...]
    refused: tuple[RefusedCell, ...]
    refused_count: int

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return len(self.numbers)

    def table(self) -> tables.Table:
        """Return the columns read as numbers and texts."""
        return tables.read_table(self.names, self.columns)


def stage(read: ReadTable) -> Staged:
    """Return what is kept of a table.  Raises `FileFault` for one without rows, or without any column that is known."""
    if not read.rows:
        raise FileFault(FaultKind.EMPTY, "expected a header and rows, got a header alone")
    matching = match_columns(read.columns)
    if not matching.matched:
        names = ", ".join(read.columns[:_KNOWN_NAMES])[:200]
        raise FileFault(FaultKind.FORMAT, f"expected columns such as ticker, name and P/E, got {names}")
    positions = [matched.position for matched in matching.matched]
    columns = [[text_of(row[position]) for row in read.rows] for position in positions]
    refused = tuple(RefusedCell(each.row, each.column, each.message) for each in read.refused)
    return Staged(
        tuple(read.columns[position] for position in positions),
        columns,
        list(read.row_numbers),
        (*matching.unknown, *matching.repeated),
        refused,
        read.refused_count,
    )


def text_of(cell: Cell) -> str:
    """Return a cell as a file of text would have it: a number as the shortest text that reads as the same."""
    if cell is None:
        return ""
    if type(cell) is str:
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell.isoformat() if isinstance(cell, date) else repr(cell)


def packed(staged: Staged) -> bytes:
    """Return a staged table as bytes to store."""
    head = {
        "names": staged.names,
        "numbers": staged.numbers,
        "unknown": staged.unknown,
        "refused": [(each.row, each.column, each.message) for each in staged.refused],
        "refused_count": staged.refused_count,
    }
    # A column a line: all of them at once would keep other threads from working for a tenth of a second.
    return zlib.compress(b"\n".join(map(orjson.dumps, (head, *staged.columns))), _LEVEL)


def unpacked(content: bytes) -> Staged:
    """Return the staged table that was stored."""
    head, *columns = zlib.decompress(content).split(b"\n")
    told: dict[str, Any] = orjson.loads(head)
    return Staged(
        tuple(told["names"]),
        [orjson.loads(column) for column in columns],
        told["numbers"],
        tuple(told["unknown"]),
        tuple(RefusedCell(*each) for each in told["refused"]),
        told["refused_count"],
    )
