"""What several providers said of one price."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.market import consensus as domain
from domain.market import types
from schema.context import Info
from schema.market.loaders import MarketLoaders
from schema.market.quotes import DataQuality, Quote
from schema.shared.cost import sized
from schema.shared.extension import extends

ConsensusMethod = strawberry.enum(
    types.ConsensusMethod,
    description=(
        "How one price is made of what several sources say. WEIGHTED_AVERAGE: by the reliability of each. MEDIAN: the "
        "one in the middle. MAJORITY: the one with the most weight close to it. BEST_SOURCE: that of the most reliable."
    ),
)


@strawberry.type(description="What one provider said of a price.")
class ConsensusSource:
    """One source."""

    provider: str = strawberry.field(description="Name of the provider, as in `providers`.")
    price: Decimal = strawberry.field(description="The price that it told, in the instrument's currency.")
    at: datetime = strawberry.field(description="When it says that the price was made.")
    delayed: bool = strawberry.field(description="Whether it says that the price is not of now.")
    counts: bool = strawberry.field(description="Whether it counts for the price: it is no outlier and not late.")
    agrees: bool = strawberry.field(description="Whether it is within 0.1 % of the price, and not late.")


@strawberry.type(description="How a price was made of what providers said, those that disagree among them.")
class QuoteConsensus:
    """A consensus."""

    method: ConsensusMethod = strawberry.field(description="How the price was made.")  # type: ignore[valid-type]
    price: Decimal = strawberry.field(description="The price that came of it.")
    agreement: float = strawberry.field(description="The part of the sources, by weight, that agrees with it: 0 to 1.")
    grade: DataQuality = strawberry.field(description="How far it can be relied on.")  # type: ignore[valid-type]
    sources: list[ConsensusSource] = strawberry.field(
        description="What each said, by name: at most 20.", metadata=sized(5)
    )


@extends(Quote)
@strawberry.type
class QuoteWithConsensus:
    """What a consensus adds to a quote."""

    @strawberry.field(
        description="How the price was found where providers were asked; null where it came otherwise, as by a feed."
    )
    async def consensus(self, info: Info, root: strawberry.Parent[Quote]) -> QuoteConsensus | None:
        """Read it together with those of other quotes."""
        row = root.row
        if row is None or row.source is not types.QuoteSource.PROVIDER:
            return None
        found = await info.context.loaders(MarketLoaders).consensus.load(row.instrument_id)
        return None if found is None else _consensus_of(found)


def _consensus_of(found: domain.Consensus) -> QuoteConsensus:
    return QuoteConsensus(
        method=found.method,
        price=found.price,
        agreement=found.agreement,
        grade=found.grade,
        sources=[
            ConsensusSource(
                provider=each.observation.provider,
                price=each.observation.price,
                at=each.observation.at,
                delayed=each.observation.is_delayed,
                counts=each.counts,
                agrees=each.agrees,
            )
            for each in found.sources[:20]
        ],
    )
