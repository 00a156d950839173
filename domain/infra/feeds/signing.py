"""Signs a GET for S3-compatible storage: AWS Signature Version 4.

Source: "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)", Amazon S3 API Reference.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

_EMPTY: Final = hashlib.sha256(b"").hexdigest()
_ALGORITHM: Final = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who asks storage, and in which region."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    region: str = "us-east-1"


def canonical_path(path: str) -> str:
    """Return a path as it is signed and sent: each byte but for letters, digits, `-._~` and `/` by its number."""
    return quote(path, safe="-._~/")


def canonical_query(parameters: Mapping[str, str]) -> str:
    """Return parameters as they are signed and sent, in the order of their names."""
    pairs = sorted((quote(name, safe="-._~"), quote(value, safe="-._~")) for name, value in parameters.items())
    return "&".join(f"{name}={value}" for name, value in pairs)


def signed_headers(host: str, path: str, query: str, credentials: Credentials, at: datetime) -> dict[str, str]:
    """Return the headers that prove who asks.  `path` and `query` are canonical; `at` is when, within 15 minutes."""
    moment = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {"host": host, "x-amz-content-sha256": _EMPTY, "x-amz-date": moment}
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = f"GET\n{path}\n{query}\n{lines}\n{names}\n{_EMPTY}"
    scope = f"{moment[:8]}/{credentials.region}/s3/aws4_request"
    text = f"{_ALGORITHM}\n{moment}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{credentials.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, text.encode(), "sha256").hexdigest()
    proof = f"{_ALGORITHM} Credential={credentials.key}/{scope},SignedHeaders={names},Signature={signature}"
    return {name: value for name, value in headers.items() if name != "host"} | {"authorization": proof}
