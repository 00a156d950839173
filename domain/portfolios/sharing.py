"""Shares portfolios with others, and takes them back: the owner's affair alone."""

from uuid import UUID

from domain.identity import queries as identity
from domain.identity.credentials import canonical_email
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.work import Subject, Work
from domain.portfolios.access import Permission
from domain.portfolios.commands import locked
from domain.portfolios.events import PortfolioShared
from domain.portfolios.models import Portfolio, Share
from domain.portfolios.types import SharePermission

# `Portfolio.shares` is a list without pages.
MOST_SHARES = 100


async def share_portfolio(
    work: Work, portfolio_id: UUID, *, email: str, permission: SharePermission, hides_amounts: bool = False
) -> tuple[Share, Portfolio]:
    """Let who has an account with this address see or change a portfolio; again with others terms changes them.

    An address that nobody has is answered and listed as any other, and gives nobody access, then or later: nothing here
    tells whose addresses have accounts.  Emits `PortfolioShared`.  Raises `NotFound`, `InvalidInput`.
    """
    address = canonical_email(email)
    portfolio = await _own(work, portfolio_id)
    if permission is SharePermission.EDITOR and hides_amounts:
        raise InvalidInput(
            "expected a viewer, got an editor, who needs the amounts that they record", field=("hides_amounts",)
        )
    if portfolio.fork_of_id is not None:
        raise InvalidInput("expected a portfolio, got a modelling session", field=("portfolio_id",))
    (owner,) = await identity.users(SYSTEM, [portfolio.owner_id])
    if owner is not None and owner.email == address:
        raise InvalidInput("expected another's address, got the owner's", field=("email",))
    share = await Share.get_or_none(portfolio_id=portfolio.id, email=address)
    if share is None:
        if await Share.filter(portfolio_id=portfolio.id).count() >= MOST_SHARES:
            raise InvalidInput(f"expected at most {MOST_SHARES} shares of a portfolio", field=("portfolio_id",))
        share = Share(tenant_id=portfolio.tenant_id, portfolio_id=portfolio.id, email=address, created_at=work.now)
    share.permission, share.hides_amounts = permission, hides_amounts
    known = await identity.user_by_email(SYSTEM, address)
    share.user_id = known.id if known is not None and known.tenant_id == portfolio.tenant_id else None
    await share.save()
    after = {"share": share.id, "permission": permission, "hides_amounts": hides_amounts}
    await work.record("portfolio.share", Subject("Portfolio", portfolio.id), None, after)
    work.emit(PortfolioShared(portfolio_id=portfolio.id))
    return share, portfolio


async def unshare_portfolio(work: Work, portfolio_id: UUID, *, email: str) -> Portfolio:
    """Take a portfolio back from an address, at once.  Emits `PortfolioShared`.  Raises `NotFound`, `InvalidInput`."""
    address = canonical_email(email)
    portfolio = await _own(work, portfolio_id)
    share = await Share.get_or_none(portfolio_id=portfolio.id, email=address)
    if share is None:
        raise NotFound("the portfolio is not shared with this address", field=("email",))
    await share.delete()
    await work.record("portfolio.unshare", Subject("Portfolio", portfolio.id), {"share": share.id}, None)
    work.emit(PortfolioShared(portfolio_id=portfolio.id))
    return portfolio


async def _own(work: Work, portfolio_id: UUID) -> Portfolio:
    missing = NotFound("no such portfolio", field=("portfolio_id",))
    return await locked(work, portfolio_id, missing, Permission.OWN)
