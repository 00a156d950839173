"""What each kind of transaction does to lots, cash, income and gains: exact, and pure."""

from datetime import date
from decimal import Decimal

import pytest

from domain.portfolios.entries import LotChoice
from domain.portfolios.movements import Terms
from domain.portfolios.records import Key, Shortfall
from domain.portfolios.types import LotMethod, Term, TransactionKind
from tests.factories.movements import OTHER, TAXED, Journal, X

DAY, LATER, LAST = date(2021, 3, 1), date(2021, 6, 1), date(2022, 6, 1)


@pytest.fixture
def journal():
    return Journal()


def lots(fold, of=X, *, is_short=False, account=TAXED):
    """The open lots of a side: key, units, cost."""
    held = fold.inventories.get(Key(account, of, is_short))
    return [] if held is None else [(lot.key, lot.quantity, lot.cost) for lot in held.lots]


def gains(fold):
    """What was realized: lot, units, proceeds, cost."""
    return [(each.lot, each.quantity, each.proceeds, each.cost) for each in fold.disposals]


def test_a_purchase_and_a_sale(journal):
    journal.buy(DAY, "10", "105")
    journal.sell(LATER, "4", "50")

    fold = journal.fold()

    assert lots(fold) == [("1", 6, 63)]
    assert gains(fold) == [("1", 4, 50, 42)]
    assert fold.cash == {"USD": -55}


def test_more_than_is_held_is_refused(journal):
    journal.buy(DAY, "10", "105")
    sale = journal.sell(LATER, "11", "50")

    with pytest.raises(Shortfall) as raised:
        journal.fold()

    assert raised.value.movement is sale
    assert (raised.value.held, raised.value.lot) == (Decimal(10), None)


def test_another_account_holds_its_own(journal):
    journal.buy(DAY, "10", "105")
    journal.sell(LATER, "1", "50", account=OTHER)

    with pytest.raises(Shortfall) as raised:
        journal.fold()

    assert raised.value.held == 0


def test_a_short_sale_gains_when_it_is_bought_back_for_less(journal):
    journal.short(DAY, "10", "200")
    journal.cover(LAST, "4", "60")

    fold = journal.fold()

    assert lots(fold, is_short=True) == [("1", 6, 120)]
    assert gains(fold) == [("1", 4, 80, 60)]
    # However long it was open.
    assert (fold.disposals[0].gain, fold.disposals[0].term) == (20, Term.SHORT)
    assert fold.cash == {"USD": 140}


def test_long_and_short_units_stand_apart(journal):
    journal.buy(DAY, "10", "100")
    journal.short(DAY, "10", "120")

    fold = journal.fold()

    assert (lots(fold), lots(fold, is_short=True)) == ([("1", 10, 100)], [("2", 10, 120)])
    journal.cover(DAY, "11", "1")
    with pytest.raises(Shortfall):
        journal.fold()


def test_a_reinvested_dividend_is_income_and_a_lot(journal):
    journal.buy(DAY, "10", "100")
    journal.reinvest(LATER, "0.5", "6")

    fold = journal.fold()

    assert lots(fold) == [("1", 10, 100), ("2", Decimal("0.5"), 6)]
    assert [(each.kind, each.amount) for each in fold.earned] == [(TransactionKind.REINVESTED_DIVIDEND, 6)]
    assert fold.cash == {"USD": -100}


@pytest.mark.parametrize(
    ("kind", "money"),
    [(TransactionKind.DIVIDEND, "7"), (TransactionKind.INTEREST, "-2"), (TransactionKind.FEE, "-3")],
)
def test_income_and_fees_are_no_flows(journal, kind, money):
    journal.write(kind, DAY, None, money)

    fold = journal.fold()

    assert [(each.kind, each.amount) for each in fold.earned] == [(kind, Decimal(money))]
    assert (fold.flows, fold.cash) == ([], {"USD": Decimal(money)})


def test_capital_is_a_flow(journal):
    journal.write(TransactionKind.CONTRIBUTION, DAY, None, "10", of=None)
    journal.write(TransactionKind.WITHDRAWAL, DAY, None, "-3", of=None)

    fold = journal.fold()

    assert [flow.amount for flow in fold.flows] == [10, -3]
    assert fold.cash == {"USD": 7}


