"""What a run keeps as rows, findings and corrections: made ahead of the transaction that writes them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

import orjson

from domain.companies.pipeline.models import RunCorrection
from domain.companies.pipeline.types import (
    APPLIED,
    MOST_FINDINGS,
    Applied,
    CorrectionState,
    Decided,
    Issue,
    Proposal,
)
from domain.kernel.ids import new_id
from domain.storage import statements
from domain.storage.readings import as_uuid
from domain.storage.statements import statement

_ADD_FINDING: Final = statement("""
    INSERT INTO company_run_findings
    (id, run_id, place, kind, severity, ticker, row, field, seen, expected, confidence)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
""")
_ADD_CORRECTION: Final = statement("""
    INSERT INTO company_run_corrections (id, run_id, kind, ticker, row, field, other, written, before, after, drops_row,
    reason, confidence, state, batch_id, rule_id, proposed_at, decided_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
""")
# Numbers that differ by less are one proposal, made twice of a table that has changed a little.
_SAME: Final = 0.02
_NO_NUMBER: Final = "null"


def finding_rows(run_id: UUID, issues: Sequence[Issue]) -> list[tuple[Any, ...]]:
    """Return the rows of the gravest issues; one that is found again has the id that it had."""
    rows: list[tuple[Any, ...]] = []
    seen: dict[str, int] = {}
    for place, issue in enumerate(issues[:MOST_FINDINGS]):
        name = f"{issue.kind}:{issue.field}:{issue.row}:{issue.other}"
        seen[name] = seen.get(name, -1) + 1
        rows.append(
            (
                uuid5(run_id, f"{name}:{seen[name]}"),
                run_id,
                place,
                issue.kind.value,
                issue.severity.value,
                _cut(issue.ticker, 40),
                issue.row,
                issue.field,
                issue.seen,
                issue.expected,
                issue.confidence,
            )
        )
    return rows


def correction_row(
    run_id: UUID,
    proposal: Proposal,
    now: datetime,
    *,
    key: UUID | None = None,
    state: CorrectionState = CorrectionState.PENDING,
    batch_id: UUID | None = None,
    rule_id: UUID | None = None,
) -> tuple[Any, ...]:
    """Return the row of a proposal: pending, or applied by a rule."""
    return (
        key or new_id(),
        run_id,
        proposal.kind.value,
        _cut(proposal.ticker, 40),
        proposal.row,
        proposal.field,
        proposal.other,
        proposal.written,
        proposal.before,
        orjson.dumps(proposal.after).decode(),
        proposal.drops_row,
        proposal.reason,
        proposal.confidence,
        state.value,
        batch_id,
        rule_id,
        now,
        None if batch_id is None else now,
    )


async def write_findings(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write findings.  Inside a unit of work."""
    await statements.execute_batches(_ADD_FINDING, rows)


async def write_corrections(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write corrections.  Inside a unit of work."""
    await statements.execute_batches(_ADD_CORRECTION, rows)


def after_of(row: RunCorrection) -> float | str | None:
    """Return what a correction puts in its place."""
    found: float | str | None = orjson.loads(row.after)
    return found


def decided_of(rows: Iterable[RunCorrection], states: Mapping[UUID, CorrectionState]) -> Decided:
    """Return what is decided of a run's table, with these states in the place of those that are stored.

    What a rule applies may be accused again: nobody has looked at it.
    """
    applied: list[Applied] = []
    accepted: set[tuple[int | None, str]] = set()
    for row in rows:
        state = states.get(row.id, row.state)
        if state in APPLIED:
            applied.append(applied_of(row))
        if state in (CorrectionState.APPROVED, CorrectionState.REJECTED):
            accepted |= {(row.row, code) for code in (row.field, row.other) if code is not None}
    return Decided(applied, frozenset(accepted))


def applied_of(row: RunCorrection) -> Applied:
    """Return a correction as one that is in force."""
    return Applied(as_uuid(row.id), row.row, row.field, row.kind, after_of(row), row.reason, row.drops_row, row.other)


def reconciled(pending: Iterable[RunCorrection], proposals: Iterable[Proposal]) -> tuple[list[UUID], list[Proposal]]:
    """Return which pending corrections are proposed no longer, or otherwise, and what is proposed beside the others."""
    fresh = {proposal.place: proposal for proposal in proposals}
    superseded: list[UUID] = []
    for row in pending:
        proposal = fresh.get((row.row, row.field, row.kind))
        if proposal is not None and _is_same(proposal.after, after_of(row)) and proposal.other == row.other:
            del fresh[proposal.place]
        else:
            superseded.append(row.id)
    return superseded, list(fresh.values())


def _is_same(one: float | str | None, other: float | str | None) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= _SAME * max(abs(one), abs(other))
    return one == other


def _cut(text: str | None, length: int) -> str | None:
    return None if text is None else text[:length]
