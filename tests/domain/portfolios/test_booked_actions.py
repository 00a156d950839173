"""The market's corporate actions in the ledgers of those who held the instrument: each once, whoever says it first."""

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from domain.market.types import ActionKind
from domain.portfolios.entries import Income, Merger, Reinvestment, Split
from domain.portfolios.errors import ActionAlreadyBooked
from domain.portfolios.models import Account, ActionBooking, Portfolio, Posting, Transaction
from domain.portfolios.types import AccountKind, TransactionKind, TransactionSource
from tests.factories.corporate_actions import book, dividend, tell
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    open_portfolio,
    record,
    reverse,
    sell,
    value,
)


@pytest.fixture
def booked(small_market):
    async def run():
        return await book(small_market)

    return run


def split(day=WEDNESDAY, numerator=2, denominator=1, **more):
    return Split(symbol="AAA", numerator=numerator, denominator=denominator, trade_date=day, **more)


def paid(amount, day=WEDNESDAY):
    return Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal(amount), trade_date=day)


async def held(owner, portfolio):
    found = await value(owner, portfolio.id)
    return {each.instrument.symbol: each.quantity for each in found.positions}


async def test_a_split_is_booked_where_units_were_held_at_the_start_of_its_day(
    small_market, owner, portfolio, record_it, booked
):
    await record_it(buy("AAA", "10", "12", TUESDAY), buy("AAA", "1", "6", WEDNESDAY), buy("BBB", "1", "80"))
    action = await tell(small_market)

    assert await booked() == (1, 0, 0)

    assert await held(owner, portfolio) == {"AAA": Decimal(21), "BBB": Decimal(1)}
    entry = await Transaction.get(kind=TransactionKind.SPLIT)
    assert (entry.trade_date, entry.source, entry.recorded_by) == (WEDNESDAY, "CORPORATE_ACTION", None)
    row = await ActionBooking.get()
    assert (row.transaction_id, row.action_id, row.account_id) == (entry.id, action.id, entry.account_id)
    assert sum(each.units for each in await Posting.filter(transaction_id=entry.id)) == 0


async def test_to_book_again_is_to_book_once(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("AAA", "10", "12"))
    await tell(small_market)

    assert [await booked(), await booked()] == [(1, 0, 0), (0, 0, 0)]
    assert await ActionBooking.all().count() == await Transaction.filter(kind="SPLIT").count() == 1


async def test_two_that_book_at_once_book_once(small_market, owner, portfolio, record_it):
    await record_it(buy("AAA", "10", "12"))
    await tell(small_market)
    await dividend(small_market, ex_date=THURSDAY)

    outcomes = await asyncio.gather(*(book(small_market) for _ in range(4)))

    assert sorted(outcomes) == [(0, 0, 0)] * 3 + [(2, 0, 0)]
    assert await Transaction.all().count() == 3
    assert await held(owner, portfolio) == {"AAA": Decimal(20)}


async def test_each_account_and_each_portfolio_has_its_own(small_market, owner, stranger, portfolio, record_it, booked):
    ira = await Account.create(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        name="IRA",
        kind=AccountKind.ROTH_IRA,
        created_at=portfolio.created_at,
    )
    other = await open_portfolio(small_market, stranger)
    await record_it(buy("AAA", "10", "12"))
    await record_it(buy("AAA", "3", "12"), account_id=ira.id)
    await record(small_market, stranger, other.id, buy("AAA", "1", "12"))
    await tell(small_market)

    assert await booked() == (3, 0, 0)

    quantities = [each.units for each in (await value(owner, portfolio.id)).positions]
    assert sorted(quantities) == [Decimal(6), Decimal(20)]
    assert await held(stranger, other) == {"AAA": Decimal(2)}


async def test_what_was_sold_before_or_bought_on_the_day_is_left_alone(small_market, record_it, booked):
    await record_it(buy("AAA", "10", "12"), sell("AAA", "10", "12", TUESDAY), buy("AAA", "1", "6", WEDNESDAY))
    await tell(small_market)

    assert await booked() == (0, 0, 0)
    assert await ActionBooking.all().count() == 0


async def test_a_purchase_that_is_recorded_late_is_booked_by_the_next_run(
    small_market, owner, portfolio, record_it, booked
):
    await record_it(buy("AAA", "1", "6", FRIDAY))
    await tell(small_market)
    assert await booked() == (0, 0, 0)

    await record_it(buy("AAA", "10", "12", MONDAY))

    assert await booked() == (1, 0, 0)
    assert await held(owner, portfolio) == {"AAA": Decimal(21)}


