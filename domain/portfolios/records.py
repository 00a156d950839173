"""What the fold over a ledger leaves behind: states of sides and purses, flows, income, disposals."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.kernel.money import EXACT, ZERO
from domain.portfolios.lots import term_of
from domain.portfolios.movements import Movement
from domain.portfolios.types import Term, TransactionKind


class Key(NamedTuple):
    """One side of one instrument in one account."""

    account_id: UUID
    instrument_id: UUID
    is_short: bool


class Shortfall(Exception):
    """A movement takes more units than are there: of the side, or of one lot that was chosen."""

    def __init__(self, movement: Movement, held: Decimal, lot: str | None) -> None:
        super().__init__(f"{movement.kind} of {movement.quantity} on {movement.trade_date}, held {held}")
        self.movement = movement
        self.held = held
        self.lot = lot


class State(NamedTuple):
    """What a side comes to: units, and what they cost, in the instrument's currency and in the base currency."""

    quantity: Decimal
    cost: Decimal
    base_cost: Decimal | None


class Flow(NamedTuple):
    """What came from outside (positive) or went there on a day: money, or units of an instrument."""

    day: date
    account_id: UUID
    currency: str | None
    amount: Decimal
    instrument_id: UUID | None
    units: Decimal
    sequence: int

    @property
    def place(self) -> tuple[date, bool, int]:
        """The place of the transaction that says so."""
        return self.day, True, self.sequence


class Earned(NamedTuple):
    """What a holding, or cash, has earned or cost on a day: dividends, interest, fees."""

    day: date
    account_id: UUID
    instrument_id: UUID | None
    kind: TransactionKind
    currency: str
    amount: Decimal
    sequence: int

    @property
    def place(self) -> tuple[date, bool, int]:
        """The place of the transaction that says so."""
        return self.day, True, self.sequence


@dataclass(slots=True)
class Disposal:
    """Units of one lot that were closed, and what came of it.

    `proceeds` less `cost` is the gain, in the instrument's currency; `base_proceeds` and `base_cost` are in the
    portfolio's base currency, None where a rate is not known.  `adjustment`, a part of the cost for tax, are losses of
    wash sales that the lot carried; `disallowed` is the part of this loss that a wash sale moved elsewhere.  `quantity`
    is 0 where money came without units: what a return of capital or a merger paid beyond the cost.
    """

    movement: Movement
    key: Key
    lot: str
    opened_on: date
    held_from: date
    quantity: Decimal
    proceeds: Decimal
    cost: Decimal
    base_proceeds: Decimal | None
    base_cost: Decimal | None
    adjustment: Decimal = ZERO
    disallowed: Decimal = ZERO

    @property
    def place(self) -> tuple[date, bool, int]:
        """The place of the transaction that closed them."""
        return self.movement.place

    @property
    def sequence(self) -> int:
        """The sequence of that transaction."""
        return self.movement.sequence

    @property
    def basis(self) -> Decimal | None:
        """What the units cost for tax, in the base currency: with the losses of wash sales that they carried."""
        return None if self.base_cost is None else EXACT.add(self.base_cost, self.adjustment)

    @property
    def economic_gain(self) -> Decimal | None:
        """Proceeds less basis, in the base currency, before a loss of it is disallowed."""
        basis = self.basis
        if self.base_proceeds is None or basis is None:
            return None
        return EXACT.subtract(self.base_proceeds, basis)

    @property
    def gain(self) -> Decimal | None:
        """What is reported, in the base currency: proceeds less basis, and what was disallowed of the loss."""
        before = self.economic_gain
        return None if before is None else EXACT.add(before, self.disallowed)

    @property
    def term(self) -> Term:
        """Whether the units were held for more than a year; what was sold short, or written, never is.

        What closes a short sale is bought to be delivered at once.  Source: Internal Revenue Code, sections 1233(a)
        and 1234(b).  Section 1233(b) and (d), on identical units that are held at the same time, are not applied.
        """
        return Term.SHORT if self.key.is_short else term_of(self.held_from, self.movement.trade_date)


@dataclass(slots=True)
class Timeline:
    """What a side or a purse came to at the end of each day on which it changed."""

    days: list[date] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    def note(self, day: date, state: State) -> None:
        """Write what it comes to at the end of this day, no day before the last."""
        if self.days and self.days[-1] == day:
            self.states[-1] = state
        else:
            self.days.append(day)
            self.states.append(state)

    def at(self, day: date) -> State | None:
        """Return what it came to at the end of this day; None before the first."""
        place = bisect_right(self.days, day)
        return self.states[place - 1] if place else None
