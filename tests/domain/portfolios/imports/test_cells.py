"""Numbers and dates as brokers write them: read exactly, or refused with their column."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from domain.portfolios.entries import Transfer
from domain.portfolios.imports.reading import read_file
from domain.portfolios.types import TransactionKind

TODAY = date(2025, 10, 1)


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


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("$1,234.50", "1234.5"),
        ("(1,234.50)", "-1234.5"),
        ("-$1,234.50", "-1234.5"),
        ("$-1,234.50", "-1234.5"),
        ("+1234", "1234"),
        ("1234-", "-1234"),
        ("1 234.5", "1234.5"),
        ("1\u00a0234.5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("€ 12", "12"),
        (".5", "0.5"),
        ('="12"', "12"),
    ],
)
def test_numbers(written, number):
    text = io.StringIO()
    csv.writer(text).writerows(
        [["symbol", "quantity", "entry_price", "entry_date"], ["AAA", written, "10", "2025-01-02"]]
    )

    (row, *_) = rows(text.getvalue())

    assert row.entry is not None
    assert getattr(row.entry, "quantity", None) == abs(Decimal(number))
    short = Decimal(number) < 0
    assert row.entry.kind is (TransactionKind.SHORT_SALE if short else TransactionKind.TRANSFER_IN)


@pytest.mark.parametrize(
    "written",
    [
        "1e400",
        "1E5",
        "NaN",
        "inf",
        "0x10",
        "12%",
        "1.2.3",
        "1,2,3",
        "--5",
        "٣",
        "１",
        "1_000",
        "9" * 19,
        "0.12345678901",
    ],
)
def test_what_is_no_number(written):
    text = f'symbol,quantity,entry_price,entry_date\nAAA,"{written}",10,2025-01-02\n'

    (row,) = rows(text)

    ((column, message),) = refusal(row)
    assert column == "quantity"
    assert message.startswith("expected ")
    assert written[:30] in message


def test_decimal_commas_are_seen_in_the_whole_file():
    text = "symbol;quantity;entry_price;entry_date\nAAA;1.234;0,5;2025-01-02\nBBB;2;1.000,25;2025-01-02\n"

    first, second = rows(text)

    assert bought(first) == (1234, 617, date(2025, 1, 2))
    assert bought(second) == (2, Decimal("2000.5"), date(2025, 1, 2))
    assert not first.needs_review


def test_a_file_that_leaves_its_decimals_open_is_to_be_looked_at():
    (row,) = rows("symbol;quantity;entry_price;entry_date\nAAA;1,234;5;2025-01-02\n")

    assert bought(row)[0] == 1234
    assert (row.needs_review, row.confidence) == (True, 0.5)
    assert row.problems[0].message == "read '1,234' as 1234: the file does not show how it writes decimals"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-01-31", date(2025, 1, 31)),
        ("2025/1/31", date(2025, 1, 31)),
        ("20250131", date(2025, 1, 31)),
        ("20250131;160000", date(2025, 1, 31)),
        ("2025-01-31T16:00:00Z", date(2025, 1, 31)),
        ("31.01.2025", date(2025, 1, 31)),
        ("01/31/2025", date(2025, 1, 31)),
        ("1/31/25", date(2025, 1, 31)),
        ("Jan-31-2025", date(2025, 1, 31)),
        ("January 31, 2025", date(2025, 1, 31)),
        ("31 Jan 2025", date(2025, 1, 31)),
        ("02/02/2025", date(2025, 2, 2)),
    ],
)
def test_dates(written, day):
    text = f'symbol,quantity,entry_price,entry_date\nAAA,1,10,"{written}"\n'

    (row,) = rows(text)

    assert bought(row)[2] == day
    assert not row.needs_review


@pytest.mark.parametrize(
    "written", ["2025-02-30", "31/31/2025", "yesterday", "1/2", "0001-01-01", "9999-12-31", "Foo-31-2025"]
)
def test_what_is_no_date(written):
    ((column, message),) = refusal(rows(f"symbol,quantity,entry_price,entry_date\nAAA,1,10,{written}\n")[0])

    assert column == "entry_date"
    assert message.startswith("expected a date")


def test_one_date_decides_for_its_column():
    text = "symbol,quantity,entry_price,entry_date\nAAA,1,10,06/04/2020\nBBB,1,10,25/12/2020\n"

    first, second = rows(text)

    assert (bought(first)[2], bought(second)[2]) == (date(2020, 4, 6), date(2020, 12, 25))
    assert not first.needs_review


def test_a_column_of_both_orders_is_read_as_usual_and_to_be_looked_at():
    text = "symbol,quantity,entry_price,entry_date\nAAA,1,10,06/04/2020\nBBB,1,10,25/12/2020\nCCC,1,10,12/25/2020\n"

    first, second, third = rows(text)

    assert [bought(row)[2] for row in (first, second, third)] == [
        date(2020, 6, 4),
        date(2020, 12, 25),
        date(2020, 12, 25),
    ]
    assert [row.needs_review for row in (first, second, third)] == [True, False, False]
    assert first.confidence == 0.5