@pytest.mark.parametrize("day", [TUESDAY, WEDNESDAY, date(2022, 11, 21)])
@pytest.mark.parametrize("ratio", [(2, 1), (10, 5)])
async def test_one_that_was_entered_by_hand_is_joined(small_market, record_it, booked, day, ratio):
    await record_it(buy("AAA", "10", "12"), buy("AAA", "1", "6", WEDNESDAY))
    entered = await record_it(split(day, *ratio))
    await tell(small_market)

    assert await booked() == (0, 1, 0)
    assert await booked() == (0, 0, 0)
    assert (await ActionBooking.get()).transaction_id == entered.id
    assert await Transaction.filter(kind="SPLIT").count() == 1


@pytest.mark.parametrize("entry", [split(WEDNESDAY, 3, 1), split(WEDNESDAY, 1, 2)])
async def test_another_ratio_is_another_action(small_market, record_it, booked, entry):
    await record_it(buy("AAA", "10", "12"), entry)
    await tell(small_market)

    assert await booked() == (1, 0, 0)


async def test_six_days_later_is_another_action(small_market, record_it, booked):
    await record_it(buy("AAA", "10", "12"), split(date(2022, 11, 21)))
    await tell(small_market, ex_date=TUESDAY)

    assert await booked() == (1, 0, 0)


async def test_one_entry_joins_one_action(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("AAA", "10", "12"), split(WEDNESDAY))
    await tell(small_market)
    await tell(small_market, ex_date=FRIDAY)

    assert await booked() == (1, 1, 0)
    assert await held(owner, portfolio) == {"AAA": Decimal(40)}


async def test_a_reversed_entry_does_not_count_as_entered(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("AAA", "10", "12"))
    entered = await record_it(split())
    await reverse(small_market, owner, entered)
    await tell(small_market)

    assert await booked() == (1, 0, 0)
    assert await held(owner, portfolio) == {"AAA": Decimal(20)}


async def test_one_that_joined_and_is_reversed_makes_the_action_due_again(
    small_market, owner, portfolio, record_it, booked
):
    await record_it(buy("AAA", "10", "12"))
    entered = await record_it(split())
    await tell(small_market)
    assert await booked() == (0, 1, 0)

    await reverse(small_market, owner, entered)

    assert await booked() == (1, 0, 0)
    assert (await ActionBooking.get()).transaction_id != entered.id
    assert await held(owner, portfolio) == {"AAA": Decimal(20)}


async def test_what_the_owner_reversed_is_not_booked_again(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("AAA", "10", "12"))
    await tell(small_market)
    await booked()
    await reverse(small_market, owner, await Transaction.get(kind=TransactionKind.SPLIT))

    assert await booked() == (0, 0, 0)
    assert await held(owner, portfolio) == {"AAA": Decimal(10)}
    # And then may be entered by hand.
    await record_it(split())
    assert await held(owner, portfolio) == {"AAA": Decimal(20)}


@pytest.mark.parametrize("day", [TUESDAY, WEDNESDAY, date(2022, 11, 21)])
async def test_an_entry_that_comes_after_the_job_is_answered_with_the_booked_one(
    small_market, owner, portfolio, record_it, booked, day
):
    await record_it(buy("AAA", "10", "12"))
    await tell(small_market)
    await booked()

    answered = await record_it(split(day, 4, 2))

    assert answered.source is TransactionSource.CORPORATE_ACTION
    assert await Transaction.all().count() == 2
    assert (await Portfolio.get(id=portfolio.id)).version == 2


async def test_an_entry_that_says_more_than_the_booked_one_is_refused(small_market, record_it, refused, booked):
    await record_it(buy("AAA", "5", "12"))
    await tell(small_market, numerator=1, denominator=2)
    await booked()

    refusal = await refused(ActionAlreadyBooked, split(WEDNESDAY, 1, 2, cash_in_lieu=Decimal(3)))

    assert refusal.field == ("transaction", "split", "cash_in_lieu")
    assert refusal.message.startswith("expected no entry of what transaction 2 has booked on 2022-11-16")


