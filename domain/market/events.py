"""What happens on the market."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event
from domain.market.types import Quote

# So many instruments travel together.
SHARD = 64


@dataclass(frozen=True, kw_only=True)
class QuotesTicked(Event):
    """Some of these instruments have new quotes.

    The event holds the latest quote of every instrument of the shard, those too that have not moved: a later event
    of a shard stands for all earlier ones, so that a slow listener may keep the latest only.  Each quote has its
    own place in the feed.
    """

    CHANNEL: ClassVar[str] = "quotes"

    epoch: UUID
    sequence: int
    shard: int
    market_at: datetime
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True)
class SessionClosed(Event):
    """The daily closes of this session are known."""

    CHANNEL: ClassVar[str] = "market-sessions"

    session: date


@dataclass(frozen=True, kw_only=True)
class BarsChanged(Event):
    """Bars of these instruments that were known may be other ones now: what was kept of them is void."""

    CHANNEL: ClassVar[str] = "bars"

    instrument_ids: tuple[UUID, ...]
