"""The positions of a valuation, held constant over the sessions before it.  Pure; estimates are floats.

What is no option moves with its adjusted closes and with its currency: (1 + r)(1 + fx) - 1.  An option is priced anew
by Black-Scholes-Merton at the underlying's price moved by each session's return, at the volatility that its own price
implies, or else that of the underlying's closes; time stands still.  Cash in another currency moves with its rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.history import Line, Ordinals, carried
from domain.market.rate_history import RateLines
from domain.market.types import ContractRow, InstrumentRow, Vector
from domain.portfolios.option_terms import OptionTerms, option_terms
from domain.portfolios.types import Position, PriceSource, Valuation
from domain.risk.types import Unqualified


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of one instrument, over all accounts; cash in another currency is named by its code.

    `worth` is in the base currency, NaN where it is not known.  `option` has the terms of an option that is alive.
    """

    symbol: str
    currency: str
    worth: float
    instrument: InstrumentRow | None = None
    contract: ContractRow | None = None
    option: OptionTerms | None = None

    @property
    def sector(self) -> str | None:
        """The GICS sector, of an option its underlying's; None for funds and cash."""
        return None if self.instrument is None else self.instrument.sector

    @property
    def followed(self) -> UUID | None:
        """The instrument whose closes it moves with; None for cash."""
        if self.contract is not None:
            return self.contract.underlying_id
        return None if self.instrument is None else self.instrument.id


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Holdings:
    """What a valuation holds, and what it would have made in each of n sessions before.

    `equity` is the portfolio's worth, without what has no price.  `held` (m,) are those that qualify, by symbol;
    `moves` (n, m) are the returns of what they follow, and `gains` (n, m) what each would have made, in the base
    currency.  `unqualified` are left out of all three.  `sessions` (n + 1,) begin with the one before the first return.
    """

    currency: str
    equity: float
    sessions: Ordinals
    held: tuple[Held, ...]
    moves: Vector
    gains: Vector
    unqualified: tuple[Unqualified, ...]

    @property
    def worths(self) -> Vector:
        """The worth of each: (m,)."""
        return np.array([each.worth for each in self.held], dtype=np.float64)

    @property
    def weights(self) -> Vector:
        """Worth as a fraction of equity: (m,); NaN unless equity is positive."""
        return self._of_equity(self.worths)

    @property
    def returns(self) -> Vector:
        """What each would have made as a fraction of equity: (n, m); NaN unless equity is positive."""
        return self._of_equity(self.gains)

    @property
    def total(self) -> Vector:
        """The return of all together in each session: (n,)."""
        return self._of_equity(self.gains.sum(axis=1))

    def _of_equity(self, amounts: Vector) -> Vector:
        return amounts / self.equity if self.equity > 0 else np.full(amounts.shape, np.nan)


class Market(NamedTuple):
    """What the market has: closes adjusted for splits and distributions of all that is followed, and rates."""

    adjusted: Mapping[UUID, Line]
    rates: RateLines


def followed_by(valuation: Valuation) -> tuple[dict[UUID, InstrumentRow], set[UUID]]:
    """Return the instruments that positions move with, and the ids of underlyings among them that are not held."""
    own = {each.instrument.id: each.instrument for each in valuation.positions if each.contract is None}
    underlyings = {each.contract.underlying_id for each in valuation.positions if each.contract is not None}
    return own, underlyings - own.keys()


def holdings_of(valuation: Valuation, sessions: Ordinals, market: Market) -> Holdings:
    """Return the positions of a valuation, and what they would have made in sessions up to it."""
    known = [each.market_value for each in valuation.positions if each.market_value is not None]
    moves = _Moves(valuation.currency, sessions, market)
    held = _held(valuation, market)
    equity = float(sum(known, Decimal(0))) + _cash(valuation)
    qualified, unqualified = [], []
    for each in held:
        reason = moves.missing(each)
        if reason is None:
            qualified.append(each)
        else:
            weight = each.worth / equity if equity > 0 and np.isfinite(each.worth) else None
            unqualified.append(Unqualified(each.symbol, weight, reason))
    columns = len(qualified)
    followed = [moves.followed(each) for each in qualified]
    gains = [moves.gains(each, own) for each, own in zip(qualified, followed, strict=True)]
    return Holdings(
        currency=valuation.currency,
        equity=equity,
        sessions=sessions,
        held=tuple(qualified),
        moves=np.array(followed, dtype=np.float64).reshape(columns, len(sessions) - 1).T,
        gains=np.array(gains, dtype=np.float64).reshape(columns, len(sessions) - 1).T,
        unqualified=tuple(unqualified),
    )


