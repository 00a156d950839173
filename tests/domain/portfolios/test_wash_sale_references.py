"""Cases that the Internal Revenue Service has printed: `tests/references/wash_sales.md` says where."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.portfolios.lots import term_of
from domain.portfolios.types import Side, Term, TransactionKind
from tests.factories.movements import IRA, OTHER, Journal


def outcome(fold):
    """Each disposal's gain as reported, and what was disallowed."""
    return [(disposal.gain, disposal.disallowed) for disposal in fold.disposals]


def bases(fold):
    """The open lots: key, units, basis."""
    return [
        (lot.key, lot.quantity, lot.base_cost + lot.adjustment)
        for held in fold.inventories.values()
        for lot in held.lots
    ]


def numbers(*rows):
    return [(key, Decimal(units), Decimal(basis)) for key, units, basis in rows]


def test_the_loss_goes_into_the_basis_of_the_replacement():
    journal = Journal()
    journal.buy(date(2021, 1, 4), "100", "1000")
    journal.sell(date(2021, 6, 1), "100", "750")
    journal.buy(date(2021, 6, 22), "100", "800")

    fold = journal.tax()

    assert outcome(fold) == [(0, 250)]
    assert bases(fold) == numbers(("3", "100", "1050"))


def test_less_stock_bought_than_sold():
    journal = Journal()
    journal.buy(date(2021, 9, 24), "100", "5000")
    journal.buy(date(2021, 12, 21), "50", "2750")
    journal.buy(date(2021, 12, 28), "25", "1125")
    journal.sell(date(2022, 1, 4), "100", "4000", ("1", "100"))

    fold = journal.tax()

    assert outcome(fold) == [(-250, 750)]
    assert bases(fold) == numbers(("2", "50", "3250"), ("3", "25", "1375"))


def test_more_stock_bought_than_sold():
    journal = Journal()
    journal.buy(date(2020, 9, 24), "100", "5000")
    journal.sell(date(2021, 2, 1), "100", "4000")
    for day in range(12, 16):
        journal.buy(date(2021, 2, day), "50", "2000")

    fold = journal.tax()

    assert outcome(fold) == [(0, 1000)]
    assert bases(fold) == numbers(("3", "50", "2500"), ("4", "50", "2500"), ("5", "50", "2000"), ("6", "50", "2000"))


@pytest.mark.parametrize(("paid", "basis"), [("90", "110"), ("70", "90")])
def test_the_new_basis_is_the_old_one_with_the_difference_of_the_prices(paid, basis):
    journal = Journal()
    journal.buy(date(1935, 1, 2), "1", "100")
    journal.sell(date(1954, 1, 15), "1", "80")
    journal.buy(date(1954, 2, 1), "1", paid)

    assert bases(journal.tax()) == numbers(("3", "1", basis))


@pytest.mark.parametrize(
    ("bought", "is_disallowed"),
    [
        (date(2021, 5, 1), False),
        (date(2021, 5, 2), True),
        (date(2021, 6, 1), True),
        (date(2021, 7, 1), True),
        (date(2021, 7, 2), False),
    ],
)
def test_the_window_is_61_days_with_the_day_of_the_sale(bought, is_disallowed):
    journal = Journal()
    journal.buy(date(2021, 1, 4), "10", "100")
    journal.sell(date(2021, 6, 1), "10", "90", ("1", "10"))
    journal.buy(bought, "10", "80", account=OTHER)

    assert outcome(journal.tax()) == [(0, 10) if is_disallowed else (-10, 0)]


def test_the_first_loss_meets_the_first_purchase():
    journal = Journal()
    journal.buy(date(2021, 1, 4), "10", "100")
    journal.buy(date(2021, 1, 5), "10", "200")
    journal.sell(date(2021, 6, 1), "10", "90", ("1", "10"))
    journal.sell(date(2021, 6, 2), "10", "170", ("2", "10"))
    journal.buy(date(2021, 6, 10), "15", "150")

    fold = journal.tax()

    # 10 units for the first loss, 5 for half of the second.
    assert outcome(fold) == [(0, 10), (-15, 15)]
    assert bases(fold) == numbers(("5", "10", "110"), ("5~1", "5", "65"))


