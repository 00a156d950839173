"""What a template is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.portfolios.targets import TargetWeight


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A target allocation that is kept; `created_at` is None for one that everybody has."""

    id: UUID
    name: str
    description: str | None
    targets: tuple[TargetWeight, ...]
    created_at: datetime | None
