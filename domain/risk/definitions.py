"""What the numbers of a calculation are by definition, and where it is published: as the functions say themselves."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.quant import concentration, covariance, regression, risk_contributions, stress, tails, var_backtests
from domain.quant.measures import MEASURES
from domain.quant.registry import described
from domain.risk.correlations import CONTRIBUTIONS, CORRELATIONS
from domain.risk.diagnostics import DIAGNOSTICS
from domain.risk.factor_exposures import EXPOSURES
from domain.risk.measuring import MEASURED
from domain.risk.stress_tests import REVERSE_STRESS, STRESS
from domain.risk.tail_risk import METHODS, TAIL_BACKTEST, TAIL_SHAPE, VALUE_AT_RISK, TailMethod


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number is, and where its definition is published; None where it is arithmetic that nobody has named."""

    name: str
    formula: str
    source: str | None


_FUNCTIONS: Final[Mapping[str, Sequence[Callable[..., Any]]]] = {
    MEASURED.kind: [each.function for each in MEASURES.values()],
    TAIL_SHAPE.kind: [tails.hill_index, tails.tail_moments],
    TAIL_BACKTEST.kind: [var_backtests.backtest],
    CONTRIBUTIONS.kind: [risk_contributions.volatility_contributions],
    CORRELATIONS.kind: [covariance.sample_covariance, covariance.correlation],
    EXPOSURES.kind: [regression.ols, regression.variance_inflation],
    STRESS.kind: [stress.factor_stress, stress.option_gains],
    REVERSE_STRESS.kind: [stress.reverse_stress],
    DIAGNOSTICS.kind: [
        concentration.herfindahl,
        concentration.effective_names,
        concentration.diversification_ratio,
        concentration.effective_bets,
        concentration.days_to_liquidate,
    ],
}


def definitions_of(kind: str, arguments: str) -> list[Definition]:
    """Return what a run of this kind computes; `arguments` are its own, as JSON."""
    functions = list(_FUNCTIONS.get(kind, ()))
    if kind == VALUE_AT_RISK.kind:
        functions = [METHODS[TailMethod(json.loads(arguments)["method"])], tails.over_horizon]
    return [Definition(each.__name__, *described(each)) for each in functions]
