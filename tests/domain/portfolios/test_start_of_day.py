"""What a company does to its shares counts from the start of its day, whenever it is recorded."""

from decimal import Decimal

from domain.kernel.dates import session_close
from domain.portfolios.entries import Split
from domain.portfolios.errors import InsufficientQuantity
from tests.factories.portfolios import MONDAY, THURSDAY, TUESDAY, WEDNESDAY, buy, sell, value


def split(day, numerator=2, denominator=1, **more):
    return Split(symbol="AAA", numerator=numerator, denominator=denominator, trade_date=day, **more)


async def held(owner, portfolio, day=THURSDAY):
    (position,) = (await value(owner, portfolio.id, session_close(day))).positions
    return position.quantity, position.cost_basis


async def test_units_of_an_ex_date_are_new_ones_already(record_it, owner, portfolio):
    await record_it(buy("AAA", "10", "12"), buy("AAA", "3", "6", WEDNESDAY), split(WEDNESDAY))

    assert await held(owner, portfolio) == (Decimal(23), Decimal(138))


async def test_units_of_the_day_before_are_old_ones_though_they_are_recorded_late(record_it, owner, portfolio):
    await record_it(buy("AAA", "10", "12"), split(WEDNESDAY), buy("AAA", "1", "12", TUESDAY))

    assert await held(owner, portfolio) == (Decimal(22), Decimal(132))
    assert await held(owner, portfolio, TUESDAY) == (Decimal(11), Decimal(132))


async def test_new_units_can_be_sold_on_the_ex_date_though_the_action_comes_late(record_it, owner, portfolio):
    await record_it(buy("AAA", "10", "12"), buy("AAA", "10", "6", WEDNESDAY), sell("AAA", "20", "7", WEDNESDAY))
    await record_it(split(WEDNESDAY))

    # The oldest are sold first: all 20 that have come of the first purchase.
    assert await held(owner, portfolio) == (Decimal(10), Decimal(60))


async def test_what_was_bought_on_the_day_itself_is_not_split(refused, record_it):
    await record_it(buy("AAA", "10", "6", WEDNESDAY))

    refusal = await refused(InsufficientQuantity, split(WEDNESDAY))

    assert refusal.message == "expected AAA to be held at the start of 2022-11-16, got none"


async def test_two_actions_of_one_day_follow_one_another(record_it, owner, portfolio):
    await record_it(buy("AAA", "10", "12", MONDAY), split(WEDNESDAY, 3, 2), split(WEDNESDAY, 2, 5))

    assert await held(owner, portfolio) == (Decimal(6), Decimal(120))


async def test_a_fraction_is_paid_of_the_units_that_the_day_begins_with(record_it, owner, portfolio):
    await record_it(buy("AAA", "5", "12"), buy("AAA", "1", "20", WEDNESDAY))
    await record_it(split(WEDNESDAY, 1, 2, cash_in_lieu=Decimal(10)))

    assert await held(owner, portfolio) == (Decimal(3), Decimal(68))
