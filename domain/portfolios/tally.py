"""Plain sums over the rows of a ledger, as they are stored: what its invariants are checked against."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from domain.kernel.money import EXACT, ZERO
from domain.portfolios.types import Book


class Fault(Enum):
    """What can be wrong with rows."""

    MONEY = "MONEY"
    UNITS = "UNITS"
    AMOUNT = "AMOUNT"
    KEY = "KEY"
    SEQUENCE = "SEQUENCE"
    REVERSAL = "REVERSAL"
    NUMBER = "NUMBER"
    AUDIT = "AUDIT"
    ACTION = "ACTION"


class EntryRow(NamedTuple):
    """A transaction as it is stored; `numbers` are all of its that must be finite.

    Ids of transactions are whatever tells one from another: many thousands are not parsed.
    """

    id: Hashable
    portfolio_id: UUID
    sequence: int
    key: str
    amount: Decimal
    currency: str
    reverses_id: Hashable | None
    numbers: tuple[Decimal | None, ...]


class LineRow(NamedTuple):
    """A posting as it is stored."""

    transaction_id: Hashable
    account_id: UUID
    book: str
    currency: str | None
    amount: Decimal | None
    instrument_id: UUID | None
    units: Decimal | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """That a corporate action is in an account's ledger, by a transaction of some account.

    `about` is the option whose contracts it has adjusted, or the action itself.
    """

    account_id: UUID
    action_id: UUID
    transaction_id: UUID
    booked_in: UUID
    about: UUID


@dataclass(slots=True)
class Tally:
    """The sums, and what was found wrong.  Rows are taken in order of sequence, the lines with their transactions."""

    cash: dict[str, Decimal] = field(default_factory=dict)
    units: dict[tuple[UUID, UUID], Decimal] = field(default_factory=dict)
    faults: dict[Fault, list[str]] = field(default_factory=lambda: defaultdict(list))
    transactions: int = 0
    postings: int = 0
    _amounts: dict[Hashable, Decimal] = field(default_factory=dict)
    _keys: set[tuple[UUID, str]] = field(default_factory=set)
    _sequence: int = 0

    def take(self, entries: Sequence[EntryRow], lines: Sequence[LineRow], audited: Collection[Hashable]) -> None:
        """Count transactions with all of their lines."""
        sums: dict[Hashable, dict[object, Decimal]] = {entry.id: {} for entry in entries}
        paid: dict[tuple[Hashable, str], Decimal] = {}
        for line in lines:
            self._take_line(line, sums[line.transaction_id], paid)
        for entry in entries:
            self._take_entry(entry, audited)
            self._check_balance(entry, sums[entry.id], paid)
        self.transactions += len(entries)
        self.postings += len(lines)

    def take_actions(self, bookings: Sequence[ActionRow]) -> None:
        """Count bookings of corporate actions."""
        known: set[tuple[UUID, UUID, UUID]] = set()
        for booking in bookings:
            place = booking.account_id, booking.action_id, booking.about
            if place in known or booking.booked_in != booking.account_id:
                self.faults[Fault.ACTION].append(f"action {booking.action_id}")
            known.add(place)

    def end(self, version: int) -> None:
        """Compare the last sequence with the portfolio's version."""
        if self._sequence != version:
            self.faults[Fault.SEQUENCE].append(f"{self._sequence} at the end, version {version}")

    def _take_line(self, line: LineRow, sums: dict[object, Decimal], paid: dict[tuple[Hashable, str], Decimal]) -> None:
        if line.currency is not None:
            amount = self._finite(line.amount)
            sums[line.currency] = EXACT.add(sums.get(line.currency, ZERO), amount)
            if line.book == Book.CASH:
                self.cash[line.currency] = EXACT.add(self.cash.get(line.currency, ZERO), amount)
                place = line.transaction_id, line.currency
                paid[place] = EXACT.add(paid.get(place, ZERO), amount)
        if line.instrument_id is not None:
            units = self._finite(line.units)
            sums[line.instrument_id] = EXACT.add(sums.get(line.instrument_id, ZERO), units)
            if line.book == Book.HOLDINGS:
                held = line.account_id, line.instrument_id
                self.units[held] = EXACT.add(self.units.get(held, ZERO), units)

    def _take_entry(self, entry: EntryRow, audited: Collection[Hashable]) -> None:
        name = f"transaction {entry.sequence}"
        for number in entry.numbers:
            if number is not None:
                self._finite(number)
        if (entry.portfolio_id, entry.key) in self._keys:
            self.faults[Fault.KEY].append(name)
        self._keys.add((entry.portfolio_id, entry.key))
        self._sequence += 1
        if entry.sequence != self._sequence:
            self.faults[Fault.SEQUENCE].append(f"{entry.sequence} where {self._sequence} was expected")
            self._sequence = entry.sequence
        if entry.id not in audited:
            self.faults[Fault.AUDIT].append(name)
        if entry.reverses_id is None:
            self._amounts[entry.id] = entry.amount
        elif self._amounts.pop(entry.reverses_id, None) != entry.amount.copy_negate():
            # Reversed before, later than this, of another ledger, a reversal itself, or of another amount.
            self.faults[Fault.REVERSAL].append(name)

    def _check_balance(
        self, entry: EntryRow, sums: dict[object, Decimal], paid: dict[tuple[Hashable, str], Decimal]
    ) -> None:
        for key, left in sums.items():
            if left:
                kind = Fault.MONEY if isinstance(key, str) else Fault.UNITS
                self.faults[kind].append(f"transaction {entry.sequence}: {left:f} {key}")
        if paid.get((entry.id, entry.currency), ZERO) != entry.amount:
            self.faults[Fault.AMOUNT].append(f"transaction {entry.sequence}")

    def _finite(self, number: Decimal | None) -> Decimal:
        """Return a number to add, 0 for none and for what is none."""
        if number is None:
            return ZERO
        if not number.is_finite():
            self.faults[Fault.NUMBER].append(str(number)[:40])
            return ZERO
        return number
