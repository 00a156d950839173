"""Who may see and change which portfolio: the one predicate."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from domain.kernel.actor import Actor
from domain.portfolios.models import Portfolio, Share
from domain.portfolios.types import SharePermission
from domain.storage.rows import rows_of, select


class Permission(StrEnum):
    """What somebody wants with a portfolio.

    OUTLINE: to see that it is there, and weights and returns, without money and quantities: who uses it hides those.
    VIEW: to see all of it.  EDIT: to record.  OWN: to share it, delete it, and change its accounts.
    """

    OUTLINE = "OUTLINE"
    VIEW = "VIEW"
    EDIT = "EDIT"
    OWN = "OWN"


_EITHER = (SharePermission.VIEWER, SharePermission.EDITOR)
_EDITOR = (SharePermission.EDITOR,)


def accessible(actor: Actor, permission: Permission) -> "QuerySet[Portfolio]":
    """Return the portfolios on which the actor has this permission; deleted ones for nobody.

    Their own, and those shared with them.  A fork is who made it's alone, for as long as they see all of the portfolio
    that it begins with.  The system has every permission.
    """
    rows = Portfolio.filter(deleted_at=None)
    if actor.is_system:
        return rows
    if not actor.is_authenticated:
        return rows.filter(owner_id=None)
    return rows.filter(_reachable(actor, permission), tenant_id=actor.tenant_id)


def accessible_ids(actor: Actor, permission: Permission) -> Subquery:
    """Return the ids of these portfolios, for a filter on what belongs to them."""
    return Subquery(accessible(actor, permission).values("id"))


async def reached(actor: Actor, permission: Permission, portfolio_id: UUID, *, locks: bool) -> Portfolio | None:
    """Return one portfolio on which the actor has this permission; `locks` its row until the transaction ends.

    Their own is looked for first: to ask who shares what takes the database's time and ours.
    """
    if actor.is_authenticated:
        own = Portfolio.filter(
            id=portfolio_id, deleted_at=None, fork_of_id=None, tenant_id=actor.tenant_id, owner_id=actor.user_id
        )
        found = await (own.select_for_update() if locks else own).first()
        if found is not None:
            return found
    rows = accessible(actor, permission).filter(id=portfolio_id)
    return await (rows.select_for_update() if locks else rows).first()


_OWN = select(
    Portfolio,
    "id = ANY($1::uuid[]) AND deleted_at IS NULL AND fork_of_id IS NULL AND tenant_id = $2 AND owner_id = $3",
)


async def reached_among(actor: Actor, permission: Permission, portfolio_ids: Collection[UUID]) -> dict[UUID, Portfolio]:
    """Return those of these portfolios on which the actor has this permission.

    One statement where all are their own; one more where some are not.
    """
    found: dict[UUID, Portfolio] = {}
    if actor.is_authenticated and portfolio_ids:
        own = await rows_of(Portfolio, _OWN, list(set(portfolio_ids)), actor.tenant_id, actor.user_id)
        found = {row.id: row for row in own}
    others = set(portfolio_ids) - found.keys()
    if others:
        found |= {row.id: row for row in await accessible(actor, permission).filter(id__in=others)}
    return found


def real(actor: Actor, permission: Permission) -> "QuerySet[Portfolio]":
    """Return those of them that are no forks: what is listed and summed, marked, imported into and booked by jobs."""
    return accessible(actor, permission).filter(fork_of_id=None)


def forks(actor: Actor, permission: Permission) -> "QuerySet[Portfolio]":
    """Return those of them that are forks: what is tried, and counts nowhere."""
    return accessible(actor, permission).filter(fork_of_id__isnull=False)


def _reachable(actor: Actor, permission: Permission) -> Q:
    own = Q(owner_id=actor.user_id)
    beginnings = Portfolio.filter(
        own | Q(id__in=_shared(actor, _EITHER, hidden=False)), tenant_id=actor.tenant_id, deleted_at=None
    )
    own &= Q(fork_of_id=None) | Q(fork_of_id__in=Subquery(beginnings.values("id")))
    if permission is Permission.OWN:
        return own
    permissions = _EDITOR if permission is Permission.EDIT else _EITHER
    return own | Q(id__in=_shared(actor, permissions, hidden=None if permission is Permission.OUTLINE else False))


def _shared(actor: Actor, permissions: Sequence[SharePermission], *, hidden: bool | None) -> Subquery:
    """Return the ids of what is shared with the actor; `hidden` says whether amounts are, None that it is no matter."""
    shares = Share.filter(user_id=actor.user_id, permission__in=permissions)
    if hidden is not None:
        shares = shares.filter(hides_amounts=hidden)
    return Subquery(shares.values("portfolio_id"))
