"""A job in the hands of who runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run a job once: lost when another start raises the attempt."""

    job_id: UUID
    kind: str
    arguments: Mapping[str, object]
    attempt: int
