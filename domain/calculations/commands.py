"""Writes calculations that were made."""

from collections.abc import Sequence
from datetime import datetime

from domain.calculations.models import CalculationRun
from domain.kernel.runs import Run
from domain.kernel.work import Work

_COLUMNS = ("id", *Run.__slots__)


async def keep_runs(work: Work, runs: Sequence[Run]) -> None:
    """Store runs; what is there already stays as it is."""
    del work  # Whoever writes is in one.
    rows = [CalculationRun(**{name: getattr(run, name) for name in _COLUMNS}) for run in runs]
    await CalculationRun.bulk_create(rows, ignore_conflicts=True)


async def prune_runs(work: Work, before: datetime, limit: int) -> int:
    """Delete at most so many runs that were made before a time; return how many went."""
    del work  # Whoever deletes is in one.
    oldest = CalculationRun.filter(computed_at__lt=before).order_by("computed_at").limit(limit)
    ids = await oldest.values_list("id", flat=True)
    return await CalculationRun.filter(id__in=ids).delete() if ids else 0
