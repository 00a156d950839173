"""The front ends' search: what is found, pages, what is refused, and the statements."""

import pytest

from domain.companies.types import Record
from tests.factories.publications import NEXT, make_known
from tests.schema.companies.conftest import DOCUMENTS, OWN
from tests.support.graphql import codes
from tests.support.statements import counted_statements

PAGED = OWN["SearchPage"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("query", "tickers"),
    [("nvdia", ["NVDA"]), ("aapl", ["AAPL"]), ("Chips", ["NVDA"]), ("aple inc", ["AAPL"]), ("  ", []), ("😀", [])],
)
async def test_the_front_ends_search(client, query, tickers):
    found = (await client.data(DOCUMENTS["Search"], {"query": query, "first": 5}))["search"]

    assert [edge["node"]["ticker"] for edge in found["edges"]] == tickers


@pytest.mark.usefixtures("known")
async def test_what_is_found_is_the_company(client):
    found = (await client.data(DOCUMENTS["Search"], {"query": "nvidia"}))["search"]["edges"][0]["node"]

    company = (await client.data(DOCUMENTS["Company"], {"ticker": "NVDA"}))["company"]
    assert found == {"id": company["id"], "ticker": "NVDA", "name": "NVIDIA", "industry": "Chips"}


async def test_pages_meet_whatever_is_published_between(resources, client):
    sizes = {f"T{number}": float(number) for number in range(6)}
    records = [
        Record(ticker=ticker, texts={"name": "Same Name"}, figures={"marketCapUsdMn": size + 1})
        for ticker, size in sizes.items()
    ]
    await make_known(resources, records, covered=["marketCapUsdMn"])
    first = (await client.data(PAGED, {"query": "same", "first": 2}))["search"]
    larger = Record(ticker="T9", texts={"name": "Same Name"}, figures={"marketCapUsdMn": 9.0})
    await make_known(resources, [larger], as_of=NEXT, covered=["marketCapUsdMn"])

    after = {"query": "same", "first": 3, "after": first["pageInfo"]["endCursor"]}
    rest = (await client.data(PAGED, after))["search"]
    last = (await client.data(PAGED, {"query": "same", "last": 2}))["search"]

    assert [[edge["node"]["ticker"] for edge in each["edges"]] for each in (first, rest, last)] == [
        ["T5", "T4"],
        ["T3", "T2", "T1"],
        ["T1", "T0"],
    ]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (6, True)
    assert (rest["totalCount"], rest["pageInfo"]["hasPreviousPage"]) == (7, True)


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"query": "x" * 10_000}, "at most 200 characters"),
        ({"query": "a\u0000"}, "U+0000"),
        ({"query": "a", "first": 101}, "from 0 to 100"),
        ({"query": "a", "after": "WyJhIl0"}, "a cursor of this list"),
    ],
)
async def test_what_is_refused(client, asked, complaint):
    result = await client.execute(PAGED, asked)

    assert codes(result) == ["BAD_USER_INPUT"]
    assert complaint in result["errors"][0]["message"]


@pytest.mark.usefixtures("known")
async def test_a_search_takes_one_statement(client):
    await client.data(PAGED, {"query": "apple"})

    with counted_statements() as made:
        await client.data(PAGED, {"query": "nvdia"})

    assert len(made) == 1
