"""What a run comes to once something else is decided of its corrections.  Pure: nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.companies.pipeline.examining import Examined, examine
from domain.companies.pipeline.loading import Loaded
from domain.companies.pipeline.prior import prior_from
from domain.companies.pipeline.recording import changed_records, digests, publication_of, records_of
from domain.companies.pipeline.reporting import Reported, reported
from domain.companies.pipeline.staging import unpacked
from domain.companies.pipeline.stored import correction_row, decided_of, finding_rows, reconciled
from domain.companies.pipeline.types import MOST_PROPOSALS, BatchKind, CorrectionState, RunState
from domain.companies.types import Publication
from domain.kernel.dates import trade_day

States = Mapping[UUID, CorrectionState]


@dataclass(frozen=True, slots=True)
class Redecided:
    """A run's table with other decisions, as rows to write.

    `publication` is what is to be made known of a run that is known already: the rows that change, or `anew` all of
    them, once what was known is taken back; None where nothing changes.
    """

    reported: Reported
    findings: Sequence[tuple[Any, ...]]
    superseded: Sequence[UUID]
    proposed: Sequence[tuple[Any, ...]]
    left_out: int
    publication: Publication | None


def examined_with(loaded: Loaded, states: States) -> Examined:
    """Return a run's table with these states in the place of those that are stored."""
    run = loaded.run
    decided = decided_of(loaded.corrections, states)
    # What is late is late on the day on which it came.
    today = trade_day(run.created_at)
    return examine(unpacked(loaded.content), prior_from(loaded.before), decided, run.as_of, today)


def publication_from(loaded: Loaded) -> Publication:
    """Return what a run makes known as it is decided now."""
    return _whole(loaded, examined_with(loaded, {}))


def preview(loaded: Loaded, states: States) -> Reported:
    """Return what a run would come to."""
    return reported(examined_with(loaded, states))


def redecide(loaded: Loaded, states: States, now: datetime, kind: BatchKind) -> Redecided:
    """Return what a run comes to; what is rolled back of one that is known is made known anew."""
    # What is known is examined first, and only digests of it are kept: two tables at once would take twice the memory.
    corrects = loaded.run.state is RunState.PUBLISHED and kind is not BatchKind.ROLL_BACK
    known = digests(records_of(examined_with(loaded, {}))) if corrects else {}
    examined = examined_with(loaded, states)
    found = reported(examined)
    pending = [row for row in loaded.corrections if states.get(row.id, row.state) is CorrectionState.PENDING]
    superseded, fresh = reconciled(pending, found.proposals)
    room = max(0, MOST_PROPOSALS - len(pending) + len(superseded))
    publication = _whole(loaded, examined) if loaded.run.state is RunState.PUBLISHED else None
    if publication is not None and corrects:
        changed = changed_records(known, publication.records)
        publication = replace(publication, records=changed) if changed else None
    return Redecided(
        found,
        finding_rows(loaded.run.id, found.issues),
        superseded,
        [correction_row(loaded.run.id, proposal, now) for proposal in fresh[:room]],
        max(0, len(fresh) - room),
        publication,
    )


def _whole(loaded: Loaded, examined: Examined) -> Publication:
    run = loaded.run
    return publication_of(examined, source=run.source, as_of=run.as_of, run_id=run.id)
