"""Shared subscriptions over real connections."""

import asyncio
from typing import Any

from tests.api.websocket.client import Served
from tests.api.websocket.prices_app import ACCOUNT, EXECUTED, PRICES, user


async def test_snapshot_then_changes_of_the_tickers_asked_for(served: Served):
    market = served.site.market
    for ticker in ("A", "B"):
        market.set(ticker, "1.5")
    async with served.client() as client:
        await client.subscribe("s", PRICES, {"tickers": ["A"]})
        first = await client.next("priceUpdate")
        await market.tick("B", "2")
        await market.tick("A", "3.25")
        second = await client.next("priceUpdate")

        assert (first["kind"], first["ticker"], first["price"]) == ("SNAPSHOT", "A", "1.5")
        assert (second["kind"], second["ticker"], second["quote"]["price"]) == ("CHANGE", "A", "3.25")
        await client.nothing()
        await client.send({"id": "s", "type": "complete"})
        await asyncio.sleep(0.05)
        await market.tick("A", "4")
        await client.nothing()
        assert len(served.site.endpoint.fanout) == 0


async def test_alike_are_executed_once_under_each_ones_id(served: Served):
    market = served.site.market
    market.set("A", "1")
    ids = ["1", 'quoted " id', "ü" * 40]
    async with served.client() as one, served.client() as two:
        for client in (one, two):
            for number, name in enumerate(ids):
                await client.subscribe(name, PRICES, {"tickers": ["A"] if number else ["A", "B"]})
            for _ in ids:
                await client.next("priceUpdate")
        before = len(served.site.contexts)
        await market.tick("A", "2")
        received = [[await client.receive() for _ in ids] for client in (one, two)]

        for messages in received:
            assert sorted(message["id"] for message in messages) == sorted(ids)
            assert {message["payload"]["data"]["priceUpdate"]["price"] for message in messages} == {"2"}
        assert len(served.site.contexts) == before + 1
        assert len(served.site.endpoint.fanout) == 1


async def test_different_selections_are_not_mixed(served: Served):
    served.site.market.set("A", "1")
    short = "subscription ($tickers: [String!]!) { priceUpdate(tickers: $tickers) { ticker } }"
    async with served.client() as client:
        await client.subscribe("1", PRICES, {"tickers": ["A"]})
        await client.next("priceUpdate")
        await client.subscribe("2", short, {"tickers": ["A"]})

        assert await client.next("priceUpdate") == {"ticker": "A"}
        assert len(served.site.endpoint.fanout) == 2


async def test_since_resumes_and_an_unknown_position_is_a_gap(served: Served):
    market = served.site.market
    first = market.set("A", "1")
    market.set("A", "2")
    async with served.client() as client:
        await client.subscribe("s", PRICES, {"tickers": ["A"], "since": str(first.sequence)})
        assert (await client.next("priceUpdate"))["kind"] == "CHANGE"
        await client.nothing()
        await client.subscribe("t", PRICES, {"tickers": ["A"], "since": "another epoch"})

        assert (await client.next("priceUpdate"))["kind"] == "GAP"
        assert (await client.next("priceUpdate"))["kind"] == "SNAPSHOT"


async def test_private_subscription_is_executed_as_its_owner_and_shared_by_nobody_else(served: Served):
    accounts = served.site.accounts
    first, second = user(1).user_id, user(2).user_id
    assert first is not None
    async with (
        served.client(init={"authorization": "user-1"}) as phone,
        served.client(init={"authorization": "user-1"}) as desk,
        served.client(init={"authorization": "user-2"}) as stranger,
    ):
        for client in (phone, desk, stranger):
            await client.subscribe("s", ACCOUNT)
        seen = [await client.next("accountUpdate") for client in (phone, desk, stranger)]
        assert [one["seenBy"] for one in seen] == [str(first), str(first), str(second)]

        EXECUTED.clear()
        await accounts.change(first)
        assert (await phone.next("accountUpdate"))["sequence"] == (await desk.next("accountUpdate"))["sequence"] == 1
        await stranger.nothing()
        assert [actor.user_id for actor in EXECUTED] == [first]


async def test_lost_access_is_one_error_and_the_end(served: Served):
    accounts = served.site.accounts
    owner = user(1).user_id
    assert owner is not None
    async with served.client(init={"authorization": "user-1"}) as client:
        await client.subscribe("s", ACCOUNT)
        await client.next("accountUpdate")
        accounts.barred.add(owner)
        await accounts.change(owner)
        message = await client.receive()

        assert (message["id"], message["type"]) == ("s", "error")
        assert message["payload"][0]["extensions"]["code"] == "NOT_FOUND"
        await accounts.change(owner)
        await client.nothing()
        await client.subscribe("s", "{ hello }")
        assert (await client.receive())["type"] == "next"


async def test_private_subscription_without_a_token_is_refused(served: Served):
    async with served.client() as client:
        await client.subscribe("s", ACCOUNT)

        message: dict[str, Any] = await client.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_events_may_be_long(served: Served):
    served.site.market.set("A", "1", "9" * 70_000)
    async with served.client() as client:
        await client.subscribe("s", PRICES, {"tickers": ["A"]})

        assert len((await client.next("priceUpdate"))["volume"]) == 70_000
