"""What may be lost, by several methods, and whether losses came as they should."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from domain.calculations.answers import Calculation
from domain.kernel.absence import Absence, AbsenceReason
from domain.quant import tails
from domain.quant.tails import TailRisk
from domain.quant.var_backtests import backtest
from domain.risk.measuring import Series, why_not
from domain.risk.numbers import known


class TailMethod(StrEnum):
    """How a tail is told from returns."""

    HISTORICAL = "HISTORICAL"
    NORMAL = "NORMAL"
    CORNISH_FISHER = "CORNISH_FISHER"
    STUDENT_T = "STUDENT_T"
    FILTERED_HISTORICAL = "FILTERED_HISTORICAL"
    EXTREME_VALUE = "EXTREME_VALUE"


METHODS: Final[Mapping[TailMethod, Callable[..., TailRisk]]] = {
    TailMethod.HISTORICAL: tails.historical,
    TailMethod.NORMAL: tails.normal,
    TailMethod.CORNISH_FISHER: tails.cornish_fisher,
    TailMethod.STUDENT_T: tails.student_t,
    TailMethod.FILTERED_HISTORICAL: tails.filtered_historical,
    TailMethod.EXTREME_VALUE: tails.extreme_value,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAtRisk:
    """What may be lost over a horizon: fractions of the portfolio's worth, positive."""

    observations: int
    fraction: float | None
    expected_shortfall: float | None
    is_valid: bool
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TailShape:
    """How the tail of losses is shaped."""

    observations: int
    hill_index: float | None
    tail_skewness: float | None
    tail_kurtosis: float | None
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TailBacktest:
    """How often losses went beyond the value at risk that was told for each session from those before."""

    observations: int
    exceptions: int
    expected: float | None
    kupiec_p_value: float | None
    independence_p_value: float | None
    conditional_p_value: float | None
    zone: str
    absences: tuple[Absence, ...]


VALUE_AT_RISK = Calculation("VALUE_AT_RISK", 2, ValueAtRisk)
TAIL_SHAPE = Calculation("TAIL_SHAPE", 1, TailShape)
TAIL_BACKTEST = Calculation("TAIL_BACKTEST", 3, TailBacktest)

_WINDOW: Final = 250
# Sessions to tell, after the first window.
_FEWEST_TOLD: Final = 50
_BACKTESTED: Final[Mapping[str, None]] = dict.fromkeys(
    ("expected", "kupiec_p_value", "independence_p_value", "conditional_p_value")
)


def value_at_risk(series: Series, method: TailMethod, confidence: float, horizon: int) -> ValueAtRisk:
    """Return what may be lost over a horizon of sessions."""
    cause = why_not(series.returns, series.absences)
    risk = METHODS[method](series.returns, confidence)
    values = [
        known(tails.over_horizon(loss, series.returns, horizon))
        for loss in (risk.value_at_risk, risk.expected_shortfall)
    ]
    absences = []
    for name, value in zip(("fraction", "expected_shortfall"), values, strict=True):
        if value is None:
            why = cause or Absence("", AbsenceReason.UNDEFINED, "the returns do not vary, or the tail has no mean")
            absences.append(Absence(name, why.reason, why.message, why.mend))
    return ValueAtRisk(
        observations=len(series.returns),
        fraction=values[0],
        expected_shortfall=values[1],
        is_valid=risk.is_valid and values[0] is not None,
        absences=tuple(absences),
    )


def tail_shape(series: Series, confidence: float) -> TailShape:
    """Return how the tail of losses is shaped beyond a quantile."""
    found = {
        "hill_index": known(tails.hill_index(series.returns, 1 - confidence)),
        **dict(
            zip(
                ("tail_skewness", "tail_kurtosis"),
                map(known, tails.tail_moments(series.returns, confidence)),
                strict=True,
            )
        ),
    }
    cause = why_not(series.returns, series.absences)
    least = "fewer than 20 losses are in the tail"
    why = cause or Absence("", AbsenceReason.INSUFFICIENT_HISTORY, least, "ask for a longer range")
    return TailShape(
        observations=len(series.returns),
        absences=_all_absent(found, why),
        **found,
    )


def tail_backtest(series: Series, method: TailMethod, confidence: float) -> TailBacktest:
    """Tell the value at risk of each session from the 250 before it, and hold it against what came."""
    returns = series.returns
    cause = _why_no_backtest(series)
    if cause is not None:
        return TailBacktest(
            observations=0, exceptions=0, zone="UNKNOWN", absences=_all_absent(_BACKTESTED, cause), **_BACKTESTED
        )
    told = [
        METHODS[method](returns[place - _WINDOW : place], confidence).value_at_risk
        for place in range(_WINDOW, len(returns))
    ]
    found = backtest(returns[_WINDOW:], told, confidence)
    numbers = {
        "expected": known(found.expected),
        "kupiec_p_value": known(found.unconditional_p_value),
        "independence_p_value": known(found.independence_p_value),
        "conditional_p_value": known(found.conditional_p_value),
    }
    untold = Absence("", AbsenceReason.UNDEFINED, f"the returns of {_WINDOW} sessions in a row do not vary")
    return TailBacktest(
        observations=found.observations,
        exceptions=found.exceptions,
        zone=found.zone.name,
        absences=_all_absent(numbers, untold),
        **numbers,
    )


def _why_no_backtest(series: Series) -> Absence | None:
    cause, count = why_not(series.returns, series.absences, 1), len(series.returns)
    if count >= _WINDOW + _FEWEST_TOLD:
        return cause
    message = (
        f"expected at least {_WINDOW + _FEWEST_TOLD} sessions, {_WINDOW} before the first that is told, got {count}"
    )
    return Absence("", AbsenceReason.INSUFFICIENT_HISTORY, message, "ask for a longer range")


def _all_absent(numbers: Mapping[str, float | None], why: Absence) -> tuple[Absence, ...]:
    return tuple(replace(why, field=name) for name, number in numbers.items() if number is None)
