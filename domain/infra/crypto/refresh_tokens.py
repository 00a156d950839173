"""Refresh tokens: random at first, and each following one the HMAC of the one before.

So the successor need not be stored to be answered a second time to a client that did not hear the first answer.
"""

import base64
import hashlib
import hmac
import secrets


class HmacRefreshTokens:
    """Makes tokens of 256 bits under the server's key."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 32:
            raise ValueError(f"expected a key of at least 32 bytes, got {len(key)}")
        self._key = key

    def first(self) -> str:
        """Return a new random token, which opens a session."""
        return _text(secrets.token_bytes(32))

    def successor(self, token: str) -> str:
        """Return the token that follows this one, always the same: its HMAC under the server's key."""
        return _text(hmac.digest(self._key, token.encode("utf-8", "surrogatepass"), hashlib.sha256))

    def digest(self, token: str) -> str:
        """Return what is stored of a token: the hex of its SHA-256."""
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
