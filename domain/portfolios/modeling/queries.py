"""Reads modeling sessions, batch first."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.dates import trade_day
from domain.kernel.paging import Page, PageRequest
from domain.portfolios.access import Permission, accessible_ids, forks
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledgers import ledger_begun, ledgers
from domain.portfolios.modeling.impacts import Side, impacts_of, realized_in_year
from domain.portfolios.modeling.types import Impacts
from domain.portfolios.models import ModelSnapshot, Portfolio
from domain.portfolios.queries import Asked, Opened, value_ledgers
from domain.storage.pages import read_page

SnapshotRow: TypeAlias = ModelSnapshot


async def sessions_by_id(actor: Actor, session_ids: Sequence[UUID]) -> list[Portfolio | None]:
    """Return the forks in the order asked for, None where the actor sees none."""
    found = {row.id: row for row in await forks(actor, Permission.VIEW).filter(id__in=set(session_ids))}
    return [found.get(session_id) for session_id in session_ids]


async def session_page(
    actor: Actor,
    request: PageRequest,
    *,
    with_total: bool,
    owner_id: UUID | None = None,
    base_id: UUID | None = None,
) -> Page[Portfolio]:
    """Return a page of the forks that the actor sees: those of one owner, those of one portfolio; oldest first."""
    rows = forks(actor, Permission.VIEW)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    if base_id is not None:
        rows = rows.filter(fork_of_id=base_id)
    return await read_page(rows, ("id",), request, with_total=with_total)


async def snapshots_by_id(actor: Actor, snapshot_ids: Sequence[UUID]) -> list[ModelSnapshot | None]:
    """Return the snapshots in the order asked for, None where the actor sees none."""
    visible = accessible_ids(actor, Permission.VIEW)
    rows = await ModelSnapshot.filter(id__in=set(snapshot_ids), portfolio_id__in=visible)
    found = {row.id: row for row in rows}
    return [found.get(snapshot_id) for snapshot_id in snapshot_ids]


async def snapshot_page(
    actor: Actor, session_id: UUID, request: PageRequest, *, with_total: bool
) -> Page[ModelSnapshot]:
    """Return a page of a session's snapshots, oldest first."""
    rows = ModelSnapshot.filter(portfolio_id=session_id, portfolio_id__in=accessible_ids(actor, Permission.VIEW))
    return await read_page(rows, ("id",), request, with_total=with_total)


async def impacts(actor: Actor, asked: Sequence[Asked], now: datetime) -> list[Impacts | None]:
    """Compare sessions with what they began with, at the same prices; None where the actor sees none.

    The statements of one valuation, however many are asked at one instant, and two for each session whose ledgers are
    not known yet.
    """
    rows = {
        row.id: row for row in await forks(actor, Permission.VIEW).filter(id__in={each.portfolio_id for each in asked})
    }
    seen = [each for each in asked if each.portfolio_id in rows]
    before = await _beginnings(rows.values())
    after = await ledgers(rows.values())
    opened = [
        Opened(rows[each.portfolio_id], book[each.portfolio_id], each.as_of)
        for each in seen
        for book in (before, after)
    ]
    valued = await value_ledgers(opened, now)
    sides = [
        Side(worth, realized_in_year(each.ledger.fold.disposals, trade_day(now if each.as_of is None else each.as_of)))
        for each, worth in zip(opened, valued, strict=True)
    ]
    answers = {
        each: impacts_of(each.portfolio_id, *sides[2 * place : 2 * place + 2]) for place, each in enumerate(seen)
    }
    return [answers.get(each) for each in asked]


async def _beginnings(rows: Collection[Portfolio]) -> dict[UUID, Ledger]:
    # Sessions of one portfolio may have begun at different versions of it.
    known = {(row.fork_of_id, row.fork_version): row for row in rows}
    found = {key: await ledger_begun(row) for key, row in known.items()}
    return {row.id: found[row.fork_of_id, row.fork_version] for row in rows}
