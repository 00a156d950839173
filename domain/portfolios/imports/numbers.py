"""Numbers as brokers write them: currency signs, thousands, parentheses, decimal commas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from domain.kernel.money import DIGITS, PRICE_PLACES, ZERO, fits

# What stands in a cell for which there is no number.
_NOTHING: Final = frozenset({"", "-", "--", "---", "n/a", "na", "null", "none"})
_SPACES: Final = re.compile("[\\s\u00a0\u202f'’]", re.UNICODE)
_SIGNS: Final = re.compile("[$€£¥₹]")
# What needs no second look: most numbers of most files.
_SIMPLE: Final = re.compile(r"-?\d{1,18}(?:\.(?:\d\d?|\d{4,10}))?", re.ASCII)
_NUMBER: Final = re.compile(r"\d[\d.,]*|[.,]\d+", re.ASCII)
_THOUSANDS_OF_COMMAS: Final = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)
_THOUSANDS_OF_POINTS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)
_LONGEST: Final = 60


class NotANumber(ValueError):
    """The text of a cell is no number that can be kept; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How a column writes its decimals: with a comma, and whether anything in the file says so."""

    comma: bool
    certain: bool


def marks_of(texts: Iterable[str], *, likely_comma: bool) -> Marks:
    """Return how decimals are written, from all the texts of a file's numbers.

    `likely_comma` is for a file that shows nothing of it but thousands, or what may be them.
    """
    comma = point = False
    for text in texts:
        if "," not in text and (point or "." not in text):
            continue
        plain = _plain(text)[0]
        found = _decimal_mark(plain)
        comma, point = comma or found == ",", point or found == "."
    if comma != point:
        return Marks(comma, certain=True)
    return Marks(comma=False, certain=not likely_comma)


def number_of(text: str, marks: Marks) -> tuple[Decimal | None, bool]:
    """Return the number in a cell, None for none, and whether it could be read in another way.

    Raises `NotANumber`.
    """
    if _SIMPLE.fullmatch(text) is not None:
        return Decimal(text) or ZERO, False
    if text.strip().casefold() in _NOTHING:
        return None, False
    plain, is_negative = _plain(text)
    if len(text) > _LONGEST or _NUMBER.fullmatch(plain) is None:
        raise NotANumber(f"expected a number, got {text[:40]!r}")
    mark = _decimal_mark(plain)
    is_open = mark is None and ("," in plain or "." in plain)
    if is_open:
        mark = "," if marks.comma else "."
    other = "." if mark == "," else ","
    exact = plain.replace(other, "").replace(",", ".")
    if exact.count(".") > 1:
        raise NotANumber(f"expected a number, got {text[:40]!r}")
    number = Decimal(exact)
    if not fits(number, PRICE_PLACES):
        raise NotANumber(
            f"expected at most {DIGITS - PRICE_PLACES} digits before the point and {PRICE_PLACES} after it, "
            f"got {text[:60]!r}"
        )
    return (number.copy_negate() if is_negative and number else number), is_open and not marks.certain


def _plain(text: str) -> tuple[str, bool]:
    """Return a number without what is around it, and whether that made it negative."""
    plain = _SPACES.sub("", text)
    is_negative = plain.startswith("(") and plain.endswith(")")
    if is_negative:
        plain = plain[1:-1]
    plain = _SIGNS.sub("", plain, count=1)
    if plain.startswith(("+", "-")):
        is_negative, plain = is_negative != (plain[0] == "-"), plain[1:]
    elif plain.endswith("-"):
        is_negative, plain = not is_negative, plain[:-1]
    return plain, is_negative


def _decimal_mark(plain: str) -> str | None:
    """Return what separates the decimals of a number, None where it has none, or leaves it open."""
    if "," in plain and "." in plain:
        return "," if plain.rfind(",") > plain.rfind(".") else "."
    for mark, other, thousands in ((",", ".", _THOUSANDS_OF_COMMAS), (".", ",", _THOUSANDS_OF_POINTS)):
        if mark in plain:
            if not thousands.fullmatch(plain):
                return mark
            # 1,234,567 is no decimal, and 1,234 may be one.
            return other if plain.count(mark) > 1 else None
    return None
