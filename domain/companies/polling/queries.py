"""Reads what was found at sources: for administrators."""

from collections.abc import Sequence
from typing import TypeAlias

from domain.companies.polling.models import SourceFile, SourcePoll
from domain.kernel.paging import Page, PageRequest
from domain.storage.pages import read_page

# What the mirror slice of the schema reads, without naming the tables.
SourceFileRow: TypeAlias = SourceFile
SourcePollRow: TypeAlias = SourcePoll


async def last_polls(sources: Sequence[str]) -> dict[str, SourcePollRow]:
    """Return when each source was looked at last; those that never were are left out."""
    return {row.source: row for row in await SourcePoll.filter(source__in=list(sources))} if sources else {}


async def file_page(source: str, request: PageRequest, *, with_total: bool = False) -> Page[SourceFileRow]:
    """Return a page of the files of a source, in the order in which they were first found."""
    return await read_page(SourceFile.filter(source=source), ("id",), request, with_total=with_total)
