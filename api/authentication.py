"""On whose behalf a request or a connection asks.

An access token, in the header `Authorization: Bearer …` or under that name in the payload of `connection_init`, and
nothing else: no cookie, no URL.  Without one it is nobody's; with one that is not valid it is refused.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import orjson
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from domain.identity import queries
from domain.identity.types import Standing
from domain.kernel.actor import NOBODY, Actor
from domain.kernel.errors import BadRequest, Unauthenticated
from domain.kernel.ports import Clock, Resources

KEY_SET_PATH: Final = "/.well-known/jwks.json"

# A session that was revoked is believed for so many seconds at most.
_BELIEVED: Final = 1.0
_REMEMBERED: Final = 50_000
# As long as it takes every process to notice a new key, which signs only after that.
_KEY_SET_AGE: Final = 5
# A URL is written to logs, and kept in histories.
TOKEN_PARAMETERS: Final = frozenset({"token", "access_token", "authorization", "auth", "jwt", "bearer"})


class SessionWatch:
    """Says what sessions are worth, and asks the database for each at most once a second.

    `monotonic` is a clock in seconds that never goes back.
    """

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._seen: OrderedDict[UUID, tuple[float, asyncio.Future[Standing | None]]] = OrderedDict()

    async def standing(self, actor: Actor) -> Standing | None:
        """Return what the actor's session is worth, as it was at most 1 s ago; None when it is over."""
        if actor.session_id is None:
            return None
        now = self._monotonic()
        seen = self._seen.get(actor.session_id)
        if seen is None or now - seen[0] >= _BELIEVED:
            seen = (now, asyncio.ensure_future(queries.standing(actor, self._clock.now())))
            self._seen[actor.session_id] = seen
            self._seen.move_to_end(actor.session_id)
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        try:
            # Several requests wait for one answer; the first of them going away must not take it from the others.
            return await asyncio.shield(seen[1])
        except asyncio.CancelledError:
            raise
        except BaseException:
            self.forget(actor.session_id)
            raise

    def forget(self, session_id: UUID) -> None:
        """Ask the database at the next request of this session."""
        self._seen.pop(session_id, None)


class Authenticator:
    """Turns what came with a request into an actor.  One for each process."""

    def __init__(self, resources: Resources, watch: SessionWatch | None = None) -> None:
        self._tokens = resources.access_tokens
        self._watch = watch or SessionWatch(resources.clock)

    async def of_request(self, request: HTTPConnection) -> Actor:
        """Return who asks by an HTTP request.

        Raises `Unauthenticated` for a token that is not valid and for other schemes, `BadRequest` for one in the URL.
        """
        if any(name.lower() in TOKEN_PARAMETERS for name in request.query_params):
            raise BadRequest("expected the token in the header Authorization, got one in the URL")
        values = request.headers.getlist("authorization")
        if len(values) > 1:
            raise BadRequest(f"expected one header Authorization, got {len(values)}")
        return await self._of_header(values[0] if values else None)

    async def of_connection(self, payload: Mapping[str, Any]) -> Actor:
        """Return who asks by a connection whose `connection_init` had this payload.

        Raises `Unauthenticated` for a token that is not valid and for other schemes, `BadRequest` for what is no text.
        """
        values = [value for name, value in payload.items() if name.lower() == "authorization" and value is not None]
        if len(values) > 1 or not all(isinstance(value, str) for value in values):
            raise BadRequest("expected one text under Authorization in the payload, got another thing")
        # Nothing asks again while the connection lasts: what was believed before is not enough.
        return await self._of_header(values[0] if values else None, afresh=True)

    async def recheck(self, actor: Actor) -> Actor:
        """Return the actor with the roles of now.  Raises `Unauthenticated` when the session is over."""
        if not actor.is_authenticated:
            return actor
        standing = await self._watch.standing(actor)
        if standing is None:
            raise Unauthenticated("expected a token of an open session, got one of a session that is over")
        return actor if standing.roles == actor.roles else replace(actor, roles=standing.roles)

    def forget(self, session_id: UUID) -> None:
        """Ask the database at the next request of this session: somebody says that it is over."""
        self._watch.forget(session_id)

    async def _of_header(self, value: str | None, *, afresh: bool = False) -> Actor:
        if value is None:
            return NOBODY
        scheme, _, token = value.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("expected Authorization: Bearer and an access token, got another scheme")
        actor = self._tokens.actor_of(token)
        if afresh and actor.session_id is not None:
            self._watch.forget(actor.session_id)
        return await self.recheck(actor)


def key_set_route(resources: Resources) -> Route:
    """Return the route by which others learn the public keys of access tokens (RFC 7517)."""

    async def key_set(_: Request) -> Response:
        keys = resources.access_tokens.published_keys()
        headers = {"cache-control": f"public, max-age={_KEY_SET_AGE}"}
        return Response(orjson.dumps({"keys": keys}), media_type="application/jwk-set+json", headers=headers)

    return Route(KEY_SET_PATH, key_set, methods=["GET"])
