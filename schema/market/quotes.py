"""Quotes, as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.ports import Clock
from domain.market import queries
from domain.market import types as domain
from domain.market.freshness import OBSERVED, Freshness, freshness
from domain.market.providers.provider import Capability
from domain.market.sourcing.quoting import Untold
from domain.market.sourcing.sourcing import Sourcing
from schema.context import Context
from schema.market.loaders import MarketLoaders
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.node import Node, global_id, loads_nodes
from schema.shared.scalars import BigInt

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

NOT_COVERED: Final = "the source has adjusted closes only"
NOT_TOLD: Final = "the source did not tell it"


_FIGURES: Final = ("open", "high", "low", "volume", "bid", "ask", "bid_size", "ask_size")
_ALL: Final = ("price", "change", "change_percent", "previous_close", *_FIGURES)
NOTHING_UNTOLD: Final[Mapping[UUID, Untold]] = {}


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
        message = NOT_TOLD if row.source in OBSERVED else NOT_COVERED
        missing = [name for name in _FIGURES if getattr(row, name) is None]
        absences = [Absence(name, AbsenceReason.NOT_COVERED, message) for name in missing]
        if row.previous_close is None:
            message = "expected a session before, got none"
            absences += [
                Absence(name, AbsenceReason.INSUFFICIENT_HISTORY, message)
                for name in ("change", "change_percent", "previous_close")
            ]
        return unavailable_of(absences)


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


async def load_quote(context: Context, row: domain.InstrumentRow) -> Quote | None:
    """Return the latest quote of an instrument, read and asked for together with those of others."""
    loaders = context.loaders(MarketLoaders)
    # Where nobody is to be asked, one loader less is waited for.
    asks = context.resources.shared(Sourcing).offers(Capability.QUOTES)
    untold = await loaders.current.load(row) if asks else None
    quote = await loaders.quotes.load(row.id)
    clock = context.resources.clock
    if quote is None:
        return None if untold is None else missing_quote(row, untold, clock.now())
    return (await present_quotes_of(clock, [quote], {} if untold is None else {row.id: untold}))[0]


@loads_nodes("Quote")
async def _find_quotes(context: Context, keys: Sequence[UUID]) -> list[Quote | None]:
    return await quotes_of(context.resources.clock, await queries.latest_quotes(keys))
