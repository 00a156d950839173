"""Why a company has no value of a field, and what would bring one.  Pure."""

from collections.abc import Iterable

from domain.companies.types import Snapshot
from domain.kernel.absence import Absence, AbsenceReason

_NOTHING_KNOWN = "nothing was known of the company as of that day"
_PUBLISH = "publish a file that covers it"


def absences(snapshot: Snapshot | None, codes: Iterable[str]) -> list[Absence]:
    """Return, of these fields, those without a value, and why; without a snapshot all of them."""
    if snapshot is None:
        return [Absence(code, AbsenceReason.NOT_COVERED, _NOTHING_KNOWN, _PUBLISH) for code in codes]
    found = ((code, snapshot.absence_of(code)) for code in codes)
    return [_told(snapshot, code, reason) for code, reason in found if reason is not None]


def _told(snapshot: Snapshot, code: str, reason: AbsenceReason) -> Absence:
    if reason is AbsenceReason.NOT_COVERED:
        message = f"{snapshot.source} says nothing of it, of any company, and nobody did before"
        return Absence(code, AbsenceReason.NOT_COVERED, message, _PUBLISH)
    if reason is AbsenceReason.NOT_REPORTED:
        message = f"{snapshot.source} says nothing of it for this company"
        return Absence(code, AbsenceReason.NOT_REPORTED, message)
    message = snapshot.origins[code].note or f"what {snapshot.source} said of it cannot be"
    return Absence(code, AbsenceReason.REJECTED, message, "publish a file with a value that can be")
