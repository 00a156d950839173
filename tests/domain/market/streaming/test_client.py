"""One connection to a live feed, without a socket."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.market.providers.provider import Credentials
from domain.market.sourcing.types import ConnectionState
from domain.market.streaming.alpaca import ALPACA
from domain.market.streaming.client import SILENCE, FeedClient
from domain.market.streaming.polygon import POLYGON
from domain.market.streaming.types import BidAsk, Cancelled, Minute, Status, Trade

SAMPLES = Path(__file__).parent / "samples"
RECORDED = Path(__file__).parents[5] / "shared" / "data" / "providers"
DIALECTS = [POLYGON, ALPACA]
CREDENTIALS = Credentials("sample-key", "sample-secret")
SYMBOLS = ["ACME", "OAK"]
GREETING = {
    "polygon": [{"ev": "status", "status": "connected", "message": "Connected Successfully"}],
    "alpaca": [{"T": "success", "msg": "connected"}],
}
WELCOME = {
    "polygon": [{"ev": "status", "status": "auth_success", "message": "authenticated"}],
    "alpaca": [{"T": "success", "msg": "authenticated"}],
}
# 22:13:20 on 14 November 2023, UTC.
AT = 1_700_000_000_000_000
DAY_VOLUMES = {"polygon": 45_000, "alpaca": None}
EXCHANGES = {"polygon": "4", "alpaca": "V"}
SIZES: dict[str, tuple[int | None, int | None]] = {"polygon": (100, 300), "alpaca": (None, None)}
SEQUENCES = {"polygon": (11, 12, 13), "alpaca": (0, 0, 0)}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_conversation_goes_as_the_feed_expects_it(dialect):
    client = _connecting(dialect)
    ticks: list[Any] = []
    sent: list[Any] = []
    expected: list[Any] = []

    for step in _steps(SAMPLES / f"{dialect.name}.json"):
        if "recv" in step:
            ticks += client.receive(json.dumps(step["recv"]), 1.0)
            sent += map(json.loads, client.take_frames())
        else:
            expected.append(step["send"])

    first, second, third = SEQUENCES[dialect.name]
    assert sent == expected
    assert client.state is ConnectionState.CONNECTED
    assert client.garbled == 0
    assert ticks[:4] == [
        Trade("ACME", 52.25, 200, AT + 125_000, first, f"{EXCHANGES[dialect.name]}:71", counts=True),
        Trade("ACME", 52.5, 3, AT + 130_000, second, f"{EXCHANGES[dialect.name]}:72", counts=False),
        BidAsk("OAK", 9.5, 9.625, *SIZES[dialect.name], AT + 200_000, third),
        Minute("OAK", 9.5, 9.75, 9.375, 9.75, 900, DAY_VOLUMES[dialect.name], AT + 40_000_000),
    ]
    if dialect is ALPACA:
        assert ticks[4:] == [Status("OAK", "Trading Resumption"), Cancelled("ACME", "V:71")]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_recorded_frames_are_all_understood(dialect):
    path = RECORDED / dialect.name / "ws_messages.json"
    if not path.exists():
        pytest.skip("the recorded frames are not beside this checkout: only the samples were read")
    client = _connecting(dialect)

    frames = [json.dumps(step["recv"]) for step in _steps(path) if "recv" in step]
    ticks = [tick for frame in frames for tick in client.receive(frame, 1.0)]

    assert client.garbled == 0
    assert {Trade, BidAsk, Minute} <= {type(tick) for tick in ticks}
    assert client.state is ConnectionState.FAILED


@pytest.mark.parametrize(
    ("dialect", "frame"),
    [
        (POLYGON, [{"ev": "status", "status": "auth_failed", "message": "no such key: sample-key"}]),
        (ALPACA, [{"T": "error", "code": 402, "msg": "auth failed: sample-key sample-secret"}]),
        (ALPACA, [{"T": "error", "code": 405, "msg": "symbol limit exceeded"}]),
    ],
)
def test_a_refusal_is_final_and_tells_no_secret(dialect, frame):
    client = _connecting(dialect)
    client.receive(json.dumps(GREETING[dialect.name]), 1.0)
    client.take_frames()

    client.receive(json.dumps(frame), 2.0)
    client.close("1008 policy violation")

    assert (client.state, client.is_over) == (ConnectionState.FAILED, True)
    assert client.reason
    assert "sample-" not in client.reason
    assert client.take_frames() == []


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_subscriptions_are_restored_after_an_interruption(dialect):
    client = _connected(dialect)
    client.close("connection reset")
    assert (client.state, client.reason) == (ConnectionState.RECONNECTING, "connection reset")

    client.connect(3.0)
    client.receive(json.dumps(GREETING[dialect.name]), 3.0)
    client.receive(json.dumps(WELCOME[dialect.name]), 3.0)

    assert client.take_frames() == [dialect.authenticate(CREDENTIALS), dialect.subscribe(SYMBOLS)]
    assert (client.state, client.reason) == (ConnectionState.CONNECTED, None)


def test_pauses_double_up_to_a_longest_and_start_anew_after_a_tick():
    client = _connecting(POLYGON)
    pauses = []
    for _ in range(12):
        client.connect(0.0)
        # Let in, and thrown out at once: that is no success.
        client.receive(json.dumps(WELCOME["polygon"]), 0.0)
        client.close("gone")
        pauses.append(client.pause(1.0))

    assert pauses == [0.5, 1, 2, 4, 8, 16, *[30] * 6]
    assert client.pause(0.0) == 15.0

    client.connect(0.0)
    trade = {"ev": "T", "sym": "ACME", "i": "1", "x": 4, "p": 5, "s": 1, "t": 1, "q": 1}
    client.receive(json.dumps([trade]), 0.0)
    client.close("gone")

    assert client.pause(1.0) == 0.5


@pytest.mark.parametrize(
    ("frame", "longest"),
    [
        ([{"T": "error", "code": 406, "msg": "connection limit exceeded"}], 30.0),
        ([{"T": "error", "code": 407, "msg": "slow client"}], 0.5),
    ],
)
def test_a_limit_ends_the_connection_and_not_the_feed(frame, longest):
    client = _connected(ALPACA)

    client.receive(json.dumps(frame), 2.0)
    assert client.is_over
    client.close("closed")

    assert client.state is ConnectionState.RECONNECTING
    assert client.reason == f"{frame[0]['code']} {frame[0]['msg']}"
    assert client.pause(1.0) == longest


def test_silence_counts_while_the_market_is_open():
    client = _connected(POLYGON)
    client.receive(b"not JSON", 1.0 + SILENCE)

    assert not client.is_silent(1.0 + SILENCE, is_market_open=True)
    assert client.is_silent(1.1 + SILENCE, is_market_open=True)
    assert not client.is_silent(1.1 + SILENCE, is_market_open=False)
    assert _connecting(POLYGON).is_silent(0.1 + SILENCE, is_market_open=False)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_what_cannot_be_read_is_counted_and_the_rest_of_its_frame_is_read(dialect):
    client = _connected(dialect)
    good = next(step["recv"][0] for step in _steps(SAMPLES / f"{dialect.name}.json") if "52.25" in str(step))
    prices: list[Any] = ["5", None, True, []]
    bad = [*[good | {"p": price} for price in prices], {}, 7, None, "T", good | {"t": None}]

    for frame in (b"", b"{", b"{}", b"null", b"\xff"):
        assert client.receive(frame, 2.0) == []
    assert client.garbled == 5
    assert [tick.key for tick in client.receive(json.dumps([*bad, good]), 2.0)] == [f"{EXCHANGES[dialect.name]}:71"]
    assert client.garbled == 5 + len(bad)


def _connecting(dialect):
    client = FeedClient(dialect, CREDENTIALS, SYMBOLS)
    states = [client.state]
    client.connect(0.0)
    assert [*states, client.state] == [ConnectionState.DISCONNECTED, ConnectionState.CONNECTING]
    return client


def _connected(dialect):
    client = _connecting(dialect)
    client.receive(json.dumps(GREETING[dialect.name]), 1.0)
    client.receive(json.dumps(WELCOME[dialect.name]), 1.0)
    client.take_frames()
    assert client.state is ConnectionState.CONNECTED
    return client


def _steps(path):
    return json.loads(path.read_text())["body"]
