"""Instruments, quotes and bars, as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.ports import Clock
from domain.market import bars as history
from domain.market import queries
from domain.market import types as domain
from domain.market.freshness import OBSERVED, Freshness, freshness
from domain.market.providers.provider import Capability
from domain.market.sourcing.quoting import Untold
from domain.market.sourcing.sourcing import Sourcing
from schema.context import Context, Info
from schema.market.loaders import MarketLoaders
from schema.market.packing import column, prices_of
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.node import Node, global_id, loads_nodes
from schema.shared.scalars import BigInt

InstrumentKind = strawberry.enum(
    domain.InstrumentKind, description="What an instrument is. An index can be looked at and not held."
)
QuoteSource = strawberry.enum(
    domain.QuoteSource,
    description=(
        "Where a price comes from. HISTORY: a close that was observed. REPLAY: between two closes that were observed. "
        "RESAMPLED: returns that were observed, drawn again on another day. PROVIDER: asked of one provider or more. "
        "FEED: pushed by a provider's live feed. REPAIRED: observed, and found wrong and mended. OVERRIDE: set by an "
        "administrator."
    ),
)
DataQuality = strawberry.enum(
    domain.DataQuality,
    description=(
        "How far a datum can be relied on. EXCELLENT: several sources agree. GOOD: observed, by one source. "
        "FAIR: between two observations, delayed, or agreed by most sources only. POOR: drawn at random from "
        "observations, or sources contradict each other. INVALID: it failed a check."
    ),
)

# What a price is held to be of which nothing else is known than where it comes from, and why.
_BY_SOURCE: Final = {
    domain.QuoteSource.HISTORY: (domain.DataQuality.GOOD, "a close that one source has"),
    domain.QuoteSource.REPLAY: (domain.DataQuality.FAIR, "between two closes that were observed"),
    domain.QuoteSource.RESAMPLED: (domain.DataQuality.POOR, "drawn at random from what was observed on other days"),
    domain.QuoteSource.PROVIDER: (domain.DataQuality.GOOD, "one provider says so"),
    domain.QuoteSource.FEED: (domain.DataQuality.GOOD, "a live feed says so, and it passed the checks"),
    domain.QuoteSource.REPAIRED: (domain.DataQuality.FAIR, "observed, found wrong and mended"),
    domain.QuoteSource.OVERRIDE: (domain.DataQuality.GOOD, "set by an administrator"),
}

_NOT_COVERED: Final = "the source has adjusted closes only"
_NOT_TOLD: Final = "the source did not tell it"


_FIGURES: Final = ("open", "high", "low", "volume", "bid", "ask", "bid_size", "ask_size")
_ALL: Final = ("price", "change", "change_percent", "previous_close", *_FIGURES)


class _Missing(Enum):
    MISSING = 0


MISSING: Final = _Missing.MISSING
NOTHING_UNTOLD: Final[Mapping[UUID, Untold]] = {}


@strawberry.enum(description="How much time one bar covers.")
class BarInterval(StrEnum):
    """The lengths of bars."""

    DAY = "DAY"


@strawberry.type(description="The latest price of an instrument, and the session so far. Prices are in its currency.")
class Quote(Node):
    """A quote."""

    symbol: str = strawberry.field(description="Symbol of the instrument.")
    name: str = strawberry.field(description="Name of the instrument.")
    price: Decimal | None = strawberry.field(description="Latest price.")
    change: Decimal | None = strawberry.field(description="Price less the previous close.")
    change_percent: float | None = strawberry.field(description="Change in percent of the previous close.")
    open: Decimal | None = strawberry.field(description="First price of the session.")
    high: Decimal | None = strawberry.field(description="Highest price of the session so far.")
    low: Decimal | None = strawberry.field(description="Lowest price of the session so far.")
    previous_close: Decimal | None = strawberry.field(description="Close of the session before.")
    volume: BigInt | None = strawberry.field(description="Units traded in the session so far.")
    bid: Decimal | None = strawberry.field(description="Highest price that is bid.")
    ask: Decimal | None = strawberry.field(description="Lowest price that is asked.")
    bid_size: BigInt | None = strawberry.field(description="Units that are bid for at it.")
    ask_size: BigInt | None = strawberry.field(description="Units that are offered at it.")
    at: datetime = strawberry.field(description="The market's time of the price.")
    source: QuoteSource = strawberry.field(description="Where the price comes from.")  # type: ignore[valid-type]
    quality: DataQuality = strawberry.field(description="How far it can be relied on.")  # type: ignore[valid-type]
    stale: bool = strawberry.field(
        description=(
            "Whether it is older than five minutes of real time; the time in which the exchange is closed does not "
            "count for prices of providers and feeds."
        )
    )
    # None where there is no price.
    row: strawberry.Private[domain.Quote | None]
    # Why it could not be asked for again, where it could not.
    untold: strawberry.Private[Untold | None] = None

    @strawberry.field(description="Why its quality is what it is, in words: at most 20.", metadata=sized(2))
    def quality_reasons(self) -> list[str]:
        """Say what the sources say, and what time and silence do to it."""
        row, untold = self.row, self.untold
        reasons = [] if row is None else list(row.reasons) or [_BY_SOURCE[row.source][1]]
        if self.stale and row is not None:
            reasons.append("it is older than five minutes")
        if untold is not None:
            reasons.append(f"{untold.reason}: {untold.message}")
        return reasons[:20]

    @strawberry.field(description="The fields of this quote that are null, and why: at most 16.", metadata=sized(8))
    def unavailable(self) -> list[Unavailable]:
        """Say what is missing."""
        row = self.row
        if row is None:
            assert self.untold is not None
            return unavailable_of(Absence(name, self.untold.reason, self.untold.message) for name in _ALL)
        message = _NOT_TOLD if row.source in OBSERVED else _NOT_COVERED
        missing = [name for name in _FIGURES if getattr(row, name) is None]
        absences = [Absence(name, AbsenceReason.NOT_COVERED, message) for name in missing]
        if row.previous_close is None:
            message = "expected a session before, got none"
            absences += [
                Absence(name, AbsenceReason.INSUFFICIENT_HISTORY, message)
                for name in ("change", "change_percent", "previous_close")
            ]
        return unavailable_of(absences)


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
        message = _NOT_TOLD if self.source in OBSERVED else _NOT_COVERED
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
            return _load_quote(self.context, self.row)  # type: ignore[return-value]
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


async def quotes_of(clock: Clock, rows: Sequence[domain.Quote | None]) -> list[Quote | None]:
    """Return quotes as the API shows them now, None for None."""
    fresh = await freshness(clock.now(), rows)
    return [None if row is None else _quote_of(row, fresh) for row in rows]


async def present_quotes_of(
    clock: Clock, rows: Sequence[domain.Quote], untold: Mapping[UUID, Untold] = NOTHING_UNTOLD
) -> list[Quote]:
    """Return quotes that are there as the API shows them now, and why some could not be brought up to date."""
    fresh = await freshness(clock.now(), rows)
    return [_quote_of(row, fresh, untold.get(row.instrument_id)) for row in rows]


def missing_quote(row: domain.InstrumentRow, untold: Untold, now: datetime) -> Quote:
    """Return the quote of an instrument that has no price, and why."""
    return Quote(
        id=global_id("Quote", row.id),
        symbol=row.symbol,
        name=row.name,
        price=None,
        change=None,
        change_percent=None,
        open=None,
        high=None,
        low=None,
        previous_close=None,
        volume=None,
        bid=None,
        ask=None,
        bid_size=None,
        ask_size=None,
        at=now,
        source=domain.QuoteSource.PROVIDER,
        quality=domain.DataQuality.INVALID,
        stale=True,
        row=None,
        untold=untold,
    )


def _quote_of(row: domain.Quote, fresh: Freshness, untold: Untold | None = None) -> Quote:
    return Quote(
        id=global_id("Quote", row.instrument_id),
        symbol=row.symbol,
        name=row.name,
        price=row.price,
        change=row.change,
        change_percent=row.change_percent,
        open=row.open,
        high=row.high,
        low=row.low,
        previous_close=row.previous_close,
        volume=_whole(row.volume),
        bid=row.bid,
        ask=row.ask,
        bid_size=_whole(row.bid_size),
        ask_size=_whole(row.ask_size),
        at=row.at,
        source=row.source,
        quality=row.grade or _BY_SOURCE[row.source][0],
        stale=fresh.is_stale(row),
        row=row,
        untold=untold,
    )


def _whole(number: int | None) -> BigInt | None:
    return None if number is None else BigInt(number)


async def _load_quote(context: Context, row: domain.InstrumentRow) -> Quote | None:
    loaders = context.loaders(MarketLoaders)
    # Where nobody is to be asked, one loader less is waited for.
    asks = context.resources.shared(Sourcing).offers(Capability.QUOTES)
    untold = await loaders.current.load(row) if asks else None
    quote = await loaders.quotes.load(row.id)
    clock = context.resources.clock
    if quote is None:
        return None if untold is None else missing_quote(row, untold, clock.now())
    return (await present_quotes_of(clock, [quote], {} if untold is None else {row.id: untold}))[0]


async def _bars(context: Context, row: Any, start: date, end: date, known_at: datetime | None) -> domain.Bars:
    now = await queries.market_now(context.resources.clock)
    return await history.bars(row, start, end, now, context.spend_sessions, known_at)


@loads_nodes("Instrument")
async def find_instruments(context: Context, keys: Sequence[UUID]) -> list[Instrument | None]:
    """Return the instruments of these ids, None where there is none; each is read once in an operation."""
    rows = await context.loaders(MarketLoaders).instruments.load_many(keys)
    return [None if row is None else instrument_of(context, row) for row in rows]


@loads_nodes("Quote")
async def _find_quotes(context: Context, keys: Sequence[UUID]) -> list[Quote | None]:
    return await quotes_of(context.resources.clock, await queries.latest_quotes(keys))
