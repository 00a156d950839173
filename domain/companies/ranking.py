"""Which companies do best by a metric.  Pure but for the board."""

from typing import Final

from domain.companies.catalogue import METRICS
from domain.companies.filters import Filter, Measured, Order, Range
from domain.kernel.errors import BadUserInput

_BETTER: Final = {field.code: field.higher_is_better for field in METRICS}


def best_by(code: str, sector: str | None = None, industry: str | None = None) -> tuple[Filter, Order]:
    """Return who has a value of a metric, and the order in which the best come first, equals by their tickers.

    Raises `BadUserInput` for a metric of which neither way is better.
    """
    higher_is_better = _BETTER[code]
    if higher_is_better is None:
        told = ", ".join(name for name, better in _BETTER.items() if better is None)
        raise BadUserInput(f"expected a metric that is better one way, got {code}: neither way is better of {told}")
    measured = Measured(code=code)
    return Filter(sector=sector, industry=industry, metrics=(Range(of=measured),)), Order(measured, higher_is_better)
