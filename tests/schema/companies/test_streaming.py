"""`companyStream`: all that a filter finds, a part at a time, and a summary at the end."""

import pytest

from domain.companies.types import Record
from domain.kernel.actor import NOBODY
from schema.context import Context
from schema.root import build_schema
from tests.factories.publications import NEXT, make_known
from tests.support.graphql import codes

STREAM = """
subscription($filter: CompanyFilter, $size: Int! = 100, $since: String) {
  companyStream(filter: $filter, orderBy: {metric: PER}, partSize: $size, since: $since) {
    eventId kind totalCount companies { ticker valuation { per } } end { total sent duration }
  }
}
"""
TICKERS = [f"T{number:03d}" for number in range(250)]


@pytest.fixture(autouse=True)
async def many(resources):
    records = [Record(ticker=ticker, figures={"per": float(place)}) for place, ticker in enumerate(TICKERS, 1)]
    await make_known(resources, records, covered=["per"])


@pytest.fixture
def stream(resources):
    async def stream(**variables):
        events = await build_schema().subscribe(
            STREAM,
            variable_values=variables,
            context_value=Context(actor=NOBODY, resources=resources, request_id="test"),
        )
        found = []
        async for result in events:
            assert not result.errors, result.errors
            assert result.data is not None
            found.append(result.data["companyStream"])
        return found

    return stream


async def test_all_come_once_in_parts_of_a_hundred_and_then_a_summary(stream):
    *parts, last = await stream()

    assert [len(part["companies"]) for part in parts] == [100, 100, 50]
    assert [each["ticker"] for part in parts for each in part["companies"]] == TICKERS
    assert {part["totalCount"] for part in parts} == {250}
    assert all(part["end"] is None for part in parts)
    assert (last["companies"], last["end"]["total"], last["end"]["sent"]) == ([], 250, 250)
    assert 0 <= last["end"]["duration"] < 10


async def test_a_filter_is_heeded_and_nothing_found_is_an_end(stream):
    some = await stream(filter={"metrics": [{"metric": "PER", "atMost": 3}]}, size=2)
    none = await stream(filter={"metrics": [{"metric": "PER", "atMost": 0}]})

    assert [[each["ticker"] for each in part["companies"]] for part in some] == [["T000", "T001"], ["T002"], []]
    assert [part["end"]["total"] for part in none] == [0]


async def test_it_goes_on_after_a_part(stream):
    first = (await stream())[0]

    *parts, last = await stream(since=first["eventId"])

    assert [each["ticker"] for part in parts for each in part["companies"]] == TICKERS[100:]
    assert (last["end"]["total"], last["end"]["sent"]) == (250, 150)


@pytest.mark.parametrize("since", ["nothing", None])
async def test_a_place_in_another_list_is_a_gap_and_it_begins_anew(stream, resources, since):
    if since is None:
        since = (await stream())[0]["eventId"]
        await make_known(resources, [Record(ticker="T000", figures={"per": 999.0})], as_of=NEXT, covered=["per"])

    gap, *parts, _ = await stream(since=since)

    assert (gap["kind"], gap["companies"]) == ("GAP", [])
    assert sum(len(part["companies"]) for part in parts) == 250


@pytest.mark.parametrize("size", [0, 101])
async def test_parts_have_a_size(client, size):
    assert codes(await client.subscribe(STREAM, {"size": size})) == ["BAD_USER_INPUT"]
