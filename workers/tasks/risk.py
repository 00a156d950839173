"""The jobs of risk."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel.actor import SYSTEM
from domain.market.queries import market_now
from domain.portfolios.marking import portfolios_to_mark
from domain.risk.batch import BATCH, prune, risk_runs, store_runs
from domain.risk.jobs import COMPUTE_RISK
from workers.registry import Run, handles

# Portfolios in one job: what any worker takes.
_SHARE: Final = 100
# Runs that one job deletes at most: as many as it may store, and some that were left.
_PRUNED: Final = 5_000


@handles(COMPUTE_RISK)
async def compute_risk(run: Run) -> Mapping[str, object]:
    """Compute and store the usual numbers of portfolios at the close of a session, or ask for a job for each hundred.

    Drops what is older than 400 days.
    """
    session = date.fromisoformat(str(run.arguments["session"]))
    ids = await _portfolios(run)
    if len(ids) > _SHARE:
        return await _share_out(run, session, ids)
    stored = 0
    for start in range(0, len(ids), BATCH):
        now = await market_now(run.resources.clock)
        runs = await risk_runs(ids[start : start + BATCH], session, now, run.resources.compute, run.resources.clock)
        async with run.resources.unit_of_work(SYSTEM) as work:
            stored += await store_runs(work, runs)
        await run.report(min(1.0, (start + BATCH) / len(ids)))
    async with run.resources.unit_of_work(SYSTEM) as work:
        pruned = await prune(work, _PRUNED)
    return {"session": session.isoformat(), "portfolios": len(ids), "stored": stored, "pruned": pruned}


async def _portfolios(run: Run) -> list[UUID]:
    one = run.arguments.get("portfolio_id")
    ids = await portfolios_to_mark(owner_id=None, portfolio_id=None if one is None else UUID(str(one)))
    if run.arguments.get("first_id") is None:
        return ids
    first, last = (UUID(str(run.arguments[name])) for name in ("first_id", "last_id"))
    return [each for each in ids if first <= each <= last]


async def _share_out(run: Run, session: date, ids: list[UUID]) -> Mapping[str, object]:
    parts = [ids[start : start + _SHARE] for start in range(0, len(ids), _SHARE)]
    async with run.resources.unit_of_work(SYSTEM) as work:
        for part in parts:
            arguments = {"session": session.isoformat(), "first_id": str(part[0]), "last_id": str(part[-1])}
            await work.enqueue(COMPUTE_RISK, arguments, run_once_key=f"compute_risk:{session}:{part[0]}")
    return {"session": session.isoformat(), "portfolios": len(ids), "jobs": len(parts)}
