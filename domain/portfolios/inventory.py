"""The open lots of one side of one instrument in one account, and which of them are taken by each method."""

from bisect import bisect_left, bisect_right, insort_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from domain.kernel.money import EXACT, ZERO
from domain.portfolios.entries import LotChoice
from domain.portfolios.lots import Lot, root_of, scaled, spread
from domain.portfolios.types import LotMethod


class NoSuchUnits(Exception):
    """More units were to be taken than there are."""

    def __init__(self, held: Decimal, lot: str | None = None) -> None:
        super().__init__()
        self.held = held
        self.lot = lot


def _age(lot: Lot) -> date:
    return lot.opened_on


def _expensive(lot: Lot) -> Decimal:
    return lot.unit_cost


def _cheap(lot: Lot) -> Decimal:
    return lot.unit_cost.copy_negate()


_RANKS = {LotMethod.HIFO: _expensive, LotMethod.LOWEST_COST: _cheap}


@dataclass(slots=True)
class Inventory:
    """The open lots of one side, oldest first, and their sums: to take units does not grow with their number.

    `unknown` counts the lots whose base cost is not known; `base` is the sum of the others.
    """

    quantity: Decimal = ZERO
    cost: Decimal = ZERO
    base: Decimal = ZERO
    adjustment: Decimal = ZERO
    unknown: int = 0
    _lots: list[Lot] = field(default_factory=list)
    # The same in the order in which a method takes them, the next one last; None until they are asked for.
    _ranked: list[Lot] | None = None
    _rank: LotMethod | None = None
    # Whether only the sums are right: by average cost, each lot's part of them is settled when it is looked at.
    _is_pooled: bool = False

    def copy(self) -> "Inventory":
        """Return the same, to be changed apart."""
        return replace(self, _lots=[lot.copy() for lot in self._lots], _ranked=None)

    @property
    def lots(self) -> Sequence[Lot]:
        """The open lots, oldest first; whoever changes them calls `recount`."""
        if self._is_pooled:
            self.level()
        return self._lots

    @property
    def base_cost(self) -> Decimal | None:
        """What all open lots cost in the base currency; None where that of one is not known."""
        return None if self.unknown else self.base

    def add(self, lot: Lot) -> None:
        """Put a lot in its place."""
        if not self._lots or self._lots[-1].opened_on <= lot.opened_on:
            self._lots.append(lot)
            if self._ranked is not None and self._rank is not None:
                # Of equal ones the oldest is taken first, and stands last.
                insort_left(self._ranked, lot, key=_RANKS[self._rank])
        else:
            self._lots.insert(bisect_right(self._lots, lot.opened_on, key=_age), lot)
            self._ranked = None
        lot.is_open = True
        lot.opened = lot.opened or lot.quantity
        self._plus(lot)

    def take(self, units: Decimal, method: LotMethod, choices: Sequence[LotChoice] = ()) -> list[Lot]:
        """Take units out by a method.  Raises `NoSuchUnits`, and then nothing has changed."""
        if units > self.quantity:
            raise NoSuchUnits(self.quantity)
        if method is LotMethod.AVERAGE:
            taken = self._take_average(units)
        elif method is LotMethod.SPECIFIC and choices:
            taken = self._take_chosen(choices)
        else:
            taken = self._take(units, method)
        for lot in taken:
            lot.is_open = False
            self._minus(lot)
        if self.unknown:
            self.unknown = sum(lot.base_cost is None for lot in self._lots)
        return taken

    def take_all(self) -> list[Lot]:
        """Take every lot out."""
        taken = list(self.lots)
        for lot in taken:
            lot.is_open = False
        self._lots = []
        self.recount()
        return taken

    def cut(self, lot: Lot, units: Decimal, key: str) -> Lot:
        """Leave so many units in a lot, and return the rest of it as a lot of its own that comes after it."""
        rest = lot.part(EXACT.subtract(lot.quantity, units))
        rest.key, rest.is_open, rest.opened = key, True, rest.quantity
        lot.opened = EXACT.subtract(lot.opened, rest.opened)
        self._lots.insert(self._place(lot) + 1, rest)
        if self._ranked is not None and self._rank is not None:
            rank = _RANKS[self._rank]
            place = bisect_left(self._ranked, rank(lot), key=rank)
            if self._ranked[place] is lot:
                self._ranked.insert(place, rest)
            else:
                self._ranked = None
        return rest

    def adjust(self, lot: Lot, loss: Decimal) -> None:
        """Add the loss of a wash sale to what a lot cost."""
        lot.adjustment = EXACT.add(lot.adjustment, loss)
        self.adjustment = EXACT.add(self.adjustment, loss)

    def recount(self) -> None:
        """Sum anew, after lots were changed in place."""
        self.quantity = self.cost = self.base = self.adjustment = ZERO
        self.unknown, self._ranked, self._is_pooled = 0, None, False
        for lot in self._lots:
            self._plus(lot)

    def scale(self, numerator: Decimal, denominator: Decimal) -> list[Lot]:
        """Multiply all units by a ratio, to 10 places in all; return the lots of which nothing is left."""
        lots = self.lots
        gone: list[Lot] = []
        kept: list[Lot] = []
        for lot, units in zip(lots, scaled([lot.quantity for lot in lots], numerator, denominator), strict=True):
            if units:
                lot.resize(units, numerator, denominator)
                kept.append(lot)
            else:
                lot.is_open = False
                gone.append(lot)
        self._lots = kept
        self.recount()
        return gone

    def level(self) -> None:
        """Give each unit the average cost of all, losses of wash sales with it."""
        weights = [lot.quantity for lot in self._lots]
        costs, adjustments = spread(self.cost, weights), spread(self.adjustment, weights)
        bases = spread(self.base, weights) if not self.unknown else [None] * len(weights)
        for lot, cost, base, adjustment in zip(self._lots, costs, bases, adjustments, strict=True):
            lot.recost(cost, base)
            lot.adjustment = adjustment
        self.recount()

    def _plus(self, lot: Lot) -> None:
        self.quantity = EXACT.add(self.quantity, lot.quantity)
        self.cost = EXACT.add(self.cost, lot.cost)
        self.adjustment = EXACT.add(self.adjustment, lot.adjustment)
        if lot.base_cost is None:
            self.unknown += 1
        else:
            self.base = EXACT.add(self.base, lot.base_cost)

    def _minus(self, lot: Lot) -> None:
        self.quantity = EXACT.subtract(self.quantity, lot.quantity)
        self.cost = EXACT.subtract(self.cost, lot.cost)
        self.adjustment = EXACT.subtract(self.adjustment, lot.adjustment)
        if lot.base_cost is not None:
            self.base = EXACT.subtract(self.base, lot.base_cost)

    def _take(self, units: Decimal, method: LotMethod) -> list[Lot]:
        taken = []
        while units > 0:
            lot = self._next(method)
            if lot.quantity > units:
                taken.append(lot.part(units))
                break
            units = EXACT.subtract(units, lot.quantity)
            self._remove(lot)
            taken.append(lot)
        return taken

    def _next(self, method: LotMethod) -> Lot:
        if method is LotMethod.LIFO:
            return self._lots[-1]
        if method not in _RANKS:
            return self._lots[0]
        if self._ranked is None or self._rank is not method:
            self._rank = method
            newest_first = list(self._lots)
            newest_first.reverse()
            self._ranked = sorted(newest_first, key=_RANKS[method])
        return self._ranked[-1]

    def _take_average(self, units: Decimal) -> list[Lot]:
        if self.unknown:
            # The average is not known either.
            self.level()
        quantity, cost, base, adjustment = self.quantity, self.cost, self.base, self.adjustment
        self._is_pooled = True
        taken = self._take(units, LotMethod.FIFO)
        rest = EXACT.subtract(quantity, units)
        weights = [lot.quantity for lot in taken] + ([rest] if rest else [])
        parts = zip(spread(cost, weights), spread(base, weights), spread(adjustment, weights), strict=True)
        for lot, (own_cost, own_base, own_adjustment) in zip(taken, parts, strict=False):
            lot.recost(own_cost, None if self.unknown else own_base)
            lot.adjustment = own_adjustment
        return taken

    def _take_chosen(self, choices: Sequence[LotChoice]) -> list[Lot]:
        wanted: dict[str, Decimal] = {}
        for choice in choices:
            root = root_of(choice.lot)
            wanted[root] = EXACT.add(wanted.get(root, ZERO), choice.quantity)
        held = dict.fromkeys(wanted, ZERO)
        for lot in self._lots:
            if lot.root in held:
                held[lot.root] = EXACT.add(held[lot.root], lot.quantity)
        for root, units in wanted.items():
            if units > held[root]:
                raise NoSuchUnits(held[root], root)
        # What was cut off by a wash sale that other trades have undone since is a part of the whole lot again.
        exact = [part for choice in choices for part in self._take_of([self._of(choice.lot)], choice.quantity)]
        left = dict(wanted)
        for lot in exact:
            left[lot.root] = EXACT.subtract(left[lot.root], lot.quantity)
        others = [part for root, units in left.items() for part in self._take_of(self._family(root), units)]
        return [*exact, *others]

    def _take_of(self, lots: Sequence[Lot | None], units: Decimal) -> Iterator[Lot]:
        for lot in lots:
            if lot is None or units <= 0:
                continue
            if lot.quantity > units:
                yield lot.part(units)
                return
            units = EXACT.subtract(units, lot.quantity)
            self._remove(lot)
            yield lot

    def _of(self, key: str) -> Lot | None:
        return next((lot for lot in self._lots if lot.key == key), None)

    def _family(self, root: str) -> list[Lot]:
        return [lot for lot in self._lots if lot.root == root]

    def _remove(self, lot: Lot) -> None:
        del self._lots[self._place(lot)]
        if self._ranked is not None:
            if self._ranked[-1] is lot:
                self._ranked.pop()
            else:
                self._ranked = None

    def _place(self, lot: Lot) -> int:
        if self._lots[-1] is lot:
            return len(self._lots) - 1
        place = bisect_left(self._lots, lot.opened_on, key=_age)
        while self._lots[place] is not lot:
            place += 1
        return place
