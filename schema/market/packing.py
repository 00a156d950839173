"""Arrays of numbers as lists of what the API shows."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from domain.market.types import Vector
from domain.storage.readings import price_of

Item = TypeVar("Item")


def column(numbers: Vector, convert: Callable[[float], Item]) -> list[Item | None]:
    """Return each number converted, None for NaN."""
    # NaN is not equal to itself.
    return [convert(number) if number == number else None for number in numbers.tolist()]  # noqa: PLR0124


def prices_of(numbers: Vector) -> list[Decimal | None]:
    """Return prices, None for NaN."""
    return column(numbers, price_of)
