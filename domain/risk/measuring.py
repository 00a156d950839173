"""All measures of a series of returns, and why one of them is not known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.calculations.answers import Calculation
from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import Vector
from domain.quant.measures import MEASURES, measure_all
from domain.quant.volatility import FEWEST_RETURNS, PERIODS_PER_YEAR
from domain.risk.numbers import known

# Made of an annualized return, or one themselves.
_OF_A_YEAR = frozenset(("annualized_return", "calmar_ratio", "martin_ratio", "pain_ratio", "sterling_ratio"))


@dataclass(frozen=True, slots=True)
class RiskMeasures:
    """Measures by name."""

    observations: int
    values: tuple[tuple[str, float | None], ...]
    absences: tuple[Absence, ...]


MEASURED = Calculation("RISK_MEASURES", 2, RiskMeasures)


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Returns, those of the benchmark in the same sessions, and why a return is not known."""

    returns: Vector
    compared: Vector
    benchmark: str
    absences: tuple[Absence, ...] = ()


def measures_of(series: Series, risk_free_rate: float) -> RiskMeasures:
    """Return all measures of a series.  The rate is of a year."""
    found = measure_all(series.returns, series.compared, risk_free_rate, PERIODS_PER_YEAR)
    values = tuple((name, known(value)) for name, value in found.items())
    missing = [name for name, value in values if value is None]
    return RiskMeasures(
        observations=len(series.returns),
        values=values,
        absences=tuple(absence_of(name, series) for name in missing),
    )


def absence_of(name: str, series: Series) -> Absence:
    """Return why a measure of a series is not known."""
    cause = why_not(series.returns, series.absences, _fewest(name))
    if cause is None and MEASURES[name].needs_benchmark and not np.isfinite(series.compared).all():
        message = f"no close of {series.benchmark} is known in all sessions"
        cause = Absence("", AbsenceReason.NOT_COVERED, message, f"load bars of {series.benchmark}")
    if cause is None:
        cause = Absence("", AbsenceReason.UNDEFINED, "what it is divided by is zero, or not of the sign that it needs")
    return Absence(name, cause.reason, cause.message, cause.mend)


def _fewest(name: str) -> int:
    if name in _OF_A_YEAR:
        return PERIODS_PER_YEAR
    return 1 if name in _OF_ANY else FEWEST_RETURNS


# Measures that even one return has.
_OF_ANY = frozenset(
    (
        *("cumulative_return", "best_return", "worst_return", "win_rate", "gain_to_pain_ratio", "omega_ratio"),
        *("max_drawdown", "current_drawdown", "average_drawdown", "longest_drawdown", "time_under_water"),
        *("ulcer_index", "pain_index", "recovery_factor"),
    )
)


def why_not(returns: Vector, absences: Sequence[Absence], fewest: int = FEWEST_RETURNS) -> Absence | None:
    """Return why nothing can be said of some returns, for a field that is to be named; None where something can."""
    if len(returns) < fewest:
        of_a_year = " (a year: nothing less is annualized)" if fewest >= PERIODS_PER_YEAR else ""
        message = f"expected at least {fewest} sessions{of_a_year}, got {len(returns)}"
        return Absence("", AbsenceReason.INSUFFICIENT_HISTORY, message, "ask for a longer range")
    if not np.isfinite(returns).all():
        if absences:
            return absences[0]
        return Absence("", AbsenceReason.UNDEFINED, "a session has no return: nothing was at work in it")
    return None
