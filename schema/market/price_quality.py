"""How good closes are as the input of calculations, as the API shows it."""

from dataclasses import asdict
from datetime import date

import strawberry

from domain.market import price_quality as domain
from domain.market.queries import market_now
from schema.context import Info
from schema.market.bars import FirstDay, LastDay
from schema.market.quotes import DataQuality
from schema.market.types import Instrument
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id


@strawberry.type(description="Sessions in a row.")
class SessionRun:
    """Some sessions."""

    first: date = strawberry.field(description="The first.")
    last: date = strawberry.field(description="The last.")
    sessions: int = strawberry.field(description="How many.")


@strawberry.type(description="A close far from the one before, adjusted for splits and distributions.")
class DoubtfulMove:
    """A move."""

    session: date = strawberry.field(description="The session that it closed.")
    fraction: float = strawberry.field(description="Simple return since the session before, as a fraction.")


@strawberry.type(description="How good the closes of an instrument are as the input of calculations.")
class PriceQuality:
    """What is missing, stuck and doubtful."""

    id: strawberry.ID = strawberry.field(description="Names the instrument and the range, as it was given.")
    first: date = strawberry.field(description="The first session of the range, from the first close on.")
    last: date = strawberry.field(description="The last session of the range that has closed.")
    expected: int = strawberry.field(description="Sessions of the exchange in between, both counted.")
    present: int = strawberry.field(description="Those with a close.")
    missing: int = strawberry.field(description="Those without.")
    grade: DataQuality = strawberry.field(  # type: ignore[valid-type]
        description=(
            "By the share that is missing: EXCELLENT up to 0.1 %, GOOD up to 1 %, FAIR up to 5 %, POOR beyond, INVALID "
            "where there is none."
        )
    )
    gaps: list[SessionRun] = strawberry.field(
        description="Sessions in a row without a close, the longest first: at most 100.", metadata=sized(5)
    )
    stuck: list[SessionRun] = strawberry.field(
        description="Five sessions or more that closed at one price, the longest first: at most 100.", metadata=sized(5)
    )
    doubtful: list[DoubtfulMove] = strawberry.field(
        description=(
            "Moves of over 15 usual ones, by the median deviation, and of over 15 %, the farthest first: at most 100. "
            "Most such moves are real; what a source told wrong is among them."
        ),
        metadata=sized(5),
    )


@extends(Instrument)
@strawberry.type
class InstrumentWithPriceQuality:
    """What is added to an instrument."""

    @strawberry.field(
        description="How good its closes are from one day to another; null where no session has closed in between."
    )
    async def price_quality(
        self, info: Info, root: strawberry.Parent[Instrument], start: FirstDay, end: LastDay
    ) -> PriceQuality | None:
        """Examine them."""
        now = await market_now(info.context.resources.clock)
        found = await domain.price_quality(root.row, start, end, now)
        if found is None:
            return None
        info.context.spend_sessions(found.expected)
        return PriceQuality(
            id=global_id("PriceQuality", root.row.id, start, end),
            first=found.first,
            last=found.last,
            expected=found.expected,
            present=found.present,
            missing=found.missing,
            grade=found.grade,
            gaps=[SessionRun(**asdict(each)) for each in found.gaps],
            stuck=[SessionRun(**asdict(each)) for each in found.stuck],
            doubtful=[DoubtfulMove(**asdict(each)) for each in found.doubtful],
        )
