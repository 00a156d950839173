"""Reads calculations that were made.  Who asks has the right to see what they are about: nobody is asked here."""

from collections.abc import Collection
from typing import TypeAlias
from uuid import UUID

from domain.calculations.models import CalculationRun
from domain.kernel.paging import Page, PageRequest
from domain.storage.pages import read_page
from domain.storage.rows import rows_of, select

# What the slices above read, without naming the table.
RunRow: TypeAlias = CalculationRun

_BY_ID = select(CalculationRun, "id = ANY($1::uuid[])")


async def runs_by_id(run_ids: Collection[UUID]) -> dict[UUID, RunRow]:
    """Return the runs among these ids that are stored: one statement, none for no ids."""
    return {row.id: row for row in await rows_of(CalculationRun, _BY_ID, list(run_ids))} if run_ids else {}


async def run_page(subject_id: UUID, kind: str | None, request: PageRequest, *, with_total: bool) -> Page[RunRow]:
    """Return a page of the runs about one object, in order of time."""
    asked = CalculationRun.filter(subject_id=subject_id)
    if kind is not None:
        asked = asked.filter(kind=kind)
    return await read_page(asked, ("computed_at", "id"), request, with_total=with_total)
