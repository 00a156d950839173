"""Dividends that are owed on units sold short, and those that are entered on the day on which they are paid."""

from datetime import date
from decimal import Decimal

import pytest

from domain.portfolios.entries import Income, Reinvestment
from domain.portfolios.examination import examination
from domain.portfolios.models import Transaction
from domain.portfolios.types import TransactionKind, TransactionSource
from tests.factories.corporate_actions import book, dividend, tell
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    reverse,
    short_sale,
    value,
)
from tests.support.ledger import check_ledger

PAID = date(2022, 12, 1)


@pytest.fixture
def booked(small_market):
    async def run(today=TODAY):
        return await book(small_market, today)

    return run


def paid(amount, day=WEDNESDAY):
    return Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal(amount), trade_date=day)


def cover(quantity, day):
    found = buy("AAA", quantity, "12", day)
    return type(found)(
        kind=TransactionKind.COVER_SHORT,
        symbol=found.symbol,
        quantity=found.quantity,
        price=found.price,
        trade_date=found.trade_date,
    )


async def dividends():
    rows = await Transaction.filter(kind=TransactionKind.DIVIDEND).order_by("sequence")
    return [(row.amount, row.trade_date) for row in rows]


async def is_whole(owner, portfolio):
    await check_ledger(portfolio.id)
    found = await examination(owner, portfolio.id)
    assert found is not None
    assert found.holds


@pytest.mark.parametrize(
    ("entries", "amount"),
    [
        # Opened before the ex date: owed.
        ([short_sale("AAA", "10", "12", TUESDAY)], "-2.5"),
        # Opened on it: who buys then gets no dividend.
        ([short_sale("AAA", "10", "12", WEDNESDAY)], None),
        # Closed on it: still owed, because it was open as the day began.
        ([short_sale("AAA", "10", "12", TUESDAY), cover("10", WEDNESDAY)], "-2.5"),
        ([short_sale("AAA", "10", "12", MONDAY), cover("4", TUESDAY), cover("6", WEDNESDAY)], "-1.5"),
        # Closed the day before.
        ([short_sale("AAA", "10", "12", MONDAY), cover("10", TUESDAY)], None),
    ],
)
async def test_who_is_short_as_the_ex_date_begins_owes_it(
    small_market, owner, portfolio, record_it, booked, entries, amount
):
    await record_it(*entries)
    await dividend(small_market)

    outcomes = [await booked() for _ in range(2)]

    expected = [] if amount is None else [(Decimal(amount), WEDNESDAY)]
    assert outcomes == [(len(expected), 0, 0), (0, 0, 0)]
    assert await dividends() == expected
    await is_whole(owner, portfolio)


async def test_it_is_exact_and_taken_from_cash(small_market, owner, portfolio, record_it, booked):
    await record_it(short_sale("AAA", "7", "12"))
    await dividend(small_market, "0.3333333333")

    await booked()

    assert (await value(owner, portfolio.id)).cash_balance == Decimal(84) - Decimal("2.33333333")


async def test_an_account_that_is_long_and_short_is_paid_the_difference(small_market, record_it, booked):
    await record_it(buy("AAA", "10", "12"), short_sale("AAA", "4", "12"))
    await dividend(small_market)
    await dividend(small_market, symbol="BBB", cash="1")

    assert await booked() == (1, 0, 0)
    assert await dividends() == [(Decimal("1.5"), WEDNESDAY)]


async def test_one_that_is_as_long_as_short_is_paid_nothing(small_market, record_it, booked):
    await record_it(buy("AAA", "4", "12"), short_sale("AAA", "4", "12"))
    await dividend(small_market)

    assert await booked() == (0, 0, 0)


@pytest.mark.parametrize(("amount", "joined"), [("-2.5", True), ("-2.6", True), ("-2.61", False), ("2.5", False)])
async def test_what_was_owed_and_entered_by_hand_is_joined(small_market, record_it, booked, amount, joined):
    await record_it(short_sale("AAA", "10", "12"), paid(amount))
    await dividend(small_market)

    assert await booked() == ((0, 1, 0) if joined else (1, 0, 0))


