"""What was seen of companies' numbers over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from domain.companies.snapshot_text import read_figures, read_origins
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Compute
from domain.market.types import DataQuality
from domain.storage import statements
from domain.storage.readings import as_date, as_uuid
from domain.storage.statements import statement

# What is read at once, of all companies together: some 0.1 s of CPU, and 20 MB.
MOST_SNAPSHOTS: Final = 20_000
_PAST: Final = statement("""
    SELECT s.company_id, s.as_of, s.figures, s.origins, p.source, p.grade
    FROM company_snapshots s JOIN company_publications p ON p.id = s.publication_id
    WHERE s.company_id = ANY($1::uuid[]) AND s.as_of >= $2::date AND s.as_of <= $3::date
    AND s.recorded_at <= $4::timestamptz AND (p.withdrawn_at IS NULL OR p.withdrawn_at > $5::timestamptz)
    ORDER BY s.as_of, s.recorded_at, s.id LIMIT $6
""")


@dataclass(frozen=True, slots=True)
class Observation:
    """A value of a metric, in its unit, that a source had on a day."""

    as_of: date
    value: float
    source: str
    grade: DataQuality


@dataclass(frozen=True, slots=True)
class Asked:
    """A company's metric between two days, both included, as it was known at an instant."""

    company_id: UUID
    code: str
    first: date
    last: date
    known_at: datetime


async def observations(compute: Compute, asked: Sequence[Asked]) -> list[list[Observation]]:
    """Return what was seen of each, oldest first: one statement for each range and instant.

    What was carried over from an earlier snapshot was not seen that day, and is left out.  Raises `BadUserInput` for
    more snapshots than are read at once.
    """
    ranges: dict[tuple[date, date, datetime], list[Asked]] = {}
    for each in asked:
        ranges.setdefault((each.first, each.last, each.known_at), []).append(each)
    found: dict[Asked, list[Observation]] = {}
    for (first, last, known_at), group in ranges.items():
        ids = list({each.company_id for each in group})
        rows = await statements.fetch(_PAST, ids, first, last, known_at, known_at, MOST_SNAPSHOTS + 1)
        if len(rows) > MOST_SNAPSHOTS:
            raise BadUserInput(
                f"expected histories of at most {MOST_SNAPSHOTS} snapshots in one operation, got more: ask for fewer "
                "companies or days"
            )
        found |= await compute.run(_seen, group, rows)
    return [found[each] for each in asked]


def _seen(asked: Sequence[Asked], rows: Sequence[Any]) -> dict[Asked, list[Observation]]:
    # Of what was recorded of one day, the last one stands.
    days = {(as_uuid(company), as_date(as_of)): rest for company, as_of, *rest in rows}
    codes: dict[UUID, list[Asked]] = {}
    for each in asked:
        codes.setdefault(each.company_id, []).append(each)
    found: dict[Asked, list[Observation]] = {each: [] for each in asked}
    for (company, as_of), (figures, origins, source, grade) in days.items():
        values, told = read_figures(figures), read_origins(origins)
        for each in codes[company]:
            own = told.get(each.code)
            if each.code not in values or (own and own.as_of and own.as_of != as_of):
                continue
            seen_by = (own and own.source) or source
            seen_as = (own and own.grade) or DataQuality(grade)
            found[each].append(Observation(as_of, values[each.code], seen_by, seen_as))
    return found
