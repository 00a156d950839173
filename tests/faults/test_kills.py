"""The embedded server is killed again and again while it is written to."""

import asyncio
import contextlib
import itertools
import os
import random
import shutil
import sqlite3
import statistics
import tempfile
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from schema.shared.node import stored_key
from tests.faults.asking import RECORD, new_portfolio, signed_in
from tests.faults.ledger import Ledger, read_sqlite
from tests.support.clients import Client
from tests.support.processes import Api
from tests.support.yardstick import slowness

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("FAULT_KILLS", "15"))
WRITERS = 4
START_SECONDS = 4.0


# Without a settlement date the first trade of each life would wait for the calendar.
DAYS = {"tradeDate": "2022-11-15", "settlementDate": "2022-11-17"}
DAY = {"tradeDate": "2022-11-15"}
KO = {"symbol": "KO", "price": "61.37"}

# So much is there from the start that no order of the writers sells more than is held.
FIRST: list[dict[str, Any]] = [
    {
        "transferIn": {
            "symbol": "KO",
            "quantity": "90000",
            "lots": [{"openedOn": "2020-02-28", "quantity": "90000", "costBasis": "4500000"}],
            "tradeDate": "2022-11-14",
        }
    },
    {"shortSale": KO | {"quantity": "90000", "tradeDate": "2022-11-14", "settlementDate": "2022-11-16"}},
]
# In turn, the money of the first telling each request from the others.
KINDS: list[dict[str, Any]] = [
    {"contribution": {"amount": "1000.01", "tradeDate": "2022-11-14"}},
    {"buy": KO | DAYS | {"quantity": "1.5", "fees": "0.35"}},
    {"sell": KO | DAYS | {"quantity": "0.25", "fees": "0.01"}},
    {"dividend": DAY | {"symbol": "KO", "amount": "4.40"}},
    {"shortSale": KO | DAYS | {"quantity": "2"}},
    {"coverShort": KO | DAYS | {"quantity": "1.75"}},
    {"reinvestedDividend": DAY | {"symbol": "KO", "quantity": "0.0717", "amount": "4.40"}},
    {"currencyExchange": DAY | {"sold": "100", "soldCurrency": "USD", "bought": "96.20", "boughtCurrency": "EUR"}},
    {"transferOut": DAY | {"symbol": "KO", "quantity": "0.5"}},
    {"returnOfCapital": DAY | {"symbol": "KO", "amount": "0.01"}},
    {"interest": DAY | {"amount": "-0.07"}},
    # Late: what came before is folded anew.
    {"withdrawal": {"amount": "12.5", "tradeDate": "2022-11-11"}},
]


def transaction(portfolio_id: str, number: int) -> dict[str, Any]:
    """The variables of the request of this number."""
    entry = FIRST[number] if number < len(FIRST) else KINDS[number % len(KINDS)]
    return {"input": {"portfolioId": portfolio_id, "idempotencyKey": f"key-{number}", "transaction": entry}}


@dataclass
class Writers:
    """Who writes, life after life of the server: what is in doubt is asked again under the same key."""

    portfolio_id: str
    token: str
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    in_doubt: deque[int] = field(default_factory=deque)
    acknowledged: dict[str, str] = field(default_factory=dict)

    async def write_until_killed(self, url: str) -> None:
        await asyncio.gather(*(self._write(url) for _ in range(WRITERS)))

    async def write_next(self, client: Client) -> None:
        await self._record(client, next(self.numbers))

    async def write_what_is_in_doubt(self, url: str) -> None:
        async with Client(url, self.token) as client:
            while self.in_doubt:
                await self._record(client, self.in_doubt.popleft())

    async def _write(self, url: str) -> None:
        async with Client(url, self.token) as client:
            while True:
                number = self.in_doubt.popleft() if self.in_doubt else next(self.numbers)
                try:
                    await self._record(client, number)
                except httpx.TransportError:
                    self.in_doubt.append(number)
                    return

    async def _record(self, client: Client, number: int) -> None:
        payload = (await client.data(RECORD, transaction(self.portfolio_id, number)))["recordTransaction"]
        assert payload["userErrors"] == []
        first = self.acknowledged.setdefault(f"key-{number}", payload["transaction"]["id"])
        assert first == payload["transaction"]["id"], "the same key answers the first transaction"


def read(database: Path) -> tuple[Ledger, str]:
    """Return the ledger in a file, which must be whole, and the market's clock."""
    with tempfile.TemporaryDirectory() as folder:
        # A copy, with its journal: what a crash has left behind is for the server to mend.
        for file in database.parent.glob(f"{database.name}*"):
            shutil.copyfile(file, Path(folder) / file.name)
        connection = sqlite3.connect(Path(folder) / database.name)
        with contextlib.closing(connection):
            assert [tuple(row) for row in connection.execute("PRAGMA integrity_check")] == [("ok",)]
            ledger = read_sqlite(connection)
            market_at = connection.execute("SELECT market_at FROM feeds").fetchone()[0]
    return ledger, market_at


@pytest.mark.timeout(120 + 12 * KILLS)
async def test_nothing_that_was_acknowledged_is_lost_and_nothing_is_done_twice(embedded, tmp_path):
    database = tmp_path / "data" / "foliograph.sqlite3"
    delays = random.Random(20_221_115)
    await embedded.start()
    async with await signed_in(embedded) as client:
        assert client.token is not None
        writers = Writers(await new_portfolio(client, "written under fire"), client.token)
        for _ in FIRST:
            await writers.write_next(client)
    starts, clocks = [], [""]

    for _ in range(KILLS):
        writing = asyncio.create_task(writers.write_until_killed(embedded.url))
        await asyncio.sleep(delays.uniform(0.01, 0.4))
        embedded.kill()
        await writing
        ledger, clock = await asyncio.to_thread(read, database)
        clocks.append(clock)
        assert set(writers.acknowledged) <= set(ledger.keys_of(row_id(writers.portfolio_id)))
        starts.append(await embedded.start())

    in_doubt = len(writers.in_doubt)
    await writers.write_what_is_in_doubt(embedded.url)
    await again(embedded, writers)
    await embedded.end()
    ledger, _ = await asyncio.to_thread(read, database)
    ledger.check()
    stored = ledger.keys_of(row_id(writers.portfolio_id))
    assert stored == {key: row_id(each, "Transaction") for key, each in writers.acknowledged.items()}
    assert clocks == sorted(clocks)
    embedded.check_log()
    print(
        f"{KILLS} kills, {len(stored)} transactions acknowledged, {in_doubt} in doubt at the end, 0 lost, 0 twice; "
        f"ready after {statistics.median(starts):.2f} s (median), {max(starts):.2f} s (longest)"
    )
    assert statistics.median(starts) < START_SECONDS * slowness()


async def again(server: Api, writers: Writers) -> None:
    """Ask for what was acknowledged once more: the answers are the same, and nothing happens."""
    async with Client(server.url, writers.token) as client:
        for key in random.Random(1).sample(sorted(writers.acknowledged), 10):
            number = int(key.removeprefix("key-"))
            payload = (await client.data(RECORD, transaction(writers.portfolio_id, number)))["recordTransaction"]
            assert payload["transaction"]["id"] == writers.acknowledged[key]


def row_id(global_id: str, kind: str = "Portfolio") -> str:
    """The key of a row, as SQLite stores it, that a global id names."""
    return str(stored_key(kind, global_id))
