"""What splits, spin-offs, mergers and changes of symbol do to lots and gains: exact, and pure."""

from datetime import date
from decimal import Decimal

import pytest

from domain.portfolios.records import Key
from domain.portfolios.types import Term, TransactionKind
from tests.factories.movements import TAXED, Journal, X, Y

DAY, LATER, LAST = date(2021, 3, 1), date(2021, 6, 1), date(2022, 6, 1)


@pytest.fixture
def journal():
    return Journal()


def lots(fold, of=X, *, is_short=False):
    """The open lots of a side: key, units, cost."""
    held = fold.inventories.get(Key(TAXED, of, is_short))
    return [] if held is None else [(lot.key, lot.quantity, lot.cost) for lot in held.lots]


def gains(fold):
    """What was realized: lot, units, proceeds, cost."""
    return [(each.lot, each.quantity, each.proceeds, each.cost) for each in fold.disposals]


class TestSplit:
    def test_both_sides_are_split(self, journal):
        journal.buy(DAY, "10", "100")
        journal.short(DAY, "4", "40")
        journal.split(LATER, 3, 2)

        fold = journal.fold()

        assert (lots(fold), lots(fold, is_short=True)) == ([("1", 15, 100)], [("2", 6, 40)])

    def test_cash_in_lieu_sells_the_fraction(self, journal):
        journal.buy(DAY, "7", "70")
        journal.split(LATER, 1, 2, "11")

        fold = journal.fold()

        assert lots(fold) == [("1", 3, 60)]
        assert gains(fold) == [("1", Decimal("0.5"), 11, 10)]
        assert fold.cash == {"USD": -59}

    def test_cash_for_a_fraction_that_is_not_there_any_more_is_a_gain(self, journal):
        journal.buy(DAY, "8", "70")
        journal.split(LATER, 1, 2, "11")

        fold = journal.fold()

        assert (lots(fold), gains(fold)) == ([("1", 4, 70)], [("", 0, 11, 0)])

    def test_what_a_split_leaves_nothing_of_is_a_loss(self, journal):
        journal.buy(DAY, "0.0000000001", "5")
        journal.buy(DAY, "1", "10")
        journal.split(LATER, 1, 1000)

        fold = journal.fold()

        assert lots(fold) == [("2", Decimal("0.001"), 10)]
        assert gains(fold) == [("1", Decimal("1E-10"), 0, 5)]

    def test_named_units_are_those_after_the_split(self, journal):
        journal.buy(DAY, "10", "100")
        journal.split(LATER, 2, 1)
        journal.sell(LAST, "20", "200", ("1", "20"))

        assert gains(journal.fold()) == [("1", 20, 200, 100)]


class TestSpinOff:
    def test_a_part_of_the_cost_and_the_time_goes_with_it(self, journal):
        journal.buy(DAY, "10", "100")
        journal.buy(LATER, "6", "90")
        journal.spin_off(LAST, 1, 2, "0.2")

        fold = journal.fold()

        assert lots(fold) == [("1", 10, 80), ("2", 6, 72)]
        assert lots(fold, Y) == [("1.3", 5, 20), ("2.3", 3, 18)]
        assert [lot.held_from for lot in fold.inventories[Key(TAXED, Y, False)].lots] == [DAY, LATER]

    def test_cash_in_lieu_is_of_what_arrives(self, journal):
        journal.buy(DAY, "1.7", "17", of=Y)
        journal.buy(DAY, "7", "100")
        journal.spin_off(LATER, 1, 2, "0.2", "3")

        fold = journal.fold()

        # Half a unit came in money, whatever fraction was held before.
        assert gains(fold) == [("2.3", Decimal("0.5"), 3, Decimal("2.85714286"))]
        assert lots(fold, Y) == [("1", Decimal("1.7"), 17), ("2.3", 3, Decimal("17.14285714"))]

    def test_nothing_comes_for_nothing_held(self, journal):
        journal.buy(DAY, "1.7", "17", of=Y)
        journal.spin_off(LATER, 1, 2, "0.2", "3")

        fold = journal.fold()

        assert (lots(fold, Y), gains(fold)) == ([("1", Decimal("1.7"), 17)], [("", 0, 3, 0)])

    def test_losses_of_wash_sales_are_shared(self, journal):
        journal.buy(date(2021, 1, 4), "10", "100")
        journal.sell(DAY, "10", "70")
        journal.buy(DAY, "10", "80")
        journal.spin_off(LATER, 1, 1, "0.25")

        fold = journal.tax()

        told = [[(lot.cost, lot.adjustment) for lot in held.lots] for held in fold.inventories.values()]
        assert told == [[(60, Decimal("22.5"))], [(20, Decimal("7.5"))]]


