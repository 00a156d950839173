"""Who is let in, for how long, and how many: against a real server."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from api.sockets import SocketLimits, follow_revocations
from domain.kernel.errors import Unavailable
from tests.api.websocket.client import Served, serve
from tests.api.websocket.conftest import LIMITS
from tests.api.websocket.prices_app import PRICES, Site, TestSessionsRevoked, user

HELLO = {"query": "{ hello }"}


FOREIGN = [
    "https://evil.example",
    "null",
    "https://evil.app.example.com",
    "https://app.example.com.evil.example",
    "https://app.example.com:443",
    "https://app.example.com:8443",
    "https://APP.example.com",
    "HTTPS://app.example.com",
    "http://app.example.com",
    "http://localhost:80@evil.example",
    "http://localhost.evil.example",
    "http://localhost:８",
    "http://localhost:*",
]


async def test_operation_before_the_acknowledgement_closes_with_4401(served: Served):
    async with served.client(init=False) as client:
        await client.subscribe("q", "{ hello }")

        assert await client.closed() == (4401, "Unauthorized")


async def test_second_init_closes_with_4429(served: Served):
    async with served.client() as client:
        await client.send({"type": "connection_init"})

        assert await client.closed() == (4429, "Too many initialisation requests")


async def test_bad_token_closes_with_4403(served: Served, caplog: pytest.LogCaptureFixture):
    async with served.client(init=False) as client:
        await client.send({"type": "connection_init", "payload": {"authorization": "canary-secret"}})

        assert await client.closed() == (4403, "Forbidden")
    assert "canary" not in caplog.text


async def test_identity_that_cannot_be_checked_now_closes_with_1013(served: Served):
    async def out(parameters: object) -> Any:
        raise Unavailable("the database does not answer")

    served.site.endpoint.authenticate = out
    async with served.client(init=False) as client:
        await client.send({"type": "connection_init"})

        assert (await client.closed())[0] == 1013


async def test_token_says_who_asks(served: Served):
    async with served.client(init={"authorization": "user-2"}) as client:
        await client.subscribe("q", "{ who }")

        assert (await client.receive())["payload"]["data"]["who"] == str(user(2).user_id)


@pytest.mark.parametrize("offered", [(), ("graphql-ws",), ("graphql-ws", "other")])
async def test_other_subprotocols_close_with_4406(served: Served, offered: tuple[str, ...]):
    async with served.client(subprotocols=offered, init=False) as client:
        assert (await client.closed())[0] == 4406


async def test_ours_is_chosen_among_others(served: Served):
    async with served.client(subprotocols=("graphql-ws", "graphql-transport-ws")) as client:
        assert client.connection.subprotocol == "graphql-transport-ws"


async def test_foreign_origin_is_refused_before_the_connection_is_accepted(served: Served):
    for origin in FOREIGN:
        with pytest.raises(InvalidStatus) as refused:
            await connect(served.url(), additional_headers={"Origin": origin.encode().decode("latin-1")}, proxy=None)

        assert (refused.value.response.status_code, origin) == (403, origin)


@pytest.mark.parametrize("origin", [None, "https://app.example.com", "http://localhost:5173", "http://localhost"])
async def test_own_origins_and_clients_without_one_are_let_in(served: Served, origin: str | None):
    async with served.client(origin=origin) as client:
        await client.subscribe("q", "{ hello }")
        assert (await client.receive())["type"] == "next"


@pytest.mark.parametrize("query", ["?token=canary-secret", "?a=1&ACCESS_TOKEN=canary-secret", "?authorization"])
async def test_token_in_the_url_is_refused_and_not_logged(site: Site, query: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    async with serve(site) as served:
        with pytest.raises(InvalidStatus) as refused:
            async with served.client(query=query):
                pass

    assert refused.value.response.status_code == 400
    assert "canary" not in caplog.text


class TestTimes:
    @pytest.fixture
    def limits(self) -> SocketLimits:
        return replace(LIMITS, init_timeout=0.2, operation_timeout=0.2)

    async def test_silence_closes_with_4408(self, served: Served):
        async with served.client(init=False) as client:
            begun = time.monotonic()

            assert await client.closed() == (4408, "Connection initialisation timeout")
            assert 0.15 < time.monotonic() - begun < 1

    async def test_pings_do_not_put_off_the_timeout(self, served: Served):
        async with served.client(init=False) as client:
            for _ in range(3):
                await client.send({"type": "ping"})
                await client.receive()
                await asyncio.sleep(0.05)

            assert (await client.closed())[0] == 4408

    async def test_acknowledged_connection_stays(self, served: Served):
        async with served.client() as client:
            await client.nothing(0.4)
            await client.send({"type": "ping"})
            assert await client.receive() == {"type": "pong"}

    async def test_slow_operation_is_told_so(self, served: Served):
        async with served.client() as client:
            await client.subscribe("q", "{ sleep }")

            message = await client.receive()
            assert message["type"] == "error"
            assert message["payload"][0]["extensions"]["code"] == "TIMEOUT"

    async def test_expired_token_closes_with_4401_and_nothing_after(self, served: Served):
        market = served.site.market
        market.set("A", "1")
        served.site.actors["short"] = user(1, expires_at=datetime.now(UTC) + timedelta(seconds=0.5))
        async with served.client(init={"authorization": "short"}) as client:
            begun = time.monotonic()
            await client.subscribe("s", PRICES, {"tickers": ["A"]})
            await client.next("priceUpdate")

            assert (await client.closed())[0] == 4401
            assert 0.3 < time.monotonic() - begun < 1
            assert len(served.site.endpoint.fanout) == 0


async def test_revoked_session_closes_with_4401_and_others_stay(served: Served):
    site = served.site

    async def none_revoked(_: object) -> tuple[()]:
        return ()

    following = asyncio.create_task(
        follow_revocations(site.bus, TestSessionsRevoked.CHANNEL, site.endpoint.sockets, none_revoked)
    )
    revoked, session = user(1), user(1).session_id
    assert session is not None
    async with (
        served.client(init={"authorization": "user-1"}) as first,
        served.client(init={"authorization": "user-1"}) as second,
        served.client(init={"authorization": "user-2"}) as other,
    ):
        await site.bus.publish([TestSessionsRevoked(session_ids=(session,))])

        assert (await first.closed(1.0))[0] == (await second.closed(1.0))[0] == 4401
        await other.subscribe("q", "{ hello }")
        assert (await other.receive())["type"] == "next"
    assert revoked.session_id not in site.endpoint.sockets.sessions()
    following.cancel()


class TestCaps:
    @pytest.fixture
    def limits(self) -> SocketLimits:
        return replace(LIMITS, sockets=6, sockets_per_address=5, sockets_per_user=2, operations=2)

    async def test_too_many_connections_of_one_user_close_with_1013(self, served: Served):
        token = {"authorization": "user-1"}
        async with served.client(init=token), served.client(init=token) as second:
            async with served.client(init=False) as third:
                await third.send({"type": "connection_init", "payload": token})
                assert (await third.closed())[0] == 1013
            async with served.client(init={"authorization": "user-2"}):
                pass
            await second.connection.close()
            async with served.client(init=token):
                pass

    async def test_too_many_connections_of_one_address_close_with_1013(self, served: Served):
        opened = [served.client() for _ in range(5)]
        for client in opened:
            await client.__aenter__()
        async with served.client(init=False) as sixth:
            assert (await sixth.closed())[0] == 1013
        for client in opened:
            await client.__aexit__(None, None, None)
        await asyncio.sleep(0.05)

        assert len(served.site.endpoint.sockets) == 0

    async def test_too_many_operations_are_an_error_each(self, served: Served):
        async with served.client() as client:
            await client.subscribe("1", "{ sleep }")
            await client.subscribe("2", "{ sleep }")
            await client.subscribe("3", "{ hello }")
            message = await client.receive()

            assert (message["id"], message["type"]) == ("3", "error")
            assert message["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
            await client.send({"id": "1", "type": "complete"})
            await client.subscribe("3", "{ hello }")
            assert (await client.receive())["type"] == "next"


async def test_connections_leave_nothing_behind(served: Served, site: Site):
    site.market.set("A", "1")
    for _ in range(3):
        async with served.client(init={"authorization": "user-1"}) as client:
            await client.subscribe("s", PRICES, {"tickers": ["A"]})
            await client.next("priceUpdate")
            await client.subscribe("q", "{ sleep }")
    await asyncio.sleep(0.1)

    assert len(site.endpoint.fanout) == len(site.endpoint.sockets) == 0
    left = [repr(task.get_coro()) for task in asyncio.all_tasks()]
    assert not [name for name in left if any(ours in name for ours in ("Connection", "Group", "Operations", "Outlet"))]
