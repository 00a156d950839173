import gzip
import json
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from api.graphiql.page import content_security_policy, routes

SCRIPT = b"console.log('the explorer');\n"


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (tmp_path / "secret.js").write_bytes(b"outside")
    (folder / "explorer-AB.js").write_bytes(SCRIPT)
    (folder / "explorer-AB.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "font-01.woff2").write_bytes(b"font")
    (folder / "manifest.json").write_text(json.dumps({"script": "explorer-AB.js", "style": "explorer-CD.css"}))
    return folder


def client(dist: Path, *, demo: bool = True) -> httpx.AsyncClient:
    app = Starlette(routes=routes(demo=demo, dist=dist))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000")


async def test_the_page_names_the_bundle_and_runs_no_inline_script(dist: Path):
    async with client(dist) as http:
        page = await http.get("/graphiql")

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<script type="module" src="/graphiql/assets/explorer-AB.js"></script>' in page.text
    assert 'href="/graphiql/assets/explorer-CD.css"' in page.text
    assert page.text.count("<script") == 1
    assert "script-src 'self';" in page.headers["content-security-policy"]


@pytest.mark.parametrize(("demo", "written"), [(True, "true"), (False, "false")])
async def test_the_page_knows_whether_it_is_the_demonstration(dist: Path, demo: bool, written: str):
    async with client(dist, demo=demo) as http:
        page = await http.get("/graphiql")

    assert f'data-demo="{written}"' in page.text


async def test_a_missing_bundle_is_explained(tmp_path: Path):
    async with client(tmp_path / "none") as http:
        page = await http.get("/graphiql")

    assert page.status_code == 503
    assert "python -m api.graphiql.build" in page.text
    assert "<script" not in page.text


async def test_a_file_may_be_kept_forever(dist: Path):
    async with client(dist) as http:
        script = await http.get("/graphiql/assets/explorer-AB.js", headers={"accept-encoding": "identity"})
        font = await http.get("/graphiql/assets/font-01.woff2")

    assert (script.content, script.headers["content-type"]) == (SCRIPT, "text/javascript; charset=utf-8")
    assert "content-encoding" not in script.headers
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (font.content, font.headers["content-type"]) == (b"font", "font/woff2")


async def test_a_file_is_sent_packed_to_who_takes_it(dist: Path):
    async with client(dist) as http:
        script = await http.get("/graphiql/assets/explorer-AB.js", headers={"accept-encoding": "br, gzip"})

    assert script.headers["content-encoding"] == "gzip"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["vary"] == "accept-encoding"
    assert script.content == SCRIPT


@pytest.mark.parametrize(
    "name",
    ["manifest.json", "explorer-AB.js.gz", "none.js", "..%2Fsecret.js", "%2e%2e/secret.js", ".hidden.js", "a%00.js"],
)
async def test_nothing_else_is_served(dist: Path, name: str):
    async with client(dist) as http:
        answer = await http.get(f"/graphiql/assets/{name}")

    assert answer.status_code == 404


def test_sockets_go_to_the_same_host_only():
    assert "connect-src 'self' ws://[::1]:80 wss://[::1]:80;" in content_security_policy("[::1]:80")
    assert "connect-src 'self';" in content_security_policy("example.com; script-src *")
    assert "connect-src 'self';" in content_security_policy("")
