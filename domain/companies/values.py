"""Cells of files as numbers, and what had to be done to read them.

A number is read as it is meant in any of the usual ways of writing: with a sign of percent, grouped digits, K, M, B or
T, a currency, parentheses for a negative, a decimal comma. What means "nothing" is nothing, and never zero.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

NaN = math.nan
# Longer cells are no numbers; the bound keeps hostile ones from the regular expressions.
_LONGEST = 40


class Written(IntEnum):
    """How a cell was written."""

    PLAIN = 0
    EMPTY = 1
    TOKEN = 2  # a word or sign for nothing: N/A, -, None, ∞
    PERCENT = 3
    SUFFIX = 4
    GROUPED = 5
    PARENTHESES = 6
    COMMA = 7
    CURRENCY = 8
    UNREADABLE = 9
    TIMES = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: a number, or NaN with the way it was written as the reason."""

    number: float
    written: Written
    in_percent: bool = False
    absolute: bool = False
    certain: bool = True


_TOKENS = frozenset(
    """
    n/a na n.a. n.a #n/a #na nan none null nil - -- --- – — . .. ... ? ∞ -∞ +∞ inf -inf +inf infinity -infinity nm n.m.
    nmf n.m n/m #value! #div/0! #ref! #num! #name? #null! missing unknown unavailable (blank) tbd x \\n
    """.split()
) | {"not available", "not applicable"}

_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12}
_SUFFIXED = re.compile(r"^(.*\d[.,]?)\s*(k|mn|mm|mio|m|bn|b|tn|t)$", re.IGNORECASE)
_CODES = "USD|EUR|GBP|KRW|JPY|CHF|CAD|AUD|NZD|HKD|SGD|TWD|CNY|INR|BRL|MXN|ZAR|SEK|NOK|DKK|PLN|ILS"
_CURRENCY = re.compile(rf"^(?:[A-Z]{{0,3}}[$€£¥₩]|{_CODES})\s*|\s*(?:[$€£¥₩]|{_CODES})$", re.IGNORECASE)
# "12.3x", as ratios are often shown.
_TIMES = re.compile(r"(?<=[0-9.])\s*[x×]$", re.IGNORECASE)
_GROUPED_BY_COMMA = re.compile(r"^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?$")
_GROUPED_BY_DOT = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+$|^[0-9]{1,3}(?:\.[0-9]{3}){2,}$")
_GROUPED_BY_SPACE = re.compile(r"^[0-9]{1,3}(?:[ '’\u00a0\u202f][0-9]{3})+(?:[.,][0-9]*)?$")
_DECIMAL_COMMA = re.compile(r"^[0-9]*,[0-9]+$")
_DECIMAL = re.compile(r"^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?$", re.IGNORECASE)


def _unmistakable(point: str, group: str) -> re.Pattern[str]:
    """Return what can only be read with this sign before decimals: all but three digits after one sign."""
    grouped = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})"
    ways = (
        rf"0{point}[0-9]+",
        rf"[0-9]{{4,}}{point}[0-9]+",
        rf"[0-9]+{point}(?:[0-9]{{1,2}}|[0-9]{{4,}})",
        rf"{grouped}+{point}[0-9]+",
        rf"{grouped}{{2,}}",
    )
    return re.compile(rf"(?<![0-9.,])(?:{'|'.join(ways)})(?![0-9.,])")


_WITH_COMMA, _WITH_POINT = _unmistakable(",", r"\."), _unmistakable(r"\.", ",")
# Of so many cells of a column it is judged, and one stray cell in twenty changes nothing.
_JUDGED, _STRAY = 500, 20
_BY_COMMA = re.compile(r"[^0-9.,]*(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?|[0-9]*,[0-9]+)[^0-9.,]*")

# What float() reads beside digits: words for infinity and nothing, and underscores.
_WORDS = re.compile(r"[_nN]")

_EMPTY = Cell(NaN, Written.EMPTY)
_TOKEN = Cell(NaN, Written.TOKEN)
_UNREADABLE = Cell(NaN, Written.UNREADABLE)


def is_token(text: str) -> bool:
    """Whether a text says that there is nothing."""
    plain = text.strip().casefold()
    # "#N/A N/A", "#N/A Field Not Applicable": with the reason behind it.
    return plain in _TOKENS or plain.startswith("#n/a ")


def _plain_number(text: str) -> float | None:
    # float() takes underscores, words and digits of other scripts as well.
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text and text.isascii() else None


