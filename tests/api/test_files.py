"""`POST /files`: whose it is, how long it may be, and what is kept of a refused one."""

import asyncio
import errno
import hashlib
import json
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
import structlog

from api.app import create_app
from api.files import MAXIMUM_BYTES
from domain.audit.models import AuditEntry
from domain.files.models import StoredFile
from domain.infra.settings import Profile, Settings
from domain.kernel.actor import NOBODY
from domain.kernel.ids import new_id
from schema.shared.node import global_id, stored_key
from tests.factories.identity import make_person
from tests.support.graphql import GraphQLClient

PREFLIGHT = {"X-Foliograph-Preflight": "1"}


@pytest.fixture
def databases(sqlite_databases):
    """The engine is no matter of uploads, but for the one row that each is."""
    return sqlite_databases


@pytest.fixture
async def person(resources):
    return await make_person(resources)


@asynccontextmanager
async def serving(resources):
    """The whole application over these ports."""
    settings = Settings(profile=Profile.DEVELOPMENT, demo_data=False)

    @asynccontextmanager
    async def opening(_settings):
        yield resources

    app = create_app(settings, opening)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def app(resources):
    async with serving(resources) as opened:
        yield opened


@pytest.fixture
async def http(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def post(http, person):
    async def run(content=b"a,b\n1,2\n", *, token=person.access_token, preflight=True, **headers):
        sent = {
            **(PREFLIGHT if preflight else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        if token is not None:
            sent["authorization"] = f"Bearer {token}"
        return await http.post("/files", content=content, headers=sent)

    return run


@pytest.fixture
def kept(tmp_path):
    """The names of what lies in the store."""

    def names():
        folder = tmp_path / "files"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    return names


async def test_a_file_is_kept_for_its_owner(post, person, resources, kept, clock):
    content = b"symbol,quantity\nAAA,1\n"

    response = await post(content, content_type="text/csv", x_file_name="holdings%20%C3%BC.csv")

    digest = hashlib.sha256(content).hexdigest()
    stored = await StoredFile.get()
    assert (response.status_code, response.headers["content-type"]) == (201, "application/json")
    assert response.json() == {"fileId": global_id("File", stored.id), "sha256": digest}
    assert (stored.name, stored.content_type, stored.size, stored.sha256) == (
        "holdings ü.csv",
        "text/csv",
        len(content),
        digest,
    )
    assert (stored.owner_id, stored.tenant_id, stored.created_at) == (
        person.actor.user_id,
        person.actor.tenant_id,
        clock.now(),
    )
    assert await resources.files.read(digest) == content
    assert kept() == [digest]
    entry = await AuditEntry.get(action="file.store")
    assert (entry.subject_id, entry.actor_id) == (stored.id, person.actor.user_id)
    with pytest.raises(KeyError):
        await resources.files.read("0" * 64)


async def test_a_file_is_a_node_of_its_owner_s_alone(post, person, resources):
    key = (await post(content_type="text/csv", x_file_name="a.csv")).json()["fileId"]
    stranger = (await make_person(resources, "stranger@example.com")).actor
    document = "query($id: ID!) { node(id: $id) { id ... on File { name contentType size } } }"

    async def found(actor):
        return (await GraphQLClient(resources, actor).data(document, {"id": key}))["node"]

    assert await found(person.actor) == {"id": key, "name": "a.csv", "contentType": "text/csv", "size": 8}
    assert await found(stranger) is await found(NOBODY) is None


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("C%3A%5CUsers%5Cada%5Ctax.csv", "tax.csv"),
        ("../../etc/passwd", "passwd"),
        ("%20a.csv%20", "a.csv"),
        ("Cafe%CC%81", "Café"),
        ("x" * 255, "x" * 255),
        ("%3Cscript%3E", "<script>"),
    ],
)
async def test_a_name_is_the_last_part_of_a_path(post, sent, stored):
    assert (await post(x_file_name=sent)).status_code == 201

    assert (await StoredFile.get()).name == stored


async def test_without_a_name_and_a_type_it_has_some(post):
    assert (await post()).status_code == 201

    stored = await StoredFile.get()
    assert (stored.name, stored.content_type) == ("upload", "application/octet-stream")


def problem(response):
    (error,) = response.json()["errors"]
    assert set(error["extensions"]) == {"code", "requestId"}
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    return response.status_code, error["extensions"]["code"]


@pytest.mark.parametrize(
    "name", ["%FF", "a%0Ab", "a%00b", "%ED%A0%80", "", "%20", "a/", "x" * 256, "%E2%80%AE", "a%E2%80%A8b"]
)
async def test_what_is_no_name_is_refused(post, kept, name):
    assert problem(await post(x_file_name=name)) == (400, "BAD_REQUEST")
    assert kept() == []


async def test_a_page_of_another_origin_cannot_upload(post, http, kept):
    assert problem(await post(preflight=False)) == (400, "BAD_REQUEST")
    assert problem(await post(preflight=False, x_foliograph_preflight="0")) == (400, "BAD_REQUEST")
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    asked["access-control-request-headers"] = "x-foliograph-preflight"
    refused = await http.options("/files", headers=asked)
    assert "access-control-allow-origin" not in refused.headers
    assert kept() == []


async def test_a_front_end_in_development_can(http):
    asked = {"origin": "http://localhost:3000", "access-control-request-method": "POST"}
    asked["access-control-request-headers"] = "authorization,content-type,x-file-name,x-foliograph-preflight"

    allowed = await http.options("/files", headers=asked)

    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, "http://localhost:3000")


