"""What the market's queries answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from domain.kernel.money import EXACT

Vector = NDArray[np.float64]


class InstrumentKind(StrEnum):
    """What an instrument is.  An index and a rate of exchange can be looked at and not held.

    RATE: what one unit of a currency costs in another; its symbol is both codes, as in EURUSD, and its `currency` the
    second of them.
    """

    STOCK = "STOCK"
    ETF = "ETF"
    MUTUAL_FUND = "MUTUAL_FUND"
    INDEX = "INDEX"
    OPTION = "OPTION"
    RATE = "RATE"


class OptionRight(StrEnum):
    """Whether an option is one to buy or one to sell."""

    CALL = "CALL"
    PUT = "PUT"


class OptionStyle(StrEnum):
    """Whether an option can be exercised at its expiry alone, or before."""

    EUROPEAN = "EUROPEAN"
    AMERICAN = "AMERICAN"


class ActionKind(StrEnum):
    """What a company did to its shares."""

    SPLIT = "SPLIT"
    SPIN_OFF = "SPIN_OFF"
    MERGER = "MERGER"
    SYMBOL_CHANGE = "SYMBOL_CHANGE"
    DIVIDEND = "DIVIDEND"


class QuoteSource(StrEnum):
    """Where a price comes from.

    HISTORY: a close that was observed.  REPLAY: between two closes that were observed.  RESAMPLED: returns that
    were observed, drawn again on another day.  PROVIDER: asked of one provider or more.  FEED: pushed by a provider's
    live feed.  REPAIRED: observed, and found wrong and mended.  OVERRIDE: set by an administrator.
    """

    HISTORY = "HISTORY"
    REPLAY = "REPLAY"
    RESAMPLED = "RESAMPLED"
    PROVIDER = "PROVIDER"
    FEED = "FEED"
    REPAIRED = "REPAIRED"
    OVERRIDE = "OVERRIDE"


class DataQuality(StrEnum):
    """How far a datum can be relied on."""

    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    FAIR = "FAIR"
    POOR = "POOR"
    INVALID = "INVALID"


class ConsensusMethod(StrEnum):
    """How one price is made of what several sources say."""

    WEIGHTED_AVERAGE = "WEIGHTED_AVERAGE"
    MEDIAN = "MEDIAN"
    MAJORITY = "MAJORITY"
    BEST_SOURCE = "BEST_SOURCE"


class RepairKind(StrEnum):
    """What was wrong with a bar as it was observed."""

    HUNDREDFOLD = "HUNDREDFOLD"
    UNIT_SWITCH = "UNIT_SWITCH"
    SPLIT_NOT_APPLIED = "SPLIT_NOT_APPLIED"
    SPLIT_APPLIED_WRONGLY = "SPLIT_APPLIED_WRONGLY"
    DIVIDEND_NOT_ADJUSTED = "DIVIDEND_NOT_ADJUSTED"
    MISSING_PRICE = "MISSING_PRICE"


class BarInterval(StrEnum):
    """How much time one bar covers: a part of a session by the clock, a session, a week from Monday on, a month."""

    MINUTE = "MINUTE"
    FIVE_MINUTES = "FIVE_MINUTES"
    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"


class MoverDirection(StrEnum):
    """Which way a price has moved since the previous close."""

    UP = "UP"
    DOWN = "DOWN"


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A row of the table of instruments, read without the ORM: an object of it takes ten times as long to make."""

    id: UUID
    number: int
    symbol: str
    name: str
    kind: InstrumentKind
    exchange: str | None
    currency: str
    sector: str | None
    first_session: date
    source: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A row of the table of option contracts.

    Price and strike are for one of `multiplier` units; `deliverable` units of the underlying change hands, which are
    others in a contract that a split has adjusted.
    """

    instrument_id: UUID
    underlying_id: UUID
    right: OptionRight
    style: OptionStyle
    strike: Decimal
    expiry: date
    multiplier: int
    deliverable: Decimal

    @property
    def share(self) -> float:
        """Units of the underlying that come for one strike: what its price is multiplied by to be compared with it."""
        return float(self.deliverable) / self.multiplier


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The latest price of an instrument, in its currency, and the session so far.

    `at` is the market's time, `received_at` real time, `sequence` the place in the feed.  `open`, `high`, `low` and
    `volume` are of `session`, None where they are not known; sizes are units.  `grade` and `reasons` are what several
    sources were found to agree on, None and empty where only one was asked.
    """

    instrument_id: UUID
    symbol: str
    name: str
    price: Decimal
    previous_close: Decimal | None
    open: Decimal | None
    high: Decimal | None
    low: Decimal | None
    volume: int | None
    session: date
    at: datetime
    received_at: datetime
    source: QuoteSource
    sequence: int
    bid: Decimal | None = None
    ask: Decimal | None = None
    bid_size: int | None = None
    ask_size: int | None = None
    grade: DataQuality | None = None
    reasons: tuple[str, ...] = ()

    @property
    def change(self) -> Decimal | None:
        """Price less the previous close."""
        return None if self.previous_close is None else EXACT.subtract(self.price, self.previous_close)

    @property
    def change_percent(self) -> float | None:
        """Change in percent of the previous close."""
        if self.previous_close is None or self.change is None:
            return None
        return float(EXACT.divide(self.change, self.previous_close) * 100)


@dataclass(frozen=True, slots=True)
class Close:
    """The price of an instrument at the close of a session, in its currency."""

    instrument_id: UUID
    session: date
    price: Decimal
    source: QuoteSource


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """The sessions of one instrument, oldest first, one entry of each column a session.

    `close` and `adjusted_close` have no NaN; the other columns have NaN where a figure is not covered.  Bars of parts
    of sessions have `begins`, and no adjusted close; those of several sessions have the last of them.
    """

    sessions: tuple[date, ...]
    open: Vector
    high: Vector
    low: Vector
    close: Vector
    adjusted_close: Vector
    volume: Vector
    sources: tuple[QuoteSource, ...]
    vwap: Vector
    trades: Vector
    begins: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class AlignedHistory:
    """Adjusted closes of several instruments: `closes` has the shape (sessions, symbols), no NaN, oldest first."""

    sessions: tuple[date, ...]
    symbols: tuple[str, ...]
    closes: Vector


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """A place in the feed: `sequence` counts within `epoch`."""

    epoch: UUID
    sequence: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Quotes, and the state of the feed that they were read in."""

    position: FeedPosition
    quotes: Sequence[Quote | None]