async def test_a_dividend_is_booked_of_the_units_held_before(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("AAA", "10", "12"), buy("AAA", "5", "12", WEDNESDAY))
    await dividend(small_market, "0.3333333333")

    assert await booked() == (1, 0, 0)
    entry = await Transaction.get(kind=TransactionKind.DIVIDEND)
    assert (entry.amount, entry.trade_date) == (Decimal("3.33333333"), WEDNESDAY)


@pytest.mark.parametrize(
    ("entry", "outcome"),
    [
        (paid("2.50"), (0, 1, 0)),
        (paid("2.60", FRIDAY), (0, 1, 0)),
        (paid("2.61"), (1, 0, 0)),
        (paid("2.39"), (1, 0, 0)),
        (Reinvestment(symbol="AAA", quantity=Decimal(1), amount=Decimal("2.5"), trade_date=THURSDAY), (0, 1, 0)),
    ],
)
async def test_a_dividend_by_hand_joins_to_a_cent_for_each_unit(small_market, record_it, booked, entry, outcome):
    await record_it(buy("AAA", "10", "12"), entry)
    await dividend(small_market)

    assert await booked() == outcome


async def test_a_dividend_by_hand_after_the_job_is_answered_with_the_booked_one(small_market, record_it, booked):
    await record_it(buy("AAA", "10", "12"))
    await dividend(small_market)
    await booked()

    assert (await record_it(paid("2.5", FRIDAY))).source is TransactionSource.CORPORATE_ACTION
    assert (await record_it(paid("25", FRIDAY))).source is TransactionSource.MANUAL


async def test_other_kinds_are_booked_as_by_hand(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("AAA", "10", "12"), buy("BBB", "3", "80"), buy("OLD", "4", "30"))
    await tell(
        small_market,
        ActionKind.SPIN_OFF,
        ex_date=TUESDAY,
        other_symbol="BBB",
        numerator=1,
        denominator=5,
        cost_fraction=Decimal("0.25"),
    )
    await tell(
        small_market,
        ActionKind.MERGER,
        symbol="BBB",
        ex_date=THURSDAY,
        other_symbol="AAA",
        numerator=3,
        denominator=1,
        cash=Decimal(2),
    )
    await tell(small_market, ActionKind.MERGER, symbol="OLD", cash=Decimal(35))

    assert await booked() == (3, 0, 0)

    # Two of BBB come to the three; each becomes three of AAA and 2 dollars.
    found = await value(owner, portfolio.id)
    assert {each.instrument.symbol: each.quantity for each in found.positions} == {"AAA": Decimal(25)}
    assert dict(found.cash) == {"USD": Decimal(-120 - 240 - 120 + 10 + 140)}


async def test_a_merger_by_hand_on_an_earlier_day_is_joined(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("OLD", "4", "30"))
    await record_it(Merger(symbol="OLD", cash_per_unit=Decimal(35), trade_date=TUESDAY))
    await tell(small_market, ActionKind.MERGER, symbol="OLD", ex_date=THURSDAY, cash=Decimal(35))

    assert await booked() == (0, 1, 0)
    assert await held(owner, portfolio) == {}


async def test_a_split_follows_a_change_of_symbol(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("OLD", "4", "30"))
    await tell(small_market, symbol="AAA", ex_date=WEDNESDAY)
    await tell(small_market, ActionKind.SYMBOL_CHANGE, symbol="OLD", other_symbol="AAA", ex_date=TUESDAY)

    assert await booked() == (2, 0, 0)
    assert await held(owner, portfolio) == {"AAA": Decimal(8)}


async def test_what_cannot_be_booked_keeps_nobody_from_theirs(small_market, owner, portfolio, record_it, booked):
    # The fraction of the reverse split that is sold later is not there any more.
    await record_it(buy("AAA", "10", "12"), sell("AAA", "10", "12", FRIDAY), buy("BBB", "2", "80"))
    await tell(small_market, numerator=1, denominator=2)
    await tell(small_market, symbol="BBB")

    assert await booked() == (1, 0, 1)
    assert await held(owner, portfolio) == {"BBB": Decimal(4)}
    assert await ActionBooking.all().count() == 1


async def test_a_portfolio_that_is_deleted_is_left_alone(small_market, owner, portfolio, record_it, booked):
    await record_it(buy("AAA", "10", "12"))
    await tell(small_market)
    await Portfolio.filter(id=portfolio.id).update(deleted_at=portfolio.created_at)

    assert await booked() == (0, 0, 0)