def left_out(holdings: Holdings) -> list[Absence]:
    """Return why positions are left out, and which part of the portfolio each of them is: it counts as if it stood
    still.
    """
    return [_part(each) for each in holdings.unqualified]


def _part(left: Unqualified) -> Absence:
    part = "a part that is not known" if left.weight is None else f"{left.weight:.1%}"
    return replace(left.absence, message=f"{left.absence.message}: {part} of the portfolio is left out")


def _rates(valuation: Valuation) -> dict[str, float]:
    return {valuation.currency: 1.0} | {rate.base: float(rate.rate) for rate in valuation.rates}


def _cash(valuation: Valuation) -> float:
    rates = _rates(valuation)
    return sum(float(amount) * rates.get(code, 0.0) for code, amount in valuation.cash)


def _held(valuation: Valuation, market: Market) -> list[Held]:
    together: dict[UUID, list[Position]] = {}
    for each in valuation.positions:
        # What has expired is exposed to nothing any more.
        if each.price_source is not PriceSource.INTRINSIC:
            together.setdefault(each.instrument.id, []).append(each)
    found = [_joined(positions, market) for positions in together.values()]
    rates = _rates(valuation)
    found += [
        Held(symbol=code, currency=code, worth=float(amount) * rates.get(code, float("nan")))
        for code, amount in valuation.cash
        if code != valuation.currency and amount
    ]
    return sorted(found, key=lambda each: each.symbol)


def _joined(positions: Sequence[Position], market: Market) -> Held:
    one = positions[0]
    worth = sum(float("nan") if each.market_value is None else float(each.market_value) for each in positions)
    return Held(
        symbol=one.instrument.symbol,
        currency=one.instrument.currency,
        worth=worth,
        instrument=one.instrument,
        contract=one.contract,
        option=option_terms(positions, market.adjusted),
    )


class _Moves:
    """What prices and rates did over some sessions."""

    def __init__(self, base: str, sessions: Ordinals, market: Market) -> None:
        self._base = base
        self._sessions = sessions
        self._market = market
        rows = carried(list(market.adjusted.values()), sessions)
        self._is_late = dict(zip(market.adjusted, np.isnan(rows[:, 0]).tolist(), strict=True))
        self._returns = dict(zip(market.adjusted, rows[:, 1:] / rows[:, :-1] - 1, strict=True))
        self._rates: dict[str, Vector] = {}
        self._foreign: dict[str, Vector] = {}

    def missing(self, held: Held) -> Absence | None:
        """Return why a position cannot be followed over all sessions."""
        first = date.fromordinal(int(self._sessions[0]))
        if not np.isfinite(held.worth) or (held.contract is not None and held.option is None):
            message = f"no price of {held.symbol}, or no rate of its currency, is known"
            return Absence(held.symbol, AbsenceReason.NO_PRICE, message, "load its bars, and those of its rate")
        if held.followed is not None and self._is_late[held.followed]:
            sessions = self._market.adjusted[held.followed].sessions
            since = f"from {date.fromordinal(int(sessions[0]))} on" if len(sessions) else "none"
            message = f"expected closes that {held.symbol} moves with from {first} on, got {since}"
            return Absence(held.symbol, AbsenceReason.INSUFFICIENT_HISTORY, message, "ask for a later range")
        if np.isnan(self._rates_of(held)).any():
            message = f"expected rates from {held.currency} to {self._base} from {first} on, got none"
            return Absence(held.symbol, AbsenceReason.NOT_COVERED, message, "load bars of the rate")
        return None

    def followed(self, held: Held) -> Vector:
        """Return the returns of what a position moves with, in the base currency: for an option, its underlying's."""
        own = 0.0 if held.followed is None else self._returns[held.followed]
        found: Vector = (1 + own) * (1 + self._rate_moves(held)) - 1
        return found

    def gains(self, held: Held, followed: Vector) -> Vector:
        """Return what a position would have made in each session, in the base currency."""
        if held.option is None or held.followed is None:
            return held.worth * followed
        foreign = self._rate_moves(held)
        own = held.option.gains(self._returns[held.followed])
        return own * (1 + foreign) + held.worth * foreign

    def _rate_moves(self, held: Held) -> Vector:
        # Once for all that is held in a currency.
        if held.currency not in self._foreign:
            rates = self._rates_of(held)
            self._foreign[held.currency] = rates[1:] / rates[:-1] - 1
        return self._foreign[held.currency]

    def _rates_of(self, held: Held) -> Vector:
        if held.currency not in self._rates:
            self._rates[held.currency] = self._market.rates.of(held.currency, self._base, self._sessions)
        return self._rates[held.currency]
