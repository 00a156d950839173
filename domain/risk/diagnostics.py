"""How spread out a portfolio is, and how soon it could be sold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from domain.calculations.answers import Calculation
from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import Vector
from domain.quant.concentration import (
    PARTICIPATION,
    days_to_liquidate,
    diversification_ratio,
    effective_bets,
    effective_names,
    herfindahl,
)
from domain.quant.covariance import sample_covariance
from domain.risk.holdings import Holdings, left_out
from domain.risk.numbers import known
from domain.risk.types import FEWEST_OBSERVATIONS


@dataclass(frozen=True, slots=True)
class Liquidation:
    """Sessions that it takes to leave a position; None where its volume is not known."""

    symbol: str
    days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """Concentration, diversification and liquidity."""

    observations: int
    largest_weight: float | None
    largest_symbol: str | None
    top_five_weight: float | None
    herfindahl: float | None
    effective_names: float | None
    diversification_ratio: float | None
    effective_bets: float | None
    liquidity_days: float | None
    liquidations: tuple[Liquidation, ...]
    absences: tuple[Absence, ...]


DIAGNOSTICS = Calculation("DIAGNOSTICS", 2, Diagnostics)

_OF_SIZES = ("largest_weight", "largest_symbol", "top_five_weight", "herfindahl", "effective_names")


def diagnostics(
    holdings: Holdings, volumes: Mapping[str, float], units: Mapping[str, float], participation: float = PARTICIPATION
) -> Diagnostics:
    """Return how spread out positions are; `volumes` are mean volumes of a session, and `units` what is held.

    Positions count by their size, long or short, those without a history too; sessions to leave them by a part of what
    is traded.
    """
    absences = left_out(holdings)
    names, worths = _priced(holdings)
    sizes = np.abs(worths)
    order = np.argsort(-sizes, kind="stable")
    gross = float(sizes.sum())
    shares = sizes[order] / gross if gross > 0 else np.empty(0)
    enough = len(holdings.sessions) - 1 >= max(FEWEST_OBSERVATIONS, len(holdings.held) + 1)
    ratio, bets = (float("nan"), float("nan"))
    if enough and holdings.equity > 0 and len(holdings.held):
        spread = sample_covariance(holdings.returns)
        ones = np.ones(len(holdings.held))
        ratio, bets = diversification_ratio(ones, spread), effective_bets(ones, spread)
    else:
        absences += _no_diversification(holdings, enough=enough)
    symbols = [symbol for symbol in names if symbol in units]
    days = days_to_liquidate(
        [units[symbol] for symbol in symbols],
        [volumes.get(symbol, float("nan")) for symbol in symbols],
        participation,
    )
    unknown = [symbol for symbol, each in zip(symbols, days.tolist(), strict=True) if each != each]  # noqa: PLR0124
    absences += _no_volumes(unknown, len(symbols))
    missing = (*(() if len(shares) else _OF_SIZES), *(() if symbols else ("liquidity_days",)))
    message = "expected a position whose worth is known, got none"
    absences += [Absence(name, AbsenceReason.UNDEFINED, message) for name in missing]
    return Diagnostics(
        observations=len(holdings.sessions) - 1,
        largest_weight=known(shares[0]) if len(shares) else None,
        largest_symbol=names[int(order[0])] if len(shares) else None,
        top_five_weight=known(shares[:5].sum()) if len(shares) else None,
        herfindahl=known(herfindahl(worths)) if len(shares) else None,
        effective_names=known(effective_names(worths)) if len(shares) else None,
        diversification_ratio=known(ratio),
        effective_bets=known(bets),
        liquidity_days=known(float(np.max(days))) if len(days) and not unknown else None,
        liquidations=tuple(Liquidation(symbol, known(each)) for symbol, each in zip(symbols, days, strict=True)),
        absences=tuple(absences),
    )


def _priced(holdings: Holdings) -> tuple[list[str], Vector]:
    """Return all positions whose worth is known, and their worths: how they moved is not asked."""
    left = [(each.symbol, each.weight * holdings.equity) for each in holdings.unqualified if each.weight is not None]
    names = [each.symbol for each in holdings.held] + [symbol for symbol, _ in left]
    return names, np.concatenate([holdings.worths, [worth for _, worth in left]])


def _no_diversification(holdings: Holdings, *, enough: bool) -> list[Absence]:
    least = max(FEWEST_OBSERVATIONS, len(holdings.held) + 1)
    reason, mend = AbsenceReason.UNDEFINED, None
    if not holdings.held:
        message = "expected a position whose history is known, got none"
    elif not enough:
        reason, mend = AbsenceReason.INSUFFICIENT_HISTORY, "ask for a longer window"
        message = f"expected at least {least} sessions, got {len(holdings.sessions) - 1}"
    else:
        message = f"expected a portfolio of positive worth, got {holdings.equity:.2f}"
    return [Absence(name, reason, message, mend) for name in ("diversification_ratio", "effective_bets")]


def _no_volumes(unknown: Sequence[str], count: int) -> list[Absence]:
    if not unknown:
        return []
    message = f"expected volumes of all {count} positions, got none of {len(unknown)}"
    whole = Absence("liquidity_days", AbsenceReason.NOT_COVERED, message, "load bars with volumes")
    return [whole, *map(_no_volume, unknown)]


def _no_volume(symbol: str) -> Absence:
    message = f"no volume of {symbol} is known in the last sessions"
    return Absence(symbol, AbsenceReason.NOT_COVERED, message, "load bars with volumes")
