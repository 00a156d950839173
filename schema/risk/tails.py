"""What may be lost, as the API shows it."""

from collections.abc import Sequence
from dataclasses import replace

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.errors import BadUserInput
from domain.risk import questions
from domain.risk.holdings import left_out
from domain.risk.questions import Returns
from domain.risk.reading_types import HoldingsData
from domain.risk.tail_risk import TailMethod as Method
from domain.risk.types import RiskBasis as Basis
from schema.calculations.types import CalculationRun, run_of
from schema.context import Info
from schema.risk.asked import Asked, RiskBasis
from schema.risk.loaders import answered, whose
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized

LEFT_OUT = "Which numbers are null, and positions that are left out of the others, and why; at most 1,010."

# Fits of Student's t for one back-test: a second of CPU.
_MOST_FITS = 500

TailMethod = strawberry.enum(
    Method,
    name="TailMethod",
    description=(
        "How a tail is told from returns. HISTORICAL: of n losses, the largest first, number ceil((1 - confidence) n), "
        "and the mean of (1 - confidence) n of them, the last in part. NORMAL: by mean and deviation. CORNISH_FISHER: "
        "with skewness and kurtosis. STUDENT_T: by maximum likelihood. FILTERED_HISTORICAL: losses over the volatility "
        "of their day, at that of today (decay 0.94). EXTREME_VALUE: a generalized Pareto distribution of the largest "
        "tenth of the losses."
    ),
)


@strawberry.type(description="What may be lost over a horizon.")
class ValueAtRisk:
    """A value at risk."""

    method: TailMethod = strawberry.field(description="How it was told.")  # type: ignore[valid-type]
    confidence: float = strawberry.field(description="Of the loss not being exceeded.")
    horizon_days: int = strawberry.field(
        description="Sessions: the mean grows with their number, what is beyond it with its root."
    )
    basis: RiskBasis = strawberry.field(description="Which returns it is computed from.")  # type: ignore[valid-type]
    observations: int = strawberry.field(description="Returns that it is computed from.")
    fraction: float | None = strawberry.field(description="The loss, as a positive fraction of the portfolio's worth.")
    amount: float | None = strawberry.field(description="The same in its base currency.")
    expected_shortfall: float | None = strawberry.field(
        description="Mean loss in the worst 1 - confidence of all cases, as a fraction."
    )
    expected_shortfall_amount: float | None = strawberry.field(description="The same in the base currency.")
    valid: bool = strawberry.field(
        description="Whether the returns are such as the method is for: CORNISH_FISHER has a domain, EXTREME_VALUE too."
    )
    unavailable: list[Unavailable] = strawberry.field(description=LEFT_OUT, metadata=sized(5))
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


@strawberry.type(description="How the tail of losses is shaped.")
class TailRisk:
    """The shape of a tail."""

    hill_index: float | None = strawberry.field(
        description="Power of the tail's decline (Hill, 1975): lower is fatter, and below 2 has no variance."
    )
    tail_skewness: float | None = strawberry.field(description="Skewness of the losses in the tail.")
    tail_kurtosis: float | None = strawberry.field(description="Excess kurtosis of the losses in the tail.")
    observations: int = strawberry.field(description="Returns that it is computed from.")
    unavailable: list[Unavailable] = strawberry.field(description=LEFT_OUT, metadata=sized(5))
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


@strawberry.type(
    description=(
        "How often losses went beyond a value at risk that was told for each session from the 250 before it, and how "
        "likely so many, or so close together, are by chance."
    )
)
class ValueAtRiskBacktest:
    """A back-test."""

    observations: int = strawberry.field(description="Sessions that were told.")
    exceptions: int = strawberry.field(description="Losses beyond the value at risk.")
    expected: float | None = strawberry.field(description="How many were to be expected.")
    kupiec_p_value: float | None = strawberry.field(description="Of so many or so few (Kupiec, 1995).")
    independence_p_value: float | None = strawberry.field(
        description="Of their coming one after the other (Christoffersen, 1998)."
    )
    conditional_p_value: float | None = strawberry.field(description="Of both together.")
    zone: str = strawberry.field(description="GREEN, YELLOW or RED (Basel Committee, 1996), or UNKNOWN.")
    unavailable: list[Unavailable] = strawberry.field(description=LEFT_OUT, metadata=sized(5))
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


