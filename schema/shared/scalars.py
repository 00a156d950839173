"""Scalars of our own: strict in, canonical out, exact or refused.

Annotate with `Decimal`, `datetime`, `date` and `BigInt`, and build the schema with
`StrawberryConfig(scalar_map=SCALARS)`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError
from graphql.pyutils import inspect
from strawberry.types.scalar import ScalarDefinition

from domain.kernel.dates import EARLIEST_DATE, LATEST_DATE
from domain.kernel.money import DIGITS, PRICE_PLACES, ZERO, fits

# An integer of 64 bits with a sign; as a string in the API, because numbers of JavaScript are exact to 53 bits only.
BigInt = NewType("BigInt", int)

LARGEST_BIG_INT: Final = 2**63 - 1
# No number of ours has more digits; printing one would take a line for each order of magnitude.
_LARGEST_EXPONENT: Final = 60

_DECIMAL: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DATE_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])",
    re.ASCII,
)
_BIG_INT: Final = re.compile(r"0|-?[1-9][0-9]{0,18}", re.ASCII)


def parse_decimal(value: Any) -> Decimal:
    """Return the number that a string like "-12.50" stands for, exactly.  Raises `GraphQLError`.

    One that is too large or too fine for us is a number all the same: whoever takes it refuses it with its field, by
    `is_storable`.  Until then nobody writes out its digits, of which an exponent makes ten thousand.
    """
    if not isinstance(value, str) or _DECIMAL.fullmatch(value) is None:
        raise _unexpected('a string like "-12.5"', value)
    return Decimal(value) or ZERO


def is_storable(number: Decimal) -> bool:
    """Whether a number has no more digits than our columns hold."""
    return fits(number, PRICE_PLACES)


STORABLE: Final = f"at most {DIGITS - PRICE_PLACES} digits before the point and {PRICE_PLACES} after it"


def serialize_decimal(value: Any) -> str:
    """Return a finite number without exponent, trailing zeros or negative zero.  Raises `TypeError`."""
    if not isinstance(value, Decimal) or not value.is_finite() or (abs(value.adjusted()) > _LARGEST_EXPONENT and value):
        raise TypeError(f"expected a finite Decimal, got {value!r}")
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_date_time(value: Any) -> datetime:
    """Return the instant, in UTC, that an RFC 3339 string with an offset stands for.  Raises `GraphQLError`."""
    if isinstance(value, str) and _DATE_TIME.fullmatch(value) is not None:
        try:
            instant = datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError):
            raise _unexpected("an instant that exists", value) from None
        if EARLIEST_DATE <= instant.date() <= LATEST_DATE:
            return instant
        raise _unexpected(f"an instant from {EARLIEST_DATE} to {LATEST_DATE}", value)
    raise _unexpected('a string like "2024-12-31T16:00:00.000Z", with an offset', value)


def serialize_date_time(value: Any) -> str:
    """Return an instant in UTC with exactly three fractional digits.  Raises `TypeError`."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError(f"expected a datetime with a timezone, got {value!r}")
    instant = value if value.tzinfo is UTC else value.astimezone(UTC)
    return instant.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_date(value: Any) -> date:
    """Return the day that a string like "2024-12-31" stands for.  Raises `GraphQLError`."""
    if isinstance(value, str) and _DATE.fullmatch(value) is not None:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise _unexpected("a day that exists", value) from None
        if EARLIEST_DATE <= day <= LATEST_DATE:
            return day
        raise _unexpected(f"a day from {EARLIEST_DATE} to {LATEST_DATE}", value)
    raise _unexpected('a string like "2024-12-31"', value)


def serialize_date(value: Any) -> str:
    """Return a day as YYYY-MM-DD.  Raises `TypeError`."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"expected a date, got {value!r}")
    return value.isoformat()


def parse_big_int(value: Any) -> BigInt:
    """Return the integer that a string or an integer stands for.  Raises `GraphQLError`."""
    if isinstance(value, str) and _BIG_INT.fullmatch(value) is not None:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _unexpected('an integer, or a string like "-12"', value)
    if not -LARGEST_BIG_INT - 1 <= value <= LARGEST_BIG_INT:
        raise _unexpected("an integer of 64 bits", value)
    return BigInt(value)


def serialize_big_int(value: Any) -> str:
    """Return an integer of 64 bits as a string.  Raises `TypeError`."""
    if not isinstance(value, int) or isinstance(value, bool) or not -LARGEST_BIG_INT - 1 <= value <= LARGEST_BIG_INT:
        raise TypeError(f"expected an integer of 64 bits, got {value!r}")
    return str(value)


def _unexpected(expected: str, got: object) -> GraphQLError:
    return GraphQLError(f"expected {expected}, got {inspect(got)}")


SCALARS: Final[Mapping[object, ScalarDefinition]] = {
    Decimal: strawberry.scalar(
        name="Decimal",
        description=(
            "An exact decimal number, as a string: at most 18 digits before the point and 10 after it. Out: without "
            "exponent or trailing zeros."
        ),
        serialize=serialize_decimal,
        parse_value=parse_decimal,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description=(
            "An instant (RFC 3339). In: with any offset. Out: in UTC, with exactly three fractional digits and `Z`."
        ),
        serialize=serialize_date_time,
        parse_value=parse_date_time,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar day (ISO 8601), as YYYY-MM-DD.",
        serialize=serialize_date,
        parse_value=parse_date,
    ),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="An integer of 64 bits with a sign, as a string. An integer literal is taken too.",
        serialize=serialize_big_int,
        parse_value=parse_big_int,
    ),
}
