"""Reads imports and their rows: of portfolios that the actor sees."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

import orjson
from tortoise.functions import Count

from domain.kernel.actor import Actor
from domain.kernel.paging import Page, PageRequest
from domain.market.queries import instruments_by_symbol
from domain.portfolios.access import Permission
from domain.portfolios.entries import Entry
from domain.portfolios.imports.access import accessible_imports
from domain.portfolios.imports.entry_text import entry_of
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.imports.rows import Problem
from domain.portfolios.imports.stored_rows import problems_of, told_of
from domain.portfolios.types import RowState
from domain.storage import statements
from domain.storage.pages import read_page
from domain.storage.readings import as_uuid
from domain.storage.statements import statement

# What the mirror slice of the schema reads, without naming the tables.
ImportRecord: TypeAlias = Import
ImportRowRecord: TypeAlias = ImportRow

_NEW = statement("SELECT entry FROM import_rows WHERE importing_id = $1::uuid AND state = $2")
# Rows that are looked at before others have a turn.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a row says: its entry, None where it has none, and how sure the reading was."""

    entry: Entry | None
    problems: tuple[Problem, ...]
    confidence: float | None
    needs_review: bool
    tags: tuple[str, ...]
    strategy: str | None


def told(row: ImportRow) -> Told:
    """Return what a row says."""
    kept = told_of(row)
    return Told(
        entry=entry_of(kept["entry"]) if kept else None,
        problems=problems_of(row),
        confidence=kept.get("confidence"),
        needs_review=kept.get("needs_review", False),
        tags=tuple(kept.get("tags", ())),
        strategy=kept.get("strategy"),
    )


async def imports_by_id(actor: Actor, import_ids: Sequence[UUID]) -> list[Import | None]:
    """Return the imports in the order asked for, None where the actor sees none."""
    rows = await accessible_imports(actor, Permission.VIEW).filter(id__in=set(import_ids))
    found = {row.id: row for row in rows}
    return [found.get(import_id) for import_id in import_ids]


async def import_page(actor: Actor, portfolio_id: UUID, request: PageRequest, *, with_total: bool) -> Page[Import]:
    """Return a page of a portfolio's imports, oldest first."""
    rows = accessible_imports(actor, Permission.VIEW).filter(portfolio_id=portfolio_id)
    return await read_page(rows, ("id",), request, with_total=with_total)


async def row_page(
    actor: Actor, import_id: UUID, state: RowState | None, request: PageRequest, *, with_total: bool
) -> Page[ImportRow]:
    """Return a page of an import's rows in the order of the file, of one state or of all."""
    if not await accessible_imports(actor, Permission.VIEW).filter(id=import_id).exists():
        return Page([], has_next=False, has_previous=False, total=0 if with_total else None)
    rows = ImportRow.filter(importing_id=import_id)
    if state is not None:
        rows = rows.filter(state=state)
    return await read_page(rows, ("line", "part"), request, with_total=with_total)


async def rows_by_id(actor: Actor, row_ids: Sequence[UUID]) -> list[ImportRow | None]:
    """Return the rows of imports in the order asked for, None where the actor sees none."""
    rows = await ImportRow.filter(id__in=set(row_ids))
    seen = set(
        await accessible_imports(actor, Permission.VIEW)
        .filter(id__in={as_uuid(row.importing_id) for row in rows})
        .values_list("id", flat=True)
    )
    found = {row.id: row for row in rows if row.importing_id in seen}
    return [found.get(row_id) for row_id in row_ids]


async def counts(actor: Actor, import_ids: Sequence[UUID]) -> list[dict[RowState, int]]:
    """Return how many rows each import has in each state."""
    seen = accessible_imports(actor, Permission.VIEW).filter(id__in=set(import_ids))
    keys = set(await seen.values_list("id", flat=True))
    rows = ImportRow.filter(importing_id__in=keys).annotate(count=Count("id")).group_by("importing_id", "state")
    found: dict[object, dict[RowState, int]] = {}
    for importing_id, state, count in await rows.values_list("importing_id", "state", "count"):
        found.setdefault(importing_id, {})[RowState(state)] = count
    return [found.get(import_id, {}) for import_id in import_ids]


@dataclass(frozen=True, slots=True)
class Needs:
    """What has to be at hand before an import is recorded: how many `new` rows it has, a trade date of each year in
    which they lie, of which the settlement dates must be known, and options that were never traded here.
    """

    new: int = 0
    days: tuple[date, ...] = ()
    contracts: tuple[str, ...] = ()


async def needs_of(actor: Actor, import_id: UUID) -> Needs:
    """Return what has to be at hand before an import is recorded."""
    if not await accessible_imports(actor, Permission.EDIT).filter(id=import_id).exists():
        return Needs()
    rows = await statements.fetch(_NEW, import_id, RowState.NEW.value)
    years: dict[int, date] = {}
    contracts: set[str] = set()
    for place, (text,) in enumerate(rows):
        if place % _AT_ONCE == 0:
            await asyncio.sleep(0)
        entry = orjson.loads(text)["entry"]
        day = date.fromisoformat(entry["trade_date"])
        years.setdefault(day.year, day)
        if entry["kind"].startswith("OPTION_"):
            contracts.add(entry["symbol"])
    known = await instruments_by_symbol(list(contracts)) if contracts else {}
    return Needs(len(rows), tuple(years.values()), tuple(sorted(contracts - known.keys())))
