"""Connections to live feeds, by the websockets package."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.uri import parse_uri

from domain.infra.addresses import PrivateAddress, resolve
from domain.market.streaming.ports import FeedSocket, SocketClosed

# Seconds for the handshake, fewer while there is another address to try, and for a farewell.
_OPENING: Final = 10.0
_OPENING_NEXT: Final = 3.0
_CLOSING: Final = 1.0
# No frame of a feed is longer; messages that wait here, and then in the connection, hold the sender up.
_LONGEST: Final = 4 * 2**20
_WAITING: Final = 256


class _Socket:
    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def send(self, frame: bytes) -> None:
        try:
            # Feeds read their requests as text.
            await self._connection.send(frame, text=True)
        except (WebSocketException, OSError) as error:
            raise SocketClosed(str(error)) from None

    async def receive(self) -> str | bytes:
        try:
            # What is parsed as JSON needs no text first.
            return await self._connection.recv(decode=False)
        except (WebSocketException, OSError) as error:
            raise SocketClosed(str(error)) from None


@asynccontextmanager
async def open_socket(url: str, *, allows_private: bool = False) -> AsyncIterator[FeedSocket]:
    """Connect to a feed.  Raises `SocketClosed` where that fails; what ends later is said by the socket itself.

    Only public addresses, with encryption, unless private ones are allowed.  Of a name with several addresses the next
    is tried where one does not answer.
    """
    try:
        uri = parse_uri(url)
        if not allows_private and (not uri.secure or uri.port != 443):
            raise SocketClosed("expected an address with wss on port 443")
        addresses = await resolve(uri.host, uri.port, allows_private=allows_private)
        connection = await _connect(url, uri.port, addresses)
    except (WebSocketException, PrivateAddress, OSError, TimeoutError, ValueError) as error:
        raise SocketClosed(str(error) or type(error).__name__) from None
    try:
        yield _Socket(connection)
    finally:
        await connection.close()


async def _connect(url: str, port: int, addresses: Sequence[str]) -> ClientConnection:
    for address in addresses[:-1]:
        # What answers, and refuses the handshake, is the server: another address of it would say the same.
        with suppress(OSError):
            return await _connect_to(url, port, address, _OPENING_NEXT)
    return await _connect_to(url, port, addresses[-1], _OPENING)


async def _connect_to(url: str, port: int, address: str, seconds: float) -> ClientConnection:
    return await connect(
        url,
        host=address,
        port=port,
        open_timeout=seconds,
        close_timeout=_CLOSING,
        max_size=_LONGEST,
        max_queue=_WAITING,
        proxy=None,
    )
