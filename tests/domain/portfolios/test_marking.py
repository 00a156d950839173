"""Marks: what each portfolio was worth at the close of a session."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.dates import session_close
from domain.portfolios.events import PortfolioMarked
from domain.portfolios.marking import mark_portfolios, portfolios_to_mark, prune_marks
from domain.portfolios.models import Mark
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    TUESDAY,
    buy,
    contribution,
    open_portfolio,
    record,
)


@pytest.fixture
def mark(small_market):
    async def run(*portfolios, session=FRIDAY):
        async with small_market.unit_of_work(SYSTEM) as work:
            return await mark_portfolios(work, [each.id for each in portfolios], session, NOW)

    return run


async def test_a_mark_is_the_worth_at_the_close(small_market, owner, portfolio, mark, clock):
    await record(small_market, owner, portfolio.id, contribution("100"), buy("AAA", "3", "10", fees="1"))

    async with small_market.bus.listen(PortfolioMarked.channel(portfolio_id=portfolio.id)) as listener:
        assert await mark(portfolio) == 1
        assert await listener.next() == PortfolioMarked(portfolio_id=portfolio.id, session=FRIDAY)

    stored = await Mark.get()
    assert (stored.portfolio_id, stored.session, stored.version, stored.currency) == (portfolio.id, FRIDAY, 2, "USD")
    assert (stored.total_value, stored.invested_value, stored.cash_balance, stored.cost_basis) == tuple(
        map(Decimal, ("111", "42", "69", "31"))
    )
    assert (stored.recorded_at, stored.tenant_id) == (clock.now(), owner.tenant_id)


async def test_a_mark_at_the_market_s_now_is_not_of_a_later_quote(small_market, owner, portfolio):
    """The next session may begin between the look at the clock and the look at the quotes."""
    await record(small_market, owner, portfolio.id, buy("AAA", "3", "10"))
    close = session_close(FRIDAY)

    async with small_market.unit_of_work(SYSTEM) as work:
        await mark_portfolios(work, [portfolio.id], FRIDAY, close)

    assert (await Mark.get()).invested_value == Decimal(42)


async def test_to_mark_again_renews_the_mark(small_market, owner, portfolio, mark):
    await record(small_market, owner, portfolio.id, contribution("100"))
    await mark(portfolio)
    first = await Mark.get()
    await record(small_market, owner, portfolio.id, contribution("50", TUESDAY))

    await mark(portfolio)
    await mark(portfolio, session=MONDAY)

    friday, monday = await Mark.get(session=FRIDAY), await Mark.get(session=MONDAY)
    assert (friday.id, friday.total_value, friday.version) == (first.id, Decimal(150), 2)
    assert monday.total_value == Decimal(100)


async def test_what_cannot_be_priced_is_null(small_market, owner, portfolio, mark):
    await record(small_market, owner, portfolio.id, contribution("5"), buy("EEE", "1", "20"))

    await mark(portfolio)

    stored = await Mark.get()
    assert (stored.total_value, stored.invested_value, stored.cash_balance, stored.cost_basis) == (None,) * 4


async def test_a_sum_that_no_column_holds_keeps_nobody_from_a_mark(small_market, owner, stranger, portfolio, mark):
    await record(
        small_market, owner, portfolio.id, buy("BBB", "999999999999999999", "0"), buy("BBB", "99999999999999999", "0")
    )
    modest = await open_portfolio(small_market, stranger)
    await record(small_market, stranger, modest.id, contribution("5"))

    assert await mark(portfolio, modest) == 2

    wide, small = await Mark.get(portfolio_id=portfolio.id), await Mark.get(portfolio_id=modest.id)
    assert (wide.total_value, wide.invested_value, wide.cash_balance) == (None, None, Decimal(0))
    assert small.total_value == Decimal(5)


async def test_one_an_owner_s_or_all_are_marked(small_market, owner, stranger, portfolio):
    other = await open_portfolio(small_market, owner, "Other")
    foreign = await open_portfolio(small_market, stranger)

    async def found(**which):
        return set(await portfolios_to_mark(**{"owner_id": None, "portfolio_id": None, **which}))

    assert await found() == {portfolio.id, other.id, foreign.id}
    assert await found(owner_id=owner.user_id) == {portfolio.id, other.id}
    assert await found(portfolio_id=other.id) == {other.id}
    # A job of one owner never reaches another's portfolio.
    assert await found(owner_id=owner.user_id, portfolio_id=foreign.id) == set()


async def test_marks_are_kept_for_365_days(small_market, owner, portfolio, stranger, mark):
    other = await open_portfolio(small_market, stranger)
    kept, gone = FRIDAY - timedelta(days=365), FRIDAY - timedelta(days=366)
    for each in (portfolio, other):
        for session in (kept, gone, MONDAY):
            await mark(each, session=session)

    async with small_market.unit_of_work(SYSTEM) as work:
        assert await prune_marks(work, [portfolio.id], FRIDAY) == 1

    assert await Mark.filter(portfolio_id=portfolio.id).order_by("session").values_list("session", flat=True) == [
        kept,
        MONDAY,
    ]
    assert await Mark.filter(portfolio_id=other.id).count() == 3
