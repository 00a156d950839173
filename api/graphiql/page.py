"""The routes that serve the explorer: a page without inline script, and the files of the bundle."""

import json
import re
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.graphiql.build import DIST, HOME, MANIFEST

_KINDS = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "ttf": "font/ttf",
    "woff": "font/woff",
    "woff2": "font/woff2",
}
# No separator and no leading dot: a name cannot leave the folder.
_ASSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.(js|css|ttf|woff2?)")
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:]+\](:\d{1,5})?")
_FOREVER = "public, max-age=31536000, immutable"


def routes(*, demo: bool, dist: Path = DIST) -> list[BaseRoute]:
    """Return `GET /graphiql` and the files it loads; `demo` fills the demonstration's user in."""

    async def page(request: Request) -> Response:
        return _page(request, demo=demo, dist=dist)

    async def asset(request: Request) -> Response:
        return _asset(request, dist)

    return [
        Route("/graphiql", page, methods=["GET"]),
        Route("/graphiql/assets/{name}", asset, methods=["GET"]),
    ]


def content_security_policy(host: str) -> str:
    """Return the page's policy: everything from our own origin, no inline script, sockets to the same host only.

    `host` is what the request named; one that is not a host name adds nothing.
    Monaco and the explorer plugin write style attributes and elements, hence `unsafe-inline` there.
    """
    # Not every browser takes 'self' to cover a socket of the same host.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "worker-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self'",
            "img-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _page(request: Request, *, demo: bool, dist: Path) -> Response:
    headers = {
        "content-security-policy": content_security_policy(request.headers.get("host", "")),
        "cache-control": "no-cache",
    }
    try:
        manifest = json.loads((dist / MANIFEST).read_bytes())
    except FileNotFoundError:
        return HTMLResponse((HOME / "missing.html").read_text("utf-8"), status_code=503, headers=headers)
    template = Template((HOME / "page.html").read_text("utf-8"))
    html = template.substitute(style=manifest["style"], script=manifest["script"], demo=str(demo).lower())
    return HTMLResponse(html, headers=headers)


def _asset(request: Request, dist: Path) -> Response:
    name = str(request.path_params["name"])
    kind = _ASSET.fullmatch(name)
    path = dist / name
    if kind is None or not path.is_file():
        return PlainTextResponse("There is no such file of the explorer.\n", status_code=404)
    # A worker lives under the policy of its own file: what every answer of this API has, which allows nothing, will do.
    headers = {"cache-control": _FOREVER, "vary": "accept-encoding"}
    packed = dist / f"{name}.gz"
    if "gzip" in request.headers.get("accept-encoding", "") and packed.is_file():
        path, headers["content-encoding"] = packed, "gzip"
    return FileResponse(path, media_type=_KINDS[kind[1]], headers=headers)
