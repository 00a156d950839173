"""Worth and exposures of a portfolio over time, as the API shows them: packed, one entry of each list a session."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from domain.kernel.errors import BadUserInput
from domain.market.types import Vector
from domain.portfolios import exposure_history as domain
from domain.portfolios.histories import Range
from domain.portfolios.history import History
from schema.context import Info
from schema.portfolios.performance import From, KnownAt, To, fraction_of, money_of, told
from schema.portfolios.position_loaders import PositionLoaders
from schema.portfolios.types import Portfolio
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

_RANGE = (
    "at the close of each session of a range of days, at most 5,000 sessions and none before the first transaction: "
    "one entry of each list a session, oldest first, null where a part of it is not known. Computed from closes as "
    "floats; options that nobody quotes have the model's prices."
)


@strawberry.type(
    description="What a portfolio was worth in its base currency: one entry of each list a session, oldest first."
)
class PortfolioValueHistory:
    """Packed values."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio and the days as they were asked.")
    dates: list[date] = strawberry.field(description="The sessions: at most 5,000.")
    total_value: list[Decimal | None] = strawberry.field(description="Investments and cash.")
    invested_value: list[Decimal | None] = strawberry.field(description="Market value of all positions.")
    cash_balance: list[Decimal | None] = strawberry.field(description="Cash.")
    net_flows: list[Decimal | None] = strawberry.field(
        description="What came from outside less what went there, in the session of its day or the next one."
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="What is not known, by symbol or currency in `field`, and why; at most 10.", metadata=sized(1)
    )


@strawberry.type(description="What a portfolio was exposed to in one sector, column by column.")
class SectorExposureHistory:
    """Packed exposures of a sector."""

    sector: str | None = strawberry.field(description="GICS sector; null for whatever has none.")
    long: list[Decimal | None] = strawberry.field(description="Market values of long positions; at most 5,000.")
    short: list[Decimal | None] = strawberry.field(
        description="Market values of short positions: negative; at most 5,000."
    )


@strawberry.type(
    description="What a portfolio was exposed to in its base currency: one entry of each list a session, oldest first."
)
class PortfolioExposureHistory:
    """Packed exposures."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio and the days as they were asked.")
    dates: list[date] = strawberry.field(description="The sessions: at most 5,000.")
    equity: list[Decimal | None] = strawberry.field(description="Total value: what fractions are of.")
    long: list[Decimal | None] = strawberry.field(description="Market values of long positions.")
    short: list[Decimal | None] = strawberry.field(description="Market values of short positions: negative.")
    gross: list[Decimal | None] = strawberry.field(description="Long less short.")
    net: list[Decimal | None] = strawberry.field(description="Long and short.")
    notional: list[Decimal | None] = strawberry.field(description="As `PortfolioExposures.notional`.")
    delta_adjusted: list[float | None] = strawberry.field(
        description="As `PortfolioExposures.deltaAdjusted`, delta being that of the day."
    )
    sectors: list[SectorExposureHistory] = strawberry.field(
        description="The same by sector, in the order of the alphabet, what has none last; at most 100.",
        metadata=sized(12),
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="What is not known, by symbol or currency in `field`, and why; at most 10.", metadata=sized(1)
    )


@extends(Portfolio)
@strawberry.type
class PortfolioOverTime:
    """What histories add to a portfolio."""

    @strawberry.field(description=f"What it was worth {_RANGE}")
    async def value_history(
        self, info: Info, root: strawberry.Parent[Portfolio], start: From, end: To, known_at: KnownAt = None
    ) -> PortfolioValueHistory | None:
        """Show the columns."""
        history = await _history(info, root, start, end, known_at)
        if history is None:
            return None
        found = domain.value_columns(history)
        return PortfolioValueHistory(
            id=global_id("PortfolioValueHistory", root.key, start, end, *told(known_at)),
            dates=list(found.sessions),
            total_value=_money(found.total),
            invested_value=_money(found.invested),
            cash_balance=_money(found.cash),
            net_flows=_money(found.net_flows),
            unavailable=unavailable_of(found.absences),
        )

    @strawberry.field(description=f"What it was exposed to {_RANGE}")
    async def exposure_history(
        self, info: Info, root: strawberry.Parent[Portfolio], start: From, end: To, known_at: KnownAt = None
    ) -> PortfolioExposureHistory | None:
        """Show the columns."""
        history = await _history(info, root, start, end, known_at)
        if history is None:
            return None
        found = domain.exposure_columns(history)
        return PortfolioExposureHistory(
            id=global_id("PortfolioExposureHistory", root.key, start, end, *told(known_at)),
            dates=list(found.sessions),
            equity=_money(found.equity),
            long=_money(found.whole.long),
            short=_money(found.whole.short),
            gross=_money(found.whole.gross),
            net=_money(found.whole.net),
            notional=_money(found.notional),
            delta_adjusted=[fraction_of(amount) for amount in found.delta_adjusted.tolist()],
            sectors=[
                SectorExposureHistory(sector=sector, long=_money(sides.long), short=_money(sides.short))
                for sector, sides in found.sectors
            ],
            unavailable=unavailable_of(found.absences),
        )


async def _history(
    info: Info, portfolio: Portfolio, start: date, end: date, known_at: datetime | None
) -> History | None:
    if end < start:
        raise BadUserInput(f"expected a day from {start} on, got {end}")
    past = await info.context.loaders(PositionLoaders).pasts.load(Range(portfolio.key, start, end, known_at=known_at))
    return None if past is None else past.history


def _money(column: Vector) -> list[Decimal | None]:
    return [money_of(amount) for amount in column.tolist()]
