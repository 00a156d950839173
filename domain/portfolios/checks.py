"""Checks of single values that users say: each returns the value in normal form, or refuses it with its field."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from domain.kernel.currencies import CURRENCIES
from domain.kernel.dates import EARLIEST_DATE
from domain.kernel.errors import InvalidInput
from domain.kernel.money import DIGITS, EXACT, MONEY_PLACES, PRICE_PLACES, fits
from domain.kernel.text import unprintable_character
from domain.portfolios.errors import DateInFuture, DateOutOfRange, UnknownCurrency

Path = tuple[str, ...]

_NAME_LENGTH = 200
_TEXT_LENGTH = 2000
_KEY_LENGTH = 200
# No company has changed its shares at a ratio of larger numbers.
_LARGEST_RATIO = 10**9


def checked_name(name: str, *, field: Sequence[str] = ("name",), longest: int = _NAME_LENGTH) -> str:
    """Return a name in normal form.  Raises `InvalidInput`."""
    normal = unicodedata.normalize("NFC", name).strip()
    if not 1 <= len(normal) <= longest:
        raise InvalidInput(f"expected a name of 1 to {longest} characters, got {len(normal)}", field=field)
    _check_characters(normal, field)
    return normal


def check_key(key: str) -> None:
    """Let an idempotency key pass.  Raises `InvalidInput`."""
    field = ("idempotency_key",)
    if not 1 <= len(key) <= _KEY_LENGTH:
        raise InvalidInput(f"expected 1 to {_KEY_LENGTH} characters, got {len(key)}", field=field)
    _check_characters(key, field)


def checked_text(text: str | None, *, field: Sequence[str]) -> str | None:
    """Return a free text in normal form.  Raises `InvalidInput`."""
    if text is None:
        return None
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if len(normal) > _TEXT_LENGTH:
        raise InvalidInput(f"expected at most {_TEXT_LENGTH} characters, got {len(normal)}", field=field)
    _check_characters(normal.replace("\n", " ").replace("\t", " "), field)
    return normal


def checked_currency(code: str, *, field: Sequence[str]) -> str:
    """Return the code of a currency.  Raises `UnknownCurrency`."""
    if code not in CURRENCIES:
        raise UnknownCurrency(f"expected a currency code of ISO 4217, got {code[:20]!r}", field=field)
    return code


def check_trade_date(day: date, today: date, field: Sequence[str]) -> None:
    """Let a trade date pass.  Raises `DateInFuture`, `DateOutOfRange`."""
    if day > today:
        raise DateInFuture(f"expected a date up to {today}, the market's today, got {day}", field=field)
    if day < EARLIEST_DATE:
        raise DateOutOfRange(f"expected a date from {EARLIEST_DATE}, got {day}", field=field)


def positive_quantity(number: Decimal, field: Sequence[str]) -> Decimal:
    """Return a number of units, greater than 0.  Raises `InvalidInput`."""
    return _positive(number, PRICE_PLACES, field)


def positive_money(number: Decimal, field: Sequence[str]) -> Decimal:
    """Return an amount greater than 0.  Raises `InvalidInput`."""
    return _positive(number, MONEY_PLACES, field)


def price_of(number: Decimal, field: Sequence[str]) -> Decimal:
    """Return a price, 0 or more.  Raises `InvalidInput`."""
    return _amount(number, PRICE_PLACES, field)


def money_of(number: Decimal, field: Sequence[str]) -> Decimal:
    """Return an amount, 0 or more.  Raises `InvalidInput`."""
    return _amount(number, MONEY_PLACES, field)


def signed_money(number: Decimal, field: Sequence[str]) -> Decimal:
    """Return an amount that is not 0.  Raises `InvalidInput`."""
    if number.is_finite() and number == 0:
        raise InvalidInput("expected a number other than 0, got 0", field=field)
    return _sized(number, MONEY_PLACES, field)


def checked_ratio(numerator: int, denominator: int, path: Path) -> tuple[int, int]:
    """Return a ratio of units.  Raises `InvalidInput`."""
    for name, number in (("numerator", numerator), ("denominator", denominator)):
        if not 1 <= number <= _LARGEST_RATIO:
            raise InvalidInput(f"expected a number from 1 to {_LARGEST_RATIO}, got {number}", field=(*path, name))
    return numerator, denominator


def checked_fraction(number: Decimal, field: Sequence[str]) -> Decimal:
    """Return a fraction from 0 to 1.  Raises `InvalidInput`."""
    fraction = _amount(number, PRICE_PLACES, field)
    if fraction > 1:
        raise InvalidInput(f"expected a fraction from 0 to 1, got {fraction}", field=field)
    return fraction


def check_size(amount: Decimal, field: Sequence[str]) -> None:
    """Refuse a product that no column of money holds.  Raises `InvalidInput`."""
    if not fits(amount, MONEY_PLACES):
        raise InvalidInput(
            f"expected quantity times price, with fees, below 1e{DIGITS - MONEY_PLACES}, got more", field=field
        )


def digest(*parts: object) -> str:
    """Return what tells one input from another: the same for equal values, however they were spelled."""
    return hashlib.sha256(repr([_plain(part) for part in parts]).encode()).hexdigest()


def _plain(part: object) -> object:
    if is_dataclass(part) and not isinstance(part, type):
        told = [(each.name, _plain(getattr(part, each.name))) for each in fields(part)]
        return [type(part).__name__, *(pair for pair in told if pair[1] is not None)]
    if isinstance(part, Decimal) and part.is_finite():
        return f"{part.normalize(EXACT):f}"
    if isinstance(part, Mapping):
        return [(str(key), _plain(part[key])) for key in sorted(part)]
    if isinstance(part, tuple | list):
        return [_plain(each) for each in part] or None
    return None if part is None else str(part)


def _check_characters(text: str, field: Sequence[str]) -> None:
    found = unprintable_character(text)
    if found is not None:
        raise InvalidInput(f"expected printable characters, got {found}", field=field)


def _positive(number: Decimal, places: int, field: Sequence[str]) -> Decimal:
    # NaN is neither greater nor less, and to compare it raises.
    if number.is_finite() and number <= 0:
        raise InvalidInput(f"expected a number greater than 0, got {number}", field=field)
    return _amount(number, places, field)


def _amount(number: Decimal, places: int, field: Sequence[str]) -> Decimal:
    _sized(number, places, field)
    if number < 0:
        raise InvalidInput(f"expected a number of at least 0, got {number}", field=field)
    return number


def _sized(number: Decimal, places: int, field: Sequence[str]) -> Decimal:
    if not fits(number, places):
        raise InvalidInput(
            f"expected at most {DIGITS} digits, {places} of them decimal places, got {str(number)[:60]}", field=field
        )
    return number
