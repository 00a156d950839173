"""What a check found: where, what was seen, what was expected, how sure it is, and what would mend it."""

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What is wrong."""

    REQUIRED = "REQUIRED"
    MISSING = "MISSING"
    WORD_FOR_NOTHING = "WORD_FOR_NOTHING"
    TYPE = "TYPE"
    FORMAT = "FORMAT"
    PATTERN = "PATTERN"
    ENUMERATION = "ENUMERATION"
    RANGE = "RANGE"
    SCALE = "SCALE"
    COLUMN_UNIT = "COLUMN_UNIT"
    SIGN = "SIGN"
    SWAPPED = "SWAPPED"
    CHANGE = "CHANGE"
    CONSISTENCY = "CONSISTENCY"
    OUTLIER = "OUTLIER"
    DUPLICATE = "DUPLICATE"
    CONFLICT = "CONFLICT"
    STALE = "STALE"


class Severity(StrEnum):
    """How much it matters. A notice says what is rare, and accuses nothing of being wrong."""

    ERROR = "ERROR"
    WARNING = "WARNING"
    NOTICE = "NOTICE"


@dataclass(frozen=True, slots=True)
class Correction:
    """What would mend it: a number in the unit of the field, a text, nothing at all, or the row left out."""

    after: float | str | None
    reason: str
    confidence: float
    drops_row: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or rare. Without a row it is about the whole column; `other` is a swapped column."""

    kind: FindingKind
    field: str
    row: int | None
    seen: str
    expected: str
    severity: Severity
    confidence: float
    correction: Correction | None = None
    other: str | None = None

    @property
    def accuses(self) -> bool:
        """Whether it says that something is wrong, and not only rare."""
        return self.severity is not Severity.NOTICE
