"""Many at once: one effect for one key, no more sold than is held, no gap in the sequence."""

import asyncio
from decimal import Decimal

from domain.kernel.errors import VersionConflict
from domain.portfolios.errors import AlreadyReversed, InsufficientQuantity
from domain.portfolios.examination import examination
from domain.portfolios.models import Transaction
from tests.factories.portfolios import TUESDAY, buy, contribution, record, reverse, sell
from tests.support.ledger import check_ledger


async def check_examination(owner, portfolio):
    found = await examination(owner, portfolio.id)
    assert found is not None
    assert [check for check in found.checks if not check.holds] == []


async def test_each_of_1000_keys_sent_five_times_at_once_is_booked_once(small_market, owner, portfolio):
    # All 5,000 at one moment: who finds no connection free waits for one.
    answered = await asyncio.gather(
        *(
            record(small_market, owner, portfolio.id, contribution(str(number + 1)), key=f"key {number}")
            for number in range(1_000)
            for _ in range(5)
        )
    )

    assert await Transaction.all().count() == 1_000
    by_key: dict[str, set[object]] = {}
    for transaction in answered:
        by_key.setdefault(transaction.idempotency_key, set()).add((transaction.id, transaction.sequence))
    assert len(by_key) == 1_000
    assert {len(answers) for answers in by_key.values()} == {1}
    assert (await check_ledger(portfolio.id)).cash == {"USD": Decimal(1_000 * 1_001 // 2)}
    await check_examination(owner, portfolio)


async def test_of_200_sales_at_once_as_many_succeed_as_are_held(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, buy("AAA", "20", "10"))

    answers = await asyncio.gather(
        *[record(small_market, owner, portfolio.id, sell("AAA", "1", "12", TUESDAY)) for _ in range(200)],
        return_exceptions=True,
    )

    assert sum(isinstance(answer, Transaction) for answer in answers) == 20
    assert sum(isinstance(answer, InsufficientQuantity) for answer in answers) == 180
    books = await check_ledger(portfolio.id)
    assert (books.units, books.cash) == ({}, {"USD": Decimal(40)})
    await check_examination(owner, portfolio)


async def test_of_those_who_expect_one_version_one_is_first(small_market, owner, portfolio):
    answers = await asyncio.gather(
        *[record(small_market, owner, portfolio.id, contribution("1"), expected_version=0) for _ in range(20)],
        return_exceptions=True,
    )

    assert sum(isinstance(answer, Transaction) for answer in answers) == 1
    assert sum(isinstance(answer, VersionConflict) for answer in answers) == 19
    await check_ledger(portfolio.id)


async def test_of_ten_reversals_at_once_one_is_booked(small_market, owner, portfolio):
    first = await record(small_market, owner, portfolio.id, contribution("1"))

    answers = await asyncio.gather(*[reverse(small_market, owner, first) for _ in range(10)], return_exceptions=True)

    assert sum(isinstance(answer, AlreadyReversed) for answer in answers) == 9
    assert (await check_ledger(portfolio.id)).cash == {}
