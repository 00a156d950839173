"""What providers say, in one form: exact numbers as they were written, UTC times, our symbols.

What is missing is None, also where the provider writes a zero for it; a split of 1:1 and a dividend of 0 are nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.types import ActionKind, InstrumentKind, OptionRight, OptionStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedQuote:
    """The latest price of a symbol.  `at` is when it was made; sizes are units, not lots."""

    symbol: str
    price: Decimal
    at: datetime
    previous_close: Decimal | None = None
    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    volume: int | None = None
    bid: Decimal | None = None
    ask: Decimal | None = None
    bid_size: int | None = None
    ask_size: int | None = None
    currency: str | None = None
    # The provider says that this price is not of now.
    is_delayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedBar:
    """One bar.  `at` is when it begins; of a daily bar only `session` counts.

    `close` is as it was traded unless `is_split_adjusted`; `adjusted_close` is the provider's own, None without one.
    """

    session: date
    close: Decimal
    at: datetime | None = None
    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    adjusted_close: Decimal | None = None
    volume: int | None = None
    # Average price by volume, and number of trades.
    vwap: Decimal | None = None
    trades: int | None = None
    is_split_adjusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedAction:
    """A dividend of `cash` a unit, or a split of `numerator` new units for `denominator` old."""

    symbol: str
    kind: ActionKind
    ex_date: date
    cash: Decimal | None = None
    currency: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    pay_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedProfile:
    """What an instrument is.  `exchange` is a MIC, `country` ISO 3166-1 alpha-2, `cik` its number at the SEC."""

    symbol: str
    name: str
    kind: InstrumentKind | None = None
    exchange: str | None = None
    currency: str | None = None
    sector: str | None = None
    industry: str | None = None
    country: str | None = None
    cusip: str | None = None
    isin: str | None = None
    cik: int | None = None
    market_cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedStatement:
    """One financial statement.  `figures` keeps the provider's names of lines; amounts are whole units of currency."""

    symbol: str
    kind: StatementKind
    period: StatementPeriod
    fiscal_year: int
    fiscal_quarter: int | None
    ends_on: date
    currency: str
    figures: Mapping[str, Decimal | None]
    filed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedNews:
    """A piece of news; `key` is the provider's own."""

    key: str
    title: str
    published_at: datetime
    symbols: tuple[str, ...] = ()
    summary: str | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedContract:
    """An option contract and what is quoted for it.  Implied volatility is an annual fraction.

    `root` is that of its OCC symbol, None where that is the underlying's symbol without its point.  `underlying_price`
    is what the provider says of the underlying beside the quote.
    """

    underlying: str
    right: OptionRight
    style: OptionStyle
    strike: Decimal
    expiry: date
    multiplier: int = 100
    bid: Decimal | None = None
    ask: Decimal | None = None
    last: Decimal | None = None
    volume: int | None = None
    open_interest: int | None = None
    implied_volatility: float | None = None
    at: datetime | None = None
    root: str | None = None
    underlying_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A row of a file that could not be read, and why; the others can."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedSeries:
    """An economic series, or a part of it; None for a date whose value is missing.

    Where the values come without what describes the series, the title is its code and the rest is empty.
    """

    code: str
    title: str
    units: str
    frequency: str
    points: tuple[tuple[date, Decimal | None], ...]
    seasonal_adjustment: str | None = None
