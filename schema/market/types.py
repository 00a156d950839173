"""Instruments, quotes and bars, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.market import bars as history
from domain.market import queries
from domain.market import types as domain
from domain.market.freshness import OBSERVED
from schema.context import Context, Info
from schema.market.loaders import MarketLoaders
from schema.market.packing import column, prices_of
from schema.market.quotes import NOT_COVERED, NOT_TOLD, Quote, QuoteSource, load_quote, quotes_of
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.node import Node, global_id, loads_nodes
from schema.shared.scalars import BigInt

InstrumentKind = strawberry.enum(
    domain.InstrumentKind, description="What an instrument is. An index can be looked at and not held."
)


class _Missing(Enum):
    MISSING = 0


MISSING: Final = _Missing.MISSING


@strawberry.enum(description="How much time one bar covers.")
class BarInterval(StrEnum):
    """The lengths of bars."""

    DAY = "DAY"


@strawberry.type(description="One session of an instrument. Prices are in its currency.")
class Bar:
    """A bar."""

    session: date = strawberry.field(name="date", description="The session.")
    open: Decimal | None = strawberry.field(description="First price; null where only closes are covered.")
    high: Decimal | None = strawberry.field(description="Highest price; null where only closes are covered.")
    low: Decimal | None = strawberry.field(description="Lowest price; null where only closes are covered.")
    close: Decimal | None = strawberry.field(description="Last price.")
    adjusted_close: Decimal | None = strawberry.field(description="Close adjusted for splits and distributions.")
    volume: BigInt | None = strawberry.field(description="Units traded; null where only closes are covered.")
    vwap: Decimal | None = strawberry.field(
        description="Average price of the session, weighted by volume; null where it is not covered."
    )
    trades: BigInt | None = strawberry.field(description="Number of trades; null where it is not covered.")
    source: QuoteSource = strawberry.field(description="Where the close comes from.")  # type: ignore[valid-type]

    @strawberry.field(description="The fields of this bar that are null, and why: at most 6.", metadata=sized(4))
    def unavailable(self) -> list[Unavailable]:
        """Say what is missing."""
        names = ("open", "high", "low", "volume", "vwap", "trades")
        missing = [name for name in names if getattr(self, name) is None]
        message = NOT_TOLD if self.source in OBSERVED else NOT_COVERED
        return unavailable_of(Absence(name, AbsenceReason.NOT_COVERED, message) for name in missing)


@strawberry.type(description="The same as `bars`, column by column: one entry of each list a session, oldest first.")
class BarColumns:
    """Packed bars."""

    dates: list[date] = strawberry.field(description="The sessions: at most 5,000.")
    open: list[Decimal | None] = strawberry.field(description="First prices.")
    high: list[Decimal | None] = strawberry.field(description="Highest prices.")
    low: list[Decimal | None] = strawberry.field(description="Lowest prices.")
    close: list[Decimal | None] = strawberry.field(description="Last prices.")
    adjusted_close: list[Decimal | None] = strawberry.field(description="Closes adjusted for splits and distributions.")
    volume: list[BigInt | None] = strawberry.field(description="Units traded.")


FirstDay = Annotated[date, strawberry.argument(name="from", description="First day, included.")]
LastDay = Annotated[date, strawberry.argument(name="to", description="Last day, included.")]
KnownAt = Annotated[
    datetime | None,
    strawberry.argument(
        description=(
            "As bars were known at this time: those that have changed since are as they were. Those that were added "
            "since are there all the same, and adjusted closes are as they were computed then."
        )
    ),
]
Interval = Annotated[
    BarInterval,
    strawberry.argument(description="How much time one bar covers."),
]


@strawberry.type(description="Something that has a price.")
class Instrument(Node):
    """An instrument."""

    symbol: str = strawberry.field(description="Symbol, in capitals.")
    name: str = strawberry.field(description="Name.")
    kind: InstrumentKind = strawberry.field(description="What it is.")  # type: ignore[valid-type]
    exchange: str | None = strawberry.field(
        description="Exchange of the primary listing, as its MIC (ISO 10383); null for an index."
    )
    currency: str = strawberry.field(description="Currency of its prices (ISO 4217).")
    sector: str | None = strawberry.field(description="GICS sector; null for funds and indices.")
    first_session: date = strawberry.field(description="First session that its prices cover.")
    row: strawberry.Private[Any]
    context: strawberry.Private[Context]
    # Filled by lists that saw that quotes are selected.
    held_quote: strawberry.Private[Quote | _Missing | None] = MISSING

    @strawberry.field(
        description=(
            "Its latest quote, asked of providers first where it is old and some are configured; null where there is "
            "none and nobody to ask."
        )
    )
    def quote(self) -> Quote | None:
        """Return the quote that is there, or what reads it together with those of other instruments."""
        if self.held_quote is MISSING:
            return load_quote(self.context, self.row)  # type: ignore[return-value]
        return self.held_quote

    @strawberry.field(
        description=(
            "Its sessions in a range of days, oldest first: at most 5,000, and none that the market's clock has not "
            "closed yet."
        ),
        metadata=sized(100),
    )
    async def bars(
        self,
        info: Info,
        start: FirstDay,
        end: LastDay,
        interval: Interval = BarInterval.DAY,  # noqa: ARG002 - one so far
        known_at: KnownAt = None,
    ) -> list[Bar]:
        """Read past sessions."""
        found = await _bars(info.context, self.row, start, end, known_at)
        closes = prices_of(found.close)
        # Where both are the same, as in total-return units, they are written once.
        adjusted = closes if (found.close == found.adjusted_close).all() else prices_of(found.adjusted_close)
        volumes = column(found.volume, lambda number: BigInt(int(number)))
        prices = [prices_of(each) for each in (found.open, found.high, found.low, found.vwap)]
        trades = column(found.trades, lambda number: BigInt(int(number)))
        rest = zip(closes, adjusted, volumes, trades, found.sources, strict=True)
        return [
            Bar(
                session=day,
                open=o,
                high=h,
                low=low,
                vwap=vwap,
                close=close,
                adjusted_close=own,
                volume=volume,
                trades=count,
                source=source,
            )
            for day, o, h, low, vwap, (close, own, volume, count, source) in zip(
                found.sessions, *prices, rest, strict=True
            )
        ]

    @strawberry.field(description="The same as `bars`, column by column.")
    async def bar_columns(
        self,
        info: Info,
        start: FirstDay,
        end: LastDay,
        interval: Interval = BarInterval.DAY,  # noqa: ARG002 - one interval so far
        known_at: KnownAt = None,
    ) -> BarColumns | None:
        """Read past sessions."""
        found = await _bars(info.context, self.row, start, end, known_at)
        return BarColumns(
            dates=list(found.sessions),
            open=prices_of(found.open),
            high=prices_of(found.high),
            low=prices_of(found.low),
            close=prices_of(found.close),
            adjusted_close=prices_of(found.adjusted_close),
            volume=column(found.volume, lambda number: BigInt(int(number))),
        )


def instrument_of(context: Context, row: Any, quote: Quote | _Missing | None = MISSING) -> Instrument:
    """Return an instrument as the API shows it; `quote` where it was read already."""
    return Instrument(
        id=global_id("Instrument", row.id),
        symbol=row.symbol,
        name=row.name,
        kind=row.kind,
        exchange=row.exchange,
        currency=row.currency,
        sector=row.sector,
        first_session=row.first_session,
        row=row,
        context=context,
        held_quote=quote,
    )


async def instruments_of(context: Context, rows: Sequence[Any], *, with_quotes: bool) -> list[Instrument]:
    """Return instruments as the API shows them, their quotes, if they are selected, read in one statement."""
    if not with_quotes:
        return [instrument_of(context, row) for row in rows]
    quotes = await quotes_of(context.resources.clock, await queries.latest_quotes([row.id for row in rows]))
    return [instrument_of(context, row, quote) for row, quote in zip(rows, quotes, strict=True)]


async def _bars(context: Context, row: Any, start: date, end: date, known_at: datetime | None) -> domain.Bars:
    now = await queries.market_now(context.resources.clock)
    return await history.bars(row, start, end, now, context.spend_sessions, known_at)


@loads_nodes("Instrument")
async def find_instruments(context: Context, keys: Sequence[UUID]) -> list[Instrument | None]:
    """Return the instruments of these ids, None where there is none; each is read once in an operation."""
    rows = await context.loaders(MarketLoaders).instruments.load_many(keys)
    return [None if row is None else instrument_of(context, row) for row in rows]
