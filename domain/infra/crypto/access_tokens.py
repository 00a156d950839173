"""Access tokens: JSON Web Tokens (RFC 9068) under RS256, and every way in which one can be wrong.

PyJWT checks the signature.  All else is checked here, more strictly than it does: the spelling (one token has one
spelling), the header (three members, no key or algorithm of the sender's choice), the kind and value of each claim.
"""

import base64
import binascii
import re
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson
from jwt import PyJWS
from jwt.exceptions import PyJWTError

from domain.infra.crypto.secrets import Secrets
from domain.infra.crypto.signing_keys import ACCESS_TOKEN_LIFE, KeyRing
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import Unauthenticated
from domain.kernel.ids import new_id
from domain.kernel.ports import Clock

ISSUER: Final = "foliograph"
AUDIENCE: Final = "foliograph-api"
ALGORITHM: Final = "RS256"
TOKEN_TYPE: Final = "at+jwt"  # noqa: S105 - a media type

# Clocks of machines that issue and machines that check differ by less, in seconds.
_CLOCK_SKEW: Final = 30
_LONGEST: Final = 2048
_REMEMBERED: Final = 10_000
_SPELLING: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_KEY_ID: Final = re.compile("[a-z0-9-]{1,32}", re.ASCII)
_HEADER: Final = frozenset({"alg", "kid", "typ"})
_TEXTS: Final = ("iss", "aud", "sub", "sid", "tid", "jti")
_TIMES: Final = ("iat", "nbf", "exp")


class RsaAccessTokens:
    """Signs with the current key, and believes what any accepted key has signed."""

    def __init__(self, keys: KeyRing, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._signatures = PyJWS(algorithms=[ALGORITHM])
        # What was checked before, by its whole text: its key and the start of its time.  The oldest is forgotten first.
        self._known: OrderedDict[str, tuple[str, float, Actor]] = OrderedDict()

    def issue(
        self, *, user_id: UUID, tenant_id: UUID, session_id: UUID, roles: frozenset[Role]
    ) -> tuple[str, datetime]:
        """Return a signed token and when it expires: 15 minutes from now, to the second."""
        now = self._clock.now()
        key = self._keys.current(now)
        issued_at = now.replace(microsecond=0)
        expires_at = issued_at + ACCESS_TOKEN_LIFE
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "sid": str(session_id),
            "tid": str(tenant_id),
            "roles": sorted(roles),
            "jti": str(new_id()),
            "iat": int(issued_at.timestamp()),
            "nbf": int(issued_at.timestamp()),
            "exp": int(expires_at.timestamp()),
        }
        header = {"kid": key.key_id, "typ": TOKEN_TYPE}
        return self._signatures.encode(orjson.dumps(claims), key.private, ALGORITHM, header), expires_at

    def actor_of(self, token: str) -> Actor:
        """Return whom a token proves.  Raises `Unauthenticated` for any token that is not ours, whole and in time."""
        now = self._clock.now()
        known = self._known.get(token)
        if known is None or self._keys.find(known[0], now) is None:
            known = self._checked(token, now)
        _, begins, actor = known
        assert actor.expires_at is not None
        if now >= actor.expires_at:
            raise Unauthenticated(f"expected a token in time, got one that expired at {actor.expires_at.isoformat()}")
        if now.timestamp() + _CLOCK_SKEW < begins:
            raise _invalid("it is not valid yet")
        return actor

    def published_keys(self) -> list[dict[str, str]]:
        """Return the public keys with which others can check tokens, as JSON Web Keys."""
        return self._keys.published(self._clock.now())

    def _checked(self, token: str, now: datetime) -> tuple[str, float, Actor]:
        if len(token) > _LONGEST or not _SPELLING.fullmatch(token):
            raise _invalid("it is not spelled as one")
        header, _, signature = token.split(".")
        key_id = _key_id(_decoded(header))
        key = self._keys.find(key_id, now)
        if key is None:
            raise _invalid("no key of ours has its name")
        # The last letter of base64 has bits that decoding ignores: with those changed it would be another spelling.
        _decoded(signature)
        try:
            payload = self._signatures.decode(token, key, algorithms=[ALGORITHM])
        except PyJWTError:
            raise _invalid("its signature is not ours") from None
        begins, actor = _actor(payload)
        self._known[token] = known = (key_id, begins, actor)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return known


def open_access_tokens(secrets: Secrets, clock: Clock) -> RsaAccessTokens:
    """Read the signing keys."""
    return RsaAccessTokens(KeyRing(secrets.signing_keys), clock)


def _invalid(reason: str) -> Unauthenticated:
    return Unauthenticated(f"expected an access token of this server, got one of which {reason}")


def _decoded(part: str) -> bytes:
    try:
        content = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error:
        raise _invalid("a part is not base64url") from None
    if base64.urlsafe_b64encode(content).rstrip(b"=").decode() != part:
        raise _invalid("a part is not spelled as we spell it")
    return content


def _json_object(content: bytes) -> dict[str, Any]:
    try:
        # Strict: no NaN, no text after the end, no lone surrogate.
        found = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise _invalid("a part is not JSON") from None
    if not isinstance(found, dict):
        raise _invalid("a part is not an object")
    return found


def _key_id(content: bytes) -> str:
    header = _json_object(content)
    # No `jwk`, `jku`, `x5u`, `x5c` or `crit`: the sender chooses neither key nor rules.
    if header.keys() != _HEADER:
        raise _invalid("the header has not exactly the members alg, kid and typ")
    if header["alg"] != ALGORITHM or header["typ"] != TOKEN_TYPE:
        raise _invalid(f"the header does not say {ALGORITHM} and {TOKEN_TYPE}")
    key_id = header["kid"]
    if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
        raise _invalid("the key's name is not one of ours")
    return key_id


def _actor(payload: bytes) -> tuple[float, Actor]:
    claims = _json_object(payload)
    for name in _TEXTS:
        if not isinstance(claims.get(name), str):
            raise _invalid(f"the claim {name} is not text")
    for name in _TIMES:
        # `type`, not `isinstance`: true is an int as well.
        if type(claims.get(name)) is not int:
            raise _invalid(f"the claim {name} is not a whole number of seconds")
    if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE:
        raise _invalid("the issuer or the audience is another")
    if not claims["iat"] <= claims["nbf"] < claims["exp"] <= claims["iat"] + ACCESS_TOKEN_LIFE / timedelta(seconds=1):
        raise _invalid("the times are in another order, or further apart, than ours")
    try:
        return float(claims["nbf"]), Actor(
            user_id=UUID(claims["sub"]),
            tenant_id=UUID(claims["tid"]),
            session_id=UUID(claims["sid"]),
            roles=frozenset(Role(name) for name in claims["roles"]),
            expires_at=datetime.fromtimestamp(claims["exp"], UTC),
        )
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise _invalid("a claim has not the form of ours") from None
