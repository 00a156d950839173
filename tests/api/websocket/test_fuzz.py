"""Whatever a client sends, the connection ends by the protocol, and nothing is logged but what was meant to be."""

import asyncio
import contextlib
import random

import pytest
from websockets.exceptions import ConnectionClosed

from tests.api.websocket.client import Served
from tests.api.websocket.prices_app import PRICES

FRAMES = 10_000
EXPECTED = {1000, 1009, 4400, 4409, 4429}

PIECES = (
    '{"type":"ping"}',
    '{"type":"pong"}',
    '{"type":"ping","payload":{"a":[1,2,{"b":null}]}}',
    '{"id":"1","type":"complete"}',
    '{"id":"2","type":"complete"}',
    '{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}',
    '{"id":"2","type":"subscribe","payload":{"query":"subscription { count(to: 2) }"}}',
    '{"id":"3","type":"subscribe","payload":{"query":"'
    + PRICES.replace("\n", " ")
    + '","variables":{"tickers":["A"]}}}',
    '{"id":"4","type":"subscribe","payload":{"query":"query A { hello } query B { who }","operationName":"B"}}',
)
NOISE = ('"', "{", "}", "\\ud800", "9" * 400, "\x00", "é", "")


def frame(chance: random.Random) -> str | bytes:
    """Return a message that is right, nearly right, or noise."""
    piece = chance.choice(PIECES)
    match chance.randrange(40):
        case 0:
            cut = chance.randrange(len(piece))
            return piece[:cut] + chance.choice(NOISE) + piece[cut + 1 :]
        case 1:
            return chance.randbytes(chance.randrange(200)) if chance.random() < 0.2 else piece
        case 2:
            return piece + " " * 65_536 if chance.random() < 0.1 else piece
        case 3:
            return '{"type":"connection_init"}' if chance.random() < 0.2 else piece
    return piece


async def test_frames_of_every_kind(served: Served, caplog: pytest.LogCaptureFixture):
    chance = random.Random(20_220_103)
    left = FRAMES
    codes: set[int | None] = set()
    while left > 0:
        async with served.client() as client:
            with contextlib.suppress(ConnectionClosed):
                for _ in range(min(left, 200)):
                    left -= 1
                    await client.connection.send(frame(chance))
            await client.connection.close()
            codes.add(client.connection.close_code)
    await asyncio.sleep(0.05)

    assert codes <= EXPECTED
    assert {4400, 4409} <= codes
    assert not [record for record in caplog.records if record.exc_info or record.levelname == "ERROR"]
    assert len(served.site.endpoint.sockets) == len(served.site.endpoint.fanout) == 0
