"""Absence as the API shows it."""

from collections.abc import Iterable

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from schema.shared.naming import camel

UnavailableReason = strawberry.enum(AbsenceReason, name="UnavailableReason", description="Why a number cannot be had.")


@strawberry.type(description="Why a number is absent. `field` names it; `mend` says what would bring it.")
class Unavailable:
    """One number that is null."""

    field: str = strawberry.field(
        description="The field of this object that is null, or the symbol or code that is left out."
    )
    reason: UnavailableReason = strawberry.field(description="The kind of reason.")  # type: ignore[valid-type]
    message: str = strawberry.field(description="What was expected and what came.")
    mend: str | None = strawberry.field(description="What would bring the number; null when nothing would.")


def unavailable_of(absences: Iterable[Absence]) -> list[Unavailable]:
    """Return absences as the API shows them."""
    return [
        Unavailable(field=_named(absence.field), reason=absence.reason, message=absence.message, mend=absence.mend)
        for absence in absences
    ]


def _named(field: str) -> str:
    # Symbols and codes (LOW_VOLATILITY) are spelled in capitals: they stay as they are.
    return camel(field) if field == field.lower() else field
