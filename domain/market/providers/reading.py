"""Reads the answers of providers: whatever the bytes, what comes back has the type that was asked for, or a fault is
raised.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from fractions import Fraction
from typing import Any, Final, NoReturn

from domain.kernel.dates import EARLIEST_DATE, LATEST_DATE, NEW_YORK
from domain.kernel.money import PRICE_PLACES, fits, to_price
from domain.kernel.web import Answer
from domain.market.providers.provider import FaultKind, ProviderFault

# More entries than decades of minutes have in one answer: none of ours asks for so many.
MAXIMUM_ENTRIES: Final = 100_000
_MAXIMUM_DIGITS: Final = 40
# What of an answer a message repeats.
_SHOWN: Final = 200

_MISSING: Final = frozenset({"", "-", "--", ".", "none", "null", "n/a", "na", "nan"})
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
_LARGEST: Final = Decimal(10) ** 17
_LARGEST_WHOLE: Final = 2**63 - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# No company has split its shares into parts smaller than these, or into more.
_LARGEST_PART: Final = 1_000
_LARGEST_NUMERATOR: Final = 100_000
_LONGEST_WAIT: Final = timedelta(days=1)
_REFUSALS: Final = frozenset({401, 402, 403})


def garbled(expected: str, got: object) -> ProviderFault:
    """Return the fault of an answer that has another shape than was expected."""
    return ProviderFault(FaultKind.GARBLED, f"expected {expected}, got {_short(got)}")


def json_of(answer: Answer) -> Any:
    """Return what an answer holds, its numbers exact.  Raises `ProviderFault` for a status that is no success, too."""
    check_status(answer)
    try:
        return _DECODER.decode(answer.body.decode())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise garbled("JSON", answer.body) from None


def check_status(answer: Answer) -> None:
    """Let an answer with a status of success pass.  Raises `ProviderFault`."""
    status = answer.status
    if 200 <= status < 300:
        return
    message = f"expected status 200, got {status}: {_short(answer.body)}"
    if status == 429:
        raise ProviderFault(FaultKind.RATE_LIMITED, message, retry_after=retry_after(answer))
    if status in _REFUSALS:
        raise ProviderFault(FaultKind.REFUSED, message)
    if status == 404:
        raise ProviderFault(FaultKind.NOT_FOUND, message)
    if status == 503 and retry_after(answer) is not None:
        raise ProviderFault(FaultKind.DOWN, message, retry_after=retry_after(answer))
    raise ProviderFault(FaultKind.DOWN if status >= 500 else FaultKind.GARBLED, message)


def retry_after(answer: Answer) -> float | None:
    """Return for how many seconds an answer asks us to wait, at most a day; None where it does not say."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit() and len(told) < 10:
        return min(float(told), _LONGEST_WAIT.total_seconds())
    if told:
        try:
            until = parsedate_to_datetime(told)
        except (ValueError, OverflowError):
            return None
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    else:
        reset = answer.headers.get("x-ratelimit-reset", "").strip()
        if not (reset.isascii() and reset.isdigit() and len(reset) < 12):
            return None
        until = _EPOCH + timedelta(seconds=int(reset))
    wait = min(max(until - answer.received_at, timedelta(0)), _LONGEST_WAIT)
    return wait.total_seconds()


def record_of(value: object, what: str) -> "Record":
    """Return an object of an answer.  Raises `ProviderFault`."""
    if not isinstance(value, dict):
        raise garbled(f"an object as {what}", value)
    return Record(value, what)


def records_of(value: object, what: str) -> Iterator["Record"]:
    """Return the objects of a list, which is checked at once.  Raises `ProviderFault`."""
    if not isinstance(value, list):
        raise garbled(f"a list of {what}", value)
    if len(value) > MAXIMUM_ENTRIES:
        raise garbled(f"at most {MAXIMUM_ENTRIES} {what}", len(value))
    return (record_of(each, what) for each in value)


