"""What each format comes to."""

import io
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter

from domain.companies.reading.tables import FaultKind, FileFault, FileFormat, Table
from tests.support.binary_workbooks import binary_workbook
from tests.support.hostile_files import workbook
from tests.support.hostile_parquet import parquet

Read = Callable[[bytes], Awaitable[Table]]


async def test_csv(read: Read):
    table = await read(b'\xef\xbb\xbfticker,name,per\r\nAAPL,"Apple,\nInc.",31.50\r\n\r\nMSFT,"say ""hi""",\r\n')

    assert table.format is FileFormat.CSV
    assert table.columns == ("ticker", "name", "per")
    # Numbers stay as they are written: only the column's meaning says what they are.
    assert table.rows == [("AAPL", "Apple,\nInc.", "31.50"), ("MSFT", 'say "hi"', None)]
    assert list(table.row_numbers) == [2, 4]
    assert (table.refused, table.refused_count) == ((), 0)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
async def test_separators_are_found(read: Read, separator: str):
    rows = [["name", "per", "note"], ["A, B; C | D", "1,5", "x\ty"], ["E", "2,5", ""]]
    text = "\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows)

    table = await read(text.encode())

    assert table.columns == ("name", "per", "note")
    assert table.rows == [("A, B; C | D", "1,5", "x\ty"), ("E", "2,5", None)]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "삼성전자 Société"),
        ("utf-8-sig", "삼성전자 Société"),
        ("utf-16", "삼성전자"),
        ("utf-16-le", "Samsung Electronics"),
        ("utf-16-be", "Samsung Electronics"),
        ("euc_kr", "삼성전자 주식회사"),
        ("cp949", "펩시콜라 똠방 주식회사 삼성전자 현대자동차 카카오 네이버"),
        ("cp1252", "Société Générale – Nestlé"),
        ("cp1252", "Ålesund Ärzte"),
    ],
)
async def test_encodings_are_found(read: Read, encoding: str, name: str):
    table = await read(f"ticker,name\n005930,{name}\n000660,{name}\n".encode(encoding))

    assert table.columns == ("ticker", "name")
    assert table.rows == [("005930", name), ("000660", name)]


async def test_a_title_before_the_header_is_none(read: Read):
    table = await read(b"Company metrics\nas of,2025-10-31\n\nticker,per,pbr,roe\nAAPL,31,40,1.5\n")

    assert table.columns == ("ticker", "per", "pbr", "roe")
    assert list(table.row_numbers) == [5]


async def test_a_band_of_groups_above_the_header_is_none(read: Read):
    table = await read(b"Identity,,Valuation,Profitability\nTicker,Name,PER (Oct-25),ROE (Fwd)\nAAPL,Apple,31,1.5\n")

    assert table.columns == ("Ticker", "Name", "PER (Oct-25)", "ROE (Fwd)")
    assert table.rows == [("AAPL", "Apple", "31", "1.5")]


async def test_headers_without_a_name_or_with_the_same_are_named(read: Read):
    table = await read(b" PER  (Oct-25) ,,PER (Oct-25),x,\n1,2,3,4\n")

    assert table.columns == ("PER (Oct-25)", "column 2", "PER (Oct-25) (2)", "x")


async def test_a_row_that_is_too_long_is_refused_with_its_number(read: Read):
    table = await read(b"ticker,name\nAAPL,Apple, Inc.\nMSFT\nNVDA,NVIDIA,,\n")

    assert table.rows == [("MSFT", None), ("NVDA", "NVIDIA")]
    refused = table.refused[0]
    assert (refused.row, refused.column, refused.kind) == (2, None, FaultKind.ROW_LENGTH)
    assert refused.message == "expected 2 cells, got 3"


async def test_formulas_are_refused_and_their_characters_are_not(read: Read):
    cells = ["=1+1", "=cmd|' /c calc'!A1", "＝1", "+cmd|' /c calc'!A1", "@SUM(A1)", "-", "+5.1%", "-3", "@home", "a=b"]

    table = await read(("ticker,name\n" + "".join(f'X,"{cell}"\n' for cell in cells)).encode())

    assert [row[1] for row in table.rows] == [None] * 5 + ["-", "+5.1%", "-3", "@home", "a=b"]
    assert [(each.row, each.column, each.kind) for each in table.refused] == [
        (row, "name", FaultKind.FORMULA) for row in range(2, 7)
    ]


async def test_characters_that_no_text_has_are_refused(read: Read):
    table = await read("ticker,name\nAAPL,App\u202ele\nMSFT,Micro\x07soft\n".encode())

    assert table.rows == [("AAPL", None), ("MSFT", None)]
    assert [each.message for each in table.refused] == [
        "expected text, got one with U+202E",
        "expected text, got one with U+0007",
    ]


