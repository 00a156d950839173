"""What a portfolio has returned: worked out by hand, and in agreement with its valuations at each close."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from domain.kernel.absence import AbsenceReason
from domain.kernel.actor import NOBODY
from domain.kernel.dates import session_close
from domain.kernel.errors import BadUserInput
from domain.portfolios.entries import CurrencyExchange, Income, Split, Transfer, TransferredLot
from domain.portfolios.performance import Period
from domain.portfolios.performances import AskedPerformance, performances, periods
from domain.portfolios.types import TransactionKind
from tests.factories.performance import add_rate, measured, spend_nothing
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    SATURDAY,
    SESSIONS,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    add_instruments,
    buy,
    contribution,
    open_portfolio,
    record,
    reverse,
    sell,
    value,
    withdrawal,
)
from tests.support.compute import ComputeHere
from tests.support.statements import counted_statements

# AAA closes at 10, 11, 12, 13, 14; BBB at 100, 90, 80, 85, 95.
HISTORY = (
    contribution("1000", MONDAY),
    buy("AAA", "50", "10", MONDAY),
    buy("BBB", "5", "90", TUESDAY),
    contribution("1050", WEDNESDAY),
    buy("AAA", "50", "12", WEDNESDAY),
    withdrawal("100", FRIDAY),
)
# Cash: 500, 50, 500, 500, 400.  Worth: 1000, 1050, 2100, 2225, 2275.
VALUES = [1000, 1050, 2100, 2225, 2275]
DAILY = [0, 1050 / 1000 - 1, 2100 / 2100 - 1, 2225 / 2100 - 1, (2275 + 100) / 2225 - 1]
WHOLE = 1.05 * (2225 / 2100) * ((2275 + 100) / 2225) - 1


@pytest.fixture
def performance(small_market, owner, portfolio):
    """Measure the portfolio as its owner."""

    async def run(first=MONDAY, last=FRIDAY, benchmark="SP500"):
        return (await measured(small_market, owner, portfolio.id, first, last, benchmark)).performance

    return run


def said(row):
    return {each.field: each.reason for each in row.absences}


async def test_by_hand(record_it, performance):
    await record_it(*HISTORY)

    found = await performance()

    assert [date.fromordinal(day) for day in found.sessions] == list(SESSIONS)
    assert found.values.tolist() == VALUES
    np.testing.assert_allclose(found.daily, DAILY, rtol=0, atol=1e-15)
    np.testing.assert_allclose(found.cumulative, np.cumprod(1 + np.array(DAILY)) - 1, rtol=0, atol=1e-15)
    assert (found.start_value, found.end_value, found.net_contributions) == (0, 2275, 1950)
    assert found.time_weighted_return == pytest.approx(WHOLE, abs=1e-15)
    assert found.simple_return == pytest.approx(325 / 1950, abs=1e-15)
    # Five days: 1000 was there for all of them, 1050 for three, and 100 was gone for one.
    assert found.modified_dietz == pytest.approx(325 / (1000 + 1050 * 3 / 5 - 100 / 5), abs=1e-15)
    rate = found.money_weighted_return
    paid = 1000 * (1 + rate) ** (4 / 365) + 1050 * (1 + rate) ** (2 / 365) - 100
    assert paid == pytest.approx(2275, rel=1e-12)
    assert said(found) == {
        "annualized_return": AbsenceReason.INSUFFICIENT_HISTORY,
        # The index has no close before Monday's.
        "benchmark_return": AbsenceReason.NOT_COVERED,
        "active_return": AbsenceReason.NOT_COVERED,
    }


async def test_a_range_begins_with_the_close_before(record_it, performance):
    await record_it(*HISTORY)

    found = await performance(WEDNESDAY, THURSDAY)

    assert (found.start_value, found.end_value, found.net_contributions) == (1050, 2225, 1050)
    assert found.time_weighted_return == pytest.approx(2225 / 2100 - 1, abs=1e-15)
    assert found.benchmark_return == pytest.approx(3930 / 3910 - 1, abs=1e-15)
    assert found.active_return == pytest.approx(2225 / 2100 - 3930 / 3910, abs=1e-15)
    assert said(found) == {"annualized_return": AbsenceReason.INSUFFICIENT_HISTORY}


async def test_days_without_a_session_count_in_the_next(record_it, performance):
    await record_it(*HISTORY, contribution("500", SATURDAY))

    friday, weekend = await performance(), await performance(MONDAY, TODAY)

    # Monday the 21st has no close yet.
    assert friday.end_value == weekend.end_value == 2275
    assert weekend.net_contributions == 1950


async def test_nothing_is_later_than_the_last_close(record_it, performance):
    await record_it(*HISTORY, buy("AAA", "1", "15", TODAY))

    found = await performance(FRIDAY, date(2099, 12, 31))

    assert [date.fromordinal(day) for day in found.sessions] == [FRIDAY]
    assert found.end_value == 2275
    empty = await performance(TODAY, date(2099, 12, 31))
    assert (empty.start_value, empty.end_value, len(empty.sessions)) == (2275, 2275, 0)
    assert said(empty)["time_weighted_return"] is AbsenceReason.INSUFFICIENT_HISTORY


async def test_the_return_begins_with_the_first_value(record_it, performance):
    await record_it(contribution("1000", WEDNESDAY), buy("AAA", "100", "10", WEDNESDAY))

    found = await performance(date(2000, 1, 1), FRIDAY)

    assert (found.start_value, found.end_value) == (0, 1400)
    assert found.time_weighted_return == pytest.approx(0.4, abs=1e-15)
    assert found.days == 3
    assert found.benchmark_return == pytest.approx(3940 / 3910 - 1, abs=1e-15)


async def test_days_on_which_nothing_was_there_are_passed_over(record_it, performance):
    await record_it(
        contribution("1000", MONDAY),
        withdrawal("1000", TUESDAY),
        contribution("100", THURSDAY),
        buy("AAA", "10", "10", THURSDAY),
    )

    found = await performance()

    assert found.values.tolist() == [1000, 0, 0, 130, 140]
    assert found.time_weighted_return == pytest.approx(0.4, abs=1e-15)


async def test_an_empty_portfolio_says_so(performance):
    found = await performance()

    assert (found.start_value, found.end_value, found.net_contributions) == (0, 0, 0)
    assert set(said(found)) == {
        "time_weighted_return",
        "money_weighted_return",
        "annualized_return",
        "simple_return",
        "modified_dietz",
        "benchmark_return",
        "active_return",
    }
    assert set(said(found).values()) == {AbsenceReason.INSUFFICIENT_HISTORY}


async def test_no_capital_is_no_return(record_it, performance):
    await record_it(contribution("100", MONDAY), buy("AAA", "30", "10", MONDAY), withdrawal("250", WEDNESDAY))

    found = await performance()

    # 30 x 11 - 200 = 130 on Tuesday; 30 x 12 - 450 is a debt, which cannot be invested on Thursday.
    assert np.isnan(found.time_weighted_return)
    (reason,) = [each for each in found.absences if each.field == "time_weighted_return"]
    assert reason.reason is AbsenceReason.UNDEFINED
    assert "-90.00 on 2022-11-17" in reason.message


async def test_what_has_no_close_yet_is_not_priced(record_it, performance):
    # The first close is Friday's: 10.
    (symbol,) = await add_instruments(1)
    await record_it(contribution("1000", MONDAY), buy(symbol, "2", "9", WEDNESDAY))

    found = await performance()

    assert np.isnan(found.values).tolist() == [False, False, True, True, False]
    assert (found.start_value, found.end_value) == (0, 1002)
    assert np.isnan(found.time_weighted_return)
    assert found.cumulative[:2].tolist() == [0, 0]
    assert np.isnan(found.cumulative[2:]).all()
    reason = {each.field: each for each in found.absences}["time_weighted_return"]
    assert (reason.reason, reason.message) == (AbsenceReason.NO_PRICE, "no close of X000 is known on 2022-11-16")
    assert reason.mend == "load bars that reach back to this day"


async def test_a_reversed_transaction_was_never_there(small_market, owner, portfolio, record_it, performance):
    await record_it(*HISTORY)
    before = await performance()
    late = await record_it(contribution("5", MONDAY))
    await reverse(small_market, owner, late)

    after = await performance()

    assert after.values.tolist() == before.values.tolist()
    assert after.time_weighted_return == before.time_weighted_return


async def test_several_rates_are_none(record_it, performance):
    # Paid in, taken out, and paid in again on the days of two roots.
    await record_it(
        contribution("100", MONDAY), withdrawal("230", TUESDAY), contribution("132", WEDNESDAY), withdrawal("1", FRIDAY)
    )

    found = await performance(MONDAY, FRIDAY)

    assert np.isnan(found.money_weighted_return)
    reason = {each.field: each for each in found.absences}["money_weighted_return"]
    assert reason.reason is AbsenceReason.UNDEFINED
    assert "2 rates fit" in reason.message


@pytest.fixture
async def worldly(small_market, owner):
    """A portfolio in EUR with everything in it that moves between currencies and instruments, and its rates."""
    await add_rate("EURUSD", ("1.1", "1.2", "1.25", "1.3", "1.5"))
    portfolio = await open_portfolio(small_market, owner, base_currency="EUR")
    lot = TransferredLot(opened_on=date(2020, 1, 2), quantity=Decimal(7), cost_basis=Decimal(50))
    await record(
        small_market,
        owner,
        portfolio.id,
        contribution("1000.37", MONDAY, currency="USD"),
        contribution("333.33", MONDAY, currency="EUR"),
        buy("AAA", "31", "10.01", MONDAY, fees="1.23"),
        buy("EEE", "3.7", "20", TUESDAY),
        CurrencyExchange(
            sold=Decimal("100.01"),
            sold_currency="USD",
            bought=Decimal("83.1"),
            bought_currency="EUR",
            trade_date=WEDNESDAY,
        ),
        Transfer(
            kind=TransactionKind.TRANSFER_IN, symbol="AAA", quantity=Decimal(7), lots=(lot,), trade_date=WEDNESDAY
        ),
        buy("BBB", "1", "80", WEDNESDAY),
        Split(symbol="BBB", numerator=2, denominator=1, trade_date=FRIDAY),
        Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=Decimal("3.21"), trade_date=THURSDAY),
        sell("AAA", "12", "13.3", THURSDAY, fees="0.5"),
        withdrawal("17.5", FRIDAY, currency="USD"),
    )
    return portfolio


async def test_each_value_is_that_of_the_valuation_at_the_close(small_market, owner, worldly):
    found = (await measured(small_market, owner, worldly.id, MONDAY, FRIDAY)).performance

    for day, worth in zip(SESSIONS, found.values, strict=True):
        exact = (await value(owner, worldly.id, session_close(day))).total_value
        assert exact is not None
        assert worth == pytest.approx(float(exact), rel=1e-9)


async def test_a_range_in_two_links_to_the_whole(small_market, owner, worldly):
    whole = (await measured(small_market, owner, worldly.id, MONDAY, FRIDAY)).performance

    for cut in SESSIONS[:-1]:
        first = (await measured(small_market, owner, worldly.id, MONDAY, cut)).performance
        second = (await measured(small_market, owner, worldly.id, cut + timedelta(days=1), FRIDAY)).performance
        linked = (1 + first.time_weighted_return) * (1 + second.time_weighted_return) - 1
        assert linked == pytest.approx(whole.time_weighted_return, abs=1e-12)
        assert first.end_value == second.start_value


async def test_what_is_not_theirs_is_not_seen(small_market, owner, stranger, portfolio):
    asked = [AskedPerformance(portfolio.id, MONDAY, FRIDAY, "SP500")]
    for actor in (stranger, NOBODY):
        assert await performances(actor, asked, NOW, ComputeHere(), spend_nothing) == [None]
        assert await periods(actor, [portfolio.id], "SP500", NOW, ComputeHere(), spend_nothing) == [[]]


async def test_nonsense_is_refused(performance):
    with pytest.raises(BadUserInput, match="expected from no later than to, got 2022-11-18 and 2022-11-14"):
        await performance(FRIDAY, MONDAY)
    for symbol in ("NOPE", "", "\x00"):
        with pytest.raises(BadUserInput, match="expected symbols of known instruments"):
            await performance(benchmark=symbol)


async def test_statements(small_market, owner, portfolio, record_it):
    await record_it(*HISTORY)
    with counted_statements() as cold:
        await measured(small_market, owner, portfolio.id, MONDAY, FRIDAY)
    with counted_statements() as warm:
        await measured(small_market, owner, portfolio.id, TUESDAY, FRIDAY)

    # The benchmark and its adjusted closes, portfolio, ledger, the benchmark's plain closes, instruments and theirs.
    # Then the benchmark, portfolio and instruments.
    assert (len(cold), len(warm)) == (7, 3)


async def test_periods_in_one_computation(small_market, owner, portfolio, record_it):
    await record_it(*HISTORY)

    (found,) = await periods(owner, [portfolio.id], "SP500", NOW, ComputeHere(), spend_nothing)

    assert [each.period for each in found] == list(Period)
    assert [(each.first, each.last) for each in found] == [
        (date(2022, 1, 1), FRIDAY),
        (date(2021, 11, 19), FRIDAY),
        (date(2019, 11, 19), FRIDAY),
        (date(2017, 11, 19), FRIDAY),
        (MONDAY, FRIDAY),
    ]
    returns = [None if each.measured is None else each.measured.performance.time_weighted_return for each in found]
    assert returns == [pytest.approx(WHOLE), None, None, None, pytest.approx(WHOLE)]
    assert [len(each.absences) for each in found] == [0, 1, 1, 1, 0]
    assert found[1].absences[0].message == "the portfolio begins on 2022-11-14, and the period on 2021-11-19"