class TestMerger:
    def test_units_for_units_realize_nothing(self, journal):
        journal.buy(DAY, "10", "100")
        journal.merge(LATER, 3, 2)
        journal.sell(LAST, "15", "300", of=Y)

        fold = journal.fold()

        assert gains(fold) == [("1", 15, 300, 100)]
        assert fold.disposals[0].term is Term.LONG
        assert lots(fold) == []

    def test_cash_for_units_is_a_sale(self, journal):
        journal.buy(DAY, "10", "100")
        journal.buy(DAY, "10", "300")
        journal.write(TransactionKind.MERGER, LATER, None, "400")

        assert gains(journal.fold()) == [("1", 10, 200, 100), ("2", 10, 200, 300)]

    @pytest.mark.parametrize(
        ("price", "gain", "cost"),
        [
            # Worth 100 and 40 in cash for what cost 100: a gain of 40, all of it taxed.
            ("20", 40, 100),
            # Worth 75 and 40: a gain of 15; the basis is 100 less 40 and plus 15, what the new units are worth.
            ("15", 15, 75),
            # Worth 50 and 40: a loss of 10, which is not recognized.
            ("10", 0, 60),
        ],
    )
    def test_cash_beside_units_is_taxed_as_far_as_there_is_a_gain(self, journal, price, gain, cost):
        journal.buy(DAY, "10", "100")
        journal.merge(LATER, 1, 2, "40", price)

        fold = journal.fold()

        assert [each.gain for each in fold.disposals] == [gain]
        assert lots(fold, Y) == [("1", 5, cost)]
        assert fold.inventories[Key(TAXED, Y, False)].base_cost == cost

    def test_each_lot_has_a_gain_of_its_own(self, journal):
        journal.buy(DAY, "10", "40")
        journal.buy(DAY, "10", "200")
        journal.merge(LATER, 1, 2, "80", "15")

        fold = journal.fold()

        # 75 and 40 for each: a gain of 75, of which 40 is paid; a loss of 85.
        assert [each.gain for each in fold.disposals] == [40, 0]
        assert lots(fold, Y) == [("1", 5, 40), ("2", 5, 160)]

    def test_losses_of_wash_sales_are_a_part_of_the_basis(self, journal):
        journal.buy(date(2021, 1, 4), "10", "100")
        journal.sell(DAY, "10", "70")
        journal.buy(DAY, "10", "80")
        journal.merge(LATER, 1, 2, "40", "16")

        fold = journal.tax()

        # 80 and 40 for a basis of 80 + 30: a gain of 10; the new basis is 110 less 40 and plus 10.
        (_, boot) = fold.disposals
        assert (boot.gain, boot.adjustment) == (10, 30)
        (lot,) = fold.inventories[Key(TAXED, Y, False)].lots
        assert (lot.cost, lot.adjustment) == (80, 0)

    def test_cash_in_lieu_is_of_what_arrives(self, journal):
        journal.buy(DAY, "0.7", "7", of=Y)
        journal.buy(DAY, "7", "70")
        journal.merge(LATER, 1, 2, cash="12")

        fold = journal.fold()

        assert gains(fold) == [("2", Decimal("0.5"), 12, 10)]
        assert lots(fold, Y) == [("1", Decimal("0.7"), 7), ("2", 3, 60)]
        assert fold.cash == {"USD": -65}

    def test_cash_for_what_a_reversal_took_away_is_a_gain(self, journal):
        journal.buy(DAY, "0.7", "7", of=Y)
        journal.merge(LATER, 1, 2, "40", "15", "12")

        fold = journal.fold()

        assert gains(fold) == [("", 0, 40, 0), ("", 0, 12, 0)]
        assert lots(fold, Y) == [("1", Decimal("0.7"), 7)]

    def test_what_a_merger_leaves_nothing_of_is_a_loss(self, journal):
        journal.buy(DAY, "0.0000000001", "5")
        journal.buy(DAY, "1000", "10")
        journal.merge(LATER, 1, 1000)

        fold = journal.fold()

        assert (gains(fold), lots(fold, Y)) == ([("1", Decimal("1E-10"), 0, 5)], [("2", 1, 10)])


def test_a_change_of_symbol_moves_both_sides(journal):
    journal.buy(DAY, "1", "10")
    journal.short(DAY, "2", "30")
    journal.buy(LATER, "1", "20", of=Y)
    journal.rename(LAST)

    fold = journal.fold()

    assert (lots(fold), lots(fold, is_short=True)) == ([], [])
    assert (lots(fold, Y), lots(fold, Y, is_short=True)) == ([("1", 1, 10), ("3", 1, 20)], [("2", 2, 30)])
