"""Whatever is wrong with an answer, a parser gives what has the right types, or a fault: never anything else."""

import json
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.market.providers.provider import Parsed, ProviderFault
from tests.domain.market.providers.samples import SAMPLES, Sample, answer

NONSENSE: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, -1, 10**30, 1e308, -0.0, "", "None", "NaN", "Infinity", "1e400", "-5", "x" * 300),
        *("2024-02-30", "1800-01-01", "9999-12-31", "\x00", "\u202e", "🦆"),
        *([], {}, [None], [[[]]], {"a": {"b": 1}}, [1, "2", None]),
    ]
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += _places(inner, (*path, key))
    return found


def _mutated(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    copy = deepcopy(value)
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    if change is _REMOVED:
        del inner[path[-1]]
    else:
        inner[path[-1]] = change
    return copy


_REMOVED = object()


def _check(value: Any) -> None:
    """Nothing that came through is a number that is none, or a date that nobody means."""
    if is_dataclass(value):
        for each in fields(value):
            _check(getattr(value, each.name))
    elif isinstance(value, tuple):
        for each in value:
            _check(each)
    elif isinstance(value, Decimal):
        assert value.is_finite()
    elif isinstance(value, date):
        assert 1900 <= value.year <= 2100


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_one_thing_that_is_wrong(sample: Sample, data: st.DataObject):
    if isinstance(sample.body, str):
        whole = sample.body.encode()
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
        body = (
            whole[:start]
            + data.draw(st.binary(max_size=20) | st.sampled_from([b",", b'"', b"\n", b"1e99"]))
            + whole[end:]
        )
    else:
        path = data.draw(st.sampled_from(_places(sample.body)))
        change = data.draw(st.one_of(NONSENSE, st.just(_REMOVED)))
        body = json.dumps(_mutated(sample.body, path, change)).encode()

    try:
        parsed = sample.parsed(body)
    except ProviderFault:
        return
    assert isinstance(parsed, Parsed)
    _check(parsed.found)


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_bytes_that_are_no_answer(sample: Sample):
    whole = answer(sample).body
    for body in (b"", b"null", b"[]", b"{}", b"1", b'"x"', b"\xff\xfe", whole[: len(whole) // 2], b"[" * 100_000):
        try:
            _check(sample.parsed(body).found)
        except ProviderFault:
            continue
