"""Column types that hold the same values, to the byte, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from tortoise import Model, fields

from domain.kernel.ids import new_id
from domain.kernel.money import DIGITS, EXACT, MONEY_PLACES, PRICE_PLACES, fits

Choice = TypeVar("Choice", bound=StrEnum)


class UtcDatetimeField(fields.DatetimeField[datetime]):
    """An instant.  Whatever its offset, it is stored in UTC: SQLite compares times as text."""

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """Return the instant in UTC, for a column or a filter.  Raises ValueError for a time without offset."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError(f"expected a time with an offset for {self.model_field_name}, got {value.isoformat()}")
            value = value.astimezone(UTC)
        return super().to_db_value(value, instance)


class ExactDecimalField(fields.DecimalField[Decimal]):
    """An exact number of at most 28 digits.  Raises ValueError for what it cannot hold without loss, NaN above all."""

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """Return the number with exactly the column's decimal places."""
        if isinstance(value, Decimal):
            if not fits(value, self.decimal_places):
                raise ValueError(
                    f"expected at most {DIGITS} digits, {self.decimal_places} of them decimal places, "
                    f"for {self.model_field_name}, got {value}"
                )
            value = value.quantize(self.quant, context=EXACT)
            # Minus nothing is nothing: one value has one spelling.
            value = value.copy_abs() if value.is_zero() else value
        return super().to_db_value(value, instance)


def money(**options: Any) -> Any:
    """Return a column of an amount of money: 28 digits, 8 of them decimal places."""
    return ExactDecimalField(DIGITS, MONEY_PLACES, **options)


def price(**options: Any) -> Any:
    """Return a column of a price or a quantity: 28 digits, 10 of them decimal places."""
    return ExactDecimalField(DIGITS, PRICE_PLACES, **options)


def choice(kind: type[Choice], **options: Any) -> Any:
    """Return a column that holds one value of an enum, by its name."""
    return fields.CharEnumField(kind, max_length=40, **options)


def primary_key() -> Any:
    """Return the primary key of every stored entity: a UUID that sorts by the time it was made."""
    return fields.UUIDField(primary_key=True, default=new_id)