def test_a_retirement_account_loses_the_loss_for_good():
    journal = Journal()
    journal.buy(date(2021, 1, 4), "100", "1000")
    journal.sell(date(2021, 12, 20), "100", "600")
    journal.buy(date(2021, 12, 21), "100", "600", account=IRA)

    fold = journal.tax()

    assert outcome(fold) == [(0, 400)]
    assert bases(fold) == numbers(("3", "100", "600"))
    assert [sale.is_lost for sale in fold.wash_sales] == [True]
    assert fold.inventories[fold.wash_sales[0].key].lots[0].held_from == date(2021, 12, 21)


def test_the_rest_of_one_purchase_replaces_nothing_of_it():
    journal = Journal()
    journal.buy(date(2021, 6, 1), "300", "3000")
    journal.sell(date(2021, 6, 10), "100", "900")

    assert outcome(journal.tax()) == [(-100, 0)]


def test_the_time_of_the_sold_units_is_added():
    journal = Journal()
    journal.buy(date(2021, 1, 4), "10", "100")
    journal.sell(date(2021, 6, 1), "10", "90")
    journal.buy(date(2021, 6, 15), "10", "80")
    journal.sell(date(2022, 1, 18), "10", "95")
    journal.buy(date(2022, 3, 1), "10", "80")

    fold = journal.tax()

    # 148 days before, 217 days after: 365, which is not more than a year; and a loss of 80 + 10 - 95 is a gain of 5.
    (_, last) = fold.disposals
    assert (last.held_from, last.term, last.gain) == (date(2021, 1, 18), Term.SHORT, Decimal(5))
    journal.movements[3] = replace(journal.movements[3], trade_date=date(2022, 1, 19))
    assert journal.tax().disposals[1].term is Term.LONG


@pytest.mark.parametrize(
    ("bought", "last_short", "first_long"),
    [
        # Publication 550: from the day after the anniversary.
        (date(2008, 2, 5), date(2009, 2, 5), date(2009, 2, 6)),
        (date(2021, 6, 15), date(2022, 6, 15), date(2022, 6, 16)),
        (date(2021, 12, 31), date(2022, 12, 31), date(2023, 1, 1)),
        # Revenue Ruling 66-7: the last day of a month, also where the month is longer a year later.
        (date(2021, 4, 30), date(2022, 4, 30), date(2022, 5, 1)),
        (date(2023, 2, 28), date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1)),
        # Not the last day of its month.
        (date(2024, 2, 28), date(2025, 2, 28), date(2025, 3, 1)),
        (date(2019, 2, 27), date(2020, 2, 27), date(2020, 2, 28)),
    ],
)
def test_the_holding_period(bought, last_short, first_long):
    assert term_of(bought, last_short) is Term.SHORT
    assert term_of(bought, first_long) is Term.LONG


def test_a_loss_on_a_short_sale_waits_in_the_next_one():
    journal = Journal()
    journal.short(date(2021, 3, 1), "100", "5000")
    journal.cover(date(2021, 6, 1), "100", "5600")
    journal.short(date(2021, 7, 1), "100", "5500")
    journal.cover(date(2021, 10, 1), "100", "5200")

    fold = journal.tax()

    # 600 of loss are not deducted; of the gain of 300 they leave a loss of 300.
    assert outcome(fold) == [(0, 600), (-300, 0)]
    assert [(each.sale.movement.sequence, each.lot, each.key.is_short) for each in fold.wash_sales] == [(2, "3", True)]


def test_a_short_sale_a_day_later_takes_no_loss():
    journal = Journal()
    journal.short(date(2021, 3, 1), "100", "5000")
    journal.cover(date(2021, 6, 1), "100", "5600")
    journal.short(date(2021, 7, 2), "100", "5500")

    assert outcome(journal.tax()) == [(-600, 0)]


def test_an_option_to_buy_takes_the_loss():
    journal = Journal()
    journal.buy(date(2021, 1, 4), "100", "1000")
    journal.sell(date(2021, 6, 1), "100", "750")
    journal.option(TransactionKind.OPTION_OPEN, date(2021, 6, 22), "1", "-80", Side.BUY)

    fold = journal.tax()

    assert outcome(fold) == [(0, 250)]
    assert bases(fold) == numbers(("3", "1", "330"))
