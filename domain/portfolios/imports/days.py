"""Dates as brokers write them; of both orders, for which a whole column decides."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.dates import EARLIEST_DATE, LATEST_DATE
from domain.portfolios.imports.mapping import DateOrder

_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[ T;,].*)?", re.ASCII | re.DOTALL)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ T;,].*)?", re.ASCII | re.DOTALL)
_MONTH_NAMED: Final = re.compile(r"([A-Za-z]{3})[a-z]*\.?[- ](\d{1,2}),?[- ](\d{4})", re.ASCII)
_DAY_THEN_NAME: Final = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*\.?,?[- ](\d{4})", re.ASCII)
# "09/15/2025 as of 09/12/2025": booked on the first, done on the second.
_AS_OF: Final = re.compile(r".* as of (.+)", re.DOTALL)
_MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


class NotADay(ValueError):
    """The text of a cell is no date; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the dates of a column are read: by an order, which the column has shown, or somebody has said, or not."""

    order: DateOrder
    certain: bool


def reading_of(texts: Iterable[str], asked: DateOrder | None, usual: DateOrder) -> Reading:
    """Return the order of a column's dates: what was asked for, what one of them leaves alone, or the usual one."""
    if asked is not None:
        return Reading(asked, certain=True)
    month_first = day_first = True
    for text in texts:
        found = _YEAR_LAST.fullmatch(_bare(text))
        if found is not None:
            month_first = month_first and int(found[1]) <= 12
            day_first = day_first and int(found[2]) <= 12
    if month_first == day_first:
        return Reading(usual, certain=False)
    return Reading(DateOrder.MONTH_FIRST if month_first else DateOrder.DAY_FIRST, certain=True)


def day_of(text: str, reading: Reading) -> tuple[date, bool]:
    """Return the date in a cell, and whether it could be another.  Raises `NotADay`."""
    bare = _bare(text)
    try:
        day, is_open = _day(bare, reading)
    except ValueError:
        raise NotADay(f"expected a date that exists, got {text[:40]!r}") from None
    if day is None:
        raise NotADay(f"expected a date, as 2025-09-22, got {text[:40]!r}")
    if not EARLIEST_DATE <= day <= LATEST_DATE:
        raise NotADay(f"expected a date from {EARLIEST_DATE} to {LATEST_DATE}, got {text[:40]!r}")
    return day, is_open


def _bare(text: str) -> str:
    bare = text.strip()
    found = _AS_OF.fullmatch(bare)
    return bare if found is None else found[1].strip()


def _day(bare: str, reading: Reading) -> tuple[date | None, bool]:
    if found := _YEAR_FIRST.fullmatch(bare):
        return date(int(found[1]), int(found[3]), int(found[4])), False
    if found := _YEAR_LAST.fullmatch(bare):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        if first > 12 or second > 12:
            month, day = (second, first) if first > 12 else (first, second)
            return date(year, month, day), False
        month, day = (first, second) if reading.order is DateOrder.MONTH_FIRST else (second, first)
        return date(year, month, day), not reading.certain and first != second
    if found := _MONTH_NAMED.fullmatch(bare):
        return date(int(found[3]), _month(found[1]), int(found[2])), False
    if found := _DAY_THEN_NAME.fullmatch(bare):
        return date(int(found[3]), _month(found[2]), int(found[1])), False
    return None, False


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    # As POSIX has it for years of two digits.
    return year + (1900 if year >= 69 else 2000)


def _month(name: str) -> int:
    month = _MONTHS.get(name.lower())
    if month is None:
        raise ValueError(name)
    return month
