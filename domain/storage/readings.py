"""What a database answers to raw SQL, as the types that it stands for: PostgreSQL gives them, SQLite gives text."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.kernel.money import to_price


def as_date(value: Any) -> date:
    """Return a date."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def as_datetime(value: Any) -> datetime:
    """Return an instant in UTC."""
    found: datetime = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found if found.tzinfo is UTC else found.astimezone(UTC)


def as_decimal(value: Any) -> Decimal | None:
    """Return an exact number, or None."""
    return value if value is None or isinstance(value, Decimal) else Decimal(value)


def as_uuid(value: Any) -> UUID:
    """Return a plain UUID: asyncpg's own kind of it is equal and slower to compare."""
    return value if type(value) is UUID else _parsed(str(value))


# The same few thousand instruments and accounts are read again and again; 3 MB at most.
_parsed = lru_cache(maxsize=16_384)(UUID)


def price_of(value: float) -> Decimal:
    """Return the price that this number is written as: the shortest decimal that gives the same float, to 10 places."""
    return to_price(Decimal(repr(value)))
