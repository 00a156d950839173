"""Factors, and what a portfolio is exposed to of them, as the API shows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from domain.kernel.dates import trade_day
from domain.kernel.errors import BadUserInput
from domain.portfolios.performances import MAXIMUM_SESSIONS
from domain.risk import factor_exposures as domain
from domain.risk import questions
from domain.risk.factors import put_factor
from domain.risk.reading_types import HoldingsData
from domain.risk.types import FactorKind as KindOfFactor
from domain.risk.types import FactorRow
from domain.risk.windows import days_before
from schema.calculations.types import CalculationRun, run_of
from schema.context import Info
from schema.portfolios.types import Portfolio
from schema.risk.loaders import RiskLoaders, Window, answered, held_over, present, whose
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

FactorKind = strawberry.enum(
    KindOfFactor,
    name="FactorKind",
    description="What a factor is about: the whole market, a style, a sector, or a region.",
)


@strawberry.type(
    description=(
        "A force that moves many prices, and the instrument whose returns stand for it. All but the market count by "
        "what their proxy returns beyond the market."
    )
)
class Factor:
    """A factor."""

    id: strawberry.ID = strawberry.field(description="Names the factor.")
    code: str = strawberry.field(description="How it is named elsewhere: LOW_VOLATILITY.")
    name: str = strawberry.field(description="What people call it.")
    kind: FactorKind = strawberry.field(description="What it is about.")  # type: ignore[valid-type]
    description: str = strawberry.field(description="What it stands for.")
    proxy: str = strawberry.field(description="Symbol of the instrument whose returns stand for it.")
    display_order: int = strawberry.field(description="Its place among the others.")
    is_active: bool = strawberry.field(description="Whether exposures to it are computed.")


@strawberry.type(description="A portfolio's exposure to one factor.")
class FactorExposure:
    """An exposure."""

    factor: Factor = strawberry.field(description="The factor.")
    beta: float | None = strawberry.field(
        description="Return of the portfolio for a return of 1 of the factor, the others standing still."
    )
    standard_error: float | None = strawberry.field(description="Of the beta, by ordinary least squares.")
    t_statistic: float | None = strawberry.field(description="Beta over its standard error.")
    p_value: float | None = strawberry.field(description="How likely a beta so far from 0 is by chance, both sides.")
    low: float | None = strawberry.field(description="Lower end of the interval of 95 %.")
    high: float | None = strawberry.field(description="Upper end of it.")
    dollar_exposure: float | None = strawberry.field(
        description="Beta times the portfolio's worth, in its base currency: the gain for a factor's return of 1."
    )
    variance_share: float | None = strawberry.field(
        description="Part of the portfolio's variance that comes with the factor, by Euler; negative if it dampens."
    )


@strawberry.type(description="Why a factor is not to be trusted.")
class FactorWarning:
    """A warning."""

    code: str = strawberry.field(
        description=(
            "COLLINEAR (correlation beyond 0.8), INFLATED_VARIANCE (above 10), NEAR_ZERO_VARIANCE, DEPENDENT (a sum of "
            "others), LOW_SIGNIFICANCE (p-value above 0.05)."
        )
    )
    factors: list[str] = strawberry.field(description="Codes of the factors; at most 20.", metadata=sized(2))
    message: str = strawberry.field(description="What was seen.")


@strawberry.type(description="Beta of a position on one factor.")
class PositionBeta:
    """A beta."""

    factor: str = strawberry.field(description="Code of the factor.")
    beta: float | None = strawberry.field(description="The beta.")


@strawberry.type(description="Betas of one position, of its own return; an option's on its price.")
class PositionBetas:
    """Betas of a position."""

    symbol: str = strawberry.field(description="The position; the code of a currency for cash in it.")
    r_squared: float | None = strawberry.field(description="Part of its variance that the factors explain.")
    names: strawberry.Private[Sequence[str]]
    values: strawberry.Private[Sequence[float | None]]

    @strawberry.field(description="One for each factor, in their order; at most 20.", metadata=sized(7))
    def betas(self) -> list[PositionBeta]:
        """Show the betas."""
        return [PositionBeta(factor=name, beta=beta) for name, beta in zip(self.names, self.values, strict=True)]


@strawberry.type(description="How the factors of a window stand to one another.")
class FactorCorrelations:
    """Correlations of factors."""

    factors: list[str] = strawberry.field(
        description="Codes, in the order of rows and columns; at most 20.", metadata=sized(7)
    )
    matrix: list[list[float | None]] = strawberry.field(
        description="Correlation of each with each; null for a factor that does not move; at most 20.",
        metadata=sized(7),
    )
    variance_inflation: list[float | None] = strawberry.field(
        description="How much the others inflate the variance of each beta: 1 for not at all; at most 20.",
        metadata=sized(7),
    )


@strawberry.type(
    description=(
        "What drives a portfolio: ordinary least squares of what its positions at `asOf`, held constant, would have "
        "returned in each session of the window, on the factors of the same sessions. By linearity the betas are those "
        "of the positions, weighed by worth."
    )
)
class FactorExposures:
    """Exposures."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, `windowDays` and `asOf` as asked.")
    observations: int = strawberry.field(description="Sessions of the window that were used.")
    r_squared: float | None = strawberry.field(description="Part of the variance that the factors explain.")
    adjusted_r_squared: float | None = strawberry.field(description="The same, less what any factors would explain.")
    alpha: float | None = strawberry.field(description="Return of a session that no factor explains: the intercept.")
    residual_share: float | None = strawberry.field(description="Part of the variance that comes with no factor.")
    exposures: list[FactorExposure] = strawberry.field(
        description="One for each active factor that has prices; at most 20.", metadata=sized(7)
    )
    correlations: FactorCorrelations = strawberry.field(description="How the factors stand to one another.")
    warnings: list[FactorWarning] = strawberry.field(
        description="Why factors are not to be trusted; at most 200.", metadata=sized(5)
    )
    positions: list[PositionBetas] = strawberry.field(
        description="Betas of each position; at most 1,000.", metadata=sized(50)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Factors without prices, positions that are left out, and why; at most 1,000.", metadata=sized(5)
    )
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


