"""What a company's snapshot becomes when a publication says something of it.  Pure.

A publication speaks of the fields that it covers, and of no others: what it does not cover is carried over from the
snapshot before, with the source and the day on which it was seen.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from domain.companies.catalogue import FIELDS
from domain.companies.types import Origin, Record, Snapshot
from domain.market.types import DataQuality

_GRADES: Final = (DataQuality.EXCELLENT, DataQuality.GOOD, DataQuality.FAIR, DataQuality.POOR, DataQuality.INVALID)
# Days after which a value carried over is believed less, and no more: a quarter with the time to report it, a year with
# it.
_FAIR_AFTER, _GONE_AFTER = 135, 500
# Only fields are carried over: a price or a debt of another day beside the ratios of this one would refute them.
_CARRIED: Final = frozenset(field.code for field in FIELDS if field.is_number)


@dataclass(frozen=True, slots=True)
class Merged:
    """The numbers and origins of a new snapshot."""

    figures: Mapping[str, float]
    origins: Mapping[str, Origin]


def merge(record: Record, before: Snapshot | None, *, covered: Collection[str], as_of: date) -> Merged:
    """Return what is known of a company with this record; `before` is its latest snapshot as of that day."""
    if before is None:
        return Merged(record.figures, record.origins)
    figures = dict(record.figures)
    origins = dict(record.origins)
    for code, value in before.figures.items():
        if code in covered or code in figures or code not in _CARRIED:
            continue
        origin = before.origin_of(code)
        seen_on = origin.as_of or before.as_of
        if (as_of - seen_on).days <= _GONE_AFTER:
            grade = aged(origin.grade or before.grade, seen_on, as_of)
            origins[code] = replace(origin, grade=grade, as_of=seen_on)
            figures[code] = value
    return Merged(figures, origins)


def aged(grade: DataQuality, seen_on: date, as_of: date) -> DataQuality:
    """Return how far a value seen on a day can be relied on at another: never better than it was."""
    limit = DataQuality.FAIR if (as_of - seen_on).days > _FAIR_AFTER else grade
    return max(grade, limit, key=_GRADES.index)


def texts_of(record: Record, current: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return a company's texts with what a record says of them; it takes none away."""
    return {name: record.texts.get(name) or value for name, value in current.items()} if record.texts else dict(current)
