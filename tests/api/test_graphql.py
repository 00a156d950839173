import asyncio
import gzip
import json
import time
from hashlib import sha256
from typing import Any

import pytest
from graphql import get_introspection_query

from api.documents import PersistedDocuments
from domain.kernel.actor import Actor, Role
from schema.shared.limits import Limits
from tests.api import example
from tests.api.example import Api, codes
from tests.schema.shared.test_limits import bomb

GRAPHQL = "application/graphql-response+json; charset=utf-8"
JSON = "application/json; charset=utf-8"


@pytest.fixture
def api() -> Api:
    return Api()


async def test_answers_a_query(api: Api):
    response = await api.post("query Q($n: Int!) { echoInt(value: $n) }", variables={"n": 7}, operationName="Q", extensions={})

    assert (response.status_code, response.json()) == (200, {"data": {"echoInt": 7}})
    assert response.headers["content-type"] == GRAPHQL


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/graphql-response+json", GRAPHQL),
        ("application/json", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL),
        ("application/graphql-response+json;q=0.5, application/json", JSON),
        ("APPLICATION/GRAPHQL-RESPONSE+JSON;charset=utf-8", GRAPHQL),
        ("text/html, */*;q=0.1", JSON),
        ("application/json;q=0, application/graphql-response+json;q=0.1", GRAPHQL),
    ],
)
async def test_the_client_chooses_the_media_type(api: Api, accept: str, expected: str):
    assert (await api.post("{ nan: echoInt(value: 1) }", accept=accept)).headers["content-type"] == expected


@pytest.mark.parametrize("accept", ["text/html", "application/xml, text/*", "application/json;q=0", "application/json;q=x", "nonsense"])
async def test_other_media_types_are_not_made(api: Api, accept: str):
    response = await api.post("{ echoInt(value: 1) }", accept=accept)

    assert (response.status_code, codes(response)) == (406, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    ("query", "variables"),
    [("{", None), ("{ nothing }", None), ("query($n: Int!) { echoInt(value: $n) }", {"n": "x"}),
     ("query($n: Int!) { echoInt(value: $n) }", None), ("subscription { ticks { symbol } }", None)],
)  # fmt: skip
async def test_what_is_not_executed_is_400_or_in_plain_json_200(api: Api, query: str, variables: Any):
    response = await api.post(query, variables=variables)
    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])
    assert "data" not in response.json()
    if "subscription" not in query:
        assert (await api.post(query, accept="application/json", variables=variables)).status_code == 200


async def test_a_failing_field_leaves_the_rest(api: Api):
    response = await api.post("{ quote { symbol broken } }")

    assert response.status_code == 200
    assert response.json()["data"] == {"quote": {"symbol": "S1", "broken": None}}
    (error,) = response.json()["errors"]
    assert error["path"] == ["quote", "broken"]
    assert error["locations"] == [{"line": 1, "column": 18}]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"null", 400), (b'"{ nan }"', 400), (b"[]", 400), (b'[{"query": "{ nan }"}]', 400), (b"{}", 400),
        (b'{"query": null}', 400), (b'{"query": "{ nan }", "variables": "{}"}', 400), (b'{"query": "{ nan }", "extra": 1}', 400),
        (b'{"query": "{ nan }", "operationName": 1}', 400), (b'{"query": "{ nan }", "extensions": []}', 400),
        (b'{"query": "{ nan }", "query": "{ nan }"}', 400), (b'{"query": "{ nan }", "variables": {"a": NaN}}', 400),
        (b'{"query": "{ nan }", "variables": {"a": ' + b"9" * 5000 + b"}}", 400), (b"[" * 100_000 + b"]" * 100_000, 400),
        (b'{"query": "{ nan }", "variables": {"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}", 400),
        (b'{"query": "{ nan } #\\ud800"}', 400), (b'{"query": "{ nan }", "variables": {"\\udfff": 1}}', 400),
        (b'\xef\xbb\xbf{"query": "{ nan }"}', 400), (b'{"query": "\xff"}', 400), (b'{"query": "{ nan } # \\u0000"}', 400),
    ],
)  # fmt: skip
async def test_bodies_are_read_strictly(api: Api, body: bytes, status: int):
    response = await api.send(body)

    assert (response.status_code, codes(response)) == (status, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql",
     "application/json; charset=latin-1", "text/json", "application/json5"],
)  # fmt: skip
async def test_only_json_is_read(api: Api, content_type: str):
    response = await api.send(b'{"query": "mutation { touch }"}', **{"content-type": content_type})

    assert (response.status_code, codes(response)) == (415, ["BAD_REQUEST"])


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])
async def test_json_is_read_however_it_is_written(api: Api, content_type: str):
    assert (await api.send(b'{"query": "mutation { touch }"}', **{"content-type": content_type})).status_code == 200


