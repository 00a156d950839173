"""Whether a quote is of now, or has been overtaken by time without a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.market import calendar, queries
from domain.market.types import Quote, QuoteSource

# A feed that lives has something new for every instrument long before.
STALE_AFTER: Final = timedelta(minutes=5)

# What comes from markets as they are: while they are closed nothing new can come.
OBSERVED: Final = frozenset({QuoteSource.PROVIDER, QuoteSource.FEED, QuoteSource.OVERRIDE})


@dataclass(frozen=True, slots=True)
class Freshness:
    """Since when, in real time, a quote must have come for not to be stale: one that was observed, and any other."""

    observed_since: datetime
    others_since: datetime

    def is_stale(self, quote: Quote) -> bool:
        """Whether five minutes have passed since the quote came, in which something new should have come."""
        return quote.received_at < (self.observed_since if quote.source in OBSERVED else self.others_since)


async def freshness(now: datetime, quotes: Iterable[Quote | None]) -> Freshness:
    """Return what tells which of these quotes are stale at a moment of real time."""
    # The calendar is a second's work at first: where nobody needs it, it is not loaded.
    needs_calendar = any(quote is not None and quote.source in OBSERVED for quote in quotes)
    return await (_on_markets(now) if needs_calendar else _anywhere(now))


async def gone_stale(now: datetime, within: timedelta) -> list[Quote]:
    """Return the quotes that have become stale within this time, and some that have a little before."""
    judge = await (_on_markets(now) if await queries.is_live() else _anywhere(now))
    found = [
        quote
        for since in {judge.observed_since, judge.others_since}
        for quote in await queries.quotes_received(since - within, since)
    ]
    return [quote for quote in found if judge.is_stale(quote)]


async def _on_markets(now: datetime) -> Freshness:
    return Freshness(await calendar.open_time_before(now, STALE_AFTER), now - STALE_AFTER)


async def _anywhere(now: datetime) -> Freshness:
    return Freshness(now - STALE_AFTER, now - STALE_AFTER)
