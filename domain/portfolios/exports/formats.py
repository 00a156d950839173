"""Tables as files: CSV (RFC 4180), JSON, XLSX.  Pure; numbers are exact in each of them."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import orjson
import xlsxwriter

from domain.kernel.errors import InvalidInput
from domain.portfolios.exports.rows import Row
from domain.portfolios.spreadsheets import guarded

# A workbook takes some ten times as long as CSV, and somebody waits for it.
_MOST_ROWS: Final = 20_000
_LONGEST_TEXT: Final = 32_767


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under named columns; `numbers` names the columns that hold numbers."""

    name: str
    columns: Sequence[str]
    numbers: Collection[str]
    rows: Sequence[Row]


def csv_of(table: Table) -> bytes:
    """Return a table as CSV in UTF-8, its texts guarded against being run as formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    columns = [(name, name in table.numbers) for name in table.columns]
    for row in table.rows:
        writer.writerow([row[name] if is_number else guarded(row[name]) for name, is_number in columns])
    return text.getvalue().encode()


def json_of(content: Mapping[str, Any]) -> bytes:
    """Return content as JSON, exact numbers in it as text; a table is a list of objects, its empty cells null."""
    told = {name: _rows_of(value) if isinstance(value, Table) else value for name, value in content.items()}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _rows_of(table: Table) -> orjson.Fragment:
    # Row by row: while one large object is written, no other thread runs.
    text = io.BytesIO()
    for place, row in enumerate(table.rows):
        text.write(b",\n" if place else b"[")
        text.write(orjson.dumps({name: cell or None for name, cell in row.items()}))
    text.write(b"]" if table.rows else b"[]")
    return orjson.Fragment(text.getvalue())


def xlsx_of(tables: Sequence[Table], made_at: datetime) -> bytes:
    """Return a workbook of one sheet for each table.

    A number that a binary float does not hold with all its digits is a text.  Raises `InvalidInput` for what a sheet
    is not asked to hold: more than 20,000 rows, or a text of more than 32,767 characters.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"created": made_at.replace(tzinfo=None)})
        bold = workbook.add_format({"bold": True})
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, bold)
            _fill(sheet, table)
    return content.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    if len(table.rows) > _MOST_ROWS:
        raise InvalidInput(
            f"expected at most {_MOST_ROWS} rows in a sheet, got {len(table.rows)}: ask for CSV or JSON",
            field=("format",),
        )
    for place, row in enumerate(table.rows, 1):
        for column, name in enumerate(table.columns):
            text = row[name]
            if not text:
                continue
            if name in table.numbers and Decimal(repr(float(text))) == Decimal(text):
                sheet.write_number(place, column, float(text))
                continue
            shown = _cell(table, name, text)
            if len(shown) > _LONGEST_TEXT:
                raise InvalidInput(
                    f"expected texts of at most {_LONGEST_TEXT} characters in a sheet, got {len(shown)}: "
                    "ask for CSV or JSON",
                    field=("format",),
                )
            sheet.write_string(place, column, shown)


def _cell(table: Table, name: str, text: str) -> str:
    return text if name in table.numbers else guarded(text)
