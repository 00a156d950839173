"""What happens in the pipeline."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RunChanged(Event):
    """A run stands elsewhere, or what is decided of it has changed; its row has this version now."""

    CHANNEL: ClassVar[str] = "company_run:{run_id}"

    run_id: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class QualityAlertRaised(Event):
    """There is another alert: the one with this sequence."""

    CHANNEL: ClassVar[str] = "company_alerts"

    epoch: UUID
    sequence: int
