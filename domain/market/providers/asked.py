"""What a provider can be asked, in our words: symbols are ours, dates are of New York, times are UTC."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.market.publications.types import StatementKind, StatementPeriod


class BarLength(StrEnum):
    """How much time one bar covers."""

    MINUTE = "MINUTE"
    FIVE_MINUTES = "FIVE_MINUTES"
    HOUR = "HOUR"
    DAY = "DAY"


@dataclass(frozen=True, slots=True)
class QuotesAsked:
    """The latest quotes of some symbols."""

    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarsAsked:
    """Bars, or dividends and splits, of a symbol from one day to another, both included."""

    symbol: str
    start: date
    end: date
    length: BarLength = BarLength.DAY


@dataclass(frozen=True, slots=True)
class SymbolAsked:
    """What is known of a symbol."""

    symbol: str


@dataclass(frozen=True, slots=True)
class StatementsAsked:
    """The financial statements of a symbol; `cik` is its number at the SEC, where it is known."""

    symbol: str
    kind: StatementKind
    period: StatementPeriod
    cik: int | None = None


@dataclass(frozen=True, slots=True)
class NewsAsked:
    """News about some symbols, or about all, from one day to another, both included."""

    symbols: tuple[str, ...]
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class ChainAsked:
    """The option contracts on a symbol; of one expiry or all."""

    underlying: str
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class SeriesAsked:
    """The values of an economic series from one day to another, both included."""

    code: str
    start: date
    end: date
