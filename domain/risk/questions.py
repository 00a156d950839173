"""What is asked of a portfolio's risk, as questions that stored runs answer: the API and the batch ask the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from domain.calculations.answers import Calculation, Question
from domain.calculations.digests import digest_of
from domain.kernel.absence import Absence, AbsenceReason
from domain.risk import correlations as moving
from domain.risk import stress_tests as stressing
from domain.risk.diagnostics import DIAGNOSTICS, Diagnostics, diagnostics
from domain.risk.factor_exposures import EXPOSURES, FactorExposures, factor_exposures
from domain.risk.measuring import MEASURED, RiskMeasures, Series, measures_of
from domain.risk.reading_types import HoldingsData, Realized
from domain.risk.scenarios import Scenario
from domain.risk.tail_risk import (
    TAIL_BACKTEST,
    TAIL_SHAPE,
    VALUE_AT_RISK,
    TailBacktest,
    TailMethod,
    TailShape,
    ValueAtRisk,
    tail_backtest,
    tail_shape,
    value_at_risk,
)
from domain.risk.types import FactorRow, RiskBasis
from domain.risk.volumes import Volumes

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Whose:
    """The portfolio that is asked about, and its tenant."""

    tenant_id: UUID
    portfolio_id: UUID

    def asks(
        self,
        calculation: Calculation[Result],
        arguments: dict[str, object],
        data: HoldingsData | Realized,
        solve: Any,
    ) -> Question[Result]:
        """Return a question of some data; `solve` answers it."""
        return Question(
            calculation=calculation,
            tenant_id=self.tenant_id,
            subject_id=self.portfolio_id,
            arguments=arguments,
            data_digest=data.digest,
            observations=data.observations,
            solve=solve,
            is_lasting=data.is_lasting,
        )


@dataclass(frozen=True, slots=True)
class Returns:
    """Returns, what they were made of, and which they are."""

    series: Series
    data: HoldingsData | Realized
    basis: RiskBasis


def realized(data: Realized, benchmark: str) -> Returns:
    """Return what a portfolio has returned, beside a benchmark."""
    return Returns(Series(data.returns, data.compared, benchmark, data.absences), data, RiskBasis.REALIZED)


def held(data: HoldingsData) -> Returns:
    """Return what is held would have returned, beside the first of what it is compared with."""
    holdings = data.holdings
    absences = () if holdings.equity > 0 else (_worthless(holdings.equity),)
    series = Series(holdings.total, data.compared[:, 0], data.symbols[0], absences)
    return Returns(series, data, RiskBasis.CURRENT_HOLDINGS)


def _worthless(equity: float) -> Absence:
    message = f"expected a portfolio of positive worth, got {equity:.2f}"
    return Absence("", AbsenceReason.UNDEFINED, message)


def measures(whose: Whose, returns: Returns, risk_free_rate: float) -> Question[RiskMeasures]:
    """Ask for all measures.  The rate is of a year."""
    series = returns.series
    asked = {"riskFreeRate": risk_free_rate, "benchmark": series.benchmark, "basis": returns.basis}
    return whose.asks(MEASURED, asked, returns.data, partial(measures_of, series, risk_free_rate))


def loss(whose: Whose, returns: Returns, method: TailMethod, confidence: float, horizon: int) -> Question[ValueAtRisk]:
    """Ask what may be lost over a horizon of sessions."""
    asked = {"method": method, "confidence": confidence, "horizonDays": horizon, "basis": returns.basis}
    solve = partial(value_at_risk, returns.series, method, confidence, horizon)
    return whose.asks(VALUE_AT_RISK, asked, returns.data, solve)


def shape(whose: Whose, returns: Returns, confidence: float) -> Question[TailShape]:
    """Ask how the tail of losses is shaped."""
    asked = {"confidence": confidence, "basis": returns.basis}
    return whose.asks(TAIL_SHAPE, asked, returns.data, partial(tail_shape, returns.series, confidence))


def backtest(whose: Whose, returns: Returns, method: TailMethod, confidence: float) -> Question[TailBacktest]:
    """Ask whether losses came as a method would have told them."""
    asked = {"method": method, "confidence": confidence, "basis": returns.basis}
    return whose.asks(TAIL_BACKTEST, asked, returns.data, partial(tail_backtest, returns.series, method, confidence))


def contributions(whose: Whose, data: HoldingsData) -> Question[moving.Contributions]:
    """Ask what each position adds to the volatility."""
    return whose.asks(moving.CONTRIBUTIONS, {}, data, partial(moving.contributions, data.holdings))


def correlations(whose: Whose, data: HoldingsData, first: date, last: date) -> Question[moving.Correlations]:
    """Ask how what is held moves together."""
    asked: dict[str, object] = {"from": first, "to": last}
    return whose.asks(moving.CORRELATIONS, asked, data, partial(moving.correlations, data.holdings))


def exposures(whose: Whose, data: HoldingsData, rows: Sequence[FactorRow], days: int) -> Question[FactorExposures]:
    """Ask what drives a portfolio, over so many sessions."""
    asked = {"windowDays": days, "factors": _named(rows)}
    return whose.asks(EXPOSURES, asked, data, partial(factor_exposures, data, rows))


def stress(
    whose: Whose, data: HoldingsData, active: Sequence[FactorRow], scenario: Scenario
) -> Question[stressing.StressTest]:
    """Ask what a scenario would make of it."""
    rows = stressing.moved_factors(scenario, active)
    asked = {"scenario": scenario, "factors": _named(rows)}
    return whose.asks(stressing.STRESS, asked, data, partial(stressing.stress_test, data, rows, scenario))


def reverse_stress(
    whose: Whose, data: HoldingsData, active: Sequence[FactorRow], loss: float
) -> Question[stressing.ReverseStress]:
    """Ask what each factor alone would have to return for a part of the worth to be lost."""
    asked = {"loss": loss, "factors": _named(active)}
    return whose.asks(stressing.REVERSE_STRESS, asked, data, partial(stressing.reverse_stress_test, data, active, loss))


def diagnosis(
    whose: Whose, data: HoldingsData, days: int, participation: float, volumes: Volumes
) -> Question[Diagnostics]:
    """Ask how spread out a portfolio is, and how soon it could be sold by a part of what is traded."""
    asked: dict[str, object] = {"windowDays": days, "participation": participation}
    solve = partial(diagnostics, data.holdings, volumes.means, volumes.units, participation)
    told = (f"{symbol}:{volumes.units[symbol]!r}:{volumes.means.get(symbol)!r}" for symbol in sorted(volumes.units))
    return replace(whose.asks(DIAGNOSTICS, asked, data, solve), data_digest=digest_of([data.digest, *told]))


def _named(rows: Sequence[FactorRow]) -> list[tuple[str, str]]:
    return [(row.code, row.proxy) for row in rows]
