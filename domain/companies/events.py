"""What happens to companies."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CompaniesChanged(Event):
    """Companies, or what is known of them, have changed: those whose rows have this sequence."""

    CHANNEL: ClassVar[str] = "companies"

    epoch: UUID
    sequence: int
