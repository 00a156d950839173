"""Starts runs, and brings them to the gate step by step.  Each command is one transaction."""

from datetime import date, datetime
from typing import Final, TypeAlias
from uuid import UUID

from domain.companies.errors import Overtaken
from domain.companies.pipeline.access import may_see
from domain.companies.pipeline.events import RunChanged
from domain.companies.pipeline.jobs import INGEST_COMPANIES
from domain.companies.pipeline.models import PipelineRun
from domain.companies.pipeline.types import RunState
from domain.kernel.dates import trade_day
from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound
from domain.kernel.text import as_name, unprintable_character
from domain.kernel.work import Subject, Work

RunRow: TypeAlias = PipelineRun

_LONGEST_KEY: Final = 200
_EARLIEST: Final = date(1950, 1, 1)


async def start_run(
    work: Work,
    *,
    name: str,
    source: str,
    sha256: str,
    size: int,
    as_of: date | None = None,
    publish_when_passed: bool = False,
    idempotency_key: str | None = None,
) -> RunRow:
    """Have a file checked whose bytes the file store keeps; its figures are of `as_of`, by default of today.

    `source` is what companies' values are said to come from.  A user's same key and file again answers the first run.
    Emits `RunChanged`.  Raises `NotFound`, `InvalidInput`, `IdempotencyKeyReused`.
    """
    if not may_see(work.actor):
        raise NotFound("no such pipeline")
    day = _day(as_of, work.now)
    key = _key(idempotency_key) if work.actor.is_authenticated else None
    run = PipelineRun(
        source=_line(source, 120, "source"),
        file_name=_file_name(name),
        file_sha256=sha256,
        file_size=size,
        as_of=day,
        publish_when_passed=publish_when_passed,
        idempotency_key=key,
        requested_by=work.actor.user_id,
        created_at=work.now,
    )
    # Whoever comes second with a key waits here for the first.
    await PipelineRun.bulk_create([run], ignore_conflicts=True)
    if key is not None:
        first = await PipelineRun.get(requested_by=work.actor.user_id, idempotency_key=key)
        if first.id != run.id:
            return _same(first, run, as_of)
    run.job_id = await work.enqueue(INGEST_COMPANIES, {"run_id": run.id})
    await PipelineRun.filter(id=run.id).update(job_id=run.job_id)
    told = {"file": run.file_name, "sha256": sha256, "as_of": day, "source": run.source}
    await work.record("pipeline.start", Subject("PipelineRun", run.id), None, told)
    work.emit(RunChanged(run_id=run.id, version=run.version))
    return await PipelineRun.get(id=run.id)


def _same(first: PipelineRun, run: PipelineRun, as_of: date | None) -> PipelineRun:
    said = (run.file_sha256, run.publish_when_passed, first.as_of if as_of is None else as_of)
    if said != (first.file_sha256, first.publish_when_passed, first.as_of):
        message = "expected another key for another file or day, got one that was used before"
        raise IdempotencyKeyReused(message, field=("idempotency_key",))
    return first


def _day(as_of: date | None, now: datetime) -> date:
    today = trade_day(now)
    if as_of is not None and not _EARLIEST <= as_of <= today:
        raise InvalidInput(f"expected a day from {_EARLIEST} to {today}, got {as_of}", field=("as_of",))
    return as_of or today


def _key(given: str | None) -> str | None:
    return None if given is None else _line(given, _LONGEST_KEY, "idempotency_key")


def _file_name(text: str) -> str:
    """Return what a file is called without what cannot be shown: nobody chooses it to be refused for it."""
    return "".join(character for character in text[:1_000] if unprintable_character(character) is None)[:255] or "file"


def _line(text: str, longest: int, field: str) -> str:
    """Return one line of text, of 1 to `longest` characters."""
    try:
        line = as_name(text)
    except ValueError as error:
        raise InvalidInput(str(error), field=(field,)) from None
    if not 1 <= len(line) <= longest:
        raise InvalidInput(f"expected 1 to {longest} characters, got {len(line)}", field=(field,))
    return line


async def locked_run(work: Work, run_id: UUID) -> RunRow:
    """Return a run whose row is held until the commit.  Raises `NotFound`."""
    if not may_see(work.actor):
        raise NotFound("no such run", field=("run_id",))
    run = await PipelineRun.filter(id=run_id).select_for_update().get_or_none()
    if run is None:
        raise NotFound("no such run", field=("run_id",))
    return run


async def run_at(work: Work, run_id: UUID, version: int) -> RunRow:
    """Return a run whose row is held until the commit.  Raises `NotFound`, and `Overtaken` at another version."""
    run = await locked_run(work, run_id)
    if run.version != version:
        raise Overtaken
    return run


async def save_run(work: Work, run: PipelineRun, *names: str) -> None:
    """Write columns of a held run, as another version.  Emits `RunChanged`."""
    run.version += 1
    await run.save(update_fields=[*names, "version"])
    work.emit(RunChanged(run_id=run.id, version=run.version))


def is_waiting(run: PipelineRun) -> bool:
    """Whether a run that passed the gate is to be published without anybody's word."""
    return run.state is RunState.GATE_PASSED and run.publish_when_passed
