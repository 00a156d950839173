"""What a scenario would make of a portfolio: each position by its sector or by its betas, options priced anew.

A position whose sector a scenario knows moves as that sector does.  Any other moves by its betas, over a year of
sessions, on the factors that the scenario moves.  No price falls below zero: nothing held loses more than it is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.calculations.answers import Calculation
from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import Vector
from domain.quant.regression import ols
from domain.quant.stress import reverse_stress
from domain.risk.factor_exposures import FactorReturns, factor_returns
from domain.risk.holdings import Holdings, left_out
from domain.risk.numbers import known
from domain.risk.reading_types import HoldingsData
from domain.risk.scenarios import Scenario, ScenarioKind
from domain.risk.types import FEWEST_OBSERVATIONS, FactorKind, FactorRow


@dataclass(frozen=True, slots=True)
class StressedPosition:
    """What becomes of one position: in the base currency, and the return of its price or, of an option, of the
    underlying's.
    """

    symbol: str
    profit_and_loss: float | None
    shock: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StressTest:
    """What becomes of a portfolio: in the base currency, and as a fraction of its worth."""

    profit_and_loss: float | None
    fraction: float | None
    observations: int
    positions: tuple[StressedPosition, ...]
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class ReverseShock:
    """What one factor alone would have to return for a portfolio to lose so much; None where nothing does."""

    factor: str
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseStress:
    """Factors, and what each alone would have to do."""

    loss: float
    observations: int
    shocks: tuple[ReverseShock, ...]
    absences: tuple[Absence, ...]


STRESS = Calculation("STRESS_TEST", 3, StressTest)
REVERSE_STRESS = Calculation("REVERSE_STRESS", 2, ReverseStress)

_SMALLEST, _LARGEST = -1.0, 10.0
# A move so small that an option follows it by its delta.
_SMALL = 1e-4


def moved_factors(scenario: Scenario, rows: Sequence[FactorRow]) -> list[FactorRow]:
    """Return the factors that a scenario moves, after the market, which the others are told from."""
    moved = {shock.factor for shock in scenario.shocks}
    return [row for row in rows if row.kind is FactorKind.MARKET or row.code in moved]


def stress_test(data: HoldingsData, rows: Sequence[FactorRow], scenario: Scenario) -> StressTest:
    """Return what a scenario makes of what is held.  `rows` are the factors that it moves, the market first."""
    holdings = data.holdings
    factors = factor_returns(rows, data)
    absences = left_out(holdings)
    # Without the market, no other can be told from it.
    needed = {shock.factor for shock in scenario.shocks} | {row.code for row in rows[:1] if scenario.shocks}
    absences += [each for each in factors.absences if each.field in needed]
    absences += _unknown_factors(scenario, rows) + _unknown_sectors(scenario, holdings)
    shocks = _shocks(data, factors, scenario)
    gains = np.array(
        [
            shocked if np.isnan(shocked) else _gain(holdings, place, shocked, scenario.volatility_change)
            for place, shocked in enumerate(shocks.tolist())
        ],
        dtype=np.float64,
    )
    absences += [_no_beta(held.symbol) for held, gain in zip(holdings.held, gains, strict=True) if np.isnan(gain)]
    total = float(np.nansum(gains)) if len(gains) == 0 or not np.isnan(gains).all() else float("nan")
    if not holdings.equity > 0:
        absences.append(_worthless("fraction", holdings))
    if np.isnan(total):
        message = "expected a position of which the change is known, got none"
        names = ("profitAndLoss", "fraction") if holdings.equity > 0 else ("profitAndLoss",)
        absences += [Absence(name, AbsenceReason.INSUFFICIENT_HISTORY, message) for name in names]
    return StressTest(
        profit_and_loss=known(total),
        fraction=known(total / holdings.equity) if holdings.equity > 0 else None,
        observations=len(holdings.sessions) - 1,
        positions=tuple(
            StressedPosition(held.symbol, known(gain), known(shock))
            for held, gain, shock in zip(holdings.held, gains.tolist(), shocks.tolist(), strict=True)
        ),
        absences=tuple(absences),
    )


def _betas(data: HoldingsData, factors: FactorReturns) -> Vector:
    """Return what each position, or its underlying, makes of each factor: (k, m), once for all scenarios."""
    name = ("betas", *(row.proxy for row in factors.rows))
    if name not in data.remembered:
        data.remembered[name] = ols(factors.returns, data.holdings.moves).betas[1:]
    found: Vector = data.remembered[name]
    return found


def _shocks(data: HoldingsData, factors: FactorReturns, scenario: Scenario) -> Vector:
    """Return what the price of each position, or of its underlying, returns: (m,); NaN where that cannot be told."""
    holdings = data.holdings
    changes = {shock.factor: shock.change for shock in scenario.shocks}
    sectors = {shock.sector: shock.change for shock in scenario.sectors}
    moved = np.array([changes.get(row.code, 0.0) for row in factors.rows])
    if not len(holdings.held):
        return np.empty(0)
    if not changes:
        by_factor = np.zeros(len(holdings.held))
    elif not factors.rows or len(holdings.moves) < FEWEST_OBSERVATIONS + len(factors.rows):
        by_factor = np.full(len(holdings.held), np.nan)
    else:
        by_factor = moved @ _betas(data, factors)
    own = [sectors.get(held.sector or "", by) for held, by in zip(holdings.held, by_factor.tolist(), strict=True)]
    return np.maximum(np.array(own, dtype=np.float64), _SMALLEST)


def _gain(holdings: Holdings, place: int, shock: float, volatility_change: float) -> float:
    held = holdings.held[place]
    if held.option is None:
        return held.worth * shock
    return float(held.option.gains([shock], volatility_change)[0])


def _unknown_factors(scenario: Scenario, rows: Sequence[FactorRow]) -> list[Absence]:
    codes = {row.code for row in rows}
    return [
        Absence(
            shock.factor,
            AbsenceReason.NOT_COVERED,
            f"expected an active factor, got {shock.factor}: its shock is left out",
            "make the factor active",
        )
        for shock in scenario.shocks
        if shock.factor not in codes
    ]


def _unknown_sectors(scenario: Scenario, holdings: Holdings) -> list[Absence]:
    """Return the sectors of one's own scenario that nothing is in: the library names all that have moved."""
    if scenario.kind is not ScenarioKind.CUSTOM:
        return []
    held = {each.sector for each in holdings.held}
    return [
        Absence(
            shock.sector,
            AbsenceReason.NOT_APPLICABLE,
            f"expected the sector of a position, got {shock.sector}: its shock is left out",
        )
        for shock in scenario.sectors
        if shock.sector not in held
    ]


