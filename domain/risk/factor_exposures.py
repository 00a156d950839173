"""What drives a portfolio: its betas on the factors, how far they can be trusted, and those of its positions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from domain.calculations.answers import Calculation
from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import Vector
from domain.quant.factors import (
    COLLINEAR,
    INFLATED,
    SIGNIFICANT,
    Caution,
    CautionKind,
    check_factors,
    spread_factors,
    variance_contributions,
)
from domain.quant.regression import ols
from domain.risk.holdings import Holdings, left_out
from domain.risk.numbers import all_known, known
from domain.risk.reading_types import HoldingsData
from domain.risk.types import FEWEST_OBSERVATIONS, FactorRow

DEFAULT_WINDOW = 252
"""Sessions: a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorExposure:
    """A beta on one factor: its error, its significance, the interval of 95 %, what it comes to in money, and the part
    of the portfolio's variance that comes with it.
    """

    factor: str
    beta: float | None
    standard_error: float | None
    t_statistic: float | None
    p_value: float | None
    low: float | None
    high: float | None
    dollar_exposure: float | None
    variance_share: float | None


@dataclass(frozen=True, slots=True)
class FactorWarning:
    """Why a factor is not to be trusted."""

    code: str
    factors: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class PositionBetas:
    """Betas of one position, in the order of the factors."""

    symbol: str
    betas: tuple[float | None, ...]
    r_squared: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorExposures:
    """Exposures to those of the factors that have prices; the others are among the absences."""

    observations: int
    factors: tuple[str, ...]
    r_squared: float | None
    adjusted_r_squared: float | None
    alpha: float | None
    residual_share: float | None
    exposures: tuple[FactorExposure, ...]
    correlation: tuple[tuple[float | None, ...], ...]
    variance_inflation: tuple[float | None, ...]
    warnings: tuple[FactorWarning, ...]
    positions: tuple[PositionBetas, ...]
    absences: tuple[Absence, ...]


EXPOSURES = Calculation("FACTOR_EXPOSURES", 2, FactorExposures)


@dataclass(frozen=True, slots=True, eq=False)
class FactorReturns:
    """Returns of the factors that have prices over all sessions, (n, k), the market first, and why others have none."""

    rows: tuple[FactorRow, ...]
    returns: Vector
    absences: tuple[Absence, ...]


def factor_returns(rows: Sequence[FactorRow], data: HoldingsData) -> FactorReturns:
    """Return the factors of some proxies, which the data compare with: the market, and what others return beyond it."""
    columns = {symbol: data.compared[:, place] for place, symbol in enumerate(data.symbols)}
    complete = [row for row in rows if row.proxy in columns and np.isfinite(columns[row.proxy]).all()]
    absences = tuple(_not_covered(row) for row in rows if row not in complete)
    if not complete or complete[0] is not rows[0]:
        return FactorReturns((), np.empty((len(data.compared), 0)), absences)
    market, *others = (columns[row.proxy] for row in complete)
    proxies = np.array(others).reshape(len(others), len(market)).T
    return FactorReturns(tuple(complete), spread_factors(market, proxies), absences)


def _not_covered(row: FactorRow) -> Absence:
    message = f"expected closes of {row.proxy}, which stands for {row.name}, over the whole window, got fewer"
    return Absence(row.code, AbsenceReason.NOT_COVERED, message, f"load bars of {row.proxy}, or name another proxy")


