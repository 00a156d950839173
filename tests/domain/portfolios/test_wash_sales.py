"""Wash sales beside the published cases: accounts, chains, splits, what replaces nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.kernel.dates import EARLIEST_DATE
from domain.kernel.money import ZERO, total
from domain.portfolios.movements import NO_TERMS
from domain.portfolios.records import Key
from domain.portfolios.types import LotMethod, Side, TransactionKind
from domain.portfolios.wash_sales import fold_for_tax
from tests.factories.movements import CALL, IRA, OTHER, PUT, TAXED, Journal, X, Y

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


def test_a_gain_is_no_wash_sale(journal):
    journal.sell(DAY, "10", "101")
    journal.buy(SOON, "10", "80")

    assert told(journal.tax()) == []


def test_the_order_within_a_day_does_not_matter(journal):
    journal.sell(DAY, "10", "90", ("1", "10"))
    journal.buy(DAY, "10", "80")
    after = journal.tax()
    sale, bought = journal.movements[1:]
    journal.movements[1:] = [
        type(sale)(**{**_fields(sale), "sequence": 3}),
        type(bought)(**{**_fields(bought), "sequence": 2}),
    ]
    before = journal.tax()

    assert [each.disallowed for each in after.wash_sales] == [each.disallowed for each in before.wash_sales] == [10]


def _fields(movement):
    return {name: getattr(movement, name) for name in movement.__dataclass_fields__}


def test_what_was_bought_before_and_sold_before_replaces_nothing(journal):
    journal.buy(date(2021, 5, 20), "10", "95")
    journal.sell(date(2021, 5, 25), "10", "96", ("2", "10"))
    journal.sell(DAY, "10", "90", ("1", "10"))

    assert told(journal.tax()) == []


def test_a_part_that_is_held_still_replaces(journal):
    journal.buy(date(2021, 5, 20), "10", "95")
    journal.sell(DAY, "16", "144")

    fold = journal.tax()

    # 10 old units at a loss of 10, and 6 of the new ones at a loss of 3: 4 new ones are held.
    assert told(fold) == [(3, TAXED, "2", 4, 4)]
    assert [each.gain for each in fold.disposals] == [-6, -3]
    assert bases(fold) == [("2", 4, 42)]


def test_a_unit_takes_one_loss(journal):
    journal.buy(EARLY, "10", "100")
    journal.sell(DAY, "10", "90")
    journal.buy(SOON, "10", "80")
    journal.sell(SOON, "10", "70", ("2", "10"))

    fold = journal.tax()

    assert told(fold) == [(3, TAXED, "4", 10, 10)]
    assert [each.gain for each in fold.disposals] == [0, -30]


def test_a_chain(journal):
    journal.sell(DAY, "10", "90")
    journal.buy(DAY + timedelta(days=1), "10", "85")
    journal.sell(DAY + timedelta(days=2), "10", "70")
    journal.buy(DAY + timedelta(days=3), "10", "60")
    journal.sell(date(2021, 9, 1), "10", "100")

    fold = journal.tax()

    # 10, then 85 + 10 - 70 = 25, then a basis of 60 + 25.
    assert [(each.gain, each.disallowed) for each in fold.disposals] == [(0, 10), (0, 25), (15, 0)]
    assert fold.disposals[-1].adjustment == 25
    # 148 days, and 1 day.
    assert fold.disposals[-1].held_from == DAY + timedelta(days=3) - timedelta(days=149)


def test_the_accounts_of_an_owner_count_together(journal):
    journal.sell(DAY, "10", "90")
    journal.buy(DAY + timedelta(days=1), "4", "36", account=IRA)
    journal.buy(DAY + timedelta(days=2), "5", "45", account=OTHER)

    fold = journal.tax()

    assert told(fold) == [(2, IRA, "3", 4, 4), (2, OTHER, "4", 5, 5)]
    assert [each.is_lost for each in fold.wash_sales] == [True, False]
    assert (bases(fold, account=IRA), bases(fold, account=OTHER)) == ([("3", 4, 36)], [("4", 5, 50)])
    assert fold.disposals[0].gain == -1


def test_losses_in_a_sheltered_account_are_left_alone():
    journal = Journal(account=IRA)
    journal.buy(EARLY, "10", "100")
    journal.sell(DAY, "10", "90")
    journal.buy(SOON, "10", "80", account=TAXED)

    fold = journal.tax()

    assert (told(fold), bases(fold)) == ([], [("3", 10, 80)])


def test_a_sheltered_unit_takes_one_loss_too(journal):
    journal.buy(EARLY, "10", "100")
    journal.sell(DAY, "10", "90")
    journal.buy(SOON, "10", "80", account=IRA)
    journal.sell(SOON, "10", "90")

    assert [each.disallowed for each in journal.tax().disposals] == [10, 0]


def test_a_reinvested_dividend_replaces(journal):
    journal.sell(DAY, "10", "90")
    journal.reinvest(SOON, "0.5", "4")

    fold = journal.tax()

    assert told(fold) == [(2, TAXED, "3", Decimal("0.5"), Decimal("0.5"))]
    assert bases(fold) == [("3", Decimal("0.5"), Decimal("4.5"))]


@pytest.mark.parametrize("kind", ["transfer", "spin-off", "short sale", "put", "written call"])
def test_what_is_not_bought_replaces_nothing(journal, kind):
    journal.buy(EARLY, "10", "100", of=Y)
    journal.sell(DAY, "10", "90")
    if kind == "transfer":
        journal.transfer_in(SOON, (SOON, "10", "80"))
    elif kind == "spin-off":
        journal.write(
            TransactionKind.SPIN_OFF, SOON, None, "0", _ratio(1, 1, cost_fraction=Decimal("0.5")), of=Y, other=X
        )
    elif kind == "short sale":
        journal.short(SOON, "10", "90")
        journal.cover(SOON, "10", "90")
    elif kind == "put":
        journal.option(TransactionKind.OPTION_OPEN, SOON, "1", "-30", Side.BUY, PUT)
    else:
        journal.option(TransactionKind.OPTION_OPEN, SOON, "1", "30", Side.SELL)

    assert told(journal.tax()) == []


def _ratio(numerator, denominator, **more):
    return type(NO_TERMS)(numerator=numerator, denominator=denominator, **more)


def test_an_exercised_call_replaces(journal):
    journal.option(TransactionKind.OPTION_OPEN, EARLY, "1", "-3", Side.BUY)
    journal.sell(DAY, "10", "90")
    journal.deliver(TransactionKind.OPTION_EXERCISE, SOON, "1", "100", "-800", CALL)

    fold = journal.tax()

    assert told(fold) == [(3, TAXED, "4", 10, 10)]
    assert bases(fold) == [("4", 10, Decimal("90.3")), ("4~1", 90, Decimal("722.7"))]


def test_an_option_replaces_the_same_option(journal):
    journal.option(TransactionKind.OPTION_OPEN, EARLY, "1", "-300", Side.BUY)
    journal.option(TransactionKind.OPTION_CLOSE, DAY, "1", "200", Side.SELL)
    journal.option(TransactionKind.OPTION_OPEN, SOON, "1", "-250", Side.BUY)

    assert bases(journal.tax(), CALL) == [("4", 1, 350)]


def test_a_loss_that_waits_is_split(journal):
    journal.sell(DAY, "10", "90")
    journal.buy(DAY + timedelta(days=1), "2", "18", account=OTHER)
    journal.split(DAY + timedelta(days=2), 3, 1, account=OTHER)
    journal.buy(SOON, "12", "36")

    fold = journal.tax()

    # 2 of 10 units before the split; 12 of the 24 that the other 8 are after it.
    assert told(fold) == [(2, OTHER, "3", 2, 2), (2, TAXED, "5", 12, 4)]
    assert bases(fold, account=OTHER) == [("3", 6, 20)]


def test_one_split_that_accounts_book_apart_counts_once(journal):
    for account in (OTHER, IRA):
        journal.buy(EARLY, "1", "10", account=account)
    journal.sell(DAY, "10", "90")
    journal.split(DAY + timedelta(days=2), 2, 1, account=OTHER)
    journal.split(DAY + timedelta(days=4), 2, 1, account=IRA)
    journal.buy(SOON, "20", "80")

    assert told(journal.tax()) == [(4, TAXED, "7", 20, 10)]
    # A second one in the same account is another.
    journal.split(DAY + timedelta(days=5), 2, 1, account=OTHER)
    journal.buy(SOON, "20", "80")
    assert told(journal.tax()) == [(4, TAXED, "7", 20, 5), (4, TAXED, "9", 20, 5)]


@pytest.mark.parametrize(("new", "old", "bought"), [(None, None, "10"), (1, 2, "5"), (3, 1, "30")])
def test_a_loss_that_waits_goes_on_as_another_instrument(journal, new, old, bought):
    journal.buy(EARLY, "10", "100", account=OTHER)
    journal.sell(DAY, "10", "90")
    if new is None:
        journal.rename(DAY + timedelta(days=2), account=OTHER)
    else:
        journal.merge(DAY + timedelta(days=2), new, old, account=OTHER)
    journal.buy(SOON, bought, "80", of=Y)

    assert bases(journal.tax(), Y) == [("5", Decimal(bought), 90)]


def test_units_that_go_on_as_another_instrument_replace(journal):
    journal.buy(DAY - timedelta(days=9), "4", "40", account=OTHER)
    for account in (TAXED, OTHER):
        journal.rename(DAY - timedelta(days=3), account=account)
    journal.sell(DAY, "10", "90", of=Y)

    fold = journal.tax()

    assert told(fold) == [(5, OTHER, "2", 4, 4)]
    assert bases(fold, Y, OTHER) == [("2", 4, 44)]


def test_a_merger_is_no_sale_and_no_purchase(journal):
    journal.buy(EARLY, "10", "100", of=Y)
    journal.sell(DAY, "10", "90", of=Y)
    journal.merge(SOON, 1, 1)

    assert told(journal.tax()) == []


def test_what_a_day_knows_nothing_of_is_left_out(journal):
    journal.sell(DAY, "10", "90")
    journal.buy(SOON, "10", "80")

    assert journal.tax(until=DAY).disposals[0].gain == -10
    assert journal.tax(until=SOON).disposals[0].gain == 0


def test_ledgers_are_folded_by_date():
    mine, theirs = Journal(), Journal(account=OTHER)
    theirs.buy(SOON, "10", "80")
    mine.buy(EARLY, "10", "100")
    mine.sell(DAY, "10", "90")

    for ledgers in ([mine.movements, theirs.movements], [theirs.movements, mine.movements]):
        fold = fold_for_tax(ledgers, LotMethod.FIFO, ())
        assert told(fold) == [(2, OTHER, "1", 10, 10)]


def test_no_chain_reaches_beyond_the_calendar():
    journal = Journal()
    for _ in range(3_000):
        journal.buy(DAY, "1", "10")
    for _ in range(3_000):
        journal.sell(DAY + timedelta(days=30), "1", "9")

    fold = journal.tax()

    assert fold.disposals[-1].held_from == EARLIEST_DATE
    assert total(each.gain or ZERO for each in fold.disposals) == -3_000


@pytest.mark.parametrize("method", list(LotMethod))
def test_a_loss_is_never_larger_than_it_was(method):
    journal = Journal()
    journal.buy(EARLY, "3", "100")
    journal.sell(DAY, "3", "0.00000001")
    for number in range(3):
        journal.buy(SOON, "0.7", "10", account=(TAXED, OTHER, IRA)[number])

    fold = journal.tax(method)

    (sold,) = fold.disposals
    assert sold.economic_gain == Decimal("-99.99999999")
    assert sum(each.disallowed for each in fold.wash_sales) == sold.disallowed == Decimal("69.99999999")
