"""The jobs of portfolios."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.kernel.actor import SYSTEM
from domain.market.queries import market_now
from domain.portfolios.jobs import REFRESH_MARKS
from domain.portfolios.marking import BATCH, mark_portfolios, portfolios_to_mark, prune_marks
from workers.registry import Run, handles


@handles(REFRESH_MARKS)
async def refresh_marks(run: Run) -> Mapping[str, object]:
    """Store what each portfolio asked for was worth at the close of the session; drop what is older than a year."""
    session = date.fromisoformat(str(run.arguments["session"]))
    ids = await portfolios_to_mark(owner_id=_id(run, "owner_id"), portfolio_id=_id(run, "portfolio_id"))
    marked = 0
    for start in range(0, len(ids), BATCH):
        now = await market_now(run.resources.clock)
        async with run.resources.unit_of_work(SYSTEM) as work:
            batch = ids[start : start + BATCH]
            marked += await mark_portfolios(work, batch, session, now)
            await prune_marks(work, batch, session)
        await run.report(min(1.0, (start + BATCH) / len(ids)))
    return {"session": session.isoformat(), "marked": marked}


def _id(run: Run, name: str) -> UUID | None:
    value = run.arguments.get(name)
    return None if value is None else UUID(str(value))