@pytest.mark.parametrize("token", [None, "nonsense", "a.b.c"])
async def test_nobody_uploads(post, kept, token):
    response = await post(token=token)

    assert problem(response) == (401, "UNAUTHENTICATED")
    assert response.headers["www-authenticate"] == "Bearer"
    assert kept() == []
    assert await StoredFile.all().count() == 0


async def test_the_largest_file_is_kept_and_one_byte_more_is_not(post, kept):
    async def streamed(size):
        for start in range(0, size, 1 << 16):
            yield b"x" * min(1 << 16, size - start)

    assert (await post(streamed(MAXIMUM_BYTES))).status_code == 201
    before = kept()

    # Without a length that is announced, and with one.
    assert problem(await post(streamed(MAXIMUM_BYTES + 1))) == (413, "PAYLOAD_TOO_LARGE")
    assert problem(await post(b"y" * (MAXIMUM_BYTES + 1))) == (413, "PAYLOAD_TOO_LARGE")

    assert kept() == before
    assert await StoredFile.all().count() == 1


async def test_nothing_is_no_file(post, kept):
    assert problem(await post(b"")) == (400, "BAD_REQUEST")

    assert kept() == []
    assert await StoredFile.all().count() == 0


async def test_equal_files_are_two_uploads_and_are_kept_once(post, person, resources, kept):
    other = await make_person(resources, "other@example.com")

    ids = {(await post()).json()["fileId"], (await post(token=other.access_token)).json()["fileId"]}

    assert len(ids) == 2
    assert len(kept()) == 1
    owners = {(await StoredFile.get(id=stored_key("File", each))).owner_id for each in ids}
    assert owners == {person.actor.user_id, other.actor.user_id}


async def test_many_at_once_do_not_disturb_one_another(post, kept):
    contents = [bytes([number]) * 70_000 for number in range(5)] * 3

    answers = await asyncio.gather(*[post(content) for content in contents])

    assert [answer.json()["sha256"] for answer in answers] == [hashlib.sha256(each).hexdigest() for each in contents]
    assert len(kept()) == 5


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_only_post_uploads(http, method):
    assert (await http.request(method, "/files")).status_code == 405


async def test_who_leaves_in_the_middle_leaves_nothing(app, person, kept):
    sent, messages = (
        [],
        [
            {"type": "http.request", "body": b"half", "more_body": True},
            {"type": "http.disconnect"},
        ],
    )

    async def receive():
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    headers = [(b"x-foliograph-preflight", b"1"), (b"authorization", f"Bearer {person.access_token}".encode())]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/files",
        "raw_path": b"/files",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("192.0.2.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }
    with structlog.testing.capture_logs() as logs:
        await app(scope, receive, send)

    assert kept() == []
    assert await StoredFile.all().count() == 0
    # That is no bug of ours.
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


class FullStore:
    """A file store on a disk that is full."""

    async def keep(self, chunks, *, limit):
        async for _ in chunks:
            raise OSError(errno.ENOSPC, "No space left on device")

    async def read(self, sha256):
        raise KeyError(sha256)


async def test_a_full_disk_is_said(resources, person):
    async with (
        serving(replace(resources, files=FullStore())) as app,
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http,
    ):
        response = await http.post(
            "/files", content=b"x", headers={**PREFLIGHT, "authorization": f"Bearer {person.access_token}"}
        )

    assert problem(response) == (507, "STORAGE_FULL")
    assert "No space" not in json.dumps(response.json())
    assert await StoredFile.all().count() == 0


@pytest.fixture
def get(http, person):
    async def run(file_id, *, token=person.access_token):
        return await http.get(
            f"/files/{file_id}", headers={} if token is None else {"authorization": f"Bearer {token}"}
        )

    return run


async def test_an_upload_is_downloaded_by_its_owner_and_never_shown(post, get):
    sent = await post(b"<script>alert(1)</script>", content_type="text/html", x_file_name="%C3%A4%22.html")

    answer = await get(sent.json()["fileId"])

    assert (answer.status_code, answer.content) == (200, b"<script>alert(1)</script>")
    headers = answer.headers
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%A4%22.html"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


async def test_what_is_another_s_or_not_there_is_one_answer(resources, post, get):
    file_id = (await post()).json()["fileId"]
    stranger = await make_person(resources, "stranger@example.com")

    answers = [
        await get(file_id, token=stranger.access_token),
        await get(global_id("File", new_id())),
        await get(global_id("Portfolio", stored_key("File", file_id))),
        await get("nothing"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["errors"][0]["message"] for answer in answers} == {"no such file"}
    nobody = await get(file_id, token=None)
    assert (nobody.status_code, nobody.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


async def test_a_file_whose_bytes_are_gone_is_not_there(post, get, tmp_path):
    sent = (await post()).json()
    (tmp_path / "files" / sent["sha256"]).unlink()

    assert (await get(sent["fileId"])).status_code == 404


async def test_an_export_is_downloaded(resources, person, get):
    client = GraphQLClient(resources, person.actor)
    made = await client.data('mutation { createPortfolio(input: {name: "Übung"}) { portfolio { id } } }')
    given = {"portfolioId": made["createPortfolio"]["portfolio"]["id"], "format": "CSV"}
    document = """mutation($input: ExportPortfolioInput!) { exportPortfolio(input: $input) {
        file { id name sha256 size } url userErrors { code } } }"""
    written = (await client.data(document, {"input": given}))["exportPortfolio"]

    answer = await get(written["url"].removeprefix("/files/"))

    assert written["url"] == f"/files/{written['file']['id']}"
    assert hashlib.sha256(answer.content).hexdigest() == written["file"]["sha256"]
    assert answer.content.startswith(b"kind,trade_date,settlement_date,symbol,")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%9Cbung-transactions.csv"
