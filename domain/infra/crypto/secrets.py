"""The secrets of an installation: where they lie, how they are made, and when they are not good enough.

Two files: `signing-keys.json`, the private keys of access tokens, and `secret.key`, 32 bytes from which other keys are
derived.  Outside production they are made at the first start; in production somebody makes them, by
`python -m workers.admin create-keys`.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from domain.infra.crypto.signing_keys import StoredKey, new_signing_key, read_signing_keys, signing_keys_text
from domain.infra.settings import InvalidSettings, Settings

_SIGNING_KEYS: Final = "signing-keys.json"
_SECRET: Final = "secret.key"  # noqa: S105 - the name of a file
_SECRET_BYTES: Final = 32
# 32 random bytes have fewer different values than this once in 10^20 draws; a typed word repeated has fewer always.
_LEAST_DIFFERENT_BYTES: Final = 12
_HOW: Final = "make them with: python -m workers.admin create-keys"


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What the crypto ports are made of.  Never printed."""

    signing_keys: Path
    refresh_key: bytes
    wrapping_key: bytes


def signing_keys_path(settings: Settings) -> Path:
    """Return the file of the signing keys, which may not exist."""
    return (settings.jwt_keys_dir or settings.data_dir / "keys") / _SIGNING_KEYS


def secret_key_path(settings: Settings) -> Path:
    """Return the file of the secret, which may not exist."""
    return settings.secret_key_file or settings.data_dir / "keys" / _SECRET


def load_secrets(settings: Settings) -> Secrets:
    """Read the secrets; outside production make those that are missing.

    Raises `InvalidSettings` for a file that is missing, weak, damaged, or in production readable by everybody.
    """
    if not settings.is_production:
        create_secrets(settings)
    keys, secret = signing_keys_path(settings), secret_key_path(settings)
    for path in (keys, secret):
        _check_file(path, strict=settings.is_production)
    try:
        read_signing_keys(keys)
    except ValueError as error:
        raise InvalidSettings(f"FOLIOGRAPH_JWT_KEYS_DIR: {error}") from None
    root = _read_secret(secret)
    return Secrets(
        signing_keys=keys,
        refresh_key=_derived(root, b"refresh tokens"),
        wrapping_key=_derived(root, b"data keys"),
    )


def create_secrets(settings: Settings) -> list[Path]:
    """Make the files that are missing, and return which were.  Two processes that do it at once agree."""
    made = []
    for path, content in ((signing_keys_path(settings), _new_keys), (secret_key_path(settings), _new_secret)):
        if not path.exists() and write_once(path, content()):
            made.append(path)
    return made


def write_once(path: Path, content: bytes) -> bool:
    """Write a whole private file unless there is one; return whether it was written.

    It appears complete or not at all: a link fails where a rename would replace.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = write_draft(path, content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def write_draft(path: Path, content: bytes) -> Path:
    """Write content, readable by its owner only, to a new file beside `path`, and return it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _new_keys() -> bytes:
    return signing_keys_text([StoredKey.of(new_signing_key(), signs_from=datetime.fromtimestamp(0, UTC))])


def _new_secret() -> bytes:
    return base64.b64encode(secrets.token_bytes(_SECRET_BYTES)) + b"\n"


def _check_file(path: Path, *, strict: bool) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise InvalidSettings(f"expected keys in {path}, got: {error.strerror}; {_HOW}") from None
    if strict and os.name == "posix" and stat.S_IMODE(mode) & 0o007:
        raise InvalidSettings(
            f"expected {path} to be readable by its owner only, got mode {stat.S_IMODE(mode):04o}; chmod 600 mends it"
        )


def _read_secret(path: Path) -> bytes:
    expected = f"FOLIOGRAPH_SECRET_KEY_FILE: expected 32 random bytes as base64 in {path}, got"
    try:
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
    except (OSError, binascii.Error) as error:
        raise InvalidSettings(f"{expected}: {error}") from None
    if len(secret) != _SECRET_BYTES:
        raise InvalidSettings(f"{expected} {len(secret)}")
    if len(set(secret)) < _LEAST_DIFFERENT_BYTES:
        raise InvalidSettings(f"{expected} {len(set(secret))} different ones")
    return secret


def _derived(secret: bytes, purpose: bytes) -> bytes:
    """Return the key of one purpose: from it, neither the secret nor the key of another purpose can be told."""
    return hmac.digest(secret, b"foliograph/" + purpose, hashlib.sha256)
