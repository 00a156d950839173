"""Files that are broken, odd or meant to harm: read as far as they make sense, and refused with line and column."""

import csv
import io
import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput, Refusal, RefusalCode
from domain.portfolios.entries import Trade, Transfer
from domain.portfolios.imports.catalogue import FORMATS
from domain.portfolios.imports.reading import read_file

TODAY = date(2025, 10, 1)
HEADER = "symbol,quantity,entry_price,entry_date,tags,note\n"
ACTIVITY = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n"


def rows(text, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return read_file(data, more.get("format"), more.get("order"), TODAY).rows


def bought(row):
    """Return what a row of the generic format came to: quantity and cost."""
    assert isinstance(row.entry, Transfer), row.problems
    return row.entry.quantity, row.entry.lots[0].cost_basis, row.entry.trade_date


def refusal(row):
    """Return what a row is refused for: column, message."""
    assert row.is_refused, row
    assert row.entry is None
    return [(problem.column, problem.message) for problem in row.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding):
    text = HEADER + "AAA,2,10,2025-01-02,,Crédit Agricole – 5 €\n"

    (row,) = rows(text.encode(encoding))

    assert row.entry is not None
    assert row.entry.note == "Crédit Agricole – 5 €"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator):
    text = (HEADER + "AAA,2,10,2025-01-02,,\n").replace(",", separator)

    assert bought(rows(text)[0]) == (2, 20, date(2025, 1, 2))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(end):
    text = (HEADER + "AAA,2,10,2025-01-02,,\nBBB,x,10,2025-01-02,,\n").replace("\n", end)

    first, second = rows(text)

    assert bought(first) == (2, 20, date(2025, 1, 2))
    assert second.line == 3


def test_lines_are_counted_in_the_file():
    text = 'Report of "today"\n\n\n' + HEADER + 'AAA,2,10,2025-01-02,,"two\nlines"\n\nBBB,x,10,2025-01-02,,\n'

    first, second = rows(text)

    assert (first.line, second.line) == (5, 8)
    assert refusal(second) == [("quantity", "expected a number, got 'x'")]


@pytest.mark.parametrize("cell", ["a\0b", "a\x1bb", "\u202eevil"])
def test_characters_that_no_text_may_have(cell):
    first, second = rows(HEADER + f"AAA,1,10,2025-01-02,,{cell}\nBBB,1,10,2025-01-02,,fine\n")

    ((column, message),) = refusal(first)
    assert column == "note"
    assert message.startswith("expected printable characters, got U+")
    # What is kept of it can be stored.
    assert "\ufffd" in first.text
    assert not second.is_refused


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"])
def test_formulas_are_texts(cell):
    (row,) = rows(HEADER + f'AAA,1,10,2025-01-02,,"{cell}"\nBBB,1,10,2025-01-02,,"\'{cell}"\n')[:1]
    marked = rows(HEADER + f'BBB,1,10,2025-01-02,,"\'{cell}"\n')[0]

    assert row.entry is not None
    assert marked.entry is not None
    assert row.entry.note == cell == marked.entry.note


def test_a_formula_is_no_number():
    ((column, message),) = refusal(rows("symbol,quantity,entry_price,entry_date\nAAA,=1+1,10,2025-01-02\n")[0])

    assert (column, message) == ("quantity", "expected a number, got '=1+1'")


def test_a_row_says_all_that_is_wrong_with_it():
    (row,) = rows(ACTIVITY + "32.13.2020,,YAHOO,USD,x,y,buy,z,\n")

    assert [column for column, _ in refusal(row)] == ["code"]
    (row,) = rows(ACTIVITY + "2020-01-02,AAPL,YAHOO,USD,x,y,buy,z,\n")
    assert [column for column, _ in refusal(row)] == ["quantity", "price", "fee"]


def test_rows_that_are_too_short_or_too_long():
    short, long = rows("symbol,quantity,entry_price,entry_date\nAAA,1\nBBB,1,10,2025-01-02,and,more\n")

    assert [column for column, _ in refusal(short)] == ["entry_price"]
    assert bought(long) == (1, 10, date(2025, 1, 2))


def test_a_quote_that_is_not_closed():
    text = HEADER + 'AAA,1,10,2025-01-02,,"open\n' + "BBB,1,10,2025-01-02,,\n" * 100

    (row,) = rows(text)

    assert row.line == 2
    assert refusal(row) == [(None, "expected a closing quote, got none in 101 lines")]


def test_a_word_that_is_no_action():
    (row,) = rows(ACTIVITY + "2020-01-02,AAPL,YAHOO,USD,1,1,gift,0,\n")

    assert refusal(row) == [
        ("action", "expected one of buy, dividend, fee, interest, item, liability, sell, got 'gift'")
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "expected the header of a known format"),
        (b"hello", "expected the header of a known format"),
        (b"\n\n\n", "expected the header of a known format"),
        (
            b"PK\x03\x04 and more",
            "expected a text file with separated columns (CSV), got a ZIP archive or an Excel workbook",
        ),
        (b"%PDF-1.7", "expected a text file with separated columns (CSV), got a PDF"),
        (b"\xef\xbb\xbf\xff\xff", "expected a text in UTF-8, UTF-16 or Windows-1252, got other bytes"),
        (b"\x81\x8d,\n", "expected a text in UTF-8, UTF-16 or Windows-1252, got other bytes"),
        (b"<html><body>Sign in</body></html>", "expected the header of a known format"),
        ((HEADER + '"' + "x" * 200_000).encode(), "expected separated columns in line 2, got: field larger than"),
    ],
)
def test_files_that_are_none(data, message):
    with pytest.raises(InvalidInput) as refused:
        read_file(data, None, None, TODAY)

    assert message in refused.value.message
    assert refused.value.field == ("file_id",)


