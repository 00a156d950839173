"""Rows of imports, as they are read of a file and as they are kept."""

from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

import orjson

from domain.kernel.errors import RefusalCode
from domain.kernel.ids import new_id
from domain.portfolios.entries import Entry
from domain.portfolios.imports.entry_text import entry_of, entry_text
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.imports.rows import ParsedRow, Problem
from domain.portfolios.types import RowState
from domain.storage.statements import statement

# Tens of thousands at once: objects of the ORM would take longer to make than the file to read.
INSERT: Final = statement("""
    INSERT INTO import_rows
        (id, tenant_id, importing_id, line, part, state, fingerprint, entry, problems, "text", transaction_id)
    VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11::uuid)
""")


def stored_row(importing: Import, row: ParsedRow, account_id: UUID, known: UUID | None) -> list[object]:
    """Return a row as `INSERT` keeps it; `known` is the transaction that it was recorded as before."""
    return [
        new_id(),
        importing.tenant_id,
        importing.id,
        row.line,
        row.part,
        state_of(row, known).value,
        row.fingerprint,
        None if row.entry is None else _entry_text(row, row.entry, account_id),
        problems_text(row.problems),
        row.text,
        known,
    ]


def state_of(row: ParsedRow, known: UUID | None) -> RowState:
    """Return what becomes of a row."""
    if row.is_refused:
        return RowState.REFUSED
    if row.entry is None:
        return RowState.IGNORED
    return RowState.NEW if known is None else RowState.KNOWN


def _entry_text(row: ParsedRow, entry: Entry, account_id: UUID) -> str:
    told = {
        "entry": orjson.Fragment(row.said or entry_text(entry)),
        "account_id": str(account_id),
        "confidence": row.confidence,
        "needs_review": row.needs_review,
        "currency": row.currency,
        "tags": row.tags,
        "strategy": row.strategy,
    }
    return orjson.dumps({name: value for name, value in told.items() if value}).decode()


def problems_text(problems: tuple[Problem, ...]) -> str | None:
    """Return problems as they are kept."""
    return orjson.dumps([asdict(problem) for problem in problems]).decode() if problems else None


def problems_of(row: ImportRow) -> tuple[Problem, ...]:
    """Return what is wrong with a row, and what was remarked on it."""
    told = orjson.loads(row.problems) if row.problems else []
    return tuple(
        Problem(each["message"], each["column"], None if each["code"] is None else RefusalCode(each["code"]))
        for each in told
    )


def told_of(row: ImportRow) -> dict[str, Any]:
    """Return what is kept beside a row's entry, and the entry as it was said; empty where there is none."""
    told: dict[str, Any] = orjson.loads(row.entry) if row.entry else {}
    return told


def parsed_row(row: ImportRow) -> ParsedRow:
    """Return a row as it was read of the file, without what was wrong with it."""
    told = told_of(row)
    return ParsedRow(
        line=row.line,
        part=row.part,
        text=row.text,
        entry=entry_of(told["entry"]) if told else None,
        problems=tuple(problem for problem in problems_of(row) if problem.code is None),
        confidence=told.get("confidence", 0.0),
        needs_review=told.get("needs_review", False),
        fingerprint=row.fingerprint,
        currency=told.get("currency"),
        tags=tuple(told.get("tags", ())),
        strategy=told.get("strategy"),
    )
