"""A ledger at one version: its movements in order, and what they have folded to at the end of any day."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from domain.kernel.money import EXACT, ZERO
from domain.portfolios import rules
from domain.portfolios.append_only import AppendOnly
from domain.portfolios.fold import Fold
from domain.portfolios.inventory import Inventory
from domain.portfolios.movements import Movement
from domain.portfolios.records import Flow, Key
from domain.portfolios.refolding import refolded
from domain.portfolios.types import Holding, LotMethod, Standing


@dataclass(frozen=True, slots=True)
class Folded:
    """What a ledger has come to: before a session and at the end of a day, and what came from outside between.

    `latest` is the trade date of its last movement.
    """

    before: Standing
    now: Standing
    flows: tuple[Flow, ...]
    latest: date | None


# A live view asks the same question of a ledger at every tick.
_FOLDS_KEPT = 8
_DAY = timedelta(days=1)


@dataclass(eq=False, slots=True, weakref_slot=True)
class Ledger:
    """What stands in a portfolio's ledger at one version, in the order of their places.  It does not change."""

    version: int = 0
    movements: AppendOnly[Movement] = field(default_factory=AppendOnly)
    fold: Fold = field(default_factory=Fold)
    # The last of what others computed from it, by their names: gone when it goes.
    remembered: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    _folded: dict[tuple[date, date | None], Folded] = field(default_factory=dict)

    def grown(self, version: int, added: Sequence[Movement], cancelled: Collection[int] = ()) -> "Ledger":
        """Return the ledger at a later version: with more movements, and without those of the sequences cancelled.

        Movements at the end carry the fold on; late and cancelled ones have what they bear on folded anew.  Raises
        `Shortfall`.
        """
        new = sorted((each for each in added if each.sequence not in cancelled), key=lambda each: each.place)
        at_end = not self.movements or not new or self.movements[-1].place < new[0].place
        if at_end and not (cancelled and any(each.sequence in cancelled for each in self.movements)):
            movements, fold = self.movements.fork(), self.fold.fork()
            for movement in new:
                rules.apply(fold, movement)
                movements.append(movement)
            return Ledger(version, movements, fold)
        return Ledger(version, *refolded(self.movements, self.fold, new, cancelled))

    def folds_anew(self, added: Sequence[Movement], cancelled: Collection[int]) -> bool:
        """Whether to grow by these takes the longer, the longer the ledger is."""
        return bool(cancelled) or (
            bool(self.movements) and any(each.place < self.movements[-1].place for each in added)
        )

    def until(self, day: date) -> "Ledger":
        """Return what stands in it up to the end of this day, folded anew where something came later."""
        place = bisect_right(self.movements, day, key=lambda movement: movement.trade_date)
        return self if place == len(self.movements) else ledger_of(self.version, self.movements[:place])

    def instruments(self, day: date) -> frozenset[UUID]:
        """Return what was held at some time up to this day."""
        return frozenset(key.instrument_id for key, line in self.fold.timelines.items() if line.days[0] <= day)

    def currencies(self, day: date) -> frozenset[str]:
        """Return the currencies in which there was cash at some time up to this day."""
        return frozenset(code for code, line in self.fold.purses.items() if line.days[0] <= day)

    def standing(self, day: date) -> Standing:
        """Return what it comes to at the end of this day."""
        holdings = []
        for key, line in self.fold.timelines.items():
            state = line.at(day)
            if state is None or not state.quantity:
                continue
            quantity, cost, base = state
            if key.is_short:
                quantity, cost = quantity.copy_negate(), cost.copy_negate()
                base = None if base is None else base.copy_negate()
            holdings.append(Holding(key.account_id, key.instrument_id, quantity, cost, base))
        cash = {code: state.quantity for code, line in self.fold.purses.items() if (state := line.at(day)) is not None}
        return Standing(tuple(holdings), {code: amount for code, amount in cash.items() if amount})

    def quantity_at_start(self, key: Key, day: date) -> Decimal:
        """Return the units of a side at the start of this day, after the actions of that start which are in the ledger
        already.
        """
        start = bisect_left(self.movements, day, key=lambda movement: movement.trade_date)
        until = bisect_left(self.movements, (day, True, 0), lo=start, key=lambda movement: movement.place)
        own = (key.account_id, key.instrument_id)
        if any(own in each.touches for each in self.movements[start:until]):
            return ledger_of(self.version, self.movements[:until]).fold.quantity(key)
        line = self.fold.timelines.get(key)
        state = None if line is None else line.at(day - _DAY)
        return ZERO if state is None else state.quantity

    def folded(self, day: date, session: date | None) -> Folded:
        """Return what it comes to at the end of this day, and had come to before the session."""
        found = self._folded.get((day, session))
        if found is None:
            if len(self._folded) >= _FOLDS_KEPT:
                self._folded.clear()
            found = self._folded[day, session] = self._fold(day, session)
        return found

    def latest(self, day: date) -> date | None:
        """Return the trade date of the last movement up to this day."""
        place = bisect_right(self.movements, day, key=lambda movement: movement.trade_date)
        return self.movements[place - 1].trade_date if place else None

    def _fold(self, day: date, session: date | None) -> Folded:
        now = self.standing(day)
        if session is None or session > day:
            return Folded(now, now, (), self.latest(day))
        return Folded(self.standing(session - _DAY), now, tuple(self.flows(session, day)), self.latest(day))

    def between(self, first: date, last: date) -> Sequence[Movement]:
        """Return the movements from one day to another, both included."""
        start = bisect_left(self.movements, first, key=lambda movement: movement.trade_date)
        return self.movements[start : bisect_right(self.movements, last, key=lambda movement: movement.trade_date)]

    def flows(self, first: date, last: date) -> Sequence[Flow]:
        """Return what came from outside or went there from one day to another, both included."""
        flows = self.fold.flows
        start = bisect_right(flows, first - _DAY, key=lambda flow: flow.day)
        return flows[start : bisect_right(flows, last, key=lambda flow: flow.day)]


def ledger_of(version: int, movements: Sequence[Movement], method: LotMethod = LotMethod.SPECIFIC) -> Ledger:
    """Return the ledger of these movements, in whatever order they come.  Raises `Shortfall`."""
    ordered = sorted(movements, key=lambda movement: movement.place)
    fold = Fold(method)
    for movement in ordered:
        rules.apply(fold, movement)
    return Ledger(version, AppendOnly(ordered), fold)


def changed_units(before: Fold, after: Fold) -> dict[UUID, Decimal]:
    """Return by how much the units of each instrument differ, short ones negative; what does not differ is missing."""
    changes: dict[UUID, Decimal] = {}
    for key in _changed_sides(before.inventories, after.inventories):
        change = EXACT.subtract(after.quantity(key), before.quantity(key))
        signed = change.copy_negate() if key.is_short else change
        changes[key.instrument_id] = EXACT.add(changes.get(key.instrument_id, ZERO), signed)
    return {instrument_id: change for instrument_id, change in changes.items() if change}


def _changed_sides(before: Mapping[Key, Inventory], after: Mapping[Key, Inventory]) -> Iterable[Key]:
    """Return the sides that may differ: what a fold has not touched it shares with the one that it was forked from."""
    # A fork has the keys of before, in their order, and new ones after them.  To look each up would take longer than
    # all else when one entry is added to a ledger of many sides.
    if len(before) > len(after) or any(old is not new for old, new in zip(before, after, strict=False)):
        return before.keys() | after.keys()
    sides = zip(after, before.values(), after.values(), strict=False)
    return [*(key for key, old, new in sides if old is not new), *islice(after, len(before), None)]
