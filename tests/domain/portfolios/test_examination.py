"""The reading of every row: bounded by whoever asks, and leaving nothing behind."""

import asyncio
import gc

import pytest

from domain.portfolios.examination import examination
from tests.factories.portfolios import MONDAY, TUESDAY, buy, reverse, sell


async def test_who_asks_for_it_can_give_up(owner, portfolio, record_it):
    await record_it(buy("AAA", "10", "11", MONDAY), sell("AAA", "4", "12", TUESDAY))
    before = gc.get_threshold()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await examination(owner, portfolio.id)

    assert gc.get_threshold() == before
    found = await examination(owner, portfolio.id)
    assert found is not None
    assert found.holds


async def test_rows_are_counted_and_reversals_found_on_either_database(small_market, owner, portfolio, record_it):
    sale = await record_it(buy("AAA", "10", "11", MONDAY), sell("AAA", "4", "12", TUESDAY))
    await reverse(small_market, owner, sale)

    found = await examination(owner, portfolio.id)

    assert found is not None
    assert (found.holds, found.transactions, found.postings) == (True, 3, 12)
