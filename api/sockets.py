"""The open WebSocket connections of this process: how many there may be, and which a revoked session closes."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeVar
from uuid import UUID

import structlog

from domain.kernel.actor import Actor
from domain.kernel.events import Bus, Event

_log = structlog.get_logger(__name__)

Key = TypeVar("Key")

_ANY_PORT = ":*"
_PORT = re.compile(":[0-9]{1,5}")
_RETRY_SECONDS = 1.0


class CloseCode(IntEnum):
    """Why a connection ends: codes of RFC 6455, and of the graphql-transport-ws protocol from 4400 on."""

    TOO_LARGE = 1009
    INTERNAL = 1011
    TRY_AGAIN_LATER = 1013
    BAD_MESSAGE = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL = 4406
    INIT_TIMEOUT = 4408
    DUPLICATE = 4409
    # Of a second connection_init, and of too many messages.
    TOO_MANY = 4429


class Refused(Exception):
    """The connection ends with this code."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketLimits:
    """What a connection may do.  Times in seconds.

    An entry of `allowed_origins` is an origin as browsers write it (`https://app.example.com`), or one for every port
    (`http://localhost:*`).  Over `sockets`, `sockets_per_address` or `sockets_per_user` a connection is closed with
    1013; over `messages_per_second` after a burst of `message_burst`, with 4429; over `message_bytes`, with 1009.
    Over `operations` an operation is answered with a RATE_LIMITED error.  A reader that stays behind for
    `send_timeout` is dropped.
    """

    allowed_origins: tuple[str, ...] = ()
    init_timeout: float = 5.0
    send_timeout: float = 5.0
    operation_timeout: float = 10.0
    sockets: int = 5_000
    sockets_per_address: int = 100
    sockets_per_user: int = 10
    operations: int = 20
    message_bytes: int = 65_536
    messages_per_second: float = 10.0
    message_burst: int = 50

    def allows_origin(self, origin: str) -> bool:
        """Whether a page of this origin may connect.  Compared as it stands: browsers write origins in one way only."""
        return any(_matches(origin, allowed) for allowed in self.allowed_origins)


def _matches(origin: str, allowed: str) -> bool:
    if not allowed.endswith(_ANY_PORT):
        return origin == allowed
    site = allowed.removesuffix(_ANY_PORT)
    rest = origin.removeprefix(site)
    if rest == origin:
        return False
    return not rest or _PORT.fullmatch(rest) is not None


class Closable(Protocol):
    """An open connection."""

    def end(self, code: CloseCode, reason: str) -> None:
        """Close it, soon."""
        ...


class Sockets:
    """Counts connections, and knows which session each belongs to."""

    def __init__(self, limits: SocketLimits) -> None:
        self._limits = limits
        self._addresses: dict[Closable, str] = {}
        self._actors: dict[Closable, Actor] = {}
        self._by_address: Counter[str] = Counter()
        self._by_user: Counter[UUID] = Counter()
        self._by_session: dict[UUID, dict[Closable, None]] = {}

    def __len__(self) -> int:
        """Return the number of open connections."""
        return len(self._addresses)

    def admit(self, connection: Closable, address: str) -> None:
        """Count a connection.  Raises `Refused` when there are too many."""
        if len(self._addresses) >= self._limits.sockets:
            raise Refused(CloseCode.TRY_AGAIN_LATER, "Too many connections")
        if self._by_address[address] >= self._limits.sockets_per_address:
            raise Refused(CloseCode.TRY_AGAIN_LATER, "Too many connections from this address")
        self._addresses[connection] = address
        self._by_address[address] += 1

    def identify(self, connection: Closable, actor: Actor) -> None:
        """Say on whose behalf a connection acts.  Raises `Refused` when that user has too many."""
        if actor.user_id is not None:
            if self._by_user[actor.user_id] >= self._limits.sockets_per_user:
                raise Refused(CloseCode.TRY_AGAIN_LATER, "Too many connections of this user")
            self._by_user[actor.user_id] += 1
        self._actors[connection] = actor
        if actor.session_id is not None:
            self._by_session.setdefault(actor.session_id, {})[connection] = None

    def forget(self, connection: Closable) -> None:
        """Count a connection no more."""
        address = self._addresses.pop(connection, None)
        if address is not None:
            _decrease(self._by_address, address)
        actor = self._actors.pop(connection, None)
        if actor is None:
            return
        if actor.user_id is not None:
            _decrease(self._by_user, actor.user_id)
        if actor.session_id is not None:
            of_session = self._by_session[actor.session_id]
            del of_session[connection]
            if not of_session:
                del self._by_session[actor.session_id]

    def sessions(self) -> list[UUID]:
        """Return the sessions that have connections."""
        return list(self._by_session)

    def close_sessions(self, session_ids: Iterable[UUID]) -> None:
        """Close every connection of these sessions with 4401."""
        for session_id in session_ids:
            for connection in list(self._by_session.get(session_id, ())):
                connection.end(CloseCode.UNAUTHORIZED, "Session revoked")


def _decrease(counter: Counter[Key], key: Key) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]


def _forget_nothing(_: Collection[UUID]) -> None:
    pass


async def follow_revocations(
    bus: Bus,
    channel: str,
    sockets: Sockets,
    find_revoked: Callable[[Collection[UUID]], Awaitable[Collection[UUID]]],
    forget: Callable[[Collection[UUID]], None] = _forget_nothing,
) -> None:
    """Close connections as their sessions are revoked, for ever.

    Events of `channel` have `session_ids`.  `find_revoked` says which of these sessions are revoked: it is asked when
    an event may have been missed, until it answers.  `forget` is told which sessions are no longer what they were.
    """
    async with bus.listen(channel) as listener:
        while True:
            heard = await listener.next()
            if isinstance(heard, Event):
                revoked = getattr(heard, "session_ids", ())
                forget(revoked)
                sockets.close_sessions(revoked)
            else:
                await _close_missed(sockets, find_revoked)


async def _close_missed(
    sockets: Sockets, find_revoked: Callable[[Collection[UUID]], Awaitable[Collection[UUID]]]
) -> None:
    while sockets.sessions():
        try:
            sockets.close_sessions(await find_revoked(sockets.sessions()))
        except Exception:  # noqa: BLE001 - whatever it is, it is asked again
            _log.exception("websocket.sessions_unknown")
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            return
