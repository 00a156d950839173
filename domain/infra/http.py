"""Asks other servers over HTTP, by httpx."""

import asyncio
import logging
import ssl
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Final

import httpcore
import httpx

from domain.infra.addresses import GuardedBackend
from domain.kernel.ports import Clock
from domain.kernel.web import Answer, Request, Unreachable

# Longer answers are none that were asked for: twenty years of daily bars are a tenth of it.
_LONGEST: Final = 16 * 2**20
_CONNECTIONS: Final = 100
# What zlib calls gzip, its header and its checksum.
_GZIP: Final = 31


class _Body:
    """An answer's body as it grows, unpacked no further than it may grow.  Methods raise ValueError and zlib.error.

    httpx would unpack each part whole, and as often as the answer says that it was packed: some hundred bytes that were
    packed twice are gigabytes.
    """

    def __init__(self, encoding: str) -> None:
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise ValueError("packed otherwise than was asked for")
        self._unpacking = zlib.decompressobj(_GZIP) if encoding.endswith("gzip") else None
        self._parts: list[bytes] = []
        self._size = 0
        self._is_empty = True

    def add(self, part: bytes) -> None:
        self._is_empty = self._is_empty and not part
        if self._unpacking is not None:
            part = self._unpacking.decompress(part, _LONGEST - self._size + 1)
            if self._unpacking.unused_data:
                raise ValueError("more than was packed")
        self._size += len(part)
        if self._size > _LONGEST:
            raise ValueError("too long")
        self._parts.append(part)

    def whole(self) -> bytes:
        if self._unpacking is not None and not self._unpacking.eof and not self._is_empty:
            raise ValueError("half of what was packed")
        return b"".join(self._parts)


class HttpWeb:
    """GETs, with a bound on everything."""

    def __init__(self, client: httpx.AsyncClient, clock: Clock, *, allows_private: bool) -> None:
        self._client = client
        self._clock = clock
        self._allows_private = allows_private

    async def get(self, request: Request, *, within: float) -> Answer:
        """Return what a server answers.  Raises `Unreachable`."""
        try:
            url = httpx.URL(request.url)
        except httpx.InvalidURL:
            raise Unreachable("expected an address that is one") from None
        if not self._allows_private and (url.scheme != "https" or url.port not in (None, 443)):
            raise Unreachable(f"expected an address with https on port 443, got one with {url.scheme}")
        try:
            async with asyncio.timeout(within):
                return await self._get(url, request)
        except TimeoutError:
            raise Unreachable(f"expected an answer within {within:g} s, got none") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, zlib.error) as error:
            # What the error says may repeat the address, and with it a key.
            raise Unreachable(f"expected an answer, got {type(error).__name__}") from None

    async def _get(self, url: httpx.URL, request: Request) -> Answer:
        parameters = {**request.parameters, **request.secret_parameters}
        headers = {**request.headers, **request.secret_headers, "Accept-Encoding": "gzip"}
        whole = url.copy_merge_params(parameters) if parameters else url
        async with self._client.stream("GET", whole, headers=headers) as response:
            body = _Body(response.headers.get("content-encoding", "").strip().lower())
            async for part in response.aiter_raw():
                body.add(part)
            return Answer(
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=body.whole(),
                received_at=self._clock.now(),
            )


@cache
def tls_context() -> ssl.SSLContext:
    """Return the context of all connections of this process: it takes 20 ms to read whom it trusts."""
    return httpx.create_ssl_context()


@asynccontextmanager
async def open_web(clock: Clock, *, allows_private: bool = False) -> AsyncIterator[HttpWeb]:
    """Open a pool of connections."""
    # They write whole addresses, and keys are in some.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    transport = httpx.AsyncHTTPTransport(verify=tls_context())
    transport._pool = httpcore.AsyncConnectionPool(  # noqa: SLF001 - httpx has no way to say who connects
        ssl_context=tls_context(),
        max_connections=_CONNECTIONS,
        keepalive_expiry=30.0,
        network_backend=GuardedBackend(allows_private=allows_private),
    )
    async with httpx.AsyncClient(transport=transport, timeout=30.0, follow_redirects=False, trust_env=False) as client:
        yield HttpWeb(client, clock, allows_private=allows_private)
