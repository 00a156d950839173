"""Watching what a portfolio risks."""

from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.kernel.actor import Actor
from domain.kernel.errors import NothingThere
from domain.kernel.events import Bus, Event
from domain.kernel.ports import Clock
from domain.market.events import BarsChanged
from domain.market.queries import market_now
from domain.portfolios.queries import PortfolioRow
from domain.portfolios.types import Valuation
from domain.risk.live import Following, LiveRisk
from domain.risk.tail_risk import ValueAtRisk
from schema.context import Info
from schema.portfolios.subscriptions import Watched
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.event_ids import EventKind
from schema.shared.live import Live
from schema.shared.node import global_id, stored_key
from schema.shared.permissions import Access, allowed


@strawberry.type(description="What may be lost in one session with a confidence of 95 %.")
class LiveLoss:
    """A value at risk."""

    fraction: float | None = strawberry.field(description="The loss, as a positive fraction of the portfolio's worth.")
    amount: float | None = strawberry.field(description="The same in its base currency.")
    expected_shortfall: float | None = strawberry.field(
        description="Mean loss in the worst 5 % of all cases, as a fraction."
    )
    expected_shortfall_amount: float | None = strawberry.field(description="The same in the base currency.")


@strawberry.type(
    description=(
        "What a portfolio risks at the prices of now: its positions held constant over the last 252 sessions, as "
        "`risk(basis: CURRENT_HOLDINGS)` has it."
    )
)
class LivePortfolioRisk:
    """Live numbers."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio.")
    total_value: Decimal | None = strawberry.field(description="What it is worth, in its base currency.")
    observations: int = strawberry.field(description="Returns that the numbers are computed from.")
    volatility: float | None = strawberry.field(description="Of what is held, a year.")
    beta: float | None = strawberry.field(description="On the S&P 500.")
    historical: LiveLoss = strawberry.field(description="By the losses of the window.")
    normal: LiveLoss = strawberry.field(description="By their mean and deviation.")
    delta_adjusted_exposure: float | None = strawberry.field(
        description="Worth of all that is no option, and delta times the underlying of what is, in the base currency."
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and positions that are left out, and why; at most 1,010.",
        metadata=sized(5),
    )


@strawberry.type(description="What a portfolio risks as it is now.")
class PortfolioRiskUpdate:
    """One event of `portfolioRisk`."""

    event_id: str = strawberry.field(description="Names this event: for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    risk: LivePortfolioRisk = strawberry.field(description="The numbers of this event.")


@strawberry.type
class RiskSubscription:
    """The subscriptions of risk."""

    @strawberry.subscription(
        description=(
            "What a portfolio risks now, then one event for each change of it by its ledger or by prices, at most one "
            "a second."
        ),
        metadata=allowed(Access.USER),
    )
    async def portfolio_risk(
        self, info: Info, portfolio_id: strawberry.ID, since: str | None = None
    ) -> AsyncIterator[PortfolioRiskUpdate]:
        """Follow one portfolio's risk."""
        key = stored_key("Portfolio", portfolio_id)
        if key is None:
            raise NothingThere("no such portfolio")
        resources = info.context.resources
        watched = _Risk(info.context.actor, key, resources.bus, resources.clock)
        _, valuation, _ = await watched.state()
        if valuation.is_veiled:
            raise NothingThere("no such portfolio")
        return Live(resources.bus, watched.topic(), since=since)


class _Risk(Watched[PortfolioRiskUpdate]):
    """What it risks: closes are read once, and again when some change."""

    NAME = "portfolio-risk"
    INTERVAL = 1.0
    MORE_CHANNELS = (BarsChanged.CHANNEL,)

    def __init__(self, actor: Actor, key: UUID, bus: Bus, clock: Clock) -> None:
        super().__init__(actor, key, bus, clock)
        self._closes = Following()

    def forgets(self, events: Sequence[Event]) -> bool:
        """Closes that have changed are other returns, though the portfolio is worth the same: told with the next tick,
        which gives the event its place.
        """
        changed = any(isinstance(each, BarsChanged) for each in events)
        if changed:
            self._closes.forget()
        return changed

    async def shown(self, name: str, kind: EventKind, row: PortfolioRow, valuation: Valuation) -> PortfolioRiskUpdate:
        """Return what it risks."""
        if valuation.is_veiled:
            raise NothingThere("no such portfolio")
        risk = await self._closes.risk(valuation, await market_now(self.clock))
        key = global_id("LivePortfolioRisk", row.id)
        return PortfolioRiskUpdate(event_id=name, kind=kind, risk=_risk(key, valuation, risk))


def _risk(key: strawberry.ID, valuation: Valuation, found: LiveRisk) -> LivePortfolioRisk:
    return LivePortfolioRisk(
        id=key,
        total_value=valuation.total_value,
        observations=found.observations,
        volatility=found.volatility,
        beta=found.beta,
        historical=_loss(found.historical, found.equity),
        normal=_loss(found.normal, found.equity),
        delta_adjusted_exposure=found.exposure,
        unavailable=unavailable_of(found.absences),
    )


def _loss(found: ValueAtRisk, equity: float) -> LiveLoss:
    return LiveLoss(
        fraction=found.fraction,
        amount=None if found.fraction is None else found.fraction * equity,
        expected_shortfall=found.expected_shortfall,
        expected_shortfall_amount=None if found.expected_shortfall is None else found.expected_shortfall * equity,
    )
