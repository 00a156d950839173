"""Why a number is not there."""

from dataclasses import dataclass
from enum import StrEnum


class AbsenceReason(StrEnum):
    """The kinds of reason, as `UnavailableReason` in the API."""

    NO_PRICE = "NO_PRICE"
    NOT_COVERED = "NOT_COVERED"
    NOT_REPORTED = "NOT_REPORTED"
    REJECTED = "REJECTED"
    RATE_LIMITED = "RATE_LIMITED"
    STALE = "STALE"
    PROVIDER_DOWN = "PROVIDER_DOWN"
    INSUFFICIENT_HISTORY = "INSUFFICIENT_HISTORY"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    UNDEFINED = "UNDEFINED"
    UNBOUNDED = "UNBOUNDED"
    INVALID_INPUT = "INVALID_INPUT"


@dataclass(frozen=True, slots=True)
class Absence:
    """A number that cannot be had: which field of its object, why, and what would mend it."""

    field: str
    reason: AbsenceReason
    message: str
    mend: str | None = None
