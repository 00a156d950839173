"""Reading portfolios: pages that add up to the list, and nothing of another's."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.actor import NOBODY, SYSTEM, Actor
from domain.kernel.ids import new_id
from domain.kernel.paging import Page, PageRequest
from domain.portfolios import queries
from domain.portfolios.models import Account, Mark, Transaction
from tests.factories.portfolios import FRIDAY, MONDAY, TUESDAY, contribution, open_portfolio, record, reverse

START = date(2021, 1, 1)


@pytest.fixture
async def filled(small_market, owner, portfolio):
    """A portfolio with 11 transactions, not in the order of their dates, and 7 marks."""
    days = [FRIDAY, MONDAY, TUESDAY, MONDAY, FRIDAY, FRIDAY, MONDAY, TUESDAY, TUESDAY, MONDAY]
    await record(small_market, owner, portfolio.id, *[contribution(str(n + 1), day) for n, day in enumerate(days)])
    await reverse(small_market, owner, await Transaction.get(portfolio_id=portfolio.id, sequence=5))
    for day in range(7):
        await Mark.create(
            tenant_id=owner.tenant_id,
            portfolio_id=portfolio.id,
            session=START + timedelta(days=day),
            version=1,
            currency="USD",
            recorded_at=small_market.clock.now(),
        )
    return portfolio


async def walk(read, key_of, limit, *, backwards):
    """Read page after page, and return them in the list's order."""
    rows: list[Any] = []
    key = None
    while True:
        request = PageRequest(
            limit=limit, backwards=backwards, after=None if backwards else key, before=key if backwards else None
        )
        page = await read(request)
        more = page.has_previous if backwards else page.has_next
        assert (page.has_next if backwards else page.has_previous) == (key is not None)
        assert len(page.rows) == limit or not more
        rows = [*page.rows, *rows] if backwards else [*rows, *page.rows]
        if not more:
            return rows
        key = key_of(page.rows[0] if backwards else page.rows[-1])


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 11, 100])
async def test_pages_of_transactions_add_up_to_the_ledger(filled, owner, limit, backwards):
    rows = await walk(
        lambda request: queries.transaction_page(owner, filled.id, request, with_total=False),
        lambda row: (row.trade_date, row.sequence),
        limit,
        backwards=backwards,
    )

    everything = await Transaction.filter(portfolio_id=filled.id)
    assert [row.id for row in rows] == [
        row.id for row in sorted(everything, key=lambda row: (row.trade_date, row.sequence))
    ]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 7])
async def test_pages_of_marks_add_up(filled, owner, limit, backwards):
    rows = await walk(
        lambda request: queries.mark_page(owner, filled.id, request, with_total=False),
        lambda row: (row.session,),
        limit,
        backwards=backwards,
    )

    assert [row.session for row in rows] == [START + timedelta(days=day) for day in range(7)]


@pytest.mark.parametrize("backwards", [False, True])
async def test_pages_of_portfolios_add_up(small_market, owner, stranger, backwards):
    made = [(await open_portfolio(small_market, owner, f"Number {number}")).id for number in range(5)]
    await open_portfolio(small_market, stranger)

    rows = await walk(
        lambda request: queries.portfolio_page(owner, owner.user_id, request, with_total=False),
        lambda row: (row.id,),
        2,
        backwards=backwards,
    )

    assert [row.id for row in rows] == sorted(made)


async def test_a_page_between_two_keys(filled, owner):
    request = PageRequest(limit=2, after=(MONDAY, 4), before=(FRIDAY, 1))

    page = await queries.transaction_page(owner, filled.id, request, with_total=True)

    # After Monday's fourth come its seventh and tenth, and Tuesday's three.
    assert [row.sequence for row in page.rows] == [7, 10]
    assert (page.has_next, page.has_previous, page.total) == (True, True, 11)


async def test_an_empty_page(owner, portfolio):
    page = await queries.transaction_page(owner, portfolio.id, PageRequest(limit=0), with_total=True)

    assert (list(page.rows), page.has_next, page.has_previous, page.total) == ([], False, False, 0)


async def test_nothing_of_another_s_is_seen(small_market, filled, owner, stranger):
    account = await Account.get(portfolio_id=filled.id)
    transaction = await Transaction.get(portfolio_id=filled.id, sequence=1)
    mark = await Mark.get(portfolio_id=filled.id, session=START)
    elsewhere = Actor(user_id=owner.user_id, tenant_id=new_id())
    request = PageRequest(limit=10)

    for actor, sees in ((owner, True), (SYSTEM, True), (stranger, False), (NOBODY, False), (elsewhere, False)):
        found: list[Sequence[object]] = [
            await queries.portfolios_by_id(actor, [filled.id]),
            await queries.transactions_by_id(actor, [transaction.id]),
            await queries.accounts_by_id(actor, [account.id]),
            await queries.marks_by_id(actor, [mark.id]),
        ]
        assert [row is not None for (row,) in found] == [sees] * 4, actor
        pages: list[Page[Any]] = [
            await queries.transaction_page(actor, filled.id, request, with_total=True),
            await queries.mark_page(actor, filled.id, request, with_total=True),
            await queries.portfolio_page(actor, owner.user_id, request, with_total=True),
        ]
        assert [bool(page.total) and bool(page.rows) for page in pages] == [sees] * 3, actor
        assert [bool(rows) for rows in await queries.accounts_of(actor, [filled.id])] == [sees]


async def test_rows_come_in_the_order_asked_with_none_where_there_is_none(small_market, owner):
    first, second = [await open_portfolio(small_market, owner, name) for name in "ab"]
    missing = new_id()

    rows = await queries.portfolios_by_id(owner, [second.id, missing, first.id, second.id])

    assert [row and row.name for row in rows] == ["b", None, "a", "b"]


async def test_rows_of_a_portfolio_with_two_accounts_start_with_the_default_one(small_market, owner, portfolio):
    await Account.create(
        tenant_id=owner.tenant_id,
        portfolio_id=portfolio.id,
        name="Another",
        kind="ROTH_IRA",
        is_default=False,
        created_at=small_market.clock.now(),
    )

    ((default, other), nothing) = await queries.accounts_of(owner, [portfolio.id, new_id()])

    assert (default.is_default, other.name, nothing) == (True, "Another", [])
