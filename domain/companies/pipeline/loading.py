"""A run with all that is decided of it, read to be examined again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from domain.companies.pipeline.access import accessible
from domain.companies.pipeline.models import PipelineRun, RunCorrection, RunTable
from domain.companies.pipeline.prior import known_before
from domain.companies.pipeline.types import DECIDED, CorrectionState
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound

_IN_PLAY: Final = (*DECIDED, CorrectionState.PENDING)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A run at one version, its table as it was read, its corrections in play, and what was known before its day."""

    run: PipelineRun
    content: bytes
    corrections: Sequence[RunCorrection]
    before: Sequence[Any]


async def load_run(actor: Actor, run_id: UUID) -> PipelineRun:
    """Return a run.  Raises `NotFound`."""
    run = await accessible(actor).get_or_none(id=run_id)
    if run is None:
        raise NotFound("no such run", field=("run_id",))
    return run


async def load(run: PipelineRun) -> Loaded:
    """Return all that is needed to examine a run's table again."""
    table = await RunTable.get(run_id=run.id)
    corrections = await RunCorrection.filter(run_id=run.id, state__in=_IN_PLAY).order_by("id")
    return Loaded(run, bytes(table.content), corrections, await known_before(run.as_of))
