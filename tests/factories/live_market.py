"""A market whose quotes are told by providers: instruments and past closes, and no replay."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from domain.infra.bus.opening import open_bus
from domain.infra.clock import SystemClock
from domain.infra.database import open_database
from domain.infra.doorbell import open_doorbell
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import live_quotes, queries, tables
from domain.market.models import Instrument
from domain.market.quote_changes import QuoteChange
from domain.market.types import InstrumentKind, InstrumentRow, Quote, QuoteSource
from tests.support.databases import Databases
from tests.support.resources import ManualClock, open_test_resources

# A Monday and a Tuesday of trading, and the Wednesday on which the tests take place, all full days.
MONDAY, TUESDAY, TODAY = date(2024, 5, 13), date(2024, 5, 14), date(2024, 5, 15)
CLOSES = {"AAA": (10.0, 11.0), "BBB": (100.0, 90.0), "BRK.B": (400.0, 404.0), "SP500": (5_221.42, 5_246.68)}


async def fill_live_market(url: str) -> None:
    """Add the instruments and their closes, and an empty live feed."""
    clock = SystemClock()
    async with (
        open_database(url),
        open_bus(None) as bus,
        open_doorbell(None) as doorbell,
        units_of_work(clock, bus, doorbell)(SYSTEM) as work,
    ):
        for number, (symbol, closes) in enumerate(CLOSES.items(), 1):
            is_index = symbol == "SP500"
            await Instrument.create(
                number=number,
                symbol=symbol,
                name=f"{symbol} Inc.",
                kind=InstrumentKind.INDEX if is_index else InstrumentKind.STOCK,
                exchange=None if is_index else "XNYS",
                currency="USD",
                first_session=MONDAY,
                source="made up",
            )
            days = zip((MONDAY, TUESDAY), closes, strict=True)
            await tables.add_closes([(number, day, close) for day, close in days], QuoteSource.HISTORY)
        assert await live_quotes.open_live_feed(work)


@pytest.fixture
async def live_market(
    databases: Databases, tmp_path: Path, keys_folder: Path, clock: ManualClock
) -> AsyncIterator[Resources]:
    """Every port, over a database with this market."""
    url = await databases.filled(fill_live_market)
    async with open_test_resources(url, tmp_path, keys_folder, clock) as opened:
        yield opened
    await databases.discard(url)


async def row_of(symbol: str) -> InstrumentRow:
    """Return the instrument of a symbol, which is there."""
    return (await queries.instruments_by_symbol([symbol]))[symbol]


async def publish(resources: Resources, *changes: QuoteChange) -> list[Quote]:
    """Publish changes in a unit of work of their own."""
    async with resources.unit_of_work(SYSTEM) as work:
        return await live_quotes.publish(work, changes)