@extends(Portfolio)
@strawberry.type
class PortfolioWithFactors:
    """What factors add to a portfolio."""

    @strawberry.field(
        description=(
            "What drives it: exposures to the active factors over the last `windowDays` sessions (252 when null, at "
            "least 40) up to `asOf`."
        )
    )
    async def factor_exposures(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        window_days: Annotated[
            int | None, strawberry.argument(description="Sessions, from 40 to 5,000.")
        ] = domain.DEFAULT_WINDOW,
        as_of: datetime | None = None,
    ) -> FactorExposures | None:
        """Show the exposures."""
        days = domain.DEFAULT_WINDOW if window_days is None else window_days
        rows = [row for row in await info.context.loaders(RiskLoaders).factors.load(None) if row.is_active]
        data = await over_sessions(info, root, rows, days, as_of)
        if data is None:
            return None
        answer = await answered(info, questions.exposures(whose(info, root), data, rows, days))
        given = (root.key, days, *([] if as_of is None else [as_of.isoformat()]))
        return _exposures(global_id("FactorExposures", *given), answer.result, rows, run_of(answer.run))


async def over_sessions(
    info: Info, portfolio: Portfolio, rows: Sequence[FactorRow], days: int, as_of: datetime | None
) -> HoldingsData | None:
    """Return what a portfolio holds at an instant over so many sessions before, beside the proxies that are known.

    Raises `BadUserInput` for a number of sessions that is none.
    """
    if not 40 <= days <= MAXIMUM_SESSIONS:
        raise BadUserInput(f"expected windowDays from 40 to {MAXIMUM_SESSIONS}, got {days}")
    now = await present(info)
    last = trade_day(now if as_of is None else min(as_of, now))
    known = await info.context.loaders(RiskLoaders).instruments.by_symbol([row.proxy for row in rows])
    symbols = tuple(row.proxy for row in rows if row.proxy in known)
    return await held_over(info, portfolio, Window(days_before(last, days), last, as_of, symbols, days))


