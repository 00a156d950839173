"""Lots: which units each method takes, at what cost; that nothing is lost between parts and the whole."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.money import EXACT, quotient, total
from domain.portfolios.entries import LotChoice
from domain.portfolios.inventory import Inventory, NoSuchUnits
from domain.portfolios.lots import Lot, root_of, scaled, share, spread, term_of
from domain.portfolios.types import LotMethod, Term

FIRST, SECOND, THIRD = date(2021, 1, 4), date(2021, 2, 1), date(2021, 3, 1)


def lot(key, day, units, cost, base=None):
    return Lot(key, day, day, Decimal(units), Decimal(cost), Decimal(cost if base is None else base))


def inventory(*lots):
    held = Inventory()
    for each in lots:
        held.add(each)
    return held


def three():
    """10 units at 10, 30 and 20 each."""
    return inventory(lot("1", FIRST, 10, 100), lot("2", SECOND, 10, 300), lot("3", THIRD, 10, 200))


def told(lots):
    return [(each.key, each.quantity, each.cost) for each in lots]


@pytest.mark.parametrize(
    ("method", "taken", "left"),
    [
        (LotMethod.FIFO, [("1", 10, 100), ("2", 5, 150)], [("2", 5, 150), ("3", 10, 200)]),
        (LotMethod.SPECIFIC, [("1", 10, 100), ("2", 5, 150)], [("2", 5, 150), ("3", 10, 200)]),
        (LotMethod.LIFO, [("3", 10, 200), ("2", 5, 150)], [("1", 10, 100), ("2", 5, 150)]),
        (LotMethod.HIFO, [("2", 10, 300), ("3", 5, 100)], [("1", 10, 100), ("3", 5, 100)]),
        (LotMethod.LOWEST_COST, [("1", 10, 100), ("3", 5, 100)], [("2", 10, 300), ("3", 5, 100)]),
        (LotMethod.AVERAGE, [("1", 10, 200), ("2", 5, 100)], [("2", 5, 100), ("3", 10, 200)]),
    ],
)
def test_each_method_takes_its_units(method, taken, left):
    held = three()

    assert told(held.take(Decimal(15), method)) == taken
    assert told(held.lots) == left
    assert (held.quantity, held.cost, held.base_cost) == (15, 600 - sum(cost for _, _, cost in taken), held.cost)


@pytest.mark.parametrize("method", [LotMethod.HIFO, LotMethod.LOWEST_COST])
def test_of_equal_cost_the_oldest_is_taken(method):
    held = inventory(lot("1", FIRST, 1, 10), lot("2", SECOND, 1, 10))
    held.take(Decimal("0.5"), method)
    held.add(lot("3", THIRD, 1, 10))
    # One that arrives with an older history.
    held.add(lot("4", date(2020, 1, 1), 1, 10))

    assert [each.key for each in held.take(Decimal("3.5"), method)] == ["4", "1", "2", "3"]


def test_a_sale_of_other_units_does_not_change_what_a_unit_costs():
    held = inventory(lot("1", FIRST, 3, 100), lot("2", SECOND, 1, "33.34"))
    before = held.lots[0].unit_cost
    held.take(Decimal(1), LotMethod.FIFO)

    assert held.lots[0].unit_cost == before
    assert held.take(Decimal(1), LotMethod.HIFO)[0].key == "2"


def test_thirds_sum_to_the_whole():
    held = inventory(lot("1", FIRST, 3, 100))

    costs = [held.take(Decimal(1), LotMethod.FIFO)[0].cost for _ in range(3)]

    assert costs == [Decimal("33.33333333"), Decimal("33.33333334"), Decimal("33.33333333")]
    assert (held.quantity, held.cost, held.lots) == (0, 0, [])


def test_more_than_there_is_changes_nothing():
    held = three()

    for choices in ((), (LotChoice("1", Decimal(30)), LotChoice("2", Decimal(1)))):
        with pytest.raises(NoSuchUnits) as raised:
            held.take(Decimal(31), LotMethod.SPECIFIC, choices)
        assert raised.value.held == 30
    assert told(held.lots) == told(three().lots)


def test_named_lots_are_taken():
    held = three()

    taken = held.take(Decimal(13), LotMethod.SPECIFIC, (LotChoice("3", Decimal(10)), LotChoice("1", Decimal(3))))

    assert told(taken) == [("3", 10, 200), ("1", 3, 30)]
    assert told(held.lots) == [("1", 7, 70), ("2", 10, 300)]


def test_a_lot_that_is_not_there_is_said():
    held = three()
    for key, units, there in (("9", 1, 0), ("2", 11, 10)):
        with pytest.raises(NoSuchUnits) as raised:
            held.take(Decimal(units), LotMethod.SPECIFIC, (LotChoice(key, Decimal(units)),))
        assert (raised.value.held, raised.value.lot) == (Decimal(there), key)
    assert told(held.lots) == told(three().lots)


def test_other_methods_leave_named_lots_aside():
    choices = (LotChoice("3", Decimal(10)),)

    for method in set(LotMethod) - {LotMethod.SPECIFIC}:
        assert told(three().take(Decimal(10), method, choices)) == told(three().take(Decimal(10), method))


def test_parts_of_a_lot_that_was_cut_are_named_by_it_and_by_themselves():
    def cut():
        held = three()
        held.cut(held.lots[1], Decimal(4), "2~1")
        return held

    assert told(cut().lots) == [("1", 10, 100), ("2", 4, 120), ("2~1", 6, 180), ("3", 10, 200)]
    assert [each.opened for each in cut().lots] == [10, 4, 6, 10]
    assert told(cut().take(Decimal(9), LotMethod.SPECIFIC, (LotChoice("2", Decimal(9)),))) == [
        ("2", 4, 120),
        ("2~1", 5, 150),
    ]
    assert told(cut().take(Decimal(6), LotMethod.SPECIFIC, (LotChoice("2~1", Decimal(6)),))) == [("2~1", 6, 180)]
    # The whole is named in two parts, of which one is not cut off (any more).
    both = (LotChoice("2~1", Decimal(6)), LotChoice("2", Decimal(4)))
    assert told(three().take(Decimal(10), LotMethod.SPECIFIC, both)) == [("2", 4, 120), ("2", 6, 180)]
    with pytest.raises(NoSuchUnits):
        three().take(Decimal(11), LotMethod.SPECIFIC, (LotChoice("2~1", Decimal(6)), LotChoice("2", Decimal(5))))
    assert root_of("12-2.45~1") == "12-2.45"


@pytest.mark.parametrize("method", [LotMethod.HIFO, LotMethod.LOWEST_COST])
def test_a_cut_keeps_its_rank(method):
    held = three()
    held.take(Decimal(1), method)
    first = held.take(Decimal(1), method)[0].key
    place = next(each for each in held.lots if each.key == first)
    held.cut(place, Decimal(3), f"{first}~1")

    assert [each.key for each in held.take(Decimal(8), method)] == [first, f"{first}~1"]


def test_an_average_is_of_what_is_held_at_the_sale():
    held = inventory(lot("1", FIRST, 10, 100))
    held.take(Decimal(5), LotMethod.AVERAGE)
    held.add(lot("2", SECOND, 5, 150))

    (taken,) = held.take(Decimal(5), LotMethod.AVERAGE)

    assert (taken.key, taken.cost, taken.base_cost) == ("1", 100, 100)
    assert told(held.lots) == [("2", 5, 100)]


def test_an_average_takes_losses_of_wash_sales_with_it():
    held = inventory(lot("1", FIRST, 10, 100), lot("2", SECOND, 10, 100))
    held.adjust(held.lots[0], Decimal(30))

    (taken,) = held.take(Decimal(10), LotMethod.AVERAGE)

    assert (taken.adjustment, held.lots[0].adjustment, held.adjustment) == (15, 15, 15)


def test_a_base_cost_that_is_not_known():
    unknown = lot("1", FIRST, 10, 100)
    unknown.base_cost = None
    held = inventory(unknown, lot("2", SECOND, 10, 100))

    assert held.base_cost is None
    assert [each.base_cost for each in held.copy().take(Decimal(15), LotMethod.AVERAGE)] == [None, None]
    held.take(Decimal(10), LotMethod.FIFO)
    assert held.base_cost == 100


def test_a_copy_is_apart():
    held = three()
    other = held.copy()
    other.take(Decimal(15), LotMethod.HIFO)
    other.adjust(other.lots[0], Decimal(1))

    assert told(held.lots) == told(three().lots)
    assert (held.quantity, held.cost, held.adjustment) == (30, 600, 0)


def test_a_split_keeps_the_sum_of_units():
    held = inventory(*(lot(str(number), FIRST, 1, 10) for number in range(3)))
    held.take(Decimal("0.5"), LotMethod.FIFO)

    assert held.scale(Decimal(1), Decimal(3)) == []

    units = [Decimal("0.1666666667"), Decimal("0.3333333333"), Decimal("0.3333333333")]
    assert [each.quantity for each in held.lots] == units
    assert held.quantity == Decimal("0.8333333333")
    # What was opened is counted in new units too, though half of it is sold.
    assert held.lots[0].opened == Decimal("0.3333333333")
    assert held.lots[0].unit_cost == quotient(Decimal(5), units[0])


def test_a_split_that_leaves_nothing_of_a_lot_gives_it_back():
    held = inventory(lot("1", FIRST, "0.0000000001", 5), lot("2", SECOND, 1, 10))

    (gone,) = held.scale(Decimal(1), Decimal(1000))

    assert (gone.key, gone.quantity, gone.cost, gone.is_open) == ("1", Decimal("1E-10"), 5, False)
    assert (held.quantity, held.cost) == (Decimal("0.001"), 10)


UNITS = st.decimals(min_value=Decimal("1E-10"), max_value=Decimal(10) ** 12, places=10)
MONEY = st.decimals(min_value=Decimal(0), max_value=Decimal(10) ** 12, places=8)


@given(MONEY, st.lists(UNITS, min_size=1, max_size=8))
def test_spread_money_sums_to_the_whole_and_is_never_negative(amount, weights):
    parts = spread(amount, weights)

    assert total(parts) == amount
    assert all(part >= 0 for part in parts)
    exact = [amount * weight / sum(weights) for weight in weights]
    assert all(abs(part - own) <= Decimal("1.1E-8") for part, own in zip(parts, exact, strict=True))


@given(st.lists(UNITS, min_size=1, max_size=8), st.integers(1, 10**6), st.integers(1, 10**6))
def test_scaled_units_sum_to_the_scaled_whole(units, numerator, denominator):
    parts = scaled(units, Decimal(numerator), Decimal(denominator))

    assert all(part >= 0 for part in parts)
    assert scaled([total(units)], Decimal(numerator), Decimal(denominator)) == [total(parts)]


@given(MONEY, UNITS, UNITS)
def test_a_share_is_no_more_than_the_whole(amount, units, more):
    part = share(amount, units, EXACT.add(units, more))

    assert 0 <= part <= amount


LOTS = st.lists(st.tuples(st.integers(0, 5), UNITS, MONEY), min_size=1, max_size=12)
TAKES = st.lists(st.fractions(0, 1), max_size=6)


@given(LOTS, TAKES, st.sampled_from(list(LotMethod)))
def test_every_method_takes_what_a_plain_search_takes_and_loses_nothing(rows, takes, method):
    """The plain search looks through all lots each time; cost is compared to the rounding of a share."""
    held, plain = Inventory(), []
    for place, (age, units, cost) in enumerate(rows):
        own = Lot(f"{place}", date(2021, 1, 1 + age), date(2021, 1, 1), units, cost, cost)
        held.add(own)
        plain.append([f"{place}", own.opened_on, units, quotient(cost, units)])
        plain.sort(key=lambda row: row[1])
    whole, cost = held.quantity, held.cost
    for part in takes:
        units = (held.quantity * part.numerator / part.denominator).quantize(Decimal("1E-10"))
        if not 0 < units <= held.quantity:
            continue
        taken = held.take(units, method)
        assert [(each.key, each.quantity) for each in taken] == list(plain_take(plain, units, method))
        whole, cost = EXACT.subtract(whole, units), EXACT.subtract(cost, total(each.cost for each in taken))
        assert (held.quantity, held.cost, held.base_cost) == (whole, cost, cost)
    assert total(each.quantity for each in held.lots) == whole
    assert total(each.cost for each in held.lots) == cost
    assert all(each.cost >= 0 and each.quantity > 0 for each in held.lots)


def plain_take(rows, units, method):
    order = {
        LotMethod.LIFO: lambda: rows[-1],
        LotMethod.HIFO: lambda: max(rows, key=lambda row: row[3]),
        LotMethod.LOWEST_COST: lambda: min(rows, key=lambda row: row[3]),
    }
    while units:
        row = order.get(method, lambda: rows[0])()
        used = min(row[2], units)
        yield row[0], used
        units, row[2] = EXACT.subtract(units, used), EXACT.subtract(row[2], used)
        if not row[2]:
            rows.remove(row)


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(360, 370))
def test_the_term_by_counting_months(bought, days):
    """A year is over when the same day, or else the last one, of the twelfth month is over."""
    closed = date.fromordinal(bought.toordinal() + days)
    last_of_month = date.fromordinal(bought.toordinal() + 1).day == 1
    next_month = date(bought.year + 1 + bought.month // 12, bought.month % 12 + 1, 1)
    if last_of_month:
        first_long = next_month
    elif (bought.month, bought.day) == (2, 28):
        first_long = date(bought.year + 1, 3, 1)
    else:
        first_long = date.fromordinal(date(bought.year + 1, bought.month, bought.day).toordinal() + 1)

    assert term_of(bought, closed) is (Term.LONG if closed >= first_long else Term.SHORT)
