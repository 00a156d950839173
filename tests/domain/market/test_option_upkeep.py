"""Which chains are asked for anew, and which quotes of options go."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.kernel.actor import SYSTEM
from domain.market import chains, option_upkeep
from domain.market.providers.observed import ObservedContract
from domain.market.types import OptionRight, OptionStyle
from domain.storage import statements
from domain.storage.statements import statement
from tests.factories.live_market import live_market, row_of

__all__ = ["live_market"]

CLOSE = datetime(2024, 5, 14, 20, 0, tzinfo=UTC)
_STORED = statement("SELECT i.symbol, q.at FROM option_quotes q JOIN instruments i ON i.number = q.instrument")


@pytest.fixture
def store(live_market):
    async def run(at, strike="10", expiry=date(2024, 6, 21), symbol="AAA"):
        told = ObservedContract(
            underlying=symbol,
            right=OptionRight.CALL,
            style=OptionStyle.AMERICAN,
            strike=Decimal(strike),
            expiry=expiry,
            bid=Decimal(1),
            ask=Decimal(2),
            at=at,
        )
        row = await row_of(symbol)
        kept, refused = chains.screen(row, [told], at)
        assert refused == []
        async with live_market.unit_of_work(SYSTEM) as work:
            await chains.store_chain(work, row, "file", kept)

    return run


async def times():
    return sorted(str(at)[:16].replace("T", " ") for _, at in await statements.fetch(_STORED))


async def test_a_chain_is_due_until_it_is_quoted_at_the_close(store):
    assert await option_upkeep.due_chains(CLOSE.date()) == [], "no contract is known"
    await store(CLOSE - timedelta(hours=3))
    assert await option_upkeep.due_chains(CLOSE.date()) == ["AAA"]
    await store(CLOSE - timedelta(days=30), symbol="BBB", expiry=date(2024, 5, 13))
    assert await option_upkeep.due_chains(CLOSE.date()) == ["AAA"], "the other's contract has expired"

    await store(CLOSE - timedelta(minutes=15), strike="11")

    assert await option_upkeep.due_chains(CLOSE.date()) == []
    assert await option_upkeep.due_chains(date(2024, 5, 15)) == ["AAA"]


async def test_of_old_quotes_the_last_of_each_day_stays_and_of_very_old_ones_none(
    live_market, store, clock, monkeypatch
):
    clock.advance(CLOSE - clock.now())
    week, year = timedelta(days=7), timedelta(days=400)
    for age in (timedelta(0), timedelta(hours=2), week + timedelta(hours=1), week + timedelta(hours=3), year):
        await store(CLOSE - age)
        await store(CLOSE - age, strike="11")
    await store(CLOSE - year - timedelta(minutes=1))
    monkeypatch.setattr(option_upkeep, "_CONTRACTS", 1)
    gone, parts = 0, 0
    after: int | None = -1
    while after is not None:
        async with live_market.unit_of_work(SYSTEM) as work:
            count, after = await option_upkeep.prune_quotes(work, after)
        gone, parts = gone + count, parts + 1

    # Of each contract the earlier of the two that are more than a week old; and what is older than 400 days.
    assert (gone, parts) == (3, 3)
    stays = [CLOSE, CLOSE - timedelta(hours=2), CLOSE - week - timedelta(hours=1), CLOSE - year]
    assert await times() == sorted(f"{at:%Y-%m-%d %H:%M}" for at in stays for _ in range(2))
