"""Who may see and change which import: whoever may the portfolio."""

from tortoise.queryset import QuerySet

from domain.kernel.actor import Actor
from domain.portfolios.access import Permission, accessible_ids
from domain.portfolios.imports.models import Import


def accessible_imports(actor: Actor, permission: Permission) -> "QuerySet[Import]":
    """Return the imports on which the actor has this permission."""
    return Import.filter(portfolio_id__in=accessible_ids(actor, permission))
