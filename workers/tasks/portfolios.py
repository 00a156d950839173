"""The jobs of portfolios."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.files.keeping import keep_bytes, keep_row
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.dates import trade_day
from domain.market.calendar import load_settlement_days
from domain.market.jobs import RECOMPUTE_SESSION
from domain.market.queries import market_now
from domain.portfolios import booked_actions
from domain.portfolios.booked_actions import Booked
from domain.portfolios.exports import queries as exports
from domain.portfolios.imports import confirming
from domain.portfolios.imports import queries as imports
from domain.portfolios.imports.errors import RowsRefused
from domain.portfolios.jobs import BOOK_ACTIONS, CONFIRM_IMPORT, EXPORT_PORTFOLIO, REFRESH_MARKS
from domain.portfolios.marking import BATCH, mark_portfolios, portfolios_marked, portfolios_to_mark, prune_marks
from domain.portfolios.types import RowState
from workers.registry import Run, handles

# Contracts that are made in one transaction.
_CONTRACTS = 20


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


@handles(RECOMPUTE_SESSION)
async def renew_marks(run: Run) -> Mapping[str, object]:
    """Store anew what portfolios were worth that have a mark of a session whose closes have changed."""
    session = date.fromisoformat(str(run.arguments["session"]))
    ids = await portfolios_marked(session)
    renewed = 0
    for start in range(0, len(ids), BATCH):
        now = await market_now(run.resources.clock)
        async with run.resources.unit_of_work(SYSTEM) as work:
            renewed += await mark_portfolios(work, ids[start : start + BATCH], session, now)
        await run.report(min(1.0, (start + BATCH) / len(ids)))
    return {"session": session.isoformat(), "renewed": renewed}


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


@handles(CONFIRM_IMPORT)
async def confirm_import(run: Run) -> Mapping[str, object]:
    """Record an import on behalf of whoever asked for it; where rows are refused, note why, and record nothing."""
    import_id, tenant_id = _id(run, "import_id"), _id(run, "tenant_id")
    assert import_id is not None
    assert tenant_id is not None
    actor = Actor(user_id=_id(run, "user_id"), tenant_id=tenant_id)
    today = trade_day(await market_now(run.resources.clock))
    needs = await imports.needs_of(actor, import_id)
    for day in needs.days:
        await load_settlement_days(day, today)
    for start in range(0, len(needs.contracts), _CONTRACTS):
        async with run.resources.unit_of_work(actor) as work:
            await confirming.make_contracts(work, needs.contracts[start : start + _CONTRACTS])
    await run.report(0.1)
    # Outside of a transaction: it takes seconds, and whoever else writes would wait for it.
    prepared = await confirming.prepare_import(actor, import_id, today=today, now=run.resources.clock.now())
    await run.report(0.8)
    try:
        async with run.resources.unit_of_work(actor) as work:
            await confirming.confirm_import(
                work,
                import_id,
                idempotency_key=str(run.arguments["idempotency_key"]),
                skip_refused=bool(run.arguments["skip_refused"]),
                today=today,
                prepared=prepared,
            )
    except RowsRefused as refused:
        async with run.resources.unit_of_work(actor) as work:
            await confirming.note_refusals(work, import_id, refused.rows)
        return {"import_id": str(import_id), "recorded": 0, "refused": len(refused.rows)}
    (counts,) = await imports.counts(actor, [import_id])
    return {
        "import_id": str(import_id),
        "recorded": counts.get(RowState.RECORDED, 0),
        "refused": counts.get(RowState.REFUSED, 0),
    }


@handles(EXPORT_PORTFOLIO)
async def export_portfolio(run: Run) -> Mapping[str, object]:
    """Write a portfolio as a file of whoever asked for it."""
    portfolio_id, tenant_id = _id(run, "portfolio_id"), _id(run, "tenant_id")
    assert portfolio_id is not None
    assert tenant_id is not None
    actor = Actor(user_id=_id(run, "user_id"), tenant_id=tenant_id)
    as_of = run.arguments["as_of"]
    written = await exports.write_portfolio(
        actor,
        _OwnThread(),
        portfolio_id,
        exports.ExportFormat(str(run.arguments["format"])),
        as_of=None if as_of is None else datetime.fromisoformat(str(as_of)),
        now=await market_now(run.resources.clock),
    )
    await run.report(0.9)
    sha256, size = await keep_bytes(run.resources.files, written.content)
    async with run.resources.unit_of_work(actor) as work:
        file = await keep_row(work, written, sha256, size)
    return {"file_id": str(file.id), "name": file.name, "size": size}


class _OwnThread:
    """A thread for each file: who asks for a number would wait for the one that computes them."""

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.to_thread(function, *arguments)


def _id(run: Run, name: str) -> UUID | None:
    value = run.arguments.get(name)
    return None if value is None else UUID(str(value))
