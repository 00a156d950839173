"""Corporate actions that the market corrects or withdraws after they were booked: every ledger follows, once."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.actor import SYSTEM
from domain.market.action_corrections import Correction, correct_action, withdraw_action
from domain.market.types import ActionKind
from domain.portfolios.booked_actions import are_outdated
from domain.portfolios.entries import Income
from domain.portfolios.examination import examination
from domain.portfolios.ledgers import ledger_known
from domain.portfolios.models import ActionBooking, Portfolio, Transaction
from domain.portfolios.types import TransactionKind, TransactionSource
from domain.storage.readings import as_uuid
from tests.factories.corporate_actions import book, dividend, follow, tell
from tests.factories.portfolios import FRIDAY, MONDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY, buy, reverse, sell, value
from tests.support.ledger import check_ledger


@pytest.fixture
def booked(small_market):
    async def run():
        return await book(small_market)

    return run


@pytest.fixture
def corrected(small_market):
    """Do what the job does; return how many bookings it corrected, and how many it could not book."""

    async def run():
        found = await follow(small_market)
        return found.corrected, found.refused

    return run


@pytest.fixture
def correct(small_market):
    async def run(action, **changes):
        async with small_market.unit_of_work(SYSTEM) as work:
            return await correct_action(work, as_uuid(action.id), Correction(source="corrector", **changes))

    return run


@pytest.fixture
def withdraw(small_market):
    async def run(action):
        async with small_market.unit_of_work(SYSTEM) as work:
            return await withdraw_action(work, as_uuid(action.id))

    return run


async def held(owner, portfolio):
    found = await value(owner, portfolio.id)
    return {each.instrument.symbol: each.quantity for each in found.positions}


async def kinds(portfolio):
    rows = await Transaction.filter(portfolio_id=portfolio.id).order_by("sequence")
    return [(row.kind.value, row.amount) for row in rows]


async def is_whole(owner, portfolio):
    await check_ledger(portfolio.id)
    found = await examination(owner, portfolio.id)
    assert found is not None
    assert [check for check in found.checks if not check.holds] == []


async def test_a_dividend_is_reversed_and_booked_anew(
    owner, portfolio, record_it, booked, corrected, correct, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await dividend(small_market)
    await booked()

    await correct(action, cash=Decimal("0.35"))

    assert await corrected() == (1, 0)
    first, wrong, reversal, right = await Transaction.filter(portfolio_id=portfolio.id).order_by("sequence")
    assert (first.kind, wrong.amount) == (TransactionKind.BUY, Decimal("2.5"))
    assert (reversal.reverses_id, reversal.amount, reversal.source) == (wrong.id, Decimal("-2.5"), "CORPORATE_ACTION")
    assert (right.kind, right.amount, right.trade_date) == (TransactionKind.DIVIDEND, Decimal("3.5"), WEDNESDAY)
    row = await ActionBooking.get()
    assert (row.transaction_id, row.revision) == (right.id, 1)
    assert (await value(owner, portfolio.id)).cash_balance == Decimal("-116.5")
    await is_whole(owner, portfolio)


async def test_to_follow_again_changes_nothing(portfolio, record_it, booked, corrected, correct, small_market):
    await record_it(buy("AAA", "10", "12"))
    action = await dividend(small_market)
    await booked()
    await correct(action, cash=Decimal("0.35"))

    assert [await corrected() for _ in range(3)] == [(1, 0), (0, 0), (0, 0)]
    assert (await Portfolio.get(id=portfolio.id)).version == 4


async def test_what_was_known_before_is_still_answered(
    owner, portfolio, record_it, booked, corrected, correct, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await tell(small_market)
    await booked()

    await correct(action, numerator=3)
    await corrected()

    stored = await Portfolio.get(id=portfolio.id)
    before, after = await ledger_known(stored, 2), await ledger_known(stored, 4)
    assert [each.quantity for each in before.standing(TODAY).holdings] == [Decimal(20)]
    assert [each.quantity for each in after.standing(TODAY).holdings] == [Decimal(30)]


async def test_a_split_is_corrected_where_its_units_were_sold_since(
    owner, portfolio, record_it, booked, corrected, correct, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await tell(small_market)
    await booked()
    # Without the split these are not there: it is undone and booked anew in one step.
    await record_it(sell("AAA", "15", "7", FRIDAY))

    await correct(action, numerator=3)

    assert await corrected() == (1, 0)
    assert await held(owner, portfolio) == {"AAA": Decimal(15)}
    await is_whole(owner, portfolio)


async def test_one_that_leaves_too_few_units_is_refused_and_changes_nothing(
    owner, portfolio, record_it, booked, corrected, correct, withdraw, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await tell(small_market, numerator=3)
    await booked()
    await record_it(sell("AAA", "25", "7", FRIDAY))

    await correct(action, numerator=2)
    assert await corrected() == (0, 1)
    await withdraw(action)
    assert await corrected() == (0, 1)

    assert await held(owner, portfolio) == {"AAA": Decimal(5)}
    assert (await Portfolio.get(id=portfolio.id)).version == 3
    assert await are_outdated(owner, [(await Transaction.get(kind="SPLIT")).id]) == [True]


async def test_later_dividends_are_of_the_units_of_the_corrected_split(
    owner, portfolio, record_it, booked, corrected, correct, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await tell(small_market, ex_date=TUESDAY)
    await dividend(small_market, "0.10", ex_date=THURSDAY)
    await booked()

    await correct(action, numerator=3)

    assert await corrected() == (2, 0)
    assert (await kinds(portfolio))[-4:] == [
        ("REVERSAL", 0),
        ("SPLIT", 0),
        ("REVERSAL", Decimal(-2)),
        ("DIVIDEND", Decimal(3)),
    ]
    assert await corrected() == (0, 0)
    await is_whole(owner, portfolio)


async def test_what_did_not_happen_is_undone_and_can_come_back(
    owner, portfolio, record_it, booked, corrected, withdraw, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await tell(small_market)
    await booked()

    await withdraw(action)
    assert [await corrected() for _ in range(2)] == [(1, 0), (0, 0)]
    assert await held(owner, portfolio) == {"AAA": Decimal(10)}
    assert (await Transaction.get(kind="REVERSAL")).note == "The corporate action did not happen."

    await tell(small_market, numerator=4)
    assert [await booked() for _ in range(2)] == [(1, 0, 0), (0, 0, 0)]
    assert await held(owner, portfolio) == {"AAA": Decimal(40)}
    assert await ActionBooking.all().count() == 1
    await is_whole(owner, portfolio)


async def test_what_was_withdrawn_before_it_was_booked_is_not_booked(record_it, booked, withdraw, small_market):
    await record_it(buy("AAA", "10", "12"))
    await withdraw(await tell(small_market))

    assert await booked() == (0, 0, 0)
    assert await ActionBooking.all().count() == 0


@pytest.mark.parametrize("moved", [(TUESDAY, 23), (THURSDAY, 26), (MONDAY, 13), (date(2022, 12, 1), 13)])
async def test_it_moves_with_its_day(owner, portfolio, record_it, booked, corrected, correct, small_market, moved):
    await record_it(buy("AAA", "10", "12"), buy("AAA", "1", "6", TUESDAY), buy("AAA", "2", "6", WEDNESDAY))
    action = await tell(small_market)
    await booked()
    assert await held(owner, portfolio) == {"AAA": Decimal(24)}

    day, units = moved
    await correct(action, ex_date=day)

    assert [await corrected() for _ in range(2)] == [(1, 0), (0, 0)]
    assert await held(owner, portfolio) == {"AAA": Decimal(units)}
    await is_whole(owner, portfolio)


async def test_who_is_owed_nothing_any_more_has_it_undone(
    owner, portfolio, record_it, booked, corrected, correct, small_market
):
    await record_it(buy("AAA", "10", "12", TUESDAY))
    action = await dividend(small_market)
    await booked()

    await correct(action, ex_date=TUESDAY)

    assert await corrected() == (1, 0)
    assert (await value(owner, portfolio.id)).cash_balance == Decimal(-120)


async def test_a_correction_that_was_taken_back_before_the_job_leaves_the_entry(
    portfolio, record_it, booked, corrected, correct, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await dividend(small_market)
    await booked()

    await correct(action, cash=Decimal("0.35"))
    await correct(action, cash=Decimal("0.25"))

    assert await corrected() == (0, 0)
    assert (await Portfolio.get(id=portfolio.id)).version == 2
    assert (await ActionBooking.get()).revision == 2


async def test_what_was_said_by_hand_stays_and_is_seen_to_differ(
    owner, record_it, booked, corrected, correct, withdraw, small_market
):
    await record_it(buy("AAA", "10", "12"))
    entered = await record_it(paid := _paid("2.5"))
    action = await dividend(small_market)
    assert await booked() == (0, 1, 0)
    assert await are_outdated(owner, [entered.id]) == [False]

    await correct(action, cash=Decimal("0.5"))
    assert await corrected() == (0, 0)
    assert await are_outdated(owner, [entered.id]) == [True]
    await withdraw(action)

    assert await corrected() == (0, 0)
    assert await Transaction.filter(kind="DIVIDEND").count() == 1
    assert entered.source is TransactionSource.MANUAL
    assert entered.amount == paid.amount


async def test_what_the_owner_reversed_stays_reversed(
    owner, portfolio, record_it, booked, corrected, correct, small_market
):
    await record_it(buy("AAA", "10", "12"))
    action = await dividend(small_market)
    await booked()
    await reverse(small_market, owner, await Transaction.get(kind="DIVIDEND"))

    await correct(action, cash=Decimal("0.5"))

    assert await corrected() == (0, 0)
    assert (await value(owner, portfolio.id)).cash_balance == Decimal(-120)


async def test_other_kinds_follow_too(owner, portfolio, record_it, booked, corrected, correct, small_market):
    await record_it(buy("AAA", "10", "12"), buy("OLD", "4", "30"))
    spin_off = await tell(
        small_market,
        ActionKind.SPIN_OFF,
        other_symbol="BBB",
        numerator=1,
        denominator=5,
        cost_fraction=Decimal("0.25"),
    )
    merger = await tell(small_market, ActionKind.MERGER, symbol="OLD", ex_date=THURSDAY, cash=Decimal(35))
    await booked()

    await correct(spin_off, numerator=2, cost_fraction=Decimal("0.5"))
    await correct(merger, cash=Decimal(36))

    assert await corrected() == (2, 0)
    found = await value(owner, portfolio.id)
    assert {each.instrument.symbol: (each.quantity, each.cost_basis) for each in found.positions} == {
        "AAA": (Decimal(10), Decimal(60)),
        "BBB": (Decimal(4), Decimal(60)),
    }
    assert found.cash_balance == Decimal(-240 + 144)
    await is_whole(owner, portfolio)


def _paid(amount):
    return Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal(amount), trade_date=WEDNESDAY)
