from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.web import Answer
from domain.market.providers import reading
from domain.market.providers.provider import FaultKind, ProviderFault

NOW = datetime(2025, 9, 22, 14, 30, tzinfo=UTC)


def answer(body=b"{}", status=200, **headers):
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body, NOW)


def record(**members):
    return reading.Record(members, "a quote")


def fault_of(call):
    with pytest.raises(ProviderFault) as raised:
        call()
    return raised.value.kind, raised.value.retry_after


def test_numbers_are_exact_as_they_were_written():
    found = reading.json_of(answer(b'{"a": 0.1, "b": 1e-7, "c": 12345678901234567890, "d": [1, 2.50]}'))

    assert found == {"a": Decimal("0.1"), "b": Decimal("1e-7"), "c": 12345678901234567890, "d": [1, Decimal("2.50")]}


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b'{"a": NaN}', b'{"a": -Infinity}', b'{"a": 1e999}', b"\xff\xfe", b"Too Many Requests\r\n"),
        *(b'{"a": ' + b"9" * 5000 + b"}", b"[" * 100_000, b'{"a": 0.' + b"1" * 60 + b"}", b"<html></html>"),
    ],
)
def test_what_is_no_json_is_garbled(body):
    assert fault_of(lambda: reading.json_of(answer(body))) == (FaultKind.GARBLED, None)


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (429, {}, (FaultKind.RATE_LIMITED, None)),
        (429, {"retry_after": "7"}, (FaultKind.RATE_LIMITED, 7.0)),
        (429, {"retry_after": "Mon, 22 Sep 2025 14:30:09 GMT"}, (FaultKind.RATE_LIMITED, 9.0)),
        (429, {"retry_after": "Mon, 22 Sep 2025 14:29:00 GMT"}, (FaultKind.RATE_LIMITED, 0.0)),
        (429, {"retry_after": "99999999"}, (FaultKind.RATE_LIMITED, 86_400.0)),
        (429, {"retry_after": "soon"}, (FaultKind.RATE_LIMITED, None)),
        (429, {"x_ratelimit_reset": "1758551412"}, (FaultKind.RATE_LIMITED, 12.0)),
        (401, {}, (FaultKind.REFUSED, None)),
        (402, {}, (FaultKind.REFUSED, None)),
        (403, {}, (FaultKind.REFUSED, None)),
        (404, {}, (FaultKind.NOT_FOUND, None)),
        (500, {}, (FaultKind.DOWN, None)),
        (503, {"retry_after": "30"}, (FaultKind.DOWN, 30.0)),
        (302, {}, (FaultKind.GARBLED, None)),
        (418, {}, (FaultKind.GARBLED, None)),
    ],
)
def test_each_status_is_a_kind_of_fault(status, headers, expected):
    assert fault_of(lambda: reading.check_status(answer(b"x", status, **headers))) == expected


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *((None, None), ("None", None), ("-", None), (".", None), ("", None), ("N/A", None), ("NaN", None)),
        *((5, 5), (Decimal("1.5"), Decimal("1.5")), ("112.6300", Decimal("112.63")), ("-0.5852%", Decimal("-0.5852"))),
        *(("1,234.5", Decimal("1234.5")), (Decimal("0.12345678901234"), Decimal("0.1234567890")), (0, 0)),
    ],
)
def test_numbers_are_read_however_they_are_written(value, number):
    assert record(x=value).number("x") == number


@pytest.mark.parametrize("value", [True, [], {}, "abc", "1.2.3", "Infinity", 10**17, "1e99", "٣", b"1"])
def test_what_is_no_number_is_garbled(value):
    assert fault_of(lambda: record(x=value).number("x"))[0] is FaultKind.GARBLED


def test_no_price_is_zero_and_none_is_negative():
    assert record(x=0).price("x") is None
    assert record(x="0.0000").price("x") is None
    assert record(x=Decimal("1e-15")).price("x") is None
    assert fault_of(lambda: record(x=-1).price("x"))[0] is FaultKind.GARBLED
    for name in ("x", "y"):
        assert fault_of(lambda: record(x=0).needed_price(name))[0] is FaultKind.GARBLED  # noqa: B023


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        (1700686801, "2023-11-22T21:00:01"),
        (Decimal("1.5e9"), "2017-07-14T02:40:00"),
        (1651684192462, "2022-05-04T17:09:52.462000"),
        (1651251948294080343, "2022-04-29T17:05:48.294080"),
        ("2024-03-05T15:30:00.123456789Z", "2024-03-05T15:30:00.123456"),
        ("2024-03-05T10:30:00-05:00", "2024-03-05T15:30:00"),
        ("2018-04-12T00:00:00+00:00", "2018-04-12T00:00:00"),
    ],
)
def test_instants_are_read_in_each_unit(value, instant):
    assert record(x=value).instant("x") == datetime.fromisoformat(f"{instant}+00:00")


def test_times_in_new_york_have_its_offset():
    assert reading.instant_in_new_york("2020-11-27 13:00:00", "x") == datetime(2020, 11, 27, 18, tzinfo=UTC)
    assert reading.session_of(datetime(2020, 11, 28, 1, tzinfo=UTC)) == date(2020, 11, 27)


def test_an_answer_about_something_else_is_refused():
    reading.expect_symbol("BRK.B", "brk-b")
    reading.expect_symbol("BRK.B", "BRK/B")

    assert fault_of(lambda: reading.expect_symbol("BRK.B", "BRK.A")) == (FaultKind.WRONG_SYMBOL, None)
    assert fault_of(lambda: reading.expect_symbol("BRK.B", None)) == (FaultKind.WRONG_SYMBOL, None)
    assert reading.dashed_symbol("BRK.B") == "BRK-B"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(JSON)
def test_whatever_a_member_is_it_is_read_or_is_a_fault(value):
    told = record(x=value)

    for read in (told.text, told.number, told.price, told.whole, told.day, told.instant, told.record, told.records):
        try:
            read("x")
        except ProviderFault as fault:
            assert fault.kind is FaultKind.GARBLED
            assert len(fault.message) < 600
