"""The positions at the end of a range, held constant over its sessions.  Pure; estimates are floats.

What is no option moves with its adjusted closes and with its currency: (1 + r)(1 + fx) - 1.  An option is priced anew
by Black-Scholes-Merton at the underlying's price moved by each session's return, at the volatility that its own price
implies, or else that of the underlying's closes; time stands still.  Cash in another currency moves with its rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.dates import session_close
from domain.market.history import Line, Ordinals, carried
from domain.market.types import ContractRow, InstrumentRow, OptionRight, Vector
from domain.portfolios.history import History
from domain.portfolios.option_prices import CLOSES, DIVIDEND_YIELD, RATE, YEAR
from domain.quant import black_scholes
from domain.quant.implied_volatility import implied_volatility
from domain.quant.volatility import annualized_volatility
from domain.risk.types import Unqualified


class Held(NamedTuple):
    """What is held of one instrument, over all accounts: None is cash in another currency, named by its code."""

    symbol: str
    instrument: InstrumentRow | None
    contract: ContractRow | None
    units: float
    worth: float


class OptionTerms(NamedTuple):
    """Options as Black, Scholes and Merton see them, each array of (options,)."""

    spots: Vector
    strikes: Vector
    years: Vector
    volatilities: Vector
    is_call: Vector
    # What one unit of the option's price comes to in the base currency.
    scales: Vector
    underlyings: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Holdings:
    """What is held at the last close of a range.

    `equity` is the portfolio's worth.  `held` (m,) are those that qualify, by symbol, and `gains` (n, m) what each
    would have made in each session as a fraction of equity; `returns` (n, m) the same as a fraction of its own worth.
    `unqualified` are left out of both.
    """

    session: date
    currency: str
    equity: float
    held: tuple[Held, ...]
    gains: Vector
    returns: Vector
    unqualified: tuple[Unqualified, ...]

    @property
    def total(self) -> Vector:
        """The return of all together in each session: (n,)."""
        found: Vector = self.gains.sum(axis=1)
        return found

    @property
    def weights(self) -> Vector:
        """Worth as a fraction of equity, (m,); NaN where equity is not positive."""
        worths = np.array([each.worth for each in self.held], dtype=np.float64)
        return worths / self.equity if self.equity > 0 else np.full(len(worths), np.nan)


class Span(NamedTuple):
    """Places in a history: the session before the range, and the last in it."""

    opening: int
    closing: int


def positions_of(history: History, closing: int) -> list[Held]:
    """Return what was held at a close, by symbol; the worth of what has no price is NaN."""
    units: dict[UUID, float] = {}
    worths: dict[UUID, float] = {}
    amounts = history.quantities[:, closing].tolist()
    values = history.worths[:, closing].tolist()
    for key, amount, worth in zip(history.keys, amounts, values, strict=True):
        if amount:
            units[key.instrument_id] = units.get(key.instrument_id, 0.0) + amount
            worths[key.instrument_id] = worths.get(key.instrument_id, 0.0) + worth
    rows = history.market.instruments
    found = [
        Held(rows[key].symbol, rows[key], history.market.contracts.get(key), units[key], worths[key]) for key in units
    ]
    cash = (history.cash[:, closing] * history.rates[:, closing]).tolist()
    found += [
        Held(code, None, None, float(history.cash[row, closing]), cash[row])
        for row, code in enumerate(history.currencies)
        if code != history.currency and history.cash[row, closing]
    ]
    return sorted(found, key=lambda each: each.symbol)


def holdings_of(history: History, span: Span, adjusted: Mapping[UUID, Line]) -> Holdings:
    """Return what was held at the end of a range, and what it would have made in each session.

    `adjusted` are closes, adjusted for splits and distributions, of all that is no option, and of all underlyings.
    """
    sessions = history.sessions[span.opening : span.closing + 1]
    equity = float(history.values[span.closing])
    moves = _Moves(history, sessions, adjusted)
    qualified, gains, unqualified = [], [], []
    for each in positions_of(history, span.closing):
        reason = moves.missing(each)
        if reason is not None:
            weight = each.worth / equity if equity > 0 and np.isfinite(each.worth) else None
            unqualified.append(Unqualified(each.symbol, weight, reason))
        elif not _is_over(each, sessions):
            qualified.append(each)
            gains.append(moves.gains(each))
    made = np.array(gains, dtype=np.float64).reshape(len(gains), len(sessions) - 1).T
    worths = np.array([each.worth for each in qualified], dtype=np.float64)
    with np.errstate(all="ignore"):
        own = np.where(worths != 0, made / np.abs(worths), np.nan)
        shares = made / equity if equity > 0 else np.full(made.shape, np.nan)
    return Holdings(
        session=date.fromordinal(int(sessions[-1])),
        currency=history.currency,
        equity=equity,
        held=tuple(qualified),
        gains=shares,
        returns=own,
        unqualified=tuple(unqualified),
    )


def _is_over(held: Held, sessions: Ordinals) -> bool:
    return held.contract is not None and held.contract.expiry.toordinal() <= int(sessions[-1])


class _Moves:
    """What prices and rates did over some sessions."""

    def __init__(self, history: History, sessions: Ordinals, adjusted: Mapping[UUID, Line]) -> None:
        self._history = history
        self._sessions = sessions
        self._adjusted = adjusted
        rows = carried(list(adjusted.values()), sessions)
        self._closes = dict(zip(adjusted, rows, strict=True))

    def missing(self, held: Held) -> Absence | None:
        """Return why a position cannot be followed over all sessions."""
        first = date.fromordinal(int(self._sessions[0]))
        if not np.isfinite(held.worth):
            message = f"no price of {held.symbol}, or no rate of its currency, is known at the end of the range"
            return Absence(held.symbol, AbsenceReason.NO_PRICE, message, "load its bars, and those of its rate")
        followed = _followed(held)
        if followed is not None and np.isnan(self._closes[followed][0]):
            line = self._adjusted[followed]
            since = f"since {date.fromordinal(int(line.sessions[0]))}" if len(line.sessions) else "not at all"
            message = f"expected closes of {held.symbol} from {first} on, got them {since}"
            return Absence(held.symbol, AbsenceReason.INSUFFICIENT_HISTORY, message, "ask for a later range")
        if np.isnan(self._rates(held)).any():
            message = f"no rate of the currency of {held.symbol} is known from {first} on"
            return Absence(held.symbol, AbsenceReason.NOT_COVERED, message, "load bars of the rate")
        return None

    def gains(self, held: Held) -> Vector:
        """Return what a position would have made in each session, in the base currency."""
        foreign = _returns(self._rates(held))
        if held.instrument is None:
            return held.worth * foreign
        if held.contract is None:
            own = _returns(self._closes[held.instrument.id])
            return held.worth * ((1 + own) * (1 + foreign) - 1)
        terms = self.terms([held])
        moved = terms.spots * (1 + _returns(self._closes[held.contract.underlying_id]))
        return terms.scales * (_priced(terms, moved) * (1 + foreign) - _priced(terms, terms.spots))

    def terms(self, options: Sequence[Held]) -> OptionTerms:
        """Return the terms of options at the last session."""
        return option_terms(self._history, options, int(self._sessions[-1]), self._adjusted)

    def _rates(self, held: Held) -> Vector:
        code = held.symbol if held.instrument is None else held.instrument.currency
        return self._history.market.rates.of(code, self._history.currency, self._sessions)


def _followed(held: Held) -> UUID | None:
    if held.contract is not None:
        return held.contract.underlying_id
    return None if held.instrument is None else held.instrument.id


def option_terms(history: History, options: Sequence[Held], session: int, adjusted: Mapping[UUID, Line]) -> OptionTerms:
    """Return the terms of options at the close of a session, with the volatilities that their prices imply."""
    rows = []
    ids = []
    end = np.array([session], dtype=np.int32)
    at = session_close(date.fromordinal(session))
    for held in options:
        contract = held.contract
        assert contract is not None
        assert held.instrument is not None
        line = history.market.options[contract.instrument_id].underlying
        spot = float(carried([line], end)[0, 0])
        rate = float(history.market.rates.of(held.instrument.currency, history.currency, end)[0])
        scale = held.units * contract.multiplier * rate
        left = max(0.0, (session_close(contract.expiry) - at) / YEAR)
        is_call = float(contract.right is OptionRight.CALL)
        strike = float(contract.strike)
        price = held.worth / scale if scale else float("nan")
        implied = float(implied_volatility(price, spot, strike, left, RATE, DIVIDEND_YIELD, is_call))
        closes = adjusted[contract.underlying_id].until(session - 1).closes[-CLOSES:]
        # A price without time value implies none: the underlying still moves.
        volatility = implied if implied > 0 else annualized_volatility(closes)
        rows.append((spot, strike, left, volatility, is_call, scale))
        ids.append(contract.underlying_id)
    columns = np.array(rows, dtype=np.float64).reshape(len(rows), 6).T
    return OptionTerms(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], tuple(ids))


def _priced(terms: OptionTerms, spots: Vector) -> Vector:
    return black_scholes.price(
        spots, terms.strikes, terms.years, RATE, DIVIDEND_YIELD, terms.volatilities, terms.is_call
    )


def _returns(closes: Vector) -> Vector:
    return closes[1:] / closes[:-1] - 1
