"""What is read of the market."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from domain.kernel.errors import BadUserInput
from domain.kernel.paging import PageRequest
from domain.kernel.ports import Resources
from domain.market import bars, queries
from domain.market.types import InstrumentKind, MoverDirection, QuoteSource
from domain.storage.readings import price_of
from tests.support.compute import ComputeHere
from tests.support.statements import counted_statements

NOW = datetime(2022, 11, 30, 14, 30, tzinfo=UTC)
FAR = date(2099, 12, 31)


@pytest.mark.parametrize(
    ("number", "price"), [(0.961, "0.961"), (3957.63, "3957.63"), (1e-05, "0.00001"), (0.1 + 0.2, "0.3")]
)
def test_a_price_is_the_shortest_decimal_of_its_float(number: float, price: str):
    assert price_of(number) == Decimal(price)


async def test_reads(market: Resources):
    """One database for all: it takes a second to fill."""
    await _closes_known_at_an_instant()
    await _closes_in_one_statement()
    await _bars_in_a_range()
    await _too_many_bars()
    await _aligned_history()
    await _pages()
    await _movers()
    await _hostile_symbols()


async def _closes_known_at_an_instant() -> None:
    aapl, mtum = [(await queries.instruments_by_symbol([symbol]))[symbol].id for symbol in ("AAPL", "MTUM")]

    async def at(
        year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0
    ) -> list[tuple[date, Decimal] | None]:
        instant = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        closes = await queries.closes_at([mtum, uuid4(), aapl], instant)
        return [(close.session, close.price) if close else None for close in closes]

    # 16:00 in New York is 21:00 UTC in winter, 20:00 in summer.
    assert await at(2022, 11, 29, 20, 59, 59) == [
        (date(2022, 11, 28), Decimal("147.632")),
        None,
        (date(2022, 11, 28), Decimal("143.801")),
    ]
    assert await at(2022, 11, 29, 21) == [
        (date(2022, 11, 29), Decimal("147.78")),
        None,
        (date(2022, 11, 29), Decimal("140.76")),
    ]
    assert (await at(2022, 7, 1, 20))[0] == (await at(2022, 7, 4, 23))[0]
    assert (await at(2022, 7, 1, 19, 59))[0] == (await at(2022, 6, 30, 20))[0]
    assert await at(2013, 1, 1) == [None, None, (date(2012, 12, 31), Decimal("16.298"))]
    assert await at(2004, 1, 1) == [None, None, None]
    assert await at(2090, 1, 1) == await at(2022, 11, 30)


async def _closes_in_one_statement() -> None:
    page = await queries.instrument_page(PageRequest(limit=100))
    with counted_statements() as sent:
        closes = await queries.closes_at([row.id for row in page.rows], NOW)

    assert len(sent) == 1
    assert {close.source for close in closes if close} == {QuoteSource.HISTORY}
    before = await queries.previous_closes([page.rows[0].id], date(2022, 11, 29))
    assert before[0] is not None
    assert before[0].session == date(2022, 11, 28)
    with counted_statements() as sent:
        assert await queries.closes_at([], NOW) == []
        assert await queries.latest_quotes([]) == []
        assert await queries.instruments_by_id([]) == []
    assert sent == []


async def _bars_in_a_range() -> None:
    aapl = (await queries.instruments_by_symbol(["AAPL"]))["AAPL"]

    found = await bars.bars(aapl, date(2022, 11, 25), FAR, NOW)
    earlier = await bars.bars(aapl, date(2022, 11, 25), FAR, datetime(2022, 11, 28, 21, tzinfo=UTC))
    nothing = await bars.bars(aapl, date(1999, 1, 1), date(1999, 12, 31), NOW)

    assert found.sessions == (date(2022, 11, 25), date(2022, 11, 28), date(2022, 11, 29))
    assert found.close.tolist() == found.adjusted_close.tolist() == [147.68, 143.801, 140.76]
    assert [str(number) for number in (*found.open, *found.high, *found.low, *found.volume)] == ["nan"] * 12
    assert earlier.sessions == found.sessions[:2]
    assert (nothing.sessions, len(nothing.close)) == ((), 0)


async def _too_many_bars() -> None:
    index = (await queries.instruments_by_symbol(["SP500"]))["SP500"]

    with pytest.raises(BadUserInput, match="expected at most 5000 sessions of SP500, got more"):
        await bars.bars(index, date(1990, 1, 1), FAR, NOW)


async def _aligned_history() -> None:
    found = await bars.aligned_history(ComputeHere(), ["SP500", "MTUM", "AAPL"], date(1990, 1, 1), FAR, NOW)

    assert (found.sessions[0], found.sessions[-1]) == (date(2014, 1, 2), date(2022, 11, 29))
    assert found.closes.shape == (2_244, 3)
    assert found.closes[-1].tolist() == [3957.63, 147.78, 140.76]
    assert (
        await bars.aligned_history(ComputeHere(), ["AAPL", "MTUM"], date(2010, 1, 1), date(2010, 2, 1), NOW)
    ).sessions == ()
    for symbols, message in (
        (["AAPL", "NO"], "expected symbols of known instruments, got 'NO'"),
        (["AAPL", "AAPL"], "expected each symbol once"),
        (["AAPL"] * 101, "expected at most 100 symbols, got 101"),
        (["SP500"], "expected at most 5000 sessions"),
    ):
        with pytest.raises(BadUserInput, match=message):
            await bars.aligned_history(ComputeHere(), symbols, date(1990, 1, 1), FAR, NOW)


async def _pages() -> None:
    first = await queries.instrument_page(PageRequest(limit=2), with_total=True)
    after = await queries.instrument_page(PageRequest(limit=2, after=("AMD",)))
    funds = await queries.instrument_page(PageRequest(limit=9), kind=InstrumentKind.ETF)
    end = await queries.instrument_page(PageRequest(limit=1, backwards=True))

    assert ([row.symbol for row in first.rows], first.has_next, first.total) == (["AAPL", "AMD"], True, 26)
    assert ([row.symbol for row in after.rows], after.total) == (["BAC", "BBY"], None)
    assert [row.symbol for row in funds.rows] == ["MTUM", "QUAL", "SIZE", "USMV", "VLUE"]
    assert [row.symbol for row in end.rows] == ["XOM"]


async def _movers() -> None:
    gainers = await queries.movers(MoverDirection.UP, 3)
    losers = await queries.movers(MoverDirection.DOWN, 100)

    assert [quote.symbol for quote in gainers] == ["BBY", "JPM", "CVX"]
    assert all(quote.change is not None and quote.change < 0 for quote in losers)
    assert losers == sorted(losers, key=lambda quote: quote.change_percent or 0)
    assert {quote.symbol for quote in await queries.index_quotes()} == {"SP500"}
    assert "SP500" not in {quote.symbol for quote in (*gainers, *losers)}


async def _hostile_symbols() -> None:
    hostile = ["", "aapl", "AAPL ", "\x00", "A\x00", "' OR 1=1 --", "x" * 33, "x" * 100_000, "\ud800", "\U0001f600"]

    assert await queries.instruments_by_symbol(hostile) == {}
    assert await queries.quotes_by_symbol(hostile) == {}
