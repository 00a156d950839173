import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.strict_json import loads
from domain.kernel.errors import BadRequest


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b'{"a": 1,}', "JSON"),
        (b"{'a': 1}", "JSON"),
        (b'{"a": 01}', "JSON"),
        (b'{"a": 1} x', "JSON"),
        (b'{"a": 1}{"a": 2}', "JSON"),
        (b'\xef\xbb\xbf{"a": 1}', "JSON"),
        (b'"a\nb"', "JSON"),
        (b'"\\x00"', "JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"a": "\xc3"}', "UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "UTF-8"),
        (b'{"a": 1, "a": 2}', "once"),
        (b'[{"b": {"a": 1, "\\u0061": 2}}]', "once"),
        (b"NaN", "number"),
        (b'{"a": -Infinity}', "number"),
        (b'{"a": 1e999}', "finite"),
        (b'{"a": -1e999}', "finite"),
        (b'{"a": ' + b"9" * 5000 + b"}", "40 characters"),
        (b'{"a": 0.' + b"9" * 5000 + b"}", "40 characters"),
        (b'{"a": "\\ud800"}', r"U\+D800"),
        (b'{"\\udc00": 1}', r"U\+DC00"),
        (b'["ok", ["\\u0000"]]', r"U\+0000"),
        (b'{"a": "\\u202e"}', r"U\+202E"),
        (b"[" * 65 + b"]" * 65, "64 levels"),
        (b"[" * 100_000, "levels"),
        (b"[" * 100_000 + b"]" * 100_000, "levels"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "levels"),
    ],
)
def test_what_is_not_plain_json_is_refused(body: bytes, message: str):
    started = time.process_time()
    with pytest.raises(BadRequest, match=message):
        loads(body)
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b' {"a": [1, 2.5, -3e2, true, null, "\\ud83d\\ude00"]}\n', {"a": [1, 2.5, -300.0, True, None, "😀"]}),
        ('{"é": "tab\\tand\\nline"}'.encode(), {"é": "tab\tand\nline"}),
        ('"text"', "text"),
        (b"[" * 64 + b"]" * 64, json.loads("[" * 64 + "]" * 64)),
        (b"9223372036854775808", 2**63),
    ],
)
def test_plain_json_is_read(body: bytes | str, value: object):
    assert loads(body) == value


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_anything_is_read_as_json_does_or_refused(body: bytes):
    try:
        value = loads(body)
    except BadRequest:
        return
    assert value == json.loads(body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
    )
)
def test_what_python_writes_is_read_or_refused(value: object):
    with contextlib.suppress(BadRequest):
        assert loads(json.dumps(value)) == json.loads(json.dumps(value))
