"""Reads with whom portfolios are shared, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.paging import Page, PageRequest
from domain.portfolios.access import Permission, accessible, accessible_ids
from domain.portfolios.models import Portfolio, Share
from domain.portfolios.types import PortfolioPermission
from domain.storage.pages import read_page
from domain.storage.readings import as_uuid

ShareRow: TypeAlias = Share


@dataclass(frozen=True, slots=True)
class Grant:
    """What an actor may do with a portfolio, and whether its amounts are hidden from them."""

    permission: PortfolioPermission
    hides_amounts: bool


async def grants(actor: Actor, portfolio_ids: Sequence[UUID]) -> list[Grant | None]:
    """Return what the actor may do with each portfolio, in the order asked for, None where they see none.

    One statement, and one more where some are another's.
    """
    owners = dict(
        await accessible(actor, Permission.OUTLINE).filter(id__in=set(portfolio_ids)).values_list("id", "owner_id")
    )
    others = [key for key, owner_id in owners.items() if owner_id != actor.user_id]
    shares = Share.filter(portfolio_id__in=others, user_id=actor.user_id)
    found = {as_uuid(share.portfolio_id): share for share in await shares} if others and not actor.is_system else {}
    return [_grant(owners.get(key), actor, found.get(key)) for key in portfolio_ids]


def _grant(owner_id: object, actor: Actor, share: Share | None) -> Grant | None:
    if owner_id is not None and (actor.is_system or owner_id == actor.user_id):
        return Grant(PortfolioPermission.OWNER, hides_amounts=False)
    return None if share is None else Grant(PortfolioPermission(share.permission.value), share.hides_amounts)


async def hidden_from(actor: Actor, portfolios: Sequence[Portfolio]) -> frozenset[UUID]:
    """Return those of the portfolios, which the actor sees, whose amounts are hidden from them.

    No statement where all are their own.
    """
    others = [row.id for row in portfolios if row.owner_id != actor.user_id]
    if not others or actor.is_system:
        return frozenset()
    whole = await accessible(actor, Permission.VIEW).filter(id__in=others).values_list("id")
    return frozenset(others) - {key for (key,) in whole}


async def shared_page(actor: Actor, user_id: UUID, request: PageRequest, *, with_total: bool) -> Page[Portfolio]:
    """Return a page of what others share with the actor, oldest first; an empty one of what they share with another."""
    rows = accessible(actor, Permission.OUTLINE).exclude(owner_id=user_id)
    if user_id != actor.user_id:
        rows = rows.filter(owner_id=None)
    return await read_page(rows, ("id",), request, with_total=with_total)


async def shares_of(actor: Actor, portfolio_ids: Sequence[UUID]) -> list[list[Share]]:
    """Return with whom each portfolio is shared, by address; none of another's portfolio."""
    found: dict[object, list[Share]] = {}
    own = accessible_ids(actor, Permission.OWN)
    rows = Share.filter(portfolio_id__in=set(portfolio_ids), portfolio__id__in=own)
    for share in await rows.order_by("email"):
        found.setdefault(share.portfolio_id, []).append(share)
    return [found.get(portfolio_id, []) for portfolio_id in portfolio_ids]


async def shares_by_id(actor: Actor, share_ids: Sequence[UUID]) -> list[Share | None]:
    """Return the shares in the order asked for, None for those of another's portfolio."""
    own = accessible_ids(actor, Permission.OWN)
    found = {row.id: row for row in await Share.filter(id__in=set(share_ids), portfolio_id__in=own)}
    return [found.get(share_id) for share_id in share_ids]
