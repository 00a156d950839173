"""What is asked of companies: filters and orders as data, and how large they may be.  Pure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.companies.catalogue import RATINGS
from domain.kernel.errors import BadUserInput

DEEPEST: Final = 6
MOST_CONDITIONS: Final = 50
MOST_TICKERS: Final = 500
# Each is a reading of all companies as of that day.
MOST_DAYS: Final = 3
_LONGEST_TEXT: Final = 200


class Measure(StrEnum):
    """What of a metric is meant.

    PERCENTILE: what percent of the others it is above.  Z_SCORE: how many robust deviations it is from the median.
    CHANGE: what it is more than on an earlier day; CHANGE_PERCENT: that in percent of what it was, without its sign.
    """

    VALUE = "VALUE"
    PERCENTILE = "PERCENTILE"
    Z_SCORE = "Z_SCORE"
    CHANGE = "CHANGE"
    CHANGE_PERCENT = "CHANGE_PERCENT"


class Peers(StrEnum):
    """Among which active companies a company stands."""

    ALL = "ALL"
    SECTOR = "SECTOR"
    INDUSTRY = "INDUSTRY"


STANDINGS: Final = frozenset({Measure.PERCENTILE, Measure.Z_SCORE})
CHANGES: Final = frozenset({Measure.CHANGE, Measure.CHANGE_PERCENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A number of each company: a metric, where it stands among its peers, or how it has changed since a day."""

    code: str
    measure: Measure = Measure.VALUE
    within: Peers | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number is between two bounds, both included; without either it only has to be there."""

    of: Measured
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """All of what is given must hold; None and nothing ask nothing.

    Whatever a company has no value of neither holds nor fails for it: it is in no answer, that of `negated` neither.
    """

    industry: str | None = None
    sector: str | None = None
    country: str | None = None
    exchange: str | None = None
    ratings: tuple[str, ...] | None = None
    tickers: tuple[str, ...] | None = None
    quality_at_least: float | None = None
    metrics: tuple[Range, ...] = ()
    all_of: tuple["Filter", ...] = ()
    any_of: tuple["Filter", ...] | None = None
    negated: "Filter | None" = None

    def parts(self) -> Iterator["Filter"]:
        """Iterate over the filters within."""
        yield from self.all_of
        yield from self.any_of or ()
        if self.negated is not None:
            yield self.negated


class OrderField(StrEnum):
    """What companies are ordered by beside numbers."""

    TICKER = "TICKER"
    NAME = "NAME"
    INDUSTRY = "INDUSTRY"
    SECTOR = "SECTOR"
    EXCHANGE = "EXCHANGE"
    COUNTRY = "COUNTRY"
    RATING = "RATING"
    AS_OF = "AS_OF"
    DATA_QUALITY = "DATA_QUALITY"


@dataclass(frozen=True, slots=True)
class Order:
    """By a number or by a field: who has none comes last either way, and equals by their tickers."""

    by: Measured | OrderField = OrderField.TICKER
    descending: bool = False


EVERYTHING: Final = Filter()
BY_TICKER: Final = Order()


def measured_in(asked: Filter, order: Order = BY_TICKER) -> list[Measured]:
    """Return the numbers that a filter and an order speak of, each once."""
    found: dict[Measured, None] = {}
    waiting = [asked]
    while waiting:
        each = waiting.pop()
        found |= dict.fromkeys(part.of for part in each.metrics)
        waiting.extend(each.parts())
    if isinstance(order.by, Measured):
        found[order.by] = None
    return list(found)


def check_screen(asked: Filter, order: Order = BY_TICKER) -> None:
    """Let what can be answered pass.  Raises `BadUserInput`."""
    conditions = _check_filter(asked, 1)
    if conditions > MOST_CONDITIONS:
        raise BadUserInput(f"expected a filter of at most {MOST_CONDITIONS} conditions, got {conditions}")
    if isinstance(order.by, Measured):
        _check_measured(order.by)
    days = {each.since for each in measured_in(asked, order)} - {None}
    if len(days) > MOST_DAYS:
        raise BadUserInput(f"expected changes since at most {MOST_DAYS} different days, got {len(days)}")


def _check_filter(asked: Filter, depth: int) -> int:
    """Check a filter and all within; return how many conditions it has."""
    if depth > DEEPEST:
        raise BadUserInput(f"expected filters at most {DEEPEST} deep, got more")
    if asked.any_of is not None and not asked.any_of:
        raise BadUserInput("expected at least one filter in or, got none")
    _check_texts(asked)
    for part in asked.metrics:
        _check_range(part)
    own = sum(value not in (None, ()) for value in _plain(asked)) + len(asked.metrics)
    return max(own, 1) + sum(_check_filter(part, depth + 1) for part in asked.parts())


def _plain(asked: Filter) -> tuple[object, ...]:
    return (
        *(asked.industry, asked.sector, asked.country, asked.exchange),
        *(asked.ratings, asked.tickers, asked.quality_at_least),
    )


def _check_texts(asked: Filter) -> None:
    for text in (asked.industry, asked.sector, asked.country, asked.exchange):
        if text is not None and not 1 <= len(text) <= _LONGEST_TEXT:
            raise BadUserInput(f"expected a text of 1 to {_LONGEST_TEXT} characters, got {len(text)}")
    if asked.tickers is not None and not 1 <= len(asked.tickers) <= MOST_TICKERS:
        raise BadUserInput(f"expected 1 to {MOST_TICKERS} tickers, got {len(asked.tickers)}")
    if asked.ratings is not None and (not asked.ratings or not set(asked.ratings) <= set(RATINGS)):
        raise BadUserInput(f"expected ratings among {', '.join(RATINGS)}, got {', '.join(asked.ratings) or 'none'}")
    _check_bound("qualityAtLeast", asked.quality_at_least)


def _check_bound(name: str, bound: float | None) -> None:
    if bound is not None and not math.isfinite(bound):
        raise BadUserInput(f"expected a finite number for {name}, got {bound}")


def _check_range(part: Range) -> None:
    _check_measured(part.of)
    _check_bound("atLeast", part.at_least)
    _check_bound("atMost", part.at_most)
    if part.at_least is not None and part.at_most is not None and part.at_least > part.at_most:
        raise BadUserInput(f"expected atLeast up to atMost, got {part.at_least:g} and {part.at_most:g}")


def _check_measured(of: Measured) -> None:
    if of.measure not in STANDINGS and of.within is not None:
        raise BadUserInput(f"expected within for a percentile or score alone, got it for {of.measure}")
    if (of.measure in CHANGES) is (of.since is None):
        raise BadUserInput(f"expected since for a change, and for nothing else, got {of.since} for {of.measure}")
