"""A modeling session is a fork that is worth what it tries, and leaves what it began with alone."""

from decimal import Decimal

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound, VersionConflict
from domain.kernel.ids import new_id
from domain.portfolios import commands as portfolios
from domain.portfolios import ledgers
from domain.portfolios.editing import delete_portfolio
from domain.portfolios.errors import InsufficientQuantity
from domain.portfolios.ledger_book import LedgerBook, Origin
from domain.portfolios.marking import mark_portfolios, portfolios_to_mark
from domain.portfolios.modeling import commands, queries
from domain.portfolios.models import Mark, Portfolio, Transaction
from domain.portfolios.queries import Asked
from domain.portfolios.sharing import share_portfolio
from domain.portfolios.types import SharePermission, TransactionSource
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    TODAY,
    buy,
    contribution,
    open_portfolio,
    record,
    reverse,
    sell,
    value,
)


async def test_a_session_begins_as_its_base_is(owner, base, begin):
    session = await begin()

    assert (session.fork_of_id, session.fork_version, session.version) == (base.id, 2, 2)
    before, after = await value(owner, base.id), await value(owner, session.id)
    # 700 and 30 x 15.5.
    assert before.total_value == after.total_value == Decimal(1165)
    assert [(each.instrument.symbol, each.quantity) for each in after.positions] == [("AAA", Decimal(30))]
    assert await AuditEntry.filter(action="modeling_session.create", subject_id=session.id).count() == 1


async def test_what_is_tried_changes_the_session_and_not_its_base(owner, base, begin, attempt, rows_of):
    stored, worth = await rows_of(base), await value(owner, base.id)
    session = await begin()

    recorded = await attempt(session, sell("AAA", "10", "15", TODAY), buy("BBB", "2", "90", TODAY))

    assert [each.sequence for each in recorded] == [3, 4]
    # 700 + 150 - 180, 20 x 15.5, 2 x 94.
    after = await value(owner, session.id)
    assert (after.total_value, after.cash_balance, after.version) == (Decimal(1168), Decimal(670), 4)
    assert await rows_of(base) == stored
    assert await value(owner, base.id) == worth


async def test_the_base_going_on_does_not_change_the_session(small_market, owner, base, begin, attempt, monkeypatch):
    session = await begin()
    await attempt(session, sell("AAA", "10", "15", TODAY))
    worth = await value(owner, session.id)

    # Later, and before what the session began with.
    await record(small_market, owner, base.id, sell("AAA", "25", "15", TODAY), contribution("7", MONDAY))

    assert await value(owner, session.id) == worth
    # Read from nothing too.
    monkeypatch.setattr(ledgers, "_kept", ledgers._Kept())
    assert await value(owner, session.id) == worth
    # What the base has sold since, the session still has.
    await attempt(session, sell("AAA", "20", "15", TODAY))
    with pytest.raises(InsufficientQuantity):
        await attempt(session, sell("AAA", "1", "15", TODAY))


async def test_a_reversal_in_the_base_does_not_change_the_session(small_market, owner, base, begin):
    session = await begin()
    bought = await Transaction.get(portfolio_id=base.id, sequence=2)
    await reverse(small_market, owner, bought)

    assert (await value(owner, base.id)).invested_value == 0
    assert (await value(owner, session.id)).invested_value == Decimal(465)


async def test_trades_are_all_recorded_or_none(base, begin, attempt):
    session = await begin()
    with pytest.raises(InsufficientQuantity) as raised:
        await attempt(session, buy("AAA", "5", "10", TODAY), sell("AAA", "36", "15", TODAY))

    assert raised.value.field == ("transactions", "1", "sell", "quantity")
    assert (await Portfolio.get(id=session.id)).version == 2
    assert await Transaction.filter(portfolio_id=session.id).count() == 0


async def test_a_key_is_of_one_session_and_one_input(small_market, owner, base, begin, attempt):
    session = await begin()
    trades = (sell("AAA", "1", "15", TODAY), sell("AAA", "2", "15", TODAY))
    first = await attempt(session, *trades, key="once")

    assert [each.id for each in await attempt(session, *trades, key="once")] == [each.id for each in first]
    for other in (trades[:1], trades[::-1], (*trades, trades[0])):
        with pytest.raises(IdempotencyKeyReused):
            await attempt(session, *other, key="once")
    assert (await Portfolio.get(id=session.id)).version == 4
    # The same key elsewhere is another key.
    await attempt(await begin(), *trades, key="once")
    await record(small_market, owner, base.id, contribution("1", TODAY), key="once")
    await record(small_market, owner, session.id, contribution("1", TODAY), key="once")


async def test_a_key_makes_one_session(small_market, owner, base, begin):
    first = await begin(key="k")
    assert (await begin(key="k")).id == first.id
    with pytest.raises(IdempotencyKeyReused):
        await begin("Other", key="k")
    # Neither a portfolio of this key nor a session of another portfolio is in the way.
    made = await open_portfolio(small_market, owner, "Other", idempotency_key="k")
    assert (await begin(key="k", of=made.id)).id != first.id
    async with small_market.unit_of_work(owner) as work:
        await commands.discard_session(work, first.id)
    with pytest.raises(NotFound, match="has been deleted"):
        await begin(key="k")


