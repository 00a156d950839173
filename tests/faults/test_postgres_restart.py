"""PostgreSQL is restarted under writers of two APIs."""

import asyncio
import contextlib
import itertools
import math
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from schema.shared.node import stored_key
from tests.faults.asking import CREATE, PRICES, RECORD, contribution, new_portfolio, signed_in
from tests.faults.ledger import read_postgres
from tests.support.clients import Client, crowd

pytestmark = pytest.mark.faults

WRITERS = 16
PORTFOLIOS_WRITTEN = 4
BACK_SECONDS = 2.0
ALL_BACK_SECONDS = 15.0
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT


@dataclass
class Writer:
    """Writes one key after the other, each until it is acknowledged."""

    client: Client
    portfolio_id: str
    keys: Iterator[str]
    acknowledged: dict[str, str] = field(default_factory=dict)
    acknowledged_at: list[float] = field(default_factory=list)
    errors: "Counter[str]" = field(default_factory=Counter)

    async def write(self) -> None:
        for key in self.keys:
            while not await self._is_recorded(key):  # noqa: ASYNC110 (a retry, not a wait)
                await asyncio.sleep(0.02)

    async def _is_recorded(self, key: str) -> bool:
        answer = await self.client.ask(RECORD, contribution(self.portfolio_id, key))
        if answer.errors:
            self.errors.update(answer.codes)
            assert (answer.status, answer.data) in ((200, {"recordTransaction": None}), (200, None), (503, None)), (
                answer
            )
            return False
        assert answer.data is not None
        payload = answer.data["recordTransaction"]
        assert payload["userErrors"] == []
        self.acknowledged[key] = payload["transaction"]["id"]
        self.acknowledged_at.append(time.monotonic())
        return True


def keys(number: int) -> Iterator[str]:
    """The keys of one writer."""
    return (f"{number}-{each}" for each in itertools.count())


@pytest.mark.parametrize("way", [FAST, IMMEDIATE], ids=["fast", "immediate"])
async def test_writers_lose_nothing_while_postgres_restarts(installation, way):
    places = installation.places()
    async with contextlib.AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(await signed_in(server)) for server in installation.apis]
        names = [f"{way.name} {number}" for number in range(PORTFOLIOS_WRITTEN)]
        portfolios = [await new_portfolio(clients[0], name) for name in names]
        writers = [Writer(clients[number % 2], portfolios[number % 4], keys(number)) for number in range(WRITERS)]
        prices = await stack.enter_async_context(
            crowd(*((server.url, PRICES, {"tickers": ["SP500"]}, None) for server in installation.apis))
        )
        writing = [asyncio.create_task(writer.write()) for writer in writers]
        await asyncio.sleep(1)

        await asyncio.to_thread(installation.postgres.stop, way)
        stopped_at = time.monotonic()
        await asyncio.to_thread(installation.postgres.start)
        returned_at = time.monotonic()
        await asyncio.sleep(BACK_SECONDS)
        # Four writers stand in a line before each portfolio: all of them go on, the last one somewhat later.
        async with asyncio.timeout(ALL_BACK_SECONDS):
            while any(max(each.acknowledged_at, default=0) < returned_at for each in writers):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        had = [len(subscriber.events) for subscriber in prices]

        for task in writing:
            task.cancel()
        ended = await asyncio.gather(*writing, return_exceptions=True)
        installation.check_logs(places)
        assert [each for each in ended if not isinstance(each, asyncio.CancelledError)] == []
        for client in clients:
            # A new connection of the pool for each of them, and no error any more.
            assert not any([(await client.ask(CREATE, {"input": {"name": "after"}})).errors for _ in range(10)])

        for subscriber, number in zip(prices, had, strict=True):
            # The market goes on, and who watches it was not cut off.
            await subscriber.until(lambda event: event["kind"] == "CHANGE", since=number)

    errors = sum((writer.errors for writer in writers), Counter[str]())
    first = [min((at for at in each.acknowledged_at if at > stopped_at), default=math.inf) for each in writers]
    gaps = [at - returned_at for at in first]
    ledger = await read_postgres(installation.postgres.url)
    ledger.check()
    for portfolio_id in portfolios:
        stored = ledger.keys_of(str(stored_key("Portfolio", portfolio_id)))
        told = {
            key: str(stored_key("Transaction", each))
            for writer in writers
            if writer.portfolio_id == portfolio_id
            for key, each in writer.acknowledged.items()
        }
        assert told.items() <= stored.items()
        # Beside them only what was cancelled at the end.
        assert len(stored) - len(told) <= WRITERS
    print(
        f"{way.name}: down {returned_at - stopped_at:.2f} s, {sum(len(each.acknowledged) for each in writers)} "
        f"acknowledged, 0 lost; writers go on {min(gaps):.2f} to {max(gaps):.2f} s after its return; {dict(errors)}"
    )
    assert set(errors) <= {"UNAVAILABLE"}
    assert min(gaps) < BACK_SECONDS
    installation.check_logs(places)
