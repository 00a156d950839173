"""A few companies, and who asks of them."""

from pathlib import Path

import pytest
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from domain.companies.types import Origin, Record
from domain.market.types import DataQuality
from tests.factories.publications import make_known
from tests.support.graphql import OPERATIONS, GraphQLClient


def documents_of(path: Path) -> dict[str, str]:
    """Return the operations of a file by name, each with the fragments that it uses."""
    return {name: print_ast(document) for name, document in separate_operations(parse(path.read_text())).items()}


DOCUMENTS = documents_of(OPERATIONS / "companies.graphql")
OWN = documents_of(OPERATIONS.parent / "operations_own" / "companies.graphql")

APPLE = Record(
    ticker="AAPL",
    texts={
        "name": "Apple Inc.",
        "industry": "Hardware",
        "sector": "Technology",
        "exchange": "XNAS",
        "country": "US",
        "currency": "USD",
        "analyst": "Ann",
        "rating": "Strong Buy",
    },
    figures={"per": 30.5, "roe": 150.5, "eps": 6.1, "avgVolume3M": 55_000_000.0},
    origins={
        "roe": Origin(note="given as a fraction"),
        "pbr": Origin(grade=DataQuality.INVALID, note="expected 0 to 100, got 4000"),
    },
    quality=97.5,
)
NVIDIA = Record(ticker="NVDA", texts={"name": "NVIDIA", "industry": "Chips"}, figures={"per": 52.0})
COVERED = ("per", "pbr", "roe", "eps", "avgVolume3M")


@pytest.fixture
def client(resources):
    """Asks as nobody."""
    return GraphQLClient(resources)


@pytest.fixture
async def known(resources):
    """Two companies as of a Monday."""
    return await make_known(resources, [APPLE, NVIDIA], covered=COVERED)