@pytest.mark.parametrize(
    "document",
    [
        '[{"ticker":"AAPL","per":31.5,"n":3},{"ticker":"MSFT","ok":true,"n":null}]',
        ' {"ticker":["AAPL","MSFT"],"per":[31.5,null],"n":[3,null],"ok":[null,true]} ',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_json(read: Read, document: str, encoding: str):
    table = await read(document.encode(encoding))

    assert table.format is FileFormat.JSON
    assert table.columns == ("ticker", "per", "n", "ok")
    assert table.rows == [("AAPL", 31.5, 3, None), ("MSFT", None, None, True)]
    assert [type(cell) for cell in table.rows[0]] == [str, float, int, type(None)]


async def test_values_of_json_that_are_no_cells_are_refused(read: Read):
    table = await read(b'[{"a":[1],"b":{"c":1},"d":NaN,"e":1e999,"f":99999999999999999999,"g":"\\ud800"}]')

    assert table.rows == [(None,) * 6]
    assert [(each.column, each.message.rpartition("got ")[2]) for each in table.refused] == [
        ("a", "a list"),
        ("b", "an object"),
        ("d", "nan"),
        ("e", "inf"),
        ("f", "an integer of more than 64 bits"),
        ("g", "one with U+D800"),
    ]


@pytest.mark.parametrize(
    ("document", "row", "column"),
    [
        ('[{"a":1},2]', 2, None),
        ('[{"a":1,"a":2}]', 1, "a"),
        ('[{"a":1} {"a":2}]', 1, None),
        ('[{"a":1},]', 2, None),
        ('[{"a":1}] more', None, None),
        ('[{"a":1}', 1, None),
        ('{"a":[1],"b":[1,2]}', None, "b"),
        ('{"a":1}', None, "a"),
        ('{"a":[1]', None, None),
        ("[{'a':1}]", 1, None),
    ],
)
async def test_other_json_is_refused_where_it_is_wrong(read: Read, document: str, row: int | None, column: str | None):
    with pytest.raises(FileFault, match=r"^expected .*, got ") as refused:
        await read(document.encode())

    assert (refused.value.kind, refused.value.row, refused.value.column) == (FaultKind.FORMAT, row, column)


async def test_xlsx(read: Read):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"strings_to_formulas": False}) as book:
        book.add_worksheet("hidden").hide()
        book.add_worksheet("empty").activate()
        sheet = book.add_worksheet("Companies")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(2, 0, ["ticker", "per", "ok", "day", "computed", "error", "formula"])
        sheet.write_row(3, 0, ["AAPL", 31.5, True])
        sheet.write_datetime(3, 3, date(2025, 10, 31), day)
        sheet.write_formula(3, 4, "=1+1", None, 7)
        sheet.write_formula(3, 5, "=1/0", None, "#DIV/0!")
        sheet.write_string(3, 6, "=1+1")

    table = await read(written.getvalue())

    assert table.format is FileFormat.XLSX
    assert table.columns == ("ticker", "per", "ok", "day", "computed", "error", "formula")
    # What was stored with a formula is taken; nothing is computed.
    assert table.rows == [("AAPL", 31.5, True, date(2025, 10, 31), 7.0, None, None)]
    assert list(table.row_numbers) == [4]
    assert [(each.row, each.column, each.kind) for each in table.refused] == [(4, "formula", FaultKind.FORMULA)]


async def test_notes_on_a_sheet_before_the_companies_are_passed_over(read: Read):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet("Notes").write_column(0, 0, ["Company metrics", "Source", "a feed"])
        sheet = book.add_worksheet("Companies")
        sheet.merge_range(0, 0, 0, 1, "Identity")
        sheet.write_row(1, 0, ["Ticker", "Name", "P/E"])
        sheet.write_row(2, 0, ["AAPL", "Apple", 31.5])

    table = await read(written.getvalue())

    assert table.columns == ("Ticker", "Name", "P/E")
    assert table.rows == [("AAPL", "Apple", 31.5)]


async def test_xlsb(read: Read):
    table = await read(
        binary_workbook([["ticker", "이름", "per"], ["005930", "삼성전자", 12.5], ["X", None, True]], first_row=1)
    )

    assert table.format is FileFormat.XLSB
    assert table.columns == ("ticker", "이름", "per")
    assert table.rows == [("005930", "삼성전자", 12.5), ("X", None, True)]
    assert list(table.row_numbers) == [3, 4]


async def test_parquet(read: Read):
    columns: dict[str, Any] = {
        "ticker": ["AAPL", "AAPL", None],
        "per": [31.5, None, float("nan")],
        "n": [1, 2, 3],
        "ok": [True, None, False],
        "day": [date(2025, 10, 31), None, None],
        "at": pa.array([datetime(2025, 10, 31, tzinfo=UTC), None, None]),
        "cap": [Decimal("1.50"), None, None],
        "list": [[1], None, None],
    }

    table = await read(parquet(columns))

    assert table.format is FileFormat.PARQUET
    assert table.columns == tuple(columns)
    assert table.rows == [
        ("AAPL", 31.5, 1, True, date(2025, 10, 31), "2025-10-31T00:00:00+00:00", "1.50", None),
        ("AAPL", None, 2, None, None, None, None, None),
        (None, None, 3, False, None, None, None, None),
    ]
    assert [(each.row, each.column) for each in table.refused] == [(1, "list"), (3, "per")]


async def test_refusals_are_counted_and_the_first_are_told(read: Read):
    table = await read(json.dumps([{"a": [], "b": 1}] * 1_500).encode())

    assert (len(table.refused), table.refused_count, len(table.rows)) == (1_000, 1_500, 1_500)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", FaultKind.EMPTY),
        (b"\n\n", FaultKind.EMPTY),
        (b"[]", FaultKind.EMPTY),
        (workbook([]), FaultKind.EMPTY),
        (b"%PDF-1.7", FaultKind.FORMAT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FaultKind.FORMAT),
        (b"PK\x03\x04 and nothing", FaultKind.FORMAT),
        (b"ticker,name\nX,\x81\x8d", FaultKind.ENCODING),
        (b"\xff\xfea\x00,\x00\x00\xd8", FaultKind.ENCODING),
    ],
)
async def test_what_is_no_table_is_refused(read: Read, data: bytes, kind: FaultKind):
    with pytest.raises(FileFault, match=r"^expected .*, got ") as refused:
        await read(data)

    assert refused.value.kind is kind
