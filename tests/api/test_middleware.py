import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.middleware import BodyLimit, Edge
from tests.api.example import Api, codes

QUERY = {"query": "{ echoInt(value: 1) }"}


@pytest.mark.parametrize("sent", ["a", "A.b_c-9", "x" * 64])
async def test_a_request_keeps_its_id(sent: str):
    async with Api().client() as client:
        response = await client.post("/graphql", json=QUERY, headers={"x-request-id": sent})
    assert response.headers["x-request-id"] == sent


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "a\tb", "a/b", "<script>", "a;b"])
async def test_other_ids_are_replaced(sent: str):
    async with Api().client() as client:
        response = await client.post("/graphql", json=QUERY, headers=[("x-request-id", sent)])
    made = response.headers["x-request-id"]
    assert made != sent
    assert len(made) == 32


@pytest.mark.parametrize("path", ["/graphql", "/boom", "/nowhere"])
async def test_every_response_has_an_id_and_the_headers(path: str):
    async with Api().client() as client:
        response = await client.get(path)

    headers = response.headers
    assert headers["x-request-id"]
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"].startswith("max-age=63072000")


async def test_without_https_nothing_is_said_of_it():
    async with Api(edge=Edge(requires_https=False)).client() as client:
        assert "strict-transport-security" not in (await client.get("/graphql")).headers


async def test_only_the_names_that_are_ours_are_answered():
    """A page of another name that was made to mean this machine would be of one origin with us."""
    api = Api(edge=Edge(allowed_hosts=("api.example.com", "*.example.org")))
    async with api.client() as client:
        answered = {
            host: (await client.post("/graphql", json=QUERY, headers={"host": host})).status_code
            for host in ("api.example.com", "API.example.com:443", "a.example.org", "localhost:8000", "127.0.0.1")
        }
        refused = {
            host: (await client.post("/graphql", json=QUERY, headers={"host": host})).status_code
            for host in ("evil.example", "www.api.example.com", "example.org", "api.example.com.evil.example", "")
        }

    assert set(answered.values()) == {200}, answered
    assert set(refused.values()) == {400}, refused


async def test_a_bug_outside_graphql_is_masked():
    async with Api().client() as client:
        response = await client.get("/boom")

    assert (response.status_code, codes(response)) == (500, ["INTERNAL"])
    assert "hunter2" not in response.text
    assert response.json()["errors"][0]["extensions"]["requestId"] == response.headers["x-request-id"]


async def test_too_long_a_body_is_refused():
    api = Api(edge=Edge(body=BodyLimit(size=1000)))
    assert (await api.send(json.dumps({**QUERY, "variables": {"a": "x" * 500}}).encode())).status_code == 200

    response = await api.send(json.dumps({**QUERY, "variables": {"a": "x" * 1000}}).encode())
    assert (response.status_code, codes(response)) == (413, ["PAYLOAD_TOO_LARGE"])
    assert response.headers["connection"] == "close"


async def test_a_body_is_counted_as_it_comes():
    api = Api(edge=Edge(body=BodyLimit(size=1000)))
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 100
            yield b" " * 100

    async with api.client() as client:
        response = await client.post("/graphql", content=endless(), headers={"content-type": "application/json"})

    assert (response.status_code, codes(response)) == (413, ["PAYLOAD_TOO_LARGE"])
    assert sent <= 1200


@pytest.mark.parametrize("length", ["-1", "1_0", "x", "9" * 5000])
async def test_a_length_that_is_no_number_is_refused(length: str):
    response = await Api().send(b"{}", **{"content-length": length})

    assert response.status_code in {400, 413}


async def test_a_slow_body_is_given_up():
    api = Api(edge=Edge(body=BodyLimit(seconds=0.1)))

    async def slow() -> AsyncIterator[bytes]:
        yield b'{"query": '
        await asyncio.sleep(5)
        yield b'"{ nan }"}'

    async with api.client() as client:
        response = await asyncio.wait_for(
            client.post("/graphql", content=slow(), headers={"content-type": "application/json"}), 2
        )
    assert (response.status_code, codes(response)) == (408, ["TIMEOUT"])


async def test_after_the_body_an_answer_may_take_its_time():
    api = Api(edge=Edge(body=BodyLimit(seconds=0.05)))

    assert (await api.post("{ wait(seconds: 0.2) }")).json() == {"data": {"wait": 1}}


async def test_a_path_may_have_limits_of_its_own():
    api = Api(edge=Edge(body=BodyLimit(size=10), bodies={"/graphql": BodyLimit(size=1000)}))

    assert (await api.post(**QUERY)).status_code == 200


@pytest.mark.parametrize(
    ("edge", "origin", "allowed"),
    [
        (Edge(allowed_origins=["https://app.example"]), "https://app.example", True),
        (Edge(allowed_origins=["https://app.example"]), "https://evil.example", False),
        (Edge(allowed_origins=["https://app.example"]), "https://app.example.evil", False),
        (Edge(allowed_origins=["https://app.example"]), "http://localhost:3000", False),
        (Edge(allows_localhost=True), "http://localhost:3000", True),
        (Edge(allows_localhost=True), "http://127.0.0.1:5173", True),
        (Edge(allows_localhost=True), "http://localhost.evil:80", False),
        (Edge(allows_localhost=True), "http://localhost:80.evil", False),
        (Edge(), "null", False),
    ],
)
async def test_other_origins_read_only_where_allowed(edge: Edge, origin: str, allowed: bool):
    preflight = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
    }
    async with Api(edge=edge).client() as client:
        asked = await client.options("/graphql", headers=preflight)
        response = await client.post("/graphql", json=QUERY, headers={"origin": origin})

    for got in (asked, response):
        assert got.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert "access-control-allow-credentials" not in got.headers
        assert got.headers["x-request-id"]
    assert asked.status_code == (200 if allowed else 400)


async def test_long_answers_are_compressed():
    query = {"query": "{ page { edges { cursor node { symbol price at } } } }"}
    async with Api().client() as client:
        packed = await client.post("/graphql", json=query, headers={"accept-encoding": "gzip"})
        plain = await client.post("/graphql", json=query, headers={"accept-encoding": "identity"})
        short = await client.post("/graphql", json=QUERY, headers={"accept-encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in short.headers


async def test_half_an_answer_is_not_made_whole():
    async def half(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("midway")

    api = Api()
    api.app.mount("/half", half)
    with pytest.raises(RuntimeError, match="midway"):
        async with api.client() as client:
            await client.get("/half/")
