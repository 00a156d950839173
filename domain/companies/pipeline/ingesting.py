"""Carries a run from its file to the gate, and through it where it was asked to: what its job does."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from uuid import UUID

from domain.companies.pipeline import running
from domain.companies.pipeline.checking import Checked, check
from domain.companies.pipeline.loading import load_run
from domain.companies.pipeline.prior import known_before
from domain.companies.pipeline.releasing import publish_run
from domain.companies.pipeline.staging import stage
from domain.companies.pipeline.starting import RunRow, is_waiting
from domain.companies.reading.reading import read_table
from domain.companies.reading.tables import FileFault
from domain.files.keeping import keep_bytes
from domain.kernel.actor import SYSTEM
from domain.kernel.dates import trade_day
from domain.kernel.lasting import made_to_pass
from domain.kernel.ports import FileStore, Resources

Report = Callable[[float], Awaitable[None]]

_LARGEST: Final = 10 * 2**20


class _Gone(Exception):
    """The bytes of a file are no longer there."""


async def keep_file(files: FileStore, data: bytes) -> tuple[str, int]:
    """Store the bytes of a file; return their SHA-256 and how many they are.  Raises `PayloadTooLarge` past 10 MB."""
    return await keep_bytes(files, data, limit=_LARGEST)


async def ingest(resources: Resources, run_id: UUID, report: Report) -> Mapping[str, object]:
    """Carry a run as far as it goes.  Whatever is wrong with its file is noted, and ends it.

    Raises what may pass: the run then stays under way, and is carried again.
    """
    async with resources.unit_of_work(SYSTEM) as work:
        run = await running.begin_reading(work, run_id)
    if run is not None:
        with made_to_pass():
            await _to_the_gate(resources, run, report)
    run = await load_run(SYSTEM, run_id)
    if is_waiting(run):
        run = (await publish_run(resources, SYSTEM, run_id)).run
    return {"run_id": str(run_id), "state": run.state, "companies": run.published_companies}


async def sweep(resources: Resources) -> int:
    """Fail the runs whose job has ended without them, as by a worker that was killed again and again; return how many
    there were.
    """
    abandoned = await running.abandoned_runs()
    for run_id, said in abandoned:
        async with resources.unit_of_work(SYSTEM) as work:
            await running.fail_run(work, run_id, said, "expected its job to bring it to the gate, which has ended")
    return len(abandoned)


async def _to_the_gate(resources: Resources, run: RunRow, report: Report) -> None:
    try:
        checked = await _checked(resources, run, report)
        await report(0.8)
        async with resources.unit_of_work(SYSTEM) as work:
            await running.store_checked(work, run.id, checked)
        await report(0.9)
    except FileFault as fault:
        await _fail(resources, run.id, fault.kind.value, _told(fault))
    except _Gone:
        await _fail(resources, run.id, "FILE_GONE", "expected the bytes of the file, which are gone: upload it again")


async def _checked(resources: Resources, run: RunRow, report: Report) -> Checked:
    try:
        data = await resources.files.read(run.file_sha256)
    except KeyError:
        raise _Gone from None
    read = await read_table(data, sandbox=resources.sandbox, compute=resources.compute)
    staged = await resources.compute.run(stage, read)
    await report(0.4)
    async with resources.unit_of_work(SYSTEM) as work:
        await running.begin_checking(work, run.id, staged.rows)
    before, rules = await known_before(run.as_of), await running.rules_in_force()
    today, now = trade_day(run.created_at), resources.clock.now()
    return await resources.compute.run(check, run.id, staged, before, rules, run.as_of, today, now)


async def _fail(resources: Resources, run_id: UUID, code: str, message: str) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        await running.fail_run(work, run_id, code, message)


def _told(fault: FileFault) -> str:
    """Return a fault with where it is."""
    places = [f"row {fault.row}"] if fault.row is not None else []
    places += [f"column {fault.column}"] if fault.column is not None else []
    return f"{fault.message} ({', '.join(places)})" if places else fault.message
