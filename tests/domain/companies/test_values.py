"""Cells are read as they are meant, and what means nothing is nothing."""

import math

import pytest

from domain.companies.tables import read_table
from domain.companies.values import Written, read_number, read_numbers, scaled


@pytest.mark.parametrize(
    ("text", "number", "written"),
    [
        ("15.5", 15.5, Written.PLAIN),
        ("-1e-3", -0.001, Written.PLAIN),
        ("85.79%", 85.79, Written.PERCENT),
        ("-3.9 %", -3.9, Written.PERCENT),
        ("10.99B", 10.99e9, Written.SUFFIX),
        ("1,234.5mn", 1234.5e6, Written.SUFFIX),
        ("$2.5K", 2500.0, Written.SUFFIX),
        ("1,234,567", 1234567.0, Written.GROUPED),
        ("1.234.567,8", 1234567.8, Written.GROUPED),
        ("1 234 567", 1234567.0, Written.GROUPED),
        ("0,155", 0.155, Written.COMMA),
        ("12,5", 12.5, Written.COMMA),
        ("(12.3)", -12.3, Written.PARENTHESES),
        ("−7", -7.0, Written.PLAIN),
        ("$12", 12.0, Written.CURRENCY),
        ("HK$ 5.5", 5.5, Written.CURRENCY),
        ("CHF -5", -5.0, Written.CURRENCY),
        ("1.5 SEK", 1.5, Written.CURRENCY),
        ("12.3x", 12.3, Written.TIMES),
        ("-4,5 X", -4.5, Written.TIMES),
    ],
)
def test_reads_numbers_however_they_are_written(text, number, written):
    cell = read_number(text)

    assert cell.number == pytest.approx(number, rel=1e-12)
    assert cell.written is written


@pytest.mark.parametrize(
    "text", ["N/A", "-", "None", "∞", "nan", "inf", "-Infinity", "#DIV/0!", "n.m.", "N/M", "#N/A N/A"]
)
def test_reads_words_for_nothing_as_nothing(text):
    cell = read_number(text)

    assert math.isnan(cell.number)
    assert cell.written is Written.TOKEN


@pytest.mark.parametrize("text", ["abc", "1_000", "1.2.3", "12-34", "=1+1", "9" * 5000 + "x", "١٢"])
def test_does_not_read_what_is_no_number(text):
    assert read_number(text).written is Written.UNREADABLE


def test_says_that_three_digits_after_one_comma_can_be_read_in_two_ways():
    assert not read_number("1,234").certain
    assert read_number("1,234,567").certain


def test_reads_a_column_alike_with_and_without_odd_cells():
    plain, empty = read_numbers(["1.5", "", "2"])
    mixed, others = read_numbers(["1.5", "", "2", "3%"])

    assert plain[0] == mixed[0] == 1.5
    assert [row for row, _ in empty] == [1]
    assert [row for row, _ in others] == [1, 3]


def test_a_column_of_words_that_python_takes_for_numbers_is_read_with_care():
    numbers, others = read_numbers(["nan", "1_0", "7"])

    assert [cell.written for _, cell in others] == [Written.TOKEN, Written.UNREADABLE]
    assert numbers[2] == 7


@pytest.mark.parametrize(
    ("text", "places", "number"),
    [
        ("0.31996", 2, 31.996),
        ("78241898540", -6, 78241.89854),
        ("-0.07", 2, -7.0),
        ("1.1e-3", 2, 0.11),
        ("0.285", 2, 28.5),
    ],
)
def test_a_number_in_another_unit_has_the_digits_that_are_written(text, places, number):
    assert read_numbers([text, ""], places)[0][0] == number
    assert read_numbers([text, "3%"], places)[0][0] == number
    assert scaled(float(text), 10.0**places) == number


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (["234,50", "1.234,50", "1.234", "12,345", "-0,5", "2.345.678"], [234.5, 1234.5, 1234, 12.345, -0.5, 2345678]),
        (["234.50", "1,234.50", "1.234", "12,345", "-0.5", "2,345,678"], [234.5, 1234.5, 1.234, 12345, -0.5, 2345678]),
        (["1.234", "12,345"], [1.234, 12345]),
        (["234.50", "1.5", "12,345", "1,5", "1.234"], [234.5, 1.5, 12345, 1.5, 1.234]),
    ],
    ids=["commas", "points", "nothing says which", "one comma among points"],
)
def test_three_digits_after_a_dot_or_comma_are_read_as_the_other_numbers_of_the_file(price, expected):
    table = read_table(["ticker", "price"], [[f"T{row}" for row in range(len(price))], price])

    assert table.columns["price"].numbers.tolist() == expected
    assert table.columns["price"].texts == price


def test_another_column_tells_how_decimals_are_written():
    table = read_table(["ticker", "volume", "price"], [["A", "B"], ["1.234", "234.567"], ["5,5", "17,25"]])

    assert table.columns["volume"].numbers.tolist() == [1234, 234567]


def test_what_is_usual_in_a_file_with_decimal_commas_is_no_defect():
    size = range(1, 101)
    cells = {
        "ticker": [f"T{each}" for each in size],
        "price": [f"{each}.{each:03}.{each:03},50" if each % 3 else f"{each}" for each in size],
        "ROE": [f"{each},5" for each in size],
        "market cap": [f"{each}.000" for each in size],
    }

    table = read_table(list(cells), list(cells.values()))

    assert not any(column.others for column in table.columns.values())
    assert table.columns["marketCapUsdMn"].numbers[4] == 5000
