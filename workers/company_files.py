"""Files of companies' figures brought in from a terminal: what a front end without an API has kept, oldest first."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from pathlib import Path

from domain.companies.pipeline.ingesting import ingest, keep_file
from domain.companies.pipeline.loading import load_run
from domain.companies.pipeline.starting import RunRow, start_run
from domain.companies.pipeline.types import RunState
from domain.companies.polling.polling import day_of
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import InvalidInput
from domain.kernel.ports import Resources


async def import_files(resources: Resources, paths: Sequence[Path]) -> AsyncIterator[tuple[bool, str]]:
    """Bring in files by the days in their names, each as a run that is published where it passes the gate.

    A history is kept: a file of an earlier day than what is known becomes a snapshot of its own day.  Yields for each
    whether it was published, and a line that says what became of it.  Raises `InvalidInput` before the first one where
    a name has no day.
    """
    for day, path in sorted(_dated(resources, paths)):
        run = await _import(resources, path, day)
        yield run.state is RunState.PUBLISHED, f"{path}: {run.state} as of {day}, {_told(run)}"


def _dated(resources: Resources, paths: Sequence[Path]) -> Iterator[tuple[date, Path]]:
    for path in paths:
        day = day_of(path.name, resources.clock.now())
        if day is None:
            message = f"expected a day that is not to come in each name, as in all_2025-10-31.json, got {path.name}"
            raise InvalidInput(message)
        yield day, path


async def _import(resources: Resources, path: Path, day: date) -> RunRow:
    sha256, size = await keep_file(resources.files, await asyncio.to_thread(path.read_bytes))
    async with resources.unit_of_work(SYSTEM) as work:
        run = await start_run(
            work,
            name=path.name,
            source=path.name[:120],
            sha256=sha256,
            size=size,
            as_of=day,
            publish_when_passed=True,
        )
    await ingest(resources, run.id, _unheard)
    return await load_run(SYSTEM, run.id)


async def _unheard(fraction: float) -> None:
    del fraction


def _told(run: RunRow) -> str:
    if run.fault_message is not None:
        return f"{run.fault_code}: {run.fault_message}"
    if run.published_companies is not None:
        return f"{run.published_companies} companies"
    return "its gate is not passed: see its report, correct it, or publish it by hand"
