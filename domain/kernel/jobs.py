"""What a job is; how it is run is the workers' affair."""

from dataclasses import dataclass
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands.  The last three are final."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def is_final(self) -> bool:
        """Whether the job has ended."""
        return self in (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A kind of job that the domain declares.  Handlers are idempotent: a job may run again after a crash.

    `timeout` and the first `retry_delay` are in seconds; the delay doubles with each attempt.
    """

    kind: str
    timeout: float = 300.0
    attempts: int = 3
    retry_delay: float = 3.0