async def test_a_compressed_body_is_refused(api: Api):
    body = gzip.compress(b'{"query": "{ nan }"}')
    assert (await api.send(body, **{"content-encoding": "gzip"})).status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
async def test_other_methods_are_refused(api: Api, method: str):
    async with api.client() as client:
        response = await client.request(method, "/graphql", params={"query": "{ nan }"})
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


async def test_queries_go_by_get(api: Api):
    response = await api.get(
        query="query Q($n: Int!) { echoInt(value: $n) }", variables='{"n": 7}', operationName="Q", extensions='{"a": 1}'
    )

    assert response.json() == {"data": {"echoInt": 7}}


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_mutations_never_go_by_get(api: Api, accept: str):
    example.LOGINS.clear()
    login = 'mutation M { login(input: {email: "e", password: "p"}) } query Q { echoInt(value: 1) }'

    for parameters in ({"query": "mutation { touch }"}, {"query": login, "operationName": "M"}):
        response = await api.get(accept=accept, **parameters)
        assert (response.status_code, codes(response)) == (405, ["BAD_REQUEST"])
        assert response.headers["allow"] == "POST"
    assert (await api.get(accept=accept, query=login, operationName="Q")).json() == {"data": {"echoInt": 1}}
    assert example.LOGINS == []


@pytest.mark.parametrize(
    "query_string",
    ["", "query=", "query={nan}&query={nan}", "query={nan}&variables=[]", "query={nan}&variables=x", "query={nan}&variables=",
     "query={nan}&extra=1", "query=%ff", "query=%00", "query={nan}&" + "&".join(f"a{n}=1" for n in range(50)),
     "query={nan}&variables={\"a\":\"\\ud800\"}"],
)  # fmt: skip
async def test_query_strings_are_read_strictly(api: Api, query_string: str):
    async with api.client() as client:
        response = await client.get(f"/graphql?{query_string}", headers={"accept": "application/graphql-response+json"})
    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])


async def test_a_persisted_document_is_sent_once(api: Api):
    text = "query($n: Int!) { echoInt(value: $n) }"
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": sha256(text.encode()).hexdigest()}}

    unknown = await api.post(extensions=persisted, variables={"n": 1})
    assert codes(unknown) == ["PERSISTED_QUERY_NOT_FOUND"]
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert (await api.post(text, extensions=persisted, variables={"n": 1})).json() == {"data": {"echoInt": 1}}
    assert (await api.post(extensions=persisted, variables={"n": 2})).json() == {"data": {"echoInt": 2}}
    by_get = await api.get(extensions=json.dumps(persisted), variables='{"n": 3}')
    assert by_get.json() == {"data": {"echoInt": 3}}


@pytest.mark.parametrize(
    "persisted",
    [1, [], "x", {}, {"version": 1}, {"version": 2, "sha256Hash": "a" * 64}, {"version": 1, "sha256Hash": "a" * 63},
     {"version": 1, "sha256Hash": 5}, {"version": 1, "sha256Hash": "a" * 64}],
)  # fmt: skip
async def test_a_wrong_hash_is_refused(api: Api, persisted: object):
    response = await api.post("{ quote { symbol } }", extensions={"persistedQuery": persisted})

    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])


async def test_only_valid_documents_are_persisted():
    api = Api(persisted=PersistedDocuments())
    text = "{ nothing }"
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": sha256(text.encode()).hexdigest()}}

    await api.post(text, extensions=persisted)
    assert codes(await api.post(extensions=persisted)) == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_a_late_answer_is_a_timeout():
    api = Api(deadline=0.05)
    started = time.monotonic()

    response = await api.post("{ wait(seconds: 5) }")

    assert (response.status_code, codes(response)) == (504, ["TIMEOUT"])
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("how", "code", "message"),
    [
        ("input", "BAD_USER_INPUT", "expected first from 0 to 100, got 101"),
        ("refusal", "BAD_USER_INPUT", "expected a name, got none"),
        ("missing", "NOT_FOUND", "no such thing"),
        ("rate", "RATE_LIMITED", "slower"),
        ("outage", "UNAVAILABLE", "the database does not answer"),
        ("bug", "INTERNAL", "internal error"),
        ("timeout", "INTERNAL", "internal error"),
    ],
)
async def test_errors_have_codes_and_ids(api: Api, how: str, code: str, message: str):
    response = await api.post(f'{{ fail(how: "{how}") }}')

    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == code
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    assert error["message"] == message
    assert error["extensions"].get("retryAfter") == (2.5 if how == "rate" else None)
    assert "hunter2" not in response.text


async def test_a_bug_is_masked_and_logged_without_the_document(api: Api, capsys: pytest.CaptureFixture[str]):
    document = '{ quote { broken greeting(name: "canary-in-the-document") } nan }'

    response = await api.post(document)

    assert "hunter2" not in response.text
    assert "Traceback" not in response.text
    assert codes(response) == ["INTERNAL", "INTERNAL"]
    logged = capsys.readouterr().out
    assert "request failed" in logged
    assert response.headers["x-request-id"] in logged
    assert sha256(document.encode()).hexdigest() in logged
    assert "canary-in-the-document" not in logged


