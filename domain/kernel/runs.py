"""A calculation that was made: the same question of the same data answers from it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID, uuid5

# Of the names of runs: who asks the same of the same data finds the same id, whoever has made it.
_NAMESPACE = UUID("6f0b1c1e-2f0e-4a57-9d55-8f3c6a5b7d21")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One calculation.

    `subject_id` is what it is about, and `kind` what was asked of it; `engine` names the version of the code that
    answered.  `arguments` and `result` are JSON; `data_digest` is of all numbers that it was made of.
    """

    tenant_id: UUID
    subject_id: UUID
    kind: str
    engine: str
    arguments: str
    data_digest: str
    result: str
    observations: int
    seconds: float
    computed_at: datetime

    @property
    def id(self) -> UUID:
        """The name of all runs of this question, engine and data."""
        return run_id(self.subject_id, self.kind, self.engine, self.arguments, self.data_digest)


def run_id(subject_id: UUID, kind: str, engine: str, arguments: str, data_digest: str) -> UUID:
    """Return the id of a run before it is made."""
    plain = f"{kind}\x1f{engine}\x1f{arguments}\x1f{data_digest}"
    return uuid5(_NAMESPACE, f"{subject_id}:{sha256(plain.encode()).hexdigest()}")


class RunStore(Protocol):
    """Keeps finished runs once they are answered, in a unit of work of its own: losing one costs a new computation."""

    def keep(self, run: Run) -> None:
        """Have a run written soon; never waits, and drops it where too many are waiting."""
        ...

    async def settle(self) -> None:
        """Wait until what was given to keep is written."""
        ...
