"""Which lots a plan sells, and what their sale realizes.  Pure, exact."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.kernel.money import EXACT, product, quotient, to_money
from domain.portfolios.lots import Lot, share, term_of
from domain.portfolios.types import AccountKind, Term


class SaleMethod(StrEnum):
    """Which lots a plan sells first.

    LEAST_TAX: in a taxable account those with a loss, the largest for each unit first, short-term ones before long-term
    ones; then those with the smallest gain for each unit, long-term ones before short-term ones.  FIFO: the oldest.
    LIFO: the newest.  HIFO: those of the highest cost a unit.  LOWEST_COST: those of the lowest.
    """

    LEAST_TAX = "LEAST_TAX"
    FIFO = "FIFO"
    LIFO = "LIFO"
    HIFO = "HIFO"
    LOWEST_COST = "LOWEST_COST"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLot:
    """Units of one lot that a plan sells; `gain` in the base currency, None where the lot's cost in it is not known."""

    key: str
    quantity: Decimal
    opened_on: date
    term: Term
    gain: Decimal | None
    is_taxable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A sale that is planned: what a unit is worth in the base currency, the account, and the day."""

    units: Decimal
    worth: Decimal
    account_kind: AccountKind
    day: date


def chosen_lots(lots: Sequence[Lot], sale: Sale, method: SaleMethod) -> list[SoldLot]:
    """Return the lots to sell, `sale.units` in all, in the order of the method.  The lots are those of one side."""
    order = _ORDERS[method](sale)
    left, chosen = sale.units, []
    for lot in sorted(lots, key=order):
        units = min(lot.quantity, left)
        if units <= 0:
            break
        left = EXACT.subtract(left, units)
        chosen.append(
            SoldLot(
                key=lot.key,
                quantity=units,
                opened_on=lot.opened_on,
                term=term_of(lot.held_from, sale.day),
                gain=_gain(lot, units, sale),
                is_taxable=sale.account_kind is AccountKind.TAXABLE,
            )
        )
    assert left == 0, "a plan sells what is held"
    return chosen


def _gain(lot: Lot, units: Decimal, sale: Sale) -> Decimal | None:
    if lot.base_cost is None:
        return None
    cost = share(EXACT.add(lot.base_cost, lot.adjustment), units, lot.quantity)
    return EXACT.subtract(to_money(product(units, sale.worth)), cost)


def _by_tax(sale: Sale) -> Callable[[Lot], tuple[Any, ...]]:
    def order(lot: Lot) -> tuple[Any, ...]:
        gain = _gain(lot, lot.quantity, sale)
        # What is not known may be a gain: it is sold last.
        if gain is None:
            return 3, Decimal(0), lot.opened_on, lot.key
        is_long = term_of(lot.held_from, sale.day) is Term.LONG
        group = int(is_long) if gain < 0 else 3 - int(is_long)
        return group, quotient(gain, lot.quantity), lot.opened_on, lot.key

    return order


def _oldest(sale: Sale) -> Callable[[Lot], tuple[Any, ...]]:
    del sale
    return lambda lot: (lot.opened_on, _number(lot))


def _newest(sale: Sale) -> Callable[[Lot], tuple[Any, ...]]:
    del sale
    return lambda lot: (-lot.opened_on.toordinal(), -_number(lot))


def _dearest(sale: Sale) -> Callable[[Lot], tuple[Any, ...]]:
    del sale
    return lambda lot: (-lot.unit_cost, lot.opened_on, _number(lot))


def _cheapest(sale: Sale) -> Callable[[Lot], tuple[Any, ...]]:
    del sale
    return lambda lot: (lot.unit_cost, lot.opened_on, _number(lot))


def _number(lot: Lot) -> int:
    """Return the sequence of the transaction that opened it: keys begin with it."""
    return opening_sequence(lot.key)


def opening_sequence(key: str) -> int:
    """Return the sequence of the transaction that opened a lot."""
    digits = key
    for mark in "-.~":
        digits = digits.split(mark, 1)[0]
    return int(digits)


_ORDERS: dict[SaleMethod, Callable[[Sale], Callable[[Lot], tuple[Any, ...]]]] = {
    SaleMethod.LEAST_TAX: _by_tax,
    SaleMethod.FIFO: _oldest,
    SaleMethod.LIFO: _newest,
    SaleMethod.HIFO: _dearest,
    SaleMethod.LOWEST_COST: _cheapest,
}
