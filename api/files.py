"""`POST /files`: uploads, streamed and capped; mutations then take the `fileId`.  `GET /files/ID`: downloads.

Both need an access token; a file is its owner's alone.
"""

from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import quote, unquote

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from api.authentication import Authenticator
from api.errors import ErrorFormat, failure_response
from api.middleware import request_id_of
from domain.files.commands import store_file
from domain.files.queries import files_by_id
from domain.kernel.errors import BadRequest, NothingThere, Unauthenticated
from domain.kernel.ports import Resources
from domain.kernel.text import as_name
from schema.shared.node import global_id, stored_key

PATH: Final = "/files"
MAXIMUM_BYTES: Final = 10 * 1024 * 1024
# A page of another origin cannot send this header without asking first, and is refused then.
PREFLIGHT_HEADER: Final = "x-foliograph-preflight"
NAME_HEADER: Final = "x-file-name"

_LONGEST_NAME: Final = 255

# Whatever an upload is said to be, a browser must neither run nor show it as a page of ours.
_DOWNLOAD_HEADERS: Final = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "no-store"}


def files_route(resources: Resources, authenticator: Authenticator, errors: ErrorFormat) -> Route:
    """Return the route of uploads.

    The body is the file as it is; `X-File-Name`, percent-encoded, may name it.  Answers 201 with `fileId` and `sha256`.
    """

    async def upload(request: Request) -> Response:
        try:
            return await _store(request, resources, authenticator)
        except ClientDisconnect:
            # Nobody reads the answer, and nothing was kept.
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001 - the answer to a bug is an error too
            return failure_response(error, request_id_of(request.scope), errors)

    return Route(PATH, upload, methods=["POST"])


def downloads_route(resources: Resources, authenticator: Authenticator, errors: ErrorFormat) -> Route:
    """Return the route of downloads: an upload, or an export, to its owner; 404 for all others."""

    async def download(request: Request) -> Response:
        try:
            return await _fetch(request, resources, authenticator)
        except Exception as error:  # noqa: BLE001 - the answer to a bug is an error too
            return failure_response(error, request_id_of(request.scope), errors)

    return Route(f"{PATH}/{{file_id}}", download, methods=["GET"])


async def _fetch(request: Request, resources: Resources, authenticator: Authenticator) -> Response:
    actor = await authenticator.of_request(request)
    if not actor.is_authenticated:
        raise Unauthenticated("expected an access token, got none; sign in first")
    key = stored_key("File", request.path_params["file_id"])
    file = None if key is None else (await files_by_id(actor, [key]))[0]
    if file is None:
        raise NothingThere("no such file")
    try:
        content = await resources.files.read(file.sha256)
    except KeyError:
        raise NothingThere("no such file") from None
    headers = {**_DOWNLOAD_HEADERS, "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
    return Response(content, headers={**headers, "content-type": file.content_type})


async def _store(request: Request, resources: Resources, authenticator: Authenticator) -> Response:
    if request.headers.get(PREFLIGHT_HEADER) != "1":
        raise BadRequest(f"expected the header {PREFLIGHT_HEADER}: 1, got none")
    actor = await authenticator.of_request(request)
    if not actor.is_authenticated:
        raise Unauthenticated("expected an access token, got none; sign in first")
    name = _name(request.headers.get(NAME_HEADER, "upload"))
    sha256, size = await resources.files.keep(_chunks(request), limit=MAXIMUM_BYTES)
    async with resources.unit_of_work(actor) as work:
        file = await store_file(
            work,
            name=name,
            content_type=request.headers.get("content-type", "application/octet-stream"),
            size=size,
            sha256=sha256,
        )
    body = orjson.dumps({"fileId": global_id("File", file.id), "sha256": sha256})
    return Response(body, status_code=201, media_type="application/json")


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    is_empty = True
    async for chunk in request.stream():
        if chunk:
            is_empty = False
            yield chunk
    if is_empty:
        raise BadRequest("expected a file in the body, got nothing")


def _name(encoded: str) -> str:
    try:
        name = as_name(unquote(encoded, errors="strict"))
    except (UnicodeDecodeError, ValueError):
        raise BadRequest(f"expected {NAME_HEADER} to be one line of percent-encoded UTF-8") from None
    # What a browser was told to be a path is its last part.
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise BadRequest(f"expected {NAME_HEADER} of 1 to {_LONGEST_NAME} characters, got {len(name)}")
    return name