async def told_loss(
    info: Info, asked: Asked, method: Method, confidence: float, horizon_days: int
) -> ValueAtRisk | None:
    """Tell what may be lost; None where the actor does not see the portfolio.  Raises `BadUserInput`."""
    _check_confidence(confidence)
    if not 1 <= horizon_days <= 252:
        raise BadUserInput(f"expected horizonDays from 1 to 252, got {horizon_days}")
    found = await asked.series(info, Basis.CURRENT_HOLDINGS)
    if found is None:
        return None
    question = questions.loss(whose(info, asked.portfolio), found, method, confidence, horizon_days)
    answer = await answered(info, question)
    risk, worth = answer.result, await asked.worth(info)
    return ValueAtRisk(
        method=method,
        confidence=confidence,
        horizon_days=horizon_days,
        basis=found.basis,
        observations=risk.observations,
        fraction=risk.fraction,
        amount=_times(risk.fraction, worth),
        expected_shortfall=risk.expected_shortfall,
        expected_shortfall_amount=_times(risk.expected_shortfall, worth),
        valid=risk.is_valid,
        unavailable=unavailable_of([*risk.absences, *_amounts(risk.absences, worth), *_left_out(found)]),
        run=run_of(answer.run),
    )


async def told_shape(info: Info, asked: Asked, confidence: float) -> TailRisk | None:
    """Tell the shape of the tail; None where the actor does not see the portfolio.  Raises `BadUserInput`."""
    _check_confidence(confidence)
    found = await asked.series(info, Basis.CURRENT_HOLDINGS)
    if found is None:
        return None
    answer = await answered(info, questions.shape(whose(info, asked.portfolio), found, confidence))
    shape = answer.result
    return TailRisk(
        hill_index=shape.hill_index,
        tail_skewness=shape.tail_skewness,
        tail_kurtosis=shape.tail_kurtosis,
        observations=shape.observations,
        unavailable=unavailable_of([*shape.absences, *_left_out(found)]),
        run=run_of(answer.run),
    )


async def told_backtest(info: Info, asked: Asked, method: Method, confidence: float) -> ValueAtRiskBacktest | None:
    """Hold a method against what came; None where the actor does not see the portfolio.  Raises `BadUserInput`."""
    _check_confidence(confidence)
    found = await asked.series(info, Basis.REALIZED)
    if found is None:
        return None
    if method is Method.STUDENT_T and found.data.observations > _MOST_FITS:
        raise BadUserInput(f"expected at most {_MOST_FITS} sessions to fit STUDENT_T to, got more")
    answer = await answered(info, questions.backtest(whose(info, asked.portfolio), found, method, confidence))
    told = answer.result
    return ValueAtRiskBacktest(
        observations=told.observations,
        exceptions=told.exceptions,
        expected=told.expected,
        kupiec_p_value=told.kupiec_p_value,
        independence_p_value=told.independence_p_value,
        conditional_p_value=told.conditional_p_value,
        zone=told.zone,
        unavailable=unavailable_of([*told.absences, *_left_out(found)]),
        run=run_of(answer.run),
    )


def _check_confidence(confidence: float) -> None:
    if not 0.5 <= confidence <= 0.9999:
        raise BadUserInput(f"expected a confidence from 0.5 to 0.9999, got {confidence}")


def _left_out(found: Returns) -> list[Absence]:
    return left_out(found.data.holdings) if isinstance(found.data, HoldingsData) else []


def _amounts(absences: Sequence[Absence], worth: float | None) -> list[Absence]:
    """Return why amounts are null: their fractions are, or the portfolio has no positive worth that is known."""
    names = {"fraction": "amount", "expected_shortfall": "expected_shortfall_amount"}
    known = {each.field: each for each in absences}
    without = Absence("", AbsenceReason.UNDEFINED, "expected a portfolio of positive worth, got none")
    return [
        replace(known.get(name, without), field=amount)
        for name, amount in names.items()
        if name in known or worth is None
    ]


def _times(fraction: float | None, worth: float | None) -> float | None:
    return None if fraction is None or worth is None else fraction * worth
