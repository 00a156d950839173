"""The ledger folded up to some point, and the steps of which the rules for each kind of transaction are made.

Pure and exact.  It sees units and money only: what an instrument is, the booking knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.kernel.money import EXACT, ZERO, product, to_money
from domain.portfolios.append_only import AppendOnly
from domain.portfolios.inventory import Inventory
from domain.portfolios.lots import Lot, spread
from domain.portfolios.movements import ONE, Movement
from domain.portfolios.records import Disposal, Earned, Flow, Key, State, Timeline
from domain.portfolios.types import LotMethod


@dataclass(eq=False)
class Fold:
    """The ledger folded up to some point: `domain.portfolios.rules` apply movements in their order."""

    method: LotMethod = LotMethod.SPECIFIC
    inventories: dict[Key, Inventory] = field(default_factory=dict)
    timelines: dict[Key, Timeline] = field(default_factory=dict)
    cash: dict[str, Decimal] = field(default_factory=dict)
    purses: dict[str, Timeline] = field(default_factory=dict)
    flows: AppendOnly[Flow] = field(default_factory=AppendOnly)
    earned: AppendOnly[Earned] = field(default_factory=AppendOnly)
    disposals: AppendOnly[Disposal] = field(default_factory=AppendOnly)
    # Which of the above this fold may change: what it was forked from is left as it is.
    _own: set[Key | str] = field(default_factory=set)
    _touched: set[Key] = field(default_factory=set)

    def fork(self) -> "Fold":
        """Return the same, to be carried on apart: what is not touched is shared."""
        return Fold(
            self.method,
            dict(self.inventories),
            dict(self.timelines),
            dict(self.cash),
            dict(self.purses),
            self.flows.fork(),
            self.earned.fork(),
            self.disposals.fork(),
        )

    def note(self, day: date) -> None:
        """Write down what the sides that were changed since the last note come to at the end of this day."""
        for key in self._touched:
            held = self.inventories[key]
            self._timeline(key).note(day, State(held.quantity, held.cost, held.base_cost))
        self._touched.clear()

    def quantity(self, key: Key) -> Decimal:
        """Return the units of a side: positive."""
        held = self.inventories.get(key)
        return ZERO if held is None else held.quantity

    # What a fold for tax adds to opening and closing.

    def opened(self, key: Key, lot: Lot, movement: Movement) -> None:
        """A lot was bought, or sold short."""

    def closed(self, disposal: Disposal) -> None:
        """Units were closed."""

    # What rules are made of.

    def open(
        self,
        key: Key,
        movement: Movement,
        units: Decimal,
        cost: Decimal,
        base: Decimal | None = None,
        *,
        known: bool = False,
    ) -> None:
        """Open a lot that cost so much, for a short side that brought so much; `base` where it is `known`."""
        base_cost = base if known else self.base(movement, cost)
        lot = Lot(f"{movement.sequence}", movement.trade_date, movement.trade_date, units, cost, base_cost)
        self.inventory(key).add(lot)
        self.opened(key, lot, movement)

    def close(self, key: Key, movement: Movement, units: Decimal, money: Decimal) -> None:
        """Close units for money that came for them, for a short side for money that was paid."""
        lots = self.inventory(key).take(units, self.method, movement.terms.choices)
        self.dispose(key, movement, lots, money)

    def dispose(
        self,
        key: Key,
        movement: Movement,
        lots: Sequence[Lot],
        money: Decimal,
        base: Decimal | None = None,
        *,
        known: bool = False,
    ) -> None:
        """Realize lots that were taken out, for money that came for all of them or was paid."""
        weights = [lot.quantity for lot in lots]
        base_money = base if known else self.base(movement, money)
        parts = spread(money, weights)
        bases = (
            parts if base_money is money else [None] * len(lots) if base_money is None else spread(base_money, weights)
        )
        for lot, part, base_part in zip(lots, parts, bases, strict=True):
            proceeds, cost = (lot.cost, part) if key.is_short else (part, lot.cost)
            base_proceeds, base_cost = (lot.base_cost, base_part) if key.is_short else (base_part, lot.base_cost)
            self._realize(
                Disposal(
                    movement,
                    key,
                    lot.key,
                    lot.opened_on,
                    lot.held_from,
                    lot.quantity,
                    proceeds,
                    cost,
                    base_proceeds,
                    base_cost,
                    lot.adjustment,
                )
            )

    def gain(
        self,
        key: Key,
        movement: Movement,
        lot: Lot | None,
        proceeds: Decimal,
        cost: Decimal,
        base_cost: Decimal | None,
        adjustment: Decimal = ZERO,
    ) -> None:
        """Realize money that came without units; `cost` is the part of the lot's that it pays back, and `adjustment`
        the part of the lot's losses of wash sales.
        """
        day = movement.trade_date
        name, opened, held = ("", day, day) if lot is None else (lot.key, lot.opened_on, lot.held_from)
        base = self.base(movement, proceeds)
        self._realize(Disposal(movement, key, name, opened, held, ZERO, proceeds, cost, base, base_cost, adjustment))

    def _realize(self, disposal: Disposal) -> None:
        self.disposals.append(disposal)
        self.closed(disposal)

    def base(self, movement: Movement, amount: Decimal) -> Decimal | None:
        """Return an amount of a movement in the base currency; None where the rate is not known."""
        if movement.fx_rate is ONE:
            return amount
        return None if movement.fx_rate is None else to_money(product(amount, movement.fx_rate))

    def inventory(self, key: Key) -> Inventory:
        """Return the open lots of a side, to be changed."""
        self._touched.add(key)
        held = self.inventories.get(key)
        if held is None:
            held = self.inventories[key] = Inventory()
        elif key not in self._own:
            held = self.inventories[key] = held.copy()
            before = self.timelines.get(key)
            if before is not None:
                self.timelines[key] = Timeline(list(before.days), list(before.states))
        self._own.add(key)
        return held

    def levelled(self, key: Key) -> Inventory:
        """Return the open lots of a side, to be changed one by one: at the average cost where that is the method."""
        held = self.inventory(key)
        if self.method is LotMethod.AVERAGE:
            held.level()
        return held

    def _timeline(self, key: Key) -> Timeline:
        found = self.timelines.get(key)
        if found is None:
            found = self.timelines[key] = Timeline()
        return found

    def pay(self, day: date, currency: str, amount: Decimal) -> None:
        """Let money come or go."""
        if not amount:
            return
        purse = self.purses.get(currency)
        if purse is None:
            purse = self.purses[currency] = Timeline()
        elif currency not in self._own:
            purse = self.purses[currency] = Timeline(list(purse.days), list(purse.states))
        self._own.add(currency)
        self.cash[currency] = EXACT.add(self.cash.get(currency, ZERO), amount)
        purse.note(day, State(self.cash[currency], ZERO, None))
