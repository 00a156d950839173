"""Asking for options."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.infra.market_files import FolderWeb
from domain.kernel.web import Access
from domain.market.jobs import REFRESH_OPTION_CHAIN
from tests.factories.live_market import live_market
from tests.factories.market import market, market_url
from tests.factories.portfolios import small_market
from tests.support.graphql import OPERATIONS, GraphQLClient
from workers.main import TASKS
from workers.registry import Run, handler_of

# Importing the tasks registers their handlers.
__all__ = ["TASKS", "live_market", "market", "market_url", "small_market"]

DOCUMENTS = (OPERATIONS / "options.graphql").read_text()
OWN = (OPERATIONS.parent / "operations_own" / "options.graphql").read_text()


async def ask(resources, operation, **variables):
    """Return what an operation, of the front ends or our own, answers nobody."""
    document = DOCUMENTS if f"query {operation}(" in DOCUMENTS else OWN
    data = await GraphQLClient(resources).data(document, variables, operation=operation)
    return next(iter(data.values()))


@pytest.fixture
def quoted_market(live_market, clock, tmp_path):
    """Stores a chain of AAA that a file tells; the clock stands an hour before the close of 15 May 2024."""
    clock.advance(datetime(2024, 5, 15, 19, 0, tzinfo=UTC) - clock.now())
    folder = tmp_path / "files"
    (folder / "chains").mkdir(parents=True)
    resources = replace(
        live_market, market_files=FolderWeb(folder, clock), market_access=(Access(name="file"),), _shared={}
    )

    async def report(fraction):
        pass

    async def store(rows, head="contract,asof,bid,ask,open_interest,underlying_last"):
        (folder / "chains" / "AAA.csv").write_text("\n".join([head, *rows]))
        found = handler_of(REFRESH_OPTION_CHAIN.kind)
        assert found is not None
        await found[1](Run(resources, {"symbol": "AAA"}, report))
        return resources

    return store