def test_an_exchange_of_currencies(journal):
    terms = Terms(bought=Decimal(90), bought_currency="EUR")
    journal.write(TransactionKind.CURRENCY_EXCHANGE, DAY, None, "-100", terms, of=None)

    fold = journal.fold()

    assert fold.cash == {"USD": -100, "EUR": 90}
    assert fold.purses["EUR"].at(DAY).quantity == 90


class TestReturnOfCapital:
    def test_it_takes_off_the_cost_of_each_unit(self, journal):
        journal.buy(DAY, "10", "100")
        journal.buy(DAY, "30", "90")
        journal.write(TransactionKind.RETURN_OF_CAPITAL, LATER, None, "40")

        fold = journal.fold()

        assert lots(fold) == [("1", 10, 90), ("2", 30, 60)]
        assert gains(fold) == []

    def test_what_is_beyond_the_cost_is_a_gain_of_that_lot(self, journal):
        journal.buy(DAY, "10", "100")
        journal.buy(DAY, "30", "90")
        journal.write(TransactionKind.RETURN_OF_CAPITAL, LAST, None, "160")

        fold = journal.fold()

        assert lots(fold) == [("1", 10, 60), ("2", 30, 0)]
        assert gains(fold) == [("2", 0, 30, 0)]
        assert fold.disposals[0].term is Term.LONG
        assert fold.inventories[Key(TAXED, X, False)].base_cost == 60

    def test_by_average_cost_no_lot_is_beyond_it_alone(self, journal):
        journal.buy(DAY, "10", "100")
        journal.buy(DAY, "30", "90")
        journal.write(TransactionKind.RETURN_OF_CAPITAL, LATER, None, "160")

        fold = journal.fold(LotMethod.AVERAGE)

        assert lots(fold) == [("1", 10, Decimal("7.5")), ("2", 30, Decimal("22.5"))]
        assert gains(fold) == []

    def test_losses_of_wash_sales_are_used_up_after_the_cost(self, journal):
        journal.buy(date(2021, 1, 4), "10", "100")
        journal.sell(DAY, "10", "70")
        journal.buy(DAY, "10", "20")
        journal.write(TransactionKind.RETURN_OF_CAPITAL, LATER, None, "60")

        fold = journal.tax()

        # 30 of a basis of 20 + 30 less 60.
        (_, beyond) = fold.disposals
        assert (beyond.proceeds, beyond.cost, beyond.adjustment, beyond.gain) == (40, 0, 30, 10)
        assert lots(fold) == [("3", 10, 0)]
        assert fold.inventories[Key(TAXED, X, False)].adjustment == 0

    def test_what_comes_for_nothing_held_is_a_gain(self, journal):
        journal.write(TransactionKind.RETURN_OF_CAPITAL, LATER, None, "5")

        assert gains(journal.fold()) == [("", 0, 5, 0)]


class TestTransfers:
    def test_lots_arrive_with_their_history(self, journal):
        journal.buy(LATER, "1", "10")
        journal.transfer_in(LAST, (date(2020, 1, 2), "3", "30"), (LATER, "2", "44"))

        fold = journal.fold()

        assert lots(fold) == [("2-1", 3, 30), ("1", 1, 10), ("2-2", 2, 44)]
        assert [(flow.instrument_id, flow.units) for flow in fold.flows] == [(X, 5)]
        journal.sell(LAST, "4", "80")
        assert [each.term for each in journal.fold().disposals] == [Term.LONG, Term.SHORT]

    def test_one_lot_has_the_name_of_its_transaction(self, journal):
        journal.transfer_in(LAST, (date(2020, 1, 2), "3", "30"))

        assert lots(journal.fold()) == [("1", 3, 30)]

    def test_what_leaves_realizes_nothing(self, journal):
        journal.buy(DAY, "2", "20")
        journal.buy(LATER, "2", "60")
        terms = Terms(choices=(LotChoice("2", Decimal(1)),))
        journal.write(TransactionKind.TRANSFER_OUT, LAST, "1", "0", terms)

        fold = journal.fold()

        assert lots(fold) == [("1", 2, 20), ("2", 1, 30)]
        assert (gains(fold), [flow.units for flow in fold.flows]) == ([], [-1])
        assert lots(journal.fold(LotMethod.FIFO)) == [("1", 1, 10), ("2", 2, 60)]
