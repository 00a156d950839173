"""Lots: what was opened and is not closed yet, of one side of one instrument in one account."""

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from domain.kernel.money import EXACT, ZERO, product, quotient, to_money, to_price, total
from domain.portfolios.entries import LotChoice
from domain.portfolios.types import LotMethod, Term


@dataclass(slots=True)
class Lot:
    """Units that were opened together.

    `key` names the lot whatever the method: the sequence of the transaction that opened it, and of those that made one
    of it.  `cost` is what its units cost with fees, of a short lot what they brought, in the instrument's currency;
    `base_cost` the same in the portfolio's base currency at the rate of the day, None where it is not known.  Both
    are before `adjustment`, the losses of wash sales that were moved here, in the base currency.  The holding period
    counts from `held_from`.
    """

    key: str
    opened_on: date
    held_from: date
    quantity: Decimal
    cost: Decimal
    base_cost: Decimal | None
    adjustment: Decimal = ZERO
    _unit_cost: Decimal | None = field(default=None, compare=False)

    @property
    def unit_cost(self) -> Decimal:
        """What one unit cost; sales of other units do not change it."""
        if self._unit_cost is None:
            self._unit_cost = quotient(self.cost, self.quantity)
        return self._unit_cost

    def copy(self) -> "Lot":
        """Return the same, to be changed apart."""
        # By hand: `replace` takes five times as long, and a side is copied before each change.
        return Lot(
            self.key,
            self.opened_on,
            self.held_from,
            self.quantity,
            self.cost,
            self.base_cost,
            self.adjustment,
            self._unit_cost,
        )

    def part(self, units: Decimal) -> "Lot":
        """Take so many units off, with their share of the cost, rounded so that both parts sum to the whole."""
        taken = self.copy()
        taken.quantity = units
        taken.cost = share(self.cost, units, self.quantity)
        taken.base_cost = None if self.base_cost is None else share(self.base_cost, units, self.quantity)
        taken.adjustment = share(self.adjustment, units, self.quantity) if self.adjustment else ZERO
        self.quantity = EXACT.subtract(self.quantity, units)
        self.cost = EXACT.subtract(self.cost, taken.cost)
        if self.base_cost is not None and taken.base_cost is not None:
            self.base_cost = EXACT.subtract(self.base_cost, taken.base_cost)
        if self.adjustment:
            self.adjustment = EXACT.subtract(self.adjustment, taken.adjustment)
        return taken

    def recost(self, cost: Decimal, base_cost: Decimal | None) -> None:
        """Give the units another cost."""
        self.cost, self.base_cost, self._unit_cost = cost, base_cost, None


