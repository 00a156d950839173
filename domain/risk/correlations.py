"""How what a portfolio holds moves together, and what each position adds to its volatility."""

from dataclasses import dataclass

import numpy as np

from domain.calculations.answers import Calculation
from domain.kernel.absence import Absence, AbsenceReason
from domain.quant.covariance import correlation, is_positive_semidefinite, sample_covariance
from domain.quant.pairwise import nearest_correlation
from domain.quant.risk_contributions import volatility_contributions
from domain.quant.volatility import PERIODS_PER_YEAR
from domain.risk.holdings import Holdings, left_out
from domain.risk.numbers import all_known, known
from domain.risk.types import FEWEST_OBSERVATIONS

MOST_SYMBOLS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlations:
    """Correlations of daily returns in the base currency, by the order of the symbols.

    `repaired`: rounding had left an eigenvalue below zero, and the nearest correlation matrix stands in its place.
    """

    symbols: tuple[str, ...]
    matrix: tuple[tuple[float | None, ...], ...]
    observations: int
    repaired: bool
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a position adds to the volatility of the portfolio, a year; `marginal` is for a weight of 1 more."""

    symbol: str
    weight: float | None
    marginal: float | None
    contribution: float | None


@dataclass(frozen=True, slots=True)
class Contributions:
    """Contributions that sum to the volatility, a year, of the holdings held constant."""

    volatility: float | None
    parts: tuple[Contribution, ...]
    absences: tuple[Absence, ...]


CORRELATIONS = Calculation("CORRELATIONS", 1, Correlations)
CONTRIBUTIONS = Calculation("RISK_CONTRIBUTIONS", 1, Contributions)


def correlations(holdings: Holdings) -> Correlations:
    """Return how positions move together: of an option its underlying; the 100 largest by worth."""
    count = len(holdings.sessions) - 1
    absences = left_out(holdings)
    order = sorted(range(len(holdings.held)), key=lambda place: (-abs(holdings.held[place].worth), place))
    places = sorted(order[:MOST_SYMBOLS])
    symbols = tuple(holdings.held[place].symbol for place in places)
    if len(order) > MOST_SYMBOLS:
        message = f"expected at most {MOST_SYMBOLS} positions, got {len(order)}: the largest are shown"
        absences.append(Absence("matrix", AbsenceReason.NOT_APPLICABLE, message))
    if count < FEWEST_OBSERVATIONS:
        absences.append(_too_short("matrix", count))
        return Correlations(symbols=(), matrix=(), observations=count, repaired=False, absences=tuple(absences))
    found = correlation(sample_covariance(holdings.moves[:, places]))
    good = np.isfinite(np.diag(found))
    part = found[np.ix_(good, good)]
    repaired = bool(len(part)) and not is_positive_semidefinite(part)
    if repaired:
        found[np.ix_(good, good)] = nearest_correlation(part).correlation
    for symbol, varies in zip(symbols, good.tolist(), strict=True):
        if not varies:
            absences.append(Absence(symbol, AbsenceReason.UNDEFINED, f"{symbol} did not move in these sessions"))
    return Correlations(
        symbols=symbols,
        matrix=tuple(map(all_known, found)),
        observations=count,
        repaired=repaired,
        absences=tuple(absences),
    )


def why_no_contributions(holdings: Holdings) -> Absence | None:
    """Return why no position adds to the volatility; None where they do."""
    count = len(holdings.sessions) - 1
    if not holdings.equity > 0:
        return _worthless(holdings)
    return _too_short("contributions", count) if count < FEWEST_OBSERVATIONS else None


def contributions(holdings: Holdings) -> Contributions:
    """Return what each position adds to the volatility: its covariance with the whole, over the whole's deviation."""
    absences = left_out(holdings)
    cause = why_no_contributions(holdings)
    if cause is not None:
        return Contributions(None, (), (*absences, cause))
    spread = sample_covariance(holdings.returns) * PERIODS_PER_YEAR
    # Returns are fractions of the portfolio already: each position counts once.
    found = volatility_contributions(np.ones(len(holdings.held)), spread)
    weights = holdings.weights
    parts = tuple(
        Contribution(
            held.symbol,
            known(weights[place]),
            known(found.components[place] / weights[place]) if weights[place] else None,
            known(found.components[place]),
        )
        for place, held in enumerate(holdings.held)
    )
    return Contributions(known(found.volatility), parts, tuple(absences))


def _too_short(field: str, count: int) -> Absence:
    message = f"expected at least {FEWEST_OBSERVATIONS} sessions, got {count}"
    return Absence(field, AbsenceReason.INSUFFICIENT_HISTORY, message, "ask for a longer range")


def _worthless(holdings: Holdings) -> Absence:
    message = f"expected a portfolio of positive worth, got {holdings.equity:.2f}"
    return Absence("contributions", AbsenceReason.UNDEFINED, message)
