"""The market as a whole, as the API shows it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.market import overview
from domain.market.queries import market_now
from schema.context import Info
from schema.market.queries import MarketOverview
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends

MarketRegime = strawberry.enum(
    overview.Regime,
    name="MarketRegime",
    description=(
        "What kind of market it is. VOLATILE: the benchmark moves as much as in the worst fifth of the last two years. "
        "Else BULL: it stands above its average of 200 sessions, and its average of 50 does too. BEAR: both below. "
        "STABLE: neither."
    ),
)

_TOO_SHORT = "it takes more closes than are known"


@strawberry.type(description="How the stocks of a GICS sector have moved since the close before.")
class SectorMove:
    """A sector."""

    sector: str = strawberry.field(description="Name of the sector.")
    stocks: int = strawberry.field(description="How many stocks are counted.")
    change_percent: float = strawberry.field(description="Mean of their changes in percent, each counting the same.")
    advancing: int = strawberry.field(description="How many have risen.")
    declining: int = strawberry.field(description="How many have fallen.")


@strawberry.type(description="How many stocks take part in a move.")
class MarketBreadth:
    """Breadth."""

    advancing: int = strawberry.field(description="Stocks that have risen since the close before.")
    declining: int = strawberry.field(description="Stocks that have fallen.")
    unchanged: int = strawberry.field(description="Stocks that stand where they stood.")
    counted: int = strawberry.field(description="Stocks whose closes are known.")
    above50_day_average: int | None = strawberry.field(
        name="above50DayAverage", description="Stocks whose last close is above the mean of their last 50."
    )
    above200_day_average: int | None = strawberry.field(
        name="above200DayAverage", description="Stocks whose last close is above the mean of their last 200."
    )
    new_highs: int | None = strawberry.field(description="Stocks whose last close is the highest of 252.")
    new_lows: int | None = strawberry.field(description="Stocks whose last close is the lowest of 252.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why: at most 4.", metadata=sized(1)
    )


@strawberry.type(description="What prices say of the mood.")
class MarketSentiment:
    """Sentiment."""

    momentum: float | None = strawberry.field(
        description="The part of stocks above their average of 50 sessions, 0 to 1."
    )
    volatility: float | None = strawberry.field(
        description="The benchmark's volatility of 21 sessions over that of 252: above 1 where it is restless."
    )
    volume: float | None = strawberry.field(
        description="The last session's volume over the mean of the 20 before, the median of all stocks."
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why: at most 3.", metadata=sized(1)
    )


@strawberry.type(description="The regime of the benchmark, and what it was found by.")
class MarketSetting:
    """A regime with its reasons."""

    regime: MarketRegime | None = strawberry.field(description="What kind of market it is.")  # type: ignore[valid-type]
    session: date | None = strawberry.field(description="The session of the latest close that counts.")
    close: float | None = strawberry.field(description="The benchmark's close.")
    average50: float | None = strawberry.field(description="Mean of its last 50 closes.")
    average200: float | None = strawberry.field(description="Mean of its last 200 closes.")
    volatility: float | None = strawberry.field(
        description="Standard deviation of its last 21 returns, annual: times the root of 252."
    )
    volatility_rank: float | None = strawberry.field(
        description="The part of the last two years in which it was no higher, 0 to 1."
    )
    year_change: float | None = strawberry.field(description="Change over 252 sessions, as a fraction.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why: at most 7.", metadata=sized(1)
    )


@extends(MarketOverview)
@strawberry.type
class OverviewOfMarket:
    """What is computed of all quotes and closes."""

    @strawberry.field(
        description="How sectors have moved since the close before, by name: at most 100.", metadata=sized(12)
    )
    async def sectors(self) -> list[SectorMove]:
        """Read them in one statement."""
        return [
            SectorMove(
                sector=each.sector,
                stocks=each.stocks,
                change_percent=each.change_percent,
                advancing=each.advancing,
                declining=each.declining,
            )
            for each in await overview.sectors()
        ]

    @strawberry.field(description="How many stocks take part.")
    async def breadth(self, info: Info) -> MarketBreadth | None:
        """Count them."""
        found = await overview.breadth(await market_now(info.context.resources.clock))
        told = {
            "above50DayAverage": found.above_short,
            "above200DayAverage": found.above_long,
            "newHighs": found.new_highs,
            "newLows": found.new_lows,
        }
        return MarketBreadth(
            advancing=found.advancing,
            declining=found.declining,
            unchanged=found.unchanged,
            counted=found.counted,
            above50_day_average=found.above_short,
            above200_day_average=found.above_long,
            new_highs=found.new_highs,
            new_lows=found.new_lows,
            unavailable=_missing(told),
        )

    @strawberry.field(description="What prices say of the mood.")
    async def sentiment(self, info: Info) -> MarketSentiment | None:
        """Measure it."""
        found = await overview.mood(await market_now(info.context.resources.clock))
        told = {"momentum": found.momentum, "volatility": found.volatility}
        absences = list(_missing(told))
        if found.volume is None:
            absences += unavailable_of(
                [Absence("volume", AbsenceReason.NOT_COVERED, "no source of these bars has volumes")]
            )
        return MarketSentiment(
            momentum=found.momentum, volatility=found.volatility, volume=found.volume, unavailable=absences
        )

    @strawberry.field(description="The regime of the benchmark at a time of the market.")
    async def regime(
        self,
        info: Info,
        as_of: Annotated[
            datetime | None, strawberry.argument(description="The time: now, and never later than the market's clock.")
        ] = None,
    ) -> MarketSetting | None:
        """Find it."""
        found = await overview.setting(await market_now(info.context.resources.clock), as_of)
        told = {
            "regime": found.regime,
            "close": found.close,
            "average50": found.short_average,
            "average200": found.long_average,
            "volatility": found.volatility,
            "volatilityRank": found.volatility_rank,
            "yearChange": found.year_change,
        }
        return MarketSetting(
            regime=found.regime,
            session=found.session,
            close=found.close,
            average50=found.short_average,
            average200=found.long_average,
            volatility=found.volatility,
            volatility_rank=found.volatility_rank,
            year_change=found.year_change,
            unavailable=_missing(told),
        )


def _missing(told: Mapping[str, object]) -> list[Unavailable]:
    names: Iterable[str] = (name for name, value in told.items() if value is None)
    return unavailable_of(Absence(name, AbsenceReason.INSUFFICIENT_HISTORY, _TOO_SHORT) for name in names)
