"""Many at once: one commit, forks of whole versions, nobody waits for ever."""

import asyncio
import random
from decimal import Decimal

from domain.kernel.errors import NotFound, VersionConflict
from domain.portfolios.editing import delete_portfolio
from domain.portfolios.models import Portfolio
from tests.factories.portfolios import (
    TODAY,
    contribution,
    record,
    sell,
    value,
)
from tests.support.ledger import check_ledger


async def test_of_ten_commits_at_once_one_records(base, begin, attempt, commit):
    session = await begin()
    await attempt(session, contribution("1", TODAY), sell("AAA", "30", "15", TODAY))

    answers = await asyncio.gather(*[commit(session, 2) for _ in range(10)])

    assert len({tuple(each.id for each in answer) for answer in answers}) == 1
    assert (await Portfolio.get(id=base.id)).version == 4
    await check_ledger(base.id)


async def test_of_two_sessions_that_sell_the_same_units_one_is_committed(base, begin, attempt, commit):
    sessions = [await begin(str(number)) for number in range(5)]
    for session in sessions:
        await attempt(session, sell("AAA", "20", "15", TODAY))

    answers = await asyncio.gather(*[commit(each, 2) for each in sessions], return_exceptions=True)

    assert sum(isinstance(answer, VersionConflict) for answer in answers) == 4
    assert (await check_ledger(base.id)).cash == {"USD": Decimal(1000)}


async def test_a_fork_while_trades_are_recorded_is_of_a_version_that_is_whole(small_market, owner, base, begin):
    async def fork():
        session = await begin()
        return session.fork_version, (await value(owner, session.id)).cash_balance

    writing = [record(small_market, owner, base.id, contribution("1", TODAY)) for _ in range(40)]
    waiting = [*writing, *[fork() for _ in range(20)]]
    random.Random(7).shuffle(waiting)
    answers = await asyncio.gather(*waiting)

    found = [answer for answer in answers if isinstance(answer, tuple)]
    assert len(found) == 20
    # Each contribution is one version and one dollar.
    assert all(cash == 700 + version - 2 for version, cash in found)
    await check_ledger(base.id)


async def test_commit_and_delete_at_once_wait_for_each_other(small_market, owner, base, begin, attempt, commit):
    async def delete():
        async with small_market.unit_of_work(owner) as work:
            await delete_portfolio(work, base.id, expected_version=None)

    sessions = [await begin(str(number)) for number in range(4)]
    for session in sessions:
        await attempt(session, contribution("1", TODAY))

    answers = await asyncio.gather(
        *[commit(each, 2) for each in sessions[:2]],
        delete(),
        *[commit(each, 2) for each in sessions[2:]],
        return_exceptions=True,
    )

    assert all(isinstance(answer, (NotFound, VersionConflict, list, type(None))) for answer in answers), answers
    assert await Portfolio.filter(deleted_at=None).count() == 0
    assert (await Portfolio.get(id=base.id)).version in (2, 3)
