"""The jobs of portfolios."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

from domain.kernel.actor import SYSTEM
from domain.kernel.dates import trade_day
from domain.market.queries import market_now
from domain.portfolios import booked_actions
from domain.portfolios.booked_actions import Booked
from domain.portfolios.jobs import BOOK_ACTIONS, REFRESH_MARKS
from domain.portfolios.marking import BATCH, mark_portfolios, portfolios_to_mark
from workers.registry import Run, handles


@handles(REFRESH_MARKS)
async def refresh_marks(run: Run) -> Mapping[str, object]:
    """Store what each portfolio asked for was worth at the close of the session."""
    session = date.fromisoformat(str(run.arguments["session"]))
    ids = await portfolios_to_mark(owner_id=_id(run, "owner_id"), portfolio_id=_id(run, "portfolio_id"))
    marked = 0
    for start in range(0, len(ids), BATCH):
        now = await market_now(run.resources.clock)
        async with run.resources.unit_of_work(SYSTEM) as work:
            marked += await mark_portfolios(work, ids[start : start + BATCH], session, now)
        await run.report(min(1.0, (start + BATCH) / len(ids)))
    return {"session": session.isoformat(), "marked": marked}


@handles(BOOK_ACTIONS)
async def book_actions(run: Run) -> Mapping[str, object]:
    """Book the corporate actions that are due, one portfolio at a time: what is done stays done."""
    today = trade_day(await market_now(run.resources.clock))
    actions = await booked_actions.effective_actions(today)
    ids = await booked_actions.portfolios_with(actions, _id(run, "portfolio_id"))
    outcome = Booked()
    for place, portfolio_id in enumerate(ids, 1):
        if await booked_actions.has_due(portfolio_id, actions):
            async with run.resources.unit_of_work(SYSTEM) as work:
                outcome += await booked_actions.book_actions(work, portfolio_id, actions, today)
        if place % BATCH == 0:
            await run.report(place / len(ids))
    return {"today": today.isoformat(), **asdict(outcome)}


def _id(run: Run, name: str) -> UUID | None:
    value = run.arguments.get(name)
    return None if value is None else UUID(str(value))
