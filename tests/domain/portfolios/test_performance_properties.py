"""What holds of performance whatever was traded: ranges link, flows have no part in returns, parts sum to the whole."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.portfolios.attribution import Grouping, attribute
from domain.portfolios.gains_by_session import gains_of
from domain.portfolios.types import TransactionKind
from tests.factories.performance import ACCOUNT, entry, history, instrument, measure_days
from tests.references.cases import ONE_FLOW, TWO_SHARES

DAYS = 30
INSTRUMENTS = 3


def closes(dice, *, flat=False):
    """Return closes of each instrument, one of them from a later day on."""
    found = {}
    for number in range(INSTRUMENTS):
        first = dice.uniform(1, 200)
        steps = [0.0 if flat else dice.gauss(0, 0.03) for _ in range(DAYS)]
        found[number] = [first * float(np.exp(sum(steps[: day + 1]))) for day in range(DAYS)]
    return found


def walk(dice, prices):
    """Return movements that leave capital each day: much is paid in first, little is taken out."""
    made = [entry(TransactionKind.CONTRIBUTION, 1, 1, "100000")]
    held = dict.fromkeys(range(INSTRUMENTS), 0)
    short = dict.fromkeys(range(INSTRUMENTS), 0)
    for sequence in range(2, 40):
        day = min(DAYS - 1, 1 + sequence * DAYS // 45)
        number, units = dice.randrange(INSTRUMENTS), dice.randint(1, 9)
        money = units * prices[number][day]
        kind = dice.choice(("buy", "sell", "short", "cover", "dividend", "fee", "interest", "in", "out", "transfer"))
        if kind == "buy":
            held[number] += units
            made.append(entry(TransactionKind.BUY, day, sequence, f"{-money:.2f}", number, str(units)))
        elif kind == "sell" and held[number] >= units:
            held[number] -= units
            made.append(entry(TransactionKind.SELL, day, sequence, f"{money:.2f}", number, str(units)))
        elif kind == "short":
            short[number] += units
            made.append(entry(TransactionKind.SHORT_SALE, day, sequence, f"{money:.2f}", number, str(units)))
        elif kind == "cover" and short[number] >= units:
            short[number] -= units
            made.append(entry(TransactionKind.COVER_SHORT, day, sequence, f"{-money:.2f}", number, str(units)))
        elif kind == "transfer" and held[number] >= units:
            held[number] -= units
            made.append(entry(TransactionKind.TRANSFER_OUT, day, sequence, "0", number, str(units)))
        else:
            made.append(_of_money(kind, day, sequence, dice, number))
    return made


def _of_money(kind, day, sequence, dice, number):
    amount = f"{dice.uniform(0.01, 50):.2f}"
    if kind == "dividend":
        # One that is owed on units sold short is negative.
        return entry(TransactionKind.DIVIDEND, day, sequence, dice.choice(("", "-")) + amount, number)
    if kind == "fee":
        return entry(TransactionKind.FEE, day, sequence, f"-{amount}")
    if kind == "interest":
        return entry(TransactionKind.INTEREST, day, sequence, amount)
    if kind == "out":
        return entry(TransactionKind.WITHDRAWAL, day, sequence, f"-{amount}")
    return entry(TransactionKind.CONTRIBUTION, day, sequence, amount)


seeds = st.integers(0, 2**32)


@given(seeds, st.integers(1, DAYS - 2))
def test_a_range_in_two_links_to_the_whole(seed, cut):
    dice = random.Random(seed)
    prices = closes(dice)
    found, _ = history(walk(dice, prices), prices, DAYS)

    whole = measure_days(found, 1, DAYS - 1)
    parts = measure_days(found, 1, cut), measure_days(found, cut + 1, DAYS - 1)

    linked = (1 + parts[0].time_weighted_return) * (1 + parts[1].time_weighted_return) - 1
    assert linked == pytest.approx(whole.time_weighted_return, abs=1e-12)
    assert parts[0].end_value == parts[1].start_value
    assert sum(part.net_contributions for part in parts) == pytest.approx(whole.net_contributions, abs=1e-6)


@given(seeds, st.integers(2, DAYS - 1), st.decimals("0.01", "1e12", places=2))
def test_a_flow_of_any_size_on_a_flat_market_changes_nothing(seed, day, amount):
    dice = random.Random(seed)
    prices = closes(dice, flat=True)
    made = [
        entry(TransactionKind.CONTRIBUTION, 1, 1, "1000"),
        entry(TransactionKind.BUY, 1, 2, f"{-3 * prices[0][0]:.8f}", 0, "3"),
        entry(TransactionKind.CONTRIBUTION, day, 3, str(amount)),
    ]
    without, _ = history(made[:2], prices, DAYS)
    found, _ = history(made, prices, DAYS)

    assert measure_days(found, 2, DAYS - 1).time_weighted_return == pytest.approx(0, abs=1e-9)
    assert measure_days(without, 2, DAYS - 1).time_weighted_return == pytest.approx(0, abs=1e-9)


@given(seeds)
def test_a_holding_alone_returns_what_its_price_does(seed):
    dice = random.Random(seed)
    prices = closes(dice)
    alone, _ = history([entry(TransactionKind.BUY, 1, 1, "0", 0, "3")], prices, DAYS)

    performance = measure_days(alone, 2, DAYS - 1)

    assert performance.time_weighted_return == pytest.approx(prices[0][-1] / prices[0][1] - 1, abs=1e-12)


@given(seeds)
def test_the_order_of_a_day_changes_nothing(seed):
    dice = random.Random(seed)
    prices = closes(dice)
    units = [dice.randint(1, 50) for _ in range(8)]
    made = [
        entry(
            TransactionKind.BUY, 1 + place // 4, place + 1, f"{-each * prices[place % 3][1]:.2f}", place % 3, str(each)
        )
        for place, each in enumerate(units)
    ]
    made.append(entry(TransactionKind.CONTRIBUTION, 1, 20, "50000"))
    sequences = [each.sequence for each in made]
    dice.shuffle(sequences)
    moved = [
        type(each)(each.kind, each.trade_date, sequence, *(getattr(each, name) for name in each.__slots__[3:]))
        for each, sequence in zip(made, sequences, strict=True)
    ]

    first, second = (measure_days(history(each, prices, DAYS)[0], 1, DAYS - 1) for each in (made, moved))

    assert second.values.tolist() == pytest.approx(first.values.tolist(), rel=1e-14)
    assert second.time_weighted_return == pytest.approx(first.time_weighted_return, abs=1e-13)


@given(seeds, st.sampled_from(Grouping), st.integers(1, 15), st.integers(16, DAYS - 1))
def test_parts_sum_to_the_whole(seed, by, start, end):
    dice = random.Random(seed)
    prices = closes(dice)
    found, ledger = history(walk(dice, prices), prices, DAYS)
    performance = measure_days(found, start, end)
    tags = {(ACCOUNT, instrument(0).id): ("growth", "value", "home"), (ACCOUNT, instrument(1).id): ("growth",)}

    whole = attribute(performance, gains_of(found, ledger), by, tags)

    assert sum(each.contribution for each in whole.segments) == pytest.approx(
        performance.time_weighted_return, abs=1e-9
    )
    assert sum(each.gain for each in whole.segments) == pytest.approx(whole.gain, abs=1e-6)
    assert whole.gain == performance.end_value - performance.start_value - performance.net_contributions
    names = [each.name for each in whole.segments]
    assert names == sorted(names)


@given(seeds)
def test_nothing_that_is_computed_changes_what_it_is_computed_from(seed):
    dice = random.Random(seed)
    prices = closes(dice)
    found, ledger = history(walk(dice, prices), prices, DAYS)
    before = [array.copy() for array in (found.values, found.flows, found.worths, found.cash, found.quantities)]

    performance = measure_days(found, 1, DAYS - 1)
    attribute(performance, gains_of(found, ledger), Grouping.POSITION, {})

    for was, now in zip(before, (found.values, found.flows, found.worths, found.cash, found.quantities), strict=True):
        np.testing.assert_array_equal(was, now)


def test_two_shares_as_the_curriculum_has_them():
    """A share at 200, a second a year later at 225, dividends of 5 a share taken out, both sold at 235."""
    values, flows = TWO_SHARES
    share = [200.0] * 2 + [200.0] * 363 + [225.0] * 366 + [235.0]
    days = len(share)
    made = [
        entry(TransactionKind.CONTRIBUTION, 1, 1, "200"),
        entry(TransactionKind.BUY, 1, 2, "-200", 0, "1"),
        entry(TransactionKind.DIVIDEND, 365, 3, "5", 0),
        entry(TransactionKind.CONTRIBUTION, 366, 4, "220"),
        entry(TransactionKind.BUY, 366, 5, "-225", 0, "1"),
        entry(TransactionKind.DIVIDEND, days - 1, 6, "10", 0),
    ]
    share[365] = 225.0
    found, _ = history(made, {0: share}, days)

    performance = measure_days(found, 1, days - 1)

    assert (performance.end_value, performance.net_contributions) == (values[-1], values[0] + flows[-1])
    assert performance.time_weighted_return == pytest.approx(92 / 75 - 1, abs=1e-12)
    rate = performance.money_weighted_return
    years = ((days - 2) / 365, (days - 1 - 366) / 365)
    assert 200 * (1 + rate) ** years[0] + 220 * (1 + rate) ** years[1] == pytest.approx(480, rel=1e-12)


def test_a_month_with_one_flow_by_modified_dietz():
    start, end, (flow,), (weight,) = ONE_FLOW
    made = [
        entry(TransactionKind.CONTRIBUTION, 0, 1, str(start)),
        entry(TransactionKind.BUY, 0, 2, f"-{start}", 0, str(start)),
        # After 14 days of 31.
        entry(TransactionKind.CONTRIBUTION, 15, 3, str(flow)),
    ]
    last = (end - flow) / start
    found, _ = history(made, {0: [1.0] * 31 + [last]}, 32)

    performance = measure_days(found, 1, 31)

    assert performance.days == 31
    assert performance.modified_dietz == pytest.approx((end - start - flow) / (start + weight * flow), abs=1e-12)


def test_a_year_is_annualized_to_itself():
    made = [entry(TransactionKind.BUY, 0, 1, "0", 0, "1")]
    found, _ = history(made, {0: [100.0] * 365 + [110.0]}, 366)

    year, less = measure_days(found, 1, 365), measure_days(found, 2, 365)

    assert (year.days, less.days) == (365, 364)
    assert year.annualized_return == pytest.approx(0.1, abs=1e-12)
    assert np.isnan(less.annualized_return)
    # With no flow in between both kinds of return are one.
    assert year.money_weighted_return == pytest.approx(0.1, abs=1e-12)