async def test_what_cannot_be_forked(stranger, base, begin):
    session = await begin()
    with pytest.raises(InvalidInput, match="expected a portfolio, got that of a modeling session"):
        await begin(of=session.id)
    with pytest.raises(VersionConflict):
        await begin(expected_version=1)
    with pytest.raises(InvalidInput, match="expected a name"):
        await begin(" ")
    for key, actor in ((base.id, stranger), (new_id(), None)):
        with pytest.raises(NotFound, match="no such portfolio"):
            await begin(of=key, actor=actor)
    assert await Portfolio.all().count() == 2


async def test_what_has_happened_is_not_tried(small_market, owner, begin):
    session = await begin()
    for source in (TransactionSource.IMPORT, TransactionSource.CORPORATE_ACTION):
        with pytest.raises(InvalidInput, match=f"expected a trade to try in .*, got one of .* {source}"):
            async with small_market.unit_of_work(owner) as work:
                await portfolios.record_transactions(
                    work, session.id, [("k", contribution("1"))], today=TODAY, origin=Origin(source=source)
                )


async def test_what_is_of_another_portfolio_is_not_reversed_in_it(small_market, owner, base, begin, attempt):
    session = await begin()
    (own,) = await attempt(session, sell("AAA", "1", "15", TODAY))
    other = await open_portfolio(small_market, owner, "Other")
    original = await record(small_market, owner, other.id, contribution("1"))

    async def reverse_it():
        async with small_market.unit_of_work(owner) as work:
            book = await LedgerBook.open(work, await Portfolio.get(id=session.id), TODAY)
            await book.reverse(original, key="k", digest="d", note=None)

    with pytest.raises(InvalidInput, match="expected a transaction of this portfolio"):
        await reverse_it()

    await reverse(small_market, owner, own)

    assert (await value(owner, session.id)).invested_value == Decimal(465)


async def test_nothing_of_a_session_is_marked(small_market, owner, base, begin, attempt):
    session = await begin()
    await attempt(session, contribution("1", TODAY))

    assert await portfolios_to_mark(owner_id=None, portfolio_id=None) == [base.id]
    assert await portfolios_to_mark(owner_id=owner.user_id, portfolio_id=None) == [base.id]
    assert await portfolios_to_mark(owner_id=None, portfolio_id=session.id) == []
    async with small_market.unit_of_work(SYSTEM) as work:
        assert await mark_portfolios(work, [base.id], FRIDAY, NOW) == 1
    assert [each.portfolio_id for each in await Mark.all()] == [base.id]


async def test_a_stranger_has_nothing_to_do_with_it(small_market, owner, stranger, begin, attempt, commit):
    session = await begin()
    await attempt(session, contribution("1", TODAY))

    missing = "no such modeling session"
    with pytest.raises(NotFound, match=missing):
        await attempt(session, contribution("1", TODAY), actor=stranger)
    with pytest.raises(NotFound, match=missing):
        await commit(session, 2, actor=stranger)
    with pytest.raises(NotFound, match=missing):
        async with small_market.unit_of_work(stranger) as work:
            await commands.save_session(work, session.id, name="Mine", now=NOW)
    with pytest.raises(NotFound, match=missing):
        async with small_market.unit_of_work(stranger) as work:
            await commands.discard_session(work, session.id)
    assert await queries.impacts(stranger, [Asked(session.id, None)], NOW) == [None]
    assert await queries.sessions_by_id(stranger, [session.id]) == [None]


async def test_a_session_goes_with_its_base(small_market, owner, base, begin):
    session = await begin()
    async with small_market.unit_of_work(owner) as work:
        await delete_portfolio(work, base.id, expected_version=2)

    assert await queries.sessions_by_id(owner, [session.id]) == [None]


@pytest.mark.parametrize("count", [0, 101])
async def test_so_many_trades_at_once_are_refused(begin, attempt, count):
    session = await begin()
    with pytest.raises(InvalidInput, match=f"expected 1 to 100 transactions, got {count}"):
        await attempt(session, *[contribution("1", TODAY)] * count)


@pytest.mark.parametrize("hides_amounts", [False, True])
async def test_a_viewer_forks_what_they_see_all_of_and_commits_nothing(
    small_market, owner, stranger, base, begin, attempt, commit, hides_amounts
):
    async with small_market.unit_of_work(owner) as work:
        await share_portfolio(
            work,
            base.id,
            email="stranger@example.com",
            permission=SharePermission.VIEWER,
            hides_amounts=hides_amounts,
        )
    if hides_amounts:
        with pytest.raises(NotFound, match="no such portfolio"):
            await begin(actor=stranger)
        return

    session = await begin(actor=stranger)
    await attempt(session, sell("AAA", "1", "15", TODAY), actor=stranger)

    assert (await value(stranger, session.id)).total_value == Decimal("1164.5")
    # Private to who made it.
    assert await queries.sessions_by_id(owner, [session.id]) == [None]
    with pytest.raises(NotFound, match="that you may change"):
        await commit(session, 2, actor=stranger)
