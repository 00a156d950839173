"""What is sent to break the endpoint is answered, cheaply and with a code."""

import gc
import json
import time
from typing import Any

import pytest

from tests.api import example
from tests.api.example import Api, codes
from tests.schema.shared.test_limits import bomb


@pytest.fixture
def api() -> Api:
    return Api()


async def test_a_thousand_logins_in_one_document_are_none(api: Api):
    login = 'login(input: {email: "e", password: "p"})'
    example.LOGINS.clear()

    many = "mutation { " + " ".join(f"a{n}: {login}" for n in range(1000)) + " }"
    assert codes(await api.post(many)) == ["BAD_REQUEST"]
    assert codes(await api.post(f"mutation {{ a: {login} b: {login} }}")) == ["BAD_REQUEST"]
    assert example.LOGINS == []
    assert (await api.post(f"mutation {{ {login} }}")).json() == {"data": {"login": True}}
    assert example.LOGINS == ["e"]


@pytest.mark.parametrize("doublings", [10, 50, 100, 200])
async def test_a_bomb_costs_next_to_nothing(api: Api, doublings: int):
    await api.post("{ quote { symbol } }")
    gc.collect()
    started = time.process_time()

    response = await api.post(bomb(doublings))

    assert time.process_time() - started < 0.05  # the client's part included
    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])


async def test_what_is_too_dear_is_refused(api: Api):
    response = await api.post("{ page(first: 600) { edges { node { symbol } } } }")

    assert (response.status_code, codes(response)) == (400, ["COST_LIMIT"])
    assert "at most 1000, got 1201" in response.text


@pytest.mark.parametrize(
    "text",
    [
        "{ " + "symbol " * 400 + "}",
        "{ " + " ".join(f"a{n % 3}: quote {{ symbol rank related {{ symbol }} }}" for n in range(20)) + " }",
        "{ quote { " + "... on Quote { symbol } " * 45 + "} }",
        "{ quote { " + " ".join("related { symbol rank }" for _ in range(20)) + " } }",
    ],
)
async def test_validation_of_duplicates_stays_cheap(api: Api, text: str):
    gc.collect()
    started = time.process_time()
    await api.post(text)
    assert time.process_time() - started < 0.15


ARGUMENTS = {
    "echoDecimal": "Decimal!",
    "echoDateTime": "DateTime!",
    "echoDate": "Date!",
    "echoBigInt": "BigInt!",
    "echoText": "String!",
    "echoFloat": "Float!",
    "echoInt": "Int!",
    "echoId": "ID!",
}
EVIL: list[Any] = [
    "NaN",
    "Infinity",
    "١٢",
    "1e5",
    "1_000",
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e",
    "2024-01-01",
    "24:00",
    "9" * 5000,
    1e308,
    -1e308,
    10**39,
    2**63,
    2**31,
    0.1,
    -0.0,
    True,
    None,
    [],
    ["1"],
    {},
    {"a": 1},
    [[["1"]]],
    "\n",
    "'; DROP TABLE users; --",
    "%s%n",
    "{{7*7}}",
    "2024-01-01T00:00:00",
    "2024-02-30T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "é" * 1000,
]


@pytest.mark.parametrize("field", ARGUMENTS)
async def test_evil_values_are_exact_or_refused(api: Api, field: str):
    query = f"query($v: {ARGUMENTS[field]}) {{ {field}(value: $v) }}"
    for value in EVIL:
        response = await api.send(json.dumps({"query": query, "variables": {"v": value}}).encode())
        if response.status_code == 200:
            answered = response.json()["data"][field]
            assert str(answered) == str(value) or float(answered) == float(value), (value, answered)
        else:
            assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"]), (value, response.text)


@pytest.mark.parametrize("field", ARGUMENTS)
async def test_evil_literals_are_exact_or_refused(api: Api, field: str):
    literals = [
        "1e5",
        "1.5",
        "9" * 5000,
        "1e999",
        "-1",
        "2147483648",
        "9223372036854775808",
        "true",
        "null",
        "RED",
        "[1]",
        "{a: 1}",
        '"1e5"',
        '"""1"""',
        '"\\u0000"',
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '""',
        "0x10",
        "1_0",
        "NaN",
    ]
    for literal in literals:
        response = await api.post(f"{{ {field}(value: {literal}) }}")
        assert response.status_code in {200, 400}, (literal, response.text)
        assert response.status_code == 200 or set(codes(response)) == {"BAD_REQUEST"}, (literal, response.text)
        if response.status_code == 200:
            assert "errors" not in response.json(), (literal, response.text)


async def test_hundreds_of_strings_never_break_it(api: Api):
    alphabet = [
        "0",
        "9",
        "-",
        ".",
        "e",
        "T",
        "Z",
        ":",
        "+",
        "\u0660",
        "\ud800",
        "\x00",
        "N",
        "é",
        '"',
        "\\",
        "\u202e",
        " ",
        "😀",
    ]
    queries = [f"query($v: {kind}) {{ {field}(value: $v) }}" for field, kind in ARGUMENTS.items()]
    seed = 1
    for number in range(2000):
        text = ""
        for _ in range(number % 12):
            seed = (seed * 1103515245 + 12345) % 2**31
            text += alphabet[seed // 65536 % len(alphabet)]
        body = json.dumps({"query": queries[number % len(queries)], "variables": {"v": text}}).encode()
        response = await api.send(body)
        assert response.status_code in {200, 400}, (text, response.text)
        if response.status_code == 200:
            assert "errors" not in response.json(), (text, response.text)


async def test_input_objects_take_only_what_they_declare(api: Api):
    query = "query($f: Filter!) { search(filter: $f) }"

    assert (await api.post(query, variables={"f": {"text": "a", "atLeast": "1.5"}})).json() == {"data": {"search": 1}}
    for bad in ({"atLeast": 1.5}, {"atLeast": "x"}, {"role": "ADMIN"}, {"text": 5}, {"anyOf": [{"anyOf": [{"x": 1}]}]}):
        assert codes(await api.post(query, variables={"f": bad})) == ["BAD_REQUEST"]
    nested: dict[str, Any] = {"text": "a"}
    for _ in range(25):
        nested = {"anyOf": [nested]}
    assert (await api.post(query, variables={"f": nested})).status_code == 200
    for _ in range(25):
        nested = {"anyOf": [nested]}
    assert codes(await api.post(query, variables={"f": nested})) == ["BAD_REQUEST"]
