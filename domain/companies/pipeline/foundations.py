"""What was made known later and rests on a run: such a run cannot be taken back, nor corrected, by itself."""

from typing import Final

import orjson
from tortoise.expressions import Q

from domain.companies.models import CompanyPublication
from domain.companies.pipeline.errors import BuiltUpon
from domain.companies.pipeline.models import PipelineRun
from domain.storage import statements
from domain.storage.statements import statement

_SHARED: Final = statement("""
    SELECT 1 FROM company_snapshots a JOIN company_snapshots b ON b.company_id = a.company_id
    WHERE a.publication_id = $1 AND b.publication_id = $2 LIMIT 1
""")


async def refuse_if_built_upon(run: PipelineRun) -> None:
    """Let pass a run of which nothing that stands was carried over.

    Raises `BuiltUpon` where a later publication of that day or a later one does not cover all that this run does, so
    that it repeats values of it.
    """
    own = await CompanyPublication.filter(run_id=run.id, withdrawn_at=None).order_by("id")
    covered = {code for each in own for code in orjson.loads(each.covered)}
    for later in await _later(run, Q(as_of__gte=run.as_of)):
        if covered <= set(orjson.loads(later.covered)):
            continue
        for each in own:
            if await statements.fetch(_SHARED, each.id, later.id):
                message = f"expected what nothing rests on: {later.source} of {later.as_of} repeats values of it"
                raise BuiltUpon(message, field=("run_id",))


async def refuse_if_followed(run: PipelineRun) -> None:
    """Let pass a run whose day nothing later speaks of: its corrections would hide that.  Raises `BuiltUpon`."""
    for later in await _later(run, Q(as_of=run.as_of)):
        message = f"expected the last word on {run.as_of}: {later.source} was published later for the same day"
        raise BuiltUpon(message, field=("run_id",))


async def _later(run: PipelineRun, days: Q) -> list[CompanyPublication]:
    others = Q(run_id=None) | ~Q(run_id=run.id)
    return await CompanyPublication.filter(others, days, id__gt=run.publication_id, withdrawn_at=None).order_by("id")