def factor_exposures(data: HoldingsData, rows: Sequence[FactorRow]) -> FactorExposures:
    """Return the exposures of what is held, over the sessions of the data."""
    factors = factor_returns(rows, data)
    holdings = data.holdings
    count = len(holdings.sessions) - 1
    absences = [*factors.absences, *left_out(holdings)]
    if count < FEWEST_OBSERVATIONS + len(factors.rows) or not factors.rows or not holdings.equity > 0:
        absences.append(_nothing(holdings, factors, count))
        return _empty(count, absences)
    fit = ols(factors.returns, holdings.total)
    shares = variance_contributions(factors.returns, holdings.total)
    own = _own_returns(holdings)
    positions = ols(factors.returns, own) if len(holdings.held) else None
    check = check_factors(factors.returns)
    names = tuple(row.code for row in factors.rows)
    chance = _insignificant(names, fit.p_values)
    absences += _undefined(
        {
            "rSquared": fit.r_squared,
            "adjustedRSquared": fit.adjusted_r_squared,
            "residualShare": shares[-1],
            # Without those of the intercept.
            "tStatistic": fit.t_statistics[1:],
            "pValue": fit.p_values[1:],
            "varianceShare": shares[:-1],
        }
    )
    if positions is not None:
        unmoved = np.flatnonzero(~np.isfinite(positions.r_squared))
        absences += [_unmoved(holdings.held[place].symbol) for place in unmoved]
    return FactorExposures(
        observations=count,
        factors=names,
        r_squared=known(float(fit.r_squared)),
        adjusted_r_squared=known(float(fit.adjusted_r_squared)),
        alpha=known(float(fit.betas[0])),
        residual_share=known(float(shares[-1])),
        exposures=tuple(
            FactorExposure(
                factor=name,
                beta=known(fit.betas[place]),
                standard_error=known(fit.standard_errors[place]),
                t_statistic=known(fit.t_statistics[place]),
                p_value=known(fit.p_values[place]),
                low=known(fit.low[place]),
                high=known(fit.high[place]),
                dollar_exposure=known(fit.betas[place] * holdings.equity),
                variance_share=known(shares[place - 1]),
            )
            for place, name in enumerate(names, 1)
        ),
        correlation=tuple(map(all_known, check.correlation)),
        variance_inflation=all_known(check.variance_inflation),
        warnings=(*(_warning(names, each) for each in check.cautions), *chance),
        positions=()
        if positions is None
        else tuple(
            PositionBetas(held.symbol, all_known(positions.betas[1:, column]), known(positions.r_squared[column]))
            for column, held in enumerate(holdings.held)
        ),
        absences=tuple(absences),
    )


def _own_returns(holdings: Holdings) -> Vector:
    """Return what each position would have made as a fraction of its worth: (n, m); of a short one, what it cost."""
    with np.errstate(all="ignore"):
        found: Vector = holdings.gains / holdings.worths
    return found


def _undefined(numbers: Mapping[str, Any]) -> list[Absence]:
    message = "what it is divided by is zero: returns that do not vary, or that factors explain to the last digit"
    missing = [name for name, number in numbers.items() if not np.isfinite(number).all()]
    return [Absence(name, AbsenceReason.UNDEFINED, message) for name in missing]


def _unmoved(symbol: str) -> Absence:
    return Absence(symbol, AbsenceReason.UNDEFINED, f"expected returns of {symbol} that vary, got none that do")


def _nothing(holdings: Holdings, factors: FactorReturns, count: int) -> Absence:
    if not factors.rows:
        message = "the proxy of the market has no closes over the whole window"
        return Absence("exposures", AbsenceReason.NOT_COVERED, message, "load its bars")
    if not holdings.equity > 0:
        message = f"expected a portfolio of positive worth, got {holdings.equity:.2f}"
        return Absence("exposures", AbsenceReason.UNDEFINED, message)
    least = FEWEST_OBSERVATIONS + len(factors.rows)
    message = f"expected at least {least} sessions, got {count}"
    return Absence("exposures", AbsenceReason.INSUFFICIENT_HISTORY, message, "ask for a longer window")


def _empty(count: int, absences: Sequence[Absence]) -> FactorExposures:
    return FactorExposures(
        observations=count,
        factors=(),
        r_squared=None,
        adjusted_r_squared=None,
        alpha=None,
        residual_share=None,
        exposures=(),
        correlation=(),
        variance_inflation=(),
        warnings=(),
        positions=(),
        absences=tuple(absences),
    )


def _insignificant(names: Sequence[str], p_values: Vector) -> list[FactorWarning]:
    return [
        FactorWarning(
            "LOW_SIGNIFICANCE",
            (name,),
            f"the beta on {name} may be chance: its p-value is {value:.2g}, above {SIGNIFICANT:g}",
        )
        for name, value in zip(names, p_values[1:].tolist(), strict=True)
        if value > SIGNIFICANT
    ]


def _warning(names: Sequence[str], caution: Caution) -> FactorWarning:
    about = tuple(names[place] for place in caution.factors)
    told = " and ".join(about)
    code, message = {
        CautionKind.COLLINEAR: (
            "COLLINEAR",
            f"{told} can hardly be told apart: their correlation is {caution.value:.2f}, beyond {COLLINEAR:g}",
        ),
        CautionKind.INFLATED: (
            "INFLATED_VARIANCE",
            f"other factors explain {told}: its variance inflation is {caution.value:.1f}, above {INFLATED:g}",
        ),
        CautionKind.STEADY: ("NEAR_ZERO_VARIANCE", f"{told} hardly moves: it deviates {caution.value:.2g} a session"),
        CautionKind.DEPENDENT: ("DEPENDENT", f"one of {told} is a sum of the others: there are no betas"),
        CautionKind.INSIGNIFICANT: ("LOW_SIGNIFICANCE", f"the beta on {told} may be chance"),
    }[caution.kind]
    return FactorWarning(code, about, message)
