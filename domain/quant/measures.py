"""All measures of returns, by name."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from numpy.typing import ArrayLike

import domain.quant.measures_of_benchmark
import domain.quant.measures_of_deviation
import domain.quant.measures_of_drawdown
import domain.quant.measures_of_return
from domain.quant.arrays import series
from domain.quant.registry import REGISTERED, Measure
from domain.quant.sharing import sharing

# To import a module of measures registers what it holds.
_SUBJECTS = (
    domain.quant.measures_of_return,
    domain.quant.measures_of_deviation,
    domain.quant.measures_of_drawdown,
    domain.quant.measures_of_benchmark,
)

MEASURES: Mapping[str, Measure] = MappingProxyType(REGISTERED)


def measure_all(
    returns: ArrayLike,
    benchmark: ArrayLike | None = None,
    risk_free_rate: float = 0.0,
    periods_per_year: float = 252,
    names: Iterable[str] | None = None,
) -> dict[str, float]:
    """Measure a series in many ways.

    Parameters
    ----------
    returns : (n,), simple returns as fractions, oldest first.
    benchmark : (n,), those of the benchmark in the same periods, or none.
    risk_free_rate : of a year, as a fraction.
    periods_per_year : 252 for daily returns.
    names : of measures; all where none are given.

    Returns the measures by name; NaN as each of them says, and for those that need a benchmark where there is none.

    Raises `KeyError` for a name that is none, and what the measures raise.
    """
    own = series("returns", returns)
    other = None if benchmark is None else series("benchmark", benchmark)
    wanted = MEASURES if names is None else names
    with sharing():
        return {name: MEASURES[name].of(own, other, risk_free_rate, periods_per_year) for name in wanted}
