"""The measuring itself: what is counted, what is refused, and that a contestant really runs."""

import json
import socket
import sys

import pytest

from tests.benchmarks import answers, contestants, dataset, documents, measure_ledger, measure_requests
from tests.benchmarks.contestants import Contestant, Key, Serves
from tests.benchmarks.dummy import event_frame
from tests.benchmarks.fanout_load import STAMP_BASE, Crowd, Received, Subscriber, client_frame, server_frame
from tests.benchmarks.http_load import load
from tests.benchmarks.measure_requests import RequestPlan
from tests.benchmarks.node_tools import PEERS
from tests.benchmarks.processes import ContestantFailed, Cores, Server
from tests.support.yardstick import slowness

ANYWHERE = Cores(None, None)


def subscriber(received: Received) -> Subscriber:
    """A subscriber that is fed by hand."""
    made = Subscriber.__new__(Subscriber)
    made._received, made._cut_off = received, b""
    return made


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 127, 300, 10_000])
def test_counts_every_frame_wherever_the_reads_are_cut(cut):
    received = Received()
    listening = subscriber(received)
    stream = event_frame("SNAPSHOT", 7) + b"".join(event_frame("CHANGE", STAMP_BASE + at) for at in (100, 200, 300))

    for begin in range(0, len(stream), cut):
        listening.take(listening._cut_off + stream[begin : begin + cut], 1_000)

    assert (received.snapshots, received.stamped) == (1, 3)
    assert list(received.latencies) == [900, 800, 700]


def test_reads_stamps_behind_a_space_too():
    received = Received()

    subscriber(received).take(server_frame(b'{"type": "next", "volume": "%d"}' % (STAMP_BASE + 40)), 50)

    assert list(received.latencies) == [10]


@pytest.mark.parametrize(
    "frame",
    [
        server_frame(b'{"id":"1","type":"error","payload":[{"message":"no"}]}'),
        server_frame(b'{"id":"1","type":"next","payload":{"data":null,"errors":[{"message":"no"}]}}'),
        server_frame(b'{"id":"1","type":"complete"}'),
        b"\x88\x02\x03\xe8",
    ],
    ids=["error", "errors in an event", "complete", "close"],
)
def test_refuses_a_subscription_that_failed(frame):
    with pytest.raises(ContestantFailed):
        subscriber(Received()).take(frame, 0)


def test_answers_pings_of_either_kind():
    ours, theirs = socket.socketpair()
    listening = subscriber(Received())
    listening.socket = ours

    with ours, theirs:
        listening.take(b"\x89\x02hi" + server_frame(b'{"type":"ping"}'), 0)

        assert theirs.recv(100) == b"\x8a\x82\0\0\0\0hi" + client_frame({"type": "pong"})


def test_counts_only_what_arrived_in_the_window():
    received = Received(stamped=4, arrivals=[(10, 1), (20, 2), (30, 1)])
    received.latencies.extend([5, 9, 7, 1])

    assert received.between(20, 30) == (2, [7, 9])


def test_compares_shapes_not_values():
    expected = answers.shape({"page": [{"id": "a", "price": "1.5"}] * 2})

    answers.compare(expected, answers.shape({"page": [{"id": "b", "price": None}] * 2}))
    for other in (
        {"page": [{"id": "a", "price": "1.5"}]},
        {"page": [{"id": "a"}] * 2},
        {"page": [{"id": "a", "price": 1.5}] * 2},
        {"page": None},
    ):
        with pytest.raises(ContestantFailed):
            answers.compare(expected, answers.shape(other))


def test_spreads_subscribers_over_all_symbols():
    chosen = [documents.tickers(number) for number in range(100)]

    assert {len(tickers) for tickers in chosen} == set(range(1, 11))
    assert {symbol for tickers in chosen for symbol in tickers} == set(dataset.symbols(dataset.LIVE_SYMBOLS))
    assert all(len(set(tickers)) == len(tickers) for tickers in chosen)


def test_lock_names_every_package_exactly_and_no_host():
    lock = json.loads((PEERS / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))["dependencies"]

    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert not [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_load_generators_against_the_dummy():
    with Server("the dummy", (sys.executable, "-m", "tests.benchmarks.dummy"), ANYWHERE) as server:
        request = documents.http_request("/graphql", {}, documents.workloads("")[0])
        answered = load(server.ready.port, request, 4, 0.2)
        crowd = Crowd(server.ready, 5)
        server.publish(0.0, 0.2)
        crowd.receive(0.2)
        crowd.drain(0.2, 5.0)
        crowd.close()

    assert answered.rate > 5_000
    assert crowd.received.stamped > 1_000
    assert min(crowd.received.latencies) >= 0


def test_measures_the_default_strawberry():
    told: list[str] = []
    one = next(one for one in contestants.pythons() if one.key is Key.STRAWBERRY)

    results = measure_requests.measure(
        [one],
        RequestPlan(rounds=1, seconds=0.1, warm_seconds=0.0),
        ANYWHERE,
        leave_out=lambda name, reason: pytest.fail(f"{name}: {reason}"),
        tell=told.append,
    )

    assert {title for title, _ in results.best} == set(results.workloads)
    assert all(best.rate > 1 for best in results.best.values())


def test_leaves_out_who_does_not_start():
    left_out: dict[str, str] = {}
    broken = Contestant(Key.APOLLO, (sys.executable, "-c", "raise SystemExit('no such thing')"), frozenset(Serves))

    measure_requests.measure(
        [broken],
        RequestPlan(rounds=1, seconds=0.1, warm_seconds=0.0),
        ANYWHERE,
        leave_out=left_out.__setitem__,
        tell=lambda _: None,
    )

    assert left_out == {"Apollo Server": "Apollo Server ended early: no such thing"}


def test_a_server_ends_with_its_block():
    with Server("the dummy", (sys.executable, "-m", "tests.benchmarks.dummy"), ANYWHERE) as server:
        port = server.ready.port

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_masks_what_a_client_sends():
    frame = client_frame({"type": "pong"})

    assert frame[1] & 0x80
    assert frame.endswith(b'{"type":"pong"}')


def test_measures_a_ledger():
    told: list[str] = []

    found = measure_ledger.measure(500, told.append, instruments=20)
    figures = measure_ledger.figures(found, found)

    assert told == ["a ledger of 500 transactions"]
    assert len(found.valuations) > 20
    assert len(found.appends) == measure_ledger.APPENDED
    slow = slowness()
    assert [each for each in figures if each.value > each.limit * slow] == []
    assert "| valuation at any date, median |" in measure_ledger.table(figures, found)
