"""Which companies do best by a metric.  Pure but for the board."""

from typing import Final

from domain.companies.catalogue import METRICS
from domain.companies.filters import Filter, Measured, Order, Range
from domain.kernel.errors import BadUserInput

_BETTER: Final = {field.code: field.higher_is_better for field in METRICS}


def best_by(code: str, sector: str | None = None, industry: str | None = None) -> tuple[Filter, Order]:
    """Return who has a value of a metric, and the order in which the best come first, equals by their tickers.

    Where the lower is better a number below zero is none of these: such a ratio is of losses, of debts beyond what is
    owned or of a bank's cash, and says nothing of how cheap or sound a company is.

    Raises `BadUserInput` for a metric of which neither way is better.
    """
    higher_is_better = _BETTER[code]
    if higher_is_better is None:
        told = ", ".join(name for name, better in _BETTER.items() if better is None)
        raise BadUserInput(f"expected a metric that is better one way, got {code}: neither way is better of {told}")
    measured = Measured(code=code)
    ranked = Range(of=measured, at_least=None if higher_is_better else 0.0)
    return Filter(sector=sector, industry=industry, metrics=(ranked,)), Order(measured, higher_is_better)
