"""Measures of a portfolio's returns, and what may be lost, as the API shows them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from domain.kernel.absence import Absence
from domain.kernel.errors import BadUserInput
from domain.market.queries import BENCHMARK
from domain.quant.measures import MEASURES
from domain.risk import questions
from domain.risk.measuring import RiskMeasures
from domain.risk.tail_risk import TailMethod as Method
from domain.risk.types import RiskBasis as Basis
from schema.calculations.types import CalculationRun, run_of
from schema.context import Info
from schema.portfolios.performance import From, To
from schema.portfolios.types import Portfolio
from schema.risk.asked import Asked, RiskBasis
from schema.risk.loaders import answered, whose
from schema.risk.tails import (
    TailMethod,
    TailRisk,
    ValueAtRisk,
    ValueAtRiskBacktest,
    told_backtest,
    told_loss,
    told_shape,
)
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.metric import metric
from schema.shared.naming import camel
from schema.shared.node import global_id

Confidence = Annotated[float, strawberry.argument(description="Of the loss not being exceeded: from 0.5 to 0.9999.")]


@strawberry.type(description="What a position adds to the volatility of the portfolio, a year.")
class RiskContribution:
    """A contribution."""

    symbol: str = strawberry.field(description="The position; the code of a currency for cash in it.")
    weight: float | None = strawberry.field(description="Its worth as a fraction of the portfolio's.")
    marginal: float | None = strawberry.field(description="Change of the volatility for a weight of 1 more.")
    contribution: float | None = strawberry.field(
        description="Weight times marginal; they sum to the volatility of the holdings. Negative where it dampens."
    )


@strawberry.type(description="How a number is made.")
class MeasureExplanation:
    """An explanation."""

    field: str = strawberry.field(description="The field.")
    value: float | None = strawberry.field(description="Its value.")
    unit: str = strawberry.field(description="What it is in.")
    formula: str = strawberry.field(description="How it is defined.")
    source: str = strawberry.field(description="Where its definition is published.")
    higher_is_better: bool | None = strawberry.field(description="Null where it is neither.")


@strawberry.type(description="What the numbers of a portfolio's risk are made of.")
class RiskExplanation:
    """Explanations."""

    basis: RiskBasis = strawberry.field(description="Which returns were used.")  # type: ignore[valid-type]
    start: date = strawberry.field(name="from", description="First day of the range.")
    end: date = strawberry.field(name="to", description="Last day of the range.")
    observations: int = strawberry.field(description="Daily returns of the portfolio in it.")
    benchmark: str = strawberry.field(description="What it was compared with, in the portfolio's base currency.")
    risk_free_rate: float = strawberry.field(description="Of a year; the rate of a session compounds to it.")
    periods_per_year: int = strawberry.field(description="Sessions that a year is taken to have.")
    numbers: list[MeasureExplanation] = strawberry.field(
        description="Definition, unit and source of each measure; at most 100.", metadata=sized(50)
    )
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


@strawberry.type(
    description=(
        "How a portfolio has done, and what may be lost. Measures are of its daily time-weighted returns over the "
        "range, value at risk and contributions of the positions at its end, held constant; `basis` overrides both. A "
        "year has 252 sessions; nothing under a year is annualized, but for deviations and what is made of them. A "
        "loss is a positive number."
    )
)
class PortfolioRisk:
    """The risk of a portfolio."""

    id: strawberry.ID = strawberry.field(
        description="Names the portfolio, the days, the benchmark, the rate and the basis as asked."
    )
    observations: int = strawberry.field(description="Daily returns that the measures are computed from.")
    benchmark: str = strawberry.field(description="Symbol of what it is compared with.")
    risk_free_rate: float = strawberry.field(description="Of a year, as a fraction.")
    basis: RiskBasis | None = strawberry.field(  # type: ignore[valid-type]
        description="As asked; null where each number has its own: see `valueAtRisk { basis }` and `explanation`."
    )

    cumulative_return: float | None = metric("cumulative_return")
    annualized_return: float | None = metric("annualized_return")
    mean_return: float | None = metric("mean_return")
    best_return: float | None = metric("best_return")
    worst_return: float | None = metric("worst_return")
    win_rate: float | None = metric("win_rate")
    gain_to_pain_ratio: float | None = metric("gain_to_pain_ratio")
    omega_ratio: float | None = metric("omega_ratio")
    stability: float | None = metric("stability")
    volatility: float | None = metric("volatility")
    downside_deviation: float | None = metric("downside_deviation")
    sharpe_ratio: float | None = metric("sharpe_ratio")
    adjusted_sharpe_ratio: float | None = metric("adjusted_sharpe_ratio")
    probabilistic_sharpe_ratio: float | None = metric("probabilistic_sharpe_ratio")
    sortino_ratio: float | None = metric("sortino_ratio")
    kappa_three: float | None = metric("kappa_three")
    upside_potential_ratio: float | None = metric("upside_potential_ratio")
    skewness: float | None = metric("skewness")
    excess_kurtosis: float | None = metric("excess_kurtosis")
    tail_ratio: float | None = metric("tail_ratio")
    max_drawdown: float | None = metric("max_drawdown")
    current_drawdown: float | None = metric("current_drawdown")
    average_drawdown: float | None = metric("average_drawdown")
    longest_drawdown: float | None = metric("longest_drawdown")
    time_under_water: float | None = metric("time_under_water")
    ulcer_index: float | None = metric("ulcer_index")
    pain_index: float | None = metric("pain_index")
    calmar_ratio: float | None = metric("calmar_ratio")
    martin_ratio: float | None = metric("martin_ratio")
    pain_ratio: float | None = metric("pain_ratio")
    sterling_ratio: float | None = metric("sterling_ratio")
    recovery_factor: float | None = metric("recovery_factor")
    beta: float | None = metric("beta")
    alpha: float | None = metric("alpha")
    correlation_with_benchmark: float | None = metric("correlation_with_benchmark")
    r_squared: float | None = metric("r_squared")
    active_return: float | None = metric("active_return")
    tracking_error: float | None = metric("tracking_error")
    information_ratio: float | None = metric("information_ratio")
    treynor_ratio: float | None = metric("treynor_ratio")
    modigliani_return: float | None = metric("modigliani_return")
    appraisal_ratio: float | None = metric("appraisal_ratio")
    up_capture: float | None = metric("up_capture")
    down_capture: float | None = metric("down_capture")
    capture_ratio: float | None = metric("capture_ratio")
    batting_average: float | None = metric("batting_average")

    run: CalculationRun = strawberry.field(description="The calculation of the measures.")
    asked: strawberry.Private[Asked]
    absences: strawberry.Private[Sequence[Absence]]

    @strawberry.field(
        description=(
            "Which measures are null, whether there are no contributions, and positions that are left out of what is "
            "computed from holdings, and why; at most 1,100."
        ),
        metadata=sized(5),
    )
    async def unavailable(self, info: Info) -> list[Unavailable]:
        """Say what is missing."""
        return unavailable_of([*self.absences, *await self.asked.left_out(info)])

    @strawberry.field(description="What may be lost over a horizon, by one method.")
    async def value_at_risk(
        self,
        info: Info,
        method: TailMethod = Method.HISTORICAL,  # type: ignore[valid-type]
        confidence: Confidence = 0.95,
        horizon_days: Annotated[int, strawberry.argument(description="Sessions, from 1 to 252.")] = 1,
    ) -> ValueAtRisk | None:
        """Tell a value at risk."""
        return await told_loss(info, self.asked, Method(method), confidence, horizon_days)

    @strawberry.field(description="How the tail of losses beyond a quantile is shaped.")
    async def tail_risk(self, info: Info, confidence: Confidence = 0.95) -> TailRisk | None:
        """Tell the shape of the tail."""
        return await told_shape(info, self.asked, confidence)

    @strawberry.field(description="Whether losses came as a method would have told them.")
    async def value_at_risk_backtest(
        self,
        info: Info,
        method: TailMethod = Method.HISTORICAL,  # type: ignore[valid-type]
        confidence: Confidence = 0.95,
    ) -> ValueAtRiskBacktest | None:
        """Hold a method against what came."""
        return await told_backtest(info, self.asked, Method(method), confidence)

    @strawberry.field(
        description="What each position adds to the volatility of the holdings, a year; at most 1,000.",
        metadata=sized(60),
    )
    async def contributions(self, info: Info) -> list[RiskContribution]:
        """Show the contributions."""
        data = await self.asked.held(info)
        if data is None:
            return []
        answer = await answered(info, questions.contributions(whose(info, self.asked.portfolio), data))
        return [
            RiskContribution(
                symbol=each.symbol, weight=each.weight, marginal=each.marginal, contribution=each.contribution
            )
            for each in answer.result.parts
        ]

    @strawberry.field(description="What the numbers are made of: window, observations, formula and source of each.")
    async def explanation(self, info: Info) -> RiskExplanation | None:
        """Explain the numbers."""
        found = await self.asked.series(info, Basis.REALIZED)
        if found is None:
            return None
        numbers = [
            MeasureExplanation(
                field=camel(name),
                value=getattr(self, name),
                unit=each.unit.value,
                formula=each.summary,
                source=each.source,
                higher_is_better=each.higher_is_better,
            )
            for name, each in MEASURES.items()
        ]
        return RiskExplanation(
            basis=found.basis,
            start=self.asked.first,
            end=self.asked.last,
            observations=self.observations,
            benchmark=self.benchmark,
            risk_free_rate=self.risk_free_rate,
            periods_per_year=252,
            numbers=numbers,
            run=self.run,
        )


@extends(Portfolio)
@strawberry.type
class PortfolioWithRisk:
    """What risk adds to a portfolio."""

    @strawberry.field(
        description=(
            "How it has done from one day to another, both included, and what may be lost. At most 5,000 sessions."
        )
    )
    async def risk(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        start: From,
        end: To,
        benchmark: Annotated[
            str | None, strawberry.argument(description="Symbol of what it is compared with; SP500 when it is null.")
        ] = BENCHMARK,
        risk_free_rate: Annotated[
            float | None, strawberry.argument(description="Of a year, as a fraction, from -0.5 to 1; 0 when null.")
        ] = 0.0,
        basis: RiskBasis | None = None,  # type: ignore[valid-type]
    ) -> PortfolioRisk | None:
        """Measure the portfolio."""
        rate = 0.0 if risk_free_rate is None else risk_free_rate
        if not -0.5 <= rate <= 1:
            raise BadUserInput(f"expected riskFreeRate from -0.5 to 1, got {rate}")
        chosen: Any = basis
        asked = Asked(root, start, end, BENCHMARK if benchmark is None else benchmark, chosen)
        found = await asked.series(info, Basis.REALIZED)
        if found is None:
            return None
        answer = await answered(info, questions.measures(whose(info, root), found, rate))
        key = global_id("PortfolioRisk", root.key, start, end, asked.benchmark, rate, chosen)
        return _risk_of(key, answer.result, asked, rate, run_of(answer.run))


def _risk_of(key: strawberry.ID, found: RiskMeasures, asked: Asked, rate: float, run: CalculationRun) -> PortfolioRisk:
    return PortfolioRisk(
        id=key,
        observations=found.observations,
        benchmark=asked.benchmark,
        risk_free_rate=rate,
        basis=asked.basis,
        absences=found.absences,
        run=run,
        asked=asked,
        **_named(found.values),
    )


def _named(values: Sequence[tuple[str, float | None]]) -> dict[str, Any]:
    return dict(values)
