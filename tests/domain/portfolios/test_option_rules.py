"""What options and rates of exchange do to lots and gains: exact, and pure."""

from datetime import date
from decimal import Decimal

import pytest

from domain.portfolios.movements import ONE
from domain.portfolios.records import Key, Shortfall
from domain.portfolios.types import Side, Term, TransactionKind
from tests.factories.movements import CALL, PUT, TAXED, Journal, X

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


class TestOptions:
    OPEN, CLOSE = TransactionKind.OPTION_OPEN, TransactionKind.OPTION_CLOSE

    def test_held_and_closed(self, journal):
        journal.option(self.OPEN, DAY, "2", "-300", Side.BUY)
        journal.option(self.CLOSE, LATER, "1", "210", Side.SELL)

        fold = journal.fold()

        assert gains(fold) == [("1", 1, 210, 150)]
        assert lots(fold, CALL) == [("1", 1, 150)]

    def test_written_and_closed(self, journal):
        journal.option(self.OPEN, DAY, "2", "300", Side.SELL)
        journal.option(self.CLOSE, LATER, "1", "-90", Side.BUY)

        fold = journal.fold()

        assert gains(fold) == [("1", 1, 150, 90)]
        assert lots(fold, CALL, is_short=True) == [("1", 1, 150)]

    def test_expired(self, journal):
        journal.option(self.OPEN, DAY, "1", "-300", Side.BUY)
        journal.option(self.OPEN, DAY, "1", "80", Side.SELL, PUT)
        journal.option(TransactionKind.OPTION_EXPIRY, LAST, "1", "0", Side.SELL)
        journal.option(TransactionKind.OPTION_EXPIRY, LAST, "1", "0", Side.BUY, PUT)

        fold = journal.fold()

        assert [(each.gain, each.term) for each in fold.disposals] == [(-300, Term.LONG), (80, Term.SHORT)]

    def test_a_call_that_is_exercised_is_a_part_of_the_cost(self, journal):
        journal.option(self.OPEN, DAY, "1", "-300", Side.BUY)
        journal.deliver(TransactionKind.OPTION_EXERCISE, LATER, "1", "100", "-5000", CALL)

        fold = journal.fold()

        assert (lots(fold), lots(fold, CALL), gains(fold)) == ([("2", 100, 5300)], [], [])
        assert fold.inventories[Key(TAXED, X, False)].lots[0].held_from == LATER

    def test_a_put_that_is_exercised_takes_its_cost_off_the_proceeds(self, journal):
        journal.buy(DAY, "100", "4000")
        journal.option(self.OPEN, DAY, "1", "-300", Side.BUY, PUT)
        journal.deliver(TransactionKind.OPTION_EXERCISE, LATER, "1", "-100", "5000", PUT)

        assert gains(journal.fold()) == [("1", 100, 4700, 4000)]

    def test_a_call_that_is_assigned_adds_to_the_proceeds(self, journal):
        journal.buy(DAY, "100", "4000")
        journal.option(self.OPEN, DAY, "1", "300", Side.SELL)
        journal.deliver(TransactionKind.OPTION_ASSIGNMENT, LATER, "1", "-100", "5000", CALL)

        fold = journal.fold()

        assert gains(fold) == [("1", 100, 5300, 4000)]
        assert fold.disposals[0].base_proceeds == 5300

    def test_a_put_that_is_assigned_comes_off_the_cost(self, journal):
        journal.option(self.OPEN, DAY, "1", "300", Side.SELL, PUT)
        journal.deliver(TransactionKind.OPTION_ASSIGNMENT, LATER, "1", "100", "-5000", PUT)

        assert lots(journal.fold()) == [("2", 100, 4700)]

    def test_what_is_not_held_is_delivered_short(self, journal):
        journal.buy(DAY, "40", "1600")
        journal.option(self.OPEN, DAY, "1", "300", Side.SELL)
        journal.deliver(TransactionKind.OPTION_ASSIGNMENT, LATER, "1", "-100", "5000", CALL)

        fold = journal.fold()

        assert gains(fold) == [("1", 40, 2120, 1600)]
        assert (lots(fold), lots(fold, is_short=True)) == ([], [("3", 60, 3180)])

    def test_more_than_is_held_is_refused(self, journal):
        journal.option(self.OPEN, DAY, "1", "-300", Side.BUY)
        journal.deliver(TransactionKind.OPTION_EXERCISE, LATER, "2", "200", "-10000", CALL)

        with pytest.raises(Shortfall):
            journal.fold()


class TestBaseCurrency:
    """One unit of the money costs 2 of the base currency at the purchase, and 3 at the sale."""

    @pytest.fixture
    def journal(self):
        return Journal(rate=Decimal(2))

    def test_each_side_of_a_gain_is_at_the_rate_of_its_day(self, journal):
        journal.buy(DAY, "10", "100")
        journal.rate = Decimal(3)
        journal.sell(LATER, "5", "60")

        fold = journal.fold()

        (sold,) = fold.disposals
        assert (sold.proceeds, sold.cost, sold.base_proceeds, sold.base_cost, sold.gain) == (60, 50, 180, 100, 80)
        assert fold.inventories[sold.key].base_cost == 100

    def test_a_loss_in_one_currency_can_be_a_gain_in_another(self, journal):
        journal.buy(DAY, "10", "100")
        journal.rate = Decimal(3)
        journal.sell(LATER, "10", "90")
        journal.buy(LATER, "10", "90")

        fold = journal.tax()

        assert (fold.disposals[0].gain, fold.wash_sales) == (70, [])

    def test_a_rate_that_is_not_known(self, journal):
        journal.rate = None
        journal.buy(DAY, "10", "100")
        journal.rate = ONE
        journal.sell(LATER, "5", "10")
        journal.buy(LATER, "5", "10")

        fold = journal.tax()

        (sold,) = fold.disposals
        assert (sold.gain, sold.cost, sold.base_proceeds, fold.wash_sales) == (None, 50, 10, [])

    def test_a_short_sale(self, journal):
        journal.short(DAY, "10", "100")
        journal.rate = Decimal(3)
        journal.cover(LATER, "10", "80")

        (closed,) = journal.fold().disposals
        assert (closed.base_proceeds, closed.base_cost, closed.gain) == (200, 240, -40)

    def test_a_return_of_capital_takes_off_in_proportion(self, journal):
        journal.buy(DAY, "10", "100")
        journal.rate = Decimal(3)
        journal.write(TransactionKind.RETURN_OF_CAPITAL, LATER, None, "110")

        fold = journal.fold()

        (beyond,) = fold.disposals
        assert (beyond.base_proceeds, beyond.base_cost) == (30, 0)
        assert fold.inventories[beyond.key].base_cost == 0

    def test_an_assigned_call_adds_its_premium_at_its_own_rate(self, journal):
        journal.buy(DAY, "100", "4000")
        journal.option(TransactionKind.OPTION_OPEN, DAY, "1", "300", Side.SELL)
        journal.rate = Decimal(3)
        journal.deliver(TransactionKind.OPTION_ASSIGNMENT, LATER, "1", "-100", "5000", CALL)

        (sold,) = journal.fold().disposals
        assert (sold.proceeds, sold.base_proceeds, sold.base_cost) == (5300, 15600, 8000)
