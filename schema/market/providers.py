"""Where market data comes from, and how its providers do."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.market.providers import provider as domain
from domain.market.sourcing import types
from domain.market.sourcing.conditions import Condition
from domain.market.sourcing.sourcing import Sourcing
from schema.context import Info
from schema.shared.cost import sized
from schema.shared.permissions import Access, allowed
from schema.shared.scalars import BigInt

ProviderTier = strawberry.enum(
    domain.Tier, name="ProviderTier", description="How good a provider's data is held to be; the best first."
)
ProviderCapability = strawberry.enum(
    domain.Capability, name="ProviderCapability", description="What a provider can be asked for."
)
BreakerState = strawberry.enum(
    types.BreakerState,
    description=(
        "CLOSED: asked as usual. OPEN: not asked, because it failed too often. HALF_OPEN: asked a little, to see "
        "whether it answers again."
    ),
)
ConnectionState = strawberry.enum(
    types.ConnectionState, description="Where the live feed of a provider stands. FAILED: it refuses us for good."
)


@strawberry.type(description="A source of market data that is configured, and how it does.")
class Provider:
    """A provider."""

    name: str = strawberry.field(description="Its name in the configuration.")
    title: str = strawberry.field(description="Its name in words.")
    tier: ProviderTier = strawberry.field(description="How good its data is held to be.")  # type: ignore[valid-type]
    priority: int = strawberry.field(description="Its place among those of its tier: the lowest is asked first.")
    reliability: float = strawberry.field(description="How much its word weighs in a consensus: 0 to 1.")
    capabilities: list[ProviderCapability] = strawberry.field(  # type: ignore[valid-type]
        description="What it can be asked for: at most 9.", metadata=sized(5)
    )
    state: BreakerState = strawberry.field(description="Whether it is asked.")  # type: ignore[valid-type]
    connection_state: ConnectionState = strawberry.field(  # type: ignore[valid-type]
        description="Where its live feed stands; DISCONNECTED where none is followed."
    )
    failure_rate: float | None = strawberry.field(
        description="The part of the last 100 calls that failed, 0 to 1; null before the first."
    )
    p95: float | None = strawberry.field(
        description="Within how many seconds 95 % of the last answers came; null before the first."
    )
    calls: BigInt = strawberry.field(description="How often it was asked so far.")
    remaining: int | None = strawberry.field(description="Calls left of today's allowance; null where there is none.")
    cost_today: Decimal = strawberry.field(description="US dollars that the calls of this day of UTC cost.")
    opened_at: datetime | None = strawberry.field(description="When it was last left alone; null if never.")
    last_fault: str | None = strawberry.field(description="What went wrong last, in words; null if nothing did.")


@strawberry.type
class ProvidersQuery:
    """The queries of providers."""

    @strawberry.field(
        description=(
            "The sources of market data that are configured, in the order in which they are asked: at most 20. None in "
            "the demonstration, which replays prices of its own."
        ),
        metadata={**allowed(Access.USER), **sized(10)},
    )
    async def providers(self, info: Info) -> list[Provider]:
        """Read how they do."""
        return [_provider_of(each) for each in await info.context.resources.shared(Sourcing).conditions()]


def _provider_of(found: Condition) -> Provider:
    provider = found.provider
    return Provider(
        name=provider.name,
        title=provider.title,
        tier=provider.tier,
        priority=provider.priority,
        reliability=provider.reliability,
        capabilities=sorted(provider.capabilities),
        state=found.breaker,
        connection_state=found.connection,
        failure_rate=found.failure_rate,
        p95=found.p95,
        calls=BigInt(found.calls),
        remaining=found.remaining,
        cost_today=found.cost_today,
        opened_at=found.opened_at,
        last_fault=found.last_fault,
    )
