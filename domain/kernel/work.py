"""A unit of work: what one command changes, all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.events import Event
from domain.kernel.jobs import JobSpec


@dataclass(frozen=True, slots=True)
class Subject:
    """What an audit row is about: the kind of object and its id."""

    kind: str
    id: UUID


class Work(Protocol):
    """An open transaction and what is to follow its commit.  Opened only at the edge, and passed to commands as
    first argument.
    """

    @property
    def actor(self) -> Actor:
        """On whose behalf."""
        ...

    @property
    def now(self) -> datetime:
        """Real time in UTC at which the unit of work began: `recordedAt` of all it writes."""
        ...

    def emit(self, event: Event) -> None:
        """Publish this event once the transaction is committed, and never if it is not."""
        ...

    async def record(
        self, action: str, subject: Subject, before: Mapping[str, object] | None, after: Mapping[str, object] | None
    ) -> None:
        """Write the audit row of this change, in the same transaction."""
        ...

    async def enqueue(self, spec: JobSpec, arguments: Mapping[str, object], *, run_once_key: str | None = None) -> UUID:
        """Write a job's row in the same transaction, and wake an engine after the commit; return the job's id.

        With `run_once_key`, a job of that key which has not started yet is answered instead of a second one.
        """
        ...
