"""Reads XLSX and XLSB: the first sheet that is visible and has names of fields, or else that has cells.

Formulas are never computed: a cell has the value that was stored with it, and is empty where that is an error such as
#DIV/0!.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from domain.companies.columns import is_header
from domain.companies.reading import archives, child
from domain.companies.reading.gathering import HEADER_WITHIN, Gathering
from domain.companies.reading.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, FaultKind, FileFault


def main(given: BinaryIO, told: BinaryIO) -> None:
    """Read a file in a process of its own."""
    child.answer(read, given, told)


def read(data: bytes, gathering: Gathering) -> None:
    """Read a workbook.  Raises `FileFault`."""
    names = archives.check(data)
    if not names & {"xl/workbook.xml", "xl/workbook.bin"}:
        raise FileFault(FaultKind.FORMAT, "expected an Excel workbook, got another archive")
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            gathering.take(_rows(_sheet(workbook)))
    except CalamineError as error:
        raise FileFault(FaultKind.FORMAT, f"expected an Excel workbook, got one with {str(error)[:200]!r}") from None


def _sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    first: int | None = None
    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
            found = workbook.get_sheet_by_index(place)
            if found.height and any(map(is_header, islice(_rows(found), HEADER_WITHIN))):
                return found
            first = place if first is None and found.height else first
    if first is None:
        raise FileFault(FaultKind.EMPTY, "expected a visible sheet with cells, got none")
    return workbook.get_sheet_by_index(first)


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    if sheet.total_width > MOST_COLUMNS:
        message = f"expected at most {MOST_COLUMNS} columns, got {sheet.total_width}"
        raise FileFault(FaultKind.TOO_MANY_COLUMNS, message)
    if sheet.total_height > 2 * MOST_ROWS or sheet.height * sheet.width > 2 * MOST_CELLS:
        message = f"expected at most {MOST_ROWS} rows and {MOST_CELLS} cells, got more"
        raise FileFault(FaultKind.TOO_MANY_ROWS, message)
    # From the first row of the sheet on, also where it is empty.
    yield from sheet.iter_rows()
