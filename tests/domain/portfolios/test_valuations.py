"""The latest valuation is kept, and answers again only what would come out the same."""

from datetime import timedelta
from decimal import Decimal

from domain.kernel.actor import SYSTEM
from domain.kernel.dates import session_close
from domain.market.closes_by_hand import set_close
from domain.market.queries import instruments_by_symbol
from domain.portfolios import valuation as pure
from tests.factories.portfolios import (
    FRIDAY,
    NOW,
    THURSDAY,
    TODAY,
    buy,
    contribution,
    record,
    tick,
    value,
)


async def _computed(monkeypatch) -> list[object]:
    """Have every valuation that is computed noted, the rest answered from what is kept."""
    computed: list[object] = []
    compute = pure.value

    def noted(*arguments):
        computed.append(compute(*arguments))
        return computed[-1]

    monkeypatch.setattr(pure, "value", noted)
    return computed


async def test_what_has_not_changed_is_not_valued_again(small_market, owner, portfolio, monkeypatch):
    await record(small_market, owner, portfolio.id, contribution("10000"), buy("AAA", "100", "10"))
    computed = await _computed(monkeypatch)

    first = await value(owner, portfolio.id)
    again = await value(owner, portfolio.id)

    assert again is first
    assert len(computed) == 1


async def test_a_price_an_entry_and_an_instant_make_a_new_one(small_market, owner, portfolio, monkeypatch):
    await record(small_market, owner, portfolio.id, contribution("10000"), buy("AAA", "100", "10"))
    before = await value(owner, portfolio.id)

    await tick(small_market, NOW + timedelta(seconds=1), AAA="16")
    dearer = await value(owner, portfolio.id, now=NOW + timedelta(seconds=1))
    await record(small_market, owner, portfolio.id, buy("BBB", "1", "90", TODAY))
    grown = await value(owner, portfolio.id, now=NOW + timedelta(seconds=1))
    computed = await _computed(monkeypatch)
    past = await value(owner, portfolio.id, as_of=NOW - timedelta(days=2))
    earlier = await value(owner, portfolio.id, now=NOW)

    assert dearer.total_value != before.total_value
    assert (grown.version, len(grown.positions)) == (3, 2)
    assert past.total_value not in (before.total_value, grown.total_value)
    assert earlier.at == NOW, "a price from the future is of the instant that was asked"
    assert len(computed) == 2


async def test_what_lacks_a_price_tells_the_time_anew(small_market, owner, portfolio, monkeypatch):
    await record(small_market, owner, portfolio.id, contribution("100", TODAY), buy("AAA", "1", "15", TODAY))
    computed = await _computed(monkeypatch)

    # The portfolio was worth nothing at the close before: its reasons are computed each time.
    await value(owner, portfolio.id)
    await value(owner, portfolio.id, now=NOW + timedelta(hours=1))

    assert len(computed) == 2


async def test_an_instant_of_the_past_is_valued_once(small_market, owner, portfolio, monkeypatch):
    await record(small_market, owner, portfolio.id, contribution("10000"), buy("AAA", "100", "10"))
    computed = await _computed(monkeypatch)

    first = await value(owner, portfolio.id, as_of=session_close(FRIDAY))
    other = await value(owner, portfolio.id, as_of=session_close(THURSDAY))
    again = await value(owner, portfolio.id, as_of=session_close(FRIDAY), now=NOW + timedelta(hours=1))

    assert again is first
    assert computed == [first, other]
    assert first.total_value != other.total_value


async def test_an_entry_and_a_close_that_changes_make_a_new_past(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, contribution("10000"), buy("AAA", "100", "10"))
    first = await value(owner, portfolio.id, as_of=session_close(FRIDAY))

    await record(small_market, owner, portfolio.id, contribution("1", THURSDAY))
    richer = await value(owner, portfolio.id, as_of=session_close(FRIDAY))
    (row,) = (await instruments_by_symbol(["AAA"])).values()
    async with small_market.unit_of_work(SYSTEM) as work:
        await set_close(work, row, FRIDAY, Decimal(15))
    dearer = await value(owner, portfolio.id, as_of=session_close(FRIDAY))

    # Of 10,000, and 100 at 14.
    assert (first.version, first.total_value) == (2, Decimal(10_400))
    assert (richer.version, richer.total_value) == (3, Decimal(10_401))
    assert (dearer.version, dearer.total_value) == (3, Decimal(10_501))
