"""Targets of portfolios on the small market, and tags and sectors for them."""

from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.ports import Resources
from domain.market.models import Instrument
from domain.portfolios.models import Account, Portfolio, PositionTag, Tag
from domain.portfolios.targets import TargetWeight, set_targets
from domain.portfolios.types import TargetKind


def of(name: str, weight: str, kind: TargetKind = TargetKind.INSTRUMENT) -> TargetWeight:
    """Return a target."""
    return TargetWeight(kind, name, Decimal(weight))


async def aim(
    resources: Resources, owner: Actor, portfolio_id: UUID, *targets: TargetWeight, threshold: str | None = None
) -> Portfolio:
    """Set the targets of a portfolio."""
    async with resources.unit_of_work(owner) as work:
        return await set_targets(
            work, portfolio_id, targets, drift_threshold=None if threshold is None else Decimal(threshold)
        )


async def put_in_sector(sector: str, *symbols: str) -> None:
    """Give instruments a sector."""
    await Instrument.filter(symbol__in=symbols).update(sector=sector)


async def put_tag(portfolio: Portfolio, name: str, symbol: str) -> None:
    """Give a position in the default account a tag of the owner's."""
    tag, _ = await Tag.get_or_create(
        owner_id=portfolio.owner_id,
        name=name,
        defaults={"tenant_id": portfolio.tenant_id, "created_at": portfolio.created_at},
    )
    account = await Account.get(portfolio_id=portfolio.id, is_default=True)
    await PositionTag.create(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        account_id=account.id,
        instrument_id=(await Instrument.get(symbol=symbol)).id,
        tag_id=tag.id,
    )
