"""What the load generators themselves can take, against a server that does no work."""

import sys
import time
from dataclasses import dataclass

from tests.benchmarks import documents
from tests.benchmarks.fanout_load import Crowd
from tests.benchmarks.http_load import load
from tests.benchmarks.measure_events import DRAIN_SECONDS, QUIET_SECONDS, RAMP_SECONDS
from tests.benchmarks.measure_requests import CONNECTIONS
from tests.benchmarks.processes import Cores, Server

SUBSCRIBERS = 100


@dataclass(frozen=True)
class Capacity:
    """Requests a second, and events a second when many lie in one read."""

    requests: float
    events: float


def measure(cores: Cores, seconds: float) -> Capacity:
    """Measure both generators against the dummy.  Raises `ContestantFailed`."""
    with Server("the dummy", (sys.executable, "-m", "tests.benchmarks.dummy"), cores) as server:
        request = documents.http_request("/graphql", {}, documents.workloads("")[0])
        requests = load(server.ready.port, request, CONNECTIONS, seconds).rate
        crowd = Crowd(server.ready, SUBSCRIBERS)
        try:
            begun = time.monotonic()
            server.publish(0.0, seconds)
            crowd.receive(seconds)
            crowd.drain(QUIET_SECONDS, DRAIN_SECONDS)
        finally:
            crowd.close()
    window = int((begun + RAMP_SECONDS) * 1e6), int((begun + seconds) * 1e6)
    return Capacity(requests, crowd.received.between(*window)[0] / (seconds - RAMP_SECONDS))
