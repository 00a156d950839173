"""A market whose returns are drawn from known factors: what is estimated can be held against what was put in.

The calendar has 300 weekdays up to Friday 18 November 2022; the clock stands on Monday the 21st.  `AAA` to `DDD` follow
the factors exactly, with betas that are written here; `YOUNG` has closes of the last 30 days alone.
"""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from domain.infra.bus.opening import open_bus
from domain.infra.clock import SystemClock
from domain.infra.database import open_database
from domain.infra.doorbell import open_doorbell
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.market import feed, queries, tables
from domain.market.models import Feed, Instrument
from domain.market.types import InstrumentKind, QuoteSource
from domain.portfolios.models import Portfolio
from tests.factories.portfolios import (
    FRIDAY,
    NOW,
    TODAY,
    buy,
    contribution,
    open_portfolio,
    quote_of,
    record,
    weekdays_until,
)
from tests.support.databases import Databases
from tests.support.resources import ManualClock, open_test_resources

DAYS: Final = tuple(weekdays_until(FRIDAY, 300))
STYLES: Final = ("SIZE", "VLUE", "MTUM")
BETAS: Final = {
    # On the market, and on what SIZE, VLUE and MTUM return beyond it.
    "AAA": (1.2, 0.5, 0.0, -0.3),
    "BBB": (0.8, 0.0, 0.7, 0.0),
    "CCC": (1.5, -0.4, 0.0, 0.2),
    "DDD": (0.1, 0.0, 0.0, 0.0),
}
SECTORS: Final = {"AAA": "Information Technology", "BBB": "Financials", "CCC": "Energy", "DDD": "Utilities"}
PRICE: Final = 100.0


def factor_moves() -> np.ndarray:
    """Return daily returns (299, 4): of the market, and of SIZE, VLUE and MTUM beyond it."""
    random = np.random.default_rng(20221121)
    moves: np.ndarray = random.normal(0.0003, 1, (len(DAYS) - 1, 4)) * np.array([0.011, 0.004, 0.004, 0.004])
    return moves


def closes() -> dict[str, np.ndarray]:
    """Return the closes of all instruments, the last of each 100."""
    moves = factor_moves()
    returns = {"SP500": moves[:, 0]}
    returns |= {symbol: moves[:, 0] + moves[:, place] for place, symbol in enumerate(STYLES, 1)}
    returns |= {symbol: moves @ np.array(betas) for symbol, betas in BETAS.items()}
    grown = {symbol: np.concatenate(([1.0], np.cumprod(1 + made))) for symbol, made in returns.items()}
    return {symbol: PRICE * wealth / wealth[-1] for symbol, wealth in grown.items()}


async def fill_risk_market(url: str) -> None:
    """Add the instruments, their closes and quotes, and a feed that stands still."""
    clock = SystemClock()
    async with (
        open_database(url),
        open_bus(None) as bus,
        open_doorbell(None) as doorbell,
        units_of_work(clock, bus, doorbell)(SYSTEM),
    ):
        await Feed.create(
            name=queries.REPLAY,
            epoch=new_id(),
            sequence=100,
            session=TODAY,
            second=9_000,
            market_at=NOW,
            data_version=1,
        )
        known = closes() | {"YOUNG": closes()["AAA"][-30:]}
        for number, (symbol, prices) in enumerate(known.items(), 1):
            await _add(number, symbol, DAYS[-len(prices) :], prices)


async def _add(number: int, symbol: str, days: tuple[date, ...], prices: np.ndarray) -> None:
    funds = dict.fromkeys(STYLES, InstrumentKind.ETF) | {"SP500": InstrumentKind.INDEX}
    row = await Instrument.create(
        number=number,
        symbol=symbol,
        name=f"{symbol} Inc.",
        kind=funds.get(symbol, InstrumentKind.STOCK),
        exchange=None if symbol == "SP500" else "XNYS",
        currency="USD",
        sector=SECTORS.get(symbol),
        first_session=days[0],
        source="made up",
    )
    rows = [(number, day, price) for day, price in zip(days, prices.tolist(), strict=True)]
    await tables.add_closes(rows, QuoteSource.HISTORY)
    await feed.put_quotes([quote_of(row.id, symbol, "100", Decimal(100), sequence=number)])


@pytest.fixture
async def risk_market(
    databases: Databases, tmp_path: Path, keys_folder: Path, clock: ManualClock
) -> AsyncIterator[Resources]:
    """Every port, over a database with this market."""
    url = await databases.filled(fill_risk_market)
    async with open_test_resources(url, tmp_path, keys_folder, clock) as opened:
        yield opened
    await databases.discard(url)


async def hold(resources: Resources, owner: Actor, cash: str = "0", **units: str) -> Portfolio:
    """Open a portfolio that has held so many units of each since the first day, at 100, and so much cash beside.

    YOUNG since the first of its own.
    """
    portfolio = await open_portfolio(resources, owner)
    spent = sum(Decimal(amount) * 100 for amount in units.values())
    first = {symbol: DAYS[-30] if symbol == "YOUNG" else DAYS[0] for symbol in units}
    entries = [buy(symbol, amount, "100", first[symbol]) for symbol, amount in units.items()]
    if spent + Decimal(cash):
        await record(resources, owner, portfolio.id, contribution(str(spent + Decimal(cash)), DAYS[0]), *entries)
    return portfolio
