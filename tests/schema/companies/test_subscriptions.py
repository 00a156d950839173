"""`companyMetrics` and `companyScreen`: first the present, then each change; the last push equals a fresh read."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from domain.companies.events import CompaniesChanged
from domain.companies.models import CompanyState
from domain.companies.publishing import withdraw
from domain.companies.types import Record
from domain.kernel.actor import NOBODY, SYSTEM
from domain.kernel.ids import new_id
from schema.companies import screen_subscription
from schema.context import Context
from schema.root import build_schema
from schema.shared.event_ids import event_id
from tests.factories.publications import NEXT, make_known
from tests.schema.companies.conftest import OWN
from tests.support.graphql import codes

PATIENCE = 10.0
METRICS = OWN["CompanyMetricsLive"]
FRESH = "query($ticker: String!) { company(ticker: $ticker) { ticker asOf valuation { per } } }"
SCREEN = OWN["CompanyScreenLive"]
CHEAP = {"metrics": [{"metric": "PER", "atMost": 20}]}


def said(ticker, per=None, **texts):
    return Record(ticker=ticker, texts=texts, figures={} if per is None else {"per": per})


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(screen_subscription, "_INTERVAL", 0.0)


@pytest.fixture(autouse=True)
async def three(resources):
    await make_known(resources, [said("A", 10.0), said("B", 30.0), said("C", 15.0)], covered=["per"])


@pytest.fixture
def follow(resources):
    """Follow a document: what gives the next event."""

    @asynccontextmanager
    async def follow(document, **variables):
        events = await build_schema().subscribe(
            document,
            variable_values=variables,
            context_value=Context(actor=NOBODY, resources=resources, request_id="test"),
        )

        async def following():
            result = await asyncio.wait_for(anext(events), PATIENCE)
            assert not result.errors, result.errors
            assert result.data is not None
            (event,) = result.data.values()
            return event

        try:
            yield following
        finally:
            await events.aclose()

    return follow


async def test_numbers_first_and_then_each_time_they_are_known_anew(follow, client, resources):
    async with follow(METRICS, tickers=["A", "C"]) as following:
        first = [await following(), await following()]
        await make_known(resources, [said("B", 31.0)], covered=["per"])
        await make_known(resources, [said("C", 16.0)], covered=["per"], as_of=NEXT)
        change = await following()

    assert [(each["kind"], each["ticker"], each["company"]["valuation"]["per"]) for each in first] == [
        ("SNAPSHOT", "A", 10.0),
        ("SNAPSHOT", "C", 15.0),
    ]
    assert (change["kind"], change["ticker"]) == ("CHANGE", "C")
    assert change["company"] == (await client.data(FRESH, {"ticker": "C"}))["company"]
    assert change["company"]["valuation"]["per"] == 16.0


async def test_who_comes_back_is_told_what_has_changed(follow, resources):
    async with follow(METRICS, tickers=["A", "C"]) as following:
        await following()
        last = await following()
    await make_known(resources, [said("A", 11.0), said("B", 31.0)], covered=["per"])

    async with follow(METRICS, tickers=["A", "C"], since=last["eventId"]) as following:
        event = await following()
    assert (event["kind"], event["ticker"], event["company"]["valuation"]["per"]) == ("CHANGE", "A", 11.0)


@pytest.mark.parametrize("since", ["nothing", event_id("0199f3a0-0000-7000-8000-000000000000", 1), event_id("x", 1)])
async def test_a_place_of_another_epoch_is_a_gap(follow, since):
    async with follow(METRICS, tickers=["A"], since=since) as following:
        gap, snapshot = await following(), await following()

    assert (gap["kind"], gap["ticker"], gap["company"]) == ("GAP", None, None)
    assert (snapshot["kind"], snapshot["ticker"]) == ("SNAPSHOT", "A")


@pytest.mark.parametrize("tickers", [[], ["NO"], ["A"] * 101])
async def test_tickers_that_are_none_are_refused(client, tickers):
    assert codes(await client.subscribe(METRICS, {"tickers": tickers})) == ["BAD_USER_INPUT"]


async def test_a_screen_says_who_is_in_it_and_then_who_moves_and_why(follow, resources):
    async with follow(SCREEN, filter=CHEAP) as following:
        first = await following()
        await make_known(resources, [said("A", 10.5)], covered=["per"])
        await make_known(resources, [said("B", 12.0), said("C", 25.0)], covered=["per"], as_of=NEXT)
        second = await following()

    assert (first["kind"], first["totalCount"], first["entered"], first["left"]) == ("SNAPSHOT", 2, [], [])
    assert [each["ticker"] for each in first["companies"]] == ["A", "C"]
    assert {name: second[name] for name in second if name != "eventId"} == {
        "kind": "CHANGE",
        "totalCount": 2,
        "enteredCount": 1,
        "leftCount": 1,
        "companies": [],
        "entered": [
            {
                "company": {"ticker": "B"},
                "reasons": [{"field": "per", "metric": "PER", "measure": "VALUE", "before": 30.0, "after": 12.0}],
            }
        ],
        "left": [{"company": {"ticker": "C"}, "reasons": [{"field": "per", "before": 15.0, "after": 25.0}]}],
    }, "A moved nowhere, so nothing is said of it"


async def test_who_comes_to_the_lists_and_leaves_them_moves(follow, resources):
    async with follow(SCREEN, filter=CHEAP) as following:
        await following()
        added = await make_known(resources, [said("D", 5.0)], covered=["per"])
        entered = await following()
        async with resources.unit_of_work(SYSTEM) as work:
            await withdraw(work, added.id)
        left = await following()

    reasons = [{"field": "isActive", "before": None, "after": None}]
    assert entered["entered"][0]["company"] == {"ticker": "D"}
    assert entered["entered"][0]["reasons"][0]["field"] == "isActive"
    assert left["left"] == [{"company": {"ticker": "D"}, "reasons": reasons}]


async def test_a_screen_resumes_where_nothing_has_changed_and_else_begins_again(follow, resources):
    async with follow(SCREEN, filter=CHEAP) as following:
        first = await following()

    async with follow(SCREEN, filter=CHEAP, since=first["eventId"]) as following:
        waiting = asyncio.ensure_future(following())
        await asyncio.sleep(0.05)
        await make_known(resources, [said("B", 12.0)], covered=["per"])
        second = await waiting
    async with follow(SCREEN, filter=CHEAP, since=first["eventId"]) as following:
        gap, snapshot = await following(), await following()

    assert (second["kind"], second["enteredCount"]) == ("CHANGE", 1)
    assert (gap["kind"], snapshot["kind"], snapshot["totalCount"]) == ("GAP", "SNAPSHOT", 3)


async def test_another_epoch_begins_again(follow, resources):
    async with follow(SCREEN, filter=CHEAP) as following:
        first = await following()
    await CompanyState.all().update(epoch=new_id())

    async with follow(SCREEN, filter=CHEAP, since=first["eventId"]) as following:
        assert (await following())["kind"] == "GAP"


async def test_watchers_of_one_filter_share_a_topic(client):
    one, again, other = [
        await client.subscribe(SCREEN, {"filter": each}) for each in (CHEAP, dict(CHEAP), {"industry": "Chips"})
    ]

    assert one.topic.name == again.topic.name != other.topic.name
    assert one.topic.is_public


async def test_who_joins_later_takes_nothing_from_those_before(client, resources):
    """What a second watcher reads is newer than what the first was told, who is told the difference all the same."""
    topic = (await client.subscribe(SCREEN, {"filter": CHEAP})).topic
    (first,) = await topic.read(None)
    published = await make_known(resources, [said("B", 12.0)], covered=["per"])

    (second,) = await topic.read(None)
    (change,) = await topic.follow(
        [CompaniesChanged(epoch=published.position.epoch, sequence=published.position.sequence)]
    )

    assert (first.payload.total_count, second.payload.total_count) == (2, 3)
    assert (change.payload.entered_count, change.position) == (1, second.position)
    assert change.position > first.position


@pytest.mark.parametrize("asked", [{"or": []}, {"tickers": []}])
async def test_a_screen_that_cannot_be_answered_is_refused(client, asked):
    assert codes(await client.subscribe(SCREEN, {"filter": asked})) == ["BAD_USER_INPUT"]
