"""What a portfolio is worth: every number worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.kernel.absence import AbsenceReason
from domain.kernel.actor import NOBODY, SYSTEM
from domain.kernel.dates import session_close
from domain.kernel.ids import new_id
from domain.portfolios import commands
from domain.portfolios.ledgers import ledgers
from domain.portfolios.models import Portfolio
from domain.portfolios.queries import Asked, valuations
from domain.portfolios.types import Unpriced
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    SATURDAY,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    contribution,
    new_york,
    open_portfolio,
    record,
    reverse,
    sell,
    tick,
    withdrawal,
)
from tests.factories.portfolios import value as value_of
from tests.support.ledger import check_absences, check_ledger, check_valuation
from tests.support.statements import counted_statements

# Cash after each: 8995, 8445, 6844, 8402, 8000, 8420.
HISTORY = (
    contribution("10000", MONDAY),
    buy("AAA", "100", "10", MONDAY, fees="5"),
    buy("AAA", "50", "11", TUESDAY),
    buy("BBB", "20", "80", WEDNESDAY, fees="1"),
    sell("AAA", "120", "13", THURSDAY, fees="2"),
    withdrawal("402", FRIDAY),
    contribution("1000", TODAY),
    buy("NEW", "10", "58", TODAY),
)


@pytest.fixture
def value(small_market, owner):
    """Value one portfolio as its owner, and check that the numbers fit together."""

    async def run(portfolio, as_of=None):
        found = await value_of(owner, portfolio.id, as_of)
        check_absences(found)
        return found

    return run


@pytest.fixture
async def grown(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, *HISTORY)
    return portfolio


def numbers(valuation):
    return {
        name: getattr(valuation, name)
        for name in ("total_value", "invested_value", "cash_balance", "cost_basis", "unrealized_gain", "day_change")
    }


def amounts(total, invested, cash, cost, gain, change):
    names = ("total_value", "invested_value", "cash_balance", "cost_basis", "unrealized_gain", "day_change")
    return dict(zip(names, map(Decimal, (total, invested, cash, cost, gain, change)), strict=True))


async def test_now_at_the_latest_quotes(grown, value):
    found = await value(grown)

    # 30 x 15.5 + 20 x 94 + 10 x 60 = 465 + 1880 + 600; the sale took the first 100 and 20 of the next 50 units.
    assert numbers(found) == amounts("11365", "2945", "8420", "2511", "434", "45")
    # At Friday's close: 8000 + 30 x 14 + 20 x 95 = 10320; since then 1000 came in.
    assert found.day_change_percent == float(Decimal(4500) / Decimal(10320))
    assert [
        (p.instrument.symbol, p.quantity, p.average_cost, p.cost_basis, p.price, p.market_value, p.unrealized_gain)
        for p in found.positions
    ] == [
        ("AAA", *map(Decimal, ("30", "11", "330", "15.5", "465", "135"))),
        ("BBB", *map(Decimal, ("20", "80.05", "1601", "94", "1880", "279"))),
        ("NEW", *map(Decimal, ("10", "58", "580", "60", "600", "20"))),
    ]
    assert [p.weight for p in found.positions] == [float(Decimal(v) / 11365) for v in (465, 1880, 600)]
    assert (found.at, found.as_of, found.version, found.currency) == (NOW, None, 8, "USD")
    assert found.cash == (("USD", Decimal(8420)),)
    assert (found.unpriced, found.absences) == ((), ())
    check_valuation(found, await check_ledger(grown.id))


@pytest.mark.parametrize(
    ("as_of", "expected", "percent", "at"),
    [
        pytest.param(
            session_close(WEDNESDAY),
            # 150 x 12 + 20 x 80 and 6844; before: 150 x 11 and 8445.  The fee of BBB was paid that day.
            amounts("10244", "3400", "6844", "3156", "244", "149"),
            Decimal(14900) / Decimal(10095),
            session_close(WEDNESDAY),
            id="at the close of Wednesday",
        ),
        pytest.param(
            session_close(WEDNESDAY) - timedelta(seconds=1),
            # Tuesday's closes, what was traded on Wednesday: 150 x 11 + 20 x 90; before: 100 x 10 and 8995.
            amounts("10294", "3450", "6844", "3156", "294", "299"),
            Decimal(29900) / Decimal(9995),
            new_york(WEDNESDAY, 0),
            id="a second before it",
        ),
        pytest.param(
            session_close(MONDAY),
            amounts("9995", "1000", "8995", "1005", "-5", "-5"),
            None,
            session_close(MONDAY),
            id="the first day",
        ),
        pytest.param(
            new_york(SATURDAY, 12),
            # 30 x 14 + 20 x 95 and 8000; before: 30 x 13 + 20 x 85 and 8402; 402 went out.
            amounts("10320", "2320", "8000", "1931", "389", "230"),
            Decimal(23000) / Decimal(10492),
            session_close(FRIDAY),
            id="on the weekend",
        ),
        pytest.param(
            new_york(TODAY, 0),
            # Friday's closes, what was traded today: + 10 x 55; before: Thursday's; 1000 came in and 402 went out.
            amounts("11290", "2870", "8420", "2511", "359", "200"),
            Decimal(20000) / Decimal(10492),
            new_york(TODAY, 0),
            id="this morning",
        ),
        pytest.param(
            new_york(date(2022, 11, 13), 12),
            amounts("0", "0", "0", "0", "0", "0"),
            None,
            new_york(date(2022, 11, 13), 12),
            id="before the first transaction",
        ),
    ],
)
async def test_at_an_instant_of_the_past(grown, value, as_of, expected, percent, at):
    found = await value(grown, as_of)

    assert numbers(found) == expected
    assert found.day_change_percent == (None if percent is None else pytest.approx(float(percent), rel=1e-15))
    assert (found.at, found.as_of) == (at, as_of)
    if percent is None:
        assert [(absence.field, absence.reason) for absence in found.absences] == [
            ("dayChangePercent", AbsenceReason.UNDEFINED)
        ]


@pytest.mark.parametrize("as_of", [NOW, NOW + timedelta(microseconds=1), new_york(date(2099, 1, 1), 0)])
async def test_later_than_now_is_now(grown, value, as_of):
    now, later = await value(grown), await value(grown, as_of)

    assert numbers(later) == numbers(now)
    assert (later.positions, later.at, later.as_of) == (now.positions, now.at, as_of)


async def test_before_its_first_close_an_instrument_has_no_price(grown, value):
    found = await value(grown, new_york(MONDAY, 9))

    assert (found.total_value, found.invested_value, found.unrealized_gain, found.day_change) == (None,) * 4
    assert (found.cash_balance, found.cost_basis) == (Decimal(8995), Decimal(1005))
    assert found.unpriced == (Unpriced("AAA", AbsenceReason.NO_PRICE),)
    (position,) = found.positions
    assert (position.quantity, position.cost_basis) == (Decimal(100), Decimal(1005))
    assert {absence.field for absence in position.absences} == {
        "price",
        "marketValue",
        "unrealizedGain",
        "dayChange",
        "weight",
    }
    assert {absence.reason for absence in (*found.absences, *position.absences)} == {AbsenceReason.NO_PRICE}


async def test_an_empty_portfolio_is_worth_nothing(portfolio, value):
    found = await value(portfolio)

    assert numbers(found) == amounts("0", "0", "0", "0", "0", "0")
    assert (found.positions, found.cash, found.day_change_percent, found.at) == ((), (), None, NOW)


async def test_cash_alone_does_not_change_by_itself(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, contribution("100", MONDAY), contribution("50", TODAY))

    found = await value(portfolio)

    assert (found.total_value, found.day_change, found.day_change_percent) == (Decimal(150), Decimal(0), 0.0)
    assert found.at == new_york(TODAY, 0)


async def test_what_was_sold_is_held_no_more(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, buy("AAA", "3", "10"), sell("AAA", "3", "12", TUESDAY))

    found = await value(portfolio)

    assert (found.positions, found.total_value, found.cost_basis) == ((), Decimal(6), Decimal(0))


async def test_what_did_not_trade_has_not_changed(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, contribution("70"), buy("OLD", "1", "30"), buy("AAA", "4", "10"))

    now, friday = await value(portfolio), await value(portfolio, session_close(FRIDAY))

    # 31 + 4 x 15.5, after 4 x 14 on Friday; 31 is Tuesday's close of what has not traded since.
    assert (now.total_value, now.day_change) == (Decimal(93), Decimal(6))
    assert (friday.total_value, friday.day_change) == (Decimal(87), Decimal(4))


async def test_a_portfolio_s_day_is_that_of_its_own_prices(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, contribution("30"), buy("OLD", "1", "30"))
    other = await open_portfolio(small_market, owner, "Other")
    await record(small_market, owner, other.id, contribution("40"), buy("AAA", "4", "10"))

    for as_of in (None, session_close(FRIDAY)):
        alone = [await value(each, as_of) for each in (portfolio, other)]
        together = await valuations(owner, [Asked(each.id, as_of) for each in (portfolio, other)], NOW)

        assert together == alone
        # Tuesday's close of 31, after Monday's of 30.
        assert (alone[0].total_value, alone[0].day_change) == (Decimal(31), Decimal(1))


async def test_an_instrument_of_another_currency_is_not_added_up(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, contribution("500"), buy("AAA", "2", "10"), buy("EEE", "1", "20"))

    found = await value(portfolio)

    assert numbers(found) == dict.fromkeys(numbers(found))
    assert found.cash == (("EUR", Decimal(-20)), ("USD", Decimal(480)))
    assert found.unpriced == (Unpriced("EEE", AbsenceReason.NOT_COVERED),)
    assert {absence.reason for absence in found.absences} == {AbsenceReason.NOT_COVERED}
    ours, foreign = found.positions
    assert (ours.market_value, ours.cost_basis, ours.weight) == (Decimal(31), Decimal(20), None)
    assert (foreign.price, foreign.average_cost, foreign.cost_basis, foreign.market_value) == (
        Decimal(21),
        Decimal(20),
        None,
        None,
    )


async def test_foreign_cash_is_not_added_up(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, contribution("5", currency="EUR"), buy("AAA", "2", "10"))

    found = await value(portfolio)

    assert (found.invested_value, found.cost_basis, found.unrealized_gain) == (Decimal(31), Decimal(20), Decimal(11))
    assert (found.cash_balance, found.total_value, found.day_change) == (None, None, None)
    assert {absence.reason for absence in found.absences} == {AbsenceReason.NOT_COVERED}


async def test_a_portfolio_in_another_currency_adds_up_its_own(small_market, owner, value):
    portfolio = await open_portfolio(small_market, owner, base_currency="EUR")
    await record(small_market, owner, portfolio.id, contribution("1000"), buy("EEE", "10", "20", fees="1"))

    found = await value(portfolio)

    assert numbers(found) == amounts("1009", "210", "799", "201", "9", "10")
    assert found.currency == "EUR"


async def test_shares_of_less_than_nothing_are_undefined(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, withdrawal("500"), buy("AAA", "2", "10"))

    found = await value(portfolio)

    assert (found.total_value, found.cash_balance) == (Decimal(-489), Decimal(-520))
    assert [(p.weight, [a.reason for a in p.absences]) for p in found.positions] == [(None, [AbsenceReason.UNDEFINED])]
    assert (found.day_change, found.day_change_percent) == (Decimal(3), None)


async def test_the_widest_numbers_are_exact(small_market, owner, portfolio, value):
    largest = "999999999999999999.9999999999"
    await record(small_market, owner, portfolio.id, buy("AAA", largest, "0"), buy("BBB", largest, "0"))

    found = await value(portfolio)

    # 15499999999999999999.99999999845 and 93999999999999999999.9999999906, each to 8 places before they are added.
    assert found.total_value == Decimal("109499999999999999999.99999999")
    assert found.unrealized_gain == found.total_value
    assert found.day_change == Decimal("500000000000000000.00000000")
    check_valuation(found, await check_ledger(portfolio.id))


async def test_each_tick_is_in_the_next_valuation(small_market, grown, owner, value):
    at = NOW + timedelta(minutes=1)
    await tick(small_market, at, AAA="16.5")

    found = await value_of(owner, grown.id, None, at)

    assert (found.total_value, found.day_change, found.at) == (Decimal(11395), Decimal(75), at)


async def test_only_those_who_may_see_a_portfolio_value_it(grown, owner, stranger):
    asked = [Asked(grown.id, None), Asked(new_id(), None), Asked(grown.id, NOW), Asked(grown.id, None)]

    for actor, sees in ((owner, True), (SYSTEM, True), (stranger, False), (NOBODY, False)):
        found = await valuations(actor, asked, NOW)
        assert [each is not None for each in found] == [sees, False, sees, sees]


async def test_twenty_portfolios_are_valued_by_four_statements(small_market, owner):
    made = [await open_portfolio(small_market, owner, f"Number {number}") for number in range(20)]
    for portfolio in made:
        await record(small_market, owner, portfolio.id, *HISTORY)

    async def count(as_of):
        with counted_statements() as statements:
            await valuations(owner, [Asked(each.id, as_of) for each in made], NOW)
        return len(statements)

    # The ledgers are read once.
    assert [await count(None), await count(None), await count(session_close(FRIDAY))] == [4, 3, 3]


async def test_a_ledger_that_was_read_is_never_taken_for_a_later_one(small_market, owner, portfolio, value):
    await record(small_market, owner, portfolio.id, contribution("1"))
    assert (await value(portfolio)).total_value == Decimal(1)

    for total in (3, 6, 10):
        first = await record(small_market, owner, portfolio.id, contribution(str(total)))
        check_valuation(await value(portfolio), await check_ledger(portfolio.id))
        await reverse(small_market, owner, first)
        check_valuation(await value(portfolio), await check_ledger(portfolio.id))


async def test_what_an_aborted_work_has_read_is_forgotten(small_market, owner, portfolio, value):
    async def record_value_and_fail():
        async with small_market.unit_of_work(owner) as work:
            await commands.record_transaction(work, portfolio.id, contribution("7"), idempotency_key="one", today=TODAY)
            assert (await value(portfolio)).total_value == Decimal(7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await record_value_and_fail()
    await record(small_market, owner, portfolio.id, contribution("5"))

    assert (await value(portfolio)).total_value == Decimal(5)


async def test_what_was_recorded_after_a_portfolio_was_read_belongs_to_a_later_version(small_market, owner, portfolio):
    bought = await record(small_market, owner, portfolio.id, contribution("5"), buy("AAA", "1", "10"))
    stale = await Portfolio.get(id=portfolio.id)
    await reverse(small_market, owner, bought)
    await record(small_market, owner, portfolio.id, contribution("7"))

    found = (await ledgers([stale]))[portfolio.id]

    assert [movement.sequence for movement in found.movements] == [1, 2]
    fresh = (await ledgers([await Portfolio.get(id=portfolio.id)]))[portfolio.id]
    assert [movement.sequence for movement in fresh.movements] == [1, 4]
