"""Asking other servers: what is asked, what came back, and the port that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A GET.  `url` and `parameters` may be logged; what is secret is sent beside them, and never printed."""

    url: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    secret_parameters: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole.  The names of headers are in lower case; `received_at` is in UTC."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    received_at: datetime


class Unreachable(Exception):
    """No answer came, or not all of it; the message tells no secret."""


class Web(Protocol):
    """Asks servers whose addresses come from the configuration."""

    async def get(self, request: Request, *, within: float) -> Answer:
        """Return what a server answers within so many seconds, whatever its status; redirects are not followed.

        Raises `Unreachable`, also for an address that is private, unless the configuration allows those.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How one outside source of data is reached: what was configured of it.  Secrets are not printed."""

    name: str
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    # Empty: its own.
    url: str = ""
