"""A session that is over closes its sockets on every process."""

import asyncio
import base64
import json
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.infra.crypto.access_tokens import RsaAccessTokens
from domain.infra.crypto.signing_keys import ACCESS_TOKEN_LIFE, KeyRing
from domain.kernel.actor import Role
from tests.faults.asking import LOGOUT, PORTFOLIO_LIVE, PRICES, new_portfolio, signed_in
from tests.support.clients import Client, crowd
from tests.support.processes import Installation
from tests.support.resources import ManualClock

pytestmark = pytest.mark.faults

UNAUTHORIZED = 4401
CLOSED_SECONDS = 1.0
LIFE = timedelta(seconds=2)


async def test_logging_out_closes_the_sockets_on_both_apis_and_no_others(installation):
    one, other = installation.apis
    async with await signed_in(one) as leaving, await signed_in(one) as staying:
        portfolio_id = await new_portfolio(leaving, "left")
        live = [
            (server.url, PORTFOLIO_LIVE, {"id": portfolio_id}, client.token)
            for client in (leaving, staying)
            for server in (one, other)
            for _ in range(5)
        ]
        async with crowd(*live) as subscribers:
            for subscriber in subscribers:
                await subscriber.until(lambda event: event["kind"] == "SNAPSHOT")

            asked_at = time.monotonic()
            assert await leaving.data(LOGOUT) == {"logout": {"done": True}}
            closed = await asyncio.gather(*(subscriber.ended() for subscriber in subscribers[:10]))

            latest = max(at for _, _, at in closed) - asked_at
            print(f"10 sockets on two APIs closed {latest * 1000:.0f} ms after the logout was asked for")
            assert {code for code, _, _ in closed} == {UNAUTHORIZED}
            assert latest < CLOSED_SECONDS
            assert all(subscriber.closed is None for subscriber in subscribers[10:])
            for server in installation.apis:
                async with Client(server.url, leaving.token) as outside:
                    assert (await outside.ask("{ viewer { id } }")).codes == ["UNAUTHENTICATED"]


async def test_a_token_that_expires_closes_the_sockets_that_were_opened_with_it(installation):
    async with await signed_in(installation.apis[0]) as client:
        assert client.token is not None
        expires_at, token = short_lived(installation, client.token)
        live = [(server.url, PRICES, {"tickers": ["SP500"]}, token) for server in installation.apis for _ in range(3)]
        async with crowd(*live) as subscribers:
            closed = await asyncio.gather(*(subscriber.ended() for subscriber in subscribers))
            late = [time.time() - (time.monotonic() - at) - expires_at.timestamp() for _, _, at in closed]

    print(f"sockets closed {min(late) * 1000:.0f} to {max(late) * 1000:.0f} ms after their token's end")
    assert {code for code, _, _ in closed} == {UNAUTHORIZED}
    assert min(late) > -0.05
    assert max(late) < CLOSED_SECONDS
    assert all(subscriber.events[-1].at <= at for subscriber, (_, _, at) in zip(subscribers, closed, strict=True))


def short_lived(installation: Installation, token: str) -> tuple[datetime, str]:
    """Return a token of the same session that lives for two seconds more, and when it ends."""
    part = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    long_ago = ManualClock(datetime.now(UTC) - ACCESS_TOKEN_LIFE + LIFE + timedelta(seconds=1))
    issuer = RsaAccessTokens(KeyRing(installation.keys), long_ago)
    made, expires_at = issuer.issue(
        user_id=UUID(claims["sub"]),
        tenant_id=UUID(claims["tid"]),
        session_id=UUID(claims["sid"]),
        roles=frozenset(Role(role) for role in claims["roles"]),
    )
    return expires_at, made
