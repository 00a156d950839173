"""Encrypts single values: AES-256-GCM in an envelope.

The key-encryption key is derived from the installation's secret; it wraps a random data key for each tenant; what
encrypts and what indexes is derived from the data key, so that a tenant's values are lost for good with its row.

A sealed value is `1:` and the base64 of nonce (96 bits, random), ciphertext and tag; a wrapped key has the name of the
key that wraps it in between.  Nonces are random: a data key is good for 2^32 values (NIST SP 800-38D, 8.3).
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel.ports import Place, SealBroken, WrappedKey

_VERSION: Final = "1"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class AesFieldCipher:
    """Wraps under one key, and unwraps what former ones have wrapped, too."""

    def __init__(self, key: bytes, former: Sequence[bytes] = ()) -> None:
        self._current = _name(key)
        self._keys = {_name(each): each for each in (key, *former)}

    def new_key(self, tenant_id: UUID) -> WrappedKey:
        """Return a new random data key of a tenant."""
        return self._wrap(tenant_id, secrets.token_bytes(_KEY_BYTES))

    def rewrapped(self, key: WrappedKey) -> WrappedKey:
        """Return the same data key under the present key-encryption key.  Raises `SealBroken`."""
        data_key = self._unwrap(key)
        is_current = key.text.split(":")[1] == self._current
        return key if is_current else self._wrap(key.tenant_id, data_key)

    def encrypt(self, key: WrappedKey, place: Place, text: str) -> str:
        """Return a value as it is stored at one place.  Raises `SealBroken` for a key that cannot be unwrapped."""
        return f"{_VERSION}:{_sealed(_derived(self._unwrap(key), b'encryption'), _at(place), text.encode())}"

    def decrypt(self, key: WrappedKey | None, place: Place, sealed: str) -> str:
        """Return the value that was stored at this place.  Raises `SealBroken`."""
        if key is None:
            raise SealBroken("the data key of this value is gone")
        version, _, body = sealed.partition(":")
        if version != _VERSION:
            raise SealBroken("the value was not sealed by this version")
        return _open(_derived(self._unwrap(key), b"encryption"), _at(place), body).decode()

    def index(self, key: WrappedKey, purpose: str, text: str) -> str:
        """Return the hex of the HMAC-SHA-256 of a value: equal for equal values of one tenant and one purpose."""
        indexing = _derived(self._unwrap(key), b"index")
        return hmac.digest(indexing, f"{purpose}\0{text}".encode(), hashlib.sha256).hex()

    def _wrap(self, tenant_id: UUID, data_key: bytes) -> WrappedKey:
        sealed = _sealed(self._keys[self._current], _of(tenant_id), data_key)
        return WrappedKey(tenant_id, f"{_VERSION}:{self._current}:{sealed}")

    def _unwrap(self, key: WrappedKey) -> bytes:
        version, _, rest = key.text.partition(":")
        name, _, body = rest.partition(":")
        wrapping = self._keys.get(name)
        if version != _VERSION or wrapping is None:
            raise SealBroken("the data key is wrapped under a key that is not the installation's")
        return _open(wrapping, _of(key.tenant_id), body)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, b"foliograph/field/" + purpose, hashlib.sha256)


def _name(key: bytes) -> str:
    return _derived(key, b"name").hex()[:16]


def _at(place: Place) -> bytes:
    return f"{place.table}:{place.column}:{place.row_id}:{_VERSION}".encode()


def _of(tenant_id: UUID) -> bytes:
    return f"data_keys:wrapped:{tenant_id}:{_VERSION}".encode()


def _sealed(key: bytes, bound_to: bytes, plain: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, bound_to)).decode()


def _open(key: bytes, bound_to: bytes, body: str) -> bytes:
    try:
        sealed = base64.b64decode(body, validate=True)
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
    # A nonce or a tag that is cut off is a ValueError.
    except (InvalidTag, binascii.Error, ValueError):
        raise SealBroken("the value was changed, or was sealed for another place") from None
