"""Reads what is, or was, known of companies.  All of it is the same for everybody."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import orjson

from domain.companies.snapshot_text import read_figures, read_origins, read_texts
from domain.companies.types import Snapshot
from domain.market.types import DataQuality
from domain.storage import statements
from domain.storage.readings import as_date, as_datetime, as_uuid
from domain.storage.statements import Statement, statement

_COLUMNS: Final = """
    s.id, s.company_id, s.publication_id, s.as_of, s.recorded_at, p.source, p.grade, s.quality, s.texts,
    s.figures, s.origins, p.covered
"""


def one_each(companies: str, snapshot: str, rest: str) -> Statement:
    """Return a statement that joins one snapshot `s`, that `snapshot` finds as `s2`, to each company `c`.

    PostgreSQL is told to look for each by itself: before it has statistics, it would try every snapshot for every
    company.
    """
    lateral = f"{companies} JOIN LATERAL ({snapshot.format(chosen='s2.*')}) s ON TRUE {rest}"
    scalar = f"{companies} JOIN company_snapshots s ON s.id = ({snapshot.format(chosen='s2.id')}) {rest}"
    return Statement(statement(lateral).postgres, statement(scalar).sqlite)


_LATEST: Final = statement(f"""
    SELECT {_COLUMNS} FROM companies c JOIN company_snapshots s ON s.id = c.snapshot_id
    JOIN company_publications p ON p.id = s.publication_id WHERE c.id = ANY($1::uuid[])
""")  # noqa: S608 - no input is part of the text
_BY_ID: Final = statement(f"""
    SELECT {_COLUMNS} FROM company_snapshots s JOIN company_publications p ON p.id = s.publication_id
    WHERE s.id = ANY($1::uuid[])
""")  # noqa: S608 - no input is part of the text
# One probe of the index for each company: none of the many snapshots between is read.
_AS_OF: Final = one_each(
    f"SELECT {_COLUMNS} FROM companies c",  # noqa: S608 - no input is part of the text
    """
    SELECT {chosen} FROM company_snapshots s2
    WHERE s2.company_id = c.id AND s2.as_of <= $1::date AND s2.recorded_at <= $2::timestamptz
    AND s2.publication_id NOT IN (SELECT p2.id FROM company_publications p2 WHERE p2.withdrawn_at <= $3::timestamptz)
    ORDER BY s2.as_of DESC, s2.recorded_at DESC, s2.id DESC LIMIT 1
    """,
    "JOIN company_publications p ON p.id = s.publication_id WHERE c.id = ANY($4::uuid[])",
)
_HISTORY: Final = statement(f"""
    SELECT {_COLUMNS} FROM company_snapshots s JOIN company_publications p ON p.id = s.publication_id
    WHERE s.company_id = ANY($1::uuid[]) AND s.as_of >= $2::date AND s.as_of <= $3::date
    AND s.recorded_at <= $4::timestamptz AND (p.withdrawn_at IS NULL OR p.withdrawn_at > $5::timestamptz)
    ORDER BY s.as_of, s.recorded_at, s.id
""")  # noqa: S608 - no input is part of the text


async def latest_snapshots(company_ids: Sequence[UUID]) -> list[Snapshot | None]:
    """Return the latest snapshot of each company, in the order asked: one statement."""
    if not company_ids:
        return []
    return _in_order(company_ids, await statements.fetch(_LATEST, list(set(company_ids))))


async def snapshots_by_id(snapshot_ids: Sequence[UUID]) -> list[Snapshot | None]:
    """Return snapshots in the order asked: one statement."""
    if not snapshot_ids:
        return []
    found = {row.id: row for row in map(snapshot_of, await statements.fetch(_BY_ID, list(set(snapshot_ids))))}
    return [found.get(snapshot_id) for snapshot_id in snapshot_ids]


async def snapshots_as_of(company_ids: Sequence[UUID], as_of: date, known_at: datetime) -> list[Snapshot | None]:
    """Return what was known of each company as of a day at an instant, in the order asked: one statement."""
    return _in_order(company_ids, await rows_as_of(list(set(company_ids)), as_of, known_at))


async def rows_as_of(company_ids: Sequence[UUID], as_of: date, known_at: datetime) -> Sequence[Any]:
    """Return what was known of companies as rows, each read by `snapshot_of`, which takes a while for many."""
    if not company_ids:
        return []
    return await statements.fetch(_AS_OF, as_of, known_at, known_at, company_ids)


async def snapshot_history(
    company_ids: Sequence[UUID], first: date, last: date, known_at: datetime
) -> dict[UUID, list[Snapshot]]:
    """Return the snapshots of companies by day, oldest first, as they were known at an instant; days included."""
    if not company_ids:
        return {}
    asked = list(set(company_ids))
    rows = await statements.fetch(_HISTORY, asked, first, last, known_at, known_at)
    # Of what was recorded of one day, the last one stands.
    found: dict[tuple[UUID, date], Snapshot] = {}
    for snapshot in map(snapshot_of, rows):
        found[snapshot.company_id, snapshot.as_of] = snapshot
    histories: dict[UUID, list[Snapshot]] = {company_id: [] for company_id in asked}
    for snapshot in found.values():
        histories[snapshot.company_id].append(snapshot)
    return histories


def snapshot_of(row: Iterable[Any]) -> Snapshot:
    """Return the snapshot that a row of these statements stands for."""
    key, company, publication, as_of, recorded, source, grade, quality, texts, figures, origins, covered = row
    return Snapshot(
        id=as_uuid(key),
        company_id=as_uuid(company),
        publication_id=as_uuid(publication),
        as_of=as_date(as_of),
        recorded_at=as_datetime(recorded),
        source=source,
        grade=DataQuality(grade),
        quality=quality,
        texts=read_texts(texts),
        figures=read_figures(figures),
        origins=read_origins(origins),
        covered=_codes(covered),
    )


@lru_cache(maxsize=256)
def _codes(text: str) -> frozenset[str]:
    return frozenset(orjson.loads(text))


def _in_order(company_ids: Sequence[UUID], rows: Iterable[Any]) -> list[Snapshot | None]:
    found = {snapshot.company_id: snapshot for snapshot in map(snapshot_of, rows)}
    return [found.get(company_id) for company_id in company_ids]
