"""Fields that come from the registry of measures: what they say is what the functions say."""

from typing import Any

import strawberry

from domain.quant.measures import MEASURES
from domain.quant.registry import Unit

_UNITS = {
    Unit.FRACTION: "A fraction.",
    Unit.FRACTION_A_YEAR: "A fraction a year.",
    Unit.RATIO: "A number.",
    Unit.PERIODS: "Sessions.",
}


def metric(name: str) -> Any:
    """Return the field of a measure, described by its docstring and unit."""
    found = MEASURES[name]
    return strawberry.field(description=f"{found.summary} {_UNITS[found.unit]}")
