"""graphql-transport-ws, message by message, against a real server."""

import json
from dataclasses import replace

import pytest

from api.sockets import SocketLimits
from tests.api.websocket.client import Served, serve
from tests.api.websocket.conftest import LIMITS
from tests.api.websocket.prices_app import COUNT, PRICES, Site

HELLO = {"query": "{ hello }"}


MALFORMED = [
    "",
    "{",
    "[]",
    "null",
    '"ping"',
    "{}",
    '{"type":"start"}',
    '{"type":1}',
    '{"type":["ping"]}',
    '{"type":"ping","payload":1}',
    '{"type":"ping","payload":[]}',
    '{"type":"pong","payload":"x"}',
    '{"type":"connection_init","payload":[]}',
    '{"type":"complete"}',
    '{"type":"complete","id":1}',
    '{"type":"subscribe","payload":{"query":"{ hello }"}}',
    '{"type":"subscribe","id":"","payload":{"query":"{ hello }"}}',
    '{"type":"subscribe","id":"' + "i" * 256 + '","payload":{"query":"{ hello }"}}',
    '{"type":"subscribe","id":"1"}',
    '{"type":"subscribe","id":"1","payload":{}}',
    '{"type":"subscribe","id":"1","payload":{"query":1}}',
    '{"type":"subscribe","id":"1","payload":{"query":"{ hello }","variables":[]}}',
    '{"type":"subscribe","id":"1","payload":{"query":"{ hello }","operationName":1}}',
    '{"type":"subscribe","id":"1","payload":{"query":"{ hello }","extensions":"x"}}',
    '{"type":"ping","payload":{"n":' + "9" * 5_000 + "}}",
    '{"type":"ping","payload":' + '{"a":' * 10_000 + "1" + "}" * 10_001,
    '{"type":"ping","payload":{"s":"\\ud800"}}',
    '{"type":"ping","payload":{"n":NaN}}',
    '{"type":"ping","type":"pong"}',
]


async def test_malformed_message_closes_with_4400(served: Served):
    for text in MALFORMED:
        async with served.client() as client:
            await client.connection.send(text)

            assert ((await client.closed())[0], text) == (4400, text)


async def test_query_is_answered_and_completed(served: Served):
    async with served.client() as client:
        await client.subscribe("q", "query Hello($name: String!) { hello(name: $name) }", {"name": "you"})

        assert await client.receive() == {"id": "q", "type": "next", "payload": {"data": {"hello": "hello you"}}}
        assert await client.receive() == {"id": "q", "type": "complete"}


async def test_mutation_is_carried_out(served: Served):
    async with served.client() as client:
        await client.subscribe("m", 'mutation { tick(ticker: "A", price: "2.50") }')

        assert (await client.receive())["payload"] == {"data": {"tick": 1}}
        assert served.site.market.latest["A"].sequence == 1


async def test_error_of_a_field_is_masked_and_carries_a_request_id(served: Served):
    async with served.client() as client:
        await client.subscribe("q", "{ boom }")
        message = await client.receive()

        assert message["type"] == "next"
        [error] = message["payload"]["errors"]
        assert error["extensions"]["code"] == "INTERNAL"
        assert error["extensions"]["requestId"]
        assert "secret" not in json.dumps(message)


@pytest.mark.parametrize("query", ["{ nothing }", "{", "subscription { priceUpdate }"])
async def test_refused_document_is_an_error_message(served: Served, query: str):
    async with served.client() as client:
        await client.subscribe("q", query)
        message = await client.receive()

        assert (message["id"], message["type"]) == ("q", "error")
        assert message["payload"][0]["extensions"]["code"] == "BAD_REQUEST"
        await client.subscribe("q", "{ hello }")
        assert (await client.receive())["type"] == "next"


async def test_wrong_variable_is_an_error_message(served: Served):
    async with served.client() as client:
        await client.subscribe("q", PRICES, {"tickers": 1.5})

        message = await client.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_plain_stream_is_followed_to_its_end(served: Served):
    async with served.client() as client:
        await client.subscribe("c", COUNT, {"to": 3})

        assert [(await client.receive())["payload"]["data"]["count"] for _ in range(3)] == [0, 1, 2]
        assert await client.receive() == {"id": "c", "type": "complete"}


async def test_stream_that_breaks_ends_with_a_masked_error(served: Served):
    async with served.client() as client:
        await client.subscribe("c", COUNT, {"to": 101})
        messages = [await client.receive() for _ in range(102)]

        assert messages[-1]["type"] == "error"
        assert messages[-1]["payload"][0]["extensions"]["code"] == "INTERNAL"


async def test_every_event_of_a_plain_stream_has_a_context_of_its_own(served: Served):
    async with served.client() as client:
        await client.subscribe("c", COUNT, {"to": 3})
        for _ in range(4):
            await client.receive()

        contexts = served.site.contexts
        assert len(contexts) == 4
        assert len({context.request_id for context in contexts}) == 4


async def test_subscription_to_what_does_not_exist_is_one_error(served: Served):
    async with served.client() as client:
        await client.subscribe("s", PRICES, {"tickers": ["?"]})
        message = await client.receive()

        assert message["type"] == "error"
        assert [error["extensions"]["code"] for error in message["payload"]] == ["NOT_FOUND"]
        await client.nothing()


async def test_ping_is_answered_with_its_payload_even_before_the_acknowledgement(served: Served):
    async with served.client(init=False) as client:
        await client.send({"type": "ping", "payload": {"at": 1}})
        assert await client.receive() == {"type": "pong", "payload": {"at": 1}}
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}
        await client.send({"type": "pong"})
        await client.send({"type": "connection_init"})
        assert await client.receive() == {"type": "connection_ack"}


async def test_complete_stops_an_operation_and_frees_its_id(served: Served):
    async with served.client() as client:
        await client.subscribe("s", "{ sleep }")
        await client.send({"id": "s", "type": "complete"})
        await client.send({"id": "never heard of", "type": "complete"})
        await client.subscribe("s", "{ hello }")

        assert (await client.receive())["payload"] == {"data": {"hello": "hello world"}}


async def test_binary_message_closes_with_4400(served: Served):
    async with served.client() as client:
        await client.connection.send(b'{"type":"ping"}')

        assert (await client.closed())[0] == 4400


async def test_text_that_is_no_utf8_closes_with_1007_and_leaves_no_traceback(
    site: Site, caplog: pytest.LogCaptureFixture
):
    async with serve(site) as served, served.client() as client:
        await client.connection.send([b"\xff\xfe"], text=True)

        assert (await client.closed())[0] == 1007
    assert not [record for record in caplog.records if record.exc_info]


async def test_too_large_message_closes_with_1009(served: Served):
    async with served.client() as client:
        await client.connection.send('{"type":"ping","payload":{"s":"' + "x" * LIMITS.message_bytes + '"}}')

        assert (await client.closed())[0] == 1009


async def test_id_in_use_closes_with_4409(served: Served):
    served.site.market.set("A", "1")
    async with served.client() as client:
        await client.subscribe("s", PRICES, {"tickers": ["A"]})
        await client.next("priceUpdate")
        await client.subscribe("s", "{ hello }")

        assert await client.closed() == (4409, "Subscriber for s already exists")


class TestRate:
    @pytest.fixture
    def limits(self) -> SocketLimits:
        return replace(LIMITS, messages_per_second=10, message_burst=20)

    async def test_flood_of_messages_closes_with_4429(self, served: Served):
        async with served.client() as client:
            for _ in range(25):
                await client.send({"type": "ping"})

            assert await client.closed() == (4429, "Too many messages")
