"""Asking the schema, without the edge."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from domain.kernel.actor import NOBODY
from domain.kernel.ports import Resources
from schema.context import Context
from schema.root import build_schema
from tests.factories.live_market import live_market
from tests.factories.market import market, market_url

DOCUMENTS = (Path(__file__).parents[2] / "operations" / "market.graphql").read_text()

__all__ = ["live_market", "market", "market_url"]

Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def context(market: Resources) -> Callable[[], Context]:
    """What gives nobody's context, a new one each time."""
    return lambda: Context(actor=NOBODY, resources=market, request_id="test")


@pytest.fixture
def ask(context: Callable[[], Context]) -> Ask:
    """Ask a document as nobody; `ask("Quotes", symbols=[…])` asks one of the front ends'."""

    async def ask(document: str, **variables: Any) -> dict[str, Any]:
        named = document.isalpha()
        result = await build_schema().execute(
            DOCUMENTS if named else document,
            variable_values=variables,
            context_value=context(),
            operation_name=document if named else None,
        )
        if result.errors:
            raise result.errors[0].original_error or result.errors[0]
        assert result.data is not None
        return result.data

    return ask
