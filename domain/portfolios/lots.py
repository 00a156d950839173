"""Lots: units that were opened together and are not closed yet; and how amounts are split among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from domain.kernel.money import EXACT, ZERO, product, quotient, to_money, to_price, total
from domain.portfolios.types import Term


@dataclass(slots=True)
class Lot:
    """Units that were opened together.

    `key` names the lot whatever the method: the sequence of the transaction that opened it, and of those that made one
    of it.  `cost` is what its units cost with fees, of a short lot what they brought, in the instrument's currency;
    `base_cost` the same in the portfolio's base currency at the rate of the day, None where it is not known.  Both
    are before `adjustment`, the losses of wash sales that were moved here, in the base currency.  The holding period
    counts from `held_from`.  `opened`, 0 until it is in an inventory, are the units that were opened, in units of
    today; `is_open` whether some of them are in an inventory.
    """

    key: str
    opened_on: date
    held_from: date
    quantity: Decimal
    cost: Decimal
    base_cost: Decimal | None
    adjustment: Decimal = ZERO
    opened: Decimal = ZERO
    is_open: bool = False
    _unit_cost: Decimal | None = field(default=None, compare=False)

    @property
    def unit_cost(self) -> Decimal:
        """What one unit cost; sales of other units do not change it."""
        if self._unit_cost is None:
            self._unit_cost = quotient(self.cost, self.quantity)
        return self._unit_cost

    @property
    def root(self) -> str:
        """The key of the lot that this one was cut off from; its own where it was not."""
        return root_of(self.key)

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
            self.opened,
            self.is_open,
            self._unit_cost,
        )

    def part(self, units: Decimal) -> "Lot":
        """Take so many units off, with their share of the cost, rounded so that both parts sum to the whole."""
        # The part keeps the exact cost of a unit: its own, rounded, gives another.
        assert self.unit_cost is not None
        taken = self.copy()
        taken.quantity = units
        taken.cost = share(self.cost, units, self.quantity)
        taken.base_cost = None if self.base_cost is None else share(self.base_cost, units, self.quantity)
        taken.adjustment = share(self.adjustment, units, self.quantity) if self.adjustment else ZERO
        taken.is_open = False
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

    def resize(self, units: Decimal, numerator: Decimal, denominator: Decimal) -> None:
        """Let the same lot have other units, in a ratio of new to old."""
        if self.opened == self.quantity:
            self.opened = units
        else:
            self.opened = to_price(quotient(product(self.opened, numerator), denominator))
        self.quantity = units
        self._unit_cost = None


def root_of(key: str) -> str:
    """Return the key of the lot that the lot of this key was cut off from: a wash sale cuts K into K and K~1."""
    return key.partition("~")[0]


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
