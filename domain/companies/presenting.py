"""How a table shows the fields of companies: what follows from the catalogue, and the few columns of the beginning."""

from enum import StrEnum
from typing import Final

from domain.companies.catalogue import Field, Kind, Unit
from domain.companies.filters import OrderField


class Format(StrEnum):
    """How a value is written."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    PERCENT = "PERCENT"
    PRICE = "PRICE"
    MILLIONS = "MILLIONS"
    COUNT = "COUNT"


_FORMATS: Final = {
    Unit.NONE: Format.TEXT,
    Unit.RATIO: Format.NUMBER,
    Unit.PERCENT: Format.PERCENT,
    Unit.PRICE: Format.PRICE,
    Unit.USD_MN: Format.MILLIONS,
    Unit.COUNT: Format.COUNT,
}
_DECIMALS: Final = {
    Format.NUMBER: 2,
    Format.PERCENT: 1,
    Format.PRICE: 2,
    Format.MILLIONS: 0,
    Format.COUNT: 0,
}
# In characters: what most values need.
_WIDTHS: Final = {
    Format.NUMBER: 9,
    Format.PERCENT: 9,
    Format.PRICE: 10,
    Format.MILLIONS: 12,
    Format.COUNT: 14,
}
_TEXT_WIDTHS: Final = {"ticker": 8, "name": 28, "industry": 28, "exchange": 8, "analyst": 16, "rating": 12}
SHOWN_AT_FIRST: Final = frozenset(
    {"ticker", "name", "industry", "rating", "marketCapUsdMn", "per", "pbr", "evEbitda", "dividendYield"}
    | {"roe", "netMargin", "debtToEquity", "return1Y"}
)
_SORTABLE_TEXTS: Final = frozenset(each.value.lower() for each in OrderField)


def format_of(field: Field) -> Format:
    """Return how the values of a field are written."""
    return Format.TEXT if field.kind in {Kind.TEXT, Kind.ENUM} else _FORMATS[field.unit]


def decimals_of(field: Field) -> int | None:
    """Return how many digits follow the point, None for texts."""
    return _DECIMALS.get(format_of(field))


def width_of(field: Field) -> int:
    """Return how wide a column is, in characters: at least its label."""
    wide = _TEXT_WIDTHS[field.code] if field.code in _TEXT_WIDTHS else _WIDTHS[format_of(field)]
    return max(wide, len(field.label))


def is_sortable(field: Field) -> bool:
    """Whether lists can be ordered by a field."""
    return field.is_number or field.code in _SORTABLE_TEXTS
