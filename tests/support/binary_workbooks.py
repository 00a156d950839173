"""Makes an XLSB file, record by record, since nothing that is free writes one.

Source: [MS-XLSB], "Excel (.xlsb) Binary File Format", Microsoft: the records are named as there.
"""

import io
import struct
import zipfile
from collections.abc import Sequence

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    "</Relationships>"
)
BEGIN_BOOK, END_BOOK, BEGIN_SHEETS, END_SHEETS, SHEET, CALCULATION = 131, 132, 143, 144, 156, 157
BEGIN_SHEET, END_SHEET, DIMENSION, BEGIN_DATA, END_DATA, ROW = 129, 130, 148, 145, 146, 0
BOOLEAN, REAL, TEXT = 4, 5, 6


def binary_workbook(rows: Sequence[Sequence[str | float | bool | None]], *, first_row: int = 0) -> bytes:
    """Return an XLSB file with these rows in its one sheet."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        archive.writestr(
            "xl/_rels/workbook.bin.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin")
        )
        archive.writestr("xl/workbook.bin", _book())
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows, first_row))
    return written.getvalue()


def _book() -> bytes:
    sheet = struct.pack("<II", 0, 1) + _text("rId1") + _text("Companies")
    return b"".join(
        _record(kind, content)
        for kind, content in (
            (BEGIN_BOOK, b""),
            (BEGIN_SHEETS, b""),
            (SHEET, sheet),
            (END_SHEETS, b""),
            (CALCULATION, bytes(26)),
            (END_BOOK, b""),
        )
    )


def _sheet(rows: Sequence[Sequence[str | float | bool | None]], first_row: int) -> bytes:
    last = first_row + len(rows) - 1
    parts = [
        _record(BEGIN_SHEET, b""),
        _record(DIMENSION, struct.pack("<IIII", first_row, last, 0, max(map(len, rows)) - 1)),
        _record(BEGIN_DATA, b""),
    ]
    for number, row in enumerate(rows, first_row):
        parts.append(_record(ROW, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0)))
        parts += [_cell(column, value) for column, value in enumerate(row) if value is not None]
    return b"".join([*parts, _record(END_DATA, b""), _record(END_SHEET, b"")])


def _cell(column: int, value: str | float | bool) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return _record(BOOLEAN, place + bytes([value]))
    if isinstance(value, str):
        return _record(TEXT, place + _text(value))
    return _record(REAL, place + struct.pack("<d", value))


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes) -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = b"", len(content)
    while left > 127:
        length, left = length + bytes([left & 0x7F | 0x80]), left >> 7
    return number + length + bytes([left]) + content
