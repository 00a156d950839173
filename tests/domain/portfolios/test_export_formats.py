"""Tables as files: no text is run as a formula, no number loses a digit."""

import csv
import io

import openpyxl
import pytest

from domain.kernel.errors import InvalidInput
from domain.portfolios.exports.formats import Table, csv_of, xlsx_of
from domain.portfolios.spreadsheets import guarded, unguarded
from tests.factories.portfolios import NOW


def test_more_rows_than_somebody_waits_for_are_refused():
    table = Table("T", ["quantity"], {"quantity"}, [{"quantity": "1"}] * 20_001)

    with pytest.raises(InvalidInput, match="expected at most 20000 rows in a sheet, got 20001: ask for CSV or JSON"):
        xlsx_of([table], NOW)


def test_a_number_that_a_float_would_cut_is_a_text():
    table = Table("T", ["quantity"], {"quantity"}, [{"quantity": "12345678901234567.1234567891"}, {"quantity": "0.1"}])
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of([table], NOW)))["T"]

    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["12345678901234567.1234567891", 0.1]


def test_a_text_that_no_cell_holds_is_refused():
    table = Table("T", ["lots"], set(), [{"lots": "x" * 32_768}])

    with pytest.raises(InvalidInput, match="ask for CSV or JSON"):
        xlsx_of([table], NOW)


PAYLOADS = [
    f"{start}{rest}"
    for start in ("=", "+", "-", "@", "\t=", "\r=", "\n=", "|", "＝", "＋", "－", "＠", "｜", " =", "'=", "''", " '=")
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://example.com")')
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_is_run_as_a_formula(payload):
    table = Table("T", ["note", "amount"], {"amount"}, [{"note": payload, "amount": "-5"}])

    (row,) = csv.DictReader(io.StringIO(csv_of(table).decode(), newline=""))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of([table], NOW)))["T"]

    for found in (row["note"], sheet.cell(2, 1).value):
        assert found.startswith("'")
    assert unguarded(row["note"]) == payload
    assert sheet.cell(2, 1).data_type == "s"
    # Numbers stay numbers.
    assert (row["amount"], sheet.cell(2, 2).value) == ("-5", -5)


@pytest.mark.parametrize("text", ["", "plain", "it's", "'quoted'", "a=b", "1-2", " x"])
def test_other_texts_are_left_alone(text):
    assert guarded(text) == unguarded(text) == text
