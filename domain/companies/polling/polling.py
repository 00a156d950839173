"""Takes what is new at a source: each file a run of the pipeline, published where it passes the gate.

A file that cannot be had, or is no file for us, stops none of the others.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from domain.companies.pipeline.ingesting import keep_file
from domain.companies.pipeline.starting import start_run
from domain.companies.polling.models import SourceFile, SourcePoll
from domain.companies.polling.types import FileState
from domain.kernel.actor import SYSTEM
from domain.kernel.dates import trade_day
from domain.kernel.errors import NotFound, PayloadTooLarge, Refusal, Unavailable
from domain.kernel.feeds import Found, Source, SourceFailed, SourceRefused
from domain.kernel.ports import Resources
from domain.kernel.work import Work

Report = Callable[[float], Awaitable[None]]

# "companies_2026-08-21.csv", "screen-20260821.xlsx": the day that the figures are of.
_DAY: Final = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
# A version that did not become a run so often is not asked for again.
_MOST_ATTEMPTS: Final = 24
# Seconds.
_AT_ONCE: Final = 2.0


async def poll(resources: Resources, name: str, report: Report) -> Mapping[str, object]:
    """Take what is new at a source; return how many files it has, and how many were taken, failed and refused.

    Raises `NotFound` for a source that is not configured, and `Unavailable` where it does not answer.
    """
    source = resources.company_sources.get(name)
    if source is None:
        raise NotFound(f"expected a source that is configured, got {name[:40]!r}", field=("source",))
    try:
        listed = await source.files()
    except (SourceFailed, SourceRefused) as fault:
        await _note(resources, name, fault=str(fault))
        if isinstance(fault, SourceFailed):
            raise Unavailable(str(fault)) from None
        return {"files": None, "fault": str(fault)}
    await _note(resources, name, files=len(listed))
    fresh = await unknown(name, listed)
    counts = dict.fromkeys(FileState, 0)
    for place, found in enumerate(fresh):
        await report(place / len(fresh))
        counts[await _take(resources, name, source, found)] += 1
    return {"files": len(listed), **{state.value.lower(): count for state, count in counts.items()}}


async def has_new(name: str, source: Source) -> bool:
    """Whether a source has files that are to be taken.  One that does not answer at once has none."""
    try:
        async with asyncio.timeout(_AT_ONCE):
            return bool(await unknown(name, await source.files()))
    except (SourceFailed, SourceRefused, TimeoutError):
        return False


async def unknown(name: str, listed: list[Found]) -> list[Found]:
    """Return those of the files of a source that are to be taken: new ones, changed ones, and some that failed."""
    known = {row.name: row for row in await SourceFile.filter(source=name)}
    return [found for found in listed if _is_due(found, known.get(found.name))]


def _is_due(found: Found, row: SourceFile | None) -> bool:
    if row is None or row.version != found.version:
        return True
    return row.state is FileState.FAILED and row.attempts < _MOST_ATTEMPTS


async def _take(resources: Resources, name: str, source: Source, found: Found) -> FileState:
    try:
        await _start(resources, name, found, await source.fetch(found))
    except SourceFailed as fault:
        return await _fail(resources, name, found, FileState.FAILED, str(fault))
    except (SourceRefused, Refusal, PayloadTooLarge) as fault:
        return await _fail(resources, name, found, FileState.REFUSED, str(fault))
    return FileState.TAKEN


async def _start(resources: Resources, name: str, found: Found, content: bytes) -> None:
    sha256, size = await keep_file(resources.files, content)
    async with resources.unit_of_work(SYSTEM) as work:
        run = await start_run(
            work,
            name=found.name.rpartition("/")[2],
            source=f"{name}: {found.name}"[:120],
            sha256=sha256,
            size=size,
            as_of=day_of(found.name, work.now),
            publish_when_passed=True,
        )
        await _write(work, name, found, FileState.TAKEN, run_id=run.id)


def day_of(name: str, now: datetime) -> date | None:
    """Return the day in a file's name, if it has one that is not to come."""
    for year, month, day in _DAY.findall(name):
        try:
            told = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if told <= trade_day(now):
            return told
    return None


async def _fail(resources: Resources, name: str, found: Found, state: FileState, message: str) -> FileState:
    async with resources.unit_of_work(SYSTEM) as work:
        await _write(work, name, found, state, message=message[:2000])
    return state


async def _write(
    work: Work, name: str, found: Found, state: FileState, *, message: str | None = None, run_id: Any = None
) -> None:
    row = await SourceFile.get_or_none(source=name, name=found.name)
    again = row is not None and row.version == found.version
    told = {
        "version": found.version,
        "size": found.size,
        "state": state,
        "message": message,
        "run_id": run_id,
        "attempts": row.attempts + 1 if row is not None and again else 1,
        "found_at": work.now,
    }
    if row is None:
        await SourceFile.create(source=name, name=found.name, **told)
    else:
        await row.update_from_dict(told).save()


async def _note(resources: Resources, name: str, *, files: int | None = None, fault: str | None = None) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        told: dict[str, Any] = {"polled_at": work.now, "fault": fault}
        if fault is None:
            told |= {"answered_at": work.now, "files": files}
        await SourcePoll.update_or_create(told, source=name)
