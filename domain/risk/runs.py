"""The stored runs about portfolios: who sees a portfolio with its amounts sees them."""

from collections.abc import Sequence
from uuid import UUID

from domain.calculations.queries import RunRow, run_page, runs_by_id
from domain.kernel.actor import Actor
from domain.kernel.paging import Page, PageRequest
from domain.portfolios.access import Permission
from domain.portfolios.queries import portfolios_by_id


async def portfolio_runs(
    actor: Actor, portfolio_id: UUID, kind: str | None, request: PageRequest, *, with_total: bool
) -> Page[RunRow] | None:
    """Return a page of the runs about a portfolio, oldest first; None where the actor does not see its amounts."""
    (row,) = await portfolios_by_id(actor, [portfolio_id], Permission.VIEW)
    return None if row is None else await run_page(portfolio_id, kind, request, with_total=with_total)


async def visible_runs(actor: Actor, run_ids: Sequence[UUID]) -> list[RunRow | None]:
    """Return runs in the order asked, None for one that is not stored or about what the actor does not see."""
    found = await runs_by_id(run_ids)
    subjects = sorted({row.subject_id for row in found.values()})
    rows = await portfolios_by_id(actor, subjects, Permission.VIEW) if subjects else []
    seen = {row.id for row in rows if row is not None}
    known = (found.get(run_id) for run_id in run_ids)
    return [row if row is not None and row.subject_id in seen else None for row in known]
