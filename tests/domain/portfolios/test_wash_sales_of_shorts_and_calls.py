"""Wash sales of what was sold short, and by calls: of the journal's `CALL`, one is for 100 X."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.portfolios.records import Key
from domain.portfolios.types import LotMethod, Side, TransactionKind
from tests.factories.movements import CALL, TAXED, Journal, X, Y
from tests.support.garbage import nothing_for_the_collector

EARLY, DAY = date(2021, 1, 4), date(2021, 6, 1)
SOON, LATE = DAY + timedelta(days=10), DAY + timedelta(days=31)


@pytest.fixture
def journal():
    """10 units of X that cost 100 long ago."""
    journal = Journal()
    journal.buy(EARLY, "10", "100")
    return journal


def told(fold):
    """The wash sales: sequence of the sale, account and lot of the replacement, units, loss."""
    return [
        (each.sale.movement.sequence, each.key.account_id, each.lot, each.units, each.disallowed)
        for each in fold.wash_sales
    ]


def bases(fold, of=X, account=TAXED):
    held = fold.inventories[Key(account, of, False)]
    return [(lot.key, lot.quantity, lot.base_cost + lot.adjustment) for lot in held.lots]


def outcome(fold):
    """Each disposal's gain as reported, and what was disallowed."""
    return [(each.gain, each.disallowed) for each in fold.disposals]


@pytest.mark.parametrize("days", [-30, 0, 30])
def test_a_call_that_is_bought_replaces_the_units_that_it_would_bring(days):
    journal = Journal()
    journal.buy(EARLY, "150", "1500")
    journal.option(TransactionKind.OPTION_OPEN, DAY + timedelta(days=days), "1", "-300", Side.BUY)
    journal.sell(DAY, "150", "1200")

    fold = journal.tax()

    # 100 of 150 units.
    assert told(fold) == [(3, TAXED, "2", 1, 200)]
    assert fold.wash_sales[0].key == Key(TAXED, CALL, False)
    assert bases(fold, CALL) == [("2", 1, 500)]
    assert outcome(fold) == [(-100, 200)]


@pytest.mark.parametrize("days", [-31, 31])
def test_a_call_that_is_bought_too_early_or_too_late_replaces_nothing(journal, days):
    journal.option(TransactionKind.OPTION_OPEN, DAY + timedelta(days=days), "1", "-300", Side.BUY)
    journal.sell(DAY, "10", "90")

    assert told(journal.tax()) == []


def test_a_part_of_a_call_replaces_and_each_part_once(journal):
    journal.sell(DAY, "10", "90")
    journal.option(TransactionKind.OPTION_OPEN, SOON, "1", "-300", Side.BUY)
    journal.option(TransactionKind.OPTION_CLOSE, SOON + timedelta(days=1), "1", "200", Side.SELL)
    journal.option(TransactionKind.OPTION_OPEN, SOON + timedelta(days=2), "1", "-250", Side.BUY)

    fold = journal.tax()

    # A tenth of the contract took 10: with it, it loses 20, the rest 90, and both go on to the same call again.
    assert told(fold)[0] == (2, TAXED, "3", Decimal("0.1"), 10)
    assert [each.disallowed for each in fold.disposals] == [10, 20, 90]
    assert sum(basis for _, _, basis in bases(fold, CALL)) == 250 + 110


def test_what_a_call_took_is_a_part_of_what_its_exercise_brings():
    journal = Journal()
    journal.buy(EARLY, "100", "1000")
    journal.sell(DAY, "100", "900")
    journal.option(TransactionKind.OPTION_OPEN, SOON, "1", "-300", Side.BUY)
    journal.deliver(TransactionKind.OPTION_EXERCISE, LATE, "1", "100", "-800", CALL)

    fold = journal.tax()

    assert told(fold) == [(2, TAXED, "3", 1, 100)]
    assert bases(fold) == [("4", 100, 1200)]


def test_units_that_are_bought_do_not_replace_a_call():
    journal = Journal()
    journal.option(TransactionKind.OPTION_OPEN, EARLY, "1", "-300", Side.BUY)
    journal.option(TransactionKind.OPTION_CLOSE, DAY, "1", "200", Side.SELL)
    journal.buy(SOON, "100", "1000")

    assert told(journal.tax()) == []


def test_a_short_sale_before_takes_the_loss_of_one_that_is_closed():
    journal = Journal()
    journal.short(EARLY, "10", "100")
    journal.short(DAY - timedelta(days=30), "4", "44")
    journal.cover(DAY, "10", "120")

    fold = journal.tax(LotMethod.FIFO)

    assert told(fold) == [(3, TAXED, "2", 4, 8)]
    assert outcome(fold) == [(-12, 8)]


def test_what_is_left_of_a_short_sale_is_no_other_one():
    journal = Journal()
    journal.short(DAY, "10", "100")
    journal.cover(SOON, "4", "48")

    assert told(journal.tax()) == []


def test_the_loss_of_a_short_sale_is_not_moved_to_what_is_bought_nor_the_other_way(journal):
    journal.short(EARLY, "10", "100")
    journal.cover(DAY, "10", "120")
    journal.buy(SOON, "10", "110")
    journal.sell(SOON, "10", "90", ("1", "10"))
    journal.short(SOON + timedelta(days=31), "10", "90")

    fold = journal.tax()

    assert told(fold) == [(5, TAXED, "4", 10, 10)]
    assert outcome(fold) == [(-20, 0), (0, 10)]


def test_a_short_sale_goes_on_through_a_split_and_another_name():
    journal = Journal()
    journal.short(EARLY, "10", "100")
    journal.cover(DAY, "10", "120")
    journal.split(DAY + timedelta(days=1), 2, 1)
    journal.rename(DAY + timedelta(days=2))
    journal.short(SOON, "10", "55", of=Y)

    fold = journal.tax()

    # 10 of 20 units of today.
    assert told(fold) == [(2, TAXED, "5", 10, 10)]
    assert fold.inventories[Key(TAXED, Y, True)].lots[0].adjustment == 10


def test_who_has_written_options_keeps_the_loss():
    journal = Journal()
    journal.option(TransactionKind.OPTION_OPEN, EARLY, "1", "300", Side.SELL)
    journal.option(TransactionKind.OPTION_CLOSE, DAY, "1", "-400", Side.BUY)
    journal.option(TransactionKind.OPTION_OPEN, SOON, "1", "350", Side.SELL)

    fold = journal.tax()

    assert told(fold) == []
    assert [each.gain for each in fold.disposals] == [-100]


def test_a_fold_that_nobody_has_any_more_goes_without_the_collector():
    journal = Journal()
    journal.buy(EARLY, "100", "1000")
    journal.sell(DAY, "100", "900")
    journal.short(DAY, "10", "90")
    journal.cover(SOON, "10", "100")
    journal.option(TransactionKind.OPTION_OPEN, SOON, "1", "-300", Side.BUY)
    journal.short(SOON, "5", "40")
    journal.rename(LATE)

    with nothing_for_the_collector():
        fold = journal.tax()
        assert len(fold.wash_sales) == 2
        del fold
