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

GRAPHQL = "application/graphql-response+json; charset=utf-8"
JSON = "application/json; charset=utf-8"


@pytest.fixture
def api() -> Api:
    return Api()


async def test_answers_a_query(api: Api):
    response = await api.post(
        "query Q($n: Int!) { echoInt(value: $n) }", variables={"n": 7}, operationName="Q", extensions={}
    )

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


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml, text/*", "application/json;q=0", "application/json;q=x", "nonsense"]
)
async def test_other_media_types_are_not_made(api: Api, accept: str):
    response = await api.post("{ echoInt(value: 1) }", accept=accept)

    assert (response.status_code, codes(response)) == (406, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{", None),
        ("{ nothing }", None),
        ("query($n: Int!) { echoInt(value: $n) }", {"n": "x"}),
        ("query($n: Int!) { echoInt(value: $n) }", None),
        ("subscription { ticks { symbol } }", None),
    ],
)
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
    "body",
    [
        b"",
        b"null",
        b'"{ nan }"',
        b"[]",
        b'[{"query": "{ nan }"}]',
        b"{}",
        b'{"query": null}',
        b'{"query": "{ nan }", "variables": "{}"}',
        b'{"query": "{ nan }", "extra": 1}',
        b'{"query": "{ nan }", "operationName": 1}',
        b'{"query": "{ nan }", "extensions": []}',
        b'{"query": "{ nan }", "query": "{ nan }"}',
        b'{"query": "{ nan }", "variables": {"a": NaN}}',
        b'{"query": "{ nan }", "variables": {"a": ' + b"9" * 5000 + b"}}",
        b'{"query": "{ nan }", "variables": {"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"query": "{ nan } #\\ud800"}',
        b'{"query": "{ nan }", "variables": {"\\udfff": 1}}',
        b'{"query": "{ nan } # \\u0000"}',
        b'\xef\xbb\xbf{"query": "{ nan }"}',
        b'{"query": "\xff"}',
    ],
)
async def test_bodies_are_read_strictly(api: Api, body: bytes):
    response = await api.send(body)

    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=latin-1",
        "text/json",
        "application/json5",
    ],
)
async def test_only_json_is_read(api: Api, content_type: str):
    response = await api.send(b'{"query": "mutation { touch }"}', **{"content-type": content_type})

    assert (response.status_code, codes(response)) == (415, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
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
    [
        "",
        "query=",
        "query={nan}&query={nan}",
        "query={nan}&variables=[]",
        "query={nan}&variables=x",
        "query={nan}&variables=",
        'query={nan}&variables={"a":"\\ud800"}',
        "query={nan}&extra=1",
        "query=%ff",
        "query=%00",
        "query={nan}&" + "&".join(f"a{n}=1" for n in range(50)),
    ],
)
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
    [
        1,
        [],
        "x",
        {},
        {"version": 1},
        {"version": 2, "sha256Hash": "a" * 64},
        {"version": 1, "sha256Hash": "a" * 63},
        {"version": 1, "sha256Hash": 5},
        {"version": 1, "sha256Hash": "a" * 64},
    ],
)
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
    response = await api.post(
        "query($n: Int = 5) { page(first: $n) { totalCount } echoInt(value: $n) }", variables={"n": None}
    )

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
