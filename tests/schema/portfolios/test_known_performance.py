"""What was returned by what was known then: `knownAt` of all that looks back over a range."""

from datetime import timedelta

import pytest

from schema.shared.node import global_id
from tests.factories.portfolios import MONDAY, TUESDAY, WEDNESDAY, buy, contribution, open_portfolio, record
from tests.support.statements import counted_statements

ASKED = """
query Known($id: ID!, $knownAt: DateTime) {
  portfolio(id: $id) {
    performance(from: "2022-11-14", to: "2022-11-18", knownAt: $knownAt) {
      id timeWeightedReturn netContributions startValue endValue series { date value cumulativeReturn }
      contributions(first: 10) { edges { node { fees gain contribution } } }
    }
    valueHistory(from: "2022-11-14", to: "2022-11-18", knownAt: $knownAt) { id dates totalValue netFlows }
    exposureHistory(from: "2022-11-14", to: "2022-11-18", knownAt: $knownAt) { id dates long equity }
    pnlAttribution(from: "2022-11-14", to: "2022-11-18", knownAt: $knownAt) { id totalGain }
  }
}
"""
FIRST = (contribution("1000", MONDAY), buy("AAA", "50", "10", MONDAY))
LATER = (contribution("500", TUESDAY), buy("BBB", "5", "90", TUESDAY), buy("AAA", "10", "12", WEDNESDAY))


def without_ids(found):
    if isinstance(found, dict):
        return {name: without_ids(each) for name, each in found.items() if name != "id"}
    return [without_ids(each) for each in found] if isinstance(found, list) else found


@pytest.fixture
async def grown(small_market, owner, portfolio, clock):
    await record(small_market, owner, portfolio.id, *FIRST)
    known_at = clock.now()
    clock.advance(timedelta(minutes=5))
    await record(small_market, owner, portfolio.id, *LATER)
    return portfolio, known_at


async def test_a_range_is_that_of_the_ledger_as_it_was_known(small_market, owner, ask, grown):
    portfolio, known_at = grown
    untouched = await open_portfolio(small_market, owner)
    await record(small_market, owner, untouched.id, *FIRST)
    asked = {"id": global_id("Portfolio", portfolio.id)}

    then = await ask(ASKED, **asked, knownAt=known_at.isoformat())
    now = await ask(ASKED, **asked)

    assert without_ids(then) == without_ids(await ask(ASKED, id=global_id("Portfolio", untouched.id)))
    assert then["performance"]["netContributions"] == "1000"
    assert now["performance"]["netContributions"] == "1500"
    assert {name: each["id"] for name, each in then.items()} != {name: each["id"] for name, each in now.items()}
    assert all(then[name]["id"] != now[name]["id"] for name in now)
    # What was known is not kept in the place of what is.
    assert await ask(ASKED, **asked) == now


async def test_before_the_first_entry_nothing_was_known(ask, grown):
    portfolio, known_at = grown

    found = await ask(
        ASKED, id=global_id("Portfolio", portfolio.id), knownAt=(known_at - timedelta(days=1)).isoformat()
    )

    assert found["performance"]["netContributions"] == "0"
    assert set(found["valueHistory"]["totalValue"]) <= {"0"}


async def test_to_know_what_was_known_takes_two_statements_more(ask, grown):
    portfolio, known_at = grown
    asked = {"id": global_id("Portfolio", portfolio.id)}
    await ask(ASKED, **asked)

    with counted_statements() as now:
        await ask(ASKED, **asked)
    with counted_statements() as then:
        await ask(ASKED, **asked, knownAt=known_at.isoformat())

    assert len(then) <= len(now) + 4