def _worthless(field: str, holdings: Holdings) -> Absence:
    message = f"expected a portfolio of positive worth, got {holdings.equity:.2f}"
    return Absence(field, AbsenceReason.UNDEFINED, message)


def _no_beta(symbol: str) -> Absence:
    message = f"expected a year of closes of {symbol} and of the factors to tell its betas, got too few"
    return Absence(symbol, AbsenceReason.INSUFFICIENT_HISTORY, message, "load bars that reach back a year")


def reverse_stress_test(data: HoldingsData, rows: Sequence[FactorRow], loss: float) -> ReverseStress:
    """Return what each factor alone would have to return for a loss of a part of the portfolio's worth.

    A position's beta is the one that a scenario of that factor alone has: beside the market, none other stands still.
    Options count by their delta: priced anew they would lose less when they are held, and more when they are written.
    """
    holdings = data.holdings
    factors = factor_returns(rows, data)
    absences = [*left_out(holdings), *factors.absences]
    count = len(holdings.sessions) - 1
    if not factors.rows or count < FEWEST_OBSERVATIONS + len(factors.rows) or not holdings.held:
        message = f"expected at least {FEWEST_OBSERVATIONS + len(rows)} sessions and a position, got {count}"
        absences.append(Absence("shocks", AbsenceReason.INSUFFICIENT_HISTORY, message))
        return ReverseStress(loss=loss, observations=count, shocks=(), absences=tuple(absences))
    if not holdings.equity > 0:
        absences.append(_worthless("shocks", holdings))
        return ReverseStress(loss=loss, observations=count, shocks=(), absences=tuple(absences))
    worths = _delta_worths(holdings)
    # The loss is of the portfolio with its cash, which no factor moves: what is short may be worth more than the rest.
    whole = np.append(worths, holdings.equity - worths.sum())
    found = []
    market = factors.rows[0]
    for row in factors.rows:
        alone = factor_returns([market] if row is market else [market, row], data)
        betas = np.append(_betas(data, alone)[-1:], [[0.0]], axis=1)
        down, up = (-reverse_stress(betas, [-1.0], whole, loss), reverse_stress(betas, [1.0], whole, loss))
        change = down if np.isnan(up) or -down <= up else up
        # What asks for more than everything, or for more than tenfold, never comes.
        possible = _SMALLEST <= change <= _LARGEST
        found.append(ReverseShock(row.code, known(change) if possible else None))
        if not possible:
            message = f"no return of {row.name} alone loses {loss:.1%} of the portfolio"
            absences.append(Absence(row.code, AbsenceReason.UNBOUNDED, message))
    return ReverseStress(loss=loss, observations=count, shocks=tuple(found), absences=tuple(absences))


def _delta_worths(holdings: Holdings) -> Vector:
    """Return what each position comes to in what it moves with: of an option, delta times the underlying."""
    return np.array(
        [
            held.worth if held.option is None else float(held.option.gains([_SMALL])[0]) / _SMALL
            for held in holdings.held
        ],
        dtype=np.float64,
    )