def _digits(text: str) -> tuple[float, Written, bool] | None:
    """Return digits without sign as a number, how they were written, and whether that can be read in one way only."""
    if _DECIMAL.match(text):
        return float(text), Written.PLAIN, True
    if _GROUPED_BY_COMMA.match(text):
        # "1,234" may be a little more than one; whoever writes three digits after a comma mostly groups.
        certain = text.count(",") > 1 or "." in text
        return float(text.replace(",", "")), Written.GROUPED, certain
    if _GROUPED_BY_DOT.match(text):
        return float(text.replace(".", "").replace(",", ".")), Written.GROUPED, True
    if _GROUPED_BY_SPACE.match(text):
        return float(re.sub(r"[ '’\u00a0\u202f]", "", text).replace(",", ".")), Written.GROUPED, True
    if _DECIMAL_COMMA.match(text):
        return float(text.replace(",", ".")), Written.COMMA, True
    return None


def writes_decimal_commas(columns: Sequence[Sequence[str]]) -> bool:
    """Whether numbers of a file have commas before decimals, and dots between thousands: 1.234 is more than 1,234."""
    commas = points = 0
    if any("," in text for texts in columns for text in texts):
        for texts in columns:
            for text in texts[:: max(1, len(texts) // _JUDGED)]:
                if len(text) <= _LONGEST:
                    commas += _WITH_COMMA.search(text) is not None
                    points += _WITH_POINT.search(text) is not None
    return commas > _STRAY * points


def with_decimal_point(text: str) -> str:
    """Return a cell of a file that writes decimal commas as others write it; what is no such number as it is."""
    if len(text) > _LONGEST or _BY_COMMA.fullmatch(text) is None:
        return text
    return text.replace(".", "").replace(",", ".")


def _unwrap(text: str) -> tuple[str, float, bool]:
    """Return a text without its sign, its sign, and whether parentheses were the sign."""
    wrapped = text.startswith("(") and text.endswith(")")
    inner = text[1:-1].strip() if wrapped else text
    sign = -1.0 if wrapped else 1.0
    inner = inner.replace("−", "-")
    if inner[:1] in {"-", "+"}:
        sign = -sign if inner[0] == "-" else sign
        inner = inner[1:].strip()
    elif inner.endswith("-"):
        sign, inner = -sign, inner[:-1].strip()
    return inner, sign, wrapped


def read_number(text: str) -> Cell:
    """Return what a cell of numbers says."""
    plain = _plain_number(text)
    if plain is not None:
        return Cell(plain, Written.PLAIN)
    stripped = text.strip()
    if not stripped:
        return _EMPTY
    if len(stripped) > _LONGEST:
        return _UNREADABLE
    return _TOKEN if is_token(stripped) else _read_decorated(stripped)


def _read_decorated(text: str) -> Cell:
    inner, sign, wrapped = _unwrap(text)
    bare = _CURRENCY.sub("", inner)
    written = Written.PARENTHESES if wrapped else Written.CURRENCY if bare != inner else Written.PLAIN
    if not wrapped and bare != inner:
        bare, more, _ = _unwrap(bare)
        sign *= more
    in_percent = bare.endswith("%")
    bare = bare.rstrip("%").strip()
    ratio = _TIMES.sub("", bare)
    times, bare = ratio != bare, ratio
    suffix = _SUFFIXED.match(bare)
    factor = _SUFFIXES[suffix.group(2).lower()] if suffix else 1.0
    found = _digits(suffix.group(1).strip() if suffix else bare)
    if found is None:
        return _UNREADABLE
    number, how, certain = found
    if in_percent:
        written = Written.PERCENT
    elif suffix:
        written = Written.SUFFIX
    elif times:
        written = Written.TIMES
    elif how is not Written.PLAIN:
        written = how
    return Cell(sign * number * factor, written, in_percent, suffix is not None, certain)


def scaled(number: float, factor: float) -> float:
    """Return the float nearest to a number times a factor, both as they are written: 0.31996 × 100 is 31.996."""
    return float(Decimal(repr(number)) * Decimal(repr(factor))) if math.isfinite(number) else number


def _all_plain(texts: Sequence[str], places: int) -> list[float] | None:
    # "0.31996e2" is read as exactly what is meant; a product of floats is off by its last digit.
    ending = f"e{places}" if places else ""
    try:
        numbers = [float(text + ending) if text else NaN for text in texts]
    except ValueError:
        return None
    joined = "".join(texts)
    return numbers if joined.isascii() and _WORDS.search(joined) is None else None


def read_numbers(texts: Sequence[str], places: int = 0) -> tuple[list[float], list[tuple[int, Cell]]]:
    """Return the numbers of a column times ten to this power, NaN for none, and every cell that was not written plainly
    with its row, without that power.
    """
    fast = _all_plain(texts, places)
    if fast is not None:
        return fast, [(row, _EMPTY) for row, text in enumerate(texts) if not text]
    numbers: list[float] = []
    others: list[tuple[int, Cell]] = []
    for row, text in enumerate(texts):
        plain = _plain_number(text)
        if plain is None:
            cell = read_number(text)
            others.append((row, cell))
            plain = cell.number
        numbers.append(scaled(plain, 10.0**places) if places else plain)
    return numbers, others
