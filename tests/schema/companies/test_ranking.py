"""Those that do best by a metric: which way is better, who is left out, equals, pages, and what is refused."""

import pytest

from domain.companies.types import Record
from tests.factories.publications import make_known
from tests.schema.companies.conftest import DOCUMENTS, OWN
from tests.support.graphql import codes
from tests.support.statements import counted_statements

PAGED = OWN["TopPerformersPage"]
RECORDS = [
    Record(ticker="B", texts={"industry": "Chips", "sector": "Technology"}, figures={"roe": 20.0, "per": 9.0}),
    Record(ticker="A", texts={"industry": "Chips"}, figures={"roe": 20.0, "per": 30.0}),
    Record(ticker="C", texts={"industry": "Banks"}, figures={"roe": -5.0, "beta5Y": 1.0}),
    Record(ticker="D", texts={"industry": "Banks"}, figures={"per": 11.0}),
]


@pytest.fixture
async def four(resources):
    await make_known(resources, RECORDS, covered=["roe", "per", "beta5Y"])


def told(found):
    return [(edge["node"]["ticker"], edge["value"]) for edge in found["edges"]]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("metric", "best"),
    [("ROE", [("A", 20.0), ("B", 20.0), ("C", -5.0)]), ("PER", [("B", 9.0), ("D", 11.0), ("A", 30.0)]), ("EPS", [])],
)
async def test_the_best_come_first_and_who_has_no_value_is_left_out(client, metric, best):
    found = (await client.data(DOCUMENTS["TopPerformers"], {"metric": metric, "first": 10}))["topPerformers"]

    assert told(found) == best


async def test_a_ratio_below_zero_is_not_the_best_of_those_of_which_the_lower_are_better(client, resources):
    of = {"A": 8.0, "B": -13.0, "C": 0.5}
    await make_known(resources, [Record(ticker=ticker, figures={"evEbitda": each}) for ticker, each in of.items()])

    found = (await client.data(DOCUMENTS["TopPerformers"], {"metric": "EV_EBITDA", "first": 10}))["topPerformers"]

    assert told(found) == [("C", 0.5), ("A", 8.0)]


@pytest.mark.usefixtures("four")
async def test_those_of_an_industry_or_a_sector(client):
    banks = (await client.data(PAGED, {"metric": "ROE", "industry": "banks"}))["topPerformers"]
    sector = (await client.data(PAGED, {"metric": "ROE", "sector": "technology"}))["topPerformers"]

    assert (told(banks), told(sector)) == ([("C", -5.0)], [("B", 20.0)])


@pytest.mark.usefixtures("four")
async def test_pages_meet(client):
    first = (await client.data(PAGED, {"metric": "ROE", "first": 1}))["topPerformers"]
    after = {"metric": "ROE", "first": 5, "after": first["pageInfo"]["endCursor"]}
    with counted_statements() as made:
        rest = (await client.data(PAGED, after))["topPerformers"]

    assert (told(first), told(rest)) == ([("A", 20.0)], [("B", 20.0), ("C", -5.0)])
    assert (first["totalCount"], rest["pageInfo"]["hasNextPage"], len(made)) == (3, False, 1)
    other = await client.execute(PAGED, {**after, "metric": "PER"})
    assert codes(other) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("metric", ["BETA_5Y", "PAYOUT_RATIO"])
async def test_a_metric_of_which_neither_way_is_better_is_refused(client, metric):
    result = await client.execute(DOCUMENTS["TopPerformers"], {"metric": metric})

    assert codes(result) == ["BAD_USER_INPUT"]
    assert "neither way is better" in result["errors"][0]["message"]