def test_more_rows_than_one_import_may_have():
    with pytest.raises(InvalidInput, match="expected at most 50000 rows, got more: split the file"):
        rows(HEADER + "AAA,1,10,2025-01-02,,\n" * 50_001)


def test_a_header_without_rows():
    assert rows(HEADER) == []


def test_the_header_again_is_no_row():
    assert len(rows(HEADER + "AAA,1,10,2025-01-02,,\n" + HEADER + "BBB,1,10,2025-01-02,,\n")) == 2


def test_equal_rows_are_twins_with_fingerprints_of_their_own():
    line = "2020-01-02,AAPL,YAHOO,USD,10,1,buy,0,\n"
    first, second, other = rows(ACTIVITY + line + line + line.replace("10", "11"))

    assert len({row.fingerprint for row in (first, second, other)}) == 3
    # What a row says counts, and not how, nor in which file, nor where in it.
    respelled = (
        ACTIVITY.replace(",", ";") + "02.01.2020;AAPL;YAHOO;USD;10,00;1,0;BUY;0;\n13.01.2020;X;Y;USD;1;1;buy;0;\n"
    )
    again = rows(respelled)
    assert again[0].fingerprint == first.fingerprint


def test_a_split_of_which_the_purchases_are_not_in_the_file():
    text = (
        '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"\n'
        '"02/26/2024","Stock Split","WMT","WALMART INC","20","","",""\n'
    )

    ((column, message),) = refusal(rows(text)[0])

    assert column is None
    assert message.startswith("expected the purchases of all units that were split, got 0 of them before 20 came")


def test_an_amount_that_quantity_and_price_do_not_come_to_is_to_be_looked_at():
    text = (
        '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"\n'
        '"06/18/2025","Buy","UNH","UNITEDHEALTH","25","$307.2","","-$9,000.00"\n'
    )

    (row,) = rows(text)

    assert isinstance(row.entry, Trade)
    assert (row.needs_review, row.confidence) == (True, 0.7)
    assert row.problems[0].column == "amount"


def test_a_long_file_is_read_in_seconds():
    random.seed(7)
    note = "n" * 120
    lines = [
        f"{random.randint(1, 28):02}-{random.randint(1, 12):02}-{random.randint(2000, 2024)},S{number % 500},YAHOO,USD,"
        f"{number}.25,{number % 90 + 1},{random.choice(('buy', 'sell', 'dividend'))},0.00,{note}\n"
        for number in range(50_000)
    ]
    data = (ACTIVITY + "".join(lines)).encode()
    assert 8_000_000 < len(data) <= 10 * 1024 * 1024

    began = time.process_time()
    found = read_file(data, None, None, TODAY).rows
    took = time.process_time() - began

    assert len(found) == 50_000
    assert not any(row.is_refused for row in found)
    assert took < 15, f"{took:.1f} s of CPU"


LIMITED = settings(max_examples=150, deadline=None)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("", "1", "-1", "AAPL", "2025-01-02", "13/13/2020", "(5)", "=1", "\0", '"', "buy", "Sell", "BUY"),
            *("SPX 04/17/2026 7200.00 C", "1e999", "--", "CASH", "USD", "1*2", "2020-01-01*1*1", "TRANSFER_IN"),
            *("MERGER", "Stock Split", "SPLIT", "OPTION_EXPIRY", "REVERSAL"),
        ]
    ),
)


@LIMITED
@given(st.binary(max_size=400), st.sampled_from([None, *FORMATS]))
def test_any_bytes_are_read_or_refused(data, format):
    try:
        document = read_file(data, format, None, TODAY)
    except Refusal as refused:
        assert refused.code is RefusalCode.INVALID_INPUT
        assert refused.message.startswith("expected ")
    else:
        assert document.format.name in FORMATS


@LIMITED
@given(st.data())
def test_any_cells_below_a_header_are_read_or_refused(data):
    kind = data.draw(st.sampled_from(list(FORMATS.values())))
    header = [names[0] for names in kind.columns.values()]
    written = io.StringIO()
    width = st.lists(CELLS, min_size=0, max_size=len(header) + 2)
    csv.writer(written).writerows([header, *data.draw(st.lists(width, max_size=6))])

    found = read_file(written.getvalue().encode("utf-8", "surrogatepass"), kind.name, None, TODAY).rows

    for row in found:
        assert row.line >= 2
        assert (row.entry is not None and not row.is_refused) == (row.fingerprint is not None)
        assert all(problem.message for problem in row.problems)
