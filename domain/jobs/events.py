"""What happens to jobs."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class JobChanged(Event):
    """A job has another state or progress; its row has this version now."""

    CHANNEL: ClassVar[str] = "job:{job_id}"

    job_id: UUID
    version: int
