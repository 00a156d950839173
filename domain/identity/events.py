"""What others hear of identity."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SessionsRevoked(Event):
    """These sessions ended before their time: whatever stays open on their behalf closes."""

    CHANNEL: ClassVar[str] = "sessions"

    session_ids: tuple[UUID, ...]
