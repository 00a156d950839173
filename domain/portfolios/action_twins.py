"""Tells whether an entry of a ledger and a corporate action of the market say the same (decision 0009).

They do when they are of one kind, about the same instruments, of the same ratio, of about the same cash, and at most 5
days apart; a dividend by hand may also be at most 5 days from the day on which the action is paid.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from tortoise.expressions import Q

from domain.kernel.money import EXACT, ZERO, product
from domain.market import queries as market
from domain.market.corporate_actions import ActionRow, actions_paid
from domain.market.types import ActionKind, InstrumentRow
from domain.portfolios.entries import Entry, Income, Merger, Reinvestment, SpinOff, Split, SymbolChange
from domain.portfolios.errors import ActionAlreadyBooked
from domain.portfolios.ledger import Ledger
from domain.portfolios.models import Account, ActionBooking, ContractAdjustment, Portfolio, Transaction
from domain.portfolios.movements import Movement
from domain.portfolios.records import Key
from domain.portfolios.types import TransactionKind, TransactionSource
from domain.storage.readings import as_uuid

WINDOW = timedelta(days=5)
# Brokers round what they pay, and some of them the cash for each unit.
_CENT = Decimal("0.01")

KINDS = {
    TransactionKind.SPLIT: ActionKind.SPLIT,
    TransactionKind.SPIN_OFF: ActionKind.SPIN_OFF,
    TransactionKind.MERGER: ActionKind.MERGER,
    TransactionKind.SYMBOL_CHANGE: ActionKind.SYMBOL_CHANGE,
    TransactionKind.DIVIDEND: ActionKind.DIVIDEND,
    TransactionKind.REINVESTED_DIVIDEND: ActionKind.DIVIDEND,
}


class Likeness(NamedTuple):
    """What entries and actions are compared by; `cash` is money in all, of a dividend or a merger."""

    kind: ActionKind
    instrument_id: UUID
    other_id: UUID | None
    ratio: Fraction | None
    currency: str
    cash: Decimal

    def is_like(self, other: "Likeness", units: Decimal) -> bool:
        """Whether both say the same of so many units: their cash agrees to a cent for each."""
        difference = abs(EXACT.subtract(self.cash, other.cash))
        return self[:5] == other[:5] and difference <= product(units.copy_abs(), _CENT)


def likeness_of_action(action: ActionRow, instrument: InstrumentRow, units: Decimal) -> Likeness:
    """Return what an action says to somebody who holds so many units."""
    other_id = None if action.other_id is None else as_uuid(action.other_id)
    cash = product(action.cash or ZERO, units)
    return Likeness(
        action.kind, instrument.id, other_id, _ratio(action.numerator, action.denominator), instrument.currency, cash
    )


def likeness_of_movement(movement: Movement) -> Likeness | None:
    """Return what an entry says of an action; None for one of another kind."""
    kind = KINDS.get(movement.kind)
    if kind is None or movement.instrument_id is None:
        return None
    terms, cash = movement.terms, ZERO
    if movement.kind is TransactionKind.REINVESTED_DIVIDEND:
        cash = terms.cash or ZERO
    elif kind is ActionKind.DIVIDEND:
        cash = movement.amount
    elif kind is ActionKind.MERGER:
        cash = EXACT.subtract(movement.amount, terms.cash or ZERO)
    ratio = _ratio(terms.numerator, terms.denominator)
    return Likeness(kind, movement.instrument_id, movement.other_id, ratio, movement.currency, cash)


def twins_in(ledger: Ledger, account_id: UUID, action: ActionRow, instrument: InstrumentRow) -> Iterator[Movement]:
    """Iterate over the entries of an account that say the same as an action, the nearest day first."""
    day = action.ex_date
    # Brokers' files have the day on which a dividend is paid.
    days = [day] if action.pay_date is None else [day, action.pay_date]
    near = {each.sequence: each for one in days for each in ledger.between(one - WINDOW, one + WINDOW)}
    for movement in sorted(near.values(), key=lambda each: min(abs(each.trade_date - one) for one in days)):
        found = likeness_of_movement(movement) if movement.account_id == account_id else None
        if found is None or found.instrument_id != instrument.id:
            continue
        # One that was entered with an earlier date has changed the units of the ex date already.
        units = units_before(ledger, account_id, instrument.id, min(day, movement.trade_date), action.kind)
        if found.is_like(likeness_of_action(action, instrument, units), units):
            yield movement


def adjustment_in(ledger: Ledger, account_id: UUID, action: ActionRow, contract_id: UUID) -> Movement | None:
    """Return the entry by which an account's contracts were adjusted by hand for a split; None where none was."""
    ratio = _ratio(action.numerator, action.denominator)
    for movement in ledger.between(action.ex_date, action.ex_date + WINDOW):
        is_own = movement.account_id == account_id and movement.instrument_id == contract_id
        found = likeness_of_movement(movement) if is_own else None
        if found is not None and found.kind is ActionKind.SYMBOL_CHANGE and found.ratio == ratio:
            return movement
    return None