def _exposures(
    key: strawberry.ID, found: domain.FactorExposures, rows: Sequence[FactorRow], run: CalculationRun
) -> FactorExposures:
    known = {row.code: row for row in rows}
    return FactorExposures(
        id=key,
        observations=found.observations,
        r_squared=found.r_squared,
        adjusted_r_squared=found.adjusted_r_squared,
        alpha=found.alpha,
        residual_share=found.residual_share,
        exposures=[
            FactorExposure(
                factor=factor_of(known[each.factor]),
                beta=each.beta,
                standard_error=each.standard_error,
                t_statistic=each.t_statistic,
                p_value=each.p_value,
                low=each.low,
                high=each.high,
                dollar_exposure=each.dollar_exposure,
                variance_share=each.variance_share,
            )
            for each in found.exposures
        ],
        correlations=FactorCorrelations(
            factors=list(found.factors),
            matrix=[list(row) for row in found.correlation],
            variance_inflation=list(found.variance_inflation),
        ),
        warnings=[
            FactorWarning(code=each.code, factors=list(each.factors), message=each.message) for each in found.warnings
        ],
        positions=[
            PositionBetas(symbol=each.symbol, r_squared=each.r_squared, names=found.factors, values=each.betas)
            for each in found.positions
        ],
        unavailable=unavailable_of(found.absences),
        run=run,
    )


def factor_of(row: FactorRow) -> Factor:
    """Return a factor as the API shows it."""
    return Factor(
        id=global_id("Factor", row.code),
        code=row.code,
        name=row.name,
        kind=row.kind,
        description=row.description,
        proxy=row.proxy,
        display_order=row.display_order,
        is_active=row.is_active,
    )


@strawberry.type
class FactorsQuery:
    """The queries of factors."""

    @strawberry.field(
        description="The factors in their order, the market first; at most 50.",
        metadata={**allowed(Access.ANYBODY), **sized(20)},
    )
    async def factors(self, info: Info, active_only: bool = True) -> list[Factor]:
        """Show the factors."""
        rows = await info.context.loaders(RiskLoaders).factors.load(None)
        return [factor_of(row) for row in rows if row.is_active or not active_only]


@strawberry.input(description="A factor that is to be changed, or added; what is null stays as it is.")
class PutFactorInput:
    """What to put."""

    code: str = strawberry.field(description="Its code: capital letters, digits and underscores, at most 40.")
    name: str | None = strawberry.field(default=None, description="What people call it.")
    kind: FactorKind | None = strawberry.field(  # type: ignore[valid-type]
        default=None, description="What it is about."
    )
    description: str | None = strawberry.field(default=None, description="What it stands for.")
    proxy: str | None = strawberry.field(default=None, description="Symbol of the instrument that stands for it.")
    display_order: int | None = strawberry.field(default=None, description="Its place among the others.")
    is_active: bool | None = strawberry.field(default=None, description="Whether exposures to it are computed.")


@strawberry.type(description="The factor as it is now, or why it was not changed.")
class PutFactorPayload:
    """The answer of `putFactor`."""

    factor: Factor | None = strawberry.field(description="The factor.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class FactorsMutation:
    """What administrators do to factors."""

    @strawberry.mutation(
        description="Change a factor, or add one: a sector or a region, or another proxy for a style.",
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(PutFactorPayload)
    async def put_factor(self, info: Info, input: PutFactorInput) -> PutFactorPayload:
        """Put a factor."""
        async with info.context.unit_of_work() as work:
            row = await put_factor(
                work,
                code=input.code,
                name=input.name,
                kind=input.kind,
                description=input.description,
                proxy=input.proxy,
                display_order=input.display_order,
                is_active=input.is_active,
            )
        return PutFactorPayload(factor=factor_of(row))
