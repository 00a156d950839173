"""Files of companies' figures as they are read, and what is decided of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from domain.companies.pipeline.ingesting import ingest, keep_file
from domain.companies.pipeline.loading import load_run
from domain.companies.pipeline.starting import RunRow, start_run
from domain.companies.pipeline.types import Applied, Decided, Proposal
from domain.companies.reading.tables import Cell, FileFormat, Refused, Table
from domain.kernel.actor import SYSTEM, Actor, Role
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources


def read_of(columns: Mapping[str, Sequence[Cell]], refused: Sequence[Refused] = ()) -> Table:
    """Return the table that reading a file of these columns gives; its first row stands in line 2."""
    rows = list(zip(*columns.values(), strict=True))
    numbers = list(range(2, len(rows) + 2))
    return Table(FileFormat.CSV, tuple(columns), rows, numbers, tuple(refused), len(refused))


def csv_of(columns: Mapping[str, Sequence[Cell]]) -> bytes:
    """Return a file of these columns."""
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows).encode()


def approved(proposals: Iterable[Proposal]) -> Decided:
    """Return proposals as an administrator has approved them."""
    applied = [
        Applied(new_id(), each.row, each.field, each.kind, each.after, each.reason, each.drops_row, each.other)
        for each in proposals
    ]
    cells = {(each.row, code) for each in applied for code in (each.field, each.other) if code is not None}
    return Decided(applied, frozenset(cells))


def rejected(proposals: Iterable[Proposal]) -> Decided:
    """Return what an administrator has said of cells that are right as they are seen."""
    return Decided(
        (), frozenset((each.row, code) for each in proposals for code in (each.field, each.other) if code is not None)
    )


ADMIN: Final = Actor(user_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))


async def no_report(fraction: float) -> None:
    """Say nothing of how far a job is."""
    del fraction


async def start(resources: Resources, data: bytes, *, actor: Actor = ADMIN, **said: Any) -> RunRow:
    """Start a run of a file."""
    sha256, size = await keep_file(resources.files, data)
    async with resources.unit_of_work(actor) as work:
        given = {"name": "figures.csv", "source": "a feed", **said}
        return await start_run(work, sha256=sha256, size=size, **given)


async def ingested(resources: Resources, columns: Mapping[str, Sequence[Cell]] | bytes, **said: Any) -> RunRow:
    """Bring a file of these columns as far as it goes."""
    data = columns if isinstance(columns, bytes) else csv_of(columns)
    run = await start(resources, data, **said)
    await ingest(resources, run.id, no_report)
    return await load_run(SYSTEM, run.id)