async def test_an_output_that_is_no_number_shows_nothing_of_it(api: Api):
    response = await api.post("{ nan }")

    assert response.json()["data"] is None
    assert response.json()["errors"][0]["message"] == "internal error"


async def test_a_missing_variable_of_an_argument_is_the_clients_fault(api: Api):
    response = await api.post("query($n: Int = 5) { page(first: $n) { totalCount } echoInt(value: $n) }", variables={"n": None})

    assert codes(response) == ["BAD_REQUEST"]


async def test_who_is_not_let_in_learns_it(api: Api):
    for accept in ("application/json", "application/graphql-response+json"):
        async with api.client() as client:
            headers = {"accept": accept, "authorization": "Bearer stale"}
            response = await client.post("/graphql", json={"query": "{ nan }"}, headers=headers)
        assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])
        assert response.headers["www-authenticate"] == "Bearer"


async def test_an_outage_before_execution_can_be_tried_again(api: Api):
    async with api.client() as client:
        response = await client.post("/graphql", json={"query": "{ nan }"}, headers={"authorization": "Bearer outage"})

    assert (response.status_code, codes(response)) == (503, ["UNAVAILABLE"])


@pytest.mark.parametrize("roles", [{Role.DEVELOPER}, {Role.ADMIN}])
async def test_developers_and_administrators_may_introspect(roles: set[Role]):
    closed = Limits(introspection=False, suggestions=False)
    question = get_introspection_query()

    assert (await Api(limits=closed, actor=Actor(roles=frozenset(roles))).post(question)).status_code == 200
    for actor in (Actor(), Actor(roles=frozenset({Role.USER}))):
        response = await Api(limits=closed, actor=actor).post(question)
        assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])
        assert "Did you mean" not in (await Api(limits=closed, actor=actor).post("{ quots }")).text
        mistaken = await Api(limits=closed, actor=actor).post(
            "query($c: Color!) { color(color: $c) }", variables={"c": "BLU"}
        )
        assert codes(mistaken) == ["BAD_REQUEST"]
        assert "Did you mean" not in mistaken.text
    assert "Did you mean" in (await Api().post("{ quots }")).text


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
    "NaN", "Infinity", "١٢", "1e5", "1_000", "", " ", "\x00", "\ud800", "\u202e", "2024-01-01", "24:00", "9" * 5000, 1e308, -1e308, 10**39,
    2**63, 2**31, 0.1, -0.0, True, None, [], ["1"], {}, {"a": 1}, [[["1"]]], "\n", "'; DROP TABLE users; --", "%s%n", "{{7*7}}",
    "2024-01-01T00:00:00", "2024-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "é" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("field", ARGUMENTS)
async def test_evil_values_are_exact_or_refused(api: Api, field: str):
    query = f"query($v: {ARGUMENTS[field]}) {{ {field}(value: $v) }}"
    for value in EVIL:
        response = await api.send(json.dumps({"query": query, "variables": {"v": value}}).encode())
        if response.status_code == 200:
            answered = response.json()["data"][field]
            assert answered == value or str(answered) == str(value) or float(answered) == value, (value, answered)
        else:
            assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"]), (value, response.text)


@pytest.mark.parametrize("field", ARGUMENTS)
async def test_evil_literals_are_exact_or_refused(api: Api, field: str):
    literals = ["1e5", "1.5", "9" * 5000, "1e999", "-1", "2147483648", "9223372036854775808", "true", "null", "RED", "[1]", "{a: 1}",
                '"1e5"', '"""1"""', '"\\u0000"', '"\\ud800"', '"\\ud83d\\ude00"', '""', "0x10", "1_0", "NaN"]  # fmt: skip
    for literal in literals:
        response = await api.post(f"{{ {field}(value: {literal}) }}")
        assert response.status_code in {200, 400}, (literal, response.text)
        assert response.status_code == 200 or set(codes(response)) == {"BAD_REQUEST"}, (literal, response.text)
        if response.status_code == 200:
            assert "errors" not in response.json(), (literal, response.text)


async def test_hundreds_of_strings_never_break_it(api: Api):
    alphabet = ["0", "9", "-", ".", "e", "T", "Z", ":", "+", "\u0660", "\ud800", "\x00", "N", "é", '"', "\\", "\u202e", " ", "😀"]
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


async def test_requests_are_answered_side_by_side(api: Api):
    started = time.monotonic()
    await asyncio.gather(*(api.post("{ wait(seconds: 0.2) }") for _ in range(10)))
    assert time.monotonic() - started < 1.5


async def test_a_client_that_leaves_gets_no_answer(api: Api):
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers, "state": {}}
    await api.app(scope, receive, send)

    assert sent == []


