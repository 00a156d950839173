"""Which quotes are asked for again, and what was told of them as the latest quotes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.kernel.work import Work
from domain.market import calendar, live_quotes
from domain.market.freshness import STALE_AFTER
from domain.market.quote_changes import Figures, QuoteChange, Sides
from domain.market.sourcing.quoting import Told, Untold
from domain.market.types import InstrumentKind, InstrumentRow, Quote, QuoteSource

# Time of the exchange's hours after which a quote is asked for again by whoever looks at it; what a feed tells comes by
# itself.
ASKED_AGAIN: Final = timedelta(seconds=15)

# Prices of options and rates come otherwise.
_ASKED: Final = frozenset({InstrumentKind.STOCK, InstrumentKind.ETF, InstrumentKind.MUTUAL_FUND, InstrumentKind.INDEX})


async def to_be_asked(
    rows: Sequence[InstrumentRow], quotes: Sequence[Quote | None], now: datetime
) -> list[InstrumentRow]:
    """Return the instruments whose quotes are missing or have grown old at this moment of real time."""
    of_providers = await calendar.open_time_before(now, ASKED_AGAIN)
    of_feeds = await calendar.open_time_before(now, STALE_AFTER)
    return [
        row
        for row, quote in zip(rows, quotes, strict=True)
        if row.kind in _ASKED and (quote is None or _is_old(quote, of_providers, of_feeds))
    ]


async def publish_told(work: Work, rows: Sequence[InstrumentRow], told: Mapping[str, Told | Untold]) -> list[Quote]:
    """Make what was told of these instruments their latest quotes.

    Raises what `live_quotes.publish` does.
    """
    changes = [_change(row, each) for row in rows if isinstance(each := told.get(row.symbol), Told)]
    if not changes or not await live_quotes.open_live_feed(work):
        return []
    return await live_quotes.publish(work, changes)


def _is_old(quote: Quote, of_providers: datetime, of_feeds: datetime) -> bool:
    if quote.source is QuoteSource.OVERRIDE:
        return False
    return quote.received_at < (of_feeds if quote.source is QuoteSource.FEED else of_providers)


def _change(row: InstrumentRow, told: Told) -> QuoteChange:
    quote, agreed = told.quote, told.consensus
    sides = None
    if quote.bid is not None or quote.ask is not None:
        sides = Sides(bid=quote.bid, ask=quote.ask, bid_size=quote.bid_size, ask_size=quote.ask_size)
    return QuoteChange(
        instrument=row,
        at=agreed.at,
        source=QuoteSource.PROVIDER,
        price=agreed.price,
        whole=Figures(open=quote.open, high=quote.high, low=quote.low, volume=quote.volume),
        sides=sides,
        previous_close=quote.previous_close,
        consensus=agreed,
    )
