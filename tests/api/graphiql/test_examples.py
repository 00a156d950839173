from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query

from api.documents import Documents
from api.graphiql.build import HOME
from schema.root import build_schema
from schema.shared.limits import Limits

TICKERS = ["AAPL", "MSFT", "JPM", "XOM"]
VARIABLES: dict[str, dict[str, Any]] = {
    "login": {"input": {"email": "a@example.com", "password": "secret"}},
    "portfolio": {"id": "x"},
    "portfolio_live": {"id": "x"},
    "portfolios": {"first": 10},
    "prices": {"tickers": TICKERS},
    "quotes": {"symbols": TICKERS},
    "risk": {"id": "x", "from": "2021-01-01", "to": "2026-12-31", "scenario": "PANDEMIC_2020"},
    "screen": {
        "filter": {"metrics": [{"metric": "PER", "measure": "VALUE", "atMost": 25}]},
        "orderBy": {"metric": "MARKET_CAP_USD_MN", "direction": "DESC"},
        "first": 10,
        "ticker": "AAPL",
        "from": "2024-01-01",
        "to": "2026-12-31",
    },
}


@pytest.fixture(scope="module")
def documents() -> Documents:
    return Documents(build_schema(), Limits())


def test_every_example_is_tried_here():
    assert sorted(path.stem for path in (HOME / "examples").glob("*.graphql")) == sorted(VARIABLES)


@pytest.mark.parametrize("example", sorted(VARIABLES))
def test_an_example_passes_the_gate_and_fits_the_schema(documents: Documents, example: str):
    text = Path(HOME / "examples" / f"{example}.graphql").read_text("utf-8")

    assert documents.prepare(text, None, VARIABLES[example])


def test_what_graphiql_asks_of_the_schema_passes(documents: Documents):
    assert documents.prepare(get_introspection_query(descriptions=True), "IntrospectionQuery", None)
