"""Makes values of companies known, and takes them back."""

from typing import Final
from uuid import UUID

from tortoise.expressions import F

from domain.companies.errors import Overtaken
from domain.companies.events import CompaniesChanged
from domain.companies.models import CompanyPublication, CompanyState
from domain.companies.preparing import STATE, Prepared
from domain.companies.types import TEXTS, ChangePosition, Published
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import Subject, Work
from domain.storage import statements
from domain.storage.statements import Statement, statement

_TEXT_COLUMNS: Final = ", ".join(TEXTS)
_ADD: Final = statement(f"""
    INSERT INTO companies
    (id, ticker, {_TEXT_COLUMNS}, snapshot_id, is_active, is_added_by_hand, version, sequence, created_at, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, TRUE, FALSE, 1, $12, $13, $14)
""")  # noqa: S608 - no input is part of the text
# One that had left the lists with its last numbers comes back with new ones.
_CHANGE: Final = statement(f"""
    UPDATE companies SET {", ".join(f"{name} = ${place}" for place, name in enumerate(TEXTS, 1))}, snapshot_id = $9,
    is_active = is_active OR snapshot_id IS NULL AND NOT is_added_by_hand, version = version + 1,
    sequence = $10, changed_at = $11 WHERE id = $12
""")  # noqa: S608 - no input is part of the text
_KEEP: Final = statement("""
    INSERT INTO company_snapshots (id, company_id, publication_id, as_of, recorded_at, quality, texts, figures, origins)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
""")
# Points every company of a publication to what stands without it: one probe of the index for each, as in `snapshots`.
_POINT_ANEW: Final = statement("""
    UPDATE companies SET snapshot_id = (
        SELECT s.id FROM company_snapshots s WHERE s.company_id = companies.id AND s.publication_id NOT IN (
            SELECT p.id FROM company_publications p WHERE p.withdrawn_at IS NOT NULL
        ) ORDER BY s.as_of DESC, s.recorded_at DESC, s.id DESC LIMIT 1
    ), version = version + 1, sequence = $1, changed_at = $2
    WHERE id IN (SELECT company_id FROM company_snapshots WHERE publication_id = $3)
""")
# ... and has it say again what was said of the company then, where it says what is withdrawn: what an administrator has
# said since stays, and nothing changes where the publication was of an earlier day than what stands.
_AGAIN: Final = ", ".join(
    f"{name} = CASE WHEN companies.{name} = gone.texts{{json}}->>'{name}' THEN s.texts{{json}}->>'{name}' "
    f"ELSE companies.{name} END"
    for name in TEXTS
)
_SAY_ANEW: Final = f"""
    UPDATE companies SET {_AGAIN} FROM company_snapshots s, company_snapshots gone
    WHERE s.id = companies.snapshot_id AND gone.company_id = companies.id
    AND companies.sequence = {{sequence}} AND gone.publication_id = {{publication}}
    AND (gone.as_of > s.as_of OR (gone.as_of = s.as_of AND gone.recorded_at >= s.recorded_at))
"""  # noqa: S608 - no input is part of the text
_SAID_ANEW: Final = Statement(
    _SAY_ANEW.format(json="::jsonb", sequence="$1", publication="$2"),
    _SAY_ANEW.format(json="", sequence="?", publication="?"),
)
# One of which nothing is left leaves the lists, but for one that an administrator has added.
_LEAVE: Final = statement("""
    UPDATE companies SET is_active = FALSE WHERE snapshot_id IS NULL AND sequence = $1 AND NOT is_added_by_hand
""")


async def advance(work: Work) -> ChangePosition:
    """Count one more change of what is known of companies, holding the row's lock until the commit.

    Emits `CompaniesChanged`.
    """
    changed = await CompanyState.filter(id=STATE).update(sequence=F("sequence") + 1, changed_at=work.now)
    if not changed:
        await CompanyState.bulk_create(
            [CompanyState(id=STATE, epoch=new_id(), sequence=0, changed_at=work.now)], ignore_conflicts=True
        )
        await CompanyState.filter(id=STATE).update(sequence=F("sequence") + 1, changed_at=work.now)
    row = await CompanyState.get(id=STATE)
    assert isinstance(row.epoch, UUID)
    work.emit(CompaniesChanged(epoch=row.epoch, sequence=row.sequence))
    return ChangePosition(row.epoch, row.sequence)


async def publish(work: Work, prepared: Prepared) -> Published:
    """Make known what was prepared.  Emits `CompaniesChanged`.

    Raises `Overtaken` when something else was made known since it was prepared.
    """
    at = await advance(work)
    expected = prepared.position
    if (at.sequence != 1) if expected is None else at != ChangePosition(expected.epoch, expected.sequence + 1):
        raise Overtaken
    publication = prepared.publication
    await CompanyPublication.create(
        id=prepared.id,
        source=publication.source[:120],
        as_of=publication.as_of,
        grade=publication.grade,
        covered=prepared.covered,
        companies=len(publication.records),
        run_id=publication.run_id,
        published_by=work.actor.user_id,
        published_at=work.now,
    )
    stamps = (at.sequence, work.now)
    await statements.execute_batches(_ADD, ((*row, *stamps, work.now) for row in prepared.added))
    await statements.execute_batches(
        _CHANGE, ((*texts, pointer, *stamps, key) for key, _, *texts, pointer in prepared.changed)
    )
    dated = (prepared.id, publication.as_of, work.now)
    await statements.execute_batches(_KEEP, ((key, of, *dated, *rest) for key, of, *rest in prepared.snapshots))
    await work.record("companies.publish", Subject("CompanyPublication", prepared.id), None, _told(prepared))
    return Published(prepared.id, at, len(prepared.snapshots), len(prepared.added))


async def withdraw(work: Work, publication_id: UUID) -> ChangePosition:
    """Take back what a publication made known: what stood before stands again, and the past remembers both.

    Emits `CompaniesChanged`.  Raises `NotFound` for one that does not exist or was withdrawn before.
    """
    at = await advance(work)
    gone = await CompanyPublication.filter(id=publication_id, withdrawn_at=None).update(
        withdrawn_at=work.now, withdrawn_by=work.actor.user_id
    )
    if not gone:
        raise NotFound("expected a publication that stands, got none of this id")
    await statements.execute_batches(_POINT_ANEW, [(at.sequence, work.now, publication_id)])
    await statements.execute_batches(_SAID_ANEW, [(at.sequence, publication_id)])
    await statements.execute_batches(_LEAVE, [(at.sequence,)])
    await work.record("companies.withdraw", Subject("CompanyPublication", publication_id), None, None)
    return at


def _told(prepared: Prepared) -> dict[str, object]:
    publication = prepared.publication
    return {"source": publication.source, "as_of": publication.as_of, "companies": len(publication.records)}
