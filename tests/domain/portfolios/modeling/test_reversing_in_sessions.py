"""What a session began with can be reversed in it: tried there, and for real when it is committed."""

from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.portfolios import commands
from domain.portfolios.errors import AlreadyReversed
from domain.portfolios.examination import examination
from domain.portfolios.models import Portfolio, Transaction
from tests.factories.portfolios import TODAY, buy, contribution, record, reverse, sell, value
from tests.support.ledger import check_ledger


@pytest.fixture
def undo(small_market, owner):
    """Reverse an entry of the portfolio, by its sequence, in a session."""

    async def run(base, session, sequence, *, actor=None):
        original = await Transaction.get(portfolio_id=base.id, sequence=sequence)
        async with small_market.unit_of_work(actor or owner) as work:
            reversal, _ = await commands.reverse_transaction(
                work, original.id, idempotency_key=str(new_id()), portfolio_id=session.id
            )
        return reversal

    return run


async def test_it_is_undone_in_the_session_alone(owner, base, begin, undo, rows_of):
    session, other = await begin("one"), await begin("other")
    before = await rows_of(base)

    reversal = await undo(base, session, 2)

    assert (reversal.portfolio_id, reversal.sequence, reversal.kind) == (session.id, 3, "REVERSAL")
    assert (await value(owner, session.id)).cash_balance == Decimal(1000)
    assert (await value(owner, session.id)).positions == ()
    assert [each.quantity for each in (await value(owner, other.id)).positions] == [Decimal(30)]
    assert await rows_of(base) == before
    found = await examination(owner, session.id)
    assert found is not None
    assert found.holds
    found = await examination(owner, other.id)
    assert found is not None
    assert found.holds


async def test_each_session_and_the_portfolio_reverse_it_once(small_market, owner, base, begin, undo):
    sessions = [await begin(str(number)) for number in range(2)]
    for session in sessions:
        await undo(base, session, 2)
    await reverse(small_market, owner, await Transaction.get(portfolio_id=base.id, sequence=2))

    for session in (*sessions, base):
        with pytest.raises(AlreadyReversed):
            await undo(base, session, 2)
    with pytest.raises(AlreadyReversed):
        await undo(base, await begin("later"), 2)
    await check_ledger(base.id)


async def test_what_came_after_the_session_began_is_not_in_it(small_market, owner, base, begin, undo):
    session = await begin()
    await record(small_market, owner, base.id, buy("BBB", "1", "80"))

    with pytest.raises(InvalidInput) as refused:
        await undo(base, session, 3)

    assert refused.value.field == ("portfolio_id",)
    assert (await Portfolio.get(id=session.id)).version == 2


async def test_a_stranger_reverses_nothing(stranger, base, begin, undo):
    session = await begin()

    with pytest.raises(NotFound):
        await undo(base, session, 2, actor=stranger)


async def test_to_commit_reverses_it_for_real_in_its_place(owner, base, begin, attempt, undo, commit):
    session = await begin()
    await attempt(session, buy("BBB", "1", "80", TODAY))
    await undo(base, session, 2)
    await attempt(session, contribution("5", TODAY))

    made = await commit(session, 2)

    assert [each.kind for each in made] == ["BUY", "REVERSAL", "CONTRIBUTION"]
    original = await Transaction.get(portfolio_id=base.id, sequence=2)
    assert made[1].reverses_id == original.id
    assert {each.instrument.symbol for each in (await value(owner, base.id)).positions} == {"BBB"}
    found = await examination(owner, base.id)
    assert found is not None
    assert found.holds
    await check_ledger(base.id)


async def test_what_was_reversed_meanwhile_is_not_committed_again(small_market, owner, base, begin, undo, commit):
    session = await begin()
    await undo(base, session, 2)
    await reverse(small_market, owner, await Transaction.get(portfolio_id=base.id, sequence=2))

    with pytest.raises(AlreadyReversed) as refused:
        await commit(session, 3)

    assert refused.value.field == ("session_id",)
    assert (await Portfolio.get(id=base.id)).version == 3


async def test_what_later_entries_need_is_not_reversed(base, begin, attempt, undo):
    session = await begin()
    await attempt(session, sell("AAA", "30", "15", TODAY))

    with pytest.raises(Exception, match="which transaction 3 takes"):
        await undo(base, session, 2)
