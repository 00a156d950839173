"""Over random histories in several accounts: no loss and no cost gets lost, and a second way of matching agrees."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.money import total
from domain.portfolios.lots import term_of
from domain.portfolios.movements import Terms
from domain.portfolios.records import Key
from domain.portfolios.types import LotMethod, Side, Term, TransactionKind
from tests.factories.movements import CALL, IRA, OTHER, TAXED, Journal, X

START = date(2020, 1, 1)
ACCOUNTS = (TAXED, OTHER, IRA)
METHODS = st.sampled_from(list(LotMethod))

# Days since the one before, account, what, units, a price, and which lot to name.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 25),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(["buy", "buy", "sell", "sell", "short", "cover", "split", "reinvest", "call", "sell call"]),
        st.decimals(Decimal("0.0001"), Decimal(50), places=4),
        st.decimals(Decimal(0), Decimal(9_999), places=3),
        st.integers(0, 9),
    ),
    max_size=40,
)


def journal_of(steps):
    """Write down what can be done; return the journal, and what was spent on units of each account and side."""
    journal, day = Journal(), START
    spent: dict[tuple[UUID, bool], Decimal] = defaultdict(Decimal)
    held: dict[tuple[UUID, UUID | bool], Decimal] = defaultdict(Decimal)
    for gap, account, what, asked, money, _ in steps:
        units = asked
        day += timedelta(days=gap)
        if what == "split":
            # Before all trades of its day, so on a day of its own.
            day += timedelta(days=1)
            for key in ((account, False), (account, True)):
                held[key] = (held[key] * 3 / 2).quantize(Decimal("1E-10"))
            if held[account, False] or held[account, True]:
                journal.split(day, 3, 2, account=account)
            continue
        if what in ("call", "sell call"):
            trade_a_call(journal, held, day, account, what, units, money)
            continue
        is_short = what in ("short", "cover")
        if what in ("sell", "cover"):
            units = min(units, held[account, is_short])
            if not units:
                continue
            held[account, is_short] -= units
        else:
            held[account, is_short] += units
            spent[account, is_short] += money
        getattr(journal, what)(day, units, money, account=account)
    return journal, spent


def trade_a_call(journal, held, day, account, what, asked, money):
    """Buy contracts of the call on X, or sell some that are held."""
    kind, units, side, paid = TransactionKind.OPTION_OPEN, asked, Side.BUY, -money
    if what == "sell call":
        units = min(units, held[account, CALL])
        kind, side, paid = TransactionKind.OPTION_CLOSE, Side.SELL, money
    held[account, CALL] += units if side is Side.BUY else -units
    if units:
        journal.write(kind, day, units, paid, Terms(side=side), of=CALL, account=account)


@settings(max_examples=300, deadline=None)
@given(STEPS, METHODS)
def test_nothing_is_lost(steps, method):
    journal, spent = journal_of(steps)
    fold = journal.tax(method)
    plain = journal.fold(method)

    open_lots = [lot for held in fold.inventories.values() for lot in held.lots]
    # Each disallowed loss is in the basis of an open lot, or was in that of one that was sold, or is lost for good.
    moved = total(each.disallowed for each in fold.wash_sales if not each.is_lost)
    assert moved == total([each.adjustment for each in fold.disposals] + [lot.adjustment for lot in open_lots])
    assert total(each.disallowed for each in fold.wash_sales) == total(each.disallowed for each in fold.disposals)
    for each in fold.disposals:
        assert 0 <= each.disallowed <= max(0, -each.economic_gain)
        assert each.gain == each.base_proceeds - each.base_cost - each.adjustment + each.disallowed
        if each.key.account_id == IRA:
            assert each.disallowed == 0
    # What was gained is what is reported, less what was disallowed, and with what came back of it: to the last place
    # of each lot that was cut, whose parts are rounded where the whole is not.
    reported = gained(plain) + total(e.disallowed - e.adjustment for e in fold.disposals)
    assert abs(sum_of(fold, "gain") - reported) <= len(fold.wash_sales) * Decimal("1E-8")
    # Wash sales change which part of a lot stands where, never what was spent, or how much is held.
    for (account, is_short), money in spent.items():
        key = Key(account, X, is_short)
        kept = total(lot.base_cost for lot in fold.inventories[key].lots)
        released = total(e.base_proceeds if is_short else e.base_cost for e in fold.disposals if e.key == key)
        assert kept + released == money
        assert fold.quantity(key) == plain.quantity(key) == total(lot.quantity for lot in fold.inventories[key].lots)
        assert fold.inventories[key].cost == kept
        assert fold.inventories[key].adjustment == total(lot.adjustment for lot in fold.inventories[key].lots)


def gained(fold):
    return total(each.base_proceeds - each.base_cost for each in fold.disposals)


def sum_of(fold, name):
    return total(getattr(each, name) for each in fold.disposals)


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_named_lots_conserve_cost_and_are_the_ones_that_are_sold(steps):
    """Each sale names a lot, if one is large enough."""
    journal, _ = journal_of(steps)
    named = Journal()
    for movement, step in zip(journal.movements, steps, strict=False):
        choices: tuple[tuple[str, Decimal], ...] = ()
        if movement.kind == "SELL":
            held = named.fold().inventories[Key(movement.account_id, X, False)].lots
            large = [lot for lot in held if lot.quantity >= movement.quantity]
            if large:
                lot = large[step[5] % len(large)]
                choices = ((lot.key, movement.quantity),)
            named.sell(movement.trade_date, movement.quantity, movement.amount, *choices, account=movement.account_id)
            sold = named.fold().disposals[-1]
            assert not choices or (sold.lot, sold.quantity) == choices[0]
        else:
            named.write(
                movement.kind,
                movement.trade_date,
                movement.quantity,
                movement.amount,
                movement.terms,
                account=movement.account_id,
            )
    fold = named.tax()
    moved = total(each.disallowed for each in fold.wash_sales if not each.is_lost)
    open_lots = [lot for held in fold.inventories.values() for lot in held.lots]
    assert moved == total([each.adjustment for each in fold.disposals] + [lot.adjustment for lot in open_lots])
    assert sum_of(fold, "disallowed") == total(each.disallowed for each in fold.wash_sales)


@dataclass
class Unit:
    """One unit: a second bookkeeper, who looks at each by itself."""

    account: UUID
    lot: int
    bought: date
    held_from: date
    cost: Decimal
    is_free: bool = True


@dataclass
class Bookkeeper:
    """Matches unit for unit; all numbers are whole."""

    method: LotMethod
    units: dict[UUID, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    waiting: list[dict[str, Any]] = field(default_factory=list)
    sold: list[dict[str, Any]] = field(default_factory=list)
    lots: int = 0

    def buy(self, day, count, price, account):
        self.lots += 1
        new = [Unit(account, self.lots, day, day, Decimal(price)) for _ in range(count)]
        self.units[account] += new
        for unit in new:
            for loss in self.waiting:
                if (day - loss["day"]).days <= 30:
                    self.waiting.remove(loss)
                    self.replace(unit, loss)
                    break

    def sell(self, day, count, price, account):
        held = self.units[account]
        gone = held[:count] if self.method is LotMethod.FIFO else held[-count:][::-1]
        self.units[account] = [unit for unit in held if not any(unit is each for each in gone)]
        for lot in sorted({unit.lot for unit in gone}, key=[unit.lot for unit in gone].index):
            self.close([unit for unit in gone if unit.lot == lot], day, Decimal(price))

    def close(self, units, day, price):
        for unit in units:
            row = {"day": day, "unit": unit, "gain": price - unit.cost, "disallowed": Decimal(0)}
            self.sold.append(row)
            if row["gain"] >= 0 or unit.account == IRA:
                continue
            others = [each for account in ACCOUNTS for each in self.units[account]]
            fitting = [
                each for each in others if each.is_free and (day - each.bought).days <= 30 and each.lot != unit.lot
            ]
            if fitting:
                self.replace(min(fitting, key=lambda each: each.lot), row)
            else:
                self.waiting.append(row)

    def replace(self, unit, row):
        unit.is_free = False
        row["disallowed"] = -row["gain"]
        if unit.account != IRA:
            unit.cost += row["disallowed"]
            unit.held_from -= row["day"] - row["unit"].held_from


WHOLE = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(ACCOUNTS), st.booleans(), st.integers(1, 6), st.integers(1, 9)),
    max_size=40,
)


@settings(max_examples=500, deadline=None)
@given(WHOLE, st.sampled_from([LotMethod.FIFO, LotMethod.LIFO]))
def test_a_bookkeeper_of_single_units_agrees(steps, method):
    journal, keeper, day = Journal(), Bookkeeper(method), START
    for gap, account, is_purchase, asked, price in steps:
        count = asked
        day += timedelta(days=gap)
        if not is_purchase:
            count = min(count, len(keeper.units[account]))
            if not count:
                continue
        name = "buy" if is_purchase else "sell"
        getattr(journal, name)(day, str(count), str(count * price), account=account)
        getattr(keeper, name)(day, count, price, account)

    fold = journal.tax(method)

    for account in ACCOUNTS:
        held = fold.inventories.get(Key(account, X, False))
        lots = [] if held is None else held.lots
        shown = [
            (lot.opened_on, lot.held_from, (lot.cost + lot.adjustment) / lot.quantity)
            for lot in lots
            for _ in range(int(lot.quantity))
        ]
        assert shown == [(unit.bought, unit.held_from, unit.cost) for unit in keeper.units[account]]
    reported: dict[Any, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in keeper.sold:
        term = Term.LONG if term_of(row["unit"].held_from, row["day"]) is Term.LONG else Term.SHORT
        sums = reported[row["day"], row["unit"].account, term]
        sums[0] += row["gain"] + row["disallowed"]
        sums[1] += row["disallowed"]
    for each in fold.disposals:
        sums = reported[each.movement.trade_date, each.key.account_id, each.term]
        sums[0] -= each.gain or 0
        sums[1] -= each.disallowed
    assert all(sums == [0, 0] for sums in reported.values())
