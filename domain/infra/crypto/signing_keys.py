"""The RSA keys that sign access tokens: their file, their overlap at a rotation, and who notices it.

A rotation adds a key that signs only from some seconds later on.  Until then every process has read it, so that nobody
meets a token whose key it does not know.  The key before is accepted until the last token that it signed has expired.
"""

import base64
import os
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson
import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key

ACCESS_TOKEN_LIFE: Final = timedelta(minutes=15)
# Beyond the life of a token, for clocks that differ.
OVERLAP: Final = ACCESS_TOKEN_LIFE + timedelta(seconds=60)
# Longer than it takes every process to notice (`_READ_EVERY`, in seconds).
ACTIVATION_DELAY: Final = timedelta(seconds=10)
KEY_BITS: Final = 2048

_READ_EVERY: Final = 2.0
_KEY_ID: Final = re.compile("[a-z0-9-]{1,32}", re.ASCII)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A key, its name in the header of tokens, and from when on it signs."""

    key_id: str
    private: RSAPrivateKey
    public: RSAPublicKey
    signs_from: datetime


@dataclass(frozen=True, slots=True, repr=False)
class StoredKey:
    """A key as its file has it."""

    key_id: str
    pem: str
    signs_from: datetime

    @classmethod
    def of(cls, private: RSAPrivateKey, *, signs_from: datetime) -> "StoredKey":
        """Give a new key a random name."""
        pem = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return cls(secrets.token_hex(8), pem.decode(), signs_from)


def new_signing_key() -> RSAPrivateKey:
    """Make a key: 0.05 to 0.5 s of CPU."""
    return generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def signing_keys_text(keys: Sequence[StoredKey]) -> bytes:
    """Return the content of the file."""
    rows = [{"kid": key.key_id, "signs_from": key.signs_from.isoformat(), "private_key": key.pem} for key in keys]
    return orjson.dumps({"keys": rows}, option=orjson.OPT_INDENT_2) + b"\n"


def read_signing_keys(path: Path) -> list[SigningKey]:
    """Read the file: keys by the time from which they sign.

    Raises ValueError, naming the file, when it is missing or damaged, or a key is weak.
    """
    try:
        keys = [_loaded(stored) for stored in _stored_keys(path)]
    except (OSError, ValueError, KeyError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(f"expected signing keys in {path}, got: {error}") from None
    if not keys:
        raise ValueError(f"expected signing keys in {path}, got none")
    return sorted(keys, key=lambda key: key.signs_from)


def rotate_signing_keys(path: Path, now: datetime) -> str:
    """Add a key that signs from `ACTIVATION_DELAY` on, drop those whose last token has expired; return its name.

    Raises ValueError when the file is damaged, and FileExistsError while somebody else rotates.
    """
    added = StoredKey.of(new_signing_key(), signs_from=now + ACTIVATION_DELAY)
    # The next content is also the lock: who cannot create it leaves the rotation to who did.
    draft = path.with_name(f"{path.name}.next")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        keys = accepted_keys(read_signing_keys(path), now)
        kept = {key.key_id for key in keys}
        stored = [key for key in _stored_keys(path) if key.key_id in kept]
        os.write(descriptor, signing_keys_text([*stored, added]))
        _give_to_owner(descriptor, path)
        os.fsync(descriptor)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    return added.key_id


def accepted_keys(keys: Sequence[SigningKey], now: datetime) -> list[SigningKey]:
    """Return the keys whose tokens may be valid: all but those that a later one replaced an overlap ago."""
    successors = [*(key.signs_from for key in keys[1:]), None]
    return [key for key, replaced in zip(keys, successors, strict=True) if replaced is None or now < replaced + OVERLAP]


class KeyRing:
    """The keys as this process knows them; the file is looked at again after 2 s."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: Sequence[SigningKey] = read_signing_keys(path)
        self._by_id = {key.key_id: key for key in self._keys}
        self._stamp = self._file_stamp()
        self._looked_at = time.monotonic()

    def current(self, now: datetime) -> SigningKey:
        """Return the key that signs now."""
        self._look()
        # The very first key signs even where the clock stands before its time.
        begun = [key for key in self._keys if key.signs_from <= now]
        return begun[-1] if begun else self._keys[0]

    def find(self, key_id: str, now: datetime) -> RSAPublicKey | None:
        """Return the public key of this name while its tokens may be valid."""
        self._look()
        key = self._by_id.get(key_id)
        if key is None or key is self._keys[-1]:
            return key.public if key else None
        return key.public if key in accepted_keys(self._keys, now) else None

    def published(self, now: datetime) -> list[dict[str, str]]:
        """Return the public keys as a JSON Web Key Set has them (RFC 7517)."""
        self._look()
        return [_json_web_key(key) for key in accepted_keys(self._keys, now)]

    def _look(self) -> None:
        if time.monotonic() - self._looked_at < _READ_EVERY:
            return
        self._looked_at = time.monotonic()
        try:
            stamp = self._file_stamp()
            if stamp == self._stamp:
                return
            self._keys = read_signing_keys(self._path)
        except (OSError, ValueError) as error:
            # What is in memory goes on working; a damaged file must not take the service down.
            _log.warning("signing_keys_unreadable", reason=str(error))
            return
        self._by_id = {key.key_id: key for key in self._keys}
        self._stamp = stamp

    def _file_stamp(self) -> tuple[int, int, int]:
        found = self._path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size


def _give_to_owner(descriptor: int, path: Path) -> None:
    """Let those read the new content who could read the old: who rotates may be another account than who serves."""
    if os.name == "posix":
        found = path.stat()
        os.fchown(descriptor, found.st_uid, found.st_gid)
        os.fchmod(descriptor, found.st_mode & 0o770)


def _stored_keys(path: Path) -> list[StoredKey]:
    content: Mapping[str, Any] = orjson.loads(path.read_bytes())
    return [
        StoredKey(row["kid"], row["private_key"], datetime.fromisoformat(row["signs_from"]).astimezone(UTC))
        for row in content["keys"]
    ]


def _loaded(stored: StoredKey) -> SigningKey:
    if not _KEY_ID.fullmatch(stored.key_id):
        raise ValueError(f"a key's name is not 1 to 32 of a-z, 0-9 and -: {stored.key_id!r}")
    # Checking the primes takes 36 ms of the event loop's time, and who can write this file needs no false primes.
    private = serialization.load_pem_private_key(stored.pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, RSAPrivateKey) or private.key_size < KEY_BITS:
        raise ValueError(f"key {stored.key_id} is not an RSA key of at least {KEY_BITS} bits")
    return SigningKey(stored.key_id, private, private.public_key(), stored.signs_from)


def _json_web_key(key: SigningKey) -> dict[str, str]:
    numbers = key.public.public_numbers()
    modulus, exponent = _base64url(numbers.n), _base64url(numbers.e)
    return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": key.key_id, "n": modulus, "e": exponent}


def _base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
