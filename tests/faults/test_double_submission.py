"""The same request, sent five times at one moment to two APIs, has one effect and one answer."""

import asyncio
import contextlib
from typing import Any

import asyncpg
import pytest

from tests.faults.asking import CREATE, RECORD, contribution, new_portfolio, signed_in
from tests.faults.ledger import read_postgres

pytestmark = pytest.mark.faults

KEYS = 40
TIMES = 5


@pytest.fixture
async def clients(installation):
    """Five clients of one user, on two APIs."""
    async with contextlib.AsyncExitStack() as stack:
        first, second = [await stack.enter_async_context(await signed_in(server)) for server in installation.apis]
        yield [first, second, first, second, first]


async def test_a_transaction_is_recorded_once(installation, clients):
    portfolio_id = await new_portfolio(clients[0], "sent five times")

    async def record(key: str) -> list[Any]:
        answers = [client.data(RECORD, contribution(portfolio_id, key)) for client in clients]
        return [answer["recordTransaction"] for answer in await asyncio.gather(*answers)]

    given = await asyncio.gather(*(record(f"key-{number}") for number in range(KEYS)))

    assert {str(answer["userErrors"]) for answers in given for answer in answers} == {"[]"}
    ids = [{answer["transaction"]["id"] for answer in answers} for answers in given]
    assert [len(each) for each in ids] == [1] * KEYS
    assert len(set.union(*ids)) == KEYS
    (await read_postgres(installation.postgres.url)).check()
    other = await clients[1].data(RECORD, contribution(portfolio_id, "key-1", "2.00"))
    assert [each["code"] for each in other["recordTransaction"]["userErrors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_a_portfolio_is_created_once(installation, clients):
    async def create(number: int) -> list[Any]:
        wanted = {"name": f"created once {number}", "idempotencyKey": f"created-once-{number}"}
        answers = [client.data(CREATE, {"input": wanted}) for client in clients]
        return [answer["createPortfolio"] for answer in await asyncio.gather(*answers)]

    given = await asyncio.gather(*(create(number) for number in range(10)))

    assert {str(answer["userErrors"]) for answers in given for answer in answers} == {"[]"}
    assert [len({answer["portfolio"]["id"] for answer in answers}) for answers in given] == [1] * 10
    connection = await asyncpg.connect(installation.postgres.url)
    try:
        assert await connection.fetchval("SELECT count(*) FROM portfolios WHERE name LIKE 'created once %'") == 10
    finally:
        await connection.close()
