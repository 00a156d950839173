"""What is known of a company, and what is made known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from domain.kernel.absence import AbsenceReason
from domain.market.types import DataQuality


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What one value has of its own: None where it is as its snapshot has it.

    `as_of` is the day that a value carried over was seen on.  `note` says what was done to it, or what is wrong with
    it.
    """

    source: str | None = None
    grade: DataQuality | None = None
    as_of: date | None = None
    note: str | None = None
    correction: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was known of a company as of a day.  Numbers are in the units of the catalogue."""

    id: UUID
    company_id: UUID
    publication_id: UUID
    as_of: date
    recorded_at: datetime
    source: str
    grade: DataQuality
    quality: float
    texts: Mapping[str, str]
    figures: Mapping[str, float]
    origins: Mapping[str, Origin]
    covered: Collection[str]

    def origin_of(self, code: str) -> Origin:
        """Return where the value of a field comes from, whole."""
        own = self.origins.get(code, Origin())
        return Origin(
            source=own.source or self.source,
            grade=own.grade or self.grade,
            as_of=own.as_of or self.as_of,
            note=own.note,
            correction=own.correction,
        )

    def absence_of(self, code: str) -> AbsenceReason | None:
        """Return why a field has no value, None where it has one."""
        if code in self.figures:
            return None
        if code in self.origins:
            return AbsenceReason.REJECTED
        return AbsenceReason.NOT_REPORTED if code in self.covered else AbsenceReason.NOT_COVERED


# What a company has beside its numbers: the fields that identify it, and what places it.
TEXTS: Final = ("name", "industry", "sector", "exchange", "country", "currency", "analyst", "rating")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a publication says of one company: texts by the names of `TEXTS`, the exchange as its MIC.

    An origin without a figure says what was wrong with what was seen.
    """

    ticker: str
    texts: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    quality: float = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is to be made known together.  `covered` are the codes that the source says something of."""

    source: str
    as_of: date
    covered: Collection[str]
    records: Sequence[Record]
    grade: DataQuality = DataQuality.GOOD
    run_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChangePosition:
    """How often what is known of companies has changed: a number within an epoch."""

    epoch: UUID
    sequence: int


@dataclass(frozen=True, slots=True)
class Published:
    """A publication that was made, and what changed by it."""

    id: UUID
    position: ChangePosition
    companies: int
    added: int = 0
