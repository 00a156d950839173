"""Greeks of the options that a portfolio holds, by Black-Scholes-Merton at the volatilities that their prices imply.

Of what expires by a day they can be asked as they will be after it: what is over then has no Greeks any more, and what
would be exercised at the prices of now counts as the shares that it gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.market import history
from domain.market import queries as market
from domain.market.history import Line
from domain.portfolios.exposures import delta_adjusted
from domain.portfolios.option_prices import DIVIDEND_YIELD, RATE
from domain.portfolios.option_terms import OptionTerms, option_terms
from domain.portfolios.types import Position, PriceSource, Valuation
from domain.quant import black_scholes

NAMES = ("delta", "gamma", "theta", "vega", "rho")


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeks:
    """Of all contracts of a position, or of several: delta and gamma in units of the underlying, the others in money.

    Theta is for a calendar day, vega and rho for 0.01.  None where one is not known.
    """

    delta: float | None
    gamma: float | None
    theta: float | None
    vega: float | None
    rho: float | None


NOTHING = Greeks(delta=None, gamma=None, theta=None, vega=None, rho=None)


@dataclass(frozen=True, slots=True)
class PositionGreeks:
    """Greeks of one option, over all accounts; None for what is no option."""

    symbol: str
    greeks: Greeks | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioGreeks:
    """Greeks of all options together, and what moves with the market as shares of that worth would."""

    total: Greeks
    delta_adjusted_exposure: float | None
    positions: tuple[PositionGreeks, ...]
    absences: tuple[Absence, ...]


async def underlying_closes(valuations: Sequence[Valuation], now: datetime) -> dict[UUID, Line]:
    """Return the adjusted closes of what options are on: two statements, none where there are no options."""
    ids = {each.contract.underlying_id for one in valuations for each in one.positions if each.contract is not None}
    if not ids:
        return {}
    rows = [row for row in await market.instruments_by_id(sorted(ids)) if row is not None]
    lines = await history.closes(rows, now.date(), now, adjusted=True)
    return {row.id: line for row, line in zip(rows, lines, strict=True)}


def portfolio_greeks(
    valuation: Valuation, closes: Mapping[UUID, Line], after_expiry: date | None = None
) -> PortfolioGreeks:
    """Return the Greeks of a valuation, or as they will be after what expires by a day has done so."""
    together: dict[UUID, list[Position]] = {}
    for each in valuation.positions:
        together.setdefault(each.instrument.id, []).append(each)
    found, exposures = [], []
    for positions in together.values():
        terms = option_terms(positions, closes)
        found.append(PositionGreeks(positions[0].instrument.symbol, _greeks(positions, terms, after_expiry)))
        exposures.append(_exposure(positions, terms, after_expiry))
    found.sort(key=lambda each: each.symbol)
    of_options = [each.greeks for each in found if each.greeks is not None]
    known = [each for each in exposures if each is not None]
    absences = [_no_greeks(each.symbol) for each in found if each.greeks == NOTHING]
    exposure = float(sum(known)) if len(known) == len(exposures) else None
    if exposure is None:
        message = "not all positions, or their underlyings, have a price"
        absences.append(Absence("deltaAdjustedExposure", AbsenceReason.NO_PRICE, message))
    total = _sum(of_options)
    absences += [
        Absence(name, AbsenceReason.UNDEFINED, f"not all options have a {name}")
        for name in NAMES
        if of_options and getattr(total, name) is None
    ]
    return PortfolioGreeks(
        total=total, delta_adjusted_exposure=exposure, positions=tuple(found), absences=tuple(absences)
    )


def _is_over(position: Position, after_expiry: date | None) -> bool:
    contract = position.contract
    if contract is None:
        return False
    is_expired = position.price_source is PriceSource.INTRINSIC
    return is_expired or (after_expiry is not None and contract.expiry <= after_expiry)


def _greeks(positions: Sequence[Position], terms: OptionTerms | None, after_expiry: date | None) -> Greeks | None:
    one = positions[0]
    if one.contract is None:
        return None
    if _is_over(one, after_expiry):
        return Greeks(delta=0.0, gamma=0.0, theta=0.0, vega=0.0, rho=0.0)
    if terms is None or one.fx_rate is None:
        return NOTHING
    found = black_scholes.value(
        terms.spot, terms.strike, terms.years, RATE, DIVIDEND_YIELD, terms.volatility, terms.is_call
    )
    # The price is for one of `multiplier` units; of the underlying, `share` come for each.
    contracts, share = terms.scale / float(one.fx_rate), one.contract.share
    return Greeks(
        delta=_known(found.delta * contracts * share),
        gamma=_known(found.gamma * contracts * share**2),
        theta=_known(found.theta_per_day * terms.scale),
        vega=_known(found.vega_per_point * terms.scale),
        rho=_known(found.rho_per_point * terms.scale),
    )


def _exposure(positions: Sequence[Position], terms: OptionTerms | None, after_expiry: date | None) -> float | None:
    one = positions[0]
    if after_expiry is not None and terms is not None and _is_over(one, after_expiry):
        gives = (terms.spot > terms.strike) == bool(terms.is_call) and terms.spot != terms.strike
        # An exercised call gives shares, an exercised put takes them.
        return terms.scale * terms.spot * (1 if terms.is_call else -1) if gives else 0.0
    parts = [delta_adjusted(each) for each in positions]
    known = [each for each in parts if each is not None]
    return float(sum(known)) if len(known) == len(parts) else None


def _sum(parts: Sequence[Greeks]) -> Greeks:
    sums = {}
    for name in NAMES:
        values = [getattr(each, name) for each in parts]
        sums[name] = None if any(value is None for value in values) else float(sum(values))
    return Greeks(**sums)


def _known(number: object) -> float | None:
    value = float(np.asarray(number, dtype=np.float64))
    return value if np.isfinite(value) else None


def _no_greeks(symbol: str) -> Absence:
    message = f"expected a price of {symbol} and of its underlying, got none"
    return Absence(symbol, AbsenceReason.NO_PRICE, message, "load a price, and 21 daily closes of the underlying")