@dataclass(frozen=True, slots=True)
class Record:
    """An object of an answer, whose members are read by name.  Every method raises `ProviderFault`."""

    members: Mapping[str, Any]
    what: str

    def get(self, name: str) -> Any:
        """Return a member as it is, None where there is none."""
        return self.members.get(name)

    def record(self, name: str) -> "Record":
        """Return a member that is an object."""
        return record_of(self.members.get(name), f"{name} of {self.what}")

    def records(self, name: str) -> Iterator["Record"]:
        """Return a member that is a list of objects."""
        return records_of(self.members.get(name), f"{name} of {self.what}")

    def text(self, name: str) -> str | None:
        """Return a text without spaces around it; None where it is missing or says so."""
        value = self.members.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise garbled(f"a text as {name} of {self.what}", value)
        text = value.strip()
        return None if text.lower() in _MISSING else text

    def needed_text(self, name: str) -> str:
        """Return a text that must be there."""
        found = self.text(name)
        if found is None:
            raise garbled(f"a text as {name} of {self.what}", self.members.get(name))
        return found

    def texts(self, name: str) -> list[str]:
        """Return a member that is a list of texts; an empty one where it is missing."""
        value = self.members.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise garbled(f"a list of texts as {name} of {self.what}", value)
        return value[:MAXIMUM_ENTRIES]

    def number(self, name: str) -> Decimal | None:
        """Return a number, also one that is written as text, with a percent sign or without."""
        return number_of(self.members.get(name), f"{name} of {self.what}")

    def price(self, name: str) -> Decimal | None:
        """Return a price, to 10 decimal places; None where it is missing or zero, which no price is."""
        found = self.number(name)
        if found is None or not found:
            return None
        if found < 0:
            raise garbled(f"a price as {name} of {self.what}", found)
        return to_price(found) or None

    def needed_price(self, name: str) -> Decimal:
        """Return a price that must be there."""
        found = self.price(name)
        if found is None:
            raise garbled(f"a price as {name} of {self.what}", self.members.get(name))
        return found

    def whole(self, name: str) -> int | None:
        """Return a whole number, 0 or more: volumes and sizes, whose fractions are cut off."""
        found = self.number(name)
        if found is None:
            return None
        if not 0 <= found <= _LARGEST_WHOLE:
            raise garbled(f"a number of units as {name} of {self.what}", found)
        return int(found)

    def volatility(self, name: str) -> float | None:
        """Return an implied volatility, an annual fraction; None where it is missing or zero, which none is."""
        found = self.number(name)
        if found is None or not found:
            return None
        if found < 0:
            raise garbled(f"a volatility as {name} of {self.what}", found)
        return float(found)

    def day(self, name: str) -> date | None:
        """Return a date; of a time, the date as it is written."""
        text = self.text(name)
        return None if text is None else day_of(text, f"{name} of {self.what}")

    def needed_day(self, name: str) -> date:
        """Return a date that must be there."""
        found = self.day(name)
        if found is None:
            raise garbled(f"a date as {name} of {self.what}", self.members.get(name))
        return found

    def instant(self, name: str) -> datetime | None:
        """Return an instant in UTC: of a text with its offset, or without one in UTC; of a number since 1970.

        The number is in seconds, milliseconds, microseconds or nanoseconds, whichever makes it an instant of our time.
        """
        value = self.members.get(name)
        what = f"{name} of {self.what}"
        if isinstance(value, str):
            text = self.text(name)
            return None if text is None else instant_of(text, what)
        number = _number(value, what)
        return None if number is None or not number else instant_since_1970(number, what)

    def needed_instant(self, name: str) -> datetime:
        """Return an instant that must be there."""
        found = self.instant(name)
        if found is None:
            raise garbled(f"a time as {name} of {self.what}", self.members.get(name))
        return found


def number_of(value: object, what: str) -> Decimal | None:
    """Return a number below 1e17, to 10 places; None where it is missing or says so.  Raises `ProviderFault`."""
    number = _number(value, what)
    if number is None:
        return None
    if abs(number) >= _LARGEST:
        raise garbled(f"a number below 1e17 as {what}", number)
    return number if fits(number, PRICE_PLACES) else to_price(number)


def _number(value: object, what: str) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip().removesuffix("%").replace(",", "")
        if text.lower() in _MISSING:
            return None
        if _NUMBER.fullmatch(text) is None:
            raise garbled(f"a number as {what}", value)
        value = Decimal(text)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise garbled(f"a number as {what}", value)
    number = Decimal(value)
    if not number.is_finite():
        raise garbled(f"a number as {what}", number)
    return number


