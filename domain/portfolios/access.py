"""Who may see and change which portfolio: the one predicate."""

from enum import StrEnum

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from domain.kernel.actor import Actor
from domain.portfolios.models import Portfolio


class Permission(StrEnum):
    """What somebody wants with a portfolio."""

    VIEW = "VIEW"
    EDIT = "EDIT"


def accessible(actor: Actor, permission: Permission) -> "QuerySet[Portfolio]":
    """Return the portfolios on which the actor has this permission: their own.  The system sees all of them."""
    if actor.is_system:
        return Portfolio.all()
    if not actor.is_authenticated:
        return Portfolio.filter(owner_id=None)
    # Only owners so far: sharing gives VIEW and EDIT to others.
    assert permission in Permission
    return Portfolio.filter(tenant_id=actor.tenant_id, owner_id=actor.user_id)


def accessible_ids(actor: Actor, permission: Permission) -> Subquery:
    """Return the ids of these portfolios, for a filter on what belongs to them."""
    return Subquery(accessible(actor, permission).values("id"))
