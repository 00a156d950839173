"""What a file of companies comes to, whatever its format: one table, and what was refused of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

# Of text as it stands in the file: numbers in CSV stay text, since only a column's meaning says how to read them.
Cell = str | float | int | bool | date | None

MOST_PACKED: Final = 10 * 2**20
MOST_UNPACKED: Final = 50 * 2**20
MOST_RATIO: Final = 100
MOST_COLUMNS: Final = 500
MOST_ROWS: Final = 50_000
# 12,500 companies by 64 columns.
MOST_CELLS: Final = 800_000
LONGEST_CELL: Final = 10_000
LONGEST_HEADER: Final = 200
# More are counted, and not told one by one.
MOST_REFUSED: Final = 1_000


class FileFormat(StrEnum):
    """The formats that are read."""

    CSV = "CSV"
    JSON = "JSON"
    XLSX = "XLSX"
    XLSB = "XLSB"
    PARQUET = "PARQUET"


class FaultKind(StrEnum):
    """Why a file, or one row or cell of it, is refused."""

    TOO_LARGE = "TOO_LARGE"
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"
    TOO_MANY_ROWS = "TOO_MANY_ROWS"
    TOO_LONG = "TOO_LONG"
    # Unpacked, it would be far more than it is: a bomb.
    UNPACKS_TOO_FAR = "UNPACKS_TOO_FAR"
    ENCODING = "ENCODING"
    CHARACTER = "CHARACTER"
    FORMAT = "FORMAT"
    # Entities, links, macros, archives inside archives: what data has no need of.
    ACTIVE_CONTENT = "ACTIVE_CONTENT"
    FORMULA = "FORMULA"
    NOT_A_VALUE = "NOT_A_VALUE"
    ROW_LENGTH = "ROW_LENGTH"
    EMPTY = "EMPTY"
    # The reader did not come to an end within its bounds of time and memory.
    READER_BROKE = "READER_BROKE"


class FileFault(Exception):
    """A whole file is refused: of what kind, what was expected and what came, and where, counted from 1, if known."""

    def __init__(self, kind: FaultKind, message: str, *, row: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.row = row
        self.column = column


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that was left empty, or, without a column, a row that was left out.  `row` is counted as in `Table`."""

    row: int
    column: str | None
    kind: FaultKind
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """The columns and rows of a file; every row has as many cells as there are columns.

    `row_numbers`: where each row stands in the file, counted from 1; the header is one of them.  `refused` has
    the first 1,000 of `refused_count`.
    """

    format: FileFormat
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    row_numbers: Sequence[int]
    refused: tuple[Refused, ...]
    refused_count: int
