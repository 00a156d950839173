"""What each part of a portfolio has gained in each session of a history: together, all that its worth changed by but
for what came from outside.  Pure; estimates are floats.

Money that a transaction brought or took goes to the position that it names, with fees and income.  What passes from
one instrument to another in a merger, a spin-off, a change of symbol or an exercise is paid for by the old position at
the new one's close.  What names no position is a part of its own: interest, fees, and what currencies have brought.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import numpy as np

from domain.market.types import Vector
from domain.portfolios.history import History
from domain.portfolios.ledger import Ledger
from domain.portfolios.movements import Movement
from domain.portfolios.records import Key
from domain.portfolios.types import Side, TransactionKind


class CashPart(StrEnum):
    """Gains that belong to no position.

    INTEREST: interest that names no instrument.  FEES: fees that name none.  CURRENCIES: changes of the rates of cash,
    and what exchanges of it brought and took.
    """

    INTEREST = "INTEREST"
    FEES = "FEES"
    CURRENCIES = "CURRENCIES"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gains:
    """Gains in the base currency: `total`, and of it `income` and `fees`, each (parts, sessions of the range)."""

    parts: tuple[Key | CashPart, ...]
    total: Vector
    income: Vector
    fees: Vector


class _Money:
    """Money that went to parts: in columns, because a hundred thousand objects take longer than the sum of them."""

    def __init__(self) -> None:
        self._rows: list[int] = []
        self._places: list[int] = []
        self._codes: list[str] = []
        self._amounts: list[float] = []

    def pay(self, row: int, session: int, currency: str, amount: Decimal) -> None:
        """Pay money to the part in a row in a session."""
        self._rows.append(row)
        self._places.append(session)
        self._codes.append(currency)
        self._amounts.append(float(amount))

    def add_to(self, found: Vector, history: History) -> None:
        """Add all of it to (parts, sessions), at the rates of its sessions."""
        currencies = {code: row for row, code in enumerate(history.currencies)}
        rates = history.rates[[currencies[code] for code in self._codes], self._places]
        np.add.at(found, (self._rows, self._places), np.array(self._amounts) * rates)


_CAPITAL = frozenset({TransactionKind.CONTRIBUTION, TransactionKind.WITHDRAWAL})
_TRANSFERS = frozenset({TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT})
_SHORT_TRADES = frozenset({TransactionKind.SHORT_SALE, TransactionKind.COVER_SHORT, TransactionKind.OPTION_ASSIGNMENT})
_OPTION_TRADES = frozenset({TransactionKind.OPTION_OPEN, TransactionKind.OPTION_CLOSE, TransactionKind.OPTION_EXPIRY})
_IN_CASH = {TransactionKind.INTEREST: CashPart.INTEREST, TransactionKind.DIVIDEND: CashPart.INTEREST}
# Units that come (1) or go (-1) by these were paid for in money.
_PLAIN = {
    TransactionKind.BUY: 1,
    TransactionKind.SELL: -1,
    TransactionKind.SHORT_SALE: -1,
    TransactionKind.COVER_SHORT: 1,
    TransactionKind.REINVESTED_DIVIDEND: 1,
    TransactionKind.TRANSFER_IN: 1,
    TransactionKind.TRANSFER_OUT: -1,
}


def gains_of(history: History, ledger: Ledger) -> Gains:
    """Return the gains of each part in each session of a history, which is this ledger's.

    A session in which the worth of a part is not known before or after has NaN.
    """
    count = len(history.sessions)
    movements = list(_movements(history, ledger))
    parts = _Parts(history, ledger)
    paid = _paid(movements, parts)
    earned, charged = _earned(history, ledger, parts)
    total, income, fees = (np.zeros((len(parts.rows), count)) for _ in range(3))
    total[: len(history.keys), 1:] = np.diff(history.worths, axis=1)
    paid.add_to(total, history)
    total[parts.rows[CashPart.CURRENCIES], 1:] += _revalued(history)
    for flow in history.dated_flows:
        if flow.flow.instrument_id is not None:
            key = Key(flow.flow.account_id, flow.flow.instrument_id, is_short=False)
            total[parts.rows[key], flow.session] -= flow.amount
    _pass_on(total, parts, movements, history)
    earned.add_to(income, history)
    charged.add_to(fees, history)
    return Gains(parts=tuple(parts.rows), total=total[:, 1:], income=income[:, 1:], fees=fees[:, 1:])


class _Parts:
    """The parts, and the row of each."""

    def __init__(self, history: History, ledger: Ledger) -> None:
        self.rows: dict[Key | CashPart, int] = {part: row for row, part in enumerate((*history.keys, *CashPart))}
        self._sides = ledger.fold.timelines.keys()
        # Hashing UUIDs takes longer than all else: of the same few objects it is done once.
        self._seen: dict[tuple[int, int, bool], int] = {}

    def row_of(self, movement: Movement) -> int:
        """Return the row of what a transaction is about."""
        if movement.instrument_id is None:
            return self.rows[_IN_CASH.get(movement.kind, CashPart.FEES)]
        return self.row(movement.account_id, movement.instrument_id, is_short=_is_short(movement))

    def row(self, account_id: UUID, instrument_id: UUID, *, is_short: bool) -> int:
        """Return the row of a side, made where it is not there."""
        seen = id(account_id), id(instrument_id), is_short
        row = self._seen.get(seen)
        if row is None:
            row = self._seen[seen] = self.rows.setdefault(
                self.side(account_id, instrument_id, is_short), len(self.rows)
            )
        return row

    def side(self, account_id: UUID, instrument_id: UUID, is_short: bool) -> Key:
        """Return the side; the other one where only that has ever been: dividends are paid on short ones too."""
        key = Key(account_id, instrument_id, is_short)
        other = key._replace(is_short=not is_short)
        return other if key not in self._sides and other in self._sides else key


def _movements(history: History, ledger: Ledger) -> Iterator[tuple[int, Movement]]:
    """Iterate over what counts in the range, with the place of its session."""
    opening, last = date.fromordinal(int(history.sessions[0])), date.fromordinal(int(history.sessions[-1]))
    movements = ledger.movements
    start, end = (bisect_right(movements, day, key=lambda movement: movement.trade_date) for day in (opening, last))
    days = [movement.trade_date.toordinal() for movement in movements[start:end]]
    return zip(np.searchsorted(history.sessions, days).tolist(), movements[start:end], strict=True)


def _paid(movements: Sequence[tuple[int, Movement]], parts: _Parts) -> _Money:
    paid, currencies = _Money(), parts.rows[CashPart.CURRENCIES]
    for session, movement in movements:
        kind = movement.kind
        if kind in _CAPITAL or (kind in _TRANSFERS and movement.instrument_id is None):
            continue
        if kind is TransactionKind.CURRENCY_EXCHANGE:
            terms = movement.terms
            assert terms.bought is not None
            assert terms.bought_currency is not None
            paid.pay(currencies, session, terms.bought_currency, terms.bought)
            paid.pay(currencies, session, movement.currency, movement.amount)
        elif movement.amount:
            paid.pay(parts.row_of(movement), session, movement.currency, movement.amount)
    return paid


def _is_short(movement: Movement) -> bool:
    if movement.kind in _SHORT_TRADES:
        return True
    if movement.kind not in _OPTION_TRADES:
        return False
    written = Side.SELL if movement.kind is TransactionKind.OPTION_OPEN else Side.BUY
    return movement.terms.side is written


def _revalued(history: History) -> Vector:
    """Return what cash has gained in each session because its currencies did."""
    before, change = history.cash[:, :-1], np.diff(history.rates, axis=1)
    found = np.zeros_like(before)
    np.multiply(before, change, out=found, where=before != 0)
    summed: Vector = found.sum(axis=0)
    return summed


def _earned(history: History, ledger: Ledger, parts: _Parts) -> tuple[_Money, _Money]:
    """Return dividends and interest, and fees."""
    opening, last = date.fromordinal(int(history.sessions[0])), date.fromordinal(int(history.sessions[-1]))
    counted = [each for each in ledger.fold.earned if opening < each.day <= last]
    places = np.searchsorted(history.sessions, [each.day.toordinal() for each in counted]).tolist()
    earned, charged = _Money(), _Money()
    for session, each in zip(places, counted, strict=True):
        is_fee = each.kind is TransactionKind.FEE
        row = parts.rows[CashPart.FEES if is_fee else CashPart.INTEREST]
        if each.instrument_id is not None:
            row = parts.row(each.account_id, each.instrument_id, is_short=False)
        (charged if is_fee else earned).pay(row, session, each.currency, each.amount)
    return earned, charged


def _pass_on(total: Vector, parts: _Parts, movements: Sequence[tuple[int, Movement]], history: History) -> None:
    """Let units that came of another instrument, or went into it, be paid for by the position that they came of."""
    rows = {key: row for row, key in enumerate(history.keys)}
    sources: dict[tuple[int, Key], int] = {}
    for session, movement in movements:
        if movement.other_id is None:
            continue
        for is_short in (False, True):
            key = Key(movement.account_id, movement.other_id, is_short)
            # Where two instruments become one in the same session, the first pays for both.
            if key in rows and (source := _source(movement, parts, is_short)) is not None:
                sources.setdefault((session, key), source)
    traded = _traded(movements, {key for _, key in sources}) if sources else {}
    for (session, key), source in sources.items():
        row = rows[key]
        units = history.quantities[row, session] - history.quantities[row, session - 1]
        units -= traded.get((session, key), 0.0)
        if units:
            worth = units * history.prices[row, session]
            total[row, session] -= worth
            total[source, session] += worth


def _source(movement: Movement, parts: _Parts, is_short: bool) -> int | None:
    assert movement.instrument_id is not None
    own = parts.side(movement.account_id, movement.instrument_id, _is_short(movement))
    if movement.kind is TransactionKind.SYMBOL_CHANGE:
        own = own._replace(is_short=is_short)
    return parts.rows.get(own)


def _traded(movements: Iterable[tuple[int, Movement]], keys: set[Key]) -> dict[tuple[int, Key], float]:
    """Return the units of some sides that came by trades and transfers, by session."""
    found: dict[tuple[int, Key], float] = {}
    for session, movement in movements:
        sign = _PLAIN.get(movement.kind)
        if sign is None or movement.instrument_id is None or movement.quantity is None:
            continue
        key = Key(movement.account_id, movement.instrument_id, _is_short(movement))
        if key in keys:
            found[session, key] = found.get((session, key), 0.0) + sign * float(movement.quantity)
    return found
