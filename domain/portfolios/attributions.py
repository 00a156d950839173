"""Reads tags, and has performance attributed to parts off the event loop."""

from collections.abc import Sequence
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.ports import Compute
from domain.portfolios.access import Permission, accessible_ids
from domain.portfolios.attribution import Attribution, Grouping, Tags, attribute
from domain.portfolios.gains_by_session import Gains, gains_of
from domain.portfolios.models import PositionTag
from domain.portfolios.performances import Measured


async def gains_of_measured(measured: Measured, compute: Compute) -> Gains:
    """Return the gains of each part of what was measured."""
    return await compute.run(gains_of, measured.performance.history, measured.past.ledger)


async def attribution(actor: Actor, measured: Measured, gains: Gains, by: Grouping, compute: Compute) -> Attribution:
    """Attribute a performance to parts.  One statement for TAG, none for the others."""
    tags = await _tags_of(actor, measured.performance.portfolio_id) if by is Grouping.TAG else {}
    return await compute.run(attribute, measured.performance, gains, by, tags)


async def _tags_of(actor: Actor, portfolio_id: UUID) -> Tags:
    visible = accessible_ids(actor, Permission.VIEW)
    rows = PositionTag.filter(portfolio_id=portfolio_id, portfolio_id__in=visible)
    found: dict[tuple[UUID, UUID], list[str]] = {}
    names: Sequence[tuple[UUID, UUID, str]] = await rows.order_by("tag__name", "id").values_list(
        "account_id", "instrument_id", "tag__name"
    )
    for account_id, instrument_id, name in names:
        found.setdefault((account_id, instrument_id), []).append(name)
    return found