def day_of(text: str, what: str) -> date:
    """Return a date from 1900 to 2100 that stands at the beginning of a text.  Raises `ProviderFault`."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise garbled(f"a date as {what}", text) from None
    if not EARLIEST_DATE <= day <= LATEST_DATE:
        raise garbled(f"a date from {EARLIEST_DATE} to {LATEST_DATE} as {what}", day)
    return day


def instant_of(text: str, what: str) -> datetime:
    """Return the instant of a text, in UTC unless it has another offset.  Raises `ProviderFault`."""
    # Nanoseconds are cut off: our clock has none.
    short = re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text, flags=re.ASCII)
    try:
        instant = datetime.fromisoformat(short)
        instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise garbled(f"a time as {what}", text) from None
    return _checked_instant(instant, what)


def instant_in_new_york(text: str, what: str) -> datetime:
    """Return the instant of a text without an offset that is a time in New York.  Raises `ProviderFault`."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise garbled(f"a time as {what}", text) from None
    try:
        return _checked_instant(local.replace(tzinfo=NEW_YORK).astimezone(UTC), what)
    except OverflowError:
        raise garbled(f"a time as {what}", text) from None


def instant_since_1970(number: Decimal, what: str) -> datetime:
    """Return the instant of a number of seconds or parts of them since 1970.  Raises `ProviderFault`."""
    for limit, unit in ((10**11, 1), (10**14, 10**3), (10**17, 10**6), (10**20, 10**9)):
        if abs(number) < limit:
            try:
                instant = _EPOCH + timedelta(microseconds=int(number * 10**6 // unit))
            except OverflowError:
                break
            return _checked_instant(instant, what)
    raise garbled(f"a time as {what}", number)


def session_of(instant: datetime) -> date:
    """Return the date in New York of an instant."""
    return instant.astimezone(NEW_YORK).date()


def number_text(value: object, what: str) -> str:
    """Return an id that is a number, or a text, as text.  Raises `ProviderFault`."""
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise garbled(f"a text or number as {what}", value)
    return str(value)


def whole_text(text: str | None) -> int | None:
    """Return the number that a text of digits writes, leading zeros and all; None for what is no such text."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 19 else None


def whole_ratio(numerator: Decimal, denominator: Decimal = Decimal(1)) -> tuple[int, int]:
    """Return a ratio in the smallest whole numbers: 3 and 2 for 1.5, 1 and 3 for 0.3333.  Raises `ProviderFault`."""
    if numerator > 0 and denominator > 0:
        exact = Fraction(numerator) / Fraction(denominator)
        # What is written with four digits or more after the point was a third, a seventh or the like.
        near = exact.limit_denominator(_LARGEST_PART)
        if near > 0 and abs(near - exact) <= exact / 1_000 and near.numerator <= _LARGEST_NUMERATOR:
            return near.numerator, near.denominator
    raise garbled("a ratio of a split", f"{numerator}:{denominator}")


def expect_symbol(asked: str, told: str | None) -> None:
    """Refuse an answer about something else.  Raises `ProviderFault`."""
    if told is None or plain_symbol(told) != plain_symbol(asked):
        raise ProviderFault(FaultKind.WRONG_SYMBOL, f"expected an answer about {asked}, got one about {_short(told)}")


def plain_symbol(symbol: str) -> str:
    """Return a symbol with a point between its root and its class, as we spell it: BRK.B for BRK-B and BRK/B."""
    return symbol.strip().upper().replace("-", ".").replace("/", ".").replace(" ", ".")


def dashed_symbol(symbol: str) -> str:
    """Return a symbol with a dash between its root and its class, as some providers spell it."""
    return symbol.replace(".", "-")


def _checked_instant(instant: datetime, what: str) -> datetime:
    if not EARLIEST_DATE <= instant.date() <= LATEST_DATE:
        raise garbled(f"a time from {EARLIEST_DATE} to {LATEST_DATE} as {what}", instant)
    return instant


def _short(value: object) -> str:
    shown = repr(value[:_SHOWN] if isinstance(value, (bytes, str)) else value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _integer(digits: str) -> int:
    if len(digits) > _MAXIMUM_DIGITS:
        raise garbled(f"numbers of at most {_MAXIMUM_DIGITS} digits", len(digits))
    return int(digits)


def _fraction(digits: str) -> Decimal:
    if len(digits) > _MAXIMUM_DIGITS or _NUMBER.fullmatch(digits) is None:
        raise garbled("a number that a price could be", digits)
    return Decimal(digits)


def _constant(name: str) -> NoReturn:
    raise garbled("a number", name)


_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_float=_fraction, parse_constant=_constant)