async def test_a_split_before_counts_for_what_is_owed(small_market, record_it, booked):
    await record_it(short_sale("AAA", "10", "12"))
    await tell(small_market, ex_date=TUESDAY)
    await dividend(small_market)

    assert await booked() == (2, 0, 0)
    assert await dividends() == [(Decimal(-5), WEDNESDAY)]


@pytest.mark.parametrize("day", [WEDNESDAY, date(2022, 11, 26), PAID, date(2022, 12, 6)])
async def test_one_entered_on_the_day_it_is_paid_is_joined(small_market, record_it, booked, day):
    today = date(2022, 12, 7)
    await record_it(buy("AAA", "10", "12"), today=today)
    entered = await record_it(paid("2.5", day), today=today)
    await dividend(small_market, ex_date=TUESDAY, pay_date=PAID)

    assert [await booked(today) for _ in range(2)] == [(0, 1, 0), (0, 0, 0)]
    assert (await Transaction.get(kind=TransactionKind.DIVIDEND)).id == entered.id


@pytest.mark.parametrize(
    ("amount", "day", "pay_date"),
    [
        ("2.5", date(2022, 11, 25), PAID),
        ("2.5", date(2022, 12, 7), PAID),
        ("2.5", PAID, None),
        ("2.61", PAID, PAID),
    ],
)
async def test_another_day_or_amount_is_another_dividend(small_market, record_it, booked, amount, day, pay_date):
    today = date(2022, 12, 7)
    await record_it(buy("AAA", "10", "12"), paid(amount, day), today=today)
    await dividend(small_market, ex_date=TUESDAY, pay_date=pay_date)

    assert await booked(today) == (1, 0, 0)


async def test_units_are_those_of_the_ex_date(small_market, record_it, booked):
    today = date(2022, 12, 7)
    await record_it(buy("AAA", "10", "12"), buy("AAA", "90", "12", FRIDAY), paid("2.5", PAID), today=today)
    await dividend(small_market, ex_date=TUESDAY, pay_date=PAID)

    assert await booked(today) == (0, 1, 0)


@pytest.mark.parametrize(
    "entry",
    [
        paid("2.5", PAID),
        paid("2.5", date(2022, 11, 28)),
        Reinvestment(symbol="AAA", quantity=Decimal(1), amount=Decimal("2.5"), trade_date=PAID),
    ],
)
async def test_one_that_comes_after_the_job_is_answered_with_the_booked_one(small_market, record_it, booked, entry):
    today = date(2022, 12, 7)
    await record_it(buy("AAA", "10", "12"))
    await dividend(small_market, ex_date=TUESDAY, pay_date=PAID)
    await booked()

    answered = await record_it(entry, today=today)

    assert (answered.source, answered.trade_date) == (TransactionSource.CORPORATE_ACTION, TUESDAY)
    assert (await record_it(paid("25", PAID), today=today)).source is TransactionSource.MANUAL
    assert (await record_it(paid("2.5", date(2022, 12, 7)), today=today)).source is TransactionSource.MANUAL


async def test_each_of_two_entries_joins_the_dividend_that_is_nearest(small_market, record_it, booked):
    today = date(2022, 12, 7)
    await record_it(buy("AAA", "10", "12"), today=today)
    first = await record_it(paid("2.5", THURSDAY), today=today)
    second = await record_it(paid("2.5", PAID), today=today)
    await dividend(small_market, ex_date=TUESDAY, pay_date=THURSDAY)
    await dividend(small_market, ex_date=FRIDAY, pay_date=PAID)

    assert await booked(today) == (0, 2, 0)
    assert [each.id for each in await Transaction.filter(kind="DIVIDEND").order_by("sequence")] == [first.id, second.id]


async def test_one_that_joined_by_its_pay_date_and_is_reversed_makes_it_due_again(
    small_market, owner, record_it, booked
):
    today = date(2022, 12, 7)
    await record_it(buy("AAA", "10", "12"), today=today)
    entered = await record_it(paid("2.5", PAID), today=today)
    await dividend(small_market, ex_date=TUESDAY, pay_date=PAID)
    await booked(today)

    await reverse(small_market, owner, entered)

    assert await booked(today) == (1, 0, 0)