def share(amount: Decimal, units: Decimal, whole: Decimal) -> Decimal:
    """Return the part of an amount of money that falls to so many of all units."""
    return amount if units == whole else to_money(quotient(product(amount, units), whole))


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split money by weights, which are positive; the parts sum to it exactly."""
    whole = total(weights)
    parts, given, passed = [], ZERO, ZERO
    for weight in weights:
        passed = EXACT.add(passed, weight)
        until = share(amount, passed, whole)
        parts.append(EXACT.subtract(until, given))
        given = until
    return parts


class NoSuchUnits(Exception):
    """More units were to be taken than there are."""

    def __init__(self, held: Decimal, lot: str | None = None) -> None:
        super().__init__()
        self.held = held
        self.lot = lot


def _age(lot: Lot) -> date:
    return lot.opened_on


@dataclass(slots=True)
class Inventory:
    """The open lots of one side, oldest first, and their sums."""

    lots: list[Lot] = field(default_factory=list)
    quantity: Decimal = ZERO
    cost: Decimal = ZERO
    # None once the base cost of any open lot is not known.
    unknown: int = 0
    base: Decimal = ZERO

    def copy(self) -> "Inventory":
        """Return the same, to be changed apart."""
        return replace(self, lots=[lot.copy() for lot in self.lots])

    @property
    def base_cost(self) -> Decimal | None:
        """What all open lots cost in the base currency; None where that of one is not known."""
        return None if self.unknown else self.base

    def add(self, lot: Lot) -> None:
        """Put a lot in its place."""
        if not self.lots or self.lots[-1].opened_on <= lot.opened_on:
            self.lots.append(lot)
        else:
            insort(self.lots, lot, key=_age)
        self._plus(lot)

    def take(self, units: Decimal, method: LotMethod, choices: Sequence[LotChoice] = ()) -> list[Lot]:
        """Take units out by a method.  Raises `NoSuchUnits`, and then nothing has changed."""
        if units > self.quantity:
            raise NoSuchUnits(self.quantity)
        if method is LotMethod.SPECIFIC and choices:
            taken = self._take_chosen(choices)
        else:
            if method is LotMethod.AVERAGE:
                self._level()
            taken = self._take(units, method)
        for lot in taken:
            self._minus(lot)
        self.unknown = sum(lot.base_cost is None for lot in self.lots) if self.unknown else 0
        return taken

    def take_all(self) -> list[Lot]:
        """Take every lot out."""
        taken, self.lots = self.lots, []
        self.quantity = self.cost = self.base = ZERO
        self.unknown = 0
        return taken

    def recount(self) -> None:
        """Sum anew, after lots were changed in place."""
        lots, self.lots = self.lots, []
        self.quantity = self.cost = self.base = ZERO
        self.unknown = 0
        for lot in lots:
            self.add(lot)

    def scale(self, numerator: Decimal, denominator: Decimal) -> list[Lot]:
        """Multiply all units by a ratio, to 10 places in all; return the lots of which nothing is left."""
        gone: list[Lot] = []
        kept: list[Lot] = []
        for lot, units in zip(
            self.lots, scaled([lot.quantity for lot in self.lots], numerator, denominator), strict=True
        ):
            if units:
                lot.quantity = units
                lot.recost(lot.cost, lot.base_cost)
                kept.append(lot)
            else:
                gone.append(lot)
        self.lots = kept
        self.recount()
        return gone

    def _plus(self, lot: Lot) -> None:
        self.quantity = EXACT.add(self.quantity, lot.quantity)
        self.cost = EXACT.add(self.cost, lot.cost)
        if lot.base_cost is None:
            self.unknown += 1
        else:
            self.base = EXACT.add(self.base, lot.base_cost)

    def _minus(self, lot: Lot) -> None:
        self.quantity = EXACT.subtract(self.quantity, lot.quantity)
        self.cost = EXACT.subtract(self.cost, lot.cost)
        if lot.base_cost is not None:
            self.base = EXACT.subtract(self.base, lot.base_cost)

    def _take(self, units: Decimal, method: LotMethod) -> list[Lot]:
        taken = []
        while units > 0:
            place = self._next(method)
            lot = self.lots[place]
            if lot.quantity > units:
                taken.append(lot.part(units))
                break
            units = EXACT.subtract(units, lot.quantity)
            taken.append(self.lots.pop(place))
        return taken

    def _next(self, method: LotMethod) -> int:
        if method is LotMethod.LIFO:
            return len(self.lots) - 1
        if method is LotMethod.HIFO:
            return max(range(len(self.lots)), key=lambda place: (self.lots[place].unit_cost, -place))
        if method is LotMethod.LOWEST_COST:
            return min(range(len(self.lots)), key=lambda place: (self.lots[place].unit_cost, place))
        return 0

    def _take_chosen(self, choices: Sequence[LotChoice]) -> list[Lot]:
        for choice in choices:
            held = total(lot.quantity for lot in self._of(choice.lot))
            if choice.quantity > held:
                raise NoSuchUnits(held, choice.lot)
        taken = []
        for choice in choices:
            units = choice.quantity
            for lot in list(self._of(choice.lot)):
                if units <= 0:
                    break
                if lot.quantity > units:
                    taken.append(lot.part(units))
                    break
                units = EXACT.subtract(units, lot.quantity)
                self.lots.remove(lot)
                taken.append(lot)
        return taken

    def _of(self, key: str) -> Iterator[Lot]:
        # A wash sale cuts a lot in two, of which the second is named after the first.
        return (lot for lot in self.lots if lot.key == key or lot.key.startswith(f"{key}~"))

    def _level(self) -> None:
        """Give each unit the average cost of all."""
        weights = [lot.quantity for lot in self.lots]
        costs = spread(self.cost, weights)
        bases = spread(self.base, weights) if not self.unknown else [None] * len(weights)
        for lot, cost, base in zip(self.lots, costs, bases, strict=True):
            lot.recost(cost, base)


def scaled(quantities: Sequence[Decimal], numerator: Decimal, denominator: Decimal) -> list[Decimal]:
    """Multiply quantities by a ratio so that their sum is that of the whole, rounded to 10 places."""
    parts, passed, given = [], ZERO, ZERO
    for quantity in quantities:
        passed = EXACT.add(passed, quantity)
        until = to_price(quotient(product(passed, numerator), denominator))
        parts.append(EXACT.subtract(until, given))
        given = until
    return parts


def term_of(held_from: date, closed_on: date) -> Term:
    """Return whether units were held for more than a year.

    The year begins on the day after they were acquired; what was acquired on the last day of a month was held for a
    year when the twelfth month after it ends.  Source: IRS Publication 550, "Holding Period"; Revenue Ruling 66-7.
    """
    begins = held_from + timedelta(days=1)
    try:
        anniversary = begins.replace(year=begins.year + 1)
    except ValueError:
        anniversary = date(begins.year + 1, 3, 1)
    return Term.LONG if closed_on >= anniversary else Term.SHORT