def units_before(ledger: Ledger, account_id: UUID, instrument_id: UUID, day: date, kind: ActionKind) -> Decimal:
    """Return the units that an account held long at the end of the day before; of a dividend less those held short, on
    which it is owed.
    """
    units = held_before(ledger, Key(account_id, instrument_id, is_short=False), day)
    if kind is not ActionKind.DIVIDEND:
        return units
    return EXACT.subtract(units, held_before(ledger, Key(account_id, instrument_id, is_short=True), day))


def held_before(ledger: Ledger, key: Key, day: date) -> Decimal:
    """Return the units of a side at the end of the day before."""
    line = ledger.fold.timelines.get(key)
    state = None if line is None else line.at(day - timedelta(days=1))
    return ZERO if state is None else state.quantity


async def booked_twin(ledger: Ledger, portfolio: Portfolio, account: Account, entry: Entry) -> Transaction | None:
    """Return the entry by which an action was booked of which this one says the same; None where none was.

    Raises `ActionAlreadyBooked` where this one says more: that a fraction was paid out.
    """
    kind = KINDS.get(entry.kind)
    if kind is None:
        return None
    first, last = entry.trade_date - WINDOW, entry.trade_date + WINDOW
    is_near = Q(trade_date__gte=first, trade_date__lte=last)
    if isinstance(entry, Income | Reinvestment):
        is_near |= Q(id__in=await _booked_of_paid(account.id, entry.symbol, first, last))
    near = await Transaction.filter(
        is_near,
        portfolio_id=portfolio.id,
        account_id=account.id,
        kind__in=[each for each, action in KINDS.items() if action is kind],
        source=TransactionSource.CORPORATE_ACTION,
    ).order_by("trade_date", "sequence")
    if not near:
        return None
    found = await _first_like(entry, kind, ledger, account.id, near)
    if found is not None and getattr(entry, "cash_in_lieu", None) is not None:
        raise ActionAlreadyBooked(
            f"expected no entry of what transaction {found.sequence} has booked on {found.trade_date}; the fraction "
            "that was paid out can be recorded as a sale",
            field=("transaction", entry.kind.lower(), "cash_in_lieu"),
        )
    return found


async def _booked_of_paid(account_id: UUID, symbol: str, first: date, last: date) -> list[UUID]:
    """Return what books the dividends of an instrument that are paid from one day to another."""
    instrument = (await market.instruments_by_symbol([symbol])).get(symbol)
    paid = [] if instrument is None else await actions_paid(instrument.id, first, last)
    if not paid:
        return []
    rows = ActionBooking.filter(account_id=account_id, action_id__in=paid)
    return [as_uuid(key) for (key,) in await rows.values_list("transaction_id")]


async def _first_like(
    entry: Entry, kind: ActionKind, ledger: Ledger, account_id: UUID, near: list[Transaction]
) -> Transaction | None:
    by_sequence = {each.sequence: each for each in near}
    days = [each.trade_date for each in near]
    for movement in ledger.between(min(days), max(days)):
        booked = likeness_of_movement(movement) if movement.sequence in by_sequence else None
        if booked is None:
            continue
        units = units_before(ledger, account_id, booked.instrument_id, movement.trade_date, kind)
        said = await _likeness_of_entry(entry, kind, units)
        if said is not None and booked.is_like(said, units):
            # One that joined an entry by hand has no twin to come.
            row = by_sequence[movement.sequence]
            if await ActionBooking.exists(transaction_id=row.id) or await ContractAdjustment.exists(
                transaction_id=row.id
            ):
                return row
    return None


async def _likeness_of_entry(entry: Entry, kind: ActionKind, units: Decimal) -> Likeness | None:
    assert isinstance(entry, Split | SpinOff | Merger | SymbolChange | Income | Reinvestment)
    new_symbol = getattr(entry, "new_symbol", None)
    instruments = await market.instruments_by_symbol([entry.symbol, new_symbol or ""])
    instrument, other = instruments.get(entry.symbol), instruments.get(new_symbol or "")
    if instrument is None or (new_symbol is not None and other is None):
        return None
    cash, currency = ZERO, instrument.currency
    if isinstance(entry, Income | Reinvestment):
        cash, currency = entry.amount, getattr(entry, "currency", None) or currency
    elif isinstance(entry, Merger):
        cash = product(entry.cash_per_unit or ZERO, units)
    ratio = _ratio(getattr(entry, "numerator", None), getattr(entry, "denominator", None))
    return Likeness(kind, instrument.id, None if other is None else other.id, ratio, currency, cash)


def _ratio(numerator: int | None, denominator: int | None) -> Fraction | None:
    return Fraction(numerator, denominator) if numerator and denominator else None
