import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from graphql import GraphQLError
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.shared.scalars import (
    LARGEST_BIG_INT,
    is_storable,
    parse_big_int,
    parse_date,
    parse_date_time,
    parse_decimal,
    serialize_big_int,
    serialize_date,
    serialize_date_time,
    serialize_decimal,
)

EVIL = [
    "NaN",
    "nan",
    "sNaN",
    "Infinity",
    "-Infinity",
    "inf",
    "1e",
    "1e5.5",
    "e5",
    "1e99999",
    "1e999999999",
    "١٢٣",
    "12",
    "1_000",
    "1,000",
    "+1",
    " 1",
    "1 ",
    "1\n",
    "\n1",
    "1.",
    ".5",
    "-.5",
    "--1",
    "-",
    "",
    "0x10",
    "1.2.3",
    "½",
    "\u22121",
    "1\u200b",
    "1\x00",
    "\ud800",
    "true",
    "9" * 5000,
    "0." + "1" * 5000,
    "-" * 5000,
    "1" * 41,
    "0." + "0" * 40 + "1",
    None,
    True,
    False,
    0,
    1,
    -1,
    10**30,
    0.5,
    1.0,
    math.nan,
    math.inf,
    -math.inf,
    b"1",
    [],
    ["1"],
    {},
    {"a": "1"},
    Decimal("NaN"),
    object(),
]


@pytest.mark.parametrize("value", [v for v in EVIL if v != "12"])
def test_decimal_refuses(value: Any):
    with pytest.raises(GraphQLError, match="expected"):
        parse_decimal(value)


@pytest.mark.parametrize(
    ("sent", "number", "answered"),
    [
        ("0", "0", "0"),
        ("-0", "0", "0"),
        ("-0.00", "0", "0"),
        ("007", "7", "7"),
        ("1.50", "1.5", "1.5"),
        ("-12.5", "-12.5", "-12.5"),
        ("100", "100", "100"),
        ("1.0000000000000", "1", "1"),
        ("123456789012345678.0123456789", "123456789012345678.0123456789", "123456789012345678.0123456789"),
        ("-999999999999999999.9999999999", "-999999999999999999.9999999999", "-999999999999999999.9999999999"),
        ("0.0000000001", "0.0000000001", "0.0000000001"),
        ("1e5", "100000", "100000"),
        ("-1.50E-3", "-0.0015", "-0.0015"),
        ("0e9", "0", "0"),
    ],
)
def test_decimal_is_exact_and_canonical(sent: str, number: str, answered: str):
    parsed = parse_decimal(sent)

    assert parsed == Decimal(number)
    assert not parsed.is_signed() or parsed < 0
    assert serialize_decimal(parsed) == answered


@pytest.mark.parametrize("value", ["1e400", "-1e9999", "1e-9999", "1" * 19, "9" * 40, "0.00000000001"])
def test_what_no_column_holds_is_a_number_for_whoever_refuses_it(value: str):
    number = parse_decimal(value)

    assert number == Decimal(value)
    assert not is_storable(number)


@pytest.mark.parametrize(
    ("number", "answered"),
    [("1E+3", "1000"), ("1E-10", "0.0000000001"), ("-0E+5", "0"), ("12.3400", "12.34"), ("1E+28", "1" + "0" * 28)],
)
def test_decimal_answers_without_exponent(number: str, answered: str):
    assert serialize_decimal(Decimal(number)) == answered


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+999999"), 1.5, 1, "1", None])
def test_decimal_never_answers_what_is_no_number(value: Any):
    with pytest.raises(TypeError, match="finite Decimal"):
        serialize_decimal(value)


@pytest.mark.parametrize(
    "value",
    [
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00z",
        "2024-01-01t00:00:00Z",
        "2024-W01-1T00:00:00Z",
        "2024-001T00:00:00Z",
        "20240101T000000Z",
        "2024-01-01T00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T23:60:00Z",
        "2024-12-31T23:59:60Z",
        "2024-02-30T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2023-02-29T12:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "1899-12-31T23:59:59Z",
        "1900-01-01T00:30:00+01:00",
        "2100-01-02T00:00:00Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00.1234567Z",
        "2024-01-01T00:00:00+0100",
        "2024-01-01T00:00:00+01",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+01:60",
        "2024-01-01T00:00:00 +01:00",
        "2024-01-01T00:00:00Z ",
        " 2024-01-01T00:00:00Z",
        "2024-01-01T00:00:00Z\n",
        "２０２４-01-01T00:00:00Z",
        "2024-01-01T00:00:00+01:00[Europe/Berlin]",
        "now",
        "",
        "1704067200",
        1704067200,
        1.5,
        True,
        None,
        [],
        {},
        "2024-01-01T00:00:00,5Z",
        "+2024-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2024-01-01T00:00:00ZZ",
    ],
)
def test_date_time_refuses(value: Any):
    with pytest.raises(GraphQLError, match="expected"):
        parse_date_time(value)


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000Z"),
        ("2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00.500Z"),
        ("2024-01-01T00:00:00.123456Z", "2024-01-01T00:00:00.123Z"),
        ("2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00.000Z"),
        ("2023-12-31T19:00:00-05:00", "2024-01-01T00:00:00.000Z"),
        ("2024-01-01T00:00:00-00:00", "2024-01-01T00:00:00.000Z"),
        ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000Z"),
        ("2100-01-01T00:00:00Z", "2100-01-01T00:00:00.000Z"),
    ],
)
def test_date_time_answers_in_utc(sent: str, answered: str):
    assert serialize_date_time(parse_date_time(sent)) == answered


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney", "UTC", "Asia/Kolkata"]
)
def test_date_time_takes_offsets_of_any_zone(zone: str):
    for day in (date(2024, 3, 10), date(2024, 3, 31), date(2024, 10, 27), date(2024, 11, 3), date(2024, 4, 7)):
        local = datetime(day.year, day.month, day.day, 2, 30, tzinfo=ZoneInfo(zone))
        assert parse_date_time(local.isoformat()) == local.astimezone(UTC)


