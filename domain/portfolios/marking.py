"""Marks portfolios: stores what each was worth at the close of a session."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import SYSTEM
from domain.kernel.dates import session_close
from domain.kernel.money import MONEY_PLACES, fits
from domain.kernel.work import Work
from domain.portfolios.access import Permission, real
from domain.portfolios.events import PortfolioMarked
from domain.portfolios.models import Mark
from domain.portfolios.queries import Asked, valuations

# So many in one transaction: a longer one would hold up every query of an embedded database.
BATCH = 50

# Marks of so many days are kept.
DAYS_KEPT = 365


async def portfolios_to_mark(*, owner_id: UUID | None, portfolio_id: UUID | None) -> list[UUID]:
    """Return the ids of one portfolio, of one owner's, or of all; never of a fork."""
    rows = real(SYSTEM, Permission.VIEW)
    if portfolio_id is not None:
        rows = rows.filter(id=portfolio_id)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return [row_id for (row_id,) in await rows.order_by("id").values_list("id")]


async def portfolios_marked(session: date) -> list[UUID]:
    """Return the ids of the portfolios that have a mark of a session."""
    return [
        row_id for (row_id,) in await Mark.filter(session=session).order_by("portfolio_id").values_list("portfolio_id")
    ]


async def mark_portfolios(work: Work, portfolio_ids: Sequence[UUID], session: date, now: datetime) -> int:
    """Value portfolios at the close of a session and store the marks; return how many.  Doing it again renews them.

    Emits `PortfolioMarked` for each.
    """
    close = session_close(session)
    valued = await valuations(SYSTEM, [Asked(portfolio_id, close) for portfolio_id in portfolio_ids], now)
    tenants = dict(
        await real(SYSTEM, Permission.VIEW).filter(id__in=list(portfolio_ids)).values_list("id", "tenant_id")
    )
    marks = [
        Mark(
            tenant_id=tenants[valuation.portfolio_id],
            portfolio_id=valuation.portfolio_id,
            session=session,
            version=valuation.version,
            currency=valuation.currency,
            total_value=_storable(valuation.total_value),
            invested_value=_storable(valuation.invested_value),
            cash_balance=_storable(valuation.cash_balance),
            cost_basis=_storable(valuation.cost_basis),
            recorded_at=work.now,
        )
        for valuation in valued
        if valuation is not None
    ]
    renewed = ("version", "currency", "total_value", "invested_value", "cash_balance", "cost_basis", "recorded_at")
    await Mark.bulk_create(marks, on_conflict=("portfolio_id", "session"), update_fields=renewed)
    for mark in marks:
        assert isinstance(mark.portfolio_id, UUID)
        work.emit(PortfolioMarked(portfolio_id=mark.portfolio_id, session=session))
    return len(marks)


async def prune_marks(work: Work, portfolio_ids: Sequence[UUID], session: date) -> int:
    """Delete the marks of portfolios from more than 365 days before a session; return how many."""
    del work  # Whoever deletes is in one.
    oldest = session - timedelta(days=DAYS_KEPT)
    return await Mark.filter(portfolio_id__in=list(portfolio_ids), session__lt=oldest).delete()


def _storable(amount: Decimal | None) -> Decimal | None:
    # Sums of what the ledger takes may be too long for a column: that must not keep others from their marks.
    return amount if amount is not None and fits(amount, MONEY_PLACES) else None
