"""A bucket of S3-compatible storage as a source, asked by signed GETs."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote_plus, urlsplit
from xml.etree import ElementTree as ET

from domain.infra.feeds.patterns import MOST_FILES, matches, refuse_large
from domain.infra.feeds.signing import Credentials, canonical_path, canonical_query, signed_headers
from domain.kernel.feeds import Found, SourceFailed, SourceRefused
from domain.kernel.ports import Clock
from domain.kernel.web import Answer, Request, Unreachable, Web

_WITHIN: Final = 30.0
# Of a bucket with many files that do not match.
_MOST_PAGES: Final = 20
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NAMESPACE: Final = "{http://s3.amazonaws.com/doc/2006-03-01/}"
# What is configured wrong, and what only the storage can mend.
_REFUSALS: Final = frozenset({400, 401, 403, 404, 405})


class BucketSource:
    """The files of one bucket whose names begin with a prefix.  `url` is the storage's address, without the bucket."""

    def __init__(
        self,
        web: Web,
        clock: Clock,
        url: str,
        bucket: str,
        credentials: Credentials,
        *,
        patterns: Sequence[str],
        prefix: str = "",
    ) -> None:
        self._web = web
        self._clock = clock
        self._url = url.rstrip("/")
        self._bucket = bucket
        self._credentials = credentials
        self._patterns = patterns
        self._prefix = prefix

    async def files(self) -> list[Found]:
        """Return the files that match, by name.  Raises `SourceFailed` and `SourceRefused`."""
        files: list[Found] = []
        parameters = {"list-type": "2", "encoding-type": "url", "prefix": self._prefix}
        for _ in range(_MOST_PAGES):
            answer = await self._get(f"/{self._bucket}", parameters)
            page = _page(answer.body)
            files += (found for found in map(_found, page.iter(f"{_NAMESPACE}Contents")) if self._is_asked(found))
            token = page.findtext(f"{_NAMESPACE}NextContinuationToken")
            if not token or len(files) >= MOST_FILES:
                break
            parameters["continuation-token"] = token
        return files[:MOST_FILES]

    async def fetch(self, found: Found) -> bytes:
        """Return the bytes of a file.  Raises `SourceFailed` where it has changed since, and `SourceRefused`."""
        refuse_large(found)
        answer = await self._get(f"/{self._bucket}/{found.name}", {})
        if answer.headers.get("etag") != found.version or len(answer.body) != found.size:
            raise SourceFailed(f"expected a file as it was listed, got {found.name[:200]!r} changed")
        return answer.body

    def _is_asked(self, found: Found) -> bool:
        return matches(found.name, self._patterns)

    async def _get(self, path: str, parameters: dict[str, str]) -> Answer:
        parts = urlsplit(self._url)
        path, query = canonical_path(parts.path + path), canonical_query(parameters)
        headers = signed_headers(parts.netloc, path, query, self._credentials, self._clock.now())
        url = f"{parts.scheme}://{parts.netloc}{path}" + (f"?{query}" if query else "")
        try:
            answer = await self._web.get(Request(url=url, secret_headers=headers), within=_WITHIN)
        except Unreachable as error:
            raise SourceFailed(str(error)) from None
        if answer.status in _REFUSALS:
            raise SourceRefused(f"expected storage to let us read, got status {answer.status}")
        if answer.status != 200:
            raise SourceFailed(f"expected status 200 of the storage, got {answer.status}")
        return answer


def _page(body: bytes) -> ET.Element:
    if _DECLARATION.search(body) or b"\0" in body:
        raise SourceFailed("expected a list of files, got XML with a document type")
    try:
        return ET.fromstring(body)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError:
        raise SourceFailed("expected a list of files in XML, got something else") from None


def _found(entry: ET.Element) -> Found:
    name = unquote_plus(entry.findtext(f"{_NAMESPACE}Key") or "")
    size = entry.findtext(f"{_NAMESPACE}Size") or ""
    version = entry.findtext(f"{_NAMESPACE}ETag") or ""
    if not name or not version or not (size.isascii() and size.isdigit() and len(size) < 16):
        raise SourceFailed("expected the name, size and tag of each file, got less")
    return Found(name, int(size), version)
