"""Bars, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.market import types as domain
from domain.market.freshness import OBSERVED
from domain.market.intervals import interval_bars
from domain.market.queries import market_now
from schema.context import Context
from schema.market.mending import BarRepair, Mended, PriceOverride
from schema.market.packing import column, prices_of
from schema.market.quotes import NOT_COVERED, NOT_TOLD, QuoteSource
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.scalars import BigInt

BarInterval = strawberry.enum(
    domain.BarInterval,
    name="BarInterval",
    description=(
        "How much time one bar covers: a part of a session by the clock, a session, a week from Monday on, a month. "
        "Bars of parts of sessions are kept for a while: 30 days (MINUTE), 180 days (FIVE_MINUTES) and three years "
        "(HOUR) where the installation says nothing else."
    ),
)


@strawberry.type(description="What an instrument cost in a session, in a part of one or in several, in its currency.")
class Bar:
    """A bar."""

    session: date = strawberry.field(
        name="date", description="The session; of a week or a month the last one in it that is covered."
    )
    begins_at: datetime | None = strawberry.field(
        description="When it begins, where it covers a part of a session; null for a session and longer."
    )
    open: Decimal | None = strawberry.field(description="First price; null where only closes are covered.")
    high: Decimal | None = strawberry.field(description="Highest price; null where only closes are covered.")
    low: Decimal | None = strawberry.field(description="Lowest price; null where only closes are covered.")
    close: Decimal | None = strawberry.field(
        description="Last price. Of a week or a month, all prices are for units as they are in its last session."
    )
    adjusted_close: Decimal | None = strawberry.field(
        description="Close adjusted for splits and distributions; null for a part of a session."
    )
    volume: BigInt | None = strawberry.field(description="Units traded; null where only closes are covered.")
    vwap: Decimal | None = strawberry.field(
        description="Average price, weighted by volume; null where it is not covered."
    )
    trades: BigInt | None = strawberry.field(description="Number of trades; null where it is not covered.")
    source: QuoteSource = strawberry.field(description="Where the close comes from.")  # type: ignore[valid-type]
    repair: BarRepair | None = strawberry.field(
        description="What was wrong with it as it was observed; null where nothing was, and of a week, month or part.",
        default=None,
    )
    override: PriceOverride | None = strawberry.field(
        description="What an administrator set; null where nothing is set, and of a week, month or part.", default=None
    )

    @strawberry.field(description="The fields of this bar that are null, and why: at most 7.", metadata=sized(4))
    def unavailable(self) -> list[Unavailable]:
        """Say what is missing."""
        names = ("open", "high", "low", "volume", "vwap", "trades")
        message = NOT_TOLD if self.source in OBSERVED else NOT_COVERED
        absences = [Absence(name, AbsenceReason.NOT_COVERED, message) for name in names if getattr(self, name) is None]
        if self.adjusted_close is None:
            why = "expected a session or longer: parts of sessions are as they were traded"
            absences.append(Absence("adjusted_close", AbsenceReason.NOT_APPLICABLE, why))
        return unavailable_of(absences)


@strawberry.type(
    description="The same as `bars`, column by column: one entry of each list a session or bar, oldest first."
)
class BarColumns:
    """Packed bars."""

    dates: list[date] = strawberry.field(description="The sessions: at most 5,000.")
    begins_at: list[datetime] = strawberry.field(
        description="When bars of parts of sessions begin; empty for sessions and longer."
    )
    open: list[Decimal | None] = strawberry.field(description="First prices.")
    high: list[Decimal | None] = strawberry.field(description="Highest prices.")
    low: list[Decimal | None] = strawberry.field(description="Lowest prices.")
    close: list[Decimal | None] = strawberry.field(description="Last prices.")
    adjusted_close: list[Decimal | None] = strawberry.field(
        description="Closes adjusted for splits and distributions; null for parts of sessions."
    )
    volume: list[BigInt | None] = strawberry.field(description="Units traded.")
    vwap: list[Decimal | None] = strawberry.field(description="Average prices, weighted by volume.")
    trades: list[BigInt | None] = strawberry.field(description="Numbers of trades.")


FirstDay = Annotated[date, strawberry.argument(name="from", description="First day, included.")]
LastDay = Annotated[date, strawberry.argument(name="to", description="Last day, included.")]
KnownAt = Annotated[
    datetime | None,
    strawberry.argument(
        description=(
            "As bars were known at this time: those that have changed since are as they were. Those that were added "
            "since are there all the same, and adjusted closes are as they were computed then. Not for parts of "
            "sessions."
        )
    ),
]
Interval = Annotated[
    BarInterval,  # type: ignore[valid-type]
    strawberry.argument(description="How much time one bar covers."),
]


async def read_bars(
    context: Context,
    row: Any,
    start: date,
    end: date,
    interval: domain.BarInterval,
    known_at: datetime | None,
) -> domain.Bars:
    """Return an instrument's bars in a range, and count them.  Raises `BadUserInput` and `CostLimit`."""
    now = await market_now(context.resources.clock)
    return await interval_bars(row, start, end, domain.BarInterval(interval), now, context.spend_sessions, known_at)


def bars_of(found: domain.Bars, mended: Mended) -> list[Bar]:
    """Return bars as the API shows them, one by one."""
    columns = columns_of(found)
    begins: Sequence[datetime | None] = columns.begins_at or [None] * len(columns.dates)
    prices = zip(columns.open, columns.high, columns.low, columns.close, columns.adjusted_close, strict=True)
    rest = zip(columns.volume, columns.vwap, columns.trades, found.sources, strict=True)
    return [
        Bar(
            session=day,
            begins_at=at,
            open=first,
            high=high,
            low=low,
            close=close,
            adjusted_close=adjusted,
            volume=volume,
            vwap=vwap,
            trades=trades,
            source=source,
            repair=mended.repair(day, source),
            override=mended.override(day, source),
        )
        for day, at, (first, high, low, close, adjusted), (volume, vwap, trades, source) in zip(
            columns.dates, begins, prices, rest, strict=True
        )
    ]


def columns_of(found: domain.Bars) -> BarColumns:
    """Return bars as the API shows them, column by column."""
    closes = prices_of(found.close)
    # Where both are the same, as in total-return units, they are written once.
    adjusted = closes if (found.close == found.adjusted_close).all() else prices_of(found.adjusted_close)
    return BarColumns(
        dates=list(found.sessions),
        begins_at=list(found.begins),
        open=prices_of(found.open),
        high=prices_of(found.high),
        low=prices_of(found.low),
        close=closes,
        adjusted_close=adjusted,
        volume=column(found.volume, lambda number: BigInt(int(number))),
        vwap=prices_of(found.vwap),
        trades=column(found.trades, lambda number: BigInt(int(number))),
    )
