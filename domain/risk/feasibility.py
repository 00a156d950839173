"""Which positions each calculation can use, and why it leaves others out.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.absence import Absence, AbsenceReason
from domain.portfolios.types import PriceSource, Valuation
from domain.quant.volatility import FEWEST_RETURNS
from domain.risk.factor_exposures import factor_returns
from domain.risk.holdings import Holdings, left_out
from domain.risk.measuring import why_not
from domain.risk.reading_types import HoldingsData, Realized
from domain.risk.types import FEWEST_OBSERVATIONS, FactorRow
from domain.risk.volumes import Volumes


class Purpose(StrEnum):
    """What is to be calculated."""

    MEASURES = "MEASURES"
    VALUE_AT_RISK = "VALUE_AT_RISK"
    CONTRIBUTIONS = "CONTRIBUTIONS"
    CORRELATIONS = "CORRELATIONS"
    FACTOR_EXPOSURES = "FACTOR_EXPOSURES"
    STRESS_TEST = "STRESS_TEST"
    GREEKS = "GREEKS"
    DIAGNOSTICS = "DIAGNOSTICS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasible:
    """What one calculation can use.

    `eligible` of `total` positions qualify; `weight` is what they are worth, either side counted by its size, as a part
    of all that has a price.  Nothing comes of a calculation that is not `possible`.
    """

    purpose: Purpose
    possible: bool
    eligible: int
    total: int
    weight: float | None
    absences: tuple[Absence, ...]


def feasibility(
    valuation: Valuation,
    realized: Realized,
    near: HoldingsData,
    wide: HoldingsData,
    rows: Sequence[FactorRow],
    volumes: Volumes,
) -> list[Feasible]:
    """Return what each calculation can use.

    `near` are the holdings over the range that is asked, `wide` those over the window of factors, with their proxies.
    """
    factors = factor_returns(rows, wide)
    missing = list(factors.absences)
    few = _too_few(wide.holdings, FEWEST_OBSERVATIONS + len(factors.rows))
    without = [] if factors.rows else [_no_market()]
    worthless = _worthless(near.holdings)
    return [
        _measures(realized, near.holdings),
        _of(Purpose.VALUE_AT_RISK, near.holdings, [*worthless, *_too_few(near.holdings, FEWEST_RETURNS)]),
        _of(Purpose.CONTRIBUTIONS, near.holdings, [*worthless, *_too_few(near.holdings)]),
        _of(Purpose.CORRELATIONS, near.holdings, _too_few(near.holdings)),
        _of(Purpose.FACTOR_EXPOSURES, wide.holdings, [*_worthless(wide.holdings), *few, *without], missing),
        _of(Purpose.STRESS_TEST, wide.holdings, [], [*few, *missing]),
        _greeks(valuation, near.holdings),
        _diagnostics(wide.holdings, volumes),
    ]


def _of(purpose: Purpose, holdings: Holdings, obstacles: Sequence[Absence], more: Sequence[Absence] = ()) -> Feasible:
    """Return what a calculation of returns can use: what has a history."""
    eligible = [each.symbol for each in holdings.held]
    return _found(purpose, holdings, eligible, list(_sizes(holdings)), obstacles, [*left_out(holdings), *more])


def _found(
    purpose: Purpose,
    holdings: Holdings,
    eligible: Sequence[str],
    among: Sequence[str],
    obstacles: Sequence[Absence],
    absences: Sequence[Absence],
) -> Feasible:
    sizes = _sizes(holdings)
    gross = sum(sizes[symbol] for symbol in among)
    covered = sum(sizes[symbol] for symbol in eligible)
    return Feasible(
        purpose=purpose,
        possible=not obstacles and bool(eligible),
        eligible=len(eligible),
        total=len(among),
        weight=covered / gross if gross > 0 else None,
        absences=(*obstacles, *absences),
    )


def _sizes(holdings: Holdings) -> dict[str, float]:
    sizes = {each.symbol: abs(each.worth) for each in holdings.held}
    left = {each.symbol: abs((each.weight or 0.0) * holdings.equity) for each in holdings.unqualified}
    return sizes | left


def _measures(realized: Realized, holdings: Holdings) -> Feasible:
    # They are of the portfolio as a whole: all of it, or nothing.
    symbols = list(_sizes(holdings))
    cause = why_not(realized.returns, realized.absences)
    obstacles = [] if cause is None else [cause]
    return _found(Purpose.MEASURES, holdings, [] if obstacles else symbols, symbols, obstacles, ())


def _greeks(valuation: Valuation, holdings: Holdings) -> Feasible:
    alive = [each for each in valuation.positions if each.contract and each.price_source is not PriceSource.INTRINSIC]
    unknown = {each.instrument.symbol for each in alive if each.delta is None}
    among = sorted({each.instrument.symbol for each in alive})
    message = "no price of it, or none of its underlying, is known"
    left = [Absence(symbol, AbsenceReason.NO_PRICE, message, "load its bars") for symbol in sorted(unknown)]
    obstacles = [] if among else [Absence("", AbsenceReason.NOT_APPLICABLE, "expected options, got none")]
    return _found(Purpose.GREEKS, holdings, [each for each in among if each not in unknown], among, obstacles, left)


def _diagnostics(holdings: Holdings, volumes: Volumes) -> Feasible:
    message = "no volume of it is known in the last sessions: how soon it could be sold is not told"
    left = [
        Absence(symbol, AbsenceReason.NOT_COVERED, message, "load bars with volumes")
        for symbol in sorted(volumes.units)
        if symbol not in volumes.means
    ]
    return _of(Purpose.DIAGNOSTICS, holdings, [], left)


def _worthless(holdings: Holdings) -> list[Absence]:
    if holdings.equity > 0:
        return []
    message = f"expected a portfolio of positive worth, got {holdings.equity:.2f}"
    return [Absence("", AbsenceReason.UNDEFINED, message)]


def _too_few(holdings: Holdings, fewest: int = FEWEST_OBSERVATIONS) -> list[Absence]:
    count = len(holdings.sessions) - 1
    if count >= fewest:
        return []
    message = f"expected at least {fewest} sessions, got {count}"
    return [Absence("", AbsenceReason.INSUFFICIENT_HISTORY, message, "ask for a longer range")]


def _no_market() -> Absence:
    message = "expected closes of the market over the whole window, got fewer: all factors count beyond it"
    return Absence("", AbsenceReason.NOT_COVERED, message, "load bars of the market's proxy")
