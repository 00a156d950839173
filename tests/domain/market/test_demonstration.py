"""The demonstration's data: what lies in the project, and how it is loaded."""

import gzip
import lzma
import math
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import bars, queries
from domain.market.demonstration import compile as compilation
from domain.market.demonstration import prices
from domain.market.demonstration.loading import load_demonstration
from domain.market.models import Feed, Instrument
from domain.market.types import QuoteSource
from domain.storage import statements


def test_file_has_every_session_of_every_instrument():
    table = prices.read_prices()

    covered = {
        symbol: [table.sessions[row] for row in range(len(table.sessions)) if not math.isnan(table.closes[row, column])]
        for column, symbol in enumerate(table.symbols)
    }
    assert len(covered) == 26
    assert (covered["SP500"][0], len(covered["SP500"])) == (date(1990, 1, 2), 8_313)
    assert (covered["AAPL"][0], len(covered["AAPL"])) == (date(2005, 1, 3), 4_529)
    assert (covered["MTUM"][0], len(covered["MTUM"])) == (date(2014, 1, 2), 2_264)
    assert {sessions[-1] for sessions in covered.values()} == {date(2022, 12, 28)}
    assert table.closes[-1, table.symbols.index("AAPL")] == 125.674


def test_compiling_joins_its_sources_the_same_each_time(tmp_path):
    stocks, funds, index = (tmp_path / name for name in compilation.SOURCES)
    stocks.write_bytes(gzip.compress(b"date,XX,AA\n2020-01-02,1.5,2\n2020-01-03,1.25,2.125\n"))
    funds.write_bytes(gzip.compress(b"date,FF\n2020-01-03,7.001\n"))
    index.write_bytes(gzip.compress(b"date,II\n2019-12-31,100.0\n2020-01-03,101.01\n"))

    compiled = compilation.compile_prices(tmp_path)

    assert lzma.decompress(compiled).decode().splitlines() == [
        "date,AA,FF,II,XX",
        "2019-12-31,,,100.0,",
        "2020-01-02,2,,,1.5",
        "2020-01-03,2.125,7.001,101.01,1.25",
    ]
    assert compilation.compile_prices(tmp_path) == compiled


def test_refuses_a_price_that_is_none(tmp_path):
    for name in compilation.SOURCES:
        (tmp_path / name).write_bytes(gzip.compress(b"date,XX\n2020-01-02,nan\n"))

    with pytest.raises(ValueError, match="expected a positive price of XX on 2020-01-02, got 'nan'"):
        compilation.compile_prices(tmp_path)


def test_instruments_are_those_of_the_file():
    listings = prices.read_listings()

    assert [listing.symbol for listing in listings] == list(prices.read_prices().symbols)
    assert [listing.number for listing in listings] == list(range(1, 27))
    assert {listing.exchange for listing in listings} == {"XNYS", "XNAS", "BATS", "ARCX", None}
    assert [listing.symbol for listing in listings if listing.exchange is None] == ["SP500"]


async def test_loads_all_but_what_is_replayed(market: Resources):
    found = await queries.instruments_by_symbol(["AAPL", "MTUM", "SP500"])
    ((count, latest),) = await statements.fetch(statements.statement("SELECT COUNT(*), MAX(session) FROM daily_bars"))

    assert await Instrument.all().count() == 26
    assert (count, str(latest)) == (20 * 4_509 + 5 * 2_244 + 8_293, "2022-11-29")
    assert [found[symbol].first_session for symbol in sorted(found)] == [
        date(2005, 1, 3),
        date(2014, 1, 2),
        date(1990, 1, 2),
    ]
    assert await queries.market_now(market.clock) == datetime(2022, 11, 30, 14, 30, tzinfo=UTC)
    assert (await bars.sessions(date(2022, 11, 20), date(2030, 1, 1)))[-1] == date(2022, 11, 29)


async def test_first_quotes_are_the_last_closes_known(market: Resources):
    quote = (await queries.quotes_by_symbol(["AAPL"]))["AAPL"]

    assert (quote.price, quote.previous_close) == (Decimal("140.76"), Decimal("143.801"))
    assert (quote.open, quote.high, quote.low, quote.volume) == (None, None, None, None)
    assert (quote.at, quote.source) == (datetime(2022, 11, 29, 21, 0, tzinfo=UTC), QuoteSource.HISTORY)


async def test_loading_again_changes_nothing(market: Resources):
    before = await Feed.get(name="replay").values()

    async with market.unit_of_work(SYSTEM) as work:
        assert not await load_demonstration(work)

    assert await Feed.get(name="replay").values() == before


async def test_a_later_version_adds_what_is_missing_and_moves_nothing(market: Resources):
    before = await Feed.get(name="replay")
    await statements.connection().execute_query("DELETE FROM daily_bars WHERE session >= '2022-11-01'")
    await statements.connection().execute_query("DELETE FROM quotes")
    await Instrument.filter(symbol="AAPL").delete()
    await Feed.filter(name="replay").update(data_version=prices.VERSION - 1, sequence=77)

    async with market.unit_of_work(SYSTEM) as work:
        assert await load_demonstration(work)

    ((count,),) = await statements.fetch(statements.statement("SELECT COUNT(*) FROM daily_bars"))
    after = await Feed.get(name="replay")
    assert count == 20 * 4_509 + 5 * 2_244 + 8_293
    assert len(await queries.all_quotes()) == 26
    assert (after.epoch, after.sequence, after.data_version) == (before.epoch, 77, prices.VERSION)