@pytest.mark.parametrize("value", [datetime(2024, 1, 1), date(2024, 1, 1), "2024-01-01T00:00:00Z", 0, None])  # noqa: DTZ001
def test_date_time_never_answers_without_a_zone(value: Any):
    with pytest.raises(TypeError, match="timezone"):
        serialize_date_time(value)


@pytest.mark.parametrize(
    "value",
    [
        "2024-1-1",
        "2024-01-01T00:00:00Z",
        "20240101",
        "2024-W01-1",
        "2024-001",
        "2024-02-30",
        "2023-02-29",
        "0000-01-01",
        "1899-12-31",
        "2100-01-02",
        "9999-12-31",
        "2024-01-01 ",
        "２０２４-01-01",
        "2024/01/01",
        "01-01-2024",
        "",
        "today",
        20240101,
        1.5,
        True,
        None,
        [],
        {},
    ],
)
def test_date_refuses(value: Any):
    with pytest.raises(GraphQLError, match="expected"):
        parse_date(value)


@pytest.mark.parametrize("text", ["1900-01-01", "2024-02-29", "2100-01-01"])
def test_date_is_exact(text: str):
    assert serialize_date(parse_date(text)) == text


@pytest.mark.parametrize("value", [datetime(2024, 1, 1, tzinfo=UTC), "2024-01-01", None])
def test_date_never_answers_an_instant(value: Any):
    with pytest.raises(TypeError, match="expected a date"):
        serialize_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "+1",
        "01",
        "-0",
        "1.0",
        "1e3",
        "٣",
        "1_0",
        " 1",
        "1\n",
        "",
        "-",
        "9223372036854775808",
        "-9223372036854775809",
        "9" * 5000,
        2**63,
        -(2**63) - 1,
        1.0,
        math.nan,
        True,
        None,
        [],
        {},
    ],
)
def test_big_int_refuses(value: Any):
    with pytest.raises(GraphQLError, match="expected"):
        parse_big_int(value)


@pytest.mark.parametrize("number", [0, 1, -1, 2**53 + 1, LARGEST_BIG_INT, -LARGEST_BIG_INT - 1])
def test_big_int_is_exact_as_string_and_as_number(number: int):
    assert parse_big_int(str(number)) == parse_big_int(number) == number
    assert serialize_big_int(number) == str(number)


@pytest.mark.parametrize("value", [2**63, True, 1.0, "1", None])
def test_big_int_never_answers_more_than_64_bits(value: Any):
    with pytest.raises(TypeError, match="64 bits"):
        serialize_big_int(value)


def _exact_or_refused(parse: Callable[[Any], Any], serialize: Callable[[Any], str], value: Any) -> None:
    try:
        parsed = parse(value)
    except GraphQLError:
        return
    if not isinstance(parsed, Decimal) or is_storable(parsed):
        assert parse(serialize(parsed)) == parsed


# Near misses of each form, beside text of any kind.
hostile = (
    st.text(max_size=60)
    | st.text(alphabet=st.characters(codec=None, categories=None), max_size=30)  # lone surrogates and all
    | st.from_regex(r"\A-?[0-9]{0,45}\.?[0-9]{0,45}([eE][+-]?[0-9]{1,4})?\Z")
    | st.from_regex(
        r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{0,9})?(Z|[+-][0-9]{2}:[0-9]{2})?)?\Z"
    )
    | st.from_regex(r"\A[+-]?\d{1,25}\Z")
)


@settings(max_examples=2000, deadline=None)
@given(hostile)
def test_any_text_is_exact_or_refused(text: str):
    _exact_or_refused(parse_decimal, serialize_decimal, text)
    _exact_or_refused(parse_date, serialize_date, text)
    _exact_or_refused(parse_big_int, serialize_big_int, text)
    try:
        instant = parse_date_time(text)
    except GraphQLError:
        return
    assert abs(parse_date_time(serialize_date_time(instant)) - instant) < timedelta(milliseconds=1)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**17), max_value=10**17))
def test_every_number_of_ours_makes_the_round_trip(number: Decimal):
    assert parse_decimal(serialize_decimal(number)) == number


@given(st.datetimes(min_value=datetime(1901, 1, 1), max_value=datetime(2099, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_every_instant_of_ours_makes_the_round_trip(local: datetime, offset: int):
    instant = local.replace(microsecond=local.microsecond // 1000 * 1000, tzinfo=timezone(timedelta(minutes=offset)))

    assert parse_date_time(serialize_date_time(instant)) == instant
