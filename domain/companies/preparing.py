"""Makes the rows of a publication ahead of the transaction that writes them: there, only the database works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from domain.companies import snapshots
from domain.companies.merging import merge, texts_of
from domain.companies.snapshot_text import figures_text, origins_text, texts_text
from domain.companies.types import TEXTS, ChangePosition, Publication, Record
from domain.kernel.ids import new_id
from domain.kernel.ports import Compute
from domain.storage import statements
from domain.storage.readings import as_date, as_uuid
from domain.storage.statements import statement

# The first and only row of the state.
STATE: Final = 1
_POSITION: Final = statement("SELECT epoch, sequence FROM company_states WHERE id = $1")
_KNOWN: Final = statement(f"""
    SELECT c.ticker, c.id, {", ".join(f"c.{name}" for name in TEXTS)}, c.is_active, c.snapshot_id, s.as_of
    FROM companies c LEFT JOIN company_snapshots s ON s.id = c.snapshot_id WHERE c.ticker = ANY($1::varchar[])
""")  # noqa: S608 - no input is part of the text


@dataclass(frozen=True, slots=True)
class Known:
    """A company that is stored: its texts, and its latest snapshot with the day of it."""

    id: UUID
    texts: Mapping[str, str | None]
    is_active: bool
    snapshot_id: UUID | None
    as_of: Any


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows to write, if what is known of companies is still at this position.

    `added` and `changed` are (id, ticker, *texts, snapshot) of new and of known companies, `snapshots` are
    (id, company, quality, texts, figures, origins).
    """

    id: UUID
    publication: Publication
    covered: str
    position: ChangePosition | None
    added: Sequence[tuple[Any, ...]]
    changed: Sequence[tuple[Any, ...]]
    snapshots: Sequence[tuple[Any, ...]]


async def position() -> ChangePosition | None:
    """Return how often what is known of companies has changed, None where nothing ever was."""
    rows = await statements.fetch(_POSITION, STATE)
    return ChangePosition(as_uuid(rows[0][0]), rows[0][1]) if rows else None


async def prepare(publication: Publication, now: datetime, compute: Compute) -> Prepared:
    """Return what a publication will write.

    Raises `ValueError` where two records are of one company.
    """
    tickers = [record.ticker for record in publication.records]
    if len(set(tickers)) != len(tickers):
        raise ValueError("expected one record of each company, got two of one")
    at = await position()
    rows = await statements.fetch(_KNOWN, tickers) if tickers else []
    before = await snapshots.rows_as_of([row[1] for row in rows], publication.as_of, now)
    return await compute.run(_rows, publication, at, rows, before)


def _known(rest: Sequence[Any]) -> Known:
    key, *texts, is_active, snapshot_id, as_of = rest
    return Known(
        as_uuid(key),
        dict(zip(TEXTS, texts, strict=True)),
        bool(is_active),
        None if snapshot_id is None else as_uuid(snapshot_id),
        None if as_of is None else as_date(as_of),
    )


def _rows(
    publication: Publication,
    at: ChangePosition | None,
    known_rows: Sequence[Any],
    before_rows: Sequence[Any],
) -> Prepared:
    known = {ticker: _known(rest) for ticker, *rest in known_rows}
    # Read one by one, and forgotten: those of all companies take as much memory as what is published.
    before = {as_uuid(row[1]): row for row in before_rows}
    added: list[tuple[Any, ...]] = []
    changed: list[tuple[Any, ...]] = []
    written: list[tuple[Any, ...]] = []
    for record in publication.records:
        company = known.get(record.ticker)
        company_id = new_id() if company is None else company.id
        snapshot_id = new_id()
        last = snapshots.snapshot_of(before[company_id]) if company_id in before else None
        merged = merge(record, last, covered=publication.covered, as_of=publication.as_of)
        own = texts_of(record, dict.fromkeys(TEXTS) | dict(last.texts if last else {}))
        own["name"] = own["name"] or record.ticker
        told = (texts_text(own), figures_text(merged.figures), origins_text(merged.origins))
        written.append((snapshot_id, company_id, record.quality, *told))
        texts, points_to = _present(record, own, company, publication, snapshot_id)
        target = added if company is None else changed
        target.append((company_id, record.ticker, *(texts[name] for name in TEXTS), points_to))
    covered = orjson.dumps(sorted(publication.covered)).decode()
    return Prepared(new_id(), publication, covered, at, added, changed, written)


def _present(
    record: Record,
    own: Mapping[str, str | None],
    company: Known | None,
    publication: Publication,
    snapshot_id: UUID,
) -> tuple[Mapping[str, str | None], UUID | None]:
    """Return the texts of a company now, and its latest snapshot: those of an earlier day change neither.

    Where the record says nothing, what an administrator has said since the snapshot before stands.
    """
    if company is None:
        return own, snapshot_id
    if company.as_of is not None and company.as_of > publication.as_of:
        return company.texts, company.snapshot_id
    return texts_of(record, company.texts), snapshot_id
